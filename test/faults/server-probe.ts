/**
 * Loaded into every server before its own code: the bench's probe (ticks, memory, CPU), and how long the event loop stands
 * still, its heap and what keeps it busy, on request over IPC. Knows nothing of what the server does.
 */
import "../../bench/probe/preload.ts";
import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const STEP_MS = 1;

let watch: NodeJS.Timeout | undefined;
let lastMs = 0;
let longestMs = 0;

function look(): void {
  const now = performance.now();
  longestMs = Math.max(longestMs, now - lastMs - STEP_MS);
  lastMs = now;
}

process.on("message", (message: { ask?: string }) => {
  if (message.ask === "watch-loop") {
    clearInterval(watch);
    lastMs = performance.now();
    longestMs = 0;
    watch = setInterval(look, STEP_MS);
  } else if (message.ask === "loop") {
    look();
    clearInterval(watch);
    process.send?.({ loop: { longestMs } });
  } else if (message.ask === "heap") {
    setFlagsFromString("--expose-gc");
    runInNewContext("gc")();
    const resources = process.getActiveResourcesInfo();
    process.send?.({ heap: { usedBytes: process.memoryUsage().heapUsed, resources: resources.length } });
  }
});
