/** The figures on a terminal: a row for each figure, a column for each trouble. */
// cli-table3: columns that line up, wide characters included.
import Table from "cli-table3";
import type { FeelRun } from "./run.ts";
import { type Judged, judge, shown } from "./targets.ts";

const PLAIN = { head: [], border: [], compact: true };
const MARKS = { met: "ok", missed: "MISSED", shown: "" } as const;

export function formatTable(runs: readonly FeelRun[]): string {
  const judged = judge(runs);
  const table = new Table({ head: ["seen (target)", "", ...runs.map(({ profile }) => profile)], style: PLAIN });
  for (const figure of new Set(judged.map((one) => one.figure))) {
    const row = judged.filter((one) => one.figure === figure);
    table.push([figure, row[0].unit, ...row.map(inWords)]);
  }
  const missed = judged.filter(({ verdict }) => verdict === "missed");
  return `${table.toString()}\n\n${judged.filter(({ verdict }) => verdict === "met").length} met, ${missed.length} missed`;
}

function inWords({ seen, target, verdict }: Judged): string {
  const promise = target === undefined ? "" : ` (${shown(target)}) ${MARKS[verdict]}`;
  return `${shown(seen)}${promise}`;
}
