/** F4: bytes that no client writes: good messages with bits and pieces changed, random bytes, messages glued together. */
import { seededRandom } from "../../../proto/random.ts";
import { frame, OPCODE_BINARY } from "../../transport/raw-client.ts";
import { attackerAddress, closeCodeOf, joinAttacker, openAttacker } from "../attackers.ts";
import { decodeMany } from "../decoder-process.ts";
import { atMost, exactly, type Figure, told } from "../figure.ts";
import { malformedFrame, malformedHello } from "../malformed.ts";
import { msUntil, pause, type Row } from "../row.ts";

const SEED = 4;
const IN_PROCESS = 1_000_000;
const ON_THE_WIRE = 100_000;
const AT_ONCE = 50;
/** Mutations that say something valid are answered by the next one; after so many the connection has had enough. */
const EACH = 20;
const FORGOTTEN_MS_MAX = 15_000;

export const malformed: Row = {
  id: "F4",
  title: "malformed protobuf: mutations, random bytes, glued messages (seed 4)",
  control: { without: "decoderNet", misses: ["uncaught of"] },
  async run(context) {
    context.say("in process");
    const decoded = await decodeMany({
      kind: "malformed",
      count: context.isControl ? 1000 : context.count(IN_PROCESS),
      seed: SEED,
      without: context.options.control?.without,
    });
    // Seats of attackers who are gone are soon free for others, and are not taken for a leak.
    const server = await context.server({ env: { RESUME_S: "2" } });
    const load = await context.load(server);
    await context.calm(server);
    const before = await server.heap();
    context.say("on the wire");
    const random = seededRandom(SEED);
    const codes = new Map<number, number>();
    let sent = 0;
    let next = 0;
    const count = context.isControl ? 500 : context.count(ON_THE_WIRE);
    const attack = async (): Promise<void> => {
      while (sent < count && !server.hasEnded) {
        const isJoined = next % 2 === 0;
        const room = `room-${(next >> 1) % context.options.rooms}`;
        const from = attackerAddress(next++ % 60_000);
        const { game } = server.ports;
        const attacker = await (isJoined ? joinAttacker(game, from, room) : openAttacker(game, from));
        for (let i = 0; i < EACH && !attacker.isClosed; i++) {
          sent++;
          attacker.write(frame(OPCODE_BINARY, isJoined ? malformedFrame(random) : malformedHello(random)));
          // A turn for the answer to come in.
          await pause(1);
        }
        const code = closeCodeOf(attacker.received) ?? 0;
        codes.set(code, (codes.get(code) ?? 0) + 1);
        attacker.destroy();
      }
    };
    const ticks = await context.ticksDuring(server, () => Promise.all(Array.from({ length: AT_ONCE }, attack)));
    await pause(1000);
    await msUntil(async () => (await server.metric("shoal_sessions")) <= load.bots, FORGOTTEN_MS_MAX, 200);
    const figures: Figure[] = [
      exactly(0, `uncaught of ${decoded.count} in process`, decoded.thrown),
      atMost(0.1, "decode p99", decoded.p99Us / 1000, "ms"),
      atMost(5, "decode slowest", decoded.maxUs / 1000, "ms"),
      exactly(0, "exits", Number(server.hasEnded)),
      exactly(0, `bugs logged after ${sent} on the wire`, server.bugs),
      exactly(0, "closed as an internal error (1011)", codes.get(1011) ?? 0),
      atMost(5, "heap after a collection", ((await server.heap()).usedBytes - before.usedBytes) / 2 ** 20, "MiB"),
    ];
    const causes = [
      told("CPU time of the slowest", decoded.maxCpuUs / 1000, "ms"),
      told("slowest during which no garbage was collected", decoded.maxCalmUs / 1000, "ms"),
      told("collections", decoded.collections),
      told("longest collection", decoded.collectionMaxUs / 1000, "ms"),
    ];
    return [
      ...figures,
      ...causes,
      told("closed with 4500", codes.get(4500) ?? 0),
      told("tick p99 meanwhile", ticks.p99Ms, "ms"),
    ];
  },
};
