/** F13: one player by two connections, at the same moment: newest wins, never two, never none. */
import { randomUUID } from "node:crypto";
import { shoal } from "../../../proto/gen/shoal.js";
import { frame, OPCODE_BINARY, OPCODE_CLOSE, type RawClient } from "../../transport/raw-client.ts";
import { attackerAddress, closeCodeOf, msUntilClosed, openAttacker } from "../attackers.ts";
import { atLeast, atMost, exactly, percentile } from "../figure.ts";
import { pause, type Row } from "../row.ts";
import { AUTH_SECRET, signedToken } from "../signed-token.ts";

const RACES = 1000;
const AT_ONCE = 50;
const CODE_REPLACED = 4504;
const PATIENCE_MS = 2000;
/** Meant for a tick far off: it takes effect a second after it came (SPEC I4), when another connection has the seat. */
const LATER_INPUT = frame(
  OPCODE_BINARY,
  shoal.ClientFrame.encode({ inputTick: 2 ** 30, inputs: [{ steer: { heading: 1, swim: true } }] }).finish(),
);
const LATER_MS = 1200;
const INPUT_EVERY_MS = 20;
const GOODBYE = frame(OPCODE_CLOSE, Buffer.from([0x03, 0xe8]));

export const duplicate: Row = {
  id: "F13",
  title: "one account by two connections at the same moment",
  control: { without: "oneSession", misses: ["races with two live"] },
  moreControls: [{ without: "ownInputs", misses: ["inputs of the older ones"] }],
  async run(context) {
    const server = await context.server({ env: { AUTH_SECRET, ROOM_CAPACITY: "1000" } });
    const { game: port } = server.ports;
    let address = 0;
    const come = async (token: string): Promise<RawClient> => {
      const client = await openAttacker(port, attackerAddress(address++));
      const hello = { room: "races", join: { look: { name: "", colour: 1 } }, authToken: token };
      client.write(frame(OPCODE_BINARY, shoal.Hello.encode(hello).finish()));
      return client;
    };
    /** Sends inputs for later until it is closed. */
    const steer = (client: RawClient): void => {
      client.write(LATER_INPUT);
      const timer = setInterval(() => client.write(LATER_INPUT), INPUT_EVERY_MS);
      void client.untilClosed().then(() => clearInterval(timer));
    };
    const applied = () => server.metric("shoal_inputs_total");
    // One that nobody replaces: its inputs do take effect.
    const alone = await come(signedToken(randomUUID(), 600));
    await alone.until((text) => text.length > text.indexOf("\r\n\r\n") + 4);
    steer(alone);
    await pause(LATER_MS);
    const appliedAlone = await applied();
    alone.write(GOODBYE);
    await msUntilClosed(alone, PATIENCE_MS);
    alone.destroy();
    const appliedBefore = await applied();
    let two = 0;
    let none = 0;
    let unknown = 0;
    const replacedMs: number[] = [];
    const races = context.isControl ? AT_ONCE : context.count(RACES);
    for (let i = 0; i < races; i += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          const token = signedToken(randomUUID(), 600);
          const first = await come(token);
          // Its Welcome is there.
          await first.until((text) => text.length > text.indexOf("\r\n\r\n") + 4);
          steer(first);
          const [second, third] = await Promise.all([come(token), come(token)]);
          replacedMs.push(await msUntilClosed(first, PATIENCE_MS));
          if (closeCodeOf(first.received) !== CODE_REPLACED) unknown++;
          await pause(LATER_MS);
          const live = [first, second, third].filter(({ isClosed }) => !isClosed).length;
          if (live > 1) two++;
          if (live === 0) none++;
          // The server's answer is waited for: a line that goes first would keep the session.
          for (const one of [first, second, third]) {
            one.write(GOODBYE);
            await msUntilClosed(one, PATIENCE_MS);
            one.destroy();
          }
        }),
      );
    }
    await pause(500);
    return [
      exactly(0, `${replacedMs.length} races with two live`, two),
      exactly(0, `${replacedMs.length} races with none live`, none),
      exactly(0, "older ones that were not told REPLACED", unknown),
      atMost(
        100,
        "the older one closed after, p99",
        percentile(
          replacedMs.map((ms) => (Number.isNaN(ms) ? PATIENCE_MS : ms)),
          0.99,
        ),
        "ms",
      ),
      atLeast(1, "inputs of one that nobody replaces", appliedAlone),
      exactly(0, "inputs of the older ones that took effect later", (await applied()) - appliedBefore),
      exactly(0, "sessions left", await server.metric("shoal_sessions")),
      exactly(0, "bugs logged", server.bugs),
    ];
  },
};
