/** The process: environment in, one app, signals out. Everything else is in app.ts. */
import { resolve } from "node:path";
import { startApp } from "./app.ts";
import { readConfig, SEED_MAX, VARIABLES } from "./config.ts";
import { READY, SUPERVISED, startHeartbeat } from "./heartbeat.ts";
import { createLog, openStandardOutput } from "./log.ts";
import { systemClock } from "./loop.ts";
import { nearNames } from "./near-names.ts";
import { onStopSignal } from "./stop-signal.ts";
import { explainListenFailure, hostAndPort, openableAt } from "./transport/listen-failure.ts";
import { ListenError } from "./transport/listen-socket.ts";

/** Given by `npm run dev`, which waits for this process and prints the page's address instead of this one's. */
const isBelowDev = process.argv.includes("--below-dev");
/** Given by `npm start`, whose process above this one wants to know that it lives. */
const isSupervised = process.argv.includes(SUPERVISED);
// From here on: what stands still while it starts is noticed, too.
const heartbeat = isSupervised ? startHeartbeat(process) : undefined;
/** Closing takes 8 s at most by itself; what takes longer hangs, ms. */
const CLOSE_MAX_MS = 10_000;

const result = readConfig(process.env, { seed: Date.now() % (SEED_MAX + 1) });
if ("errors" in result) {
  console.error(`Shoal does not start:\n${result.errors.map((error) => `  ${error}`).join("\n")}`);
  process.exit(1);
}
const { config } = result;
const output = openStandardOutput();
const log = await createLog(config.logLevel, output);
const names = Object.values(VARIABLES).map(({ name }) => name);
for (const { given, meant } of nearNames(Object.keys(process.env), names)) {
  log.warn({ variable: given, meant }, "no setting has this name: it sets nothing");
}

// The last net. What arrives here is a bug; one player's bug must not end everyone's game.
process.on("uncaughtException", (error) => log.error({ err: error }, "bug: uncaught exception"));
process.on("unhandledRejection", (error) => log.error({ err: error }, "bug: unhandled rejection"));

try {
  const app = await startApp({
    config,
    log,
    clock: systemClock,
    droppedLogLines: () => output.droppedLines,
    onFolderLost() {
      log.fatal({ folder: config.dataDir }, "stood still, and another server has taken DATA_DIR over: ended as it is");
      process.exit(1);
    },
  });
  heartbeat?.follow(() => app.turns);
  const { tickHz, seed, host, adminHost } = config;
  const operators = hostAndPort({ host: adminHost, port: app.adminPort });
  const dataDir = config.dataDir === undefined ? null : resolve(config.dataDir);
  log.info({ tickHz, seed, pid: process.pid, operators, dataDir }, "listening");
  // Before anybody is told that the server is ready: who waits for that may end it at once.
  onStopSignal(
    (reason) => {
      log.info({ reason: heartbeat?.isAlone ? "the supervisor is gone" : reason }, "closing");
      heartbeat?.follow(undefined);
      setTimeout(() => {
        log.error({}, "bug: closing takes too long; ended as it is");
        process.exit(1);
      }, CLOSE_MAX_MS).unref();
      app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "bug: closing failed; ended as it is");
          process.exit(1);
        },
      );
    },
    (reason) => {
      log.info({ reason }, "closing without waiting");
      app.hurry();
    },
  );
  if (isBelowDev || isSupervised) process.send?.(READY);
  if (!isBelowDev) {
    const page = `http://${openableAt({ host, port: app.port })}`;
    const metrics = `http://${openableAt({ host: adminHost, port: app.adminPort })}/metrics`;
    console.log(`\n  Shoal is ready: open ${page}\n  Operators: ${metrics}\n`);
  }
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  const reason = error instanceof ListenError ? await explainListenFailure(error.address, error.settings) : words;
  console.error(`Shoal does not start: ${reason}`);
  process.exit(1);
}
