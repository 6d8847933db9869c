/** Clients that no player has: what rows send over raw sockets. Each comes from an address of its own unless it is told otherwise. */
import { shoal } from "../../proto/gen/shoal.js";
import { frame, handshake, OPCODE_BINARY, RawClient } from "../transport/raw-client.ts";

/** Attackers come from 127.9.x.y, where no bot is. */
export function attackerAddress(index: number): string {
  return `127.9.${Math.floor(index / 250)}.${(index % 250) + 1}`;
}

/** Upgraded, nothing said. Throws if it is refused. */
export async function openAttacker(
  port: number,
  from: string,
  headers: Record<string, string> = {},
): Promise<RawClient> {
  const client = new RawClient(port, from);
  client.write(handshake(headers));
  await client.until((text) => text.includes("\r\n\r\n"));
  if (!client.text.startsWith("HTTP/1.1 101")) throw new Error(`refused: ${client.text.slice(0, 40)}`);
  return client;
}

export function hello(room: string, name: string): Buffer {
  return frame(OPCODE_BINARY, shoal.Hello.encode({ room, join: { look: { name, colour: 1 } } }).finish());
}

/** Upgraded and joined: has its Welcome. */
export async function joinAttacker(
  port: number,
  from: string,
  room = "room-0",
  headers: Record<string, string> = {},
): Promise<RawClient> {
  const client = await openAttacker(port, from, headers);
  const before = client.received.length;
  client.write(hello(room, "Attacker"));
  await client.until(() => client.received.length > before);
  return client;
}

/** The code of the Close frame that ends what was received; undefined if none does. Codes of Shoal stand behind a length and 0x88. */
export function closeCodeOf(received: Buffer): number | undefined {
  for (let at = received.length - 4; at >= 0 && at >= received.length - 130; at--) {
    if (received[at] === 0x88 && received[at + 1] === received.length - at - 2) return received.readUInt16BE(at + 2);
  }
  return undefined;
}

/** How long the server takes to hang up, ms; NaN if it does not in time. */
export async function msUntilClosed(client: RawClient, timeoutMs: number): Promise<number> {
  const startMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((done) => {
    timer = setTimeout(() => done(Number.NaN), timeoutMs);
  });
  const closed = client.untilClosed().then(() => performance.now() - startMs);
  const ms = await Promise.race([closed, late]);
  clearTimeout(timer);
  return ms;
}
