/**
 * A page that a renewed server does not understand any more (4501) loads itself anew and takes its seat along, so that a
 * deploy costs nobody the place in the pond (SPEC S31). The seat lies in the tab's own storage for the time of that
 * load only: it holds a secret.
 */
import type { Seat } from "./sync/index.ts";

const SEAT_KEY = "shoal.seat";
const RENEWED_KEY = "shoal.renewed";
/** Loads by itself come no closer than this: a server between two schemas must not make the page spin. */
const EVERY_MS = 60_000;

export interface Renewal {
  /** The tab's own, undefined where the browser keeps nothing: then the player is asked to reload. */
  readonly storage: Storage | undefined;
  /** Wall-clock time, ms: the only one that outlives a page. */
  readonly nowMs: number;
  /** The room as the page's address names it. */
  readonly room: string;
}

/** Keeps the seat for the page that is loaded next. False if it was loaded by itself a moment ago, or nothing can be kept. */
export function keepSeat({ storage, nowMs, room }: Renewal, seat: Seat | undefined): boolean {
  if (storage === undefined) return false;
  try {
    const renewedMs = Number(storage.getItem(RENEWED_KEY) ?? Number.NaN);
    // Clocks may have been set back.
    if (Math.abs(nowMs - renewedMs) < EVERY_MS) return false;
    storage.setItem(RENEWED_KEY, String(nowMs));
    if (seat !== undefined) {
      const { token, ackTick } = seat;
      storage.setItem(SEAT_KEY, JSON.stringify({ room, token: [...token], ackTick, keptMs: nowMs }));
    }
    return true;
  } catch {
    return false;
  }
}

/** The seat that the page before kept in this room, once; undefined if it kept none. */
export function takeSeat({ storage, nowMs, room }: Renewal): Seat | undefined {
  try {
    const kept = storage?.getItem(SEAT_KEY);
    storage?.removeItem(SEAT_KEY);
    return kept == null ? undefined : readSeat(JSON.parse(kept), nowMs, room);
  } catch {
    return undefined;
  }
}

function readSeat(value: unknown, nowMs: number, room: string): Seat | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const kept = value as Readonly<Record<string, unknown>>;
  const { token, ackTick, keptMs } = kept;
  if (kept["room"] !== room || typeof keptMs !== "number" || Math.abs(nowMs - keptMs) > EVERY_MS) return undefined;
  if (!Array.isArray(token) || !token.every(isByte) || typeof ackTick !== "number" || !(ackTick >= 0)) return undefined;
  return { token: Uint8Array.from(token), ackTick };
}

function isByte(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}
