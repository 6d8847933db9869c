/**
 * One direction of a TCP connection in trouble, as a pure model: when does what is handed over now arrive? Always in order, as TCP
 * keeps it, and late by distance, jitter, a narrow line, stalls and holes. Time and randomness are passed in. Knows nothing of
 * sockets, timers or messages.
 */

/** Nothing arrives for `lastsMs` out of every `everyMs`; then all of it arrives at once. */
export interface Outage {
  readonly everyMs: number;
  readonly lastsMs: number;
  /** Share of `everyMs`, [0, 1), from the clock's zero to the first one. Drawn if left out: two clients do not stall together. */
  readonly phase?: number;
}

/**
 * What a connection suffers. Round trips are told, as people measure them: half of `rttMs` and half of `jitterMs` is suffered on
 * either way.
 */
export interface Conditions {
  readonly rttMs: number;
  /** The round trip is longer or shorter by up to this, uniformly; drawn for each message. At most `rttMs`. */
  readonly jitterMs: number;
  /** What either way carries; more waits for its turn. No limit if left out. */
  readonly bytesPerSecond?: number;
  /** A lost packet holds back all that came behind it (head-of-line blocking): each way stalls by itself. */
  readonly stalls?: Outage;
  /** No reception, a tunnel: both ways at the same time. */
  readonly holes?: Outage;
  /** The connection is cut after this long, half as much less or more. */
  readonly dropAfterMs?: number;
}

export const TROUBLE_PROFILES = {
  /** Wire. */
  lan: { rttMs: 1, jitterMs: 0 },
  /** Home Wi-Fi: now and then a neighbour's burst. */
  wifi: { rttMs: 12, jitterMs: 6, stalls: { everyMs: 15_000, lastsMs: 60 } },
  "4g": { rttMs: 60, jitterMs: 20 },
  /** 4G to another continent: a lost packet costs two round trips. */
  "far-4g": { rttMs: 150, jitterMs: 50, stalls: { everyMs: 10_000, lastsMs: 300 } },
  "3g": { rttMs: 250, jitterMs: 100, bytesPerSecond: 64_000 },
  /** 4G through tunnels. */
  train: { rttMs: 60, jitterMs: 20, holes: { everyMs: 30_000, lastsMs: 5000 } },
} as const satisfies Readonly<Record<string, Conditions>>;

export type TroubleName = keyof typeof TROUBLE_PROFILES;

/** Whether there is a profile of that name. */
export function isTroubleName(name: string): name is TroubleName {
  return Object.hasOwn(TROUBLE_PROFILES, name);
}

/** The profile of that name; throws RangeError, whose words name the known ones, if there is none. */
export function troubleProfile(name: string): Conditions {
  if (isTroubleName(name)) return TROUBLE_PROFILES[name];
  throw new RangeError(`there is no trouble "${name}"; there are ${Object.keys(TROUBLE_PROFILES).join(", ")}`);
}

export class Link {
  readonly #conditions: Conditions;
  readonly #random: () => number;
  readonly #stalls: Outages;
  readonly #holes: Outages;
  #isFreeAtMs = Number.NEGATIVE_INFINITY;
  #lastArrivalMs = Number.NEGATIVE_INFINITY;

  /** `random` draws in [0, 1). `holePhase` is that of the other direction, too (see LinkPair). Throws RangeError if nothing could arrive. */
  constructor(conditions: Conditions, random: () => number, holePhase = random()) {
    this.#conditions = conditions;
    this.#random = random;
    this.#stalls = new Outages(conditions.stalls, random());
    this.#holes = new Outages(conditions.holes, holePhase);
    if (this.#stalls.share + this.#holes.share >= 1) throw new RangeError("outages without an end");
  }

  /** When `bytes` that are handed over now arrive, ms of the same clock. Calls come in the order of time. */
  deliverAt(nowMs: number, bytes: number): number {
    const { rttMs, jitterMs, bytesPerSecond } = this.#conditions;
    let sentMs = nowMs;
    if (bytesPerSecond !== undefined) {
      sentMs = Math.max(nowMs, this.#isFreeAtMs) + (bytes * 1000) / bytesPerSecond;
      this.#isFreeAtMs = sentMs;
    }
    const delayMs = Math.max(0, rttMs + (this.#random() * 2 - 1) * jitterMs) / 2;
    this.#lastArrivalMs = this.#afterOutages(Math.max(sentMs + delayMs, this.#lastArrivalMs));
    return this.#lastArrivalMs;
  }

  /** A stall may end in a hole, and a hole in a stall. Ends, as both together leave time over. */
  #afterOutages(atMs: number): number {
    const afterMs = this.#stalls.endOf(this.#holes.endOf(atMs));
    return afterMs === atMs ? atMs : this.#afterOutages(afterMs);
  }
}

/** Both ways of one connection. */
export class LinkPair {
  readonly up: Link;
  readonly down: Link;
  /** When the connection is cut, ms; Infinity if never. */
  readonly dropAtMs: number;

  /** `holePhase` belongs to the place, not the connection: who comes back into the tunnel must pass it again. */
  constructor(conditions: Conditions, random: () => number, startMs: number, holePhase = random()) {
    this.up = new Link(conditions, random, holePhase);
    this.down = new Link(conditions, random, holePhase);
    const { dropAfterMs } = conditions;
    this.dropAtMs = dropAfterMs === undefined ? Number.POSITIVE_INFINITY : startMs + dropAfterMs * (0.5 + random());
  }
}

/** When it is out: from `phase` of each period on. */
class Outages {
  /** Of all time. */
  readonly share: number;
  readonly #everyMs: number;
  readonly #lastsMs: number;
  readonly #firstMs: number;

  constructor(outage: Outage | undefined, phase: number) {
    this.#everyMs = outage?.everyMs ?? 1;
    this.#lastsMs = outage?.lastsMs ?? 0;
    this.#firstMs = (outage?.phase ?? phase) * this.#everyMs;
    this.share = this.#lastsMs / this.#everyMs;
  }

  /** The end of the outage at that time, or the time itself if there is none. */
  endOf(atMs: number): number {
    if (this.#lastsMs === 0) return atMs;
    const periods = Math.floor((atMs - this.#firstMs) / this.#everyMs);
    // The end is computed, not reached by adding what is left: that could round to just before it.
    const endMs = this.#firstMs + periods * this.#everyMs + this.#lastsMs;
    return Math.max(atMs, endMs);
  }
}
