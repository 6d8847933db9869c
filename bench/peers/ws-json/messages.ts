/** The messages of the original tadpole server, as JSON text. */
import { headingRad, headingSteps } from "../../../proto/motion.ts";
import { INPUTS_MAX } from "../rig/inputs.ts";
import type { World } from "../rig/world.ts";

/** Momentum of a swimmer in the originals. */
const SWIM_MOMENTUM = "3.000";
const RAD_PER_ANGLE = (2 * Math.PI) / 256;

/**
 * What the originals sent to everybody whenever somebody moved. `life`, always 1 there, carries the tick: no byte more than
 * needed to tell how old the news is.
 */
export interface Update {
  readonly type: "update";
  readonly id: number;
  readonly angle: number;
  readonly momentum: number;
  readonly x: number;
  readonly y: number;
  readonly life: number;
  readonly name: string;
  readonly authorized: boolean;
}

/** Written by hand, as JSON.stringify takes longer: the peer is to be measured at its best. */
export function formatUpdate(world: World, slot: number, tick: number): string {
  const angle = (world.angle(slot) * RAD_PER_ANGLE).toFixed(3);
  const name = `"name":"Guest.${slot}","authorized":false`;
  const where = `"x":${world.x(slot)},"y":${world.y(slot)}`;
  return `{"type":"update","id":${slot},"angle":${angle},"momentum":${SWIM_MOMENTUM},${where},"life":${tick},${name}}`;
}

/**
 * What players sent; the server reads only how they steer, since it owns positions here. `angle` was one number: it holds
 * those of all ticks since the last message, as in the other peers.
 */
export function formatInputs(headings: Uint16Array, isSwimming: boolean): string {
  const momentum = isSwimming ? SWIM_MOMENTUM : "0.000";
  const angles = Array.from(headings, (heading) => headingRad(heading).toFixed(3)).join();
  return `{"type":"update","x":"0.0","y":"0.0","angle":[${angles}],"momentum":"${momentum}"}`;
}

/** Gives the world what a message of a player says; drops one that says something else. */
export function readInputs(text: string, world: World, slot: number): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  if (typeof value !== "object" || value === null || !("angle" in value) || !("momentum" in value)) return;
  if (!Array.isArray(value.angle) || value.angle.length > INPUTS_MAX) return;
  const isSwimming = Number(value.momentum) > 0;
  for (const angle of value.angle) {
    if (Number.isFinite(angle)) world.input(slot, headingSteps(angle), isSwimming);
  }
}
