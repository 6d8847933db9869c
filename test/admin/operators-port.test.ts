/** The operators' port on a whole server: where it is, who is let in, what is refused and how (threat T19). */
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { adminPortOf, readConfig } from "../../server/config.ts";
import { systemClock } from "../../server/loop.ts";
import { freePort } from "../setup/free-port.ts";
import { ask, type Server, serve } from "./operator.ts";

const TOKEN = "correct-horse-battery";

describe("where it is", () => {
  test("A1 metrics and all that operators do is on a port of its own, and not on the game's", async () => {
    const { app, ask: operate } = await serve();
    expect(app.adminPort).not.toBe(app.port);
    const metrics = await operate("GET", "/metrics");
    expect(metrics).toMatchObject({ status: 200, headers: { "content-type": expect.stringMatching(/^text\/plain/) } });
    expect(metrics.text).toMatch(/^shoal_sessions 0$/m);
    expect(await operate("GET", "/healthz")).toMatchObject({ status: 200, json: { status: "ok", sessions: 0 } });
    for (const path of ["/metrics", "/sessions", "/bans", "/reports", "/kick", "/ban"]) {
      expect((await fetch(`http://127.0.0.1:${app.port}${path}`)).status, path).toBe(404);
    }
    expect((await fetch(`http://127.0.0.1:${app.port}/healthz`)).status).toBe(200);
  });

  test("A1 T19 by default nobody but this machine reaches it", async () => {
    const { app } = await serve({ HOST: "0.0.0.0" });
    // 127.0.0.2 is this machine's, too; whoever listens on 127.0.0.1 alone does not hear it.
    expect((await fetch(`http://127.0.0.2:${app.port}/healthz`)).status).toBe(200);
    const socket = connect(app.adminPort, "127.0.0.2");
    await expect(once(socket, "connect")).rejects.toThrow("ECONNREFUSED");
  });

  test.each([
    [{ PORT: "3000" }, 4000],
    [{ PORT: "65000" }, 64_000],
    [{ PORT: "0" }, 0],
    [{ PORT: "3000", ADMIN_PORT: "0" }, 0],
    [{ PORT: "0", ADMIN_PORT: "9000" }, 9000],
  ])("A1 with %j the operators' port is %i", (env, port) => {
    const result = readConfig(env, { seed: 1 });
    if ("errors" in result) throw new Error(result.errors.join());
    expect(adminPortOf(result.config)).toBe(port);
  });

  test("A1 on an address that others reach it needs a token, or nothing starts", () => {
    for (const host of ["0.0.0.0", "::", "192.0.2.1", "shoal.internal"]) {
      expect(readConfig({ ADMIN_HOST: host }, { seed: 1 })).toEqual({
        errors: [`ADMIN_HOST is "${host}", which others can reach, so ADMIN_TOKEN must be set, too`],
      });
      expect(readConfig({ ADMIN_HOST: host, ADMIN_TOKEN: TOKEN }, { seed: 1 })).toHaveProperty("config");
    }
    for (const host of ["127.0.0.1", "127.1.2.3", "::1", "localhost"]) {
      expect(readConfig({ ADMIN_HOST: host }, { seed: 1 })).toHaveProperty("config");
    }
  });

  test("A1 a token is 16 to 256 visible characters, and a refused one is not repeated", () => {
    for (const token of [
      "x".repeat(15),
      "x".repeat(257),
      "with space in the middle",
      "tab\tin the middle of it",
      "passwordpassword",
    ]) {
      const result = readConfig({ ADMIN_TOKEN: token }, { seed: 1 });
      expect(JSON.stringify(result)).not.toContain(token.slice(0, 8));
      expect(result).toEqual({ errors: [expect.stringMatching(/^ADMIN_TOKEN .*must be 16 to 256 visible/)] });
    }
  });

  test("A1 where the default port is another's, a free one is taken; a chosen one that is another's is refused", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    // A server that listens has an address of this kind.
    const { port } = taken.address() as { port: number };
    const { app } = await serve({ PORT: String(port > 64_535 ? port + 1000 : port - 1000) });
    expect(app.adminPort).not.toBe(port);
    await expect(serve({ ADMIN_PORT: String(port) })).rejects.toMatchObject({
      address: { host: "127.0.0.1", port },
      settings: { host: "ADMIN_HOST", port: "ADMIN_PORT" },
    });
  });

  test("A1 closing the server closes it, and what is open there", async () => {
    const { app } = await serve();
    const socket = connect(app.adminPort, "127.0.0.1");
    await once(socket, "connect");
    const ended = once(socket, "close");
    socket.resume();
    await app.close();
    await ended;
    await expect(ask(app.adminPort, "GET", "/healthz")).rejects.toThrow("ECONNREFUSED");
  });

  test("A1 a server that cannot have the game's port leaves none for operators behind", async () => {
    const { app } = await serve();
    const adminPort = await freePort();
    await expect(serve({ PORT: String(app.port), ADMIN_PORT: String(adminPort) })).rejects.toThrow("cannot listen");
    await expect(ask(adminPort, "GET", "/healthz")).rejects.toThrow("ECONNREFUSED");
  });
});

describe("who is let in", () => {
  let server: Server;
  beforeAll(async () => {
    server = await serve({}, afterAll);
  });

  test.each([
    ["another page's script", { Origin: "https://evil.example" }],
    ["a sandboxed page", { Origin: "null" }],
    ["a page of the game itself", { Origin: "http://127.0.0.1:3000" }],
    ["a page that embeds it as an image", { "Sec-Fetch-Site": "cross-site" }],
    ["a page of the same host", { "Sec-Fetch-Site": "same-site" }],
    ["another name for this machine", { Host: "rebound.evil.example:4000" }],
    ["a name that begins like one of ours", { Host: "127.0.0.1.evil.example" }],
    ["a name that ends like one of ours", { Host: "evil.example:80:127.0.0.1" }],
  ])("A2 T19 a web page is refused: %s", async (_, headers) => {
    const { ask: operate, app } = server;
    for (const [method, path] of [
      ["GET", "/sessions"],
      ["GET", "/nothing"],
      ["POST", "/kick"],
    ] as const) {
      const answer = await operate(method, path, method === "POST" ? { account: "ada" } : undefined, headers);
      expect(answer).toMatchObject({ status: 403, json: { error: expect.any(String) } });
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
    expect((await ask(app.adminPort, "GET", "/healthz")).status).toBe(200);
  });

  test.each(["127.0.0.1", "localhost", "LOCALHOST:9999", "[::1]:4000"])(
    "A2 takes %s for this machine",
    async (host) => {
      const { ask: operate } = await serve();
      expect((await operate("GET", "/healthz", undefined, { Host: host })).status).toBe(200);
    },
  );

  test("A2 five wrong tokens of an address, and for a while no token is looked at, right or wrong", async () => {
    const clock = { ...systemClock, now: () => nowMs };
    let nowMs = 1000;
    const { ask: operate } = await serve({ ADMIN_TOKEN: TOKEN }, onTestFinished, clock);
    const status = async (token: string) =>
      (await operate("GET", "/status", undefined, { Authorization: `Bearer ${token}` })).status;
    const wrong = Array.from({ length: 5 }, (_, i) => `${TOKEN}${i}`);
    for (const token of wrong) expect(await status(token)).toBe(401);
    const refused = await operate("GET", "/status", undefined, { Authorization: `Bearer ${TOKEN}` });
    expect([refused.status, refused.headers["retry-after"], refused.headers.connection]).toEqual([429, "12", "close"]);
    // Who bears none guesses nothing.
    expect((await operate("GET", "/status")).status).toBe(401);
    nowMs += 11_000;
    const later = await operate("GET", "/status", undefined, { Authorization: `Bearer ${TOKEN}` });
    expect([later.status, later.headers["retry-after"]]).toEqual([429, "1"]);
    nowMs += 1000;
    expect(await status(TOKEN)).not.toBe(429);
    expect(await status(wrong[0])).toBe(401);
    expect(await status(TOKEN)).toBe(429);
  });

  test("A2 with a token every request must bear it, and then any name will do elsewhere", async () => {
    const { ask: operate, lines } = await serve({ ADMIN_HOST: "0.0.0.0", ADMIN_TOKEN: TOKEN });
    const wrong = [undefined, "", TOKEN, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, "Bearer "];
    for (const authorization of wrong) {
      const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization };
      for (const path of ["/metrics", "/nothing"]) {
        const answer = await operate("GET", path, undefined, headers);
        expect(answer, `${authorization} ${path}`).toMatchObject({
          status: 401,
          headers: { "www-authenticate": "Bearer" },
        });
      }
    }
    const headers = { Authorization: `Bearer ${TOKEN}`, Host: "shoal.internal" };
    expect((await operate("GET", "/metrics", undefined, headers)).status).toBe(200);
    expect(lines.join("")).not.toContain(TOKEN.slice(1));
    // Refusals are logged, as everything that somebody may cause a hundred thousand times: ten a second.
    const refusals = lines.filter((line) => line.includes('"operators-port"'));
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.length).toBeLessThan(14);
  });

  test("A2 T19 a form of another page can send no JSON, and nothing else is taken", async () => {
    const { ask: operate } = await serve();
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonp",
      "",
    ]) {
      const answer = await operate("POST", "/ban", { account: "ada" }, { "Content-Type": type });
      expect(answer, type).toMatchObject({ status: 415 });
    }
    expect((await operate("GET", "/bans")).json).toEqual({ bans: [] });
    const charset = { "Content-Type": "application/json; charset=utf-8" };
    expect((await operate("POST", "/ban", { account: "ada" }, charset)).status).toBe(200);
  });
});

describe("what it answers", () => {
  let server: Server;
  beforeAll(async () => {
    server = await serve({}, afterAll);
  });

  test("A2 unknown paths, methods and bodies are refused with words", async () => {
    const { ask: operate } = server;
    const refused = async (method: string, path: string, body?: unknown) => {
      const { status, json } = await operate(method, path, body);
      expect(json.error.length, `${method} ${path}`).toBeGreaterThan(5);
      return status;
    };
    expect(await refused("GET", "/")).toBe(404);
    expect(await refused("GET", "/metrics/")).toBe(404);
    expect(await refused("GET", "/__proto__")).toBe(404);
    expect(await refused("POST", "/metrics", {})).toBe(405);
    expect(await refused("GET", "/kick")).toBe(405);
    expect(await refused("PUT", "/ban", {})).toBe(405);
    expect((await operate("GET", "/ban")).headers["allow"]).toBe("POST, DELETE");
    expect(await refused("POST", "/kick", "{")).toBe(400);
    expect(await refused("POST", "/kick", "")).toBe(400);
    for (const body of ["null", "7", "[]", '"x"', "{}"]) expect(await refused("POST", "/kick", body)).toBe(400);
  });

  test.each([
    ["a field that nobody knows", { account: "ada", minute: 5 }],
    ["a field of Object's", '{"account":"ada","__proto__":{"minutes":5}}'],
    ["two targets", { account: "ada", address: "192.0.2.7" }],
    ["an empty account", { account: "" }],
    ["an account that is no text", { account: 7 }],
    ["a too long account", { account: "x".repeat(257) }],
    ["a prefix that is too wide", { address: "0.0.0.0/0" }],
    ["minutes of 0", { account: "ada", minutes: 0 }],
    ["a part of a minute", { account: "ada", minutes: 1.5 }],
    ["minutes as text", { account: "ada", minutes: "5" }],
    ["a hundred years", { account: "ada", minutes: 5_256_001 * 10 }],
    ["a reason of many bytes", { account: "ada", reason: "é".repeat(46) }],
    ["a reason of two lines", { account: "ada", reason: "a\nb" }],
  ])("A2 a ban with %s is refused, and nobody is banned", async (_, body) => {
    const { ask: operate } = server;
    expect(await operate("POST", "/ban", body)).toMatchObject({ status: 400, json: { error: expect.any(String) } });
    expect((await operate("GET", "/bans")).json).toEqual({ bans: [] });
  });

  test("A2 a body of 4096 bytes is read, a larger one refused, and one without end is cut off", async () => {
    const { ask: operate, app } = await serve();
    const body = (bytes: number) => JSON.stringify({ account: "ada" }).padEnd(bytes);
    expect((await operate("POST", "/ban", body(4096))).status).toBe(200);
    expect((await operate("POST", "/ban", body(4097))).status).toBe(413);
    const socket = connect(app.adminPort, "127.0.0.1");
    socket.on("error", () => {});
    const head =
      "POST /ban HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    socket.write(`${head}1001\r\n${"x".repeat(4097)}`);
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 [\s\S]*Connection: close/i);
    socket.resume();
    await once(socket, "close");
  });

  test("A2 HEAD is GET without a body; answers are for no cache, no sniffer and no page", async () => {
    const { ask: operate } = server;
    const head = await operate("HEAD", "/metrics");
    expect(head).toMatchObject({ status: 200, text: "" });
    expect(Number(head.headers["content-length"])).toBeGreaterThan(1000);
    expect((await operate("GET", "/bans")).headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    });
  });

  test("A2 a filter of sessions that nobody knows is refused in words", async () => {
    expect(await server.ask("GET", "/sessions?name=ada&foo=1")).toMatchObject({
      status: 400,
      json: { error: 'there is no filter "foo"; there are room, name, account' },
    });
    expect((await server.ask("GET", "/sessions?room=pond&name=ada&account=a")).status).toBe(200);
  });

  test("A1 a hundred connections that ask nothing cost the game nothing, and operators get in again", async () => {
    const { app } = await serve();
    const idle = Array.from({ length: 100 }, () => connect(app.adminPort, "127.0.0.1").on("error", () => {}));
    const cut = idle.map((socket) => once(socket.resume(), "close"));
    // Those over the limit are cut off at once; the others when they leave.
    await Promise.race(cut);
    expect((await fetch(`http://127.0.0.1:${app.port}/healthz`)).status).toBe(200);
    for (const socket of idle) socket.destroy();
    await Promise.all(cut);
    for (let status = 0; status !== 200; ) {
      status = await ask(app.adminPort, "GET", "/healthz").then(
        (answer) => answer.status,
        () => 0,
      );
    }
  });

  const own = Object.values(networkInterfaces())
    .flat()
    .find((found) => found?.family === "IPv4" && !found.internal)?.address;
  test.skipIf(own === undefined)("A1 one address that opens all it can leaves others their way in", async () => {
    const { app } = await serve({ ADMIN_HOST: "0.0.0.0", ADMIN_TOKEN: TOKEN });
    const idle = Array.from({ length: 24 }, () => connect(app.adminPort, own).on("error", () => {}));
    onTestFinished(() => {
      for (const socket of idle) socket.destroy();
    });
    let cut = 0;
    for (const socket of idle) socket.resume().once("close", () => cut++);
    while (cut < 16) await new Promise(setImmediate);
    expect((await ask(app.adminPort, "GET", "/healthz")).status).toBe(401);
    expect(cut).toBe(16);
  });
});
