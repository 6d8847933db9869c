/** The rows on a terminal, and as the table of README.md. Pure. */
// cli-table3: columns that line up, wide characters included.
import Table from "cli-table3";
import { type Figure, isMet, type Verdict } from "./figure.ts";

const TABLE_HEAD = "| row | fault | bots | figures seen (wanted) | verdict | without its defence |";

/** What became of one row, as the result file keeps it. */
export interface RowResult {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** Why it is missed or not possible, beyond what the figures say; else empty. */
  readonly why: string;
  readonly figures: readonly Figure[];
  /** The same with the defence taken away; undefined if it was not tried. */
  readonly control: ControlResult | undefined;
  readonly seconds: number;
  /** Size of the load. */
  readonly bots: number;
}

export interface ControlResult {
  /** What was taken away, in words. */
  readonly without: string;
  /** As it must be: a row that stays green without its defence proves nothing. */
  readonly isRed: boolean;
  /** The figure that tells, in words. */
  readonly seen: string;
}

/** A row that was run again: a control without its row, or a row without its control, leaves the other as it was. */
export function mergeRows(before: RowResult | undefined, now: RowResult): RowResult {
  if (before === undefined || now.verdict === "not possible here") return now;
  if (now.figures.length === 0 && now.control !== undefined) return { ...before, control: now.control };
  return { ...now, control: now.control ?? before.control };
}

/** Of a row with several defences: red are all or none. */
export function joinControls(results: readonly ControlResult[]): ControlResult {
  const join = (words: readonly string[]) => words.filter((one) => one !== "").join("; and ");
  return {
    without: join(results.map(({ without }) => without)),
    isRed: results.every(({ isRed }) => isRed),
    seen: join(results.map(({ seen }) => seen)),
  };
}

export function formatRows(rows: readonly RowResult[]): string {
  const table = new Table({
    head: ["row", "figure", "wanted", "seen", "verdict", "control"],
    style: { head: [], border: [], compact: true },
    colWidths: [5, 46, 14, 14, 9, 40],
    wordWrap: true,
  });
  for (const row of rows) {
    const control = formatControl(row.control);
    if (row.figures.length === 0) table.push([row.id, row.why, "", "", row.verdict, control]);
    row.figures.forEach((figure, i) => {
      const verdict = figure.bound === "told" ? "" : isMet(figure) ? "met" : "missed";
      table.push([i === 0 ? row.id : "", figure.name, wanted(figure), seen(figure), verdict, i === 0 ? control : ""]);
    });
    if (row.figures.length > 0 && row.why !== "") table.push(["", row.why, "", "", row.verdict, ""]);
  }
  return table.toString();
}

/** README's lines, one for each row. */
export function formatMarkdown(rows: readonly RowResult[]): string {
  const lines = rows.map((row) => {
    const figures = row.figures.map((one) => {
      const words = `${one.name}: ${seen(one)}${one.bound === "told" ? "" : ` (${wanted(one)})`}`;
      return isMet(one) ? words : `**${words}**`;
    });
    const notes = row.why === "" ? figures : [...figures, row.why];
    const control = row.control === undefined ? "" : `${row.control.without}: ${row.control.seen}`;
    return `| ${row.id} | ${row.title} | ${row.bots} | ${notes.join("; ")} | ${row.verdict} | ${control} |`;
  });
  return [TABLE_HEAD, "|---|---|---|---|---|---|", ...lines].join("\n");
}

/** README with these rows for those that it shows. Throws if it has no table. */
export function withTable(readme: string, rows: readonly RowResult[]): string {
  const from = readme.indexOf(TABLE_HEAD);
  const to = readme.indexOf("\n\n", from);
  if (from < 0 || to < 0) throw new Error("README has no table of rows");
  return readme.slice(0, from) + formatMarkdown(rows) + readme.slice(to);
}

function formatControl(control: ControlResult | undefined): string {
  if (control === undefined) return "";
  return `${control.isRed ? "red" : "STILL GREEN"} without ${control.without}${control.isRed ? `: ${control.seen}` : ""}`;
}

/** The first figure that is missed, in words. */
export function firstMissed(figures: readonly Figure[]): string {
  const missed = figures.find((figure) => !isMet(figure));
  return missed === undefined ? "" : `${missed.name} ${seen(missed)}`;
}

function wanted({ bound, limit, unit }: Figure): string {
  if (bound === "told") return "";
  const sign = bound === "at most" ? "≤ " : bound === "at least" ? "≥ " : "";
  return sign + quantity(limit, unit);
}

function seen({ seen: value, unit }: Figure): string {
  return quantity(value, unit);
}

/** Three digits are more than any of these figures repeat to. */
function quantity(value: number, unit: string): string {
  // null in a result file: JSON has no NaN.
  if (!Number.isFinite(value)) return "not seen";
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const text = value.toLocaleString("en", { maximumFractionDigits: digits });
  return unit === "" ? text : `${text} ${unit}`;
}
