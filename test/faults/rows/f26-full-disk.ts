/**
 * F26, the other half: the disk of DATA_DIR has no space left, and its folder is read-only. A file system in memory stands for the
 * disk: it is filled, and a read-only one with the same files is laid over it.
 */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { atLeast, atMost, exactly, type Figure, overCalm } from "../figure.ts";
import { msUntil, pause, type Row } from "../row.ts";

const BOTS_MAX = 100;
const DISK = "size=2m";
const SECONDS = 5;
const AGAIN_MS_MAX = 5000;
const SNAPSHOTS = (result: string) => `shoal_snapshots_total{result="${result}"}`;

export const fullDisk: Row = {
  id: "F26b",
  title: "disk of DATA_DIR full (ENOSPC), folder read-only (EROFS)",
  whyNot() {
    if (process.platform !== "linux") return "needs Linux's tmpfs";
    return process.getuid?.() === 0 ? undefined : "mounting a small file system needs root";
  },
  control: { without: "diskFailures", misses: ["bugs logged", "snapshots that failed"] },
  async run(context) {
    const folder = context.folder();
    mount("-t", "tmpfs", "-o", DISK, "tmpfs", folder);
    context.onEnd(() => unmount(folder));
    const server = await context.server({ env: { DATA_DIR: folder } });
    const load = await context.load(server, { bots: Math.min(BOTS_MAX, context.options.bots) });
    const calm = await context.calm(server);
    const filler = join(folder, "filler");
    const troubles = [
      { name: "disk full", begin: () => fill(filler), end: () => rmSync(filler) },
      {
        name: "folder read-only",
        begin: () => layReadOnly(folder),
        end: () => unmount(folder),
      },
    ];
    const figures: Figure[] = [];
    for (const { name, begin, end } of troubles) {
      context.say(name);
      await load.mark();
      const failed = await server.metric(SNAPSHOTS("failed"));
      begin();
      const ticks = await context.ticksDuring(server, () => pause(context.seconds(SECONDS) * 1000));
      const failures = (await server.metric(SNAPSHOTS("failed"))) - failed;
      end();
      const kept = await server.metric(SNAPSHOTS("ok"));
      const againMs = await msUntil(async () => (await server.metric(SNAPSHOTS("ok"))) > kept, AGAIN_MS_MAX, 100);
      const { joined, losses } = await load.report();
      figures.push(
        atLeast(1, `${name}: snapshots that failed, as the metrics say`, failures),
        exactly(load.bots, `${name}: players who play on`, joined),
        exactly(
          0,
          `${name}: connections lost`,
          Object.values(losses).reduce((sum, one) => sum + one, 0),
        ),
        overCalm(1, `${name}: tick p99`, ticks.p99Ms, calm.p99Ms),
        exactly(0, `${name}: exits`, Number(server.hasEnded)),
        exactly(0, `${name}: bugs logged`, server.bugs),
        atMost(AGAIN_MS_MAX, `${name}: a snapshot is kept again after`, againMs, "ms"),
      );
    }
    // Before its disk goes.
    await server.stop();
    return figures;
  },
};

function mount(...args: readonly string[]): void {
  execFileSync("mount", args, { stdio: "ignore" });
}

/** The disk itself cannot become read-only while the server has its journal open. Its lock must be there: without it the folder is another's. */
function layReadOnly(folder: string): void {
  const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  mount("-t", "tmpfs", "tmpfs", folder);
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  mount("-o", "remount,ro", folder);
}

/** What is laid over it, if the row ended there, and itself. */
function unmount(folder: string): void {
  execFileSync("umount", [folder], { stdio: "ignore" });
}

/** To the last byte: what is written ends with ENOSPC. */
function fill(path: string): void {
  const file = openSync(path, "w");
  try {
    for (const size of [65_536, 4096, 1]) {
      const bytes = new Uint8Array(size);
      for (let written = size; written === size; ) written = writeUpTo(file, bytes);
    }
  } finally {
    closeSync(file);
  }
}

/** 0 if there is no space left. */
function writeUpTo(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes);
  } catch {
    return 0;
  }
}
