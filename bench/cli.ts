/** The command line of the bench: what may be asked for, and clear words for what may not. Pure. */
import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Print the scenarios and end. */
  list: boolean;
  help: boolean;
  /** Names; empty is the whole suite. */
  scenarios: string[];
  quick: boolean;
  peers: boolean;
  /** Profile the server in the one scenario instead of measuring. */
  profile: boolean;
  /** Where the JSON goes instead of bench/results. */
  json: string | undefined;
  /** Old results to compare with. */
  compare: string | undefined;
  /** Take these results instead of measuring. */
  from: string | undefined;
  /** Part of the result files' names. */
  name: string;
  serverCpus: string | undefined;
  loadCpus: string | undefined;
  seconds: number | undefined;
  players: number | undefined;
  rounds: number | undefined;
}

export const USAGE = `npm run bench -- [options]

  --list               the scenarios, then ends
  --scenario NAME      only this one, without sweeps, search, HTTP and micro benches; may be repeated
  --quick              the whole suite in under 3 minutes: shorter, fewer repeats, coarser numbers
  --peers              also measures Colyseus, Socket.IO and ws with JSON; installs them first (bench/peers)
  --profile            with one --scenario: where the server's CPU time goes, by function; measures nothing else
  --players N          so many players in every scenario, at the scenario's density (1 to 8000)
  --seconds N          length of each measured window (1 to 600)
  --rounds N           times that each system has its turn (1 to 20)
  --server-cpus LIST   pins the server's process with taskset where that exists: 0, 0,2 or 0-3
  --load-cpus LIST     the same for the load's process
  --name NAME          results go to bench/results/<date>-NAME.json and .html (letters, digits, - and .)
  --json FILE          the JSON goes to FILE and the report beside it
  --compare OLD.json   compares with older results; the exit code is 1 if anything got worse beyond the noise
  --from FILE.json     measures nothing: makes table, report and comparison from these results
  --help               this text`;

/** A list as taskset takes it. */
const CPU_LIST = /^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/;
const RANGES = { players: [1, 8000], seconds: [1, 600], rounds: [1, 20] } as const;

/** The options, or what is wrong with them. `known` are the names of scenarios. */
export function readBenchOptions(args: readonly string[], known: readonly string[]): BenchOptions | string {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  let values: ReturnType<typeof parse>;
  const parse = () =>
    parseArgs({
      args: [...args],
      options: {
        list: flag,
        help: flag,
        quick: flag,
        peers: flag,
        profile: flag,
        scenario: { type: "string", multiple: true, default: [] },
        json: text,
        compare: text,
        from: text,
        name: text,
        "server-cpus": text,
        "load-cpus": text,
        seconds: text,
        players: text,
        rounds: text,
      },
    }).values;
  try {
    values = parse();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const unknown = values.scenario.find((name) => !known.includes(name));
  if (unknown !== undefined) return `there is no scenario ${unknown}; there are ${known.join(", ")}`;
  for (const option of ["server-cpus", "load-cpus"] as const) {
    const list = values[option];
    if (list !== undefined && !CPU_LIST.test(list)) return `--${option} must be a list such as 0 or 0,2-3, not ${list}`;
  }
  const { name = values.scenario.length > 0 ? "partial" : values.quick ? "quick" : "full" } = values;
  if (!NAME.test(name)) return `--name must be 1 to 64 letters, digits, - and ., not ${name}`;
  const numbers: Record<keyof typeof RANGES, number | undefined> = {
    players: undefined,
    seconds: undefined,
    rounds: undefined,
  };
  for (const option of ["players", "seconds", "rounds"] as const) {
    const given = values[option];
    if (given === undefined) continue;
    const [low, high] = RANGES[option];
    // Digits only: Number() would also take "1e3", "0x10" and "".
    const value = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
    if (!(value >= low && value <= high))
      return `--${option} must be a whole number from ${low} to ${high}, not ${given}`;
    numbers[option] = value;
  }
  const { list, help, quick, peers, profile, json, compare, from } = values;
  const files = { json, compare, from };
  for (const [option, file] of Object.entries(files)) {
    if (file !== undefined && !file.endsWith(".json")) return `--${option} must be a .json file, not ${file}`;
  }
  const { "server-cpus": serverCpus, "load-cpus": loadCpus } = values;
  if (profile && (values.scenario.length !== 1 || json !== undefined || compare !== undefined)) {
    return "--profile needs one --scenario, and makes no results to write or compare";
  }
  const isMeasuring = quick || peers || values.scenario.length > 0;
  const settings = [...Object.values(numbers), serverCpus, loadCpus];
  if (from !== undefined && (isMeasuring || settings.some((value) => value !== undefined))) {
    return "--from measures nothing: it goes with --compare, --json and --name only";
  }
  return {
    ...numbers,
    ...files,
    list,
    help,
    quick,
    peers,
    profile,
    name,
    scenarios: [...new Set(values.scenario)],
    serverCpus,
    loadCpus,
  };
}
