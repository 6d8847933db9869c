import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { retryHintMs } from "../../client/sync/backoff.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { setUp } from "./client-harness.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const hello = (transport: { readonly sent: readonly Uint8Array[] }) => shoal.Hello.decode(transport.sent[0]);

describe("a line that falls silent", () => {
  test("S30 gets a spare beside it after 2 s, a little later for some; the spare says nothing", () => {
    const { client, transports, join } = setUp(() => 0.5);
    join();
    vi.advanceTimersByTime(2200);
    expect(transports).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(transports).toHaveLength(2);
    transports[1].events.onOpen();
    vi.advanceTimersByTime(200);
    expect(transports[1].sent).toEqual([]);
    expect([client.state.kind, transports[0].isClosed]).toEqual(["joined", false]);
  });

  test("S30 that speaks again goes on, and the spare is closed: a server that stood still costs nobody a connection", () => {
    const { client, transports, join, states } = setUp();
    join();
    vi.advanceTimersByTime(5000);
    transports[1].events.onOpen();
    vi.advanceTimersByTime(250);
    transports[0].frame({ tick: 11 });
    vi.advanceTimersByTime(1000);
    expect(transports.map(({ isClosed }) => isClosed)).toEqual([false, ...Array(transports.length - 1).fill(true)]);
    expect(states.map(({ kind }) => kind)).toEqual(["connecting", "joined"]);
    expect(client.replica.tick).toBe(11);
  });

  test("S30 that stays silent for 0.3 s more gives way to the open spare, with the session's token", () => {
    const { client, transports, join, states } = setUp();
    join();
    transports[0].frame({ tick: 17 });
    vi.advanceTimersByTime(2300);
    transports[1].events.onOpen();
    vi.advanceTimersByTime(350);
    expect(transports[0].isClosed).toBe(true);
    expect(hello(transports[1])).toMatchObject({ ackTick: 17 });
    expect([...hello(transports[1]).resumeToken]).toEqual(Array(16).fill(7));
    transports[1].welcome(1, { resumed: true });
    expect(states.map(({ kind }) => kind)).toEqual(["connecting", "joined", "connecting", "joined"]);
    // What the old line still says is nobody's any more.
    transports[0].frame({ tick: 18 });
    transports[0].events.onClose(4504, "replaced");
    expect([client.state.kind, client.hasResumed, client.replica.tick]).toEqual(["joined", true, 10]);
  });

  test("S30 tries another spare where one does not open within 2.5 s, and gives up with the line after 7 s (S10)", () => {
    const { client, transports, join } = setUp();
    join();
    vi.advanceTimersByTime(4700);
    expect(transports).toHaveLength(2);
    vi.advanceTimersByTime(200);
    expect(transports.map(({ isClosed }) => isClosed)).toEqual([false, true, false]);
    transports[2].events.onClose(1006, "no way");
    vi.advanceTimersByTime(2000);
    expect(client.state.kind).toBe("joined");
    vi.advanceTimersByTime(200);
    expect(client.state.kind).toBe("waiting");
    client.close();
    expect(transports.every(({ isClosed }, i) => isClosed || i === 2)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("S30 is not waited for when the network comes back: a spare is tried at once, in place of one that hangs", () => {
    const { client, transports, join } = setUp();
    join();
    vi.advanceTimersByTime(400);
    client.retryNow();
    expect(transports).toHaveLength(1);
    vi.advanceTimersByTime(200);
    client.retryNow();
    expect(transports).toHaveLength(2);
    client.retryNow();
    expect(transports.map(({ isClosed }) => isClosed)).toEqual([false, true, false]);
    transports[2].events.onOpen();
    vi.advanceTimersByTime(350);
    expect(transports[0].isClosed).toBe(true);
    expect(hello(transports[2]).resumeToken).toHaveLength(16);
  });

  test("S30 V6 of a hidden page is given 5 s: it hears of the server once a second only", () => {
    const { client, transports, join } = setUp();
    join();
    client.setHidden(true);
    vi.advanceTimersByTime(5200);
    expect(transports).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(transports).toHaveLength(2);
  });
});

describe("when to come back", () => {
  test.each<[string, number | undefined]>([
    ["room full; retry in 1500 ms", 1500],
    ["; retry in 0 ms", 0],
    ["busy; retry in 60000 ms", 60_000],
    ["busy; retry in 99999 ms", 60_000],
    ["busy; retry in 100000 ms", undefined],
    ["busy; retry in -5 ms", undefined],
    ["busy; retry in 1.5 ms", undefined],
    ["busy; retry in 10 ms or so", undefined],
    ["retry in 10 ms", undefined],
    ["", undefined],
  ])("S7 %j says %s ms", (reason, ms) => {
    expect(retryHintMs(reason)).toBe(ms);
  });

  test("S7 the server's word wins over the client's own, and is told to who shows the wait", () => {
    const { client, transports, join } = setUp();
    join();
    transports[0].events.onClose(4008, "many come at once; retry in 12000 ms");
    expect(client.state).toMatchObject({ kind: "waiting", retryInMs: 12_000, code: 4008 });
    vi.advanceTimersByTime(11_999);
    expect(transports).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(transports).toHaveLength(2);
  });

  test("S7 who does not want to wait goes at once", () => {
    const { client, transports, join } = setUp();
    join();
    transports[0].events.onClose(4003, "full; retry in 30000 ms");
    client.retryNow();
    vi.advanceTimersByTime(0);
    expect(transports).toHaveLength(2);
  });
});

describe("a seat that an earlier page kept", () => {
  const seat = { token: new Uint8Array(16).fill(9), ackTick: 345 };

  test("S31 is in the hello, and events count on from those of that page", () => {
    const { client, transports, last } = setUp(undefined, { seat });
    client.start();
    last().events.onOpen();
    expect(hello(transports[0]).ackTick).toBe(345);
    expect([...hello(transports[0]).resumeToken]).toEqual([...seat.token]);
    last().welcome(1, { resumed: true, lastEvent: 12 });
    expect(client.sendEvent({ say: { text: "still here" } })).toBe(true);
    vi.advanceTimersByTime(100);
    const told = last()
      .told()
      .find(({ events }) => events.length > 0);
    expect(told).toMatchObject({ firstEvent: 13 });
  });

  test("S31 is kept when the server is of another schema, and only then", () => {
    const { client, transports, join } = setUp();
    join();
    transports[0].frame({ tick: 17 });
    transports[0].events.onClose(1006, "");
    vi.advanceTimersByTime(250);
    transports[1].events.onClose(4501, "another schema");
    expect(client.state.kind).toBe("ended");
    expect([...(client.seat?.token ?? [])]).toEqual(Array(16).fill(7));
    expect(client.seat?.ackTick).toBe(17);
    client.close();
    const other = setUp();
    other.join();
    other.transports[0].events.onClose(4507, "banned");
    expect(other.client.seat).toBeUndefined();
  });
});
