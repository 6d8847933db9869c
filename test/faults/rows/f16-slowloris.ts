/** F16: sockets that take a place and say nothing: half a handshake, and a handshake without a hello. */
import { handshake, RawClient } from "../../transport/raw-client.ts";
import { attackerAddress, joinAttacker, msUntilClosed, openAttacker } from "../attackers.ts";
import { atLeast, atMost, exactly, largest, overCalm, percentile } from "../figure.ts";
import { type Context, pause, type Row } from "../row.ts";

const EACH = 500;
const HALF_MS_MAX = 12_000;
const HELLO_MS_MAX = 4000;
const JOIN_EVERY_MS = 150;
/** A limit of open files that an attacker fills from one seat, and what of it is for sockets (SPEC H29). */
const FEW_DESCRIPTORS = 400;
const FEW_MUTE = 250;
const UNREADY_SHARE = 1 / 4;
/** Good players come from where no attacker is. */
const GOOD_FROM = 5000;

export const slowloris: Row = {
  id: "F16",
  title: "slowloris: 500 sockets with half a handshake, 500 without a hello",
  control: { without: "helloTimeout", misses: ["still there of"] },
  moreControls: [{ without: "unreadyShare", misses: ["without a hello at once"] }],
  async run(context) {
    const server = await context.server();
    await context.load(server);
    const calm = await context.calm(server);
    const count = context.count(EACH);
    const { game: port } = server.ports;
    const half = Array.from({ length: count }, (_, i) => new RawClient(port, attackerAddress(i)));
    for (const client of half) client.write(handshake().slice(0, 60));
    const mute = await Promise.all(
      Array.from({ length: count }, (_, i) => openAttacker(port, attackerAddress(count + i))),
    );
    context.say("they are in");
    const joinMs: number[] = [];
    let isOver = false;
    let halfMs: number[] = [];
    let muteMs: number[] = [];
    const ticks = await context.ticksDuring(server, async () => {
      const attack = Promise.all([
        Promise.all(half.map((one) => msUntilClosed(one, HALF_MS_MAX + 1000))),
        Promise.all(mute.map((one) => msUntilClosed(one, HELLO_MS_MAX + 1000))),
      ]).then((ms) => {
        [halfMs, muteMs] = ms;
        isOver = true;
      });
      for (let i = 0; !isOver; i++) {
        const startMs = performance.now();
        const good = await joinAttacker(port, attackerAddress(GOOD_FROM + i));
        joinMs.push(performance.now() - startMs);
        good.destroy();
        await pause(JOIN_EVERY_MS);
      }
      await attack;
    });
    for (const client of [...half, ...mute]) client.destroy();
    const { waiting, allowed, goodMs } = await fillUp(context);
    const stayed = [...halfMs, ...muteMs].filter(Number.isNaN).length;
    return [
      exactly(0, `still there of ${2 * count}`, stayed),
      atMost(12, "half handshakes gone after", largest(halfMs) / 1000, "s"),
      atMost(4, "those without a hello gone after", largest(muteMs) / 1000, "s"),
      atMost(allowed, `without a hello at once, of ${FEW_MUTE} who try under ${FEW_DESCRIPTORS} descriptors`, waiting),
      atLeast(1, "of these, kept until their time is over", waiting),
      atMost(1000, "a good join among them", goodMs, "ms"),
      atMost(100, `a good join meanwhile, p99 of ${joinMs.length}`, percentile(joinMs, 0.99), "ms"),
      overCalm(2, "tick p99", ticks.p99Ms, calm.p99Ms),
    ];
  },
};

/** Few descriptors, and more who say nothing than a quarter of them: the oldest go before their time. */
async function fillUp(context: Context): Promise<{ waiting: number; allowed: number; goodMs: number }> {
  const server = await context.server({ descriptors: FEW_DESCRIPTORS });
  const { game: port } = server.ports;
  const mute = await Promise.all(Array.from({ length: FEW_MUTE }, (_, i) => openAttacker(port, attackerAddress(i))));
  await pause(200);
  const waiting = mute.filter(({ isClosed }) => !isClosed).length;
  const startMs = performance.now();
  const good = await joinAttacker(port, attackerAddress(GOOD_FROM));
  const goodMs = performance.now() - startMs;
  for (const client of [good, ...mute]) client.destroy();
  await server.stop();
  return { waiting, allowed: Math.floor(FEW_DESCRIPTORS * UNREADY_SHARE), goodMs };
}
