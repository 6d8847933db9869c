/** F14: resume tokens used again: after rotation, after a goodbye, at the same moment, and after an answer that was lost. */
import { shoal } from "../../../proto/gen/shoal.js";
import { frame, OPCODE_BINARY, OPCODE_CLOSE, type RawClient } from "../../transport/raw-client.ts";
import { attackerAddress, msUntilClosed, openAttacker } from "../attackers.ts";
import { exactly } from "../figure.ts";
import { pause, type Row } from "../row.ts";

const REPLAYS = 10_000;
const RACES = 1000;
const LOST_ANSWERS = 200;
const AT_ONCE = 100;
const ANSWER_MS_MAX = 3000;
const GOODBYE = frame(OPCODE_CLOSE, Buffer.from([0x03, 0xe8]));
/** Something to say, which confirms the newest token. */
const WORD = frame(OPCODE_BINARY, shoal.ClientFrame.encode({ stamp: 5 }).finish());

interface Guest {
  readonly client: RawClient;
  /** Undefined if the server said no. */
  readonly welcome: shoal.Welcome | undefined;
}

export const replay: Row = {
  id: "F14",
  title: "resume tokens replayed: after rotation, after a goodbye, at once, with a lost answer",
  control: { without: "tokenRotation", misses: ["accepted of"] },
  async run(context) {
    const server = await context.server({ env: { ROOM_CAPACITY: "2000" } });
    await context.load(server, { bots: Math.min(100, context.options.bots) });
    const { game: port } = server.ports;
    let address = 0;
    const come = (token: Uint8Array = new Uint8Array(0)) => comeWith(port, attackerAddress(address++), token);
    // The server's answer is waited for: a line that goes first would keep the session.
    const leave = async ({ client }: Guest): Promise<void> => {
      client.write(GOODBYE);
      await msUntilClosed(client, ANSWER_MS_MAX);
      client.destroy();
    };

    context.say("replays");
    let accepted = 0;
    const replays = context.isControl ? 2 * AT_ONCE : context.count(REPLAYS);
    for (let i = 0; i < replays; i += 2 * AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, k) => {
          const first = await come();
          const used = tokenOf(first);
          const second = await come(used);
          second.client.write(WORD);
          // The tick after which the word is certainly taken.
          await pause(100);
          const third = await come(used);
          if (third.welcome?.resumed) accepted++;
          // A goodbye ends the session, and its newest token with it.
          const last = tokenOf(second);
          if (k % 2 === 0) await leave(second);
          else second.client.destroy();
          const fourth = await come(k % 2 === 0 ? last : used);
          if (fourth.welcome?.resumed) accepted++;
          await Promise.all([first, third, fourth].map(leave));
          // The session whose token it is goes on, and ends: seats that wait for nobody would fill the room.
          if (k % 2 !== 0) await leave(await come(last));
        }),
      );
    }

    context.say("races");
    let twoLive = 0;
    let noneLive = 0;
    const races = context.isControl ? AT_ONCE : context.count(RACES);
    for (let i = 0; i < races; i += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          const first = await come();
          first.client.destroy();
          const both = await Promise.all([come(tokenOf(first)), come(tokenOf(first))]);
          const resumed = both.filter(({ welcome }) => welcome?.resumed);
          // Whoever was replaced is told so at once.
          await pause(50);
          const live = resumed.filter(({ client }) => !client.isClosed);
          if (live.length > 1) twoLive++;
          if (live.length === 0) noneLive++;
          await Promise.all(both.map(leave));
        }),
      );
    }

    context.say("lost answers");
    let back = 0;
    const lost = context.count(LOST_ANSWERS);
    for (let i = 0; i < lost; i += AT_ONCE) {
      const guests = await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, lost - i) }, async () => {
          const first = await come();
          const token = tokenOf(first);
          first.client.destroy();
          const unread = await come(token);
          unread.client.destroy();
          const again = await come(token);
          if (again.welcome?.resumed) back++;
          return again;
        }),
      );
      await Promise.all(guests.map(leave));
    }
    return [
      exactly(0, `accepted of ${replays} replays`, accepted),
      exactly(0, `${races} races with two live`, twoLive),
      exactly(0, `${races} races with none live`, noneLive),
      exactly(lost, `back at the first retry of ${lost} whose answer was lost`, back),
      exactly(0, "bugs logged", server.bugs),
    ];
  },
};

function tokenOf({ welcome }: Guest): Uint8Array {
  if (welcome === undefined) throw new Error("not let in");
  return welcome.resumeToken;
}

async function comeWith(port: number, from: string, resumeToken: Uint8Array): Promise<Guest> {
  const client = await openAttacker(port, from);
  const at = client.received.length;
  const join = { look: { name: "Replayer", colour: 1 } };
  client.write(frame(OPCODE_BINARY, shoal.Hello.encode({ room: "replays", join, resumeToken }).finish()));
  await Promise.race([
    client.until((text) => text.length >= at + 2 && isWhole(client.received.subarray(at))),
    pause(ANSWER_MS_MAX),
  ]);
  const bytes = client.received.subarray(at);
  if (bytes[0] !== 0x82 || bytes[1] > 125) return { client, welcome: undefined };
  return { client, welcome: shoal.Welcome.decode(bytes.subarray(2, 2 + bytes[1])) };
}

/** The first frame is there; a Welcome is shorter than 126 bytes. */
function isWhole(bytes: Buffer): boolean {
  return bytes.length >= 2 + (bytes[1] & 127);
}
