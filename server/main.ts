/** The process: environment in, one app, signals out. Everything else is in app.ts. */
import { startApp } from "./app.ts";
import { readConfig, SEED_MAX } from "./config.ts";
import { createLog } from "./log.ts";
import { systemClock } from "./loop.ts";
import { onStopSignal } from "./stop-signal.ts";

const result = readConfig(process.env, { seed: Date.now() % (SEED_MAX + 1) });
if ("errors" in result) {
  console.error(`Shoal does not start:\n${result.errors.map((error) => `  ${error}`).join("\n")}`);
  process.exit(1);
}
const { config } = result;
const log = await createLog(config.logLevel);

// The last net. What arrives here is a bug; one player's bug must not end everyone's game.
process.on("uncaughtException", (error) => log.error({ err: error }, "bug: uncaught exception"));
process.on("unhandledRejection", (error) => log.error({ err: error }, "bug: unhandled rejection"));

try {
  const app = await startApp({ config, log, clock: systemClock });
  const { tickHz, seed, host } = config;
  const address = `http://${host.includes(":") ? `[${host}]` : host}:${app.port}`;
  log.info({ tickHz, seed, pid: process.pid }, "listening");
  console.log(`\n  Shoal is ready: open ${address}\n`);
  onStopSignal((reason) => {
    log.info({ reason }, "closing");
    app.close().then(() => process.exit(0));
  });
} catch (error) {
  console.error(`Shoal does not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
