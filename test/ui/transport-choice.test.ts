/** When the page polls and when it uses a WebSocket: fake pipes, fake clock. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenTransport, Transport, TransportEvents } from "../../client/sync/index.ts";
import { chooseTransport } from "../../client/transport-choice.ts";

const LOST = 1006;
const MINUTE = 60_000;

class FakePipe implements Transport {
  readonly kind: "socket" | "polling";
  readonly events: TransportEvents;
  readonly sent: Uint8Array[] = [];
  isClosed = false;

  constructor(kind: "socket" | "polling", events: TransportEvents) {
    this.kind = kind;
    this.events = events;
  }
  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }
  close(): void {
    this.isClosed = true;
  }
}

function setUp(wanted: string | null = null) {
  const pipes: FakePipe[] = [];
  const told: string[] = [];
  const opener =
    (kind: "socket" | "polling"): OpenTransport =>
    (_, events) => {
      const pipe = new FakePipe(kind, events);
      pipes.push(pipe);
      return pipe;
    };
  const open = chooseTransport(wanted, { openWebSocket: opener("socket"), openPolling: opener("polling") });
  /** As the sync client does. Returns the pipe to the owner, and the fake below it. */
  const connect = () => {
    const transport: Transport = open("http://shoal.test", {
      onOpen: () => told.push("open"),
      onMessage: (bytes) => told.push(`message ${bytes.length}`),
      onClose: (code) => {
        told.push(`close ${code}`);
        transport.close(true);
      },
    });
    return { transport, pipe: pipes[pipes.length - 1] };
  };
  const fail = () => {
    const { pipe } = connect();
    pipe.events.onClose(LOST, "");
    return pipe.kind;
  };
  /** Two sockets fail, then a polled connection opens; the probe that starts with it is the last pipe. */
  const poll = () => {
    fail();
    fail();
    const { transport, pipe } = connect();
    pipe.events.onOpen();
    return { transport, pipe };
  };
  const last = () => pipes[pipes.length - 1];
  const kinds = () => pipes.map(({ kind }) => kind);
  return { pipes, told, connect, fail, poll, last, kinds };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the choice of a transport", () => {
  test("is WebSocket twice, then polling, then anew if nothing opens: the server is away", () => {
    const { fail } = setUp();
    expect([fail(), fail(), fail(), fail(), fail(), fail()]).toEqual([
      "socket",
      "socket",
      "polling",
      "socket",
      "socket",
      "polling",
    ]);
  });

  test("H24 is polling again after one WebSocket where a poll was refused with words", () => {
    const { connect, fail } = setUp();
    fail();
    fail();
    for (let i = 0; i < 3; i++) {
      const { pipe } = connect();
      expect(pipe.kind).toBe("polling");
      pipe.events.onClose(4008, "too many from this network; retry in 5000 ms");
      expect(fail()).toBe("socket");
    }
  });

  test("never falls back to polling once a WebSocket has opened, however often it fails later", () => {
    const { connect, fail, told } = setUp();
    const { pipe } = connect();
    pipe.events.onOpen();
    pipe.events.onMessage(new Uint8Array(3));
    pipe.events.onClose(4000, "restarting");
    expect(told).toEqual(["open", "message 3", "close 4000"]);
    for (let i = 0; i < 20; i++) expect(fail()).toBe("socket");
  });

  test("counts a handshake that hangs and is given up from this side as a failure, once", () => {
    const { connect } = setUp();
    for (let i = 0; i < 2; i++) {
      const { transport, pipe } = connect();
      expect(pipe.kind).toBe("socket");
      transport.close();
      transport.close();
      expect(pipe.isClosed).toBe(true);
    }
    expect(connect().pipe.kind).toBe("polling");
  });

  test("passes everything through to the pipe and back", () => {
    const { poll, told } = setUp();
    const { transport, pipe } = poll();
    transport.send(new Uint8Array(5));
    expect(pipe.sent).toHaveLength(1);
    pipe.events.onMessage(new Uint8Array(7));
    expect(told.slice(2)).toEqual(["open", "message 7"]);
    transport.close();
    expect(pipe.isClosed).toBe(true);
    expect(told).toHaveLength(4);
  });

  test("is always polling, without probes, if the address asks for it", () => {
    const { connect, pipes } = setUp("polling");
    connect().pipe.events.onOpen();
    vi.advanceTimersByTime(10 * MINUTE);
    expect(pipes.map(({ kind }) => kind)).toEqual(["polling"]);
  });
});

describe("a page that polls", () => {
  test("probes a WebSocket at once and every minute, closing each probe before the next", () => {
    const { poll, pipes, kinds } = setUp();
    poll();
    expect(kinds()).toEqual(["socket", "socket", "polling", "socket"]);
    pipes[3].events.onClose(LOST, "");
    vi.advanceTimersByTime(MINUTE - 1);
    expect(pipes).toHaveLength(4);
    vi.advanceTimersByTime(1);
    expect(pipes).toHaveLength(5);
    // This one hangs.
    vi.advanceTimersByTime(MINUTE);
    expect(pipes).toHaveLength(6);
    expect(pipes[4].isClosed).toBe(true);
  });

  test("changes over when a probe opens: the probe and the polled connection close, and WebSocket stays", () => {
    const { poll, pipes, last, told, fail } = setUp();
    const { pipe: polled } = poll();
    vi.advanceTimersByTime(3 * MINUTE);
    const probe = last();
    probe.events.onOpen();
    expect(probe.isClosed).toBe(true);
    expect(probe.sent).toEqual([]);
    expect(polled.isClosed).toBe(true);
    expect(told.slice(2)).toEqual(["open", `close ${LOST}`]);
    const count = pipes.length;
    vi.advanceTimersByTime(10 * MINUTE);
    expect(pipes).toHaveLength(count);
    for (let i = 0; i < 5; i++) expect(fail()).toBe("socket");
  });

  test("tries WebSocket first when its session ends, and polls again if that fails", () => {
    const { poll, fail, connect, told } = setUp();
    const { pipe } = poll();
    pipe.events.onClose(4000, "restarting");
    expect(told.at(-1)).toBe("close 4000");
    expect(fail()).toBe("socket");
    expect(connect().pipe.kind).toBe("polling");
  });

  test("leaves no probe behind when it closes or is closed", () => {
    const closedHere = setUp();
    closedHere.poll().transport.close();
    expect(closedHere.last().isClosed).toBe(true);
    const closedThere = setUp();
    closedThere.poll().pipe.events.onClose(4000, "");
    expect(closedThere.last().isClosed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
