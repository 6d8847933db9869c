/**
 * One bot: a SyncClient that wanders about and says something now and then. It steers as players do, through the client's
 * front door, and draws all its whims from its own seeded numbers.
 */
import type { OpenTransport } from "../../client/sync/index.ts";
import { SyncClient } from "../../client/sync/index.ts";
import { seededRandom } from "../../proto/random.ts";
import { FIRST_NAMES, LINES } from "./words.ts";

/** How often a bot makes up its mind, ms. */
export const THINK_MS = 200;
/** Radians a bot may turn in one thought. */
const TURN_MAX = 0.8;
/** A bot this far from the middle, world units, turns back: company stays where newcomers appear. */
const HOME_RADIUS = 500;
/** A bot's window on the pond: a small laptop at the camera's usual zoom. */
const VIEW = { width: 900, height: 600 };

/** What all bots add up to; each bot adds its own. */
export interface BotTotals {
  frames: number;
  bytes: number;
  chatHeard: number;
  chatSaid: number;
  lost: number;
  /** Why a connection was lost last, in words. */
  lastLoss: string;
}

export interface BotSetup {
  url: string;
  room: string;
  seed: number;
  index: number;
  chatPerMinute: number;
  openTransport: OpenTransport;
  totals: BotTotals;
}

export class Bot {
  readonly client: SyncClient;
  readonly #random: () => number;
  readonly #chatChance: number;
  readonly #totals: BotTotals;
  #heading = 0;
  #swims = true;

  constructor({ url, room, seed, index, chatPerMinute, openTransport, totals }: BotSetup) {
    // Each bot has its own stream of numbers, so that one more bot changes nothing for the others.
    this.#random = seededRandom(seed * 100_003 + index);
    this.#chatChance = (chatPerMinute * THINK_MS) / 60_000;
    this.#totals = totals;
    this.#heading = this.#random() * 2 * Math.PI;
    const name = `${this.#pick(FIRST_NAMES)} ${index + 1}`;
    const look = { name, colour: Math.floor(this.#random() * 0x1000000), gender: Math.floor(this.#random() * 4) };
    this.client = new SyncClient({
      url,
      room,
      join: { look },
      openTransport,
      now: () => performance.now(),
      random: this.#random,
      onState: (state) => {
        if (state.kind !== "waiting" && state.kind !== "ended") return;
        totals.lost++;
        totals.lastLoss = state.reason || `closed with ${state.code}`;
      },
      onEvent: (event) => {
        if (event.kind === "said") totals.chatHeard++;
      },
      onFrame: (bytes) => {
        totals.frames++;
        totals.bytes += bytes.length;
      },
    });
    this.client.setView(0, 0, VIEW.width, VIEW.height);
  }

  /** One thought: where to swim, and whether to speak. */
  think(): void {
    const { client } = this;
    if (client.state.kind !== "joined") return;
    const { replica } = client;
    const { ownSlot, worldWidth, worldHeight } = replica;
    replica.sample(performance.now());
    const x = replica.drawX[ownSlot];
    const y = replica.drawY[ownSlot];
    client.setView(x - VIEW.width / 2, y - VIEW.height / 2, VIEW.width, VIEW.height);
    const [dx, dy] = [worldWidth / 2 - x, worldHeight / 2 - y];
    if (Math.hypot(dx, dy) > HOME_RADIUS) this.#heading = Math.atan2(dy, dx);
    else this.#heading += (this.#random() * 2 - 1) * TURN_MAX;
    if (this.#random() < 0.05) this.#swims = !this.#swims;
    client.steer(this.#heading, this.#swims);
    if (this.#random() < this.#chatChance && client.sendEvent({ say: { text: this.#pick(LINES) } })) {
      this.#totals.chatSaid++;
    }
  }

  #pick(list: readonly string[]): string {
    return list[Math.floor(this.#random() * list.length)];
  }
}
