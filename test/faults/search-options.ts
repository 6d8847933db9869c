/** The command lines of the long searches (`npm run history`, `npm run fuzz`): a few numbers, and clear words for what is none. Pure. */
import { parseArgs } from "node:util";

export interface NumberOption {
  readonly fallback: number;
  readonly low: number;
  readonly high: number;
  readonly help: string;
  /** A part of one will do, too. */
  readonly isFraction?: boolean;
}

export type NumberOptions = Readonly<Record<string, NumberOption>>;

/** What `--help` shows below `headline`. */
export function searchUsage(headline: string, options: NumberOptions): string {
  const lines = Object.entries(options).map(
    ([name, { fallback, low, high, help }]) => `${`  --${name} ${fallback}`.padEnd(18)}${help} (${low} to ${high})`,
  );
  return [headline, "", ...lines, `${"  --help".padEnd(18)}this text`].join("\n");
}

/** The numbers, "help" when that was asked for, or what is wrong. */
export function readSearchOptions<Known extends NumberOptions>(
  args: readonly string[],
  known: Known,
): { readonly [Name in keyof Known]: number } | string {
  const text = { type: "string" } as const;
  const options = Object.fromEntries(Object.keys(known).map((name) => [name, text]));
  let given: Readonly<Record<string, unknown>>;
  try {
    given = parseArgs({ args: [...args], options: { ...options, help: { type: "boolean" } } }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (given["help"] === true) return "help";
  const numbers: Record<string, number> = {};
  for (const [name, { fallback, low, high, isFraction }] of Object.entries(known)) {
    const words = given[name] ?? String(fallback);
    // Digits only: Number() would also take "1e3", "0x10" and "".
    const pattern = isFraction ? /^\d{1,10}(\.\d{1,3})?$/ : /^\d{1,10}$/;
    const value = typeof words === "string" && pattern.test(words) ? Number(words) : Number.NaN;
    if (!(value >= low && value <= high))
      return `--${name} must be a ${isFraction ? "" : "whole "}number from ${low} to ${high}, not ${words}`;
    numbers[name] = value;
  }
  // The loop has filled in every name of `known`.
  return numbers as { readonly [Name in keyof Known]: number };
}

/** The numbers; or prints why there are none, or the usage, and ends the process. */
export function searchOptionsOrEnd<Known extends NumberOptions>(
  headline: string,
  known: Known,
): { readonly [Name in keyof Known]: number } {
  const options = readSearchOptions(process.argv.slice(2), known);
  if (typeof options !== "string") return options;
  const usage = searchUsage(headline, known);
  if (options === "help") console.log(usage);
  else console.error(`${options}\n\n${usage}`);
  process.exit(options === "help" ? 0 : 1);
}
