/**
 * Every tadpole's living part: the tail that follows the head, the fading of those who do nothing. Reads the replica,
 * writes the instance records that the GPU draws. Hot path: at a thousand tadpoles this is most of a frame, so state
 * lies in arrays by slot and nothing is allocated. Knows no Pixi.
 */
import { lookOf } from "../entity-look.ts";
import type { Replica } from "../sync/index.ts";
import { colourBytes } from "./colour.ts";
import { MOMENTUM_MAX, ORIGINAL_FRAME_S, SPEED_MAX } from "./rate.ts";
import {
  AT_COLOUR,
  AT_HEADING,
  AT_JOINTS,
  AT_OPACITY,
  AT_SPEED,
  AT_STYLE,
  AT_X,
  AT_Y,
  INSTANCE_WORDS,
  JOINTS,
  STYLE_POINTED,
  styleBytes,
} from "./tadpole-instance.ts";

/** A tadpole whose player is away. */
const AWAY_OPACITY = 0.25;
/** Others while nothing is heard of them, and the time in which they fade to it. */
const STALE_OPACITY = 0.35;
const STALE_FADE_S = 0.3;
/** Idle fade of the original: full for 320 frames, then 20 / (frames - 300), down to a share that is still seen. */
const IDLE_FRAMES = 300;
const IDLE_FALL = 20;
const IDLE_OPACITY_MIN = 0.35;
/** A newly seen tadpole surfaces in this time, seconds. */
const APPEAR_S = 0.35;
/** Each joint swings a third of a radian later than the one before. */
const LAG_COS = Math.cos(1 / 3);
const LAG_SIN = Math.sin(1 / 3);
const TURN = 2 * Math.PI;
/** A heading that moved by more than this since the last frame is a sign of life, radians. */
const TURN_SEEN = 0.004;

export class Swimmers {
  readonly #replica: Replica;
  readonly #options: { readonly calm: boolean };
  /** Records of the visible tadpoles, in the order of `replica.visible`. */
  readonly instances: ArrayBuffer;
  /** Opacity that each slot was drawn with. */
  readonly opacity: Float32Array;
  readonly #floats: Float32Array;
  readonly #words: Uint32Array;
  /** Direction of each joint, 15 a slot, -pi to pi. */
  readonly #joints: Float32Array;
  readonly #phase: Float32Array;
  readonly #lastHeading: Float32Array;
  /** 0 when first seen, 1 when fully there. */
  readonly #presence: Float32Array;
  readonly #activeMs: Float64Array;
  readonly #colour: Uint32Array;
  readonly #style: Uint32Array;
  /** 1 for each slot whose player's connection is lost. */
  readonly #isAway: Uint8Array;
  /** Id that the state of a slot belongs to, and the frame it was last drawn in. */
  readonly #ids: Float64Array;
  readonly #drawnFrame: Uint32Array;
  #frame = 1;
  /** Falls while no news come: where others are drawn is not where they are. */
  #trust = 1;
  /** Slot of the tadpole that is pointed at, -1 for none: it shines, and does not fade. */
  pointed = -1;

  /** `calm` (reduced motion): tails follow, but do not wriggle by themselves. */
  constructor(replica: Replica, options: { readonly calm: boolean }) {
    this.#replica = replica;
    this.#options = options;
    const slots = replica.slotCount;
    this.instances = new ArrayBuffer(slots * INSTANCE_WORDS * 4);
    this.#floats = new Float32Array(this.instances);
    this.#words = new Uint32Array(this.instances);
    this.#joints = new Float32Array(slots * JOINTS);
    this.#phase = new Float32Array(slots);
    this.#lastHeading = new Float32Array(slots);
    this.#presence = new Float32Array(slots);
    this.opacity = new Float32Array(slots);
    this.#activeMs = new Float64Array(slots);
    this.#colour = new Uint32Array(slots);
    this.#style = new Uint32Array(slots);
    this.#isAway = new Uint8Array(slots);
    this.#ids = new Float64Array(slots);
    this.#drawnFrame = new Uint32Array(slots);
  }

  /** The rest fields of a slot changed. */
  refreshLook(slot: number): void {
    const look = lookOf(this.#replica.entity(slot));
    this.#colour[slot] = colourBytes(look?.colour ?? 0xffffff);
    this.#isAway[slot] = this.#replica.entity(slot)?.tadpole?.away ? 1 : 0;
    this.#style[slot] = styleBytes(look?.gender ?? 0, slot === this.#replica.ownSlot, this.#replica.entityId(slot));
  }

  /** A sign of life, such as words. */
  wake(slot: number, nowMs: number): void {
    this.#activeMs[slot] = Math.max(this.#activeMs[slot], nowMs);
  }

  /** Moves every visible tadpole on by `dtS` and writes its record. Returns how many records there are. */
  update(nowMs: number, dtS: number): number {
    const { visible, visibleCount, ownSlot } = this.#replica;
    this.#frame++;
    const trust = this.#replica.playback.isStale ? STALE_OPACITY : 1;
    const step = dtS / STALE_FADE_S;
    this.#trust = Math.min(Math.max(trust, this.#trust - step), this.#trust + step);
    let at = 0;
    let isOwnVisible = false;
    for (let i = 0; i < visibleCount; i++) {
      if (visible[i] === ownSlot) isOwnVisible = true;
      else {
        this.#record(visible[i], at, nowMs, dtS);
        at += INSTANCE_WORDS;
      }
    }
    // Painted last: nobody hides a player's tadpole from its player.
    if (isOwnVisible) this.#record(ownSlot, at, nowMs, dtS);
    return visibleCount;
  }

  /** Moves one tadpole on and writes its record from word `at` on. */
  #record(slot: number, at: number, nowMs: number, dtS: number): void {
    const replica = this.#replica;
    const floats = this.#floats;
    const heading = replica.drawHeading[slot];
    const speed = replica.drawSpeed[slot];
    const isKnown = this.#drawnFrame[slot] === this.#frame - 1 && this.#ids[slot] === replica.entityId(slot);
    if (!isKnown) this.#surface(slot, nowMs);
    this.#drawnFrame[slot] = this.#frame;
    if (speed > 1 || Math.abs(heading - this.#lastHeading[slot]) > TURN_SEEN) this.#activeMs[slot] = nowMs;
    this.#lastHeading[slot] = heading;
    this.#swing(slot, (speed * MOMENTUM_MAX) / SPEED_MAX, dtS, at + AT_JOINTS);
    this.#presence[slot] = Math.min(this.#presence[slot] + dtS / APPEAR_S, 1);
    const isPointed = slot === this.pointed;
    // The own tadpole never fades: its player would lose it.
    const isKept = slot === replica.ownSlot || isPointed;
    const shown = isKept ? 1 : this.#livelinessOf(slot, nowMs) * this.#trust;
    this.opacity[slot] = this.#presence[slot] * shown;
    floats[at + AT_X] = replica.drawX[slot];
    floats[at + AT_Y] = replica.drawY[slot];
    floats[at + AT_HEADING] = heading;
    floats[at + AT_OPACITY] = this.opacity[slot];
    floats[at + AT_SPEED] = Math.min(speed / SPEED_MAX, 1);
    this.#words[at + AT_COLOUR] = this.#colour[slot];
    this.#words[at + AT_STYLE] = isPointed ? this.#style[slot] | STYLE_POINTED : this.#style[slot];
  }

  /** How visible a tadpole is for what it does: who is away or does nothing fades. */
  #livelinessOf(slot: number, nowMs: number): number {
    return this.#isAway[slot] === 1 ? AWAY_OPACITY : idleOpacity(nowMs - this.#activeMs[slot]);
  }

  /** A slot came into view: its tail starts straight, whatever this slot did before. */
  #surface(slot: number, nowMs: number): void {
    this.#ids[slot] = this.#replica.entityId(slot);
    this.#joints.fill(wrap(this.#replica.drawHeading[slot]), slot * JOINTS, (slot + 1) * JOINTS);
    // Neighbours who wriggle in step look like one machine.
    this.#phase[slot] = (slot * 2.4) % TURN;
    this.#presence[slot] = 0;
    this.#activeMs[slot] = nowMs;
    this.#lastHeading[slot] = this.#replica.drawHeading[slot];
    this.refreshLook(slot);
  }

  /**
   * One step of a tail. The original turned each joint toward the one before by a share k of the gap and added
   * cos(phase - i/3) * (m + 0.3) / 40, each 30 ms. That is a first-order lag toward (parent + swing / k); the share
   * dt / (dt + lag) is k at 30 ms and keeps the same lag at every other frame time.
   */
  #swing(slot: number, momentum: number, dtS: number, outAt: number): void {
    const joints = this.#joints;
    const floats = this.#floats;
    const k = (4.2 + Math.min(momentum / 2, 1.8 * Math.PI)) / 8;
    const share = dtS / (dtS + (ORIGINAL_FRAME_S * (1 - k)) / k);
    const wriggle = this.#options.calm ? momentum * 0.3 : momentum + 0.3;
    const swing = wriggle / 40 / k;
    const phase = (this.#phase[slot] + ((0.2 + momentum / 10) * dtS) / ORIGINAL_FRAME_S) % TURN;
    this.#phase[slot] = phase;
    let cos = Math.cos(phase) * swing;
    let sin = Math.sin(phase) * swing;
    let parent = this.#replica.drawHeading[slot];
    let out = outAt;
    for (let at = slot * JOINTS, end = at + JOINTS; at < end; at++) {
      let gap = parent - joints[at];
      // Both are within half a turn of zero, except the heading, which is 0 to 2 pi.
      if (gap > Math.PI) gap -= TURN;
      else if (gap < -Math.PI) gap += TURN;
      let angle = joints[at] + (gap + cos) * share;
      if (angle > Math.PI) angle -= TURN;
      else if (angle < -Math.PI) angle += TURN;
      joints[at] = angle;
      floats[out++] = angle;
      parent = angle;
      // The next joint's phase is 1/3 behind: a rotation costs less than another cosine.
      const next = cos * LAG_COS + sin * LAG_SIN;
      sin = sin * LAG_COS - cos * LAG_SIN;
      cos = next;
    }
  }
}

function idleOpacity(idleMs: number): number {
  const frames = idleMs / 1000 / ORIGINAL_FRAME_S;
  if (frames <= IDLE_FRAMES + IDLE_FALL) return 1;
  return Math.max(IDLE_OPACITY_MIN, IDLE_FALL / (frames - IDLE_FRAMES));
}

/** An angle of 0 to 2 pi as -pi to pi. */
function wrap(angle: number): number {
  return angle > Math.PI ? angle - TURN : angle;
}
