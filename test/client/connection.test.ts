/** SPEC S1 to S10 and S18: how a connection begins, is lost, comes back and ends. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { setUp } from "./client-harness.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("connection", () => {
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
    expect(shoal.CloseCode.CLOSE_CODE_RESTARTING).toBe(4000);
  });
});
