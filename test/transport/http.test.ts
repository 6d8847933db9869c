/** SPEC H25 to H27: the page's files and the operator's routes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Answer } from "../../server/http/answer.ts";
import type { Route } from "../../server/http/router.ts";
import { CONTENT_SECURITY_POLICY } from "../../server/http/static-files.ts";
import { exchange, RawClient } from "./raw-client.ts";
import { startListener, type TestListener, temporaryFolder } from "./test-listener.ts";

const PAGE = "<!doctype html><title>Pond</title>";
const SCRIPT = `console.log("${"pond ".repeat(200)}");`;

/** More than the kernel takes at once (4 MB measured), and no part looks like another. */
const LARGE = Buffer.from(Uint32Array.from({ length: 4_000_000 }, (_, i) => i).buffer);

/** A built page beside a file that must not be served. */
async function startWithPage(): Promise<TestListener & { url: string }> {
  const folder = temporaryFolder();
  const page = join(folder, "page");
  mkdirSync(join(page, "assets"), { recursive: true });
  mkdirSync(join(page, ".git"));
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(page, ".env"), "secret");
  writeFileSync(join(page, ".git", "config"), "secret");
  writeFileSync(join(page, "index.html"), PAGE);
  writeFileSync(join(page, "assets", "main-d41d8cd9.js"), SCRIPT);
  writeFileSync(join(page, "data.unknown"), "?");
  writeFileSync(join(page, "large.png"), LARGE);
  const server = await startListener({ staticDir: page });
  return { ...server, url: `http://127.0.0.1:${server.port}` };
}

test("H25 the page comes with a strict policy and is asked for again each time", async () => {
  const { url } = await startWithPage();
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(PAGE);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("content-security-policy")).toBe(CONTENT_SECURITY_POLICY);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|http/);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  expect(response.headers.get("cache-control")).toBe("no-cache");
});

test("H25 an asset whose name holds its hash is kept for ever, and compressed for those who can", async () => {
  const { url, port } = await startWithPage();
  const response = await fetch(`${url}/assets/main-d41d8cd9.js?query=is-ignored`);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(await response.text()).toBe(SCRIPT);
  const client = new RawClient(port);
  client.write("GET /assets/main-d41d8cd9.js HTTP/1.1\r\nHost: a\r\n\r\n");
  const plain = await client.until((text) => text.endsWith(SCRIPT));
  expect(plain).not.toContain("Content-Encoding");
  client.destroy();
});

test("H25 a browser that has the file already gets 304 and no body", async () => {
  const { url } = await startWithPage();
  const etag = (await fetch(url)).headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]+"$/);
  const again = await fetch(url, { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
  expect((await fetch(url, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
});

test("H25 a file larger than the kernel takes at once arrives whole", async () => {
  const { url } = await startWithPage();
  const response = await fetch(`${url}/large.png`);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(LARGE.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
});

test("H25 a file of unknown kind is bytes, nothing a browser would run", async () => {
  const { url } = await startWithPage();
  const response = await fetch(`${url}/data.unknown`);
  expect(response.headers.get("content-type")).toBe("application/octet-stream");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  "/../secret.txt",
  "/assets/../../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/..\\secret.txt",
  "//index.html",
  "/index.html/",
  "/assets",
  "/assets/",
  "/INDEX.HTML",
  "/.env",
  "/.git/config",
  "/index.html%00.js",
  "/constructor",
  "/__proto__",
])("H26 %s is not found", async (path) => {
  const { port } = await startWithPage();
  const client = new RawClient(port);
  client.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  const answer = await client.until((text) => text.includes("\r\n\r\n"));
  expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found/);
  expect(answer).not.toContain("secret");
  client.destroy();
});

test("H26 HEAD is GET without the body; others are told what is allowed", async () => {
  const { url, port } = await startWithPage();
  const client = new RawClient(port);
  // Two on one socket: a body after the first would spoil the second.
  client.write("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until((text) => text.endsWith("\r\n\r\n"));
  client.write("HEAD /none HTTP/1.1\r\nHost: a\r\n\r\n");
  const answers = await client.until((text) => text.includes("404") && text.endsWith("\r\n\r\n"));
  expect(answers).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(answers).toContain(`Content-Length: ${PAGE.length}\r\n`);
  client.destroy();
  const response = await fetch(url, { method: "POST", body: "x" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET, HEAD");
  expect(await exchange(port, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 405 /);
});

test("H26 without a built page the server says how to build it", async () => {
  const { port } = await startListener();
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("npm run build");
});

test("H27 a route answers at once or later, to GET and HEAD", async () => {
  const routes = new Map<string, Route>([
    ["/healthz", () => ({ status: 503, contentType: "application/json", body: '{"ready":false}' })],
    ["/metrics", async () => ({ status: 200, contentType: "text/plain; version=0.0.4", body: "up 1\n" })],
  ]);
  const { port } = await startListener({ routes });
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(health.status).toBe(503);
  expect(await health.json()).toEqual({ ready: false });
  const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(await metrics.text()).toBe("up 1\n");
  expect(metrics.headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: "HEAD" })).headers.get("content-length")).toBe("5");
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: "DELETE" })).status).toBe(405);
});

test("H27 a route that throws is a 500 and a logged bug; one whose client left is harmless", async () => {
  let finish: (answer: Answer) => void = () => {};
  let asked: () => void = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const slow = new Promise<Answer>((resolve) => {
    finish = resolve;
  });
  const routes = new Map<string, Route>([
    [
      "/throws",
      () => {
        throw new Error("bug");
      },
    ],
    [
      "/slow",
      () => {
        asked();
        return slow;
      },
    ],
  ]);
  const { port, bugs, listener } = await startListener({ routes });
  expect((await fetch(`http://127.0.0.1:${port}/throws`)).status).toBe(500);
  expect(bugs.length).toBe(1);
  const client = new RawClient(port);
  client.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  await isAsked;
  const sockets = listener.sockets;
  client.destroy();
  while (listener.sockets >= sockets) await exchange(port, "POST /none HTTP/1.1\r\nHost: a\r\n\r\n");
  finish({ status: 200, contentType: "text/plain", body: "too late" });
  expect((await fetch(`http://127.0.0.1:${port}/throws`)).status).toBe(500);
});
