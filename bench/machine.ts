/** What machine and which sources made the numbers. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, platform, release, totalmem } from "node:os";
import type { BenchFile } from "./results.ts";

export function describeMachine(): Pick<BenchFile, "machine" | "commit" | "node" | "kernel"> {
  return {
    machine: {
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      cores: cpus().length,
      memoryBytes: totalmem(),
      platform: `${platform()} ${process.arch}`,
      hypervisor: findHypervisor(),
    },
    commit: findCommit(),
    node: process.version,
    kernel: release(),
  };
}

function findHypervisor(): string {
  try {
    return /^flags.*\bhypervisor\b/m.test(readFileSync("/proc/cpuinfo", "utf8")) ? "yes" : "no";
  } catch {
    return "unknown";
  }
}

function findCommit(): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      cwd: import.meta.dirname,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    const hash = git("rev-parse", "HEAD");
    // Results of an earlier run change nothing.
    const isClean = git("status", "--porcelain", "--", ":/", ":(exclude,top)bench/results") === "";
    return isClean ? hash : `${hash}-dirty`;
  } catch {
    return "unknown";
  }
}
