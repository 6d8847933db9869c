/** What a joined client takes from frames and tells beside its inputs. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type FakeTransport, setUp } from "./client-harness.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A client that has told its view, and then that nobody looks. */
function setUpHidden() {
  const parts = setUp();
  parts.join();
  parts.client.setView(100, 100, 300, 200);
  vi.advanceTimersByTime(100);
  parts.client.setHidden(true);
  vi.advanceTimersByTime(1);
  return parts;
}

describe("sync client", () => {
  test.each<[string, (transport: FakeTransport) => void]>([
    ["bytes that are no frame", (t) => t.events.onMessage(Uint8Array.of(0xff, 0xff))],
    ["an empty message", (t) => t.events.onMessage(new Uint8Array(0))],
    ["a frame of an older tick", (t) => t.frame({ tick: 10 })],
    ["an update of a cell out of view", (t) => t.frame({ tick: 11, keyframes: [{ cell: 1, records: [] }] })],
    ["updates that nobody has", (t) => t.frame({ tick: 11, updates: Uint8Array.of(2, 1) })],
    ["a slot out of range", (t) => t.frame({ tick: 11, entities: [{ slot: 10, id: 1 }] })],
    ["a frame of a lower epoch", (t) => t.frame({ tick: 11, epoch: 0 })],
    ["a frame of a higher epoch", (t) => t.frame({ tick: 11, epoch: 2 })],
  ])("S9 %s ends the connection, and the next one starts over", (_, send) => {
    const { client, last, join, transports } = setUp();
    join();
    send(last());
    expect(client.state.kind).toBe("waiting");
    expect(transports[0].isClosed).toBe(true);
    vi.advanceTimersByTime(250);
    last().events.onOpen();
    last().welcome();
    expect(client.state.kind).toBe("joined");
  });

  test("S5 speaks at least once a second even when nothing changes and timers sleep", () => {
    const { last, join } = setUp();
    join();
    for (let tick = 11; tick < 11 + 60; tick++) {
      vi.setSystemTime(Date.now() + 50);
      last().frame({ tick });
    }
    const acks = last()
      .told()
      .map(({ ackTick }) => ackTick);
    expect(acks.length).toBeGreaterThanOrEqual(3);
    expect(acks).toEqual([...acks].sort((a, b) => a - b));
  });

  test("C13 a cell whose checksum differs is asked for once, also when it came in a burst", () => {
    const { client, last, join } = setUp();
    join();
    vi.advanceTimersByTime(100);
    const view = { column: 0, row: 0, columns: 1, rows: 1 };
    // Parts 8: nothing but a checksum, which is wrong: the roster is empty.
    last().frame({ tick: 11, view, updated: Uint8Array.of(1), updates: Uint8Array.of(8, 1, 1) });
    last().frame({ tick: 12 });
    last().frame({ tick: 13 });
    vi.advanceTimersByTime(300);
    expect(client.network.checksumFaults).toBe(1);
    const asked = last()
      .told()
      .flatMap(({ lostCells }) => lostCells);
    expect(asked).toEqual([0]);
  });

  test("V6 a hidden page asks for nothing, and for its view when it is back", () => {
    const { client, last } = setUpHidden();
    const views = () =>
      last()
        .told()
        .flatMap(({ view }) => (view ? [[view.width, view.height]] : []));
    expect(views()).toEqual([
      [396, 296],
      [0, 0],
    ]);
    client.setView(500, 100, 300, 200);
    vi.advanceTimersByTime(200);
    expect(views()).toHaveLength(2);
    client.setHidden(false);
    vi.advanceTimersByTime(1);
    expect(views()[2]).toEqual([396, 296]);
  });

  test("V6 L3 a hidden page whose timers sleep acknowledges each frame as it comes, and asks for no answer", () => {
    const { last } = setUpHidden();
    const before = last().told().length;
    for (let second = 1; second <= 10; second++) {
      // No timer runs, only the clock.
      vi.setSystemTime(Date.now() + 1000);
      last().frame({ tick: 20 + 20 * second });
    }
    const told = last().told().slice(before);
    expect(told.map(({ ackTick }) => ackTick)).toEqual(Array.from({ length: 10 }, (_, i) => 40 + 20 * i));
    expect(told.filter(({ stamp }) => stamp !== 0)).toEqual([]);
  });

  test("V1 tells a view with a margin, and again only when it is not enough", () => {
    const { client, transports, join } = setUp();
    join();
    for (let x = 100; x < 200; x++) {
      client.setView(x, 100, 300, 200);
      vi.advanceTimersByTime(50);
    }
    const views = transports[0].told().flatMap(({ view }) => (view ? [view] : []));
    expect(views.length).toBeGreaterThanOrEqual(2);
    expect(views.length).toBeLessThanOrEqual(4);
    expect(views[0]).toMatchObject({ left: 52, top: 52, width: 396, height: 296 });
  });

  test("S1 refuses events while there is no session and when too many wait, and sends the others in order", () => {
    const { client, last, join } = setUp();
    const say = (text: string) => client.sendEvent({ say: { text } });
    expect(say("too early")).toBe(false);
    join();
    vi.advanceTimersByTime(10);
    for (let i = 0; i < 16; i++) expect(say(`${i}`)).toBe(true);
    expect(say("too many")).toBe(false);
    vi.advanceTimersByTime(200);
    const texts = last()
      .told()
      .flatMap(({ events }) => events.map(({ say: said }) => said?.text));
    expect(texts).toEqual(Array.from({ length: 16 }, (_, i) => `${i}`));
  });

  test("S1 a callback that throws is the page's bug, not a lost connection", () => {
    const { client, last, join, onEvent } = setUp();
    join();
    onEvent(() => {
      throw new Error("page bug");
    });
    expect(() => last().frame({ tick: 11, events: [{ online: { players: 2 } }] })).toThrow("page bug");
    expect(client.state.kind).toBe("joined");
    expect(client.replica.tick).toBe(11);
  });

  test("L1 never sends a message larger than the server takes, and refuses an event that is", () => {
    const { client, last, join } = setUp();
    join();
    vi.advanceTimersByTime(10);
    const line = { say: { text: "é".repeat(420) } };
    for (let i = 0; i < 12; i++) expect(client.sendEvent(line)).toBe(true);
    expect(client.sendEvent({ say: { text: "x".repeat(4096) } })).toBe(false);
    vi.advanceTimersByTime(500);
    expect(Math.max(...last().sent.map(({ length }) => length))).toBeLessThanOrEqual(4096);
    expect(
      last()
        .told()
        .flatMap(({ events }) => events),
    ).toHaveLength(12);
  });
});
