/** A pond full of bots: what a newcomer's page gets, and how soon, counted in frames. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { keepShot, replicaMotion } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const BOTS = 200;
/** 300 ms at 20 Hz. */
const FRAMES_MAX = 6;

describe("a crowded pond", () => {
  const stage = useStage();
  let stopBots: () => Promise<void>;
  afterEach(() => stopBots?.());

  test("V4 K6 a newly opened page shows everybody in view, names included, within six frames of its Welcome", async () => {
    const app = await stage.serve();
    stopBots = await startBots(app.port);
    const { page, complaints } = await stage.openPond({
      drawsAll: true,
      before: () => {
        // Counts frames from outside the page's code: the socket's own messages.
        const Real = WebSocket;
        class CountingWebSocket extends Real {
          constructor(url: string, protocols: string[]) {
            super(url, protocols);
            let frames = -1;
            this.addEventListener("message", () => {
              frames++;
              // After the page's own handler.
              queueMicrotask(() => {
                const replica = window.shoal?.replica;
                if (replica === undefined || replica.visibleCount === 0) return;
                const seen = replica.visible.subarray(0, replica.visibleCount);
                const isWhole = seen.every((slot) => replica.entity(slot) !== undefined);
                const wholeAt = Number(document.documentElement.dataset["wholeAt"] ?? 0);
                if (isWhole && wholeAt === 0) document.documentElement.dataset["wholeAt"] = String(frames);
                document.documentElement.dataset["count"] = String(replica.visibleCount);
              });
            });
          }
        }
        Object.assign(window, { WebSocket: CountingWebSocket });
      },
    });
    await page.waitForFunction(() => document.documentElement.dataset["wholeAt"] !== undefined);
    const wholeAt = Number(await page.evaluate(() => document.documentElement.dataset["wholeAt"]));
    expect(wholeAt).toBeGreaterThan(0);
    expect(wholeAt).toBeLessThanOrEqual(FRAMES_MAX);

    // What it shows is what the server has there, nobody more and nobody less.
    const { seen, ownSlot } = await replicaMotion(page);
    expect(seen.length).toBeGreaterThan(20);
    const world = app.rooms.get("pond")?.world;
    const own = seen.find(({ slot }) => slot === ownSlot);
    if (world === undefined || own === undefined) throw new Error("nobody there");
    const slots = new Set(seen.map(({ slot }) => slot));
    for (let i = 0; i < world.liveCount; i++) {
      const slot = world.live[i];
      const [dx, dy] = [Math.abs(world.motion.x[slot] - own.x) / 32, Math.abs(world.motion.y[slot] - own.y) / 32];
      // Well inside the window at its furthest zoom.
      if (dx < 150 && dy < 100) expect(slots, `slot ${slot} is ${dx} x ${dy} away`).toContain(slot);
    }
    expect(seen.filter(({ name }) => name === "")).toEqual([]);
    await keepShot(page, "crowd");
    expect(complaints).toEqual([]);
  });
});

/** `npm run bots` in a process of its own; resolves when they are all in. */
async function startBots(port: number): Promise<() => Promise<void>> {
  const main = fileURLToPath(new URL("../../bench/bots/main.ts", import.meta.url));
  const args = ["--count", String(BOTS), "--seed", "7", "--url", `http://127.0.0.1:${port}`];
  const bots = fork(main, args, { stdio: ["ignore", "pipe", "inherit", "ipc"], execArgv: [] });
  const ended = new Promise<void>((done) => bots.once("exit", () => done()));
  await new Promise<void>((done, fail) => {
    bots.once("exit", (code) => fail(new Error(`the bots ended with ${code}`)));
    bots.stdout?.on("data", (text: Buffer) => text.includes(`${BOTS}/${BOTS} in pond`) && done());
  });
  return () => {
    bots.kill("SIGTERM");
    return ended;
  };
}
