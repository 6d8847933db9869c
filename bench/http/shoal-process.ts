/** A Shoal server as anyone starts it, in a process of its own, read through its own operators' port. */
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { endProcess, startPinned } from "../pinned.ts";

const MAIN = join(import.meta.dirname, "../../server/main.ts");
const END_WITH_PARENT = join(import.meta.dirname, "../probe/end-with-parent.ts");
const START_MS_MAX = 20_000;

/** Totals since the start of the process. */
export interface ServerTotals {
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly frames: number;
  readonly frameBytes: number;
}

/** What the server prints when it is ready. */
interface Addresses {
  readonly page: string;
  /** Of the operators' port. */
  readonly metrics: string;
}

export class ShoalProcess {
  readonly url: string;
  readonly metricsUrl: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { page, metrics }: Addresses) {
    this.#child = child;
    this.url = page;
    this.metricsUrl = metrics;
  }

  /** `env` are Shoal's settings. Throws when it does not start. */
  static async start(cpus: string | undefined, env: Readonly<Record<string, string>>): Promise<ShoalProcess> {
    const settings = { ...env, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "error" };
    const args = ["--import", END_WITH_PARENT, MAIN];
    const child = startPinned({ args, cpus, stdio: ["ignore", "pipe", "inherit", "ipc"], env: settings });
    return new ShoalProcess(child, await readAddresses(child));
  }

  async totals(): Promise<ServerTotals> {
    const page = await (await fetch(this.metricsUrl)).text();
    const read = (name: string) => Number(new RegExp(`^${name} ([0-9.e+]+)$`, "m").exec(page)?.[1] ?? Number.NaN);
    return {
      cpuUserUs: read("process_cpu_user_seconds_total") * 1e6,
      cpuSystemUs: read("process_cpu_system_seconds_total") * 1e6,
      frames: read("shoal_frames_sent_total"),
      frameBytes: read("shoal_frame_bytes_total"),
    };
  }

  stop(): Promise<void> {
    return endProcess(this.#child);
  }
}

/** Shoal prints the address to open, and the operators', when it is ready. */
function readAddresses(child: ChildProcess): Promise<Addresses> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => reject(new Error("the server did not say that it is ready")), START_MS_MAX);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout?.on("data", (chunk) => {
      printed += chunk;
      const page = /open (http:\S+)/.exec(printed)?.[1];
      const metrics = /Operators: (http:\S+)/.exec(printed)?.[1];
      if (page === undefined || metrics === undefined) return;
      clearTimeout(timer);
      resolve({ page, metrics });
    });
  });
}

export function subtract(after: ServerTotals, before: ServerTotals): ServerTotals {
  return {
    cpuUserUs: after.cpuUserUs - before.cpuUserUs,
    cpuSystemUs: after.cpuSystemUs - before.cpuSystemUs,
    frames: after.frames - before.frames,
    frameBytes: after.frameBytes - before.frameBytes,
  };
}
