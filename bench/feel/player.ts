/**
 * One player: a real SyncClient behind a connection in trouble, a hand that steers, and a screen that draws 60 times a second. Tells a
 * watcher of each drawn frame. Measures nothing itself.
 */
import type { Conditions } from "../../client/sync/link.ts";
import { SyncClient } from "../../client/sync/sync-client.ts";
import { TroubleControls, troubled } from "../../client/sync/trouble.ts";
import { seededRandom } from "../../proto/random.ts";
import { type PondServer, WORLD_SIZE } from "./pond-server.ts";
import { Swimmer } from "./swimmer.ts";
import type { VirtualTime } from "./virtual-time.ts";

export const FRAME_MS = 1000 / 60;
/** A window that shows everyone: who is not in view is missing. World units. */
const VIEW = { width: 1600, height: 1600 };
/** Clocks of two machines do not agree; so far apart, ms. */
const CLOCKS_APART_MS = 10_000_000;

export interface Watcher {
  /** A frame was drawn. `isPressed`: the button went down in it. */
  onDrawn(player: Player, isPressed: boolean): void;
  /** A frame of the server was applied. */
  onFrame(player: Player): void;
  onLost(player: Player, reason: string): void;
}

export interface PlayerOptions {
  time: VirtualTime;
  server: PondServer;
  conditions: Conditions;
  seed: number;
  index: number;
  /** False: never touches anything. */
  swims: boolean;
  watcher: Watcher;
}

export class Player {
  readonly index: number;
  readonly client: SyncClient;
  readonly #time: VirtualTime;
  readonly #watcher: Watcher;
  readonly #swimmer: Swimmer | undefined;
  readonly #now: () => number;
  readonly #startMs: number;
  #swam = false;

  constructor({ time, server, conditions, seed, index, swims, watcher }: PlayerOptions) {
    const random = seededRandom(seed * 1009 + index);
    const clockMs = Math.floor(random() * CLOCKS_APART_MS) + random();
    this.index = index;
    this.#time = time;
    this.#watcher = watcher;
    this.#startMs = random() * 500;
    this.#now = () => time.nowMs + clockMs;
    // Streams of their own: the hand does the same whatever the line draws.
    this.#swimmer = swims ? new Swimmer(seededRandom(seed * 2003 + index), 0) : undefined;
    const line = seededRandom(seed * 3001 + index);
    this.client = new SyncClient({
      url: "http://pond.test",
      join: { look: { name: `${swims ? "Swimmer" : "Rester"} ${index + 1}` } },
      openTransport: troubled(server.open, {
        controls: new TroubleControls(conditions),
        now: time.now,
        timers: time.timers,
        random: line,
      }),
      now: this.#now,
      timers: time.timers,
      random,
      onFrame: () => watcher.onFrame(this),
      onState: (state) => {
        if (state.kind === "waiting" || state.kind === "ended") watcher.onLost(this, state.reason);
      },
    });
  }

  /** Connects within half a second, and draws from then on. */
  start(): void {
    this.#time.at(this.#startMs, () => {
      this.client.start();
      this.#draw(0);
    });
  }

  get ownX(): number {
    return this.client.replica.drawX[this.client.replica.ownSlot];
  }
  get ownY(): number {
    return this.client.replica.drawY[this.client.replica.ownSlot];
  }

  #draw(frame: number): void {
    const { client } = this;
    // Counted from the start: adding up would drift.
    this.#time.at(this.#startMs + (frame + 1) * FRAME_MS, () => this.#draw(frame + 1));
    if (client.state.kind !== "joined") return;
    const { ownX, ownY } = this;
    client.setView(ownX - VIEW.width / 2, ownY - VIEW.height / 2, VIEW.width, VIEW.height);
    let isPressed = false;
    if (this.#swimmer !== undefined) {
      const { headingRad, swim } = this.#swimmer.steer(this.#time.nowMs, ownX - WORLD_SIZE / 2, ownY - WORLD_SIZE / 2);
      isPressed = swim && !this.#swam;
      this.#swam = swim;
      client.steer(headingRad, swim);
    }
    client.sample(this.#now());
    this.#watcher.onDrawn(this, isPressed);
  }
}
