/**
 * What a run measures, in order. Systems take turns (A B A B), so that a noisy minute hits all of them and ratios keep
 * their meaning. Pure: options in, list out.
 */
import type { BenchOptions } from "./cli.ts";
import type { Series } from "./results.ts";
import { type Scenario, SCENARIOS, withPlayers, worldSizeFor } from "./scenarios.ts";

/** One window of one system. */
export interface Turn {
  readonly scenario: Scenario;
  readonly system: string;
  readonly round: number;
}

export interface Plan {
  readonly scenarios: readonly Scenario[];
  readonly series: readonly Series[];
  readonly turns: readonly Turn[];
  /** Whose largest player count is searched for, and in which scenario. */
  readonly searches: readonly { readonly scenario: Scenario; readonly system: string }[];
  readonly rounds: number;
  readonly systems: readonly string[];
  readonly hasHttp: boolean;
  readonly hasMicro: boolean;
}

/** The scenario of the headline, the sweeps and the search. */
export const REFERENCE = "wander";
const OWN = ["shoal", "floor"];

/** Peers, and the scenarios that they are made for: each is measured doing what it does well. */
const PEER_SCENARIOS: Readonly<Record<string, readonly string[]>> = {
  "colyseus-rooms": ["rooms-100"],
  "colyseus-aoi": [REFERENCE],
  socketio: [REFERENCE, "rooms-100"],
  "ws-json": [REFERENCE, "rooms-100"],
};
export const PEERS = Object.keys(PEER_SCENARIOS);

const FULL = { rounds: 3, sweepRounds: 2, seconds: 10, warmupSeconds: 3, players: [500, 1000, 2000, 4000, 8000] };
const QUICK = { rounds: 1, sweepRounds: 1, seconds: 3, warmupSeconds: 1, players: [500, 1000, 2000] };
/** Even a quick run repeats what the headline rests on, to know its own noise. */
const REFERENCE_ROUNDS_MIN = 2;
const VISIBLE = { full: [12, 25, 50, 100, 200], quick: [25, 50, 100] };
/** Peers get a player count that none of them fails at; the sweep shows where each does. */
const PEER_PLAYERS = 500;
const PEER_SWEEP = [125, 250, 500, 1000, 2000];

export function makePlan(options: BenchOptions): Plan {
  const isSuite = options.scenarios.length === 0;
  const pace = options.quick ? QUICK : FULL;
  const chosen = isSuite ? SCENARIOS : SCENARIOS.filter(({ name }) => options.scenarios.includes(name));
  const set = (scenario: Scenario): Scenario => ({
    ...(options.players === undefined ? scenario : withPlayers(scenario, options.players)),
    seconds: options.seconds ?? pace.seconds,
    warmupSeconds: pace.warmupSeconds,
  });
  const peers = options.peers ? PEERS : [];
  const turns: Turn[] = [];
  const scenarios: Scenario[] = [];
  const add = (scenario: Scenario, systems: readonly string[], rounds: number): void => {
    scenarios.push(scenario);
    for (let round = 0; round < rounds; round++) {
      for (const system of systems) turns.push({ scenario, system, round });
    }
  };

  for (const scenario of chosen) {
    const least = scenario.name === REFERENCE ? REFERENCE_ROUNDS_MIN : 1;
    add(set(scenario), OWN, options.rounds ?? Math.max(pace.rounds, least));
  }
  for (const scenario of chosen) {
    const fit = peers.filter((peer) => PEER_SCENARIOS[peer].includes(scenario.name));
    if (fit.length === 0) continue;
    const variant = withPlayers(set(scenario), options.players ?? PEER_PLAYERS);
    add({ ...variant, name: `${scenario.name}@${variant.players}` }, [...OWN, ...fit], options.rounds ?? pace.rounds);
  }

  const series: Series[] = [];
  const reference = SCENARIOS.find(({ name }) => name === REFERENCE);
  if (isSuite && reference !== undefined) {
    const base = set(reference);
    const rounds = options.rounds ?? pace.sweepRounds;
    const sweep = (kind: Series["kind"], variants: readonly Scenario[], systemsOf: (of: Scenario) => string[]): void => {
      series.push({ kind, base: REFERENCE, scenarios: variants.map(({ name }) => name) });
      for (const variant of variants) {
        if (!scenarios.some(({ name }) => name === variant.name)) add(variant, systemsOf(variant), rounds);
      }
    };
    const counts = options.peers && !options.quick ? [...PEER_SWEEP, ...pace.players] : pace.players;
    const players = [...new Set(counts)].sort((a, b) => a - b);
    const onReference = peers.filter((peer) => PEER_SCENARIOS[peer].includes(REFERENCE));
    sweep(
      "players",
      players.map((count) => variantAt(base, withPlayers(base, count), `${REFERENCE}@${count}`)),
      (of) => [...OWN, ...(PEER_SWEEP.includes(of.players) ? onReference : [])],
    );
    sweep(
      "density",
      VISIBLE[options.quick ? "quick" : "full"].map((visible) => {
        const worldSize = worldSizeFor(base.players, visible);
        return variantAt(base, { ...base, worldSize }, `${REFERENCE}/${visible}`);
      }),
      () => OWN,
    );
  }
  return {
    scenarios,
    series,
    turns,
    searches:
      isSuite && reference !== undefined && !options.quick
        ? [...OWN, ...peers].map((system) => ({
            system,
            scenario: set(PEER_SCENARIOS[system]?.includes(REFERENCE) === false ? roomsOf(system, reference) : reference),
          }))
        : [],
    rounds: options.rounds ?? pace.rounds,
    systems: [...OWN, ...peers],
    hasHttp: isSuite,
    hasMicro: isSuite,
  };
}

/** The base itself where the variant is no different: what was measured once is not measured again. */
function variantAt(base: Scenario, variant: Scenario, name: string): Scenario {
  const isSame = variant.players === base.players && variant.worldSize === base.worldSize;
  return isSame ? base : { ...variant, name, what: `${base.what} (${variant.players} players, world ${variant.worldSize})` };
}

/** A peer without areas of interest is searched where it is at home. */
function roomsOf(system: string, reference: Scenario): Scenario {
  const home = PEER_SCENARIOS[system]?.[0];
  return SCENARIOS.find(({ name }) => name === home) ?? reference;
}
