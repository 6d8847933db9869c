/** The load process: drives one system as the runner says, over IPC. */
import { performance } from "node:perf_hooks";
import type { Scenario } from "../scenarios.ts";
import type { LoadDriver, LoadProbe } from "./driver.ts";
import { findDriver } from "./drivers.ts";

/** Runner to load. */
export type LoadCommand =
  | { readonly ask: "connect"; system: string; port: number; scenario: Scenario; sampled: number }
  | { readonly ask: "start-window" }
  | { readonly ask: "end-window" }
  | { readonly ask: "close" };

/** Load to runner. */
export type LoadAnswer = { readonly connected: true } | LoadWindow;

export interface LoadWindow {
  readonly window: LoadProbe;
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly eventLoopUtilization: number;
}

const originMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();
let driver: LoadDriver | undefined;
let cpuAtStart = process.cpuUsage();
let loopAtStart = performance.eventLoopUtilization();

process.on("message", async (command: LoadCommand) => {
  if (command.ask === "connect") {
    const { system, port, scenario, sampled } = command;
    const createDriver = await findDriver(system);
    driver = createDriver({ port, scenario, sampled, nowMs: () => performance.now() + originMs });
    await driver.connect();
    answer({ connected: true });
  } else if (command.ask === "start-window") {
    cpuAtStart = process.cpuUsage();
    loopAtStart = performance.eventLoopUtilization();
    driver?.startWindow();
  } else if (command.ask === "end-window" && driver !== undefined) {
    const window = driver.endWindow();
    const { user, system } = process.cpuUsage(cpuAtStart);
    const { utilization } = performance.eventLoopUtilization(loopAtStart);
    answer({ window, cpuUserUs: user, cpuSystemUs: system, eventLoopUtilization: utilization });
  } else if (command.ask === "close") {
    driver?.close();
    process.exit(0);
  }
});
// The runner is gone: so is the reason to be here.
process.once("disconnect", () => process.exit(0));

function answer(message: LoadAnswer): void {
  process.send?.(message);
}
