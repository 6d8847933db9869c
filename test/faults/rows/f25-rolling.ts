/**
 * F25: two nodes under load are replaced one after the other: `rolling.ts`, which `npm run rolling` runs by itself. Clients of another
 * schema are told to reload (SPEC H3, H11); between two versions of one schema there is no difference to see.
 */
import { join } from "node:path";
import { atMost, exactly, largest } from "../figure.ts";
import type { Row } from "../row.ts";
import { runScript } from "../script.ts";

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
