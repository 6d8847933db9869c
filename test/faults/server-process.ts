/**
 * A real server in a process of its own, seen from outside: its ports, its health and metrics, its logs, its process as the system
 * shows it, and the probe that was loaded before its code. Knows nothing of rows.
 */
import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { endProcess, startPinned } from "../../bench/pinned.ts";
import type { ServerProbe } from "../../bench/probe/preload.ts";
import { freePort } from "../setup/free-port.ts";
import type { DefenceName } from "./defences.ts";
import { largest, percentile } from "./figure.ts";

const MAIN = join(import.meta.dirname, "../../server/main.ts");
const PROBE = join(import.meta.dirname, "./server-probe.ts");
const WITHOUT = join(import.meta.dirname, "./without.ts");
const READY_MS_MAX = 20_000;
const ANSWER_MS_MAX = 15_000;
const HEALTH_MS_MAX = 1000;
const LINES_MAX = 5000;

export interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of the product's entry. */
  readonly entry?: string;
  readonly without?: DefenceName | undefined;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** So that a server can be started again at the same place. */
  readonly ports?: Ports;
  readonly cpus?: string | undefined;
  /** Limit of open files. */
  readonly descriptors?: number;
  /** What its standard output is: read by us, a pipe that nobody reads, or a file. */
  readonly stdout?: "read" | "unread" | number;
}

export interface Ports {
  readonly game: number;
  readonly admin: number;
}

/** What ticks of one stretch of time looked like from outside. */
export interface Ticks {
  readonly count: number;
  /** From one tick's start to the next one's, ms. */
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly rssBytes: number;
  readonly probe: ServerProbe;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** performance.now() of this process. */
  readonly atMs: number;
}

export class ServerProcess {
  readonly host: string;
  readonly ports: Ports;
  readonly options: ServerOptions;
  readonly exited: Promise<Exit>;
  /** From the start of the process to its first good answer. */
  readyMs = 0;
  /** Newest log lines. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, options: ServerOptions, ports: Ports) {
    this.#child = child;
    this.options = options;
    this.host = options.host ?? "127.0.0.1";
    this.ports = ports;
    this.exited = new Promise((done) =>
      child.once("exit", (code, signal) => done({ code, signal, atMs: performance.now() })),
    );
    if (options.stdout === undefined || options.stdout === "read")
      child.stdout?.on("data", (chunk) => this.#keep(chunk));
    child.stderr?.on("data", (chunk) => this.#keep(chunk));
  }

  /** Resolves when it answers. Throws, with what it said, if it does not. */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const ports = options.ports ?? { game: await freePort(), admin: await freePort() };
    const startMs = performance.now();
    const server = new ServerProcess(spawnServer(options, ports), options, ports);
    try {
      while ((await server.health()).status !== 200) {
        if (server.hasEnded) throw new Error(`the server ended: ${server.lines.slice(-8).join(" | ")}`);
        if (performance.now() - startMs > READY_MS_MAX) throw new Error("the server did not get ready");
      }
    } catch (error) {
      await server.stop();
      throw error;
    }
    server.readyMs = performance.now() - startMs;
    return server;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get url(): string {
    return `http://${this.host}:${this.ports.game}`;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Lines that tell of a bug: something that the server caught in its last nets. */
  get bugs(): number {
    return this.lines.filter((line) => line.includes('"msg":"bug:')).length;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  stopReading(): void {
    this.#child.stdout?.destroy();
  }

  /** Status 0: no answer in time. */
  async health(timeoutMs = HEALTH_MS_MAX): Promise<{ status: number; text: string; tookMs: number }> {
    const startMs = performance.now();
    try {
      const answer = await fetch(`${this.url}/healthz`, { signal: AbortSignal.timeout(timeoutMs) });
      return { status: answer.status, text: await answer.text(), tookMs: performance.now() - startMs };
    } catch {
      await pause(10);
      return { status: 0, text: "", tookMs: performance.now() - startMs };
    }
  }

  /** A value of the metrics page, NaN if it has none of that name (labels included). */
  async metric(name: string): Promise<number> {
    for (const port of [this.ports.admin, this.ports.game]) {
      const base = port === this.ports.admin ? `http://127.0.0.1:${port}` : this.url;
      const page = await fetch(`${base}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) }).then(
        (answer) => (answer.ok ? answer.text() : undefined),
        () => undefined,
      );
      if (page === undefined) continue;
      const line = page.split("\n").find((one) => one.startsWith(`${name} `));
      return line === undefined ? Number.NaN : Number(line.slice(name.length + 1));
    }
    return Number.NaN;
  }

  startTicks(): void {
    this.#tell("start-window");
  }

  /** Of the time since `startTicks`. Memory is looked at after a collection. */
  async endTicks(): Promise<Ticks> {
    const { probe } = await this.#ask<{ probe: ServerProbe }>("end-window", "probe");
    const gaps = probe.ticks.slice(1).map(([, startMs], i) => startMs - probe.ticks[i][1]);
    const { rssBytes } = probe;
    return { count: probe.ticks.length, p99Ms: percentile(gaps, 0.99), maxMs: largest(gaps), rssBytes, probe };
  }

  /** Resident memory after a collection. */
  async rssBytes(): Promise<number> {
    return (await this.#ask<{ rssBytes: number }>("rss", "rssBytes")).rssBytes;
  }

  async heap(): Promise<{ usedBytes: number; resources: number }> {
    return (await this.#ask<{ heap: { usedBytes: number; resources: number } }>("heap", "heap")).heap;
  }

  watchLoop(): void {
    this.#tell("watch-loop");
  }

  /** How long the event loop stood still at most since `watchLoop`, ms. */
  async longestTurnMs(): Promise<number> {
    return (await this.#ask<{ loop: { longestMs: number } }>("loop", "loop")).loop.longestMs;
  }

  /** Open file descriptors. */
  descriptors(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** CPU time used so far, seconds. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, "utf8");
    // After the name in brackets; user and system time are fields 14 and 15, in hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** Of a supervisor: the process that serves. */
  childPid(): number {
    try {
      return Number(readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, "utf8").trim().split(" ")[0]);
    } catch {
      return 0;
    }
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    // A process that was stopped hears no other signal.
    for (const pid of [this.pid, this.childPid()]) if (pid > 0) process.kill(pid, "SIGCONT");
    await endProcess(this.#child, 1000);
  }

  /** Whether it hears is seen by what is asked later. */
  #tell(ask: string): void {
    this.#child.send({ ask }, () => {});
  }

  #ask<Answer>(ask: string, key: string): Promise<Answer> {
    const child = this.#child;
    if (this.hasEnded) return Promise.reject(new Error(`the server ended before ${ask}`));
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        child.off("message", onMessage);
        child.off("exit", onExit);
        act();
      };
      const onMessage = (message: unknown) => {
        if (typeof message === "object" && message !== null && key in message) finish(() => resolve(message as Answer));
      };
      const onExit = () => finish(() => reject(new Error(`the server ended before it answered ${ask}`)));
      const timer = setTimeout(() => finish(() => reject(new Error(`no answer to ${ask}`))), ANSWER_MS_MAX);
      child.on("message", onMessage);
      child.on("exit", onExit);
      this.#tell(ask);
    });
  }

  #keep(chunk: unknown): void {
    this.lines.push(...String(chunk).split("\n").filter(Boolean));
    if (this.lines.length > LINES_MAX) this.lines.splice(0, this.lines.length - LINES_MAX);
  }
}

function spawnServer(options: ServerOptions, ports: Ports): ChildProcess {
  const { env = {}, entry = MAIN, without, host = "127.0.0.1", cpus, stdout = "read" } = options;
  const imports = without === undefined ? [PROBE] : [PROBE, WITHOUT];
  const args = [...imports.flatMap((module) => ["--import", module]), entry];
  return startPinned({
    args,
    cpus,
    wrapper: limits(options),
    env: {
      HOST: host,
      PORT: String(ports.game),
      ADMIN_PORT: String(ports.admin),
      LOG_LEVEL: "warn",
      SEED: "1",
      ...(without === undefined ? {} : { FAULTS_WITHOUT: without }),
      ...env,
    },
    stdio: ["ignore", typeof stdout === "number" ? stdout : "pipe", "pipe", "ipc"],
    // Windows carry thousands of numbers.
    serialization: "advanced",
  });
}

function limits({ descriptors }: ServerOptions): readonly string[] {
  return descriptors === undefined ? [] : ["prlimit", `--nofile=${descriptors}:${descriptors}`];
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
