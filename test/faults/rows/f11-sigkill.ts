/** F11: the process is killed, and started again at the same place. */
import { atLeast, atMost, exactly, type Figure, MOVED_UNITS_MAX, percentile, told } from "../figure.ts";
import { pause, type Row, WITHOUT_STATE } from "../row.ts";

const SHOUTS_PER_MINUTE = 6;
const TALK_MS = 6000;
const TICK_MS = 50;
const BACK_MS_MAX = 20_000;
const SETTLE_MS = 3000;

export const sigkill: Row = {
  id: "F11",
  title: "SIGKILL under load, restart of the same server",
  control: WITHOUT_STATE,
  async run(context) {
    const env = { DATA_DIR: context.folder() };
    const server = await context.server({ env });
    const load = await context.load(server);
    const calm = await context.calm(server);
    await load.shout(SHOUTS_PER_MINUTE);
    await pause(TALK_MS);
    await load.mark();
    context.say("SIGKILL");
    server.signal("SIGKILL");
    await server.exited;
    const startMs = performance.now();
    const next = await context.server({ env, ports: server.ports });
    const back = await load.until(({ joined }) => joined >= load.bots, BACK_MS_MAX);
    const backMs = performance.now() - startMs;
    const { movedUnits } = back;
    await pause(Math.max(0, SETTLE_MS - (performance.now() - startMs)));
    const later = await context.ticksDuring(next, () => pause(context.isShort ? 1000 : 5000));
    await load.shout(0);
    await pause(2000);
    const { chat, strangers, begunAnew, gapMs, reasons } = await load.report();
    context.say(`reasons: ${reasons.join(" | ")}`);
    for (const example of chat.examples) context.say(`lost line ${example}`);
    context.say(`back after ${Math.round(performance.now() - startMs)} ms`);
    const figures: Figure[] = [
      atMost(1000, "serves after", next.readyMs, "ms"),
      exactly(load.bots, "players back", back.joined),
      atMost(5000, "all back after", back.joined >= load.bots ? backMs : Number.NaN, "ms"),
      atMost(4000, "without a frame, p99", percentile(gapMs, 0.99), "ms"),
      exactly(0, "players who are another tadpole now", strangers),
      exactly(0, "players who began anew", begunAnew),
      atMost(MOVED_UNITS_MAX, "moved since the kill, p99", percentile(movedUnits, 0.99), "units"),
      atMost(2 * TICK_MS, "tick p99 from the 3rd second on", later.p99Ms, "ms"),
      exactly(0, `acknowledged lines lost, of ${chat.acknowledged} acknowledged and ${chat.said} said`, chat.lost),
      exactly(0, "lines heard twice", chat.doubled),
      atLeast(1, "lines acknowledged", chat.acknowledged),
      exactly(0, "bugs logged", next.bugs),
    ];
    return [...figures, told("tick p99 undisturbed", calm.p99Ms, "ms")];
  },
};
