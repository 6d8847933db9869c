/**
 * How many connections one address may have and open, whichever way it connects, and how soon it may come back after it was thrown
 * out (SPEC H31, H32). Asked before anything is allocated. Knows nothing of handshakes or messages.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { AddressTable } from "./address-table.ts";
import type { Refusal, RejectReason } from "./refusal.ts";
import { SubscriberCounts } from "./subscriber-counts.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Seconds of the rate that may come at once. */
const BURST_S = 2;
/** Connections of an address thrown out for what they sent, in so long a time, before the address waits. */
const FAULTS_MAX = 4;
const FAULTS_MS = 60_000;
/** Nobody knows when one of an address's sockets ends: a guess that does not hurt. */
const SOCKETS_RETRY_MS = 5000;
/**
 * TCP connections and requests for the page for each connection that an address may open: a browser takes six for a page. The
 * engine says whose a socket is when it comes and not when it goes, so they cannot be counted; but it ends one that has sent no
 * whole request for 12 s (measured, also if it sends a byte now and then), so a rate bounds what one address holds.
 */
const ARRIVALS_PER_JOIN = 8;
/** What one address may hold of the server's sockets before anything is known of them, and how long the engine leaves it them. */
const HALF_OPEN_SHARE = 4;
const HALF_OPEN_S = 12;
/** However few sockets there are: a browser's. */
const HALF_OPEN_BURST_MIN = 6;

export interface AddressLimitOptions {
  /** Connections at once; 0: no limit. */
  readonly socketsMax: number;
  /** Connections a second, twice as many at once; 0: no limit, and nobody waits for faults. */
  readonly perSecond: number;
  /** Sockets that the server may hold. */
  readonly serverSocketsMax: number;
  /** Monotonic clock, ms. */
  readonly nowMs: () => number;
}

interface Visitor {
  readonly connects: TokenBucket;
  readonly arrivals: TokenBucket;
  readonly sockets: TokenBucket;
  /** When connections were thrown out, the newest last. */
  readonly faultsMs: number[];
}

export class AddressLimits {
  readonly #options: AddressLimitOptions;
  readonly #visitors: AddressTable<Visitor>;
  /** Open connections. */
  readonly #open = new SubscriberCounts();

  constructor(options: AddressLimitOptions) {
    this.#options = options;
    const { perSecond, nowMs, serverSocketsMax } = options;
    const arrivalsPerSecond = ARRIVALS_PER_JOIN * perSecond;
    const heldPerSecond = serverSocketsMax / HALF_OPEN_SHARE / (BURST_S + HALF_OPEN_S);
    const socketsPerSecond = Math.min(arrivalsPerSecond, heldPerSecond);
    this.#visitors = new AddressTable(() => ({
      connects: new TokenBucket(BURST_S * perSecond, perSecond, nowMs()),
      arrivals: new TokenBucket(BURST_S * arrivalsPerSecond, arrivalsPerSecond, nowMs()),
      sockets: new TokenBucket(Math.max(HALF_OPEN_BURST_MIN, BURST_S * socketsPerSecond), socketsPerSecond, nowMs()),
      faultsMs: [],
    }));
  }

  /** Why this address may not connect now; undefined if it may. A connection that is let in is told to `opened`. */
  judge(address: string): Refusal | undefined {
    const { socketsMax, perSecond, nowMs } = this.#options;
    const visitor = this.#visitors.of(address);
    if (visitor === undefined) return undefined;
    const now = nowMs();
    const { connects, faultsMs } = visitor;
    if (perSecond > 0 && faultsMs.length === FAULTS_MAX && now - faultsMs[0] < FAULTS_MS) {
      const words = "Connections of your address were closed for what they sent: wait.";
      return tooMany("address-waits", words, faultsMs[0] + FAULTS_MS - now);
    }
    if (socketsMax > 0 && this.#open.of(address) >= socketsMax) {
      return tooMany("address-sockets", `Your address has ${socketsMax} connections already.`, SOCKETS_RETRY_MS);
    }
    if (perSecond > 0 && !connects.take(now)) {
      return tooMany("address-rate", "Your address connects too often.", connects.waitMs(now));
    }
    return undefined;
  }

  /** One more TCP connection, or request that is neither socket nor poll; false: it is one too many, and nothing is answered. */
  arrives(address: string): boolean {
    const { perSecond, nowMs } = this.#options;
    return perSecond === 0 || this.#visitors.of(address)?.arrivals.take(nowMs()) !== false;
  }

  /** The same for a TCP connection: the address may not fill the server with those that say nothing either. */
  connects(address: string): boolean {
    const { perSecond, nowMs } = this.#options;
    if (perSecond === 0) return true;
    return this.#visitors.of(address)?.sockets.take(nowMs()) !== false && this.arrives(address);
  }

  opened(address: string): void {
    this.#open.add(address, 1);
  }

  /** The end of a connection that was told to `opened`, by this code. `isFault`: the engine cut it off for what came. */
  closed(address: string, code: number, isFault = false): void {
    this.#open.add(address, -1);
    if (isFault || isFaultCode(code)) this.#blame(address);
  }

  #blame(address: string): void {
    const faultsMs = this.#visitors.of(address)?.faultsMs;
    faultsMs?.push(this.#options.nowMs());
    if (faultsMs !== undefined && faultsMs.length > FAULTS_MAX) faultsMs.shift();
  }
}

function isFaultCode(code: number): boolean {
  return code === shoal.CloseCode.CLOSE_CODE_RATE || code === shoal.CloseCode.CLOSE_CODE_BAD_MESSAGE;
}

function tooMany(reason: RejectReason, text: string, retryMs: number): Refusal {
  return { reason, status: 429, text, header: ["Retry-After", String(Math.max(1, Math.ceil(retryMs / 1000)))] };
}
