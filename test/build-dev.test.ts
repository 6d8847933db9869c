/** `npm run dev`: one address, and a server that outlives every mistake in its sources. */
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyRepository, type RepositoryCopy } from "./setup/repository-copy.ts";

const BROKEN = "const = 1;\n";
const FAILED = "the server has ended: mend";
const MENDED = "the server runs again";
const STARTED = '"msg":"listening"';

let copy: RepositoryCopy;
let dev: ChildProcessWithoutNullStreams;
let printed = "";
let address = "";
let wake = () => {};

/** How often `words` have been printed. */
function count(words: string): number {
  return printed.split(words).length - 1;
}

/** Waits until `words` have been printed that often. */
async function until(words: string, times = 1): Promise<void> {
  while (count(words) < times) {
    if (dev.exitCode !== null) throw new Error(`npm run dev has ended:\n${printed}`);
    await new Promise<void>((done) => {
      wake = done;
    });
  }
}

async function healthStatus(): Promise<number> {
  return (await fetch(new URL("/healthz", address))).status;
}

beforeAll(async () => {
  copy = copyRepository();
  // A small page instead of the real one: Vite prepares it at once.
  copy.write("client/index.html", "<!doctype html><title>Small</title>");
  dev = copy.start("server/build/dev.ts", {
    PORT: "0",
    HOST: "127.0.0.1",
    LOG_LEVEL: "info",
    // As in a terminal: what is found in Vite's words must be found in coloured ones.
    FORCE_COLOR: "1",
  });
  for (const stream of [dev.stdout, dev.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
      wake();
    });
  }
  dev.once("exit", () => wake());
  await until("Shoal is ready");
  address = /open (http:\S+)/.exec(printed)?.[1] ?? "";
}, 60_000);

afterAll(async () => {
  if (dev?.exitCode === null) {
    dev.kill("SIGKILL");
    await once(dev, "exit");
  }
  copy.remove();
});

test("the one address printed is the page's, and the server answers there, too", async () => {
  expect(printed.match(/http:\S+/g)).toEqual([address]);
  expect(await (await fetch(address)).text()).toContain("Small");
  expect(await healthStatus()).toBe(200);
});

test("a server file that does not parse ends the server, and mending it starts it again", async () => {
  const sound = copy.read("server/game/pond.ts");
  // Twice, and by renaming: a watcher that follows the file instead of its name would see the first save only.
  for (const times of [1, 2]) {
    copy.replace("server/game/pond.ts", BROKEN);
    await until(FAILED, times);
    expect(await healthStatus()).toBe(502);
    copy.replace("server/game/pond.ts", sound);
    await until(MENDED, times);
    expect(await healthStatus()).toBe(200);
  }
});

test("a file that is missing may come later, in a folder that is new", async () => {
  const sound = copy.read("server/game/pond.ts");
  copy.write("server/game/pond.ts", `import "./more/later.ts";\n${sound}`);
  await until(FAILED, 3);
  copy.write("server/game/more/later.ts", "export {};\n");
  await until(MENDED, 3);
  expect(await healthStatus()).toBe(200);
});

test("an edit that makes a loop without end is mended like any other", async () => {
  const sound = copy.read("server/game/look.ts");
  // A process that listens to SIGTERM and never comes to hear it.
  const loop = 'process.once("newListener", () => setImmediate(() => { console.log("round and round"); for (;;); }));';
  copy.write("server/game/look.ts", `${loop}\n${sound}`);
  await until("round and round");
  const starts = count(STARTED);
  copy.write("server/game/look.ts", sound);
  await until(STARTED, starts + 1);
  expect(await healthStatus()).toBe(200);
});

test("an edit of a .proto file is generated and started", async () => {
  const mark = copy.read("proto/gen/fingerprint.ts");
  const starts = count(STARTED);
  copy.write("proto/game.proto", `${copy.read("proto/game.proto")}\nmessage Extra {}\n`);
  await until("proto/gen: wrote");
  await until(STARTED, starts + 1);
  expect(copy.read("proto/gen/fingerprint.ts")).not.toBe(mark);
  const { subprotocol } = await (await fetch(new URL("/healthz", address))).json();
  expect(copy.read("proto/gen/fingerprint.ts")).toContain(subprotocol.split(".")[1]);
});

test("it says nothing of requests that found no server, and names the address no second time", () => {
  expect(printed).not.toMatch(/proxy error|ECONNREFUSED|ECONNRESET/);
  expect(count("Shoal is ready")).toBe(1);
});

test("a busy port is one clear line", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as { port: number };
  const second = copy.start("server/build/dev.ts", { PORT: String(port), HOST: "127.0.0.1" });
  let words = "";
  second.stderr.on("data", (text) => {
    words += text;
  });
  const [code] = await once(second, "close");
  holder.close();
  expect({ code, words: words.trim() }).toEqual({
    code: 1,
    words: expect.stringMatching(
      new RegExp(`^Shoal does not start: cannot listen on 127.0.0.1:${port}: another process has .* PORT=\\d+$`),
    ),
  });
});

test("SIGTERM ends it and the server with it", async () => {
  dev.kill("SIGTERM");
  // Its standard output closes when the last process that holds it is gone: the server is one.
  const [code] = await once(dev, "close");
  expect(code).toBe(0);
  expect(printed).toContain('"msg":"closing"');
  await expect(healthStatus()).rejects.toThrow();
});
