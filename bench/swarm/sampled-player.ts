/**
 * A player of the swarm that decodes every frame with the real client's replica and looks for what is wrong. Its findings
 * stand for those who only count.
 */
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { Replica } from "../../client/sync/replica.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { POSITION_STEPS } from "../../proto/motion.ts";

export class SampledPlayer {
  readonly replica: Replica;
  /** Sums over frames, for means. */
  visible = 0;
  delivered = 0;
  frames = 0;
  readonly #parts = new FrameParts();
  readonly #view: { readonly width: number; readonly height: number };

  constructor(welcome: shoal.Welcome, view: { readonly width: number; readonly height: number }) {
    this.replica = new Replica(welcome);
    this.#view = view;
  }

  /** The stamp that the newest frame echoes, 0 if none. */
  get echoedStamp(): number {
    const { bytes, echo } = this.#parts;
    return echo.end === 0 ? 0 : shoal.Echo.decode(bytes.subarray(echo.start, echo.end)).stamp;
  }

  /** Applies the frame. Returns what is wrong, undefined if nothing. */
  apply(frame: Uint8Array, nowMs: number): string | undefined {
    const before = this.replica.tick;
    try {
      this.#parts.read(frame);
      this.replica.apply(this.#parts, nowMs);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    // Where nothing moves, frames come four times a second (SPEC K7).
    const gapMax = Math.round(this.replica.tickHz / 4);
    if (this.frames > 0 && this.replica.tick > before + gapMax) return `tick ${this.replica.tick} after ${before}`;
    this.frames++;
    return this.#look();
  }

  #look(): string | undefined {
    const { motion, visible, visibleCount, ownSlot, worldWidth, worldHeight } = this.replica;
    const halfWidth = (this.#view.width / 2) * POSITION_STEPS;
    const halfHeight = (this.#view.height / 2) * POSITION_STEPS;
    let inside = 0;
    let ownSeen = false;
    for (let i = 0; i < visibleCount; i++) {
      const slot = visible[i];
      if (motion.x[slot] < 0 || motion.x[slot] > worldWidth * POSITION_STEPS) return `x of slot ${slot} is outside`;
      if (motion.y[slot] < 0 || motion.y[slot] > worldHeight * POSITION_STEPS) return `y of slot ${slot} is outside`;
      if (slot === ownSlot) ownSeen = true;
      else if (
        Math.abs(motion.x[slot] - motion.x[ownSlot]) <= halfWidth &&
        Math.abs(motion.y[slot] - motion.y[ownSlot]) <= halfHeight
      ) {
        inside++;
      }
    }
    this.visible += inside;
    this.delivered += visibleCount - 1;
    return ownSeen ? undefined : "the own entity is not in view";
  }
}
