/**
 * How a server ends (SPEC S8, S24): nobody comes in any more, one last tick takes what has arrived, the state is written, everybody is told when to come back. Ends no
 * process, and knows nothing of signals.
 */
import { shoal } from "../proto/gen/shoal.js";
import type { Logger } from "./log.ts";
import type { Clock } from "./loop.ts";

/**
 * Clients come back after a random time between these, ms: not all at once, and not before a restart can be done. Ending takes 0.3 s and starting
 * 0.5 s; who comes too early is refused, and its own waits then grow (measured with 300 as the least: p99 2.8 s without a frame).
 */
const RETRY_MIN_MS = 800;
const RETRY_MAX_MS = 1600;
/** Above so many players each of them adds a millisecond to the longest time, up to the last bound: hellos take their time, too. */
const PROMPT_PLAYERS = 1000;
const RETRY_CROWD_MAX_MS = 5000;
/** A disk that stands still is not waited for longer, ms. */
const SAVE_MAX_MS = 5000;
/** Time for close codes to leave before their sockets do; measured: in one turn, one client in five never got it. */
const GOODBYE_MS = 250;
/** Clients that poll learn it with their next poll: for so long they are waited for, ms. */
const GOODBYE_POLLS_MS = 2000;
const LOOK_MS = 20;

const { CLOSE_CODE_RESTARTING } = shoal.CloseCode;

export interface DrainOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** In [0, 1). */
  readonly random: () => number;
  /** Who is connected. */
  readonly lobby: {
    standStill(code: number, reason: () => string): void;
    shutDown(code: number, reason: () => string): void;
    readonly connectionCounts: { readonly websocket: number; readonly polling: number };
  };
  /** Runs the last tick and no more. */
  stopTicks(): void;
  /** Writes the state; false if that did not work out. */
  save(): Promise<boolean>;
  /** Polling clients that have not heard yet that they are closed. */
  unheardCount(): number;
}

/** `isHurried` is asked now and then: true skips all that is left but the state. */
export async function drain(options: DrainOptions, isHurried: () => boolean): Promise<void> {
  const { clock, log, lobby, stopTicks, unheardCount } = options;
  stopTicks();
  const maxMs = retryMaxMs(lobby.connectionCounts);
  const reason = () => `the server restarts; retry in ${retryMs(options.random(), maxMs)} ms`;
  lobby.standStill(CLOSE_CODE_RESTARTING, reason);
  if (!(await isSaved(options))) log.error({}, "the last snapshot could not be written: players find the one before");
  const { websocket, polling } = lobby.connectionCounts;
  lobby.shutDown(CLOSE_CODE_RESTARTING, reason);
  if (websocket + polling === 0) return;
  const sinceMs = clock.now();
  const isOver = (): boolean => {
    const waitedMs = clock.now() - sinceMs;
    if (isHurried() || waitedMs >= GOODBYE_POLLS_MS) return true;
    return waitedMs >= GOODBYE_MS && unheardCount() === 0;
  };
  while (!isOver()) await pause(clock, LOOK_MS);
}

function retryMaxMs({ websocket, polling }: DrainOptions["lobby"]["connectionCounts"]): number {
  const crowdMs = Math.max(0, websocket + polling - PROMPT_PLAYERS);
  return Math.min(RETRY_MAX_MS + crowdMs, RETRY_CROWD_MAX_MS);
}

function retryMs(random: number, maxMs: number): number {
  return Math.round(RETRY_MIN_MS + random * (maxMs - RETRY_MIN_MS));
}

/** False if it cannot be written, or takes too long. */
function isSaved({ save, clock, log }: DrainOptions): Promise<boolean> {
  return new Promise((done) => {
    const cancel = clock.after(SAVE_MAX_MS, () => done(false));
    save()
      .catch((error: unknown) => {
        log.error({ err: error }, "bug: the state could not be written");
        return false;
      })
      .finally(cancel)
      .then(done);
  });
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((done) => void clock.after(ms, done));
}
