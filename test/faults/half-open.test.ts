/** A peer that is gone without a word (fault F2): the cable to a client in a network namespace is pulled out. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { openWebSocket, SyncClient } from "../../client/sync/index.ts";
import type { shoal } from "../../proto/gen/shoal.js";
import { startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLog } from "../../server/log.ts";
import { systemClock } from "../../server/loop.ts";
import { type Namespace, openNamespace, whyNoNamespace } from "./namespace.ts";

const CLIENT = join(import.meta.dirname, "./namespace-client.ts");
/** 2 s of silence, a look round each 0.25 s, a tick, and what such a test machine adds. */
const AWAY_MS_MAX = 2500;
/** 6 s of silence, and the second in which this server lets a player come back. */
const GONE_MS_MAX = 8500;
const missing = whyNoNamespace();
const where = missing === undefined ? "" : ` (not here: ${missing})`;

async function serve(): Promise<number> {
  const result = readConfig({ PORT: "0", HOST: "0.0.0.0", SEED: "1", RESUME_S: "1" }, { seed: 1 });
  if ("errors" in result) throw new Error(result.errors.join());
  const app = await startApp({ config: result.config, log: await createLog("silent"), clock: systemClock });
  onTestFinished(() => app.close());
  return app.port;
}

/** A client in a namespace, which has joined the server on `port`, and the lines that it says. */
async function joinFromInside(port: number, name: string): Promise<{ cable: Namespace; lines: string[] }> {
  const cable = openNamespace();
  onTestFinished(() => cable.close());
  const [command, ...args] = [...cable.wrapper, process.execPath, CLIENT, `http://${cable.host}:${port}`, name];
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on("line", (line) => lines.push(line));
  await once(output, "line");
  return { cable, lines };
}

/** Somebody who looks on over the loopback. */
function watch(port: number) {
  let wake = (): void => {};
  const client = new SyncClient({
    url: `http://127.0.0.1:${port}`,
    join: { look: { name: "Witness", colour: 1 } },
    openTransport: openWebSocket,
    now: () => performance.now(),
    random: () => 0,
    onFrame: () => wake(),
  });
  onTestFinished(() => client.close());
  client.start();
  const seen = (name: string): shoal.Tadpole.$Properties | undefined => {
    const { replica } = client;
    const slots = [...replica.visible.subarray(0, replica.visibleCount)];
    const tadpoles = slots.map((slot) => replica.entity(slot)?.tadpole ?? undefined);
    return tadpoles.find((tadpole) => tadpole?.look?.name === name);
  };
  /** When it held, ms. */
  const until = async (holds: () => boolean): Promise<number> => {
    while (!holds()) {
      await new Promise<void>((done) => {
        wake = done;
      });
    }
    return performance.now();
  };
  return { seen, until };
}

test.skipIf(missing !== undefined)(
  `S5 S12 a client whose cable is pulled out is soon away, then gone, and may come in again${where}`,
  async () => {
    const port = await serve();
    const { seen, until } = watch(port);
    const { cable, lines } = await joinFromInside(port, "Ada");
    await until(() => seen("Ada")?.away === false);
    const cutMs = performance.now();
    cable.cut(true);
    expect((await until(() => seen("Ada")?.away === true)) - cutMs).toBeLessThan(AWAY_MS_MAX);
    expect((await until(() => seen("Ada") === undefined)) - cutMs).toBeLessThan(GONE_MS_MAX);
    cable.cut(false);
    await until(() => seen("Ada")?.away === false);
    expect(lines.slice(0, 2)).toEqual(["joined", "lost"]);
  },
  40_000,
);
