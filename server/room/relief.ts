/**
 * What becomes of a room whose world takes more time than there is (SPEC O6-O9): it is relieved in stages, left alone again when it
 * has recovered, and given up when nothing helps, so that the others keep their ticks. Decides only; knows nothing of
 * rooms but how long their steps took, and how much of that the process had a processor: on a machine that has too much to do
 * every step takes long, and no room is given up for it.
 */

/** How a room is relieved, in words for its game, its players and its operator. */
export type Relief = "none" | "thinned" | "slowed";

/** One step of a room. */
export interface RoomTurn {
  /** False: viewers hear of this step with the next one. */
  readonly hasFrames: boolean;
  /** The room steps in one of so many ticks of the server. */
  readonly stepEvery: number;
}

export const PLAIN_TURN: RoomTurn = { hasFrames: true, stepEvery: 1 };
const SILENT_TURN: RoomTurn = { hasFrames: false, stepEvery: 1 };

/** A tick in which the rooms took so many of its lengths makes the others' next tick felt to be late. */
const LONG_TICKS = 1.5;
/** What ticks took beyond their length, summed up while it lasts, in tick lengths: from here on the server falls behind. */
const DEBT_TICKS = 1;
/** So many strikes lead to the next stage; in a room that is well, if they come within such a time, ms. A single late step is nobody's fault. */
const STRIKES = 2;
const STRIKES_WITHIN_MS = 2500;
/** With so many strikes within such a time a room is given up, ms: at 20 Hz less than one tick in a hundred was late for the others. */
const STRIKES_MAX = 10;
const GIVEN_UP_WITHIN_MS = 60_000;
/** Good steps in a row before a room is left alone again; good is what would leave the server this share of a tick. */
const GOOD_STEPS = 2;
const FULL_SHARE = 0.9;
/** How quickly the estimate of what the other rooms take follows. */
const SMOOTHING = 0.1;

/** What ticks take beyond their length. */
class Debt {
  readonly #tickMs: number;
  #ms = 0;

  constructor(tickMs: number) {
    this.#tickMs = tickMs;
  }

  /** One more tick, which took so long. Whether that, or what is owed with it, is too much. */
  add(ms: number): boolean {
    this.#ms = Math.max(0, this.#ms + ms - this.#tickMs);
    return ms > LONG_TICKS * this.#tickMs || this.#ms > DEBT_TICKS * this.#tickMs;
  }

  forgive(): void {
    this.#ms = 0;
  }
}

interface Stage {
  readonly relief: Relief;
  /** Every other step is silent. */
  readonly isThinned: boolean;
  readonly turn: RoomTurn;
}

/** A room's time. */
interface Load {
  stage: number;
  strikes: number;
  strikeMs: number;
  /** When the strikes were that led somewhere, and were its own fault. */
  readonly strikesMs: number[];
  good: number;
  /** Of its newest step, and of its newest ones with and without frames. */
  stepMs: number;
  fullMs: number;
  silentMs: number;
  turn: RoomTurn;
  /** Ticks of the server since then. */
  waited: number;
  /** What the other rooms take in a tick. */
  othersMs: number;
}

export interface ReliefOptions<Room> {
  readonly tickHz: number;
  /** Processor time that this thread has had so far, ms. */
  cpuMs(): number;
  /** The room is relieved otherwise than before. */
  onRelief(room: Room, relief: Relief): void;
  /** Nothing helps. The room is forgotten. */
  onOverload(room: Room): void;
}

export class RoomRelief<Room extends object> {
  readonly #options: ReliefOptions<Room>;
  readonly #tickMs: number;
  readonly #stages: readonly Stage[];
  readonly #loads = new WeakMap<Room, Load>();
  /** Those whose stage is not the first. */
  readonly #relieved = new Map<Room, Load>();
  readonly #debt: Debt;
  /** The same in processor time: what is owed without the machine's fault. */
  readonly #cpuDebt: Debt;
  // Of the tick under way.
  #nowMs = 0;
  #cpuStartMs = 0;
  #isCatchUp = false;
  #totalMs = 0;
  #longest: Room | undefined;
  #longestMs = 0;

  constructor(options: ReliefOptions<Room>) {
    this.#options = options;
    this.#tickMs = 1000 / options.tickHz;
    this.#debt = new Debt(this.#tickMs);
    this.#cpuDebt = new Debt(this.#tickMs);
    const slowed = (stepEvery: number): Stage => ({
      relief: "slowed",
      isThinned: false,
      turn: { hasFrames: true, stepEvery },
    });
    this.#stages = [
      { relief: "none", isThinned: false, turn: PLAIN_TURN },
      { relief: "thinned", isThinned: true, turn: PLAIN_TURN },
      slowed(2),
      slowed(4),
      // Once a second: to see whether it is over, and no more.
      slowed(options.tickHz),
    ];
  }

  /** How many rooms are relieved in which way. */
  count(relief: Relief): number {
    let count = 0;
    for (const { stage } of this.#relieved.values()) if (this.#stages[stage].relief === relief) count++;
    return count;
  }

  /** `nowMs` is of any clock that never goes back. `isCatchUp`: not the first tick of its turn of the loop. */
  beginTick(nowMs: number, isCatchUp: boolean): void {
    this.#nowMs = nowMs;
    this.#cpuStartMs = this.#options.cpuMs();
    this.#isCatchUp = isCatchUp;
    this.#totalMs = 0;
    this.#longest = undefined;
    this.#longestMs = 0;
  }

  /** How the room steps in this tick; undefined: not at all. Asked once for each room, before `note`. */
  turnOf(room: Room): RoomTurn | undefined {
    const load = this.#load(room);
    const { isThinned, turn } = this.#stages[load.stage];
    load.waited++;
    if (load.waited < turn.stepEvery) return undefined;
    const next = isThinned && load.turn !== SILENT_TURN ? SILENT_TURN : turn;
    // What takes too long once must not do so three times in one turn.
    if (this.#isCatchUp && (next.hasFrames ? load.fullMs : load.silentMs) > LONG_TICKS * this.#tickMs) return undefined;
    load.waited = 0;
    load.turn = next;
    load.stepMs = 0;
    return next;
  }

  /** A part of the step took so long. */
  note(room: Room, partMs: number): void {
    const load = this.#load(room);
    load.stepMs += partMs;
    if (load.turn.hasFrames) load.fullMs = load.stepMs;
    else load.silentMs = load.stepMs;
    this.#totalMs += partMs;
    if (load.stepMs <= this.#longestMs) return;
    this.#longest = room;
    this.#longestMs = load.stepMs;
  }

  /** All rooms have stepped that were to. */
  endTick(): void {
    const struck = this.#debt.add(this.#totalMs) ? this.#longest : undefined;
    const isOwnFault = this.#cpuDebt.add(Math.min(this.#options.cpuMs() - this.#cpuStartMs, this.#totalMs));
    if (this.#relieved.size > 0) {
      for (const [room, load] of this.#relieved) if (room !== struck) this.#judge(room, load);
    }
    if (struck === undefined) return;
    this.#debt.forgive();
    if (isOwnFault) this.#cpuDebt.forgive();
    this.#strike(struck, this.#load(struck), isOwnFault);
  }

  /** The room is gone. */
  forget(room: Room): void {
    if (this.#longest === room) this.#longest = undefined;
    this.#loads.delete(room);
    this.#relieved.delete(room);
  }

  #load(room: Room): Load {
    const known = this.#loads.get(room);
    if (known !== undefined) return known;
    const load: Load = {
      stage: 0,
      strikes: 0,
      strikeMs: 0,
      strikesMs: [],
      good: 0,
      stepMs: 0,
      fullMs: 0,
      silentMs: 0,
      turn: PLAIN_TURN,
      waited: 0,
      othersMs: 0,
    };
    this.#loads.set(room, load);
    return load;
  }

  /** Only those that are the room's own fault lead to its end. */
  #strike(room: Room, load: Load, isOwnFault: boolean): void {
    if (load.stage === 0 && this.#nowMs - load.strikeMs > STRIKES_WITHIN_MS) load.strikes = 0;
    load.strikeMs = this.#nowMs;
    load.good = 0;
    load.strikes++;
    const isOnItsOwn = load.stage === 0 && load.strikes < STRIKES;
    const { strikesMs } = load;
    if (!isOnItsOwn && isOwnFault) {
      while (strikesMs.length > 0 && this.#nowMs - strikesMs[0] > GIVEN_UP_WITHIN_MS) strikesMs.shift();
      strikesMs.push(this.#nowMs);
      if (load.stage === 0) strikesMs.push(this.#nowMs);
    }
    if (strikesMs.length >= STRIKES_MAX) {
      this.forget(room);
      this.#options.onOverload(room);
    } else if (load.strikes >= STRIKES) {
      this.#enter(room, load, Math.min(load.stage + 1, this.#stages.length - 1));
    }
  }

  /** A relieved room that was not struck: whether it may go on as if nothing had been. */
  #judge(room: Room, load: Load): void {
    const hasStepped = load.waited === 0;
    load.othersMs += (this.#totalMs - (hasStepped ? load.stepMs : 0) - load.othersMs) * SMOOTHING;
    // A silent step tells nothing of what frames take.
    if (!hasStepped || !load.turn.hasFrames) return;
    if (load.stepMs + load.othersMs > FULL_SHARE * this.#tickMs) {
      load.good = 0;
      return;
    }
    load.good++;
    // One in a second is too slow to wait for the next.
    if (load.stage === this.#stages.length - 1) this.#enter(room, load, load.stage - 1);
    else if (load.good >= GOOD_STEPS) this.#enter(room, load, 0);
  }

  #enter(room: Room, load: Load, stage: number): void {
    const before = this.#stages[load.stage].relief;
    load.stage = stage;
    load.strikes = 0;
    load.good = 0;
    if (stage === 0) this.#relieved.delete(room);
    else this.#relieved.set(room, load);
    const { relief } = this.#stages[stage];
    if (relief !== before) this.#options.onRelief(room, relief);
  }
}
