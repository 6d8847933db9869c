import { expect, test } from "vitest";
import { ServerTime, TURN_COUNTS_MS_MAX } from "../../server/server-time.ts";
import { ServerHarness } from "../session/server-harness.ts";

const STALL_MS = 5000;
const CODE_LOST = 1006;

test("T6 while turns come in time, server time is true time", () => {
  let nowMs = 70;
  const time = new ServerTime(() => nowMs);
  for (let i = 0; i < 100; i++) {
    nowMs += 1 + (i % 50);
    expect(time.now()).toBe(nowMs);
    time.beginTurn();
    expect(time.now()).toBe(nowMs);
  }
});

test("T6 of a stall half a second counts, before the next turn as after it, and time never goes back", () => {
  let nowMs = 0;
  const time = new ServerTime(() => nowMs);
  const seen: number[] = [];
  for (const [stepMs, isTurn] of [
    [300, false],
    [199, false],
    [1, false],
    [1, false],
    [STALL_MS, false],
    [0, true],
    [40, false],
    [10, true],
  ] as const) {
    nowMs += stepMs;
    if (isTurn) time.beginTurn();
    seen.push(time.now());
  }
  const max = TURN_COUNTS_MS_MAX;
  expect(seen).toEqual([300, 499, max, max, max, max, max + 40, max + 50]);
});

/** A server with server time, and somebody in each state that has a deadline. */
function stalledServer() {
  const server = new ServerHarness({ resumeSeconds: 4 });
  const time = new ServerTime(() => server.nowMs);
  server.serverTime = time;
  const turn = (passedMs: number) => {
    server.nowMs += passedMs;
    time.beginTurn();
    server.lobby.sweep();
  };
  const ada = server.join("Ada");
  const away = server.join("Bao");
  server.lobby.onClose(away.connection, CODE_LOST);
  const newcomer = server.connect();
  return { server, ada, newcomer, turn };
}

test("T6 nobody is away, gone or late for a stall of 5 s", () => {
  const { server, ada, newcomer, turn } = stalledServer();
  for (let i = 0; i < 20; i++) turn(50);
  // What clients said meanwhile is read only after the first sweep.
  turn(STALL_MS);
  expect(server.lobby.sessionCount).toBe(2);
  expect(newcomer.isOpen).toBe(true);
  expect(server.rooms.get("pond")?.playerCount).toBe(2);
  ada.tell({ stamp: 1 });
  for (let i = 0; i < 10; i++) turn(50);
  expect(ada.connection.isOpen).toBe(true);
});

test("T6 a client that speaks before the server knows of its stall has no more time than others", () => {
  const { server, ada, turn } = stalledServer();
  server.nowMs += STALL_MS;
  ada.tell({ stamp: 1 });
  turn(0);
  for (let i = 0; i < 119; i++) turn(50);
  expect(ada.connection.isOpen).toBe(true);
  for (let i = 0; i < 2; i++) turn(50);
  expect(ada.connection.closed?.code).toBe(4006);
});

test("T6 without server time the same stall costs them all", () => {
  const { server, ada, newcomer } = stalledServer();
  server.serverTime = undefined;
  server.nowMs += STALL_MS + 1001;
  server.lobby.sweep();
  expect(newcomer.isOpen).toBe(false);
  expect(ada.connection.isOpen).toBe(false);
  expect(server.lobby.sessionCount).toBe(1);
});
