/** T14: bytes for one client never reach another, though all are sent from one buffer and half of the clients do not read. */
import { randomFillSync } from "node:crypto";
import { expect, test } from "vitest";
import type { Connection } from "../../server/transport/connection.ts";
import { openRaw, type RawClient } from "./raw-client.ts";
import { startListener } from "./test-listener.ts";

const CLIENTS = 5;
const SLOW = 2;
const MESSAGE_BYTES = 12_000;
/** More than the kernel and the backlog of one connection take: some are dropped. */
const ROUNDS = 500;
const HEAD_BYTES = 4;

/** Messages of a client's stream from `start` on: who they are for and which they are; throws on bytes of anybody else. */
function readAddresses(received: Buffer, start: number): { to: number; round: number }[] {
  const messages: { to: number; round: number }[] = [];
  for (let at = start; at < received.length; at += HEAD_BYTES + MESSAGE_BYTES) {
    const message = received.subarray(at + HEAD_BYTES, at + HEAD_BYTES + MESSAGE_BYTES);
    const [to, round] = [message[0], message.readUInt32LE(1)];
    const expected = Buffer.alloc(MESSAGE_BYTES - 5, (to * 31 + round) & 0xff);
    if (!message.subarray(5).equals(expected)) throw new Error(`stray bytes for ${to} in ${round}`);
    messages.push({ to, round });
  }
  return messages;
}

test("H10 T14 of many messages from one buffer, under backpressure, each client gets its own only, whole and in order", async () => {
  const { port, recorder } = await startListener();
  const clients: RawClient[] = [];
  for (let i = 0; i < CLIENTS; i++) {
    clients.push(await openRaw(port));
    await recorder.until(() => recorder.opened.length === i + 1);
  }
  for (const client of clients.slice(0, SLOW)) client.pause();
  const heads = clients.map(({ received }) => received.length);
  const shared = new Uint8Array(MESSAGE_BYTES);
  const sent: number[] = new Array(CLIENTS).fill(0);
  let dropped = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [to, connection] of recorder.opened.entries()) {
      if (send(connection, shared, to, round)) sent[to]++;
      else dropped++;
      randomFillSync(shared, 0, 256);
    }
    // Those who read must get a turn.
    if (round % 4 === 0) await new Promise<void>((done) => setImmediate(done));
  }
  expect(dropped).toBeGreaterThan(SLOW);
  for (const client of clients) client.resume();
  for (const [i, client] of clients.entries()) {
    await client.untilLength(heads[i] + sent[i] * (MESSAGE_BYTES + HEAD_BYTES));
    const messages = readAddresses(client.received, heads[i]);
    expect(messages.length).toBe(sent[i]);
    expect(messages.every(({ to }) => to === i)).toBe(true);
    expect(messages.every(({ round }, at) => at === 0 || round > messages[at - 1].round)).toBe(true);
    client.destroy();
  }
}, 20_000);

function send(connection: Connection, shared: Uint8Array, to: number, round: number): boolean {
  shared.fill((to * 31 + round) & 0xff);
  shared[0] = to;
  new DataView(shared.buffer).setUint32(1, round, true);
  return connection.send(shared) === "sent";
}
