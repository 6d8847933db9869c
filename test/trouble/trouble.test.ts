/** The troubled pipe: what its owner sees of messages, closes and cuts, under a clock moved by hand. */
import { beforeEach, describe, expect, test } from "vitest";
import { VirtualTime } from "../../bench/feel/virtual-time.ts";
import type { Conditions } from "../../client/sync/link.ts";
import type { Transport, TransportEvents } from "../../client/sync/transport.ts";
import { TroubleControls, type TroubledOptions, troubled } from "../../client/sync/trouble.ts";
import { seededRandom } from "../../proto/random.ts";

/** 50 ms each way, always. */
const FAR: Conditions = { rttMs: 100, jitterMs: 0 };
const MIB = 1024 * 1024;

/** The pipe inside: its other end is the test. */
class InnerTransport implements Transport {
  readonly sent: string[] = [];
  isClosed = false;
  readonly events: TransportEvents;
  readonly #now: () => number;

  constructor(events: TransportEvents, now: () => number) {
    this.events = events;
    this.#now = now;
  }
  send(bytes: Uint8Array): void {
    this.sent.push(`${this.#now()} ${text(bytes)}`);
  }
  close(): void {
    this.isClosed = true;
  }
}

const bytes = (words: string) => new TextEncoder().encode(words);
const text = (from: Uint8Array) => new TextDecoder().decode(from);

let time: VirtualTime;
beforeEach(() => {
  time = new VirtualTime();
});

/** A troubled pipe; `seen` is what its owner was told, each with its time. The clock stands where the inside was opened. */
function setUp(conditions: Conditions | undefined, more: Partial<TroubledOptions> = {}) {
  const controls = new TroubleControls(conditions);
  const seen: string[] = [];
  const inners: InnerTransport[] = [];
  const note = (words: string) => void seen.push(`${time.nowMs} ${words}`);
  const events: TransportEvents = {
    onOpen: () => note("open"),
    onMessage: (message) => note(text(message)),
    onClose: (code, reason) => note(`closed ${code} ${reason}`),
  };
  const open = troubled(
    (_, innerEvents) => {
      const inner = new InnerTransport(innerEvents, time.now);
      inners.push(inner);
      return inner;
    },
    { controls, now: time.now, timers: time.timers, random: seededRandom(1), ...more },
  );
  const transport = open("http://shoal.test", events);
  if (inners.length === 0) time.runUntil(time.nextMs);
  const [inner] = inners;
  const tell = (words: string) => inner.events.onMessage(bytes(words));
  return { controls, seen, inner, inners, transport, tell, open, events };
}

/** The same, with the owner told of the open, and what was seen so far forgotten. */
function setUpOpen(conditions: Conditions | undefined, more: Partial<TroubledOptions> = {}) {
  const all = setUp(conditions, more);
  all.inner.events.onOpen();
  time.runUntil(1000);
  all.seen.length = 0;
  return all;
}

describe("a troubled pipe", () => {
  test("opens after a round trip", () => {
    const { inner, seen } = setUp(FAR);
    expect(time.nowMs).toBe(50);
    inner.events.onOpen();
    time.runUntil(99.9);
    expect(seen).toEqual([]);
    time.runUntil(100);
    expect(seen).toEqual(["100 open"]);
  });

  test("delays messages both ways and keeps their order", () => {
    const { inner, seen, transport, tell } = setUpOpen(FAR);
    for (const word of ["a", "b", "c"]) {
      transport.send(bytes(word));
      tell(word.toUpperCase());
    }
    time.runUntil(1049.9);
    expect([...inner.sent, ...seen]).toEqual([]);
    time.runUntil(1050);
    expect(inner.sent).toEqual(["1050 a", "1050 b", "1050 c"]);
    expect(seen).toEqual(["1050 A", "1050 B", "1050 C"]);
  });

  test("keeps the order under jitter, whatever the seed", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { seen, tell } = setUpOpen({ rttMs: 200, jitterMs: 200 }, { random: seededRandom(seed) });
      const start = time.nowMs;
      for (let i = 0; i < 50; i++) time.at(start + i * 3, () => tell(String(i)));
      time.runUntil(start + 1000);
      expect(seen.map((line) => Number(line.split(" ")[1]))).toEqual(Array.from({ length: 50 }, (_, i) => i));
      time = new VirtualTime();
    }
  });

  test("passes everything untouched and at once without conditions", () => {
    const { inner, seen, transport, tell } = setUp(undefined);
    inner.events.onOpen();
    transport.send(bytes("up"));
    tell("down");
    inner.events.onClose(4000, "restart");
    expect(inner.sent).toEqual(["0 up"]);
    expect(seen).toEqual(["0 open", "0 down", "0 closed 4000 restart"]);
    expect(time.nextMs).toBe(Number.POSITIVE_INFINITY);
  });

  test("closed on the way to the server never gets there", () => {
    const { controls, inners, open, events, seen } = setUpOpen(FAR);
    const second = open("http://shoal.test", events);
    second.close();
    open("http://shoal.test", events);
    controls.drop();
    time.runUntil(2000);
    expect(inners).toHaveLength(1);
    expect(seen).toEqual(["1000 closed 1006 cut", "1000 closed 1006 cut"]);
    expect(time.nextMs).toBe(Number.POSITIVE_INFINITY);
  });

  test("sends nothing before its owner is told of the open", () => {
    const { inner, transport } = setUp(FAR);
    inner.events.onOpen();
    transport.send(bytes("early"));
    time.runUntil(1000);
    expect(inner.sent).toEqual([]);
  });

  test("tells of a close after the messages before it, and of nothing after it", () => {
    const { inner, seen, transport, tell } = setUpOpen(FAR);
    tell("last words");
    inner.events.onClose(4001, "slow");
    tell("never said");
    transport.send(bytes("never sent"));
    time.runUntil(2000);
    expect(seen).toEqual(["1050 last words", "1050 closed 4001 slow"]);
    transport.send(bytes("never sent"));
    tell("never said");
    time.runUntil(3000);
    expect(seen).toHaveLength(2);
    expect(time.nextMs).toBe(Number.POSITIVE_INFINITY);
  });

  test("closed by its owner says nothing more, closes what is inside and leaves no timer", () => {
    const { inner, seen, transport, tell } = setUpOpen(FAR);
    tell("on the way");
    transport.send(bytes("on the way"));
    transport.close();
    transport.close();
    expect(inner.isClosed).toBe(true);
    expect(time.nextMs).toBe(Number.POSITIVE_INFINITY);
    time.runUntil(2000);
    expect(seen).toEqual([]);
    expect(inner.sent).toEqual([]);
  });

  test("closed from inside a message tells no further one that arrives in the same moment", () => {
    const all = setUp(FAR);
    all.inner.events.onOpen();
    time.runUntil(1000);
    all.events.onMessage = (message) => {
      all.seen.push(text(message));
      all.transport.close();
    };
    all.tell("first");
    all.tell("second");
    time.runUntil(2000);
    expect(all.seen).toEqual(["100 open", "first"]);
  });

  test("tells the tap of each message before the delay", () => {
    const tapped: string[] = [];
    const { seen, tell } = setUpOpen(FAR, { onArrival: (message) => tapped.push(`${time.nowMs} ${text(message)}`) });
    tell("news");
    expect(tapped).toEqual(["1000 news"]);
    expect(seen).toEqual([]);
    time.runUntil(2000);
    expect(seen).toEqual(["1050 news"]);
  });
});

describe("trouble that changes", () => {
  test("counts for what waits, too, and never brings it earlier than the new line would", () => {
    const { controls, seen, tell } = setUpOpen({ rttMs: 900, jitterMs: 0 });
    tell("a");
    time.runUntil(1200);
    controls.set(FAR);
    tell("b");
    time.runUntil(2000);
    expect(seen).toEqual(["1250 a", "1250 b"]);
  });

  test("and goes lets through what waits, in order", () => {
    const { controls, seen, inner, transport, tell } = setUpOpen(FAR);
    tell("a");
    transport.send(bytes("x"));
    controls.set(undefined);
    tell("b");
    transport.send(bytes("y"));
    time.runUntil(1000);
    expect(seen).toEqual(["1000 a", "1000 b"]);
    expect(inner.sent).toEqual(["1000 x", "1000 y"]);
    tell("c");
    expect(seen).toHaveLength(3);
  });

  test("and cuts is told as 1006, to every connection of the wrapper, in the next turn", () => {
    const { controls, seen, inners, tell, open, events } = setUpOpen(FAR);
    open("http://shoal.test", events);
    time.runUntil(1100);
    tell("on the way");
    controls.drop();
    controls.drop();
    expect(seen).toEqual([]);
    expect(inners.map(({ isClosed }) => isClosed)).toEqual([true, true]);
    time.runUntil(2000);
    expect(seen).toEqual(["1100 closed 1006 cut", "1100 closed 1006 cut"]);
    expect(time.nextMs).toBe(Number.POSITIVE_INFINITY);
  });

  test("and cuts is not told to an owner who closes meanwhile", () => {
    const { controls, seen, transport } = setUpOpen(FAR);
    controls.drop();
    transport.close();
    time.runUntil(2000);
    expect(seen).toEqual([]);
  });

  test("cuts by itself when the conditions say so, and again after the next open", () => {
    const all = setUp({ ...FAR, dropAfterMs: 1000 });
    all.inner.events.onOpen();
    time.runUntil(499);
    expect(all.seen).toEqual(["100 open"]);
    time.runUntil(1500);
    expect(all.seen[1]).toMatch(/^\d+(\.\d+)? closed 1006 cut$/);
    all.open("http://shoal.test", all.events);
    time.runUntil(3000);
    expect(all.seen).toHaveLength(3);
  });

  test("a hole is still there for who comes back", () => {
    const holes = { everyMs: 100_000, lastsMs: 5000 };
    const all = setUp({ ...FAR, holes });
    all.inner.events.onOpen();
    // The first hole: where nothing arrives.
    let startMs = 0;
    for (let ms = 200; startMs === 0; ms += 100) {
      all.tell("ping");
      all.seen.length = 0;
      time.runUntil(ms);
      if (ms > 300 && all.seen.length === 0) startMs = ms;
    }
    all.controls.drop();
    all.open("http://shoal.test", all.events);
    time.runUntil(startMs + 4500);
    expect(all.inners).toHaveLength(1);
    time.runUntil(startMs + 5300);
    expect(all.inners).toHaveLength(2);
  });
});

describe("the queue of a troubled pipe", () => {
  test.each(["up", "down"])("holds 4 MiB %s, and loses the connection with one byte more", (way) => {
    const { inner, seen, transport } = setUpOpen({ rttMs: 100_000, jitterMs: 0 });
    // The open alone takes a round trip here.
    time.runUntil(200_000);
    seen.length = 0;
    const pass = (message: Uint8Array) => (way === "up" ? transport.send(message) : inner.events.onMessage(message));
    for (let i = 0; i < 4; i++) pass(new Uint8Array(MIB));
    time.runUntil(200_001);
    expect(seen).toEqual([]);
    expect(inner.isClosed).toBe(false);
    pass(new Uint8Array(1));
    // Whoever sends is not called back from inside.
    expect(seen).toEqual([]);
    expect(inner.isClosed).toBe(true);
    time.runUntil(400_000);
    expect(seen).toEqual(["200001 closed 1006 more than 4 MiB on the way"]);
    expect(inner.sent).toEqual([]);
  });
});
