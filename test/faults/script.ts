/** Runs one of the scripts beside this file (soak, rolling) with its own options, and reads the JSON that it leaves. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { endProcess, startPinned } from "../../bench/pinned.ts";
import type { Context } from "./row.ts";

const WITHOUT = join(import.meta.dirname, "./without.ts");

/** Throws if it leaves nothing. Its exit code is its own verdict; rows judge by the figures. */
export async function runScript<Result>(context: Context, path: string, args: readonly string[]): Promise<Result> {
  const json = join(context.folder(), "result.json");
  const without = context.options.control?.without;
  // By NODE_OPTIONS it reaches the servers that the script starts.
  const env: Record<string, string> =
    without === undefined ? {} : { FAULTS_WITHOUT: without, NODE_OPTIONS: `--import=${WITHOUT}` };
  const child = startPinned({
    args: [path, ...args, "--json", json],
    cpus: undefined,
    env,
    stdio: ["ignore", "ignore", "ignore"],
  });
  context.onEnd(() => endProcess(child));
  await new Promise<void>((done) => child.once("exit", () => done()));
  if (!existsSync(json)) throw new Error("the script left no result");
  return JSON.parse(readFileSync(json, "utf8"));
}
