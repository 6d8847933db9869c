/** F3: half a million frames in one write, of messages, pings and fragments, from one client and from many that come back. */
import { shoal } from "../../../proto/gen/shoal.js";
import { frame, OPCODE_BINARY, OPCODE_PING } from "../../transport/raw-client.ts";
import { attackerAddress, joinAttacker, msUntilClosed } from "../attackers.ts";
import { atLeast, atMost, exactly, type Figure, overCalm } from "../figure.ts";
import { pause, type Row } from "../row.ts";
import type { ServerProcess } from "../server-process.ts";

const FRAMES = 500_000;
const FLOODERS = 20;
const RETURNS = 4;
const PATIENCE_MS = 5000;
/** Time for a burst to arrive and be read. */
const BURST_MS = 1500;
const TURN_MS_MAX = 5;

/** What may be taken of one burst before it is ended, and of the time that it takes, a second (SPEC H7). */
const PROCESSED_MAX = 200;
const PROCESSED_PER_S = 120;
/** An input that missed its tick: each of them that is processed is counted as late. */
const LATE = { inputTick: 1, inputs: [{ steer: { heading: 1, swim: true } }] };
const MESSAGE = frame(OPCODE_BINARY, shoal.ClientFrame.encode(LATE).finish());
const many = (one: Buffer, count: number) => Buffer.concat(new Array(count).fill(one));
/** A message that never ends, in empty parts: nothing to count, and nothing kept. */
const fragments = (count: number) =>
  Buffer.concat([frame(OPCODE_BINARY, Buffer.of(48), 0), many(frame(0, undefined, 0), count)]);

export const flood: Row = {
  id: "F3",
  title: "flood: 500,000 frames in one write, of messages, pings, fragments; 20 flooders who come back",
  control: { without: "messageRate", misses: ["event loop stood still for a burst of messages", "ended with 4007"] },
  async run(context) {
    // Players' addresses are told by a proxy here: those of this machine itself are never made to wait (SPEC H31).
    const server = await context.server({ env: { TRUSTED_PROXIES: "127.0.0.0/8" } });
    const count = context.isShort ? FRAMES / 5 : FRAMES;
    const bursts = {
      messages: many(MESSAGE, count),
      pings: many(frame(OPCODE_PING), count),
      fragments: fragments(count),
    };
    const figures: Figure[] = [];
    // Without players: what is seen of the event loop is the burst's.
    let index = 0;
    for (const [name, burst] of Object.entries(bursts)) {
      const before = await ended(server);
      const processed = await late(server);
      const { turnMs, keptMiB } = await burstOnce(server, burst, attackerAddress(index++));
      figures.push(atMost(TURN_MS_MAX, `event loop stood still for a burst of ${name}`, turnMs, "ms"));
      if (name === "messages") {
        const taken = (await late(server)) - processed;
        const meanwhile = Math.ceil((turnMs * PROCESSED_PER_S) / 1000);
        figures.push(
          atMost(PROCESSED_MAX + meanwhile, "messages of the burst that were processed", taken),
          atLeast(1, "and at least", taken),
        );
      }
      if (name === "fragments") {
        figures.push(atMost(1, "heap kept for a burst of fragments", keptMiB, "MiB"));
        figures.push(exactly(200, "health after a burst of fragments", (await server.health()).status));
        continue;
      }
      figures.push(exactly(1, `ended with 4007 for a burst of ${name}`, (await ended(server)) - before));
    }
    const load = await context.load(server);
    const calm = await context.calm(server);
    context.say(`${FLOODERS} flooders who come back`);
    let refused = 0;
    // Without its defence nothing ends them.
    const patienceMs = context.isControl ? 200 : PATIENCE_MS;
    const flooders = context.isShort ? 4 : FLOODERS;
    await load.mark();
    const stormy = await context.ticksDuring(server, async () => {
      await Promise.all(
        Array.from({ length: flooders }, async (_, i) => {
          for (let round = 0; round <= RETURNS; round++) {
            const isLetIn = await floodFrom(
              server,
              `203.0.113.${i + 1}`,
              bursts.messages.subarray(0, 400_000),
              patienceMs,
            );
            if (round === RETURNS && !isLetIn) refused++;
          }
        }),
      );
      await pause(1000);
    });
    const { losses } = await load.report();
    const lost = Object.values(losses).reduce((sum, one) => sum + one, 0);
    figures.push(
      overCalm(5, "others' tick p99", stormy.p99Ms, calm.p99Ms),
      exactly(0, "others who lost their connection", lost),
      exactly(flooders, "flooders refused at their 4th return", refused),
      exactly(0, "bugs logged", server.bugs),
    );
    return figures;
  },
};

/** Connections that were ended for their rate: the close code itself may be lost behind what the client still sends. */
function ended(server: ServerProcess): Promise<number> {
  return server.metric('shoal_rejects_total{reason="rate"}');
}

/** Messages with inputs that were processed, of which none came in time. */
function late(server: ServerProcess): Promise<number> {
  return server.metric("shoal_inputs_late_total");
}

/** What is kept is looked at while the attacker is still there, if it is. */
async function burstOnce(
  server: ServerProcess,
  burst: Buffer,
  from: string,
): Promise<{ turnMs: number; keptMiB: number }> {
  const attacker = await joinAttacker(server.ports.game, from);
  await pause(100);
  const before = await server.heap();
  server.watchLoop();
  attacker.write(burst);
  await msUntilClosed(attacker, BURST_MS);
  const turnMs = await server.longestTurnMs();
  const keptMiB = ((await server.heap()).usedBytes - before.usedBytes) / 2 ** 20;
  attacker.destroy();
  return { turnMs, keptMiB };
}

/** False if the server does not let it in. */
async function floodFrom(
  server: ServerProcess,
  forwarded: string,
  burst: Buffer,
  patienceMs: number,
): Promise<boolean> {
  try {
    const headers = { "X-Forwarded-For": forwarded };
    const attacker = await joinAttacker(server.ports.game, attackerAddress(0), "room-0", headers);
    attacker.write(burst);
    await msUntilClosed(attacker, patienceMs);
    attacker.destroy();
    return true;
  } catch {
    return false;
  }
}
