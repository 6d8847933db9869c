/**
 * `npm run bench`: measures, tells, writes results and report, compares. Ends with 1 if anything got worse or anything of Shoal's
 * could not be measured, with 2 on misuse. Whatever ends it, its children end with it (`probe/end-with-parent.ts`).
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { type BenchOptions, readBenchOptions, USAGE } from "./cli.ts";
import { compareResults, formatVerdicts, hasRegression } from "./compare.ts";
import { runForked } from "./forked.ts";
import { describeMachine } from "./machine.ts";
import { measure } from "./measure.ts";
import { makePlan, roundsOf } from "./plan.ts";
import { topFunctions } from "./profile.ts";
import { Progress } from "./progress.ts";
import { renderReport } from "./report/report.ts";
import { type BenchFile, FILE_VERSION, formatResults, parseResults } from "./results.ts";
import { run } from "./runner.ts";
import { SCENARIOS } from "./scenarios.ts";
import { formatTables } from "./table.ts";

const RESULTS = join(import.meta.dirname, "results");
const PEERS = join(import.meta.dirname, "peers");
/** The promise of --quick is 3 minutes; ending processes and writing files takes the rest. */
const QUICK_LIMIT_MS = 165_000;
const FAILED = 1;
const MISUSE = 2;
const HTTP = { full: { seconds: 4, players: 1000 }, quick: { seconds: 1.5, players: 500 } };
const MICRO_SECONDS = { full: 2, quick: 0.3 };
const PROFILE_LINES = 20;
const WORKER_TIMEOUT_MS = 180_000;
/** Their values are paths of somebody's machine: the record keeps the file's name. */
const PATH_OPTIONS = ["--json", "--compare", "--from"];

const args = process.argv.slice(2);
const known = SCENARIOS.map(({ name }) => name);
const options = readBenchOptions(args, known);
if (typeof options === "string") fail(`${options}\n\n${USAGE}`);
else if (options.help) console.log(USAGE);
else if (options.list) console.log(SCENARIOS.map(({ name, what }) => `${name.padEnd(16)} ${what}`).join("\n"));
else if (options.profile) await profileServer(options);
else await main(options);

async function main(options: BenchOptions): Promise<void> {
  // Before an hour of measuring, not after it.
  const old = options.compare === undefined ? undefined : readResults(options.compare);
  if (options.compare !== undefined && old === undefined) return;
  const file = options.from === undefined ? await measureAll(options) : readResults(options.from);
  if (file === undefined) return;
  const paths = pathsOf(options, file);
  mkdirSync(dirname(paths.json), { recursive: true });
  if (options.from === undefined) writeFileSync(paths.json, formatResults(file));
  writeFileSync(paths.html, renderReport(file));
  const written = [paths.json, paths.html].map((path) => relative(".", path));
  console.log(`\n${formatTables(file)}\n\n${written.join("\n")}`);
  if (old === undefined) return;
  const verdicts = compareResults(old, file);
  console.log(`\nCompared with ${basename(options.compare ?? "")}:\n${formatVerdicts(verdicts)}`);
  if (hasRegression(verdicts)) process.exitCode = FAILED;
}

async function profileServer(options: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "shoal-profile-"));
  const profilePath = join(folder, "server.cpuprofile");
  const { serverCpus, loadCpus } = options;
  const [{ scenario }] = makePlan(options).rounds;
  const onProgress = (text: string) => console.error(text);
  await measure({ scenario, system: "shoal", round: 0, serverCpus, loadCpus, profilePath, onProgress });
  console.log(topFunctions(JSON.parse(readFileSync(profilePath, "utf8")), PROFILE_LINES).join("\n"));
  console.log(`\n${profilePath} (for Chrome's developer tools)`);
}

async function measureAll(options: BenchOptions): Promise<BenchFile> {
  if (options.peers) installPeers();
  const startMs = Date.now();
  const plan = makePlan(options);
  const { serverCpus, loadCpus, quick } = options;
  const pace = quick ? "quick" : "full";
  const nowMs = () => performance.now();
  const progress = new Progress({
    write: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    nowMs,
  });
  const forked = { timeoutMs: WORKER_TIMEOUT_MS };
  const { failures, ...results } = await run({
    plan,
    progress,
    serverCpus,
    loadCpus,
    limitMs: quick ? QUICK_LIMIT_MS : undefined,
    instruments: {
      measure,
      measureHttp: (onProgress) => {
        const settings = JSON.stringify({ serverCpus, ...HTTP[pace] });
        const path = join(import.meta.dirname, "./http/worker.ts");
        return runForked({ ...forked, path, args: [settings], cpus: loadCpus, onProgress });
      },
      measureMicro: (onProgress) => {
        const path = join(import.meta.dirname, "./micro/worker.ts");
        return runForked({ ...forked, path, args: [String(MICRO_SECONDS[pace])], cpus: serverCpus, onProgress });
      },
      nowMs,
    },
  });
  progress.say(`measured in ${Math.round((Date.now() - startMs) / 1000)} s`);
  if (failures.length > 0 || results.measurements.length === 0) process.exitCode = FAILED;
  const { seconds, players } = options;
  const parameters = {
    quick,
    roundsOf: roundsOf(plan),
    seconds,
    players,
    serverCpus,
    loadCpus,
    systems: [...plan.systems],
  };
  return {
    version: FILE_VERSION,
    name: options.name,
    date: new Date(startMs).toISOString(),
    ...describeMachine(),
    parameters: { ...parameters, command: commandLine() },
    scenarios: [...plan.scenarios],
    series: [...plan.series],
    ...results,
  };
}

/** Undefined after words to the user. */
function readResults(path: string): BenchFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return fail(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = parseResults(text);
  return typeof parsed === "string" ? fail(`${path} ${parsed}`) : parsed;
}

function pathsOf({ json, from, name }: BenchOptions, { date }: BenchFile): { json: string; html: string } {
  const chosen = json ?? from ?? join(RESULTS, `${date.slice(0, 10)}-${name}.json`);
  return { json: chosen, html: chosen.replace(/\.json$/, ".html") };
}

/** Peers are nobody's dependency but this command's. Not again when nothing changed since. */
function installPeers(): void {
  const writtenMs = (name: string) => statSync(join(PEERS, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (writtenMs("node_modules/.package-lock.json") > writtenMs("package-lock.json")) return;
  console.error("installing the peers (bench/peers) ...");
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: PEERS, stdio: ["ignore", "ignore", "inherit"] });
}

function commandLine(): string {
  const shown = args.map((arg, i) => {
    const [option, value] = arg.split("=");
    if (PATH_OPTIONS.includes(option) && value !== undefined) return `${option}=${basename(value)}`;
    return PATH_OPTIONS.includes(args[i - 1]) ? basename(arg) : arg;
  });
  return ["npm run bench", ...(shown.length > 0 ? ["--", ...shown] : [])].join(" ");
}

function fail(words: string): undefined {
  console.error(words);
  process.exitCode = MISUSE;
  return undefined;
}
