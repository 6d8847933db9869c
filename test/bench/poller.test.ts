/** The polling client behind an autocannon connection. */
import { expect, test } from "vitest";
import { Poller } from "../../bench/http/poller.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";

function createPoller(now = { ms: 1000 }) {
  return new Poller({ room: "bench", view: { width: 800, height: 600 }, waitMs: 250, nowMs: () => now.ms });
}

/** An answer's body: messages, each behind its length. */
function answer(...messages: Uint8Array[]): Buffer {
  return Buffer.concat(messages.map((message) => Buffer.from([message.length, ...message])));
}

const frame = (tick: number) => shoal.ServerFrame.encode({ tick, epoch: 1 }).finish();
const messageIn = (body: Buffer) => body.subarray(1);

test("opens, says hello, then polls with rising sequence (SPEC H11, H13, H14)", () => {
  const poller = createPoller();
  expect(poller.next().headers).toEqual({ "shoal-protocol": SUBPROTOCOL });
  poller.took(200, "key");
  const hello = poller.next();
  expect(hello.headers).toEqual({ "shoal-connection": "key", "shoal-sequence": "1", "shoal-wait": "250" });
  expect(shoal.Hello.decode(messageIn(hello.body))).toMatchObject({ room: "bench", view: { width: 800, height: 600 } });
  poller.took(200, "");
  expect(poller.next()).toEqual({
    headers: { "shoal-connection": "key", "shoal-sequence": "2", "shoal-wait": "250" },
    body: Buffer.alloc(0),
  });
});

test("acknowledges the newest tick it saw, now and then, whatever the pieces of an answer", () => {
  const now = { ms: 1000 };
  const poller = createPoller(now);
  poller.next();
  poller.took(200, "key");
  poller.next();
  const pieces = answer(frame(7), frame(8), frame(9));
  poller.saw(pieces.subarray(0, pieces.length - 2));
  // Looks like a message, and is the end of one.
  poller.saw(Buffer.from([2, 8, 99]));
  poller.took(200, "?");
  expect(shoal.ClientFrame.decode(messageIn(poller.next().body))).toMatchObject({ ackTick: 8 });
  poller.saw(answer(frame(10)));
  poller.took(200, "?");
  expect(poller.next().body).toHaveLength(0);
  now.ms += 1000;
  expect(shoal.ClientFrame.decode(messageIn(poller.next().body))).toMatchObject({ ackTick: 10 });
});

test("counts a refusal and begins anew", () => {
  const poller = createPoller();
  poller.next();
  poller.took(200, "key");
  poller.next();
  poller.took(410, "");
  expect(poller.failures).toBe(1);
  expect(poller.next().headers).toEqual({ "shoal-protocol": SUBPROTOCOL });
});
