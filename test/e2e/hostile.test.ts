/** Strangers' words and strangers' pages: neither gets anything to happen in the player's browser. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "vite";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../proto/random.ts";
import { useStage } from "./stage.ts";

declare global {
  interface Window {
    hostileParts?: typeof import("./hostile-parts.ts");
  }
}

const stage = useStage();
const COUNT = 10_000;
const SEED = 11;

const PARTS = [
  "<script>document.title='owned'</script>",
  "<img src=http://127.0.0.1:9/x onerror=document.title='owned'>",
  "<svg/onload=document.title='owned'>",
  "<iframe src=javascript:parent.document.title='owned'>",
  "<link rel=stylesheet href=http://127.0.0.1:9/y>",
  "<style>@import 'http://127.0.0.1:9/z'</style>",
  "</span></li></ol>",
  '"><b>',
  "' onmouseover='document.title=1",
  "javascript:document.title='owned'",
  "url(http://127.0.0.1:9/u)",
  "{name}",
  "{{constructor.constructor('document.title=1')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: hostile on purpose
  "${document.title='owned'}",
  "&lt;script&gt;",
  "&#x3c;b&#x3e;",
  "\u0000",
  "\u202e",
  "\u2066\u202d",
  "\u200b\u200d",
  "\ud800",
  "\udfff",
  "a\u0301\u0302\u0303\u0304\u0305\u0306",
  "\u2028",
  "\r\n",
  "__proto__",
  "constructor",
  "<!--",
  "]]>",
  "%3Cscript%3E",
  "مرحبا",
  "👨‍👩‍👧‍👦",
  "x".repeat(300),
];

/** Each a few parts one after the other. */
function hostileTexts(): string[] {
  const random = seededRandom(SEED);
  return Array.from({ length: COUNT }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => PARTS[Math.floor(random() * PARTS.length)]).join(""),
  );
}

describe("hostile words", () => {
  test("T13 10,000 names and lines, seed 11, make no element of their own and no request", async () => {
    const built = await build({
      // The page's own: without the parts of libraries that its policy forbids.
      configFile: join(import.meta.dirname, "../../client/vite.config.ts"),
      logLevel: "error",
      build: {
        write: false,
        minify: false,
        lib: { entry: join(import.meta.dirname, "hostile-parts.ts"), formats: ["iife"], name: "hostileParts" },
      },
    });
    const [{ output }] = [built].flat() as { output: { code?: string }[] }[];
    const { page, complaints } = await stage.openPond({ name: "Ada" });
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    // As text: the page's policy lets no script in, but a debugger's.
    await page.evaluate(`${output[0].code}; globalThis.hostileParts = hostileParts;`);
    const kinds = await page.evaluate((texts) => window.hostileParts?.showAll(texts), hostileTexts());
    expect(kinds).toEqual(["BDI", "BUTTON", "DIV", "LI", "OL", "P", "SPAN", "UL"]);
    expect(requests).toEqual([]);
    expect(await page.title()).toBe("Shoal: a pond of tadpoles");
    expect(complaints).toEqual([]);
  });
});

describe("a page of another site", () => {
  test("T1 gets no socket and no poll from a player's browser, and is no session", async () => {
    const app = await stage.serve();
    const { page } = await stage.openPage({ name: "Ada" });
    const other = createServer((_, response) => response.end("<!doctype html><title>elsewhere</title>"));
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    try {
      const { port } = other.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`);
      const seen = await page.evaluate(async (target) => {
        const subprotocol = "shoal.000000000000";
        const socket = await new Promise<string>((resolve) => {
          const opened = new WebSocket(`ws://127.0.0.1:${target}/ws`, [subprotocol]);
          opened.onopen = () => resolve("open");
          opened.onclose = ({ code }) => resolve(`closed ${code}`);
        });
        const poll = await fetch(`http://127.0.0.1:${target}/poll`, {
          method: "POST",
          headers: { "shoal-protocol": subprotocol },
        }).then(
          ({ status }) => `status ${status}`,
          () => "refused",
        );
        return [socket, poll];
      }, app.port);
      expect(seen).toEqual(["closed 1006", "refused"]);
      expect(app.rooms.size).toBe(0);
    } finally {
      other.close();
    }
  });
});
