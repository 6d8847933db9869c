/** The proxy between real sockets: bytes whole, unchanged and in order. Its clock is moved by hand. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { VirtualTime } from "../../bench/feel/virtual-time.ts";
import { startTroubleProxy, type TroubleProxy } from "../../bench/trouble/proxy.ts";
import type { Conditions } from "../../client/sync/link.ts";
import type { Timers } from "../../client/sync/timers.ts";
import { seededRandom } from "../../proto/random.ts";

const FAR: Conditions = { rttMs: 100, jitterMs: 0 };
const MIB = 1024 * 1024;

let time: VirtualTime;
let server: Server;
/** The server's ends, in order of arrival. */
let ends: Socket[];
let proxy: TroubleProxy;
/** Called when the proxy has set a timer: something waits. */
let onTimer: () => void;

beforeEach(async () => {
  time = new VirtualTime();
  ends = [];
  onTimer = () => {};
  server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    ends.push(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(async () => {
  await proxy.close();
  for (const socket of ends) socket.destroy();
  server.close();
});

const timers: Timers = {
  set(act, delayMs) {
    const timer = time.timers.set(act, delayMs);
    onTimer();
    return timer;
  },
  clear: (timer) => time.timers.clear(timer),
};

async function start(conditions: Conditions | undefined, seed = 1): Promise<void> {
  const { port: targetPort } = server.address() as AddressInfo;
  proxy = await startTroubleProxy({ listenPort: 0, targetPort, conditions, seed, now: time.now, timers });
}

/** A client through the proxy, and the server's end of it. */
async function join(): Promise<{ client: Socket; end: Socket }> {
  const client = connect({ port: proxy.port, host: "127.0.0.1", allowHalfOpen: true });
  client.on("error", () => {});
  await Promise.all([once(client, "connect"), once(server, "connection")]);
  const end = ends.at(-1);
  if (end === undefined) throw new Error("nobody came");
  return { client, end };
}

const somethingWaits = () => new Promise<void>((resolve) => (onTimer = resolve));

/** Passes time whenever the proxy waits for some, as real time would, only at once. */
function letTimeFly(): void {
  onTimer = () => void setImmediate(() => time.runUntil(Math.min(time.nextMs, 1e12)));
}

/** Reads to the end of what comes. */
async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Bytes that no shift or swap leaves the same. */
function noise(length: number, seed: number): Buffer {
  const random = seededRandom(seed);
  return Buffer.from(Uint8Array.from({ length }, () => random() * 256));
}

const digest = (data: Buffer) => `${data.length} ${createHash("sha256").update(data).digest("hex")}`;

describe("the trouble proxy", () => {
  test.each([
    ["untouched", undefined],
    [
      "through jitter, stalls and a narrow line",
      { ...FAR, jitterMs: 80, bytesPerSecond: 1e6, stalls: { everyMs: 900, lastsMs: 90 } },
    ],
  ] as const)("passes 3 MiB each way unchanged and in order, %s", async (_, conditions) => {
    await start(conditions);
    letTimeFly();
    const { client, end } = await join();
    const up = noise(3 * MIB, 1);
    const down = noise(3 * MIB + 17, 2);
    const read = [readAll(end), readAll(client)];
    client.end(up);
    end.end(down);
    const [upRead, downRead] = await Promise.all(read);
    expect(digest(upRead)).toBe(digest(up));
    expect(digest(downRead)).toBe(digest(down));
  });

  test("holds bytes back for half the round trip on either way", async () => {
    await start(FAR);
    const { client, end } = await join();
    for (const [from, to] of [
      [client, end],
      [end, client],
    ]) {
      const waiting = somethingWaits();
      from.write("news");
      await waiting;
      expect(time.nextMs).toBe(time.nowMs + 50);
      const arrived = once(to, "data");
      time.runUntil(time.nextMs);
      expect(String(await arrived)).toBe("news");
    }
  });

  test("gives each connection its own delays, and the same ones with the same seed", async () => {
    const arrivals = async (seed: number) => {
      await start({ rttMs: 1000, jitterMs: 1000 }, seed);
      const times: number[] = [];
      for (let i = 0; i < 3; i++) {
        const { client } = await join();
        const waiting = somethingWaits();
        client.write("x");
        await waiting;
        times.push(time.nextMs - time.nowMs);
        time.runUntil(time.nextMs);
      }
      await proxy.close();
      return times;
    };
    const first = await arrivals(1);
    expect(new Set(first).size).toBe(3);
    time = new VirtualTime();
    expect(await arrivals(1)).toEqual(first);
    time = new VirtualTime();
    expect(await arrivals(2)).not.toEqual(first);
  });

  test("does not read on while much is on the way, and loses nothing of it", async () => {
    await start({ rttMs: 1e9, jitterMs: 0 });
    const { client, end } = await join();
    // Twice what a line holds: if the proxy read on, it would have to cut the connection.
    const up = noise(8 * MIB, 3);
    const read = readAll(end);
    client.end(up);
    for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate);
    letTimeFly();
    proxy.set(undefined);
    expect(digest(await read)).toBe(digest(up));
  });

  test("a change that cuts closes both sides", async () => {
    await start(FAR);
    const { client, end } = await join();
    const closed = Promise.all([once(client, "close"), once(end, "close")]);
    client.resume();
    end.resume();
    end.on("end", () => end.end());
    client.on("end", () => client.end());
    proxy.set({ ...FAR, dropAfterMs: 10 });
    time.runUntil(time.nowMs + 15);
    await closed;
  });

  test("a server that is not there closes the client", async () => {
    await start(FAR);
    server.close();
    await once(server, "close");
    const client = connect({ port: proxy.port, host: "127.0.0.1" });
    client.on("error", () => {});
    client.resume();
    await once(client, "close");
  });

  test("closed twice is harmless, cuts everyone, frees the port and leaves no timer", async () => {
    await start(FAR);
    const { client, end } = await join();
    const waiting = somethingWaits();
    client.write("on the way");
    await waiting;
    const closed = once(client, "close");
    client.resume();
    client.on("end", () => client.end());
    end.resume();
    end.on("end", () => end.end());
    await proxy.close();
    await proxy.close();
    await closed;
    expect(time.nextMs).toBe(Number.POSITIVE_INFINITY);
    const again = createServer().listen(proxy.port, "127.0.0.1");
    await once(again, "listening");
    again.close();
  });
});
