/**
 * How things move: the one step that the server's simulation, the cell streams' extrapolation and the client
 * share (SPEC section M). Integer state and exactly rounded double arithmetic only, so that every engine
 * computes the same bits. Knows nothing of the wire, of rooms or of players.
 *
 * Constants are those of the original tadpole game, restated per second: its frame was 30 ms.
 */

/** Position grid: steps in one world unit. Fine enough that rounding stays below what a screen can show. */
export const POSITION_STEPS = 32;
/** Heading grid: steps in a full turn. */
export const HEADING_STEPS = 65536;
/** Speed grid: steps in one world unit a second. */
export const SPEED_STEPS = 8;
/** Speed under thrust: 100 world units a second (momentum 3 a frame of 30 ms in the original). */
export const CRUISE_SPEED = 100 * SPEED_STEPS;
/** Below 2 units a second a coasting entity rests. The original never quite stops; resting costs no bytes. */
const REST_SPEED = 2 * SPEED_STEPS;
/** What remains of the momentum after one frame of the original (-1/20). */
const DRAG_PER_FRAME = 0.95;
/** What remains of the gap to the wanted heading after one frame of the original (-1/5). */
const TURN_PER_FRAME = 0.8;
const FRAME_S = 0.03;

/** 4096 cosines, rounded to 1/65536: libm's last bit differs between engines, these do not. */
const COS_BITS = 12;
const COS_TABLE = Float64Array.from(
  { length: 1 << COS_BITS },
  (_, i) => Math.round(Math.cos((i * 2 * Math.PI) / (1 << COS_BITS)) * 65536) / 65536,
);
const COS_MASK = (1 << COS_BITS) - 1;
const COS_SHIFT = 16 - COS_BITS;
const QUARTER = 1 << (COS_BITS - 2);

/** Factors of one tick; the same tick rate and world give the same factors on every machine. */
export interface MotionRules {
  /** World size in position steps; an entity stays inside, edges included. */
  readonly widthSteps: number;
  readonly heightSteps: number;
  /** Position steps moved in one tick for each speed step. */
  readonly stepsPerSpeed: number;
  /** What remains of speed after a tick of coasting, 1/65536. */
  readonly drag: number;
  /** Share of the heading gap closed in a tick, 1/65536. */
  readonly turn: number;
}

/** Motion of many entities, one array a field, indexed by slot. Units are those of the grids above. */
export interface MotionArrays {
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly heading: Uint16Array;
  readonly speed: Uint16Array;
  /** 1 while the entity drives itself, 0 while it coasts. */
  readonly thrust: Uint8Array;
}

/** Rules for a tick rate (ticks a second) and a world (world units). */
export function motionRules(tickHz: number, worldWidth: number, worldHeight: number): MotionRules {
  const frames = 1 / (tickHz * FRAME_S);
  return {
    widthSteps: worldWidth * POSITION_STEPS,
    heightSteps: worldHeight * POSITION_STEPS,
    stepsPerSpeed: POSITION_STEPS / (SPEED_STEPS * tickHz),
    drag: Math.round(DRAG_PER_FRAME ** frames * 65536),
    turn: Math.round((1 - TURN_PER_FRAME ** frames) * 65536),
  };
}

/** All-zero arrays for `slots` entities. */
export function motionArrays(slots: number): MotionArrays {
  return {
    x: new Int32Array(slots),
    y: new Int32Array(slots),
    heading: new Uint16Array(slots),
    speed: new Uint16Array(slots),
    thrust: new Uint8Array(slots),
  };
}

/** SPEC M2: the heading closes a fixed share of its gap to `wanted`, the short way round. */
export function turnToward(m: MotionArrays, slot: number, wanted: number, rules: MotionRules): void {
  const gap = ((wanted - m.heading[slot]) << 16) >> 16;
  // A gap that the share no longer moves is closed at once, so that steering ends.
  const turned = Math.round((gap * rules.turn) / 65536);
  m.heading[slot] = turned === 0 ? wanted : m.heading[slot] + turned;
}

/**
 * What is added before positions are rounded down in this tick, [0, 1): a golden-ratio sequence. Always rounding to the
 * nearest would make speed depend on tick rate and direction, by up to 1 % at 60 Hz; this way it is right on average.
 */
export function roundingAt(tick: number): number {
  return (Math.imul(tick, 0x9e3779b1) >>> 0) / 4294967296;
}

/** SPEC M3: one tick of speed and position under the present heading. `rounding` is `roundingAt` of that tick. */
export function advance(m: MotionArrays, slot: number, rules: MotionRules, rounding: number): void {
  let speed = m.speed[slot];
  if (m.thrust[slot] !== 0) speed = CRUISE_SPEED;
  else if (speed !== 0) {
    speed = Math.floor((speed * rules.drag) / 65536);
    if (speed < REST_SPEED) speed = 0;
  } else return;
  m.speed[slot] = speed;
  if (speed === 0) return;
  const distance = speed * rules.stepsPerSpeed;
  const angle = m.heading[slot] >> COS_SHIFT;
  const x = m.x[slot] + Math.floor(distance * COS_TABLE[angle] + rounding);
  const y = m.y[slot] + Math.floor(distance * COS_TABLE[(angle - QUARTER) & COS_MASK] + rounding);
  m.x[slot] = x < 0 ? 0 : x > rules.widthSteps ? rules.widthSteps : x;
  m.y[slot] = y < 0 ? 0 : y > rules.heightSteps ? rules.heightSteps : y;
}

/** SPEC M5: one tick of an entity under its player's course. The server makes it; the player's client foresees it. */
export function steer(
  m: MotionArrays,
  slot: number,
  wanted: number,
  swim: boolean,
  rules: MotionRules,
  rounding: number,
): void {
  m.thrust[slot] = swim ? 1 : 0;
  turnToward(m, slot, wanted, rules);
  advance(m, slot, rules, rounding);
}

/** Copies one entity's motion, also within the same arrays. */
export function copyMotion(from: MotionArrays, slot: number, to: MotionArrays, toSlot: number): void {
  to.x[toSlot] = from.x[slot];
  to.y[toSlot] = from.y[slot];
  to.heading[toSlot] = from.heading[slot];
  to.speed[toSlot] = from.speed[slot];
  to.thrust[toSlot] = from.thrust[slot];
}

/** Radians to heading steps, any finite angle. */
export function headingSteps(rad: number): number {
  return Math.round((rad / (2 * Math.PI)) * HEADING_STEPS) & (HEADING_STEPS - 1);
}

/** Heading steps to radians, 0 to 2 pi. */
export function headingRad(steps: number): number {
  return (steps / HEADING_STEPS) * 2 * Math.PI;
}
