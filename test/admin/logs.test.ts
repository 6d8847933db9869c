/** What a flood, a curious reader or a dead output does to logs and metrics (threats T3 and T18, fault F26). */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openWebSocket } from "../../client/sync/index.ts";
import type { Transport } from "../../client/sync/transport.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { seededRandom } from "../../proto/random.ts";
import { createLog } from "../../server/log.ts";
import { LINES_PER_SECOND_MAX, LogLimiter } from "../../server/log-limiter.ts";
import { createMetrics } from "../../server/metrics.ts";
import { ServerHarness } from "../session/server-harness.ts";
import { exchange, handshake } from "../transport/raw-client.ts";
import { serve } from "./operator.ts";

const FRAMES = 100_000;
const SEED = 18;

/** First messages that a lobby refuses, each for another reason. */
const BAD_HELLOS = [
  new Uint8Array([0xff, 0xff, 0xff]),
  new Uint8Array(0),
  shoal.Hello.encode({ room: "No Room" }).finish(),
  shoal.Hello.encode({ join: {}, room: "Not A Room" }).finish(),
  shoal.Hello.encode({ join: {}, view: { left: 1 } }).finish(),
  shoal.Hello.encode({ join: { look: { name: "x".repeat(21) } } }).finish(),
];
/** Later ones, of a joined client. */
const BAD_FRAMES = [
  new Uint8Array([0xff, 0xff, 0xff]),
  new Uint8Array(0),
  shoal.ClientFrame.encode({ ackTick: 1 << 30 }).finish(),
  shoal.ClientFrame.encode({ events: Array(9).fill({ say: { text: "x" } }) }).finish(),
  shoal.ClientFrame.encode({ inputTick: 1, inputs: [{ steer: { heading: 1 << 20 } }] }).finish(),
  shoal.ClientFrame.encode({ events: [{}] }).finish(),
];

/** A name without its value: what a scraper counts as one series. */
function seriesOf(page: string): string[] {
  return page
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.slice(0, line.lastIndexOf(" ")));
}

test("A8 A9 T18 a hundred thousand bad frames give at most 200 lines and no new series (seed 18)", async () => {
  let lines = 0;
  const log = await createLog("trace", { write: () => void lines++ });
  const limiter = new LogLimiter(log, () => server.nowMs);
  const server = new ServerHarness({
    capacity: 10,
    onReject: (reason, { id }, words) => limiter.warn(reason, { connection: id }, words),
  });
  const metrics = createMetrics(server.counters, () => ({
    sessions: server.lobby.sessionCount,
    rooms: server.rooms.size,
    connections: server.lobby.connectionCounts,
    relieved: { thinned: 0, slowed: 0 },
  }));
  const before = seriesOf(await metrics.render());
  const random = seededRandom(SEED);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  for (let i = 0; i < FRAMES; i++) {
    // A second of the server's clock for the whole flood, and a joined client in every hundredth place.
    if (i % (FRAMES / 20) === 0) server.tick(1);
    const isJoined = i % 100 === 0;
    const connection = isJoined ? server.join("Ada").connection : server.connect();
    server.receive(connection, oneOf(isJoined ? BAD_FRAMES : BAD_HELLOS));
    if (connection.isOpen) throw new Error(`a bad frame was taken, as number ${i}`);
  }
  server.nowMs += 1000;
  limiter.flush();
  expect(lines).toBeLessThanOrEqual(200);
  expect(lines).toBeGreaterThan(LINES_PER_SECOND_MAX);
  expect(seriesOf(await metrics.render())).toEqual(before);
  const { rejects } = server.counters;
  expect(Object.values(rejects).reduce((sum, count) => sum + count, 0)).toBe(FRAMES);
});

/** A client that says what it likes. */
function talk(port: number) {
  const heard: Uint8Array[] = [];
  let wake = (): void => {};
  let end = (): void => {};
  const ended = new Promise<void>((done) => {
    end = done;
  });
  const opened = new Promise<Transport>((done) => {
    const transport = openWebSocket(`http://127.0.0.1:${port}`, {
      onOpen: () => done(transport),
      onMessage: (bytes) => {
        heard.push(bytes);
        wake();
      },
      onClose: end,
    });
    onTestFinished(() => transport.close());
  });
  const message = async (i: number): Promise<Uint8Array> => {
    while (i >= heard.length) {
      await new Promise<void>((done) => {
        wake = done;
      });
    }
    return heard[i];
  };
  const welcome = async () => shoal.Welcome.decode(await message(0));
  /** Resolves with the first frame that `isIt`. */
  const until = async (isIt: (frame: shoal.ServerFrame) => boolean): Promise<void> => {
    for (let i = 1; ; i++) if (isIt(shoal.ServerFrame.decode(await message(i)))) return;
  };
  return { opened, welcome, until, ended };
}

test("A8 T3 a log of everything holds no token and nothing that players write", async () => {
  const { app, ask, lines } = await serve({ LOG_LEVEL: "trace", ADMIN_TOKEN: "operators-own-secret" });
  const written = [
    "NAME-of-a-player",
    "WORDS-said",
    "WORDS-shouted",
    "WORDS-reported",
    "ROOM-that-is-none",
    "JWT-header.body.sig",
  ];
  const [name, said, shouted, reported, room, jwt] = written;
  const tokens: Buffer[] = [];
  /** Joins, and notes the token. */
  const join = async (hello: shoal.Hello.$Properties) => {
    const client = talk(app.port);
    const transport = await client.opened;
    transport.send(shoal.Hello.encode({ join: { look: { name } }, authToken: jwt, ...hello }).finish());
    const welcome = await client.welcome();
    tokens.push(Buffer.from(welcome.resumeToken));
    return { ...client, transport, welcome };
  };
  const first = await join({});
  const events = [{ say: { text: said } }, { shout: { text: shouted } }, { report: { aboutId: 1, words: reported } }];
  first.transport.send(shoal.ClientFrame.encode({ ackTick: first.welcome.tick, events }).finish());
  await first.until((frame) => frame.events.some(({ notice }) => notice != null));
  const second = await join({ resumeToken: first.welcome.resumeToken });
  expect(second.welcome.resumed).toBe(true);
  // What is refused, with all of it inside.
  const broken = talk(app.port);
  (await broken.opened).send(shoal.Hello.encode({ room, resumeToken: tokens[0], join: { look: { name } } }).finish());
  await broken.ended;
  second.transport.send(Buffer.concat([shoal.ClientFrame.encode({ events }).finish(), Buffer.from([0xff])]));
  await second.ended;
  await exchange(app.port, handshake({ Origin: `https://${said}.example`, Cookie: shouted }));
  await ask("GET", "/sessions", undefined, { Authorization: "Bearer operators-wrong-secret" });
  const admin = { Authorization: "Bearer operators-own-secret" };
  expect((await ask("GET", "/reports", undefined, admin)).text).toContain(reported);
  expect((await ask("POST", "/ban", { address: "198.51.100.7" }, admin)).status).toBe(200);

  const all = lines.join("");
  expect(all).toContain("a player was reported");
  const forms = tokens.flatMap((token) => [
    token.toString("hex"),
    token.toString("base64"),
    token.toString("base64url"),
    [...token].join(","),
    token.toString("latin1"),
  ]);
  for (const secret of [...written, "operators-own-secret", "operators-wrong-secret", ...forms]) {
    expect(all, secret).not.toContain(secret);
  }
});

/** A server of its own, whose output is `output`; resolves when it listens. */
async function start(env: Record<string, string>): Promise<{ child: ChildProcessWithoutNullStreams; address: string }> {
  const main = join(import.meta.dirname, "../../server/main.ts");
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: "0", ADMIN_PORT: "0", SEED: "1", ...env },
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  });
  let printed = "";
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += chunk;
    const address = /open (http:\S+)/.exec(printed)?.[1];
    if (address !== undefined) return { child, address };
  }
  throw new Error(`the server ended: ${printed}`);
}

test("A8 F26 a server whose output's reader is gone goes on", async () => {
  const { child, address } = await start({ LOG_LEVEL: "trace" });
  child.stdout.destroy();
  child.stderr.destroy();
  const port = Number(new URL(address).port);
  const health = async () => (await fetch(`${address}/healthz`)).status;
  // Each is a line: the first write to a pipe without a reader fails with EPIPE.
  for (let i = 0; i < 20; i++) await exchange(port, handshake({ Origin: "https://evil.example" }));
  expect(await health()).toBe(200);
  const client = talk(port);
  (await client.opened).send(shoal.Hello.encode({ join: {} }).finish());
  const { tick } = await client.welcome();
  await client.until((frame) => frame.tick > tick + 5);
  expect(child.exitCode).toBeNull();
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
});
