/** How a server ends: in which order, for how long at most, and with which words. */
import { expect, test } from "vitest";
import { retryHintMs } from "../client/sync/backoff.ts";
import { type DrainOptions, drain } from "../server/drain.ts";
import { createLog } from "../server/log.ts";

/** Time goes on by itself as soon as everybody waits for it. */
async function setUp(more: Partial<DrainOptions> = {}) {
  let nowMs = 0;
  const done: string[] = [];
  const reasons: string[] = [];
  const options: DrainOptions = {
    clock: {
      now: () => nowMs,
      after(delayMs, callback) {
        const timer = setImmediate(() => {
          nowMs += delayMs;
          callback();
        });
        return () => clearImmediate(timer);
      },
    },
    log: await createLog("silent"),
    random: () => 0.5,
    lobby: {
      standStill: () => void done.push("stand still"),
      shutDown: (code, reason) => {
        done.push(`shut down ${code}`);
        for (let i = 0; i < 3; i++) reasons.push(reason());
      },
      connectionCounts: { websocket: 2, polling: 1 },
    },
    stopTicks: () => void done.push("last tick"),
    save: async () => {
      done.push("save");
      return true;
    },
    unheardCount: () => 0,
    ...more,
  };
  return { options, done, reasons, now: () => nowMs };
}

test("S24 one last tick, then nobody is heard, then the state is written, then everybody is sent away", async () => {
  const { options, done, now } = await setUp();
  await drain(options, () => false);
  expect(done).toEqual(["last tick", "stand still", "save", "shut down 4000"]);
  // Long enough for the codes to leave, and no longer.
  expect(now()).toBeGreaterThanOrEqual(250);
  expect(now()).toBeLessThan(300);
});

test("S24 S7 each client is given a time of its own, between 800 and 1600 ms", async () => {
  const numbers = [0, 0.25, 0.999];
  const { options, reasons } = await setUp({ random: () => numbers.shift() ?? 0 });
  await drain(options, () => false);
  expect(reasons.map(retryHintMs)).toEqual([800, 1000, 1599]);
});

test.each([
  [1000, 1600],
  [3000, 3600],
  [20_000, 5000],
])("S24 S7 %d players come back within %d ms", async (players, maxMs) => {
  const { options, reasons } = await setUp({ random: () => 1 });
  const lobby = { ...options.lobby, connectionCounts: { websocket: players - 1, polling: 1 } };
  await drain({ ...options, lobby }, () => false);
  expect(reasons.map(retryHintMs)).toEqual([maxMs, maxMs, maxMs]);
});

test("S24 nobody waits where nobody is", async () => {
  const { options, now } = await setUp();
  const { standStill, shutDown } = options.lobby;
  const lobby = { standStill, shutDown, connectionCounts: { websocket: 0, polling: 0 } };
  await drain({ ...options, lobby }, () => false);
  expect(now()).toBe(0);
});

test("S24 clients that poll are waited for, for two seconds, or until somebody hurries", async () => {
  const { options, now } = await setUp({ unheardCount: () => 1 });
  await drain(options, () => false);
  expect(now()).toBeGreaterThanOrEqual(2000);
  expect(now()).toBeLessThan(2100);
  const hurried = await setUp({ unheardCount: () => 1 });
  await drain(hurried.options, () => true);
  expect(hurried.done).toContain("save");
  expect(hurried.now()).toBe(0);
});

test("S24 a state that cannot be written keeps nobody from going", async () => {
  const { options, done } = await setUp({ save: () => Promise.reject(new Error("boom")) });
  await drain(options, () => false);
  expect(done.at(-1)).toBe("shut down 4000");
});

test("S24 a disk that stands still is waited for, for five seconds; then clients are sent away all the same", async () => {
  const { options, done, now } = await setUp({ save: () => new Promise<boolean>(() => {}) });
  await drain(options, () => true);
  expect(done.at(-1)).toBe("shut down 4000");
  expect(now()).toBe(5000);
});
