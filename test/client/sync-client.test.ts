import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { type FakeTransport, setUp } from "./client-harness.ts";

const { CloseCode } = shoal;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("sync client", () => {
  test("S2 says hello with its view's size, S3 and is joined with the Welcome", () => {
    const { client, last, states } = setUp();
    client.setView(0, 0, 400, 300);
    client.start();
    last().events.onOpen();
    const hello = shoal.Hello.decode(last().sent[0]);
    expect(hello).toMatchObject({ room: "", join: { look: { name: "Ada" } } });
    expect(hello.view?.width).toBeGreaterThanOrEqual(400);
    last().welcome();
    expect(states.map(({ kind }) => kind)).toEqual(["connecting", "joined"]);
    expect(client.replica).toMatchObject({ tick: 10, ownSlot: 3, slotCount: 10 });
  });

  test("S18 says who the player is, by a token asked for at each hello", async () => {
    const tokens = ["first", "second"];
    const authToken = vi.fn(async () => tokens.shift() ?? "");
    const { client, last, transports } = setUp(undefined, { authToken });
    const tokenSaid = () => shoal.Hello.decode(last().sent[0]).authToken;
    client.start();
    last().events.onOpen();
    expect(last().sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(tokenSaid()).toBe("first");
    last().welcome();
    last().events.onClose(1006, "");
    await vi.advanceTimersByTimeAsync(250);
    last().events.onOpen();
    await vi.advanceTimersByTimeAsync(0);
    expect(tokenSaid()).toBe("second");
    expect([transports.length, authToken.mock.calls.length]).toEqual([2, 2]);
  });

  test("S18 a token that is at hand is said at once", () => {
    const { client, last } = setUp(undefined, { authToken: "mine" });
    client.start();
    last().events.onOpen();
    expect(shoal.Hello.decode(last().sent[0]).authToken).toBe("mine");
  });

  test("S18 S7 without the token that it needs it tries again, and says nothing on a connection that is gone", async () => {
    let give: (token: string) => void = () => {};
    let isOffline = true;
    const authToken = () =>
      isOffline ? Promise.reject(new Error("offline")) : new Promise<string>((done) => (give = done));
    const { client, last, transports } = setUp(undefined, { authToken });
    client.start();
    last().events.onOpen();
    await vi.advanceTimersByTimeAsync(0);
    expect(client.state).toMatchObject({ kind: "waiting", code: 1006, reason: "no auth token" });
    isOffline = false;
    await vi.advanceTimersByTimeAsync(250);
    last().events.onOpen();
    await vi.advanceTimersByTimeAsync(0);
    client.close();
    give("too late");
    await vi.advanceTimersByTimeAsync(0);
    expect(transports.map(({ sent }) => sent.length)).toEqual([0, 0]);
  });

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

  test.each([4000, 4001, 4499, 1006, 1001, 1011, 5000])("S7 comes back after %i", (code) => {
    const { client, last, join, transports, states } = setUp();
    join();
    last().events.onClose(code, "bye");
    expect(client.state).toMatchObject({ kind: "waiting", code, reason: "bye", retryInMs: 250 });
    vi.advanceTimersByTime(249);
    expect(transports).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(transports).toHaveLength(2);
    expect(states.at(-1)).toEqual({ kind: "connecting", attempt: 1 });
  });

  test.each([4500, 4501, 4999])("S7 does not come back after %i, and leaves no timer", (code) => {
    const { client, last, join } = setUp();
    join();
    last().events.onClose(code, "please reload");
    expect(client.state).toEqual({ kind: "ended", code, reason: "please reload" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("S7 waits up to 0.5, 1, 2, 4, 5, 5 s, and starts over once it was joined", () => {
    const { client, last, states } = setUp(() => 1);
    client.start();
    for (let i = 0; i < 6; i++) {
      last().events.onClose(1006, "");
      vi.advanceTimersByTime(5000);
    }
    const waits = states.flatMap((state) => (state.kind === "waiting" ? [state.retryInMs] : []));
    expect(waits).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
    last().welcome();
    last().events.onClose(1006, "");
    expect(client.state).toMatchObject({ retryInMs: 500 });
  });

  test("S10 gives up a connection that is silent for 7 s, joined or not", () => {
    const { client, transports, last, join } = setUp();
    join();
    vi.advanceTimersByTime(6900);
    transports[0].frame({ tick: 11 });
    vi.advanceTimersByTime(6900);
    expect(client.state.kind).toBe("joined");
    vi.advanceTimersByTime(200);
    expect(client.state.kind).toBe("waiting");
    expect(transports[0].isClosed && last().isClosed).toBe(true);
    vi.advanceTimersByTime(250);
    expect(client.state.kind).toBe("connecting");
    vi.advanceTimersByTime(7000);
    expect(client.state.kind).toBe("waiting");
  });

  test("S7 what a lost connection still says is not heard", () => {
    const { client, transports, join, events } = setUp();
    join();
    const [first] = transports;
    first.events.onClose(1006, "");
    vi.advanceTimersByTime(250);
    first.welcome();
    first.frame({ tick: 11, events: [{ online: { players: 3 } }] });
    first.events.onClose(4500, "late");
    expect(client.state.kind).toBe("connecting");
    expect(events).toEqual([]);
  });

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

  /** The server answers the newest stamp, and tells the own motion. */
  const meet = (last: () => FakeTransport, tick: number) => {
    const stamp = Math.max(
      ...last()
        .told()
        .map((frame) => frame.stamp),
    );
    last().frame({ tick, own: { x: 3200, y: 3200 }, echo: { stamp, age: 80, tickUs: 1500 } });
  };

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

  test("V6 a hidden page asks for nothing, and for its view when it is back", () => {
    const { client, last, join } = setUp();
    join();
    client.setView(100, 100, 300, 200);
    vi.advanceTimersByTime(100);
    client.setHidden(true);
    vi.advanceTimersByTime(1);
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

  test.each(["connecting", "joined", "waiting"] as const)(
    "S1 closing from inside the news of %s ends it for good",
    (kind) => {
      const { client, transports, onState } = setUp();
      onState((state) => state.kind === kind && client.close());
      client.start();
      const [first] = transports;
      if (first !== undefined) {
        first.events.onOpen();
        first.welcome();
        if (kind === "waiting") first.events.onClose(1006, "");
      }
      vi.advanceTimersByTime(60_000);
      expect(client.state).toMatchObject({ kind: "ended", code: 1000 });
      expect(vi.getTimerCount()).toBe(0);
      expect(transports.length).toBeLessThanOrEqual(1);
      for (const { isClosed } of transports) expect(isClosed).toBe(true);
    },
  );

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

  test("S1 close ends it for good, twice is harmless, start begins anew", () => {
    const { client, last, join, transports } = setUp();
    join();
    client.close();
    client.close();
    expect(last().isClosed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(client.state).toMatchObject({ kind: "ended", code: 1000 });
    client.start();
    expect(transports).toHaveLength(2);
    client.close();
    expect(CloseCode.CLOSE_CODE_RESTARTING).toBe(4000);
  });
});
