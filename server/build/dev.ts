/**
 * `npm run dev`: the page with hot reload and a server that is started anew on change, at the address that `npm start`
 * uses. Vite listens on PORT and passes what is not the page on to the server, which listens on a free port of this
 * machine only. Edits of .proto files regenerate proto/gen, and that restarts and reloads what imports it.
 */
import { execFile } from "node:child_process";
import { createServer as createTcpServer } from "node:net";
import { join, sep } from "node:path";
import { createLogger, createServer, type Logger, type ViteDevServer } from "vite";
import { readConfig } from "../config.ts";
import { onStopSignal } from "../stop-signal.ts";
import { explainListenFailure, type ListenAddress } from "../transport/listen-failure.ts";
import { ServerProcess } from "./server-process.ts";
import { watchFolders } from "./watch-folders.ts";

/** Paths that the server answers itself. */
const SERVER_PATHS = ["/ws", "/poll", "/leave", "/healthz"];
const SERVER_HOST = "127.0.0.1";
/** Editors save in several steps; all that comes within this time is one change, ms. */
const SETTLE_MS = 100;

const root = join(import.meta.dirname, "../..");
/** Parts of the watched folders that the server does not run. */
const NOT_SERVED = [join(root, "server/build"), join(root, "proto/tools")].map((folder) => folder + sep);

/** A port that nobody listens on at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createTcpServer().once("error", reject);
    probe.listen(0, SERVER_HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** A function that calls `act` once, some time after the last call. */
function settled(act: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, SETTLE_MS);
  };
}

function regenerate(): void {
  execFile(process.execPath, [join(root, "proto/tools/generate.ts")], (error, output, errors) => {
    console.log((output + errors).trim());
    if (error !== null) console.error("proto/gen is unchanged: mend the .proto file and save again");
  });
}

/** Vite's own, without the stack trace for every request that finds no server behind it. */
function createQuietLogger(isServerReady: () => boolean): Logger {
  const logger = createLogger("info", { allowClearScreen: false });
  const logError = logger.error;
  logger.error = (message, options) => {
    // The words may be coloured: an escape sequence ends in a letter, so no word starts there.
    if (!/(http|ws) proxy (socket )?error:/.test(message)) logError(message, options);
    else if (isServerReady()) logError(`not passed on to the server: ${options?.error?.message}`);
  };
  return logger;
}

/** The page's server, listening. Ends the process with words when it cannot. */
async function openPage(address: ListenAddress, serverPort: number, logger: Logger): Promise<ViteDevServer> {
  const target = `http://${SERVER_HOST}:${serverPort}`;
  // A client's Host header is passed on unchanged, so the server's same-origin check sees the address in the browser.
  const proxy = Object.fromEntries(SERVER_PATHS.map((path) => [`^${path}($|[/?])`, { target, ws: path === "/ws" }]));
  const page = await createServer({
    root: join(root, "client"),
    server: { ...address, strictPort: true, proxy },
    customLogger: logger,
    clearScreen: false,
  });
  try {
    return await page.listen();
  } catch {
    console.error(`Shoal does not start: ${await explainListenFailure(address)}`);
    process.exit(1);
  }
}

const result = readConfig(process.env, { seed: 0 });
if ("errors" in result) {
  console.error(`Shoal does not start:\n${result.errors.map((error) => `  ${error}`).join("\n")}`);
  process.exit(1);
}
const { port, host } = result.config;
const serverPort = await freePort();
let server: ServerProcess | undefined;
const page = await openPage(
  { host, port },
  serverPort,
  createQuietLogger(() => server?.isReady ?? false),
);

let isAnnounced = false;
let hasFailed = false;
server = new ServerProcess({
  env: { HOST: SERVER_HOST, PORT: String(serverPort) },
  onReady() {
    const { local, network } = page.resolvedUrls ?? { local: [], network: [] };
    if (!isAnnounced) console.log(`\n  Shoal is ready (development): open ${[...local, ...network][0]}\n`);
    else if (hasFailed) console.log("the server runs again");
    isAnnounced = true;
    hasFailed = false;
  },
  onFailure() {
    console.error("the server has ended: mend what it says above and save, and it starts again");
    hasFailed = true;
  },
});

const restartSoon = settled(() => server.restart());
const regenerateSoon = settled(regenerate);
const closeWatchers = watchFolders([join(root, "server"), join(root, "proto")], (path) => {
  if (NOT_SERVED.some((folder) => path.startsWith(folder))) return;
  if (path.endsWith(".proto")) regenerateSoon();
  else if (/\.[jt]s$/.test(path)) restartSoon();
});

// Vite's own listener would end this process before the server has told its clients to come back.
process.removeAllListeners("SIGTERM");
onStopSignal(async () => {
  closeWatchers();
  await Promise.all([server.stop(), page.close()]);
  process.exit(0);
});
