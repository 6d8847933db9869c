/** F13: one player by two connections, at the same moment: newest wins, never two, never none. */
import { randomUUID } from "node:crypto";
import { shoal } from "../../../proto/gen/shoal.js";
import { frame, OPCODE_BINARY, OPCODE_CLOSE, type RawClient } from "../../transport/raw-client.ts";
import { attackerAddress, closeCodeOf, msUntilClosed, openAttacker } from "../attackers.ts";
import { atMost, exactly, percentile } from "../figure.ts";
import { pause, type Row } from "../row.ts";
import { AUTH_SECRET, signedToken } from "../signed-token.ts";

const RACES = 1000;
const AT_ONCE = 50;
const CODE_REPLACED = 4504;
const PATIENCE_MS = 2000;
const GOODBYE = frame(OPCODE_CLOSE, Buffer.from([0x03, 0xe8]));

export const duplicate: Row = {
  id: "F13",
  title: "one account by two connections at the same moment",
  control: { without: "oneSession", misses: ["races with two live"] },
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
          const [second, third] = await Promise.all([come(token), come(token)]);
          replacedMs.push(await msUntilClosed(first, PATIENCE_MS));
          if (closeCodeOf(first.received) !== CODE_REPLACED) unknown++;
          await pause(150);
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
      exactly(0, "sessions left", await server.metric("shoal_sessions")),
      exactly(0, "bugs logged", server.bugs),
    ];
  },
};
