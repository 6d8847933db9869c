/** SPEC I1 to I7: what is told of steering, where the own tadpole is drawn, and what echoes tell. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { meet, setUp } from "./client-harness.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("own player", () => {
  test("I1 I3 inputs are meant for ticks ahead of the server's, and only changes are told", () => {
    const { client, last, join } = setUp();
    join();
    client.steer(1, true);
    vi.advanceTimersByTime(100);
    // Before the first echo nobody knows which tick it is.
    expect(
      last()
        .told()
        .flatMap(({ inputs }) => inputs),
    ).toEqual([]);
    meet(last, 12);
    for (let i = 0; i < 10; i++) {
      client.steer(1, true);
      vi.advanceTimersByTime(50);
    }
    client.steer(2, true);
    client.steer(3, false);
    vi.advanceTimersByTime(100);
    const told = last()
      .told()
      .filter((frame) => frame.inputs.length > 0);
    expect(told).toHaveLength(2);
    expect(told[0].inputTick).toBeGreaterThan(12);
    expect(told[1].inputTick - told[0].inputTick).toBeGreaterThanOrEqual(9);
    expect(told[1].inputTick - told[0].inputTick).toBeLessThanOrEqual(11);
    expect(told[1].inputs[0].steer).toMatchObject({ swim: false });
    last().events.onClose(1006, "");
    vi.advanceTimersByTime(250);
    last().events.onOpen();
    last().welcome();
    vi.advanceTimersByTime(100);
    meet(last, 12);
    vi.advanceTimersByTime(100);
    // A new session is told what is held down at this moment.
    expect(
      last()
        .told()
        .flatMap(({ inputs }) => inputs),
    ).toMatchObject([{ steer: { swim: false } }]);
  });

  test("I6 the own tadpole answers in the frame in which it is steered", () => {
    const { client, last, join } = setUp();
    join();
    vi.advanceTimersByTime(100);
    meet(last, 12);
    client.steer(0, false);
    vi.advanceTimersByTime(500);
    client.sample(Date.now());
    const before = client.replica.drawX[3];
    expect(before).toBeCloseTo(100, 5);
    vi.advanceTimersByTime(16);
    client.steer(0, true);
    client.sample(Date.now());
    expect(client.replica.drawX[3]).toBeGreaterThan(before);
  });

  test("I6 the first key counts from now on, however long nobody steered", () => {
    const { client, last, join } = setUp();
    join();
    vi.advanceTimersByTime(100);
    meet(last, 12);
    for (let tick = 13; tick < 13 + 200; tick++) {
      vi.advanceTimersByTime(50);
      last().frame({ tick });
    }
    client.sample(Date.now());
    client.steer(0, true);
    client.sample(Date.now());
    expect(client.replica.drawX[3]).toBeLessThan(100 + 5);
    vi.advanceTimersByTime(60);
    const told = last()
      .told()
      .filter((frame) => frame.inputs.length > 0);
    expect(told[0].inputTick).toBeGreaterThan(212);
    expect(client.network.droppedTicks).toBe(0);
  });

  test("I6 a key that was pressed while the page stood still counts from now on, not for the ticks that went by", () => {
    const { client, last, join } = setUp();
    join();
    vi.advanceTimersByTime(100);
    meet(last, 12);
    client.steer(0, false);
    vi.advanceTimersByTime(300);
    client.sample(Date.now());
    const before = client.replica.drawX[3];
    // A long task: no timer fires, no frame is drawn.
    vi.setSystemTime(Date.now() + 1000);
    client.steer(0, true);
    client.sample(Date.now());
    expect(client.replica.drawX[3] - before).toBeLessThan(10.1);
    expect(client.network.droppedTicks).toBeGreaterThan(10);
    const told = last()
      .told()
      .filter((frame) => frame.inputs.length > 0);
    expect(told[1].inputTick - told[0].inputTick).toBeGreaterThan(20);
  });

  test("I3 a tap that is shorter than a tick lasts a tick", () => {
    const { client, last, join } = setUp();
    join();
    vi.advanceTimersByTime(100);
    meet(last, 12);
    client.steer(0, false);
    vi.advanceTimersByTime(100);
    client.steer(0, true);
    client.steer(0, false);
    vi.advanceTimersByTime(200);
    const told = last()
      .told()
      .flatMap(({ inputTick, inputs }) => inputs.map(({ steer }) => ({ inputTick, swim: steer?.swim })));
    expect(told.map(({ swim }) => swim)).toEqual([false, true, false]);
    expect(told[2].inputTick - told[1].inputTick).toBe(1);
  });

  test("I7 the round trip, the server's clock and its tick's time are known after one echo", () => {
    const { client, last, join } = setUp();
    join();
    vi.advanceTimersByTime(100);
    meet(last, 12);
    expect(client.network.rttMs).toBeGreaterThanOrEqual(0);
    expect(client.network.rttMs).toBeLessThan(100);
    expect(client.network.serverTickMs).toBe(1.5);
    expect(client.network.framesReceived).toBe(1);
    expect(client.network.bytesReceived).toBeGreaterThan(20);
  });
});
