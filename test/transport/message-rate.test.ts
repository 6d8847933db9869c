/** SPEC H7: who steers while the server stands still is not blamed for what it then finds. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { messageBurst } from "../../server/transport/message-rate.ts";
import { meet, setUp } from "../client/client-harness.ts";
import { frame, OPCODE_BINARY, openRaw } from "./raw-client.ts";
import { startListener } from "./test-listener.ts";

describe("a client that steers all the time", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([10, 20, 30, 60])(
    "H7 S10 at %i Hz has less to say in the longest stall than may come at once",
    (tickHz) => {
      const { client, last } = setUp();
      client.start();
      last().events.onOpen();
      last().welcome(1, { tickHz });
      // It predicts, and so says when it steers, once it knows how far the server is.
      for (let tick = 12; tick < 20; tick++) {
        vi.advanceTimersByTime(250);
        meet(last, tick);
      }
      const transport = last();
      transport.sent.length = 0;
      for (let tick = 0; tick < 7 * tickHz; tick++) {
        client.steer(tick & 1 ? 100 : 200, true);
        vi.advanceTimersByTime(1000 / tickHz);
      }
      expect(transport.sent.length).toBeGreaterThan(2 * tickHz);
      expect(transport.sent.length).toBeLessThanOrEqual(messageBurst(tickHz));
      client.close();
    },
  );
});

test("H7 T6 at 60 Hz what comes in one read after a stall of 5 s is taken, and a flood is not", async () => {
  const { port, recorder } = await startListener({ messageBurst: messageBurst(60) });
  const client = await openRaw(port);
  client.write(Buffer.concat(Array.from({ length: 5 * 60 }, () => frame(OPCODE_BINARY))));
  await recorder.until(() => recorder.messages.length === 300);
  client.write(Buffer.concat(Array.from({ length: 500 }, () => frame(OPCODE_BINARY))));
  await client.untilClosed();
  expect(recorder.messages.length).toBe(480);
  expect(recorder.closed[0].code).toBe(4007);
});
