/** F22: a room's rules throw: in the tick, where chat is handled, where an entity is encoded; once, and three times in a minute. */
import { atMost, exactly, type Figure } from "../figure.ts";
import { ask } from "../misbehaviour.ts";
import { MISBEHAVING_SERVER, pause, type Row } from "../row.ts";

const PLACES = ["step", "event", "entity"] as const;
const BACK_MS_MAX = 1500;
const TICK_MS = 50;
const ROOM_CLOSED = [4005, 4009];

export const exception: Row = {
  id: "F22",
  title: "exception in a room's tick, chat, encoder; three in 60 s",
  control: { without: "roomIsolation", misses: ["other rooms' longest time without a frame"] },
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
      const { gapMs, losses, joined, strangers } = await load.report();
      const lost = Object.values(losses).reduce((sum, one) => sum + one, 0);
      // The bots of the room that failed are those with the longest gaps.
      const others = [...gapMs].sort((a, b) => a - b).slice(0, gapMs.length - perRoom);
      figures.push(
        atMost(2 * TICK_MS, `${place}: other rooms' longest time between ticks`, ticks.maxMs, "ms"),
        atMost(5 * TICK_MS + 50, `${place}: other rooms' longest time without a frame`, Math.max(...others), "ms"),
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
