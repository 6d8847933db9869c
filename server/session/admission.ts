/**
 * Newcomers between their hello and their place in a room: who they are is checked if the operator asks, then they are let in, in
 * order and no more in a tick than it can bear (SPEC S26, S27). What waits is bounded. Knows nothing of rooms or sessions.
 */
import type { CheckedHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import type { RejectReason } from "../metrics.ts";
import type { Identity } from "../room/game.ts";
import type { Connection } from "../transport/connection.ts";
import type { Authenticator } from "./auth.ts";

const { CloseCode } = shoal;

/** Newcomers that wait or are checked; more are told to come back. */
const NEWCOMERS_MAX = 1024;
/** Tokens checked at a time: the check of a signature takes a thread of the pool, and fetching keys takes as long as it takes. */
const CHECKS_MAX = 64;
/** Costs of those let in in one tick, and the time after which no more are. */
const COST_PER_TICK = 64;
const MS_PER_TICK = 10;
/** When to come back who found no place: spread, as all of them were told at the same moment. */
const RETRY_MS = 1000;
const RETRY_SPREAD_MS = 1000;
/** Neighbours in number are far from each other in time (the golden ratio of the spread). */
const RETRY_STEP_MS = 618;

/** Someone who has said hello. */
export interface Newcomer {
  readonly connection: Connection;
  /** Nothing in it is lent. */
  readonly hello: CheckedHello;
  /** Set by the check. */
  identity: Identity | undefined;
}

/** Why someone is not let in: for the counter, the close frame and the log. */
export interface NotAdmitted {
  readonly reason: RejectReason;
  readonly code: number;
  readonly words: string;
  /** More of it, for the log alone. */
  readonly cause?: string | undefined;
}

export interface AdmissionOptions {
  /** Monotonic, ms. */
  readonly now: () => number;
  /** Undefined: everybody may be anybody. */
  readonly authenticator: Authenticator | undefined;
  /** Costs of one tick; by default what a server bears. */
  readonly costPerTick?: number | undefined;
  /** What it costs to let this one in: 1 for a player, more where a room must be opened. */
  readonly costOf: (newcomer: Newcomer) => number;
  readonly admit: (newcomer: Newcomer) => void;
  readonly refuse: (newcomer: Newcomer, why: NotAdmitted) => void;
  /** `admit` threw outside of a connection's own call. */
  readonly onBug: (newcomer: Newcomer, error: unknown) => void;
}

export class Admission {
  readonly #options: AdmissionOptions;
  readonly #costPerTick: number;
  /** In order of arrival; whoever leaves is taken out. */
  readonly #unchecked = new Set<Newcomer>();
  readonly #checked = new Set<Newcomer>();
  /** Being checked and still there. */
  readonly #checking = new Set<Newcomer>();
  /** Checks that run, also of those who have left. */
  #checks = 0;
  #cost = 0;
  #spentMs = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#costPerTick = options.costPerTick ?? COST_PER_TICK;
  }

  /** Newcomers that are not in yet. */
  get size(): number {
    return this.#unchecked.size + this.#checking.size + this.#checked.size;
  }

  /** Takes someone who has said hello: admits or refuses, now or later. */
  enter(newcomer: Newcomer): void {
    if (this.size >= NEWCOMERS_MAX) return this.#options.refuse(newcomer, busy(newcomer.connection.id));
    if (this.#options.authenticator !== undefined) {
      this.#unchecked.add(newcomer);
      this.#checkMore(this.#options.authenticator);
    } else if (this.#hasTime()) {
      // Nobody waits: those who do would have had the time.
      this.#admit(newcomer);
    } else {
      this.#checked.add(newcomer);
    }
  }

  /** The newcomer's connection is gone. Harmless for those who are in or never came. */
  leave(newcomer: Newcomer): void {
    this.#unchecked.delete(newcomer);
    this.#checking.delete(newcomer);
    this.#checked.delete(newcomer);
  }

  /** A tick is over: there is time for some more. */
  nextTick(): void {
    this.#cost = 0;
    this.#spentMs = 0;
    this.#admitChecked();
  }

  #admitChecked(): void {
    for (const newcomer of this.#checked) {
      if (!this.#hasTime()) return;
      this.#checked.delete(newcomer);
      try {
        this.#admit(newcomer);
      } catch (error) {
        this.#options.onBug(newcomer, error);
      }
    }
  }

  #hasTime(): boolean {
    return this.#cost < this.#costPerTick && this.#spentMs < MS_PER_TICK;
  }

  #admit(newcomer: Newcomer): void {
    const { now, costOf, admit } = this.#options;
    this.#cost += costOf(newcomer);
    const startMs = now();
    try {
      admit(newcomer);
    } finally {
      this.#spentMs += now() - startMs;
    }
  }

  #checkMore(authenticator: Authenticator): void {
    for (const newcomer of this.#unchecked) {
      if (this.#checks >= CHECKS_MAX) return;
      this.#unchecked.delete(newcomer);
      this.#checking.add(newcomer);
      this.#checks++;
      void this.#check(newcomer, authenticator);
    }
  }

  async #check(newcomer: Newcomer, authenticator: Authenticator): Promise<void> {
    const verdict = await authenticator.check(newcomer.hello.authToken);
    this.#checks--;
    if (this.#checking.delete(newcomer)) {
      if (verdict.identity === undefined) {
        const why = unidentified(newcomer.connection.id, verdict.fault, verdict.words);
        this.#options.refuse(newcomer, { ...why, cause: verdict.cause });
      } else {
        newcomer.identity = verdict.identity;
        this.#checked.add(newcomer);
        this.#admitChecked();
      }
    }
    this.#checkMore(authenticator);
  }
}

function busy(id: number): NotAdmitted {
  const words = `more newcomers than can be taken at once; ${retryHint(id)}`;
  return { reason: "busy", code: CloseCode.CLOSE_CODE_BUSY, words };
}

function unidentified(id: number, reason: "unauthorised" | "unavailable", words: string): NotAdmitted {
  if (reason === "unauthorised") return { reason, code: CloseCode.CLOSE_CODE_UNAUTHORISED, words };
  return { reason, code: CloseCode.CLOSE_CODE_AUTH_UNAVAILABLE, words: `${words}; ${retryHint(id)}` };
}

/** How a reason ends that says when to come back (SPEC S7). */
function retryHint(id: number): string {
  return `retry in ${RETRY_MS + ((id * RETRY_STEP_MS) % RETRY_SPREAD_MS)} ms`;
}
