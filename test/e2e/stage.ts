/**
 * A browser for a file of tests, and a server and players for each of them; all end by themselves. Call `useStage` at
 * the top.
 */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { openWebSocket, SyncClient } from "../../client/sync/index.ts";
import type { App } from "../../server/app.ts";
import { launchBrowser } from "../setup/browser.ts";
import { openPage, openPond, type PondPage, type PondPageOptions, startServer } from "./pond-page.ts";

/** A player without a page. */
export interface Player {
  readonly client: SyncClient;
  /** What was said to this player. */
  readonly heard: readonly string[];
  say(text: string): void;
}

export interface Stage {
  /** Starts the test's server with these settings. Without it the first page starts one with the defaults. */
  serve(env?: Record<string, string>): Promise<App>;
  /** Joins without a page, which costs nothing to draw, and waits until the player is in the pond. */
  join(name: string): Promise<Player>;
  /** Opens a page of its own browser profile and waits until it is in the pond. */
  openPond(options?: PondPageOptions): Promise<PondPage>;
  /** Opens a page of its own browser profile and waits for nothing. */
  openPage(options?: PondPageOptions): Promise<PondPage>;
}

export function useStage(): Stage {
  let browser: Browser;
  let app: Promise<App> | undefined;
  let players: SyncClient[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    for (const player of players) player.close();
    players = [];
    await (await app)?.close();
    app = undefined;
  });

  const serve: Stage["serve"] = (env) => {
    app = startServer(env);
    return app;
  };
  const join: Stage["join"] = async (name) => {
    const { port } = await (app ?? serve());
    const heard: string[] = [];
    return new Promise((resolve) => {
      const client = new SyncClient({
        url: `http://127.0.0.1:${port}`,
        join: { look: { name, colour: 0xffd166, gender: 0 } },
        openTransport: openWebSocket,
        now: () => performance.now(),
        random: Math.random,
        onEvent: ({ said }) => said?.text && heard.push(said.text),
        onState: ({ kind }) => {
          if (kind === "joined") resolve({ client, heard, say: (text) => client.sendEvent({ say: { text } }) });
        },
      });
      players.push(client);
      client.start();
    });
  };
  return {
    serve,
    join,
    openPond: async (options) => openPond(browser, await (app ?? serve()), options),
    openPage: async (options) => openPage(browser, await (app ?? serve()), options),
  };
}
