/** SPEC S13 to S16 and S28: what a client that comes back says, and says again. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { setUp } from "./client-harness.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("going on with a session", () => {
  test("S28 another device's count of events goes on here", () => {
    const { client, last } = setUp();
    client.start();
    last().events.onOpen();
    last().welcome(1, { resumed: true, lastEvent: 7 });
    expect(client.sendEvent({ say: { text: "hello" } })).toBe(true);
    vi.advanceTimersByTime(100);
    const told = last()
      .told()
      .filter(({ events }) => events.length > 0);
    expect(told.map(({ firstEvent }) => firstEvent)).toEqual([8]);
  });

  test("S13 comes back with the token of its last Welcome and the tick it holds, and without one after it left", () => {
    const { client, last, join } = setUp();
    join();
    const hello = () => shoal.Hello.decode(last().sent[0]);
    expect([hello().resumeToken.length, hello().ackTick]).toEqual([0, 0]);
    last().frame({ tick: 17 });
    last().events.onClose(1006, "");
    vi.advanceTimersByTime(250);
    last().events.onOpen();
    expect([[...hello().resumeToken], hello().ackTick]).toEqual([Array(16).fill(7), 17]);
    last().welcome(1, { resumed: true });
    expect(client.hasResumed).toBe(true);
    client.close();
    client.start();
    last().events.onOpen();
    expect(hello().resumeToken).toHaveLength(0);
  });

  test("S15 a Welcome brings no events: lost before the first frame behind it, the tick held is still that of the last frame", () => {
    const { last, join } = setUp();
    join();
    last().frame({ tick: 17 });
    for (let i = 0; i < 2; i++) {
      last().events.onClose(1006, "");
      vi.advanceTimersByTime(500);
      last().events.onOpen();
      expect(shoal.Hello.decode(last().sent[0]).ackTick).toBe(17);
      last().welcome(1, { resumed: true, tick: 30 });
    }
    last().frame({ tick: 31 });
    last().events.onClose(1006, "");
    vi.advanceTimersByTime(500);
    last().events.onOpen();
    expect(shoal.Hello.decode(last().sent[0]).ackTick).toBe(31);
  });

  test("S16 sends again what the server has not had, after a resume and not in a new session", () => {
    const { client, last, join } = setUp();
    join();
    for (const text of ["one", "two", "three"]) {
      client.sendEvent({ say: { text } });
      vi.advanceTimersByTime(100);
    }
    const comeBack = (more: shoal.Welcome.$Properties) => {
      last().events.onClose(1006, "");
      vi.advanceTimersByTime(250);
      last().events.onOpen();
      last().welcome(1, more);
      vi.advanceTimersByTime(100);
      const told = last()
        .told()
        .filter(({ events }) => events.length > 0);
      return told.map(({ firstEvent, events }) => [firstEvent, ...events.map(({ say }) => say?.text)]);
    };
    expect(comeBack({ resumed: true, lastEvent: 1 })).toEqual([[2, "two", "three"]]);
    expect(comeBack({ resumed: true, lastEvent: 3 })).toEqual([]);
    expect(comeBack({})).toEqual([]);
  });
});
