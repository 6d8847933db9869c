/**
 * What a run measures, in order. Systems take turns (A B A B), so that a noisy minute hits all of them and ratios keep
 * their meaning. Pure: options in, lists out.
 */
import type { BenchOptions } from "./cli.ts";
import type { Series } from "./results.ts";
import { SCENARIOS, type Scenario, withPlayers, worldSizeFor } from "./scenarios.ts";

/** One window of each of some systems, one after another. */
export interface Round {
  readonly scenario: Scenario;
  readonly round: number;
  readonly systems: readonly string[];
}

export interface Search {
  readonly scenario: Scenario;
  readonly system: string;
}

export interface Plan {
  readonly scenarios: readonly Scenario[];
  readonly series: readonly Series[];
  /** The scenarios by themselves, in order. */
  readonly rounds: readonly Round[];
  /** The points of the series that are not among them. */
  readonly sweepRounds: readonly Round[];
  readonly searches: readonly Search[];
  readonly systems: readonly string[];
  /** True for the whole suite: HTTP and micro benches as well. */
  readonly isSuite: boolean;
}

/** The scenario of the headline, the sweeps and the search. */
export const REFERENCE = "wander";
/** What peers are sent as well as what they send. */
const INPUTS = "wander-inputs";
/** Measured in every scenario. */
export const OWN: readonly string[] = ["shoal", "floor"];

/** Peers, and the scenarios that each is made for: everyone is measured doing what it does well. */
const HOME: Readonly<Record<string, readonly string[]>> = {
  "colyseus-rooms": ["rooms-100"],
  "colyseus-aoi": [REFERENCE, INPUTS],
  socketio: [REFERENCE, INPUTS, "rooms-100"],
  "socketio-uws": [REFERENCE, INPUTS, "rooms-100"],
  "ws-json": [REFERENCE, INPUTS, "rooms-100"],
  "ws-json-batch": [REFERENCE, INPUTS, "rooms-100"],
};

/** Scenarios with peers have so few players that none is overrun; the sweep shows where each is. */
export const PEER_PLAYERS = 500;

const FULL = {
  repeats: 2,
  // What is judged by its ratio to the floor: of two rounds that differ nobody can say which is right.
  judged: [REFERENCE, INPUTS, "rooms-100"],
  judgedRepeats: 5,
  sweepRepeats: 1,
  seconds: 8,
  warmupSeconds: 2,
  playersMax: 8000,
  counts: [500, 1000, 2000, 4000, 5000, 8000],
  peerCounts: [250, 500, 750, 1500],
  visible: [12, 25, 50, 100, 200],
};
const QUICK = {
  repeats: 1,
  // Even a quick run repeats what the headline rests on, to know its own noise.
  judged: [REFERENCE],
  judgedRepeats: 2,
  sweepRepeats: 1,
  seconds: 3,
  warmupSeconds: 1,
  playersMax: 1000,
  counts: [500, 1000, 2000],
  peerCounts: [250, 500],
  visible: [25, 50, 100],
};

/** `all` are the scenarios that there are. */
export function makePlan(options: BenchOptions, all: readonly Scenario[] = SCENARIOS): Plan {
  const pace = options.quick ? QUICK : FULL;
  const isSuite = options.scenarios.length === 0;
  const peers = options.peers ? Object.keys(HOME) : [];
  const repeats = options.rounds ?? pace.repeats;
  const set = (scenario: Scenario): Scenario => ({
    ...withPlayers(scenario, options.players ?? Math.min(scenario.players, pace.playersMax)),
    seconds: options.seconds ?? pace.seconds,
    warmupSeconds: pace.warmupSeconds,
  });
  const chosen = (isSuite ? all : all.filter(({ name }) => options.scenarios.includes(name))).map(set);
  const scenarios: Scenario[] = [];
  const series: Series[] = [];
  const rounds: Round[] = [];
  const sweepRounds: Round[] = [];
  const add = (to: Round[], scenario: Scenario, systems: readonly string[], times: number): void => {
    if (scenarios.some(({ name }) => name === scenario.name)) return;
    scenarios.push(scenario);
    for (let round = 0; round < times; round++) to.push({ scenario, round, systems });
  };

  for (const scenario of chosen) {
    add(rounds, scenario, OWN, options.rounds ?? (pace.judged.includes(scenario.name) ? pace.judgedRepeats : repeats));
  }
  for (const scenario of chosen) {
    const guests = peers.filter((peer) => HOME[peer].includes(scenario.name));
    if (guests.length === 0) continue;
    add(rounds, withCount(scenario, options.players ?? PEER_PLAYERS), [...OWN, ...guests], repeats);
  }

  const base = chosen.find(({ name }) => name === REFERENCE);
  const addSeries = (
    kind: Series["kind"],
    points: readonly Scenario[],
    systemsOf: (point: Scenario) => readonly string[],
  ) => {
    series.push({ kind, base: REFERENCE, scenarios: points.map(({ name }) => name) });
    for (const point of points) add(sweepRounds, point, systemsOf(point), options.rounds ?? pace.sweepRepeats);
  };
  if (isSuite && base !== undefined) {
    const guests = peers.filter((peer) => HOME[peer].includes(REFERENCE));
    const counts = guests.length > 0 ? [...pace.peerCounts, ...pace.counts] : pace.counts;
    addSeries(
      "players",
      [...new Set(counts)].sort((a, b) => a - b).map((count) => knownAs(withCount(base, count), chosen)),
      ({ players }) => (pace.peerCounts.includes(players) ? [...OWN, ...guests] : OWN),
    );
    addSeries(
      "density",
      pace.visible.map((visible) => knownAs(withDensity(base, visible), chosen)),
      () => OWN,
    );
  }
  return {
    scenarios,
    series,
    rounds,
    sweepRounds,
    searches: isSuite && !options.quick ? [...OWN, ...peers].flatMap((system) => searchOf(system, chosen)) : [],
    systems: [...OWN, ...peers],
    isSuite,
  };
}

/** How often each scenario has its turn. */
export function roundsOf({ scenarios, rounds, sweepRounds }: Plan): Record<string, number> {
  const all = [...rounds, ...sweepRounds];
  const count = (name: string) => all.filter(({ scenario }) => scenario.name === name).length;
  return Object.fromEntries(scenarios.map(({ name }) => [name, count(name)]));
}

function withCount(scenario: Scenario, players: number): Scenario {
  return {
    ...withPlayers(scenario, players),
    name: `${scenario.name}@${players}`,
    what: `${scenario.name} with ${players} players`,
  };
}

function withDensity(base: Scenario, visible: number): Scenario {
  const worldSize = worldSizeFor(base.players, visible);
  return { ...base, worldSize, name: `${base.name}/${visible}`, what: `${base.name} with ${visible} others in view` };
}

/** What is measured already is not measured under another name. */
function knownAs(scenario: Scenario, among: readonly Scenario[]): Scenario {
  const settings = (one: Scenario) => JSON.stringify({ ...one, name: "", what: "" });
  return among.find((one) => settings(one) === settings(scenario)) ?? scenario;
}

/** Everyone is searched in the reference scenario, or where it is at home. */
function searchOf(system: string, scenarios: readonly Scenario[]): Search[] {
  const home = HOME[system] ?? [REFERENCE];
  const name = home.includes(REFERENCE) ? REFERENCE : home[0];
  return scenarios.filter((scenario) => scenario.name === name).map((scenario) => ({ scenario, system }));
}
