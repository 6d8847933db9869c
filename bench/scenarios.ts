/** What is measured: each scenario is one world and one way of playing in it, with a seed. Pure data. */

export interface Scenario {
  readonly name: string;
  /** One line for people. */
  readonly what: string;
  readonly players: number;
  readonly tickHz: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly seed: number;
  /** Edge of the square world, world units. */
  readonly worldSize: number;
  /** What each player sees, world units. */
  readonly view: { readonly width: number; readonly height: number };
  /**
   * Who moves: the server by itself (`wander`), the players' inputs (`steer`), inputs that swim a while and
   * glide a while (`coast`), everyone after one push now and then (`push`), nobody (`rest`).
   */
  readonly motion: "wander" | "steer" | "coast" | "push" | "rest";
  /** Messages up a second of each player; each carries the inputs of the ticks since the last. */
  readonly inputsPerSecond: number;
  /** Of each player. */
  readonly chatPerMinute: number;
  /** Leaves and comes back, of each player. */
  readonly churnPerMinute: number;
  /** Players are spread over so many worlds. */
  readonly rooms: number;
}

/** A full-HD window at the camera's furthest zoom, 1.3. */
const VIEW = { width: 1477, height: 830 };
const VISIBLE = 50;

/** Edge of a world in which a view holds `visible` others on average. */
export function worldSizeFor(players: number, visible: number, view = VIEW): number {
  return Math.max(512, Math.round(Math.sqrt((players * view.width * view.height) / visible)));
}

const WANDER: Scenario = {
  name: "wander",
  what: "one world, everyone swims and turns at random every tick, about 50 others in view; no inputs",
  players: 1000,
  tickHz: 20,
  seconds: 10,
  warmupSeconds: 3,
  seed: 7,
  worldSize: worldSizeFor(1000, VISIBLE),
  view: VIEW,
  motion: "wander",
  inputsPerSecond: 0,
  chatPerMinute: 0,
  churnPerMinute: 0,
  rooms: 1,
};

export const SCENARIOS: readonly Scenario[] = [
  WANDER,
  {
    ...WANDER,
    name: "wander-inputs",
    what: "as wander, but every turn comes from the players: 10 messages up a second each",
    motion: "steer",
    inputsPerSecond: 10,
  },
  {
    ...WANDER,
    name: "wander-dense",
    what: "as wander, with about 100 others in view",
    worldSize: worldSizeFor(1000, 2 * VISIBLE),
  },
  {
    ...WANDER,
    name: "rooms-100",
    what: "rooms of 100 players, everyone sees everyone; no inputs",
    worldSize: 800,
    // Twice the world: whoever stands at one shore sees the other.
    view: { width: 1600, height: 1600 },
    rooms: 10,
  },
  {
    ...WANDER,
    name: "crowd",
    what: "500 players in one view, all of them swimming: what a crowd costs is what is visible in it",
    players: 500,
    worldSize: 800,
    view: { width: 1600, height: 1600 },
  },
  {
    ...WANDER,
    name: "coast",
    what: "as wander, but everyone glides after a push every 4 s, and none steers",
    motion: "push",
    inputsPerSecond: 0.25,
  },
  { ...WANDER, name: "rest", what: "as wander, but nobody moves", motion: "rest" },
  {
    ...WANDER,
    name: "play",
    what: "steering, gliding, chatting, coming and going, as people do",
    motion: "coast",
    inputsPerSecond: 10,
    chatPerMinute: 2,
    churnPerMinute: 2,
  },
];

/** The same scenario with another number of players at the same density. */
export function withPlayers(scenario: Scenario, players: number): Scenario {
  if (scenario.rooms > 1) {
    const perRoom = scenario.players / scenario.rooms;
    return { ...scenario, players, rooms: Math.max(1, Math.round(players / perRoom)) };
  }
  const worldSize = Math.max(512, Math.round(scenario.worldSize * Math.sqrt(players / scenario.players)));
  return { ...scenario, players, worldSize };
}
