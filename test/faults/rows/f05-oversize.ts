/** F5: frames that are too large, in every form in which a length can be told. */
import { frame, OPCODE_BINARY } from "../../transport/raw-client.ts";
import { attackerAddress, msUntilClosed, openAttacker } from "../attackers.ts";
import { atMost, exactly, percentile, told } from "../figure.ts";
import type { Row } from "../row.ts";

/** A header of a length in 8 bytes, and no payload. */
const announce = (...length: number[]) => Buffer.from([0x82, 0xff, ...length, 0, 0, 0, 0]);
const FORMS: readonly Buffer[] = [
  Buffer.from([0x82, 0xfe, 0xff, 0xff, 0, 0, 0, 0]),
  frame(OPCODE_BINARY, new Uint8Array(60_000)),
  Buffer.concat([frame(OPCODE_BINARY, new Uint8Array(4096), 0), frame(0, new Uint8Array(4096), 0)]),
  announce(0, 0, 0, 1, 0, 0, 0, 5),
  announce(0x40, 0, 0, 0, 0, 0, 0, 0),
  announce(0x80, 0, 0, 0, 0, 0, 0, 0),
];
const TRIES = 20;
const AT_ONCE = 1000;
const PATIENCE_MS = 2000;

export const oversize: Row = {
  id: "F5",
  title: "oversize frame: header only, full, in fragments, 2^32+5, 2^62, 2^63",
  control: { without: "messageSize", misses: ["oversize frames that were not dropped"] },
  async run(context) {
    const server = await context.server();
    await context.load(server);
    await context.calm(server);
    const dropMs: number[] = [];
    context.say("one after another");
    for (let i = 0; i < context.count(TRIES) * FORMS.length; i++) {
      const attacker = await openAttacker(server.ports.game, attackerAddress(i));
      attacker.write(FORMS[i % FORMS.length]);
      dropMs.push(await msUntilClosed(attacker, context.isControl ? 100 : PATIENCE_MS));
      attacker.destroy();
      if (context.isControl && Number.isNaN(dropMs[dropMs.length - 1])) break;
    }
    context.say("at once");
    const before = await server.rssBytes();
    const count = context.isControl ? FORMS.length : context.count(AT_ONCE);
    const attackers = await Promise.all(
      Array.from({ length: count }, (_, i) => openAttacker(server.ports.game, attackerAddress(i))),
    );
    attackers.forEach((attacker, i) => void attacker.write(FORMS[i % FORMS.length]));
    const closed = await Promise.all(attackers.map((one) => msUntilClosed(one, PATIENCE_MS)));
    const grownMiB = ((await server.rssBytes()) - before) / 2 ** 20;
    for (const attacker of attackers) attacker.destroy();
    const isDropped = (ms: number) => !Number.isNaN(ms);
    return [
      exactly(0, "oversize frames that were not dropped", [...dropMs, ...closed].filter((ms) => !isDropped(ms)).length),
      atMost(10, "dropped after, p99", percentile(dropMs.filter(isDropped), 0.99), "ms"),
      atMost(5, `RSS after ${count} at once`, grownMiB, "MiB"),
      told("slowest of those at once", Math.max(...closed), "ms"),
    ];
  },
};
