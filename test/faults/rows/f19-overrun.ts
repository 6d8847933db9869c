/** F19: one room's tick costs three ticks' time, for a second and for ever. */
import { atMost, exactly, type Figure, told } from "../figure.ts";
import { ask } from "../misbehaviour.ts";
import { MISBEHAVING_SERVER, msUntil, pause, type Row } from "../row.ts";

const TICK_MS = 50;
const COST_MS = 3 * TICK_MS;
const FOR_EVER_MS = 600_000;
const TURN_MS_MAX = 100;
const VERDICT_MS_MAX = 10_000;
const SECONDS = 60;

export const overrun: Row = {
  id: "F19",
  title: "one room needs 150 ms a tick, for 1 s and for ever",
  control: { without: "roomBudget", misses: ["time between ticks of the others", "the room is closed after"] },
  async run(context) {
    const server = await context.server({ entry: MISBEHAVING_SERVER });
    const load = await context.load(server);
    const calm = await context.calm(server);
    context.say("for a second");
    await load.mark();
    const second = await context.ticksDuring(server, async () => {
      await ask(server.ports.game, `!slow ${COST_MS} 1000`);
      await pause(4000);
    });
    const { losses } = await load.report();
    context.say("for ever");
    const startMs = performance.now();
    let verdictMs = Number.NaN;
    const seconds = context.isControl ? 12 : context.seconds(SECONDS);
    const rooms = () => server.metric("shoal_rooms");
    const before = await rooms();
    const forEver = await context.ticksDuring(server, async () => {
      await ask(server.ports.game, `!slow ${COST_MS} ${FOR_EVER_MS}`);
      await msUntil(async () => (await rooms()) < before, VERDICT_MS_MAX + 2000, 100);
      verdictMs = (await rooms()) < before ? performance.now() - startMs : Number.NaN;
      await pause(Math.max(0, seconds * 1000 - (performance.now() - startMs)));
    });
    const turns = forEver.probe.ticks.map(([, , durationMs]) => durationMs);
    const figures: Figure[] = [
      exactly(
        0,
        "for 1 s: clients lost",
        Object.values(losses).reduce((sum, one) => sum + one, 0),
      ),
      atMost(1000, "for 1 s: back to 20 Hz after", msToPlain(second.probe.ticks), "ms"),
      atMost(1.5 * TICK_MS, "for ever: time between ticks of the others, p99", forEver.p99Ms, "ms"),
      atMost(TURN_MS_MAX, "for ever: longest turn", Math.max(...turns), "ms"),
      atMost(VERDICT_MS_MAX, "for ever: the room is closed after", verdictMs, "ms"),
      exactly(0, "bugs logged", server.bugs),
    ];
    return [...figures, told("tick p99 undisturbed", calm.p99Ms, "ms")];
  },
};

/** From the end of the second in which the room was slow to the first of ten ticks in a row that come in time. */
function msToPlain(ticks: readonly (readonly [number, number, number, number])[]): number {
  const firstSlow = ticks.findIndex(([, , durationMs]) => durationMs > TICK_MS);
  if (firstSlow < 0) return 0;
  const endMs = ticks[firstSlow][1] + 1000;
  const isInTime = (i: number) =>
    i + 1 < ticks.length && Math.abs(ticks[i + 1][1] - ticks[i][1] - TICK_MS) < TICK_MS / 2;
  for (let i = 0; i < ticks.length; i++) {
    if (ticks[i][1] < endMs) continue;
    if (Array.from({ length: 10 }, (_, k) => isInTime(i + k)).every(Boolean)) return ticks[i][1] - endMs;
  }
  return Number.NaN;
}
