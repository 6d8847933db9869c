/**
 * `npm run faults`: one row after another, each with its negative control; a table and a JSON file. Ends with 1 if a row is missed or
 * a control stays green, with 2 on misuse. Whatever ends it, what it started is ended and cleaned up.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describeMachine } from "../../bench/machine.ts";
import { readFaultOptions, USAGE } from "./options.ts";
import { ROWS } from "./rows/index.ts";
import { RowRunner } from "./runner.ts";
import { formatRows, mergeRows, type RowResult, withTable } from "./table.ts";

const RESULTS = join(import.meta.dirname, "results");
const FAILED = 1;
const MISUSE = 2;
const INTERRUPTED = 130;

const options = readFaultOptions(
  process.argv.slice(2),
  ROWS.map(({ id }) => id),
);
if (typeof options === "string") {
  console.error(`${options}\n\n${USAGE}`);
  process.exitCode = MISUSE;
} else if (options.help) console.log(USAGE);
else if (options.list) console.log(ROWS.map(({ id, title }) => `${id.padEnd(5)}${title}`).join("\n"));
else if (options.readme) writeReadme();
else {
  const runner = new RowRunner(options, (text) => console.error(text));
  const stop = () => {
    void runner.stop().then(() => process.exit(INTERRUPTED));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  // Of what a row began and gave up: it must not take the others with it.
  process.on("unhandledRejection", (error) => console.error(error));
  const path = options.json ?? join(RESULTS, `${new Date().toISOString().slice(0, 10)}.json`);
  const results: RowResult[] = [];
  for (const row of ROWS) {
    if (!options.rows.includes(row.id)) continue;
    console.error(`${new Date().toISOString()} ${row.id}, ${results.length + 1} of ${options.rows.length}`);
    results.push(await runner.run(row));
    // After each: an hour's results are not lost with the last row.
    write(path, results);
  }
  const minutes = results.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  console.log(`${formatRows(results)}\n\n${results.length} rows in ${minutes.toFixed(1)} min: ${relative(".", path)}`);
  const isBad = ({ verdict, control }: RowResult) => verdict === "missed" || control?.isRed === false;
  process.exitCode = results.some(isBad) ? FAILED : 0;
}

function writeReadme(): void {
  const { rows } = JSON.parse(readFileSync(join(RESULTS, "reference.json"), "utf8"));
  const path = join(import.meta.dirname, "README.md");
  writeFileSync(path, withTable(readFileSync(path, "utf8"), rows));
}

/** What was not run this time stays as it is in the file: other rows, and of these the part that was left out. */
function write(path: string, results: readonly RowResult[]): void {
  const before: { rows: RowResult[] } = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { rows: [] };
  const known = new Map(before.rows.map((row) => [row.id, row]));
  for (const row of results) known.set(row.id, mergeRows(known.get(row.id), row));
  const rows = ROWS.flatMap(({ id }) => known.get(id) ?? []);
  mkdirSync(dirname(path), { recursive: true });
  const { machine, node, kernel } = describeMachine();
  writeFileSync(path, `${JSON.stringify({ date: new Date().toISOString(), machine, node, kernel, rows }, null, 1)}\n`);
}
