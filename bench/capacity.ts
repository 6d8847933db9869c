/**
 * Searches for the largest player count that a system holds: bisection between one that it holds and one that it does
 * not. Knows nothing of how a count is tried.
 */
import { isOverrun } from "./aggregate.ts";
import type { Capacity, CapacityProbe, Measurement } from "./results.ts";

/** A tick that takes longer than its 50 ms at 20 Hz is late for everyone. */
export const TICK_P99_LIMIT_MS = 50;
/** A tick that takes less than this share of the limit needs no second look. */
const CLEAR = 0.5;
/** Above this the load process is the one that is full. */
const LOAD_FULL = 0.95;
const STEP_PLAYERS = 10;

export interface SearchOptions {
  scenario: string;
  system: string;
  low: number;
  high: number;
  /** Nobody tries more. */
  most: number;
  /** The search ends when the bounds are this close, as a ratio. */
  precision: number;
  /** Measures with so many players. */
  probe(players: number): Promise<CapacityProbe>;
}

export async function searchCapacity(options: SearchOptions): Promise<Capacity> {
  const probes: CapacityProbe[] = [];
  const isHeld = async (players: number): Promise<boolean> => {
    const votes = { held: 0, notHeld: 0 };
    // The median of three, which two that agree are already. A wide margin is no accident; failing may be.
    while (votes.held < 2 && votes.notHeld < 2) {
      const probe = await options.probe(players);
      probes.push(probe);
      if (probe.isHeld && probe.tickP99Ms < CLEAR * TICK_P99_LIMIT_MS) return true;
      votes[probe.isHeld ? "held" : "notHeld"]++;
    }
    return votes.held === 2;
  };
  let held = 0;
  let notHeld = 0;
  // Bounds are guesses: they move outward until they are bounds.
  for (let players = options.low; held === 0 && players >= STEP_PLAYERS; players = roundPlayers(players / 4)) {
    if (await isHeld(players)) held = players;
    else notHeld = players;
  }
  for (let players = options.high; notHeld === 0 && players <= options.most; ) {
    if (!(await isHeld(players))) notHeld = players;
    else {
      held = players;
      if (players === options.most) break;
      players = Math.min(roundPlayers(players * 2), options.most);
    }
  }
  while (held > 0 && notHeld > 0 && notHeld / held > options.precision) {
    // The geometric middle, because what matters is the ratio.
    const middle = roundPlayers(Math.sqrt(held * notHeld));
    if (middle <= held || middle >= notHeld) break;
    if (await isHeld(middle)) held = middle;
    else notHeld = middle;
  }
  const failed = probes.filter((probe) => !probe.isHeld);
  return {
    scenario: options.scenario,
    system: options.system,
    players: held,
    notHeld,
    tickP99LimitMs: TICK_P99_LIMIT_MS,
    isLoadLimited: failed.some(({ loadUtilization }) => loadUtilization > LOAD_FULL),
    probes,
  };
}

/** How a measured window looks to the search. */
export function judgeProbe(measurement: Measurement): CapacityProbe {
  const { server, load, seconds, tickHz, framesReceived, framesExpected } = measurement;
  const ticks = server.tickMs.count / (seconds * tickHz);
  const frames = framesExpected === 0 ? 0 : framesReceived / framesExpected;
  const held = Math.min(ticks, frames);
  const tickP99Ms = server.tickMs.p99;
  return {
    players: measurement.players,
    tickP99Ms,
    held,
    loadUtilization: load.eventLoopUtilization,
    isHeld: tickP99Ms < TICK_P99_LIMIT_MS && !isOverrun(measurement),
  };
}

function roundPlayers(players: number): number {
  return Math.round(players / STEP_PLAYERS) * STEP_PLAYERS;
}
