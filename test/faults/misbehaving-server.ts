/** The real server with a game that can be told to misbehave (`misbehaviour.ts`). The rest is as in server/main.ts. */
import { startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { pondGame } from "../../server/game/pond.ts";
import { createLog } from "../../server/log.ts";
import { systemClock } from "../../server/loop.ts";
import { FilterTrap, misbehaving } from "./misbehaviour.ts";

const result = readConfig(process.env, { seed: 1 });
if ("errors" in result) throw new Error(result.errors.join("\n"));
const { config } = result;
const log = await createLog(config.logLevel);
process.on("uncaughtException", (error) => log.error({ err: error }, "bug: uncaught exception"));
process.on("unhandledRejection", (error) => log.error({ err: error }, "bug: unhandled rejection"));
const trap = new FilterTrap();
const { spawnRange } = config;
const createGame = misbehaving(pondGame({ spawnRange, filter: trap.filter }), trap, systemClock.now);
const app = await startApp({ config, log, clock: systemClock, createGame });
process.once("SIGTERM", () => void app.close().then(() => process.exit(0)));
