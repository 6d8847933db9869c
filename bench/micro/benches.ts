/** The hot functions by themselves, ns per entity. What is not timed (the simulation's step) runs between the calls. */
// mitata: runs what prepares a call outside of the timed part, and keeps the optimiser from removing the work.
import { do_not_optimize, measure } from "mitata";
import type { MicroMeasurement } from "../results.ts";
import { MicroWorld } from "./world.ts";

const ENTITIES = 2000;
const VIEWERS = 100;
const SEED = 7;
/** Ticks that warm up the code and let every viewer hold its cells. */
const WARM_TICKS = 60;
/** What prepares a call takes longer than a short call: enough is enough. */
const SAMPLES_MAX = 2000;

/** `seconds` of CPU time for each. */
export async function runMicroBenches(
  seconds: number,
  onProgress: (text: string) => void,
): Promise<MicroMeasurement[]> {
  const benches = [gridMove, encode, compose, decode];
  const results: MicroMeasurement[] = [];
  for (const bench of benches) {
    onProgress(bench.name);
    results.push(await bench(seconds));
  }
  return results;
}

function gridMove(seconds: number): Promise<MicroMeasurement> {
  const world = warmWorld();
  const { grid } = world;
  const { motion, live, liveCount } = world.world;
  return time({
    name: "grid move",
    what: "finds out who changed cells, and moves them",
    seconds,
    entities: ENTITIES,
    prepare: () => {
      // The encoder settles the moves of the step before.
      world.encode();
      world.step();
    },
    call: () => {
      for (let i = 0; i < liveCount; i++) grid.move(live[i], motion);
    },
    bytes: () => 0,
  });
}

function encode(seconds: number): Promise<MicroMeasurement> {
  const world = warmWorld();
  const { encoder, grid } = world;
  return time({
    name: "fragment encode",
    what: "grid move, extrapolation and bytes of every cell, once a tick",
    seconds,
    entities: ENTITIES,
    prepare: () => world.step(),
    call: () => world.encode(),
    bytes: () => encoder.updateStart[grid.cellCount],
  });
}

function compose(seconds: number): Promise<MicroMeasurement> {
  const world = warmWorld();
  let bytes = 0;
  const told = toldOf(world);
  return time({
    name: "frame compose",
    what: `frames of ${VIEWERS} viewers out of encoded cells, per entity that a viewer is told of`,
    seconds,
    entities: told,
    prepare: () => {
      world.step();
      world.encode();
    },
    call: () => {
      bytes = 0;
      for (const { viewer } of world.viewers) bytes += world.compose(viewer).length;
    },
    bytes: () => bytes,
  });
}

function decode(seconds: number): Promise<MicroMeasurement> {
  const world = warmWorld();
  let frames: Uint8Array[] = [];
  return time({
    name: "client decode",
    what: `${VIEWERS} replicas apply a frame each, per entity that a replica holds`,
    seconds,
    entities: toldOf(world),
    prepare: () => {
      world.step();
      world.encode();
      frames = world.viewers.map(({ viewer }) => world.compose(viewer).slice());
    },
    call: () => {
      for (let i = 0; i < frames.length; i++) world.decode(world.viewers[i], frames[i]);
    },
    bytes: () => frames.reduce((sum, { length }) => sum + length, 0),
  });
}

interface Timed {
  name: string;
  what: string;
  seconds: number;
  entities: number;
  /** Before each call, not timed. */
  prepare(): void;
  call(): void;
  /** Encoded by the last call. */
  bytes(): number;
}

async function time({ name, what, seconds, entities, prepare, call, bytes }: Timed): Promise<MicroMeasurement> {
  let calls = 0;
  let encoded = 0;
  const stats = await measure(
    function* () {
      yield {
        0: () => {
          encoded += calls++ > 0 ? bytes() : 0;
          return prepare();
        },
        bench: (prepared: unknown) => {
          call();
          do_not_optimize(prepared);
        },
      };
    } as Parameters<typeof measure>[0],
    // No batches: a call changes the world, and the next one needs the next tick. Collections belong to nobody.
    { min_cpu_time: seconds * 1e9, batch_threshold: 0, min_samples: 20, max_samples: SAMPLES_MAX, gc: false },
  );
  return {
    name,
    what,
    entities: Math.round(entities),
    nsPerEntity: stats.p50 / entities,
    nsPerEntityMin: stats.min / entities,
    nsPerEntityP99: stats.p99 / entities,
    samples: stats.samples.length,
    bytesPerEntity: calls > 1 ? encoded / (calls - 1) / entities : 0,
  };
}

/** A world in which all viewers hold all their cells. */
function warmWorld(): MicroWorld {
  const world = new MicroWorld(ENTITIES, VIEWERS, SEED);
  for (let i = 0; i < WARM_TICKS; i++) {
    world.step();
    world.encode();
    for (const to of world.viewers) world.decode(to, world.compose(to.viewer).slice());
  }
  return world;
}

/** Entities that all viewers together are told of. */
function toldOf(world: MicroWorld): number {
  return world.viewers.reduce((sum, { replica }) => sum + replica.visibleCount, 0);
}
