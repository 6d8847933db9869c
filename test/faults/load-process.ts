/** The load, as rows see it: bots in a process of their own, and what became of them. */
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { endProcess, startPinned } from "../../bench/pinned.ts";
import type { DefenceName } from "./defences.ts";
import type { JoinOptions, LoadCommand, LoadReport } from "./load.ts";

const LOAD = join(import.meta.dirname, "./load.ts");
const WITHOUT = join(import.meta.dirname, "./without.ts");
const JOIN_MS_MAX = 60_000;
const ANSWER_MS_MAX = 20_000;
const POLL_MS = 100;

interface ProcessOptions {
  readonly cpus?: string | undefined;
  readonly wrapper?: readonly string[];
  /** Of the client's own code, as with servers. */
  readonly without?: DefenceName | undefined;
}

export class LoadProcess {
  readonly #child: ChildProcess;
  readonly bots: number;

  private constructor(child: ChildProcess, bots: number) {
    this.#child = child;
    this.bots = bots;
  }

  /** Resolves when all bots have had their first frame. `wrapper`: see startPinned. */
  static async start(options: JoinOptions, { cpus, wrapper = [], without }: ProcessOptions = {}): Promise<LoadProcess> {
    const stdio = ["ignore", "inherit", "inherit", "ipc"] as const;
    const args = without === undefined ? [LOAD] : ["--import", WITHOUT, LOAD];
    const env: Record<string, string> = without === undefined ? {} : { FAULTS_WITHOUT: without };
    const child = startPinned({ args, env, cpus, wrapper, stdio: [...stdio], serialization: "advanced" });
    const load = new LoadProcess(child, options.bots);
    try {
      await load.#ask({ ask: "join", ...options }, JOIN_MS_MAX);
    } catch (error) {
      await load.stop();
      throw error;
    }
    return load;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async mark(): Promise<void> {
    await this.#ask({ ask: "mark" });
  }

  async report(): Promise<LoadReport> {
    const { report } = await this.#ask({ ask: "report" });
    if (report === undefined) throw new Error("the load had no report");
    return report;
  }

  async shout(perMinute: number): Promise<void> {
    await this.#ask({ ask: "shout", perMinute });
  }

  async storm(): Promise<void> {
    await this.#ask({ ask: "storm" });
  }

  async lookFor(firstIndex: number, count: number): Promise<void> {
    await this.#ask({ ask: "look-for", firstIndex, count });
  }

  async leave(): Promise<void> {
    await this.#ask({ ask: "leave" });
  }

  /** The report in which `holds` first does, or the last one when the time is over. */
  async until(holds: (report: LoadReport) => boolean, timeoutMs: number): Promise<LoadReport> {
    for (const startMs = performance.now(); ; ) {
      const report = await this.report();
      if (holds(report) || performance.now() - startMs > timeoutMs) return report;
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill("SIGCONT");
    await endProcess(this.#child, 1000);
  }

  /** One question at a time. */
  #ask(command: LoadCommand, timeoutMs = ANSWER_MS_MAX): Promise<{ report?: LoadReport }> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        child.off("message", onMessage);
        child.off("exit", onExit);
        act();
      };
      // A checked border: the load sends nothing else.
      const onMessage = (message: unknown) => finish(() => resolve(message as { report?: LoadReport }));
      const onExit = () => finish(() => reject(new Error("the load ended")));
      const timer = setTimeout(
        () => finish(() => reject(new Error(`the load: no answer to ${command.ask}`))),
        timeoutMs,
      );
      child.on("message", onMessage);
      child.on("exit", onExit);
      child.send(command);
    });
  }
}
