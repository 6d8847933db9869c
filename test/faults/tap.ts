/**
 * Listens in on one bot's line, both ways: when it was lost and back, how long no frame came, which words it sent, which of them
 * the server acknowledged, and which it heard. What the bot itself believes is not asked.
 */

import { FrameParts } from "../../client/sync/frame-parts.ts";
import type { OpenTransport, TransportEvents } from "../../client/sync/transport.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { ByteReader } from "../../proto/wire.ts";
import { Pipe, type PipeAddress } from "./pipe.ts";

const FIELD_EVENT_ACK = 13;
/** RFC 6455 section 7.1.5. */
const CODE_LOST = 1006;

/** How a connection ended, in the server's words or, with 1006, ours. */
export interface End {
  readonly code: number;
  readonly reason: string;
}

/** What happened since the last `mark`. Times are of one monotonic clock, ms. */
export interface Marked {
  readonly frames: number;
  /** The longest time without a frame. */
  readonly gapMs: number;
  readonly losses: readonly End[];
  /** Tries to connect that got no Welcome. */
  readonly refusals: readonly End[];
  /** From each loss to the first frame after it. */
  readonly backMs: readonly number[];
  readonly joinMs: readonly number[];
  /** The ticks of the Welcomes. */
  readonly joinTicks: readonly number[];
  readonly resumed: number;
  readonly begunAnew: number;
  /** Frames whose tick is not above the one before, in one connection. */
  readonly backwards: number;
  /** The largest step from one frame's tick to the next one's, in one connection. */
  readonly tickStep: number;
}

export class Tap {
  /** Texts sent, in the order of their numbers in this session. */
  readonly sent = new Map<number, string>();
  /** Texts that the server says it keeps, and when it first said so. */
  readonly acknowledged = new Map<string, number>();
  /** When each text was first sent. */
  readonly saidMs = new Map<string, number>();
  /** How often each text came. */
  readonly heard = new Map<string, number>();
  pipe: Pipe | undefined;
  readonly #address: PipeAddress;
  readonly #nowMs: () => number;
  readonly #parts = new FrameParts();
  readonly #reader = new ByteReader();
  #hasWelcome = false;
  /** Its end has been noted. */
  #isOver = true;
  #openMs = 0;
  #lastFrameMs = 0;
  #lastTick = 0;
  #lostMs = Number.NaN;
  #isFirstFrame = false;
  #marked = emptyMark();

  constructor(address: PipeAddress, nowMs: () => number) {
    this.#address = address;
    this.#nowMs = nowMs;
    this.#lastFrameMs = nowMs();
  }

  readonly open: OpenTransport = (_url, events) => {
    this.#hasWelcome = false;
    this.#isOver = false;
    this.#openMs = this.#nowMs();
    const pipe = new Pipe(this.#address, this.#listenIn(events));
    this.pipe = pipe;
    return {
      send: (bytes) => {
        this.#up(bytes);
        pipe.send(bytes);
      },
      close: (comesBack) => {
        if (comesBack) this.#lose(CODE_LOST, "given up by the client");
        pipe.close(comesBack);
      },
    };
  };

  mark(): void {
    this.#marked = emptyMark();
    this.#lastFrameMs = this.#nowMs();
  }

  /** Whoever waits for a frame at this moment waits already. */
  read(): Marked {
    const gapMs = Math.max(this.#marked.gapMs, this.#nowMs() - this.#lastFrameMs);
    return { ...this.#marked, gapMs };
  }

  #listenIn(events: TransportEvents): TransportEvents {
    return {
      onOpen: () => events.onOpen(),
      onMessage: (bytes) => {
        this.#down(bytes);
        events.onMessage(bytes);
      },
      onClose: (code, reason) => {
        this.#lose(code, reason);
        events.onClose(code, reason);
      },
    };
  }

  #lose(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#hasWelcome) this.#marked.losses.push({ code, reason });
    else this.#marked.refusals.push({ code, reason });
    // Tries that fail belong to the loss before them.
    if (Number.isNaN(this.#lostMs)) this.#lostMs = this.#nowMs();
  }

  #up(bytes: Uint8Array): void {
    if (!this.#hasWelcome) return;
    const { events, firstEvent } = shoal.ClientFrame.decode(bytes);
    events.forEach(({ shout }, i) => {
      const text = shout?.text ?? "";
      if (text === "") return;
      this.sent.set(firstEvent + i, text);
      if (!this.saidMs.has(text)) this.saidMs.set(text, this.#nowMs());
    });
  }

  #down(bytes: Uint8Array): void {
    const now = this.#nowMs();
    if (!this.#hasWelcome) return this.#welcome(shoal.Welcome.decode(bytes), now);
    this.#marked.frames++;
    this.#marked.gapMs = Math.max(this.#marked.gapMs, now - this.#lastFrameMs);
    this.#lastFrameMs = now;
    if (this.#isFirstFrame && !Number.isNaN(this.#lostMs)) {
      this.#marked.backMs.push(now - this.#lostMs);
      this.#lostMs = Number.NaN;
    }
    this.#parts.read(bytes);
    if (!this.#isFirstFrame) this.#marked.tickStep = Math.max(this.#marked.tickStep, this.#parts.tick - this.#lastTick);
    this.#isFirstFrame = false;
    if (this.#parts.tick <= this.#lastTick) this.#marked.backwards++;
    this.#lastTick = this.#parts.tick;
    this.#hear(bytes);
    this.#acknowledge(bytes);
  }

  #welcome(welcome: shoal.Welcome, now: number): void {
    this.#hasWelcome = true;
    this.#isFirstFrame = true;
    this.#lastTick = welcome.tick;
    this.#marked.joinMs.push(now - this.#openMs);
    this.#marked.joinTicks.push(welcome.tick);
    if (welcome.resumed) this.#marked.resumed++;
    else {
      this.#marked.begunAnew++;
      this.sent.clear();
    }
  }

  #hear(bytes: Uint8Array): void {
    const { events } = this.#parts;
    for (let i = 0; i < events.length; i += 2) {
      const { said } = shoal.ServerEvent.decode(bytes.subarray(events[i], events[i + 1]));
      const text = said?.text ?? "";
      if (text.startsWith("#")) this.heard.set(text, (this.heard.get(text) ?? 0) + 1);
    }
  }

  #acknowledge(bytes: Uint8Array): void {
    const reader = this.#reader;
    reader.open(bytes);
    let upTo = 0;
    while (reader.at < reader.end) {
      const tag = reader.varint();
      if (tag === FIELD_EVENT_ACK << 3) upTo = reader.varint();
      else reader.skip(tag & 7);
    }
    if (upTo === 0) return;
    for (const [number, text] of this.sent) {
      if (number <= upTo && !this.acknowledged.has(text)) this.acknowledged.set(text, this.#nowMs());
    }
  }
}

function emptyMark() {
  return {
    frames: 0,
    gapMs: 0,
    losses: [] as End[],
    refusals: [] as End[],
    backMs: [] as number[],
    joinMs: [] as number[],
    joinTicks: [] as number[],
    resumed: 0,
    begunAnew: 0,
    backwards: 0,
    tickStep: 0,
  };
}
