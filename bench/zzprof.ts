// profile: server with cpu-prof + load
import { fork, spawn } from "node:child_process";
import { SCENARIOS, withPlayers } from "./scenarios.ts";

const [name, players, secs] = process.argv.slice(2);
const s = withPlayers(SCENARIOS.find((x) => x.name === name)!, Number(players));
const port = 3199;
const srv = spawn(
  "taskset",
  ["-c", "0", process.execPath, "--cpu-prof", "--cpu-prof-dir=/tmp/prof", "--cpu-prof-interval=200", "server/main.ts"],
  {
    env: {
      ...process.env,
      PORT: String(port),
      LOG_LEVEL: "warn",
      WORLD_SIZE: String(s.worldSize),
      ROOM_CAPACITY: String(s.players + 100),
      SPAWN_RANGE: String(s.worldSize >> 1),
      GAME: s.motion === "wander" ? "wander" : "pond",
    },
    stdio: "ignore",
  },
);
await new Promise((r) => setTimeout(r, 1500));
const load = spawn("taskset", ["-c", "1", process.execPath, "bench/swarm/main.ts"], {
  stdio: ["ignore", "inherit", "inherit", "ipc"],
  serialization: "advanced",
});
load.send({ ask: "connect", system: "shoal", port, scenario: s, sampled: 0 });
await new Promise((r) => load.once("message", r));
await new Promise((r) => setTimeout(r, Number(secs) * 1000));
srv.kill("SIGTERM");
await new Promise((r) => srv.once("exit", r));
load.send({ ask: "close" });
