/**
 * A world of swimmers with its encoder and viewers with real replicas, in one process: what the micro benches time, one
 * step at a time. Everyone swims and turns a little each tick, as in the reference scenario.
 */
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { Replica } from "../../client/sync/replica.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { advance, CRUISE_SPEED, headingSteps, motionRules, POSITION_STEPS, roundingAt } from "../../proto/motion.ts";
import { seededRandom } from "../../proto/random.ts";
import { World } from "../../server/sim/world.ts";
import { CellEncoder } from "../../server/sync/cell-encoder.ts";
import { CellGrid } from "../../server/sync/cell-grid.ts";
import { FrameComposer, PLAIN_HEADER } from "../../server/sync/frame-composer.ts";
import { Viewer } from "../../server/sync/viewer.ts";
import { worldSizeFor } from "../scenarios.ts";

const TICK_HZ = 20;
/** The server's default. */
const CELL_SIZE = 320;
const VIEW = { width: 1477, height: 830 };
const VISIBLE = 50;
/** Radians by which a swimmer turns in a tick at most. */
const TURN_MAX = 0.2;
/** A swimmer this close to an edge, world units, turns back. */
const SHORE = 100;

export interface MicroViewer {
  readonly viewer: Viewer;
  readonly replica: Replica;
  readonly parts: FrameParts;
}

export class MicroWorld {
  readonly entities: number;
  readonly world: World;
  readonly grid: CellGrid;
  readonly encoder: CellEncoder;
  readonly composer = new FrameComposer();
  readonly viewers: MicroViewer[] = [];
  tick = 1;
  readonly #random: () => number;
  readonly #size: number;

  constructor(entities: number, viewers: number, seed: number) {
    this.entities = entities;
    this.#random = seededRandom(seed);
    this.#size = worldSizeFor(entities, VISIBLE);
    const rules = motionRules(TICK_HZ, this.#size, this.#size);
    this.world = new World(rules, entities);
    this.grid = new CellGrid(this.#size, this.#size, CELL_SIZE, entities);
    const encodeRest = (slot: number) =>
      shoal.ServerFrame.encode({ entities: [{ slot, id: this.world.ids[slot], entity: {} }] }).finish();
    this.encoder = new CellEncoder({ grid: this.grid, rules, slots: entities, epoch: 1, encodeRest });
    for (let i = 0; i < entities; i++) {
      const slot = this.world.add(this.#place(), this.#place(), headingSteps(this.#random() * 2 * Math.PI));
      this.world.motion.thrust[slot] = 1;
      this.world.motion.speed[slot] = CRUISE_SPEED;
    }
    for (let i = 0; i < viewers; i++) this.#addViewer(i);
  }

  /** One tick of the simulation; the encoder has not seen it yet. */
  step(): void {
    this.tick++;
    const { motion, rules, live, liveCount } = this.world;
    const far = (this.#size - SHORE) * POSITION_STEPS;
    const near = SHORE * POSITION_STEPS;
    for (let i = 0; i < liveCount; i++) {
      const slot = live[i];
      const x = motion.x[slot];
      const y = motion.y[slot];
      if (x < near || y < near || x > far || y > far) {
        const middle = (this.#size * POSITION_STEPS) / 2;
        motion.heading[slot] = headingSteps(Math.atan2(middle - y, middle - x));
      } else motion.heading[slot] += headingSteps((this.#random() * 2 - 1) * TURN_MAX);
      advance(motion, slot, rules, roundingAt(this.tick));
    }
  }

  encode(): void {
    this.encoder.encode(this.tick, this.world.motion, this.world.live, this.world.liveCount);
  }

  /** The frame of one viewer; valid until the next call. */
  compose(viewer: Viewer): Uint8Array {
    return this.composer.compose(this.encoder, viewer, PLAIN_HEADER);
  }

  /** What the client does with it. */
  decode({ parts, replica }: MicroViewer, bytes: Uint8Array): void {
    parts.read(bytes);
    replica.apply(parts, (this.tick * 1000) / TICK_HZ);
  }

  #addViewer(slot: number): void {
    const viewer = new Viewer(this.entities);
    const { x, y } = this.world.motion;
    const left = Math.min(Math.max(x[slot] / POSITION_STEPS - VIEW.width / 2, 0), this.#size - VIEW.width);
    const top = Math.min(Math.max(y[slot] / POSITION_STEPS - VIEW.height / 2, 0), this.#size - VIEW.height);
    viewer.look({ left, top, ...VIEW });
    const welcome = {
      tick: this.tick,
      tickHz: TICK_HZ,
      worldWidth: this.#size,
      worldHeight: this.#size,
      cellSize: CELL_SIZE,
      slotCount: this.entities,
    };
    const replica = new Replica(shoal.Welcome.decode(shoal.Welcome.encode(welcome).finish()));
    this.viewers.push({ viewer, replica, parts: new FrameParts() });
  }

  #place(): number {
    return Math.floor(this.#random() * this.#size * POSITION_STEPS);
  }
}
