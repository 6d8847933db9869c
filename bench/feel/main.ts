/** `npm run feel`: simulates players behind bad connections, tells what they see, writes figures and a page. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { troubleProfile } from "../../client/sync/link.ts";
import { type FeelOptions, readFeelOptions, SECONDS_DEFAULT, USAGE } from "./options.ts";
import { type FeelFile, renderPage } from "./page.ts";
import { runFeel } from "./run.ts";
import { formatTable } from "./table.ts";

const MISUSE = 2;

const options = readFeelOptions(process.argv.slice(2));
if (options === "help") console.log(USAGE);
else if (typeof options === "string") {
  console.error(`${options}\n\n${USAGE}`);
  process.exitCode = MISUSE;
} else main(options);

function main({ profiles, seconds, seed, json }: FeelOptions): void {
  const runs = profiles.map((profile) => {
    const startMs = performance.now();
    const run = runFeel({ profile, conditions: troubleProfile(profile), seconds, seed, hasHole: true });
    const tookS = (performance.now() - startMs) / 1000;
    console.error(`${profile}: ${seconds} s of ${run.players} players in ${tookS.toFixed(1)} s`);
    return run;
  });
  console.log(`\n${formatTable(runs)}`);
  if (seconds < SECONDS_DEFAULT) {
    console.log(
      `\nThe targets are for ${SECONDS_DEFAULT} s: nobody foresees the first stall, and it weighs more in less time.`,
    );
  }
  if (json === undefined) return;
  const file: FeelFile = { version: 1, seconds, seed, runs };
  const page = json.replace(/\.json$/, ".html");
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(file, rounded)}\n`);
  writeFileSync(page, renderPage(file));
  console.log(`\n${[json, page].map((path) => relative(".", path)).join("\n")}`);
}

/** Thousandths are enough of everything; what never happened is null. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toFixed(3)) : value;
}
