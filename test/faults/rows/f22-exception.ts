/**
 * F22: a room's rules throw: in the tick, where chat is handled, where an entity is encoded, in the filter of words; once, and three times
 * in a minute.
 */
import { atMost, exactly, type Figure, largest } from "../figure.ts";
import { ask } from "../misbehaviour.ts";
import { MISBEHAVING_SERVER, pause, type Row } from "../row.ts";

const PLACES = ["step", "event", "entity", "filter"] as const;
const BACK_MS_MAX = 1500;
const TICK_MS = 50;
/** Bots are dealt out to rooms in turn; misbehaviour.ts asks the first. */
const ROOM_THAT_FAILS = 0;
const ROOM_CLOSED = [4005, 4009];

export const exception: Row = {
  id: "F22",
  title: "exception in a room's tick, chat, encoder, filter of words; three in 60 s",
  control: {
    without: "roomIsolation",
    misses: ["other rooms' largest step", "other rooms' longest time without a frame"],
  },
  async run(context) {
    const figures: Figure[] = [];
    for (const place of PLACES) {
      context.say(`in ${place}`);
      const server = await context.server({ entry: MISBEHAVING_SERVER, env: { DATA_DIR: context.folder() } });
      const load = await context.load(server);
      const perRoom = load.bots / context.options.rooms;
      await context.calm(server);
      await load.mark();
      const ticks = await context.ticksDuring(server, async () => {
        await ask(server.ports.game, `!throw ${place}`);
        await pause(3000);
      });
      const { gapMs, losses, joined, strangers, tickSteps } = await load.report();
      const lost = Object.values(losses).reduce((sum, one) => sum + one, 0);
      // The bots of the room that failed are those with the longest gaps.
      const others = [...gapMs].sort((a, b) => a - b).slice(0, gapMs.length - perRoom);
      const steps = roomSteps(tickSteps, context.options.rooms);
      figures.push(
        atMost(2 * TICK_MS, `${place}: other rooms' longest time between ticks`, ticks.maxMs, "ms"),
        atMost(5 * TICK_MS + 50, `${place}: other rooms' longest time without a frame`, Math.max(...others), "ms"),
        exactly(1, `${place}: other rooms' largest step from one tick told of to the next`, largest(steps)),
        atMost(BACK_MS_MAX, `${place}: the room's longest time without a frame`, Math.max(...gapMs), "ms"),
        exactly(load.bots, `${place}: players in rooms 3 s later`, joined),
        exactly(0, `${place}: players who are another tadpole now`, strangers),
      );
      if (lost > perRoom) figures.push(atMost(perRoom, `${place}: connections lost`, lost));
      if (place === "step" && !context.isControl) {
        context.say("three times");
        for (let i = 0; i < 2; i++) {
          await ask(server.ports.game, `!throw ${place}`);
          await pause(2500);
        }
        const after = await load.report();
        const closed = ROOM_CLOSED.reduce((sum, code) => sum + (after.losses[code] ?? 0), 0);
        figures.push(exactly(1, "third time: the room is closed with its code", Number(closed >= perRoom)));
      }
      await load.stop();
      await server.stop();
      if (context.isControl) break;
    }
    return figures;
  },
};

/**
 * Of each room but the one that fails: the largest step of who was told of the most ticks. Others may have been told of fewer,
 * where nothing moved (SPEC K7); a tick that the room missed, nobody was told of.
 */
function roomSteps(tickSteps: readonly number[], rooms: number): number[] {
  const steps: number[] = [];
  for (let room = 0; room < rooms; room++) {
    const own = tickSteps.filter((_, i) => i % rooms === room);
    if (room !== ROOM_THAT_FAILS) steps.push(Math.min(...own));
  }
  return steps;
}
