/**
 * Runs inside a server's process (`--import`) and tells, when asked over IPC, what no metric does: memory after a garbage collection,
 * what keeps the event loop alive, and how regular the ticks were since it was asked last.
 */
import { subscribe } from "node:diagnostics_channel";
import type { NodeReport } from "./node-process.ts";

let intervalsMs: number[] = [];
let lastMs = Number.NaN;

subscribe("shoal:tick", (message) => {
  // A checked border: app.ts publishes this.
  const { startMs } = message as { startMs: number };
  if (!Number.isNaN(lastMs)) intervalsMs.push(startMs - lastMs);
  lastMs = startMs;
});

process.on("message", (question) => {
  if (question !== "report") return;
  const sorted = intervalsMs.toSorted((a, b) => a - b);
  intervalsMs = [];
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const tickP99Ms = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
  const report: NodeReport = { rssBytes: rss, heapBytes: heapUsed, tickP99Ms, ticks: sorted.length, resources };
  process.send?.(report);
  // The collection was no tick's fault.
  lastMs = Number.NaN;
});
