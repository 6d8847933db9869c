/** The command line of `npm run faults`: what may be asked for, and clear words for what may not. Pure. */
import { parseArgs } from "node:util";

export interface FaultOptions {
  readonly help: boolean;
  readonly list: boolean;
  /** Only puts the reference result into README.md. */
  readonly readme: boolean;
  /** Ids, at least one. */
  readonly rows: readonly string[];
  /** Whether the rows themselves are run, and whether their negative controls are. */
  readonly runsRows: boolean;
  readonly runsControls: boolean;
  /** A small load and short windows: shows that everything works, proves no figure. */
  readonly short: boolean;
  /** Of rows whose length is free. */
  readonly seconds: number | undefined;
  readonly bots: number | undefined;
  readonly json: string | undefined;
  readonly serverCpus: string | undefined;
  readonly loadCpus: string | undefined;
}

export const USAGE = `npm run faults -- [options]: one fault after another against a real server with 500 bots

  --row F1,F2          only these; may be repeated
  --but F23            all but these
  --list               the rows, then ends
  --readme             puts the table of results/reference.json into README.md, then ends
  --control            only the negative controls: each row with its defence taken away must fail
  --no-control         without them
  --short              few bots, short windows: shows that it works, proves no figure
  --bots N             so many bots instead of 500 (10 to 2000), in 10 rooms
  --seconds N          length of the rows whose length is free (1 to 7200)
  --server-cpus LIST   pins the server's process with taskset where that exists: 0, 0,2 or 0-3
  --load-cpus LIST     the same for the bots' process
  --json FILE          results go to FILE instead of test/faults/results/<date>.json; rows that FILE has and that
                       are not run stay in it
  --help               this text`;

const CPU_LIST = /^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/;
const RANGES = { seconds: [1, 7200], bots: [10, 2000] } as const;

/** The options, or what is wrong with them. `known` are the rows' ids. */
export function readFaultOptions(args: readonly string[], known: readonly string[]): FaultOptions | string {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const parse = () =>
    parseArgs({
      args: [...args],
      options: {
        help: flag,
        list: flag,
        readme: flag,
        control: flag,
        "no-control": flag,
        short: flag,
        row: { type: "string", multiple: true, default: [] },
        but: { type: "string", multiple: true, default: [] },
        json: text,
        seconds: text,
        bots: text,
        "server-cpus": text,
        "load-cpus": text,
      },
    }).values;
  let values: ReturnType<typeof parse>;
  try {
    values = parse();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const [asked, spared] = [values.row, values.but].map((lists) => lists.flatMap((list) => list.split(",")));
  const unknown = [...asked, ...spared].find((id) => !known.includes(id));
  if (unknown !== undefined) return `there is no row ${unknown}; there are ${known.join(", ")}`;
  const rows = known.filter((id) => (asked.length === 0 || asked.includes(id)) && !spared.includes(id));
  if (rows.length === 0) return "--row and --but leave nothing to do";
  for (const option of ["server-cpus", "load-cpus"] as const) {
    const list = values[option];
    if (list !== undefined && !CPU_LIST.test(list)) return `--${option} must be a list such as 0 or 0,2-3, not ${list}`;
  }
  const numbers: Record<keyof typeof RANGES, number | undefined> = { seconds: undefined, bots: undefined };
  for (const option of ["seconds", "bots"] as const) {
    const given = values[option];
    if (given === undefined) continue;
    const [low, high] = RANGES[option];
    // Digits only: Number() would also take "1e3", "0x10" and "".
    const value = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
    if (!(value >= low && value <= high))
      return `--${option} must be a whole number from ${low} to ${high}, not ${given}`;
    numbers[option] = value;
  }
  if (values.json !== undefined && !values.json.endsWith(".json"))
    return `--json must be a .json file, not ${values.json}`;
  if (values.control && values["no-control"]) return "--control and --no-control leave nothing to do";
  return {
    help: values.help,
    list: values.list,
    readme: values.readme,
    rows,
    runsRows: !values.control,
    runsControls: !values["no-control"],
    short: values.short,
    ...numbers,
    json: values.json,
    serverCpus: values["server-cpus"],
    loadCpus: values["load-cpus"],
  };
}
