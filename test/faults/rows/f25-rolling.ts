/**
 * F25: two nodes under load are replaced one after the other: `rolling.ts`, which `npm run rolling` runs by itself. And the next version: the
 * same node with another fingerprint of its schema, which tells clients of the one before to reload (SPEC H3).
 */
import { join } from "node:path";
import { atMost, exactly, type Figure, largest } from "../figure.ts";
import { type Context, pause, type Row } from "../row.ts";
import { runScript } from "../script.ts";

const BOTS_MAX = 40;
const VERSION_MISMATCH = 4501;
const BACK_MS_MAX = 15_000;
/** Who comes back although it was told not to has come by then: twice the longest pause between tries. */
const QUIET_MS = 10_000;
const ROLLING = join(import.meta.dirname, "../rolling.ts");

interface Rolling {
  readonly replacements: readonly {
    readonly exitCode: number;
    readonly endedMs: number;
    readonly welcomesMax: number;
    readonly lostSeats: number;
    readonly gapP99Ms: number;
    readonly othersGapMaxMs: number;
  }[];
}

export const rolling: Row = {
  id: "F25",
  title: "rolling deploy: two nodes replaced one after the other",
  control: { without: "restoring", misses: ["seats lost"] },
  async run(context) {
    const args = ["--bots", String(context.options.bots), "--settle", context.isShort ? "3" : "8"];
    const { replacements } = await runScript<Rolling>(context, ROLLING, args);
    const most = (of: (one: Rolling["replacements"][0]) => number) => largest(replacements.map(of));
    return [
      ...(context.isControl ? [] : await nextVersion(context)),
      exactly(2, "nodes replaced", replacements.length),
      exactly(
        0,
        "exit code",
        most(({ exitCode }) => Math.abs(exitCode)),
      ),
      atMost(10, "a node ends after", most(({ endedMs }) => endedMs) / 1000, "s"),
      atMost(
        1,
        "reconnections a player and node, most",
        most(({ welcomesMax }) => welcomesMax),
      ),
      atMost(2, "without a frame, p99", most(({ gapP99Ms }) => gapP99Ms) / 1000, "s"),
      exactly(
        0,
        "seats lost",
        most(({ lostSeats }) => lostSeats),
      ),
      atMost(
        500,
        "players of the other node: longest time without a frame",
        most(({ othersGapMaxMs }) => othersGapMaxMs),
        "ms",
      ),
    ];
  },
};

/** A node of version N-1 with its players is followed by one of version N, which clients of both come to. */
async function nextVersion(context: Context): Promise<readonly Figure[]> {
  context.say("the next version");
  const env = { DATA_DIR: context.folder() };
  const bots = Math.min(BOTS_MAX, context.options.bots);
  const before = await context.server({ env });
  const old = await context.load(before, { bots });
  await old.mark();
  before.signal("SIGTERM");
  await before.exited;
  const server = await context.server({ env, ports: before.ports, without: "sameSchema" });
  const isTold = ({ refusals }: { refusals: Readonly<Record<number, number>> }) =>
    (refusals[VERSION_MISMATCH] ?? 0) >= bots;
  await old.until(isTold, BACK_MS_MAX);
  await pause(QUIET_MS);
  const told = (await old.report()).refusals[VERSION_MISMATCH] ?? 0;
  const young = await context.load(server, { bots, firstIndex: bots, without: "sameSchema" });
  await pause(1000);
  const { joined, losses, refusals } = await young.report();
  const ends = [losses, refusals].flatMap((codes) => Object.values(codes)).reduce((sum, one) => sum + one, 0);
  await old.stop();
  await young.stop();
  await server.stop();
  return [
    exactly(bots, `next version: of ${bots} clients of the one before, told to reload (4501), once each`, told),
    exactly(bots, "next version: its own clients in rooms", joined),
    exactly(0, "next version: its own clients refused or lost", ends),
    exactly(0, "next version: bugs logged", server.bugs),
  ];
}
