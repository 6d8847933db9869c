/** One server process for soak and rolling: started as it is in earnest, asked through node-probe.ts. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../server/main.ts", import.meta.url));
const PROBE = new URL("./node-probe.ts", import.meta.url).href;
/** More than a drain takes. */
const END_MS_MAX = 20_000;

export interface NodeReport {
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Time between the starts of ticks since the last report. */
  readonly tickP99Ms: number;
  readonly ticks: number;
  /** What keeps the event loop alive, by kind. */
  readonly resources: Readonly<Record<string, number>>;
}

export class NodeProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** `env` are Shoal's settings. Throws when it does not start. */
  static async start(env: Readonly<Record<string, string>>): Promise<NodeProcess> {
    const child = spawn(process.execPath, ["--expose-gc", "--import", PROBE, MAIN], {
      env: { ...process.env, HOST: "127.0.0.1", LOG_LEVEL: "warn", ...env },
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    const end = () => child.kill("SIGKILL");
    process.once("exit", end);
    child.once("exit", () => process.off("exit", end));
    return new NodeProcess(child, await readAddress(child));
  }

  async report(): Promise<NodeReport> {
    const answer = once(this.#child, "message");
    this.#child.send("report");
    const [report] = await answer;
    return report;
  }

  /** Open files of the process, sockets included; only Linux tells. */
  get descriptors(): number {
    return process.platform === "linux" ? readdirSync(`/proc/${this.#child.pid}/fd`).length : 0;
  }

  /** Players in rooms, by the server's own count. */
  async sessions(): Promise<number> {
    const answer = await fetch(`${this.url}/healthz`);
    // A checked border: health is this project's own.
    const { sessions } = (await answer.json()) as { sessions: number };
    return sessions;
  }

  /** SIGTERM; the exit code, or NaN if it had to be killed. How long it took, ms. */
  async stop(): Promise<{ code: number; tookMs: number }> {
    const fromMs = performance.now();
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, "exit");
      const timer = setTimeout(() => this.#child.kill("SIGKILL"), END_MS_MAX);
      this.#child.kill("SIGTERM");
      await ended;
      clearTimeout(timer);
    }
    return { code: this.#child.exitCode ?? Number.NaN, tookMs: performance.now() - fromMs };
  }
}

function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${printed}`)));
    child.stdout?.on("data", (text) => {
      // Log lines go on for as long as it lives.
      if (printed.length < 10_000) printed += text;
      const address = /open (http:\/\/\S+)/.exec(printed)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}
