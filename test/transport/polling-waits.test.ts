/** SPEC H16 to H20: polls that wait, and how polling connections end. */
import { describe, expect, test } from "vitest";
import { CLIENT_GONE_MS } from "../../proto/limits.ts";
import { type Answer, EMPTY, farewell, openPoller, type Poller } from "./poller.ts";
import { exchange, RawClient } from "./raw-client.ts";
import { startListener, type TestListener } from "./test-listener.ts";

describe("waiting", () => {
  /** A long poll that the server holds: it has taken the message that came with it. */
  async function holdPoll(server: TestListener, poller: Poller): Promise<{ answer: Promise<Answer> }> {
    const before = server.recorder.messages.length;
    const answer = poller.poll({ messages: [[0]], waitMs: 20_000 });
    await server.recorder.until(() => server.recorder.messages.length > before);
    return { answer };
  }

  test("H35 a flood of polls that let each other go ends with 4007 for the one that waits, too", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    for (let i = 0; i < 119; i++) await poller.poll();
    const { answer } = await holdPoll(server, poller);
    const flooded = { status: 410, bytes: farewell(4007, "too many polls") };
    expect(await poller.poll({ waitMs: 20_000 })).toEqual(flooded);
    expect(await answer).toEqual(flooded);
    expect(server.recorder.closed.map(({ code }) => code)).toEqual([4007]);
  });

  test("H16 a long poll waits, and the next message answers it at once", async () => {
    const server = await startListener();
    const { answer } = await holdPoll(server, await openPoller(server));
    const [connection] = server.recorder.opened;
    expect(connection.send(new Uint8Array([5, 6]))).toBe("sent");
    expect(connection.bufferedBytes()).toBe(0);
    expect(await answer).toEqual({ status: 200, bytes: [2, 5, 6] });
  });

  test("H16 a long poll does not wait when something is there", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    server.recorder.opened[0].send(new Uint8Array([5]));
    expect(await poller.poll({ waitMs: 20_000 })).toEqual({ status: 200, bytes: [1, 5] });
  });

  test("H16 when its time is up a long poll is answered empty, not before", async () => {
    const server = await startListener();
    const { answer } = await holdPoll(server, await openPoller(server));
    let isAnswered = false;
    void answer.then(() => {
      isAnswered = true;
    });
    server.clock.nowMs += 19_999;
    server.listener.sweep(server.clock.nowMs);
    // Another exchange on the same server: what it had to say before, it has said.
    await openPoller(server);
    expect(isAnswered).toBe(false);
    server.clock.nowMs += 1;
    server.listener.sweep(server.clock.nowMs);
    expect(await answer).toEqual(EMPTY);
    expect(server.recorder.closed).toEqual([]);
  });

  test("H16 a newer poll answers the waiting one empty and waits in its place", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const older = await holdPoll(server, poller);
    const newer = await holdPoll(server, poller);
    expect(await older.answer).toEqual(EMPTY);
    server.recorder.opened[0].send(new Uint8Array([7]));
    expect(await newer.answer).toEqual({ status: 200, bytes: [1, 7] });
  });

  test("H16 a close answers the waiting poll with its code", async () => {
    const server = await startListener();
    const { answer } = await holdPoll(server, await openPoller(server));
    server.recorder.opened[0].close(4000, "server restarts");
    expect(await answer).toEqual({ status: 410, bytes: farewell(4000, "server restarts") });
  });

  test("H17 messages for a waiting poll whose client went away stay for its next poll", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const client = new RawClient(server.port);
    client.write(
      `POST /poll HTTP/1.1\r\nHost: a\r\nshoal-connection: ${poller.key}\r\nshoal-sequence: 1\r\nshoal-wait: 20000\r\nContent-Length: 2\r\n\r\n\x01\x00`,
    );
    await server.recorder.until(() => server.recorder.messages.length === 1);
    const sockets = server.listener.sockets;
    client.destroy();
    // The server has seen the end of that socket once it serves the next one that came after it.
    while (server.listener.sockets >= sockets)
      await exchange(server.port, "POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    expect(server.recorder.opened[0].send(new Uint8Array([8]))).toBe("sent");
    expect(server.recorder.opened[0].bufferedBytes()).toBe(2);
    poller.sequence = 1;
    expect(await poller.poll()).toEqual({ status: 200, bytes: [1, 8] });
  });
});

describe("ending", () => {
  test("H18 what was handed over before a close goes down first, then the code, then the id is unknown", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const [connection] = server.recorder.opened;
    connection.send(new Uint8Array([3]));
    connection.close(4001, "too slow");
    connection.close(4000, "again");
    expect(connection.isOpen).toBe(false);
    expect(connection.send(new Uint8Array([4]))).toBe("closed");
    expect(connection.bufferedBytes()).toBe(0);
    expect(server.recorder.closed.map(({ code }) => code)).toEqual([4001]);
    expect(await poller.poll({ messages: [[1]] })).toEqual({ status: 200, bytes: [1, 3] });
    expect(await poller.poll()).toEqual({ status: 410, bytes: farewell(4001, "too slow") });
    server.listener.sweep(server.clock.nowMs);
    expect(await poller.poll()).toEqual({ status: 410, bytes: farewell(4006, "no such connection") });
    expect(server.rejects).toEqual(["poll-unknown"]);
    expect(server.recorder.messages).toEqual([]);
  });

  test("H19 a client that does not poll is gone at CLIENT_GONE_MS, not before", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    server.clock.nowMs += CLIENT_GONE_MS - 1;
    server.listener.sweep(server.clock.nowMs);
    expect(await poller.poll()).toEqual(EMPTY);
    server.clock.nowMs += CLIENT_GONE_MS;
    server.listener.sweep(server.clock.nowMs);
    expect(server.recorder.closed.map(({ code }) => code)).toEqual([4006]);
    expect(await poller.poll()).toEqual({ status: 410, bytes: farewell(4006, "no such connection") });
  });

  test("H20 a client may leave by DELETE; then its id is unknown", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const options = { method: "DELETE", headers: { "shoal-connection": poller.key } };
    expect((await fetch(`http://127.0.0.1:${server.port}/poll`, options)).status).toBe(200);
    expect(server.recorder.closed.map(({ code }) => code)).toEqual([1000]);
    expect((await fetch(`http://127.0.0.1:${server.port}/poll`, options)).status).toBe(410);
    expect((await poller.poll()).status).toBe(410);
  });

  test("H18 closing the listener closes polling clients with 4000", async () => {
    const server = await startListener();
    await openPoller(server);
    server.listener.close();
    expect(server.recorder.closed.map(({ code }) => code)).toEqual([4000]);
  });
});
