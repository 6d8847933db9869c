/** SPEC H15 with a whole room behind it: what one turn of a busy chat puts into a mailbox fits. */
import { expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { CHAT_BANK, TEXT_BYTES_MAX } from "../../proto/limits.ts";
import { ByteReader, ByteWriter } from "../../proto/wire.ts";
import type { HttpResponse } from "../../server/transport/engine.ts";
import { messageBurst } from "../../server/transport/message-rate.ts";
import { PollResponse } from "../../server/transport/poll-response.ts";
import { PollingConnection } from "../../server/transport/polling-connection.ts";
import { ServerHarness } from "../session/server-harness.ts";

const SHOUTS = 64;
/** 280 characters of 4 bytes, the longest line there is. */
const LINE = "🐟".repeat(280);
const SHOUTS_A_MESSAGE = 3;

/** A client that polls, without HTTP: the request is a call, and the answer's body comes back. */
class HarnessPoller {
  readonly connection: PollingConnection;
  readonly heard: string[] = [];
  #ackTick = 0;
  #sequence = 0;

  constructor(server: ServerHarness) {
    const { lobby } = server;
    this.connection = new PollingConnection({
      id: 1000,
      address: "127.0.0.1",
      handler: lobby,
      nowMs: () => server.nowMs,
      serverNowMs: () => server.nowMs,
      messageBurst: messageBurst(20),
      onReject: (reason) => {
        throw new Error(`refused: ${reason}`);
      },
    });
    lobby.onOpen(this.connection);
    const hello = { join: { look: { name: "Poller" } }, view: { width: 800, height: 600 } };
    this.#exchange(shoal.Hello.encode(hello).finish());
  }

  /** A short poll: acknowledges the newest frame and reads what waits. */
  poll(): void {
    const messages =
      this.#ackTick === 0
        ? this.#exchange()
        : this.#exchange(shoal.ClientFrame.encode({ ackTick: this.#ackTick }).finish());
    for (const message of messages) {
      const frame = shoal.ServerFrame.decode(message);
      this.#ackTick = frame.tick;
      for (const { said } of frame.events) if (said) this.heard.push(`${said.fromName}: ${said.text}`);
    }
  }

  #exchange(message?: Uint8Array): Uint8Array[] {
    const body = new ByteWriter(64);
    if (message !== undefined) {
      body.varint(message.length);
      body.copy(message, 0, message.length);
    }
    const answer = new FakeResponse();
    const response = new PollResponse(answer.asEngine(), { kind: "polling", address: "127.0.0.1" }, undefined);
    this.connection.take(
      { sequence: ++this.#sequence, waitMs: 0, body: body.bytes.subarray(0, body.length) },
      response,
    );
    return answer.messages();
  }
}

/** Takes an answer as the engine would, and keeps its body. */
class FakeResponse {
  #status = "";
  #body = new Uint8Array(0);

  asEngine(): HttpResponse {
    const engine = {
      onAborted: () => {},
      cork: (write: () => void) => write(),
      writeStatus: (status: string) => {
        this.#status = status;
      },
      writeHeader: () => {},
      end: (body: Uint8Array) => {
        this.#body = Uint8Array.from(body);
      },
    };
    return engine as unknown as HttpResponse;
  }

  messages(): Uint8Array[] {
    expect(this.#status, Buffer.from(this.#body).toString()).toBe("200 OK");
    const reader = new ByteReader();
    reader.open(this.#body);
    const messages: Uint8Array[] = [];
    while (reader.at < reader.end) {
      const end = reader.lengthEnd();
      messages.push(this.#body.subarray(reader.at, end));
      reader.at = end;
    }
    return messages;
  }
}

test.each([1, 2, 5])("H15 a client that polls every %i ticks hears 64 of the longest shouts made at once", (ticks) => {
  expect(Buffer.byteLength(LINE)).toBe(TEXT_BYTES_MAX);
  const server = new ServerHarness();
  const poller = new HarnessPoller(server);
  const players = Array.from({ length: Math.ceil(SHOUTS / CHAT_BANK) }, (_, i) => server.join(`p${i}`));
  const tick = () => {
    server.tick(ticks, ...players);
    poller.poll();
  };
  // Everybody is in, and knows it.
  for (let i = 0; i < 25; i++) tick();

  const expected: string[] = [];
  for (const [i, player] of players.entries()) {
    const events = Array.from({ length: Math.min(CHAT_BANK, SHOUTS - i * CHAT_BANK) }, () => ({
      shout: { text: LINE },
    }));
    for (let at = 0; at < events.length; at += SHOUTS_A_MESSAGE) {
      player.tell({ events: events.slice(at, at + SHOUTS_A_MESSAGE) });
    }
    expected.push(...events.map(() => `p${i}: ${LINE}`));
  }
  expect(expected.length).toBe(SHOUTS);
  for (let i = 0; i < 25; i++) tick();
  expect(poller.heard).toEqual(expected);
  expect(poller.connection.isOpen).toBe(true);
});
