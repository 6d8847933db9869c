/** F26: nobody reads the logs, the pipe they go to is closed, the disk they go to is full. The disk of DATA_DIR: f26-full-disk.ts. */
import { openSync } from "node:fs";
import { frame, OPCODE_BINARY, OPCODE_TEXT } from "../../transport/raw-client.ts";
import { attackerAddress, openAttacker } from "../attackers.ts";
import { atMost, exactly, type Figure, overCalm } from "../figure.ts";
import { pause, type Row } from "../row.ts";
import type { ServerProcess } from "../server-process.ts";

const SECONDS = 60;
const BAD_EVERY_MS = 20;

export const logs: Row = {
  id: "F26",
  title: "stdout unread or closed, or on a full disk",
  whyNot: () => (process.platform === "linux" ? undefined : "needs /dev/full"),
  control: { without: "patientLogs", misses: ["the server ended", "no answer to join", "longest time between ticks"] },
  async run(context) {
    const figures: Figure[] = [];
    {
      const server = await context.server({ stdout: "unread", env: { LOG_LEVEL: "debug" } });
      const load = await context.load(server);
      const calm = await context.calm(server);
      const seconds = context.isControl ? 20 : context.seconds(SECONDS);
      context.say(`stdout unread for ${seconds} s`);
      const ticks = await context.ticksDuring(server, () => chatter(server, seconds));
      figures.push(
        overCalm(1, "unread: tick p99", ticks.p99Ms, calm.p99Ms),
        atMost(500, "unread: longest time between ticks", ticks.maxMs, "ms"),
      );
      if (context.isControl) return figures;
      context.say("stdout closed");
      server.stopReading();
      await chatter(server, context.isShort ? 1 : 5);
      figures.push(exactly(0, "closed: exits", Number(server.hasEnded)));
      await load.stop();
      await server.stop();
    }
    const full = await context.server({ stdout: openSync("/dev/full", "w") });
    await chatter(full, context.isShort ? 1 : 5);
    figures.push(exactly(0, "stdout on a full disk: exits", Number(full.hasEnded)));
    await full.stop();
    return figures;
  },
};

/** Bad messages of several kinds, each of which is logged. */
async function chatter(server: ServerProcess, seconds: number): Promise<void> {
  const bad = [
    frame(OPCODE_TEXT, Buffer.from("x")),
    frame(OPCODE_BINARY, new Uint8Array(4500)),
    frame(OPCODE_BINARY, Buffer.from("bad")),
  ];
  const endMs = performance.now() + seconds * 1000;
  for (let i = 0; performance.now() < endMs; i++) {
    try {
      const attacker = await openAttacker(server.ports.game, attackerAddress(i % 20_000));
      attacker.write(bad[i % bad.length]);
      await pause(BAD_EVERY_MS);
      attacker.destroy();
    } catch {
      // A server that stands still lets nobody in: its ticks say so.
      await pause(BAD_EVERY_MS);
    }
  }
}
