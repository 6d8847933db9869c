/** SPEC H29: a server under a low limit of open files refuses newcomers instead of spinning. A real process. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readDescriptorLimit, socketsMaxFor } from "../../server/transport/sockets-max.ts";
import { freePort } from "../setup/free-port.ts";
import { RawClient } from "./raw-client.ts";

const DESCRIPTORS = 200;
/** 64 descriptors are kept for other things. */
const MARK = DESCRIPTORS - 64;
/** Sockets that must leave before the port opens again. */
const REOPEN_MARGIN = 32;
const NEWCOMERS = 180;
/** More than the operators' port takes. */
const OPERATORS = 80;

/**
 * Runs in the server's process and, when asked, tells how many turns its event loop made during 10 timers of 50 ms. One
 * at rest makes a few for each timer and tick; one that spins in `accept` makes ten thousands.
 */
const LOOP_COUNTER = `data:text/javascript,${encodeURIComponent(`
  const turns = () => performance.nodeTiming.uvMetricsInfo.loopCount;
  process.on("message", async () => {
    const before = turns();
    for (let i = 0; i < 10; i++) await new Promise((done) => setTimeout(done, 50));
    process.send(turns() - before);
  });
`)}`;
const TURNS_MAX = 5000;

/** A server in a process of its own that may open so many files; killed when the test ends. */
function startServer(descriptors: number, port: number, adminPort = 0): ChildProcess {
  const main = join(import.meta.dirname, "../../server/main.ts");
  const server = spawn(
    "prlimit",
    [`--nofile=${descriptors}:${descriptors}`, process.execPath, "--import", LOOP_COUNTER, main],
    {
      env: {
        PATH: process.env.PATH,
        HOST: "127.0.0.1",
        PORT: String(port),
        ADMIN_PORT: String(adminPort),
        LOG_LEVEL: "warn",
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  onTestFinished(() => {
    server.kill("SIGKILL");
  });
  return server;
}

/** True once this client was answered; false if it was not let in. At the mark the server says that it is full. */
async function isServed(client: RawClient): Promise<boolean> {
  const before = client.text.length;
  client.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  try {
    await client.until((text) => /"status":"(ok|full)"/.test(text.slice(before)));
    return true;
  } catch {
    return false;
  }
}

async function untilSaid(server: ChildProcess, words: string): Promise<void> {
  let said = "";
  for await (const chunk of server.stdout ?? []) {
    said += String(chunk);
    if (said.includes(words)) return;
  }
  throw new Error(`ended after ${JSON.stringify(said)}`);
}

test("H29 the mark is 64 below the limit of open files, and at most 12,000", () => {
  expect(socketsMaxFor(128)).toBe(64);
  expect(socketsMaxFor(1024)).toBe(960);
  expect(socketsMaxFor(12_063)).toBe(11_999);
  expect(socketsMaxFor(12_064)).toBe(12_000);
  expect(socketsMaxFor(1_048_576)).toBe(12_000);
  expect(socketsMaxFor(undefined)).toBe(12_000);
  expect(() => socketsMaxFor(127)).toThrow(/may open 127 files.*at least 128.*ulimit/);
});

test.skipIf(process.platform === "win32")("H29 this process's limit of open files is known", () => {
  expect(readDescriptorLimit() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(0);
});

// Setting another process's limit is Linux's alone.
test.skipIf(process.platform !== "linux")(
  "H29 with fewer than 128 open files the server says so and ends",
  async () => {
    const server = startServer(127, 0);
    let said = "";
    server.stderr?.on("data", (chunk) => {
      said += String(chunk);
    });
    const [code] = await once(server, "close");
    expect(code).toBe(1);
    expect(said).toMatch(/^Shoal does not start: this process may open 127 files/);
  },
);

test.skipIf(process.platform !== "linux")(
  "H29 at its mark a server refuses newcomers, serves those inside, stays at rest, and lets in again",
  async () => {
    const port = await freePort();
    const adminPort = await freePort();
    const server = startServer(DESCRIPTORS, port, adminPort);
    await untilSaid(server, "Shoal is ready");
    // Nobody needs a token to connect there.
    const idlers = Array.from({ length: OPERATORS }, () => new RawClient(adminPort));

    const clients = Array.from({ length: NEWCOMERS }, () => new RawClient(port));
    const served = await Promise.all(clients.map(isServed));
    const inside = clients.filter((_, i) => served[i]);
    expect(inside.length).toBe(MARK);
    // Nobody had to wait until the idlers were cut off.
    expect(idlers.some(({ isClosed }) => !isClosed)).toBe(true);
    expect(await isServed(new RawClient(port))).toBe(false);
    // SPEC O1, as those inside may see.
    expect(await isServed(inside[0])).toBe(true);
    expect(inside[0].text).toMatch(/HTTP\/1.1 503 [\s\S]*"status":"full"/);
    expect(readdirSync(`/proc/${server.pid}/fd`).length).toBeLessThan(DESCRIPTORS);

    server.send("count");
    const [turns] = await once(server, "message");
    expect(turns).toBeLessThan(TURNS_MAX);
    expect(await isServed(inside[0])).toBe(true);

    for (const client of inside.slice(1, 1 + REOPEN_MARGIN)) client.destroy();
    const newcomer = async (): Promise<RawClient> => {
      for (;;) {
        const client = new RawClient(port);
        if (await isServed(client)) return client;
      }
    };
    inside.push(await newcomer());
    for (const client of [...inside, ...idlers]) client.destroy();
  },
);
