/** A player of a history: a real client that steers and talks. Knows nothing of what is broken around it. */
import type { VirtualTime } from "../../bench/feel/virtual-time.ts";
import { SyncClient } from "../../client/sync/index.ts";
import type { TroubleControls } from "../../client/sync/trouble.ts";
import { HEADING_STEPS } from "../../proto/motion.ts";
import type { Pipe } from "./history-pipe.ts";
import type { ClientRecorder } from "./history-recorder.ts";

/** The whole world, from wherever the own entity is. */
const VIEW = { left: -500, top: -500, width: 2000, height: 2000 };
/** Within what the game lets a player say. */
const SAY_MS = 1700;

export interface PlayerOptions {
  name: string;
  time: VirtualTime;
  controls: TroubleControls;
  pipes: Pipe[];
  recorder: ClientRecorder;
  random: () => number;
  /** Cells of the whole world, of which all are in view. */
  cellCount: number;
}

/** A client that steers and talks, whatever happens to it. */
export class Player {
  readonly name: string;
  readonly client: SyncClient;
  readonly controls: TroubleControls;
  /** All of its pipes, the present one last. */
  readonly pipes: readonly Pipe[];
  readonly recorder: ClientRecorder;
  readonly #time: VirtualTime;
  readonly #random: () => number;
  #steered = 0;
  #said = 0;

  constructor({ name, time, controls, pipes, recorder, random, cellCount }: PlayerOptions) {
    this.name = name;
    this.controls = controls;
    this.pipes = pipes;
    this.recorder = recorder;
    this.#time = time;
    this.#random = random;
    this.client = new SyncClient({
      url: "http://pond.test",
      join: { look: { name } },
      openTransport: recorder.open,
      now: time.now,
      timers: time.timers,
      random,
      onFrame: (bytes) => recorder.applied(this.client, bytes, cellCount),
      onEvent: (event) => recorder.heard(event),
    });
  }

  start(): void {
    this.client.start();
    this.#steer();
    this.#say();
  }

  #steer(): void {
    this.#time.at(this.#time.nowMs + 100 + this.#random() * 300, () => this.#steer());
    // Shut out by somebody with the same token: a player would reload.
    if (this.client.state.kind === "ended") this.client.start();
    this.client.setView(VIEW.left, VIEW.top, VIEW.width, VIEW.height);
    this.#steered++;
    this.client.steer((this.#steered / HEADING_STEPS) * 2 * Math.PI, this.#random() < 0.7);
  }

  #say(): void {
    this.#time.at(this.#time.nowMs + SAY_MS + this.#random() * 1000, () => this.#say());
    const text = `${this.name} ${this.#said + 1}`;
    if (this.client.sendEvent({ shout: { text } })) this.#said++;
  }
}
