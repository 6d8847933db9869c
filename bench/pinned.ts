/** Starts a process on chosen cores. */
import { type ChildProcess, type SerializationType, type StdioOptions, spawn } from "node:child_process";
import { existsSync } from "node:fs";

const TASKSET = "/usr/bin/taskset";

export interface PinnedOptions {
  /** Arguments of Node: the script's path first. */
  args: readonly string[];
  /** Cores as taskset takes them; undefined is any. Without taskset (not Linux) there is no pinning. */
  cpus: string | undefined;
  /** A command that runs what follows it: `prlimit ...`, `ip netns exec NAME`. It must become that process, not stay above it. */
  wrapper?: readonly string[];
  stdio: StdioOptions;
  env?: Readonly<Record<string, string>>;
  /** How messages over an "ipc" channel travel; JSON by default. */
  serialization?: SerializationType;
}

export function startPinned(options: PinnedOptions): ChildProcess {
  const { args, cpus, wrapper = [], stdio, env = {}, serialization = "json" } = options;
  const settings = { stdio, env: { ...process.env, ...env }, serialization };
  const pin = cpus === undefined || !existsSync(TASKSET) ? [] : [TASKSET, "-c", cpus];
  const [command, ...rest] = [...wrapper, ...pin, process.execPath, ...args];
  return spawn(command, rest, settings);
}

/** Harmless when it has ended. SIGTERM first; one that does not listen is killed. */
export async function endProcess(child: ChildProcess, patienceMs = 3000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(timer);
}
