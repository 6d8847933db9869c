/** F1: players whose sockets hold 4 KiB and who read nothing, then slowly, then everything. They live in a network of their own. */
import { join } from "node:path";
import { endProcess, startPinned } from "../../../bench/pinned.ts";
import { atMost, exactly, largest, overCalm } from "../figure.ts";
import { openNamespace, whyNoNamespace } from "../namespace.ts";
import { msUntil, pause, type Row } from "../row.ts";
import type { SlowOrder, SlowReport } from "../slow-readers.ts";

const READERS = join(import.meta.dirname, "../slow-readers.ts");
const SLOW_SHARE = 0.1;
const RECEIVE_BYTES = 4096;
const CLOSED_MS_MAX = 8000;
const CODE_SLOW = 4001;

export const slowReader: Row = {
  id: "F1",
  title: "slow readers: 50 of 500 with 4 KiB of receive buffer read nothing, 2 KB/s, all",
  whyNot: whyNoNamespace,
  control: { without: "pace", misses: ["all of them closed after", "lag noticed after"] },
  async run(context) {
    const space = openNamespace(RECEIVE_BYTES);
    context.onEnd(() => space.close());
    // All of them come from one address.
    const env = { ADDRESS_SOCKETS: "0", ADDRESS_JOINS_PER_S: "0" };
    const server = await context.server({ host: space.host, env });
    const count = Math.ceil(context.options.bots * SLOW_SHARE);
    const load = await context.load(server, { bots: context.options.bots - count });
    const calm = await context.calm(server);
    const child = startPinned({
      args: [READERS],
      cpus: context.options.loadCpus,
      wrapper: space.wrapper,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    context.onEnd(() => endProcess(child));
    const tell = (order: SlowOrder): Promise<SlowReport> =>
      new Promise((resolve, reject) => {
        child.once("message", (report) => resolve(report as SlowReport));
        child.once("exit", () => reject(new Error("the slow readers ended")));
        child.send(order);
      });
    const rooms = context.options.rooms;
    await tell({ ask: "join", host: space.host, port: server.ports.game, count, rooms });
    await load.mark();

    context.say("they stop reading for 3 s, read 2 KB/s for 3 s, then all");
    await tell({ ask: "read", bytesPerSecond: 0 });
    await pause(3000);
    await tell({ ask: "read", bytesPerSecond: 2000 });
    await pause(3000);
    const again = await tell({ ask: "read-all" });

    context.say("they stop reading for good");
    // With all 500 in and reading: the slow ones joined after the undisturbed part.
    const readingRss = await server.rssBytes();
    const skipped = () => server.metric("shoal_frames_skipped_total");
    const before = await skipped();
    await tell({ ask: "read", bytesPerSecond: 0 });
    const stopped = performance.now();
    const connections = () => server.metric('shoal_connections{kind="websocket"}');
    let noticedMs = Number.NaN;
    let closedMs = Number.NaN;
    let rssBytes = 0;
    const ticks = await context.ticksDuring(server, async () => {
      noticedMs = await msUntil(async () => (await skipped()) > before, CLOSED_MS_MAX, 50);
      await pause(Math.max(0, 4000 - (performance.now() - stopped)));
      rssBytes = await server.rssBytes();
      closedMs = await msUntil(async () => (await connections()) <= load.bots, 12_000, 50);
      closedMs += performance.now() - stopped - closedMs;
    });
    if ((await connections()) > load.bots) closedMs = Number.NaN;
    const end = await tell({ ask: "read-to-the-end" });
    const { losses, checksumFaults } = await load.report();
    return [
      atMost(10, "RSS over B while they do not read", (rssBytes - readingRss) / 2 ** 20, "MiB"),
      overCalm(2, "others' tick p99", ticks.p99Ms, calm.p99Ms),
      atMost(1000, "lag noticed after (a frame held back)", noticedMs, "ms"),
      atMost(CLOSED_MS_MAX, "all of them closed after", closedMs, "ms"),
      exactly(count, "told SLOW, so that they may come back", end.codes.filter((code) => code === CODE_SLOW).length),
      atMost(2000, "whole again after reading again, slowest", largest(again.wholeMs), "ms"),
      exactly(0, "cells of theirs whose checksum differed from the server's", again.checksumFaults),
      exactly(0, "cells of others whose checksum differed", checksumFaults),
      exactly(
        0,
        "others who lost their connection",
        Object.values(losses).reduce((sum, one) => sum + one, 0),
      ),
    ];
  },
};
