/**
 * What players see, against what was: collects over one run the figures that are judged. Takes no client's word for what can be
 * measured from outside.
 */
import type { Conditions } from "../../client/sync/link.ts";
import { CRUISE_SPEED, SPEED_STEPS } from "../../proto/motion.ts";
import { FRAME_MS, type Player, type Watcher } from "./player.ts";
import { type PondServer, TICK_MS } from "./pond-server.ts";
import { Samples } from "./samples.ts";
import { Series } from "./series.ts";

/** World units: a correction that is seen. */
export const VISIBLE_UNITS = 2;
/** At rest for so many frames: what moves then was set off by the key. */
const STILL_FRAMES = 30;
/** A press without effect for so long counts as this many frames. */
const PRESS_FRAMES_MAX = 60;
/** One swims no further in a frame, world units. */
const STEP_MAX = (CRUISE_SPEED / SPEED_STEPS / 1000) * FRAME_MS;

/** A drawn place whose truth is not computed yet: the server's next tick brings it. */
interface Drawn {
  readonly id: number;
  readonly slot: number;
  readonly tick: number;
  readonly x: number;
  readonly y: number;
}

/** What is remembered of each player between two of its frames. */
interface Memory {
  epoch: number;
  x: number;
  y: number;
  stillFrames: number;
  /** Frames since the key that has not moved anything yet; -1 if there is none. */
  pressedFrames: number;
  shownTick: number;
  reconciliations: number;
  corrections: number;
  readonly drawn: Drawn[];
  readonly ownDrawn: Drawn[];
}

export class Measure implements Watcher {
  /** Frames from the key to the first drawn movement, of those who rested. */
  readonly keyFrames = new Samples();
  readonly predictionError = new Samples();
  /** Where the own tadpole was drawn, against where the server had it when it came to that tick. */
  readonly ownError = new Samples();
  readonly othersError = new Samples();
  /** The own tadpole is drawn so much ahead of the newest frame, ms. */
  readonly leadMs = new Samples();
  /** How much more than a tick others are drawn behind what could have arrived, ms. */
  readonly delayBeyondMs = new Samples();
  readonly ageMs = new Samples();
  corrections = 0;
  /** Of the own tadpole on the screen, further than it swims. */
  jumps = 0;
  drawnFrames = 0;
  heldFrames = 0;
  losses: string[] = [];
  /** Of the first player. */
  readonly series = new Series();
  readonly #server: PondServer;
  readonly #fromTick: number;
  readonly #fastestMs: number;
  readonly #memories = new Map<Player, Memory>();

  /** Measures from that tick on. */
  constructor(server: PondServer, conditions: Conditions, fromTick: number) {
    this.#server = server;
    this.#fromTick = fromTick;
    this.#fastestMs = (conditions.rttMs - conditions.jitterMs) / 2;
  }

  onLost(_: Player, reason: string): void {
    this.losses.push(reason);
  }

  onFrame(player: Player): void {
    const memory = this.#memory(player);
    const { reconciliations, corrections, predictionError } = player.client.network;
    if (this.#hasBegun && reconciliations !== memory.reconciliations) {
      this.predictionError.add(predictionError);
      this.corrections += corrections - memory.corrections;
    }
    memory.reconciliations = reconciliations;
    memory.corrections = corrections;
  }

  onDrawn(player: Player, isPressed: boolean): void {
    const memory = this.#memory(player);
    const { replica } = player.client;
    const isSameStay = memory.epoch === replica.epoch && replica.visibleCount > 0;
    if (isSameStay) this.#measureOwn(player, memory, isPressed);
    this.#measureOthers(player, memory);
    this.#foretell(player, memory);
    memory.epoch = replica.epoch;
    memory.x = player.ownX;
    memory.y = player.ownY;
    memory.shownTick = replica.shownTick;
  }

  get #hasBegun(): boolean {
    return this.#server.presentTick >= this.#fromTick;
  }

  #measureOwn(player: Player, memory: Memory, isPressed: boolean): void {
    const moved = Math.hypot(player.ownX - memory.x, player.ownY - memory.y);
    if (isPressed && memory.stillFrames >= STILL_FRAMES) memory.pressedFrames = 0;
    memory.stillFrames = moved === 0 ? memory.stillFrames + 1 : 0;
    if (this.#hasBegun && moved > STEP_MAX + VISIBLE_UNITS) this.jumps++;
    if (memory.pressedFrames < 0) return;
    if (moved === 0 && memory.pressedFrames < PRESS_FRAMES_MAX) {
      memory.pressedFrames++;
      return;
    }
    if (this.#hasBegun) this.keyFrames.add(memory.pressedFrames);
    memory.pressedFrames = -1;
  }

  #measureOthers(player: Player, memory: Memory): void {
    const { replica } = player.client;
    const { path, presentTick } = this.#server;
    this.#compare(memory.drawn, this.othersError);
    if (!this.#hasBegun) return;
    const { shownTick } = replica;
    const ageMs = (presentTick - replica.tick) * TICK_MS;
    const delayMs = (presentTick - shownTick - 1) * TICK_MS - this.#fastestMs;
    const isHeld = shownTick > replica.tick || shownTick <= memory.shownTick;
    let isAnyMoving = false;
    for (let i = 0; i < replica.visibleCount; i++) {
      const slot = replica.visible[i];
      if (slot === replica.ownSlot) continue;
      isAnyMoving ||= path.isMoving(slot, Math.floor(shownTick));
      const [x, y] = [replica.drawX[slot], replica.drawY[slot]];
      memory.drawn.push({ id: replica.entityId(slot), slot, tick: shownTick, x, y });
    }
    this.drawnFrames++;
    // Of a pond at rest nothing is missed.
    if (isHeld && isAnyMoving) this.heldFrames++;
    this.ageMs.add(ageMs);
    this.delayBeyondMs.add(delayMs);
    if (player.index === 0) this.series.add((presentTick * TICK_MS) / 1000, ageMs, delayMs);
  }

  /** The own tadpole is drawn where it will be: the client says in which tick, the server's path whether it is so. */
  #foretell(player: Player, { ownDrawn }: Memory): void {
    this.#compare(ownDrawn, this.ownError);
    const { replica, network } = player.client;
    const tick = replica.tick + network.leadMs / TICK_MS;
    if (!this.#hasBegun || Number.isNaN(tick)) return;
    this.leadMs.add(network.leadMs);
    const slot = replica.ownSlot;
    ownDrawn.push({ id: replica.entityId(slot), slot, tick, x: player.ownX, y: player.ownY });
  }

  /** Compares what was drawn with the truth, as far as that is known by now. */
  #compare(drawn: Drawn[], errors: Samples): void {
    const { path } = this.#server;
    let known = 0;
    while (known < drawn.length && drawn[known].tick <= path.newestTick) {
      const { id, slot, tick, x, y } = drawn[known++];
      const error = path.distance(id, slot, tick, x, y);
      if (error !== undefined) errors.add(error);
    }
    drawn.splice(0, known);
  }

  #memory(player: Player): Memory {
    let memory = this.#memories.get(player);
    if (memory === undefined) {
      memory = {
        epoch: -1,
        x: 0,
        y: 0,
        stillFrames: 0,
        pressedFrames: -1,
        shownTick: 0,
        reconciliations: 0,
        corrections: 0,
        drawn: [],
        ownDrawn: [],
      };
      this.#memories.set(player, memory);
    }
    return memory;
  }
}
