/** The command line of `npm run feel`: what may be asked for, and clear words for what may not. Pure. */
import { parseArgs } from "node:util";
import { TROUBLE_PROFILES, troubleProfile } from "../../client/sync/link.ts";

/** What the targets are for. */
export const SECONDS_DEFAULT = 120;

export interface FeelOptions {
  /** Names of trouble profiles, each once. */
  profiles: string[];
  seconds: number;
  seed: number;
  /** Where the JSON goes, and the page beside it. */
  json: string | undefined;
}

const NUMBERS = {
  seconds: {
    fallback: SECONDS_DEFAULT,
    low: 5,
    high: 3600,
    help: "measured under each trouble, after 5 s to warm up; of virtual time",
  },
  seed: { fallback: 1, low: 0, high: 2 ** 32 - 1, help: "the same seed gives the same figures, bit for bit" },
} as const;

export const USAGE = `npm run feel -- [options]: what players see through bad connections, simulated

  --profile NAME  only this one of ${Object.keys(TROUBLE_PROFILES).join(", ")}; may be repeated
${Object.entries(NUMBERS)
  .map(([name, { fallback, low, high, help }]) => `${`  --${name} ${fallback}`.padEnd(18)}${help} (${low} to ${high})`)
  .join("\n")}
  --json FILE     figures go to FILE, and a page with plots beside it
  --help          this text`;

/** The options, "help" when that was asked for, or what is wrong with them. */
export function readFeelOptions(args: readonly string[]): FeelOptions | string {
  const text = { type: "string" } as const;
  if (args.includes("--help")) return "help";
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { profile: { type: "string", multiple: true }, seconds: text, seed: text, json: text },
    });
    const { profile = Object.keys(TROUBLE_PROFILES), json } = values;
    for (const name of profile) troubleProfile(name);
    if (json !== undefined && !json.endsWith(".json")) return `--json must be a .json file, not ${json}`;
    const numbers = { seconds: 0, seed: 0 };
    for (const name of ["seconds", "seed"] as const) {
      const { fallback, low, high } = NUMBERS[name];
      const given = values[name] ?? String(fallback);
      // Digits only: Number() would also take "1e3", "0x10" and "".
      const value = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
      if (!(value >= low && value <= high)) {
        return `--${name} must be a whole number from ${low} to ${high}, not ${given}`;
      }
      numbers[name] = value;
    }
    return { profiles: [...new Set(profile)], json, ...numbers };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
