/** The simulator and the truth beside it: a fake pipe below, a client's callbacks above, fake time. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PassThrough } from "../../client/overlay/pass-through.ts";
import { Simulator } from "../../client/overlay/simulator.ts";
import { Replica } from "../../client/sync/index.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { FakeTransport } from "../client/client-harness.ts";

const WELCOME = shoal.Welcome.encode({
  epoch: 1,
  tick: 10,
  tickHz: 20,
  worldWidth: 640,
  worldHeight: 640,
  cellSize: 320,
  slotCount: 10,
  ownSlot: 3,
  messageBytesMax: 4096,
}).finish();

const frameOf = (tick: number) => shoal.ServerFrame.encode({ epoch: 1, tick }).finish();

/** A line and what its owner, the page, hears of it. Fake pipes open when they are told to. */
function setUp() {
  const pipes: FakeTransport[] = [];
  const told: string[] = [];
  const line = new PassThrough((_, events) => {
    const pipe = new FakeTransport(events);
    pipes.push(pipe);
    return pipe;
  });
  const connect = () => {
    const transport = line.open("http://shoal.test", {
      onOpen: () => told.push("open"),
      onMessage: (bytes) => told.push(`message ${bytes.length}`),
      onClose: (code) => told.push(`close ${code}`),
    });
    return { transport, pipe: opened() };
  };
  /** The newest pipe, which opens. */
  const opened = () => {
    const pipe = pipes[pipes.length - 1];
    pipe.events.onOpen();
    return pipe;
  };
  const shown = new Replica(shoal.Welcome.decode(WELCOME));
  return { line, told, connect, opened, shown, simulate: () => new Simulator(line, () => performance.now()) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the page's line", () => {
  test("passes everything through, both ways", () => {
    const { connect, told } = setUp();
    const { transport, pipe } = connect();
    pipe.events.onMessage(new Uint8Array(3));
    transport.send(new Uint8Array(4));
    pipe.events.onClose(4000, "restart");
    expect(told).toEqual(["open", "message 3", "close 4000"]);
    expect(pipe.sent).toHaveLength(1);
  });

  test("that is cut closes the pipe and tells its owner once", () => {
    const { line, connect, told } = setUp();
    const { pipe } = connect();
    line.cut();
    line.cut();
    expect(pipe.isClosed).toBe(true);
    expect(told).toEqual(["open", "close 1006"]);
  });

  test("that has closed already is not cut", () => {
    const { line, connect, told } = setUp();
    connect().pipe.events.onClose(4000, "restart");
    line.cut();
    expect(told).toEqual(["open", "close 4000"]);
  });

  test("forgets a connection that closes after the next one opened", () => {
    const { line, connect, told } = setUp();
    const first = connect();
    const second = connect();
    first.pipe.events.onClose(1006, "");
    line.cut();
    expect(second.pipe.isClosed).toBe(true);
    expect(told).toEqual(["open", "open", "close 1006", "close 1006"]);
  });
});

describe("the simulator", () => {
  test("leaves a line that it came too late for alone until it has to change it", () => {
    const { connect, told, simulate } = setUp();
    const { pipe } = connect();
    const simulator = simulate();
    simulator.suffer(undefined);
    pipe.events.onMessage(new Uint8Array(1));
    expect(pipe.isClosed).toBe(false);
    simulator.suffer({ rttMs: 100, jitterMs: 0 });
    expect(pipe.isClosed).toBe(true);
    expect(told).toEqual(["open", "message 1", "close 1006"]);
  });

  test("delays both ways from the next connection on, and stops at once", async () => {
    const { connect, told, simulate } = setUp();
    const simulator = simulate();
    const { transport, pipe } = connect();
    simulator.suffer({ rttMs: 100, jitterMs: 0 });
    expect(pipe.isClosed).toBe(false);
    pipe.events.onMessage(new Uint8Array(1));
    transport.send(new Uint8Array(1));
    await vi.advanceTimersByTimeAsync(49);
    expect(told).toEqual(["open"]);
    expect(pipe.sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(2);
    expect(told).toEqual(["open", "message 1"]);
    expect(pipe.sent).toHaveLength(1);
    simulator.suffer(undefined);
    pipe.events.onMessage(new Uint8Array(2));
    expect(told).toEqual(["open", "message 1", "message 2"]);
  });

  test("keeps no timer once its connection is cut", () => {
    const { line, connect, simulate } = setUp();
    const simulator = simulate();
    const { pipe } = connect();
    simulator.suffer({ rttMs: 100, jitterMs: 0, dropAfterMs: 10_000 });
    pipe.events.onMessage(new Uint8Array(1));
    line.cut();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the truth", () => {
  test("is ahead of what is shown by the simulated delay", async () => {
    const { connect, told, shown, simulate } = setUp();
    const simulator = simulate();
    simulator.listen();
    const { pipe } = connect();
    simulator.suffer({ rttMs: 200, jitterMs: 0 });
    pipe.events.onMessage(WELCOME);
    pipe.events.onMessage(frameOf(11));
    pipe.events.onMessage(frameOf(12));
    expect(told).toEqual(["open"]);
    expect(simulator.truth(shown)?.tick).toBe(12);
    await vi.advanceTimersByTimeAsync(101);
    expect(told).toHaveLength(4);
  });

  test("is what the page holds while nothing is simulated and nothing was followed", () => {
    const { connect, shown, simulate } = setUp();
    connect();
    const simulator = simulate();
    simulator.listen();
    expect(simulator.truth(shown)).toBe(shown);
  });

  test("that cannot be known costs a new connection, one that can be does not", async () => {
    const { line, connect, opened, told, shown, simulate } = setUp();
    const simulator = simulate();
    const first = connect();
    first.pipe.events.onMessage(WELCOME);
    // Not listened to from its beginning.
    simulator.listen();
    first.pipe.events.onMessage(frameOf(11));
    simulator.requireTruth();
    expect(first.pipe.isClosed).toBe(false);
    simulator.suffer({ rttMs: 100, jitterMs: 0 });
    expect(simulator.truth(shown)).toBeUndefined();
    simulator.requireTruth();
    expect(first.pipe.isClosed).toBe(true);
    expect(told.at(-1)).toBe("close 1006");
    line.open("http://shoal.test", { onOpen: () => {}, onMessage: () => {}, onClose: () => {} });
    simulator.requireTruth();
    // The handshake suffers, too.
    await vi.advanceTimersByTimeAsync(51);
    const second = opened();
    second.events.onMessage(WELCOME);
    simulator.requireTruth();
    expect(second.isClosed).toBe(false);
    expect(simulator.truth(shown)?.tick).toBe(10);
  });

  test("is forgotten when nobody listens any more", () => {
    const { connect, shown, simulate } = setUp();
    const simulator = simulate();
    simulator.listen();
    const { pipe } = connect();
    pipe.events.onMessage(WELCOME);
    expect(simulator.truth(shown)).not.toBe(shown);
    simulator.stopListening();
    expect(simulator.truth(shown)).toBe(shown);
  });

  test("ends with bytes that no server writes, and breaks nothing", () => {
    const { connect, told, shown, simulate } = setUp();
    const simulator = simulate();
    simulator.listen();
    const { pipe } = connect();
    pipe.events.onMessage(WELCOME);
    pipe.events.onMessage(Uint8Array.of(0xff, 0xff));
    pipe.events.onMessage(frameOf(11));
    expect(told).toHaveLength(4);
    expect(simulator.truth(shown)).toBe(shown);
  });
});
