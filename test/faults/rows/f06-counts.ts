/** F6: messages within the size limit that ask for as many objects as they can. */
import { frame, OPCODE_BINARY } from "../../transport/raw-client.ts";
import { attackerAddress, closeCodeOf, joinAttacker, msUntilClosed } from "../attackers.ts";
import { decodeMany } from "../decoder-process.ts";
import { atMost, exactly } from "../figure.ts";
import { HUGE_COUNTS } from "../huge-counts.ts";
import { pause, type Row } from "../row.ts";

const EACH = 2000;
const IN_ONE_WRITE = 1000;
const REFUSALS = [4500, 4007];

export const counts: Row = {
  id: "F6",
  title: "huge counts in 4 KiB: empty submessages, packed varints, nesting",
  control: { without: "wireCaps", misses: ["heap for one"] },
  async run(context) {
    const decoded = await decodeMany({
      kind: "huge-counts",
      count: context.count(EACH),
      seed: 0,
      without: context.options.control?.without,
    });
    const server = await context.server();
    await context.load(server);
    await context.calm(server);
    let unrefused = 0;
    const messages = Object.values(HUGE_COUNTS).filter(({ isHello }) => !isHello);
    const ticks = await context.ticksDuring(server, async () => {
      for (const [i, { bytes }] of messages.entries()) {
        const attacker = await joinAttacker(server.ports.game, attackerAddress(i));
        attacker.write(Buffer.concat(new Array(IN_ONE_WRITE).fill(frame(OPCODE_BINARY, bytes))));
        await msUntilClosed(attacker, 2000);
        if (!REFUSALS.includes(closeCodeOf(attacker.received) ?? 0)) unrefused++;
        attacker.destroy();
      }
      await pause(500);
    });
    return [
      atMost(1, `decode p99 of ${decoded.count}`, decoded.p99Us / 1000, "ms"),
      atMost(100, `heap for one, most (${decoded.heapOf})`, decoded.heapBytes / 1024, "KiB"),
      exactly(0, "thrown", decoded.thrown),
      exactly(0, `clients with ${IN_ONE_WRITE} of them in one write that were not closed with 4500 or 4007`, unrefused),
      atMost(150, "longest time between ticks meanwhile", ticks.maxMs, "ms"),
      exactly(0, "bugs logged", server.bugs),
    ];
  },
};
