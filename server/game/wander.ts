/**
 * A pond whose tadpoles swim by themselves, each turning a little at random every tick so that nothing is easy to predict:
 * load without anybody steering. Everything but motion is the pond's.
 */
import { advance, HEADING_STEPS, type MotionArrays, POSITION_STEPS, roundingAt } from "../../proto/motion.ts";
import type { CreateGame } from "../room/game.ts";
import type { World } from "../sim/world.ts";

/** Uniform change of heading each tick, to either side, heading steps: 0.2 rad. */
const TURN_STEPS = (0.2 / (2 * Math.PI)) * HEADING_STEPS;
/** This close to the shore a tadpole turns to the middle instead, position steps. */
const SHORE_STEPS = 20 * POSITION_STEPS;

export function wanderGame(createPond: CreateGame): CreateGame {
  return (host) => {
    const pond = createPond(host);
    return {
      enter: (join, identity) => pond.enter(join, identity),
      leave: (slot) => pond.leave(slot),
      away: (slot) => pond.away(slot),
      back: (slot, join, identity) => pond.back(slot, join, identity),
      isInput: (input) => pond.isInput(input),
      input: () => {},
      event: (slot, event) => pond.event(slot, event),
      entity: (slot) => pond.entity(slot),
      nameOf: (slot) => pond.nameOf(slot),
      save: (slot, to) => pond.save(slot, to),
      load: (slot, saved) => pond.load(slot, saved),
      relief: (relief) => pond.relief?.(relief),
      step() {
        const { motion, rules, live, liveCount } = host.world;
        const rounding = roundingAt(host.tick);
        for (let i = 0; i < liveCount; i++) {
          const slot = live[i];
          motion.thrust[slot] = 1;
          motion.heading[slot] += Math.round((host.random() * 2 - 1) * TURN_STEPS);
          if (isNearShore(host.world, slot)) motion.heading[slot] = headingToMiddle(motion, slot, host.world);
          advance(motion, slot, rules, rounding);
        }
      },
    };
  };
}

function isNearShore({ motion, rules }: World, slot: number): boolean {
  const x = motion.x[slot];
  const y = motion.y[slot];
  if (x < SHORE_STEPS || y < SHORE_STEPS) return true;
  return x > rules.widthSteps - SHORE_STEPS || y > rules.heightSteps - SHORE_STEPS;
}

function headingToMiddle(motion: MotionArrays, slot: number, { rules }: World): number {
  const rad = Math.atan2(rules.heightSteps / 2 - motion.y[slot], rules.widthSteps / 2 - motion.x[slot]);
  return Math.round((rad / (2 * Math.PI)) * HEADING_STEPS) & (HEADING_STEPS - 1);
}
