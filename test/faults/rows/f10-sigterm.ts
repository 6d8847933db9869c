/** F10: SIGTERM: drains, keeps what it has, and the next process goes on with it. */
import { atMost, exactly, type Figure, MOVED_UNITS_MAX, percentile, told } from "../figure.ts";
import { msUntil, pause, type Row, WITHOUT_STATE } from "../row.ts";

const SHOUTS_PER_MINUTE = 6;
const TALK_MS = 5000;
const EXIT_MS_MAX = 10_000;
const BACK_MS_MAX = 20_000;

export const sigterm: Row = {
  id: "F10",
  title: "SIGTERM under load, and the next process",
  control: WITHOUT_STATE,
  async run(context) {
    const env = { DATA_DIR: context.folder() };
    const empty = await context.server({ env });
    const emptyMs = performance.now();
    empty.signal("SIGTERM");
    const emptyExit = await empty.exited;

    const server = await context.server({ env });
    const load = await context.load(server);
    const calm = await context.calm(server);
    await load.shout(SHOUTS_PER_MINUTE);
    await pause(TALK_MS);
    await load.mark();
    context.say("SIGTERM");
    const startMs = performance.now();
    server.signal("SIGTERM");
    const unreadyMs = await msUntil(async () => (await server.health(100)).status !== 200, 5000, 5);
    const exit = await Promise.race([server.exited, pause(EXIT_MS_MAX + 5000)]);
    const exitMs = exit === undefined ? Number.NaN : exit.atMs - startMs;
    const next = await context.server({ env, ports: server.ports });
    const back = await load.until(({ joined }) => joined >= load.bots, BACK_MS_MAX);
    await load.shout(0);
    // What was said last is on its way.
    await pause(2000);
    const { chat, strangers, gapMs, begunAnew, reasons } = await load.report();
    context.say(`reasons: ${reasons.join(" | ")}`);
    for (const example of chat.examples) context.say(`lost line ${example}`);
    context.say(`back after ${Math.round(performance.now() - startMs)} ms`);
    const figures: Figure[] = [
      atMost(100, "not ready after", unreadyMs, "ms"),
      atMost(300, "an empty server exits after", emptyExit.atMs - emptyMs, "ms"),
      exactly(0, "its exit code", emptyExit.code ?? -1),
      atMost(EXIT_MS_MAX, "with the load: exits after", exitMs, "ms"),
      exactly(0, "its exit code, with the load", exit === undefined ? -1 : (exit.code ?? -1)),
      exactly(load.bots, "players back", back.joined),
      exactly(0, "players who are another tadpole now", strangers),
      exactly(0, "players who began anew", begunAnew),
      atMost(2, "without a frame, p99", percentile(gapMs, 0.99) / 1000, "s"),
      atMost(MOVED_UNITS_MAX, "moved since the signal, p99", percentile(back.movedUnits, 0.99), "units"),
      exactly(0, `acknowledged lines lost, of ${chat.acknowledged} acknowledged and ${chat.said} said`, chat.lost),
      exactly(0, "lines heard twice", chat.doubled),
      exactly(0, "bugs logged", server.bugs + next.bugs),
    ];
    return [
      ...figures,
      told("tick p99 undisturbed", calm.p99Ms, "ms"),
      told("next server ready after", next.readyMs, "ms"),
    ];
  },
};
