/**
 * `npm run dev`: the page with hot reload and the server that restarts on change, at the address that `npm start` uses.
 * Vite listens on PORT and passes what is not the page on to the server, which listens on a free port. Edits of
 * .proto files regenerate proto/gen, and that restarts and reloads what imports it.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { watch } from "node:fs";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { createServer } from "vite";
import { readConfig } from "../config.ts";
import { onStopSignal } from "../stop-signal.ts";

/** Paths that the server answers itself. */
const SERVER_PATHS = ["/ws", "/poll", "/healthz", "/metrics"];
/** Editors save in several steps; all that comes within this time is one change, ms. */
const SETTLE_MS = 100;

const root = join(import.meta.dirname, "../..");

/** A port that nobody listens on at this moment. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createTcpServer().once("error", reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function startServer(port: number): ChildProcess {
  const env = { ...process.env, PORT: String(port) };
  const args = ["--watch", "--watch-preserve-output", join(root, "server/main.ts")];
  return spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" });
}

/** Calls `onChange` some time after the last change of a .proto file. */
function watchProto(onChange: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  watch(join(root, "proto"), (_event, name) => {
    if (!name?.endsWith(".proto")) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE_MS);
  });
}

function regenerate(): void {
  execFile(process.execPath, [join(root, "proto/tools/generate.ts")], (error, output, errors) => {
    console.log((output + errors).trim());
    if (error !== null) console.error("proto/gen is unchanged: mend the .proto file and save again");
  });
}

const result = readConfig(process.env, { seed: 0 });
if ("errors" in result) {
  console.error(result.errors.join("\n"));
  process.exit(1);
}
const { port, host } = result.config;
const serverPort = await freePort(host);
const target = `http://${host.includes(":") ? `[${host}]` : host}:${serverPort}`;

// A client's Host header is passed on unchanged, so the server's same-origin check sees the address in the browser.
const proxy = Object.fromEntries(SERVER_PATHS.map((path) => [`^${path}($|[/?])`, { target, ws: path === "/ws" }]));
const page = await createServer({
  root: join(root, "client"),
  server: { port, host, strictPort: true, proxy },
  clearScreen: false,
});
await page.listen();
const server = startServer(serverPort);
watchProto(regenerate);
page.printUrls();

onStopSignal(async () => {
  server.kill();
  await page.close();
  process.exit(0);
});
server.once("exit", (code) => process.exit(code ?? 1));
