/** What the server's process tells the one above it, and when it does not. */
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ALIVE, type ChildSide, HEARTBEAT_MS, startHeartbeat } from "../../server/heartbeat.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const sent: string[] = [];
  const signals: string[] = [];
  const side = Object.assign(new EventEmitter(), {
    connected: true,
    pid: 7,
    send: (message: string) => sent.push(message) > 0,
    kill: (pid: number, signal: string) => signals.push(`${pid} ${signal}`),
  }) satisfies ChildSide;
  return { heartbeat: startHeartbeat(side), sent, signals, side };
}

test("O2 T9 a heart beats while the loop turns, and not while it stands still", () => {
  const { heartbeat, sent } = start();
  vi.advanceTimersByTime(2 * HEARTBEAT_MS);
  // It starts, and nothing turns yet.
  expect(sent).toEqual([ALIVE, ALIVE]);
  let turns = 1;
  heartbeat.follow(() => turns);
  vi.advanceTimersByTime(3 * HEARTBEAT_MS);
  expect(sent).toHaveLength(3);
  turns++;
  vi.advanceTimersByTime(3 * HEARTBEAT_MS);
  expect(sent).toHaveLength(4);
  // It closes, and nothing turns any more.
  heartbeat.follow(undefined);
  vi.advanceTimersByTime(3 * HEARTBEAT_MS);
  expect(sent).toHaveLength(7);
});

test("O2 without a process above it there is no heartbeat, and it asks itself to end", () => {
  const { heartbeat, sent, signals, side } = start();
  expect(heartbeat.isAlone).toBe(false);
  side.emit("disconnect");
  expect(heartbeat.isAlone).toBe(true);
  vi.advanceTimersByTime(2 * HEARTBEAT_MS);
  expect({ sent, signals }).toEqual({ sent: [], signals: ["7 SIGTERM"] });
});
