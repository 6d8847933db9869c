/** F20: everybody comes back at the same moment, five times. */
import { atMost, exactly, type Figure, largest, percentile, told } from "../figure.ts";
import { pause, type Row } from "../row.ts";

const STORMS = 5;
const TICK_MS = 50;
const BACK_MS_MAX = 3000;
const PATIENCE_MS = 15_000;
/** SPEC S26. Fewer than these in all show nothing of it. */
const JOINS_PER_TICK_MAX = 64;

export const storm: Row = {
  id: "F20",
  title: "reconnect storm: all at once, 5 times",
  control: {
    words: "sessions that outlive their connection (RESUME_S=0)",
    env: { RESUME_S: "0" },
    misses: ["players who had to begin anew"],
  },
  moreControls: [{ without: "admission", misses: ["let in in one tick"] }],
  async run(context) {
    const server = await context.server();
    const load = await context.load(server);
    await context.calm(server);
    const allInMs: number[] = [];
    const joinMs: number[] = [];
    const tickMs: number[] = [];
    const rssMiB: number[] = [];
    const letIn: number[] = [];
    let begunAnew = 0;
    for (let i = 0; i < STORMS; i++) {
      context.say(`storm ${i + 1}`);
      const ticks = await context.ticksDuring(server, async () => {
        await load.mark();
        await load.storm();
        await pause(50);
        const report = await load.until(({ backMs }) => backMs.length >= load.bots, PATIENCE_MS);
        allInMs.push(report.backMs.length >= load.bots ? largest(report.backMs) : Number.NaN);
        joinMs.push(...report.joinMs);
        letIn.push(mostAlike(report.joinTicks));
        begunAnew += report.begunAnew;
      });
      tickMs.push(ticks.p99Ms);
      rssMiB.push(ticks.rssBytes / 2 ** 20);
      await pause(context.isShort ? 200 : 2000);
    }
    const figures: Figure[] = [
      atMost(
        BACK_MS_MAX,
        "all back after, slowest storm",
        allInMs.some(Number.isNaN) ? Number.NaN : largest(allInMs),
        "ms",
      ),
      atMost(2000, "join p99", percentile(joinMs, 0.99), "ms"),
      atMost(2 * TICK_MS, "tick p99, worst storm", largest(tickMs), "ms"),
      atMost(10, "RSS after the 5th storm against the first", (rssMiB[STORMS - 1] / rssMiB[0] - 1) * 100, "%"),
      atMost(JOINS_PER_TICK_MAX, "let in in one tick, most", largest(letIn)),
      exactly(0, "players who had to begin anew", begunAnew),
      exactly(0, "bugs logged", server.bugs),
    ];
    return [...figures, told("RSS after the first storm", rssMiB[0], "MiB")];
  },
};

/** How often the most frequent of the numbers is there. */
function mostAlike(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1);
  return largest(counts.values());
}
