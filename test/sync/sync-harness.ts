/**
 * A world of random swimmers, its encoder, and viewers with real replicas: frames in, frames out, no sockets. Everything
 * is drawn from one seed.
 */
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { Replica } from "../../client/sync/replica.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { advance, motionRules, roundingAt, turnToward } from "../../proto/motion.ts";
import { seededRandom } from "../../proto/random.ts";
import { World } from "../../server/sim/world.ts";
import { CellEncoder } from "../../server/sync/cell-encoder.ts";
import { CellGrid } from "../../server/sync/cell-grid.ts";
import { FrameComposer, PLAIN_HEADER } from "../../server/sync/frame-composer.ts";
import { Viewer } from "../../server/sync/viewer.ts";

export interface HarnessViewer {
  viewer: Viewer;
  replica: Replica;
  parts: FrameParts;
  frames: number;
  bytes: number;
}

export interface HarnessOptions {
  seed: number;
  size: number;
  cellSize: number;
  slots: number;
  tickHz?: number;
  /** Frames take no keyframes beyond so many bytes. */
  frameBytes?: number;
}

export class SyncHarness {
  readonly random: () => number;
  readonly world: World;
  readonly grid: CellGrid;
  readonly encoder: CellEncoder;
  readonly composer: FrameComposer;
  readonly viewers: HarnessViewer[] = [];
  readonly names: string[];
  readonly #wanted: Uint16Array;
  tick = 100;
  readonly options: Required<HarnessOptions>;

  constructor(options: HarnessOptions) {
    this.options = { tickHz: 20, frameBytes: 16 * 1024, ...options };
    this.composer = new FrameComposer(this.options.frameBytes);
    const { seed, size, cellSize, slots, tickHz } = this.options;
    this.random = seededRandom(seed);
    const rules = motionRules(tickHz, size, size);
    this.world = new World(rules, slots);
    this.grid = new CellGrid(size, size, cellSize, slots);
    this.names = new Array(slots).fill("");
    this.#wanted = new Uint16Array(slots);
    this.encoder = new CellEncoder({
      grid: this.grid,
      rules,
      slots,
      epoch: 3,
      encodeRest: (slot) => {
        const rest = { slot, id: this.world.ids[slot], entity: { tadpole: { look: { name: this.names[slot] } } } };
        const body = shoal.EntityRest.encode(rest).finish();
        return shoal.ServerFrame.encode({ entities: [shoal.EntityRest.decode(body)] }).finish();
      },
    });
  }

  pick(count: number): number {
    return Math.floor(this.random() * count);
  }

  /** Adds a swimmer anywhere, edges included. */
  join(): number {
    const { widthSteps, heightSteps } = this.world.rules;
    const slot = this.world.add(this.pick(widthSteps + 1), this.pick(heightSteps + 1), this.pick(65536));
    if (slot < 0) return -1;
    this.names[slot] = `n${this.world.ids[slot]}`;
    for (const { viewer } of this.viewers) viewer.unlearn(slot);
    this.encoder.restChanged(slot);
    return slot;
  }

  leave(slot: number): void {
    this.grid.remove(slot);
    this.world.remove(slot);
  }

  rename(slot: number): void {
    this.names[slot] += "x";
    for (const { viewer } of this.viewers) viewer.unlearn(slot);
    this.encoder.restChanged(slot);
  }

  /** Someone does something: swims, glides, turns, or lets be. */
  act(slot: number): void {
    const m = this.world.motion;
    const what = this.random();
    if (what < 0.1) m.thrust[slot] = 1;
    else if (what < 0.2) m.thrust[slot] = 0;
    else if (what < 0.5) this.#wanted[slot] = this.pick(65536);
    // A push from outside, as no extrapolation foresees it.
    else if (what < 0.51) m.x[slot] = this.pick(this.world.rules.widthSteps + 1);
  }

  watch(): HarnessViewer {
    const { size, cellSize, slots, tickHz } = this.options;
    const viewer = new Viewer(slots);
    const welcome = { tick: this.tick, tickHz, worldWidth: size, worldHeight: size, cellSize, slotCount: slots };
    const replica = new Replica(shoal.Welcome.decode(shoal.Welcome.encode(welcome).finish()));
    const watching = { viewer, replica, parts: new FrameParts(), frames: 0, bytes: 0 };
    this.viewers.push(watching);
    this.look(watching);
    return watching;
  }

  look({ viewer }: HarnessViewer): void {
    const { size } = this.options;
    viewer.look({
      left: this.pick(size) - 200,
      top: this.pick(size) - 200,
      width: 1 + this.pick(900),
      height: 1 + this.pick(700),
    });
  }

  /** One tick of the world; no frames yet. */
  step(): void {
    this.tick++;
    const { world } = this;
    for (let i = 0; i < world.liveCount; i++) {
      const slot = world.live[i];
      turnToward(world.motion, slot, this.#wanted[slot], world.rules);
      advance(world.motion, slot, world.rules, roundingAt(this.tick));
    }
    this.encoder.encode(this.tick, world.motion, world.live, world.liveCount);
  }

  /** Composes and applies one viewer's frame of the present tick. */
  send(to: HarnessViewer): Uint8Array {
    const bytes = this.composer.compose(this.encoder, to.viewer, PLAIN_HEADER);
    to.frames++;
    to.bytes += bytes.length;
    // The composer's buffer is reused: what the client keeps must be its own.
    to.parts.read(bytes.slice());
    to.replica.apply(to.parts, this.tick * 50);
    return bytes;
  }
}
