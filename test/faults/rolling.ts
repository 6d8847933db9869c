/**
 * `npm run rolling`: two nodes under load are replaced one after the other (row F25): each is asked to end, and started anew with
 * the state that it left. Prints what players suffered of it. Ends with 1 if a figure is missed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { freePort } from "../setup/free-port.ts";
import { Churn, type Fate, LOOK_MS } from "./churn.ts";
import { NodeProcess } from "./node-process.ts";

const USAGE = `npm run rolling -- [--bots 500] [--rooms 10] [--seed 1] [--settle 10] [--json .cache/rolling.json]`;
const GAP_P99_MS_MAX = 2000;
const WELCOMES_MAX = 1;
/** The whole of an exit under load. */
const END_MS_MAX = 10_000;
const NODES = 2;

const { values } = parseArgs({
  options: {
    bots: { type: "string", default: "500" },
    rooms: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    settle: { type: "string", default: "10" },
    json: { type: "string", default: ".cache/rolling.json" },
    help: { type: "boolean", default: false },
  },
});
const [bots, rooms, seed, settleS] = [values.bots, values.rooms, values.seed, values.settle].map(Number);
if (values.help || !(bots > 0 && rooms >= NODES && seed >= 0 && settleS > 0)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 1);
}

/** What the players of one node suffered while it was replaced. */
interface Replacement {
  readonly node: number;
  readonly players: number;
  readonly exitCode: number;
  readonly endedMs: number;
  readonly startedMs: number;
  readonly welcomesMax: number;
  readonly lostSeats: number;
  readonly gapP50Ms: number;
  readonly gapP99Ms: number;
  readonly gapMaxMs: number;
  /** Those of the other node, who should notice nothing. */
  readonly othersGapMaxMs: number;
}

const state = mkdtempSync(join(tmpdir(), "shoal-rolling-"));
const settings: Record<string, string>[] = [];
for (let node = 0; node < NODES; node++) {
  const PORT = String(await freePort());
  settings.push({ PORT, ADMIN_PORT: "0", SEED: String(node + 1), DATA_DIR: join(state, `node-${node + 1}`) });
}
for (const { DATA_DIR } of settings) mkdirSync(DATA_DIR);
const nodes = await Promise.all(settings.map((env) => NodeProcess.start(env)));
const churn = new Churn({ urls: nodes.map(({ url }) => url), bots, rooms, seed, lifeS: undefined });
churn.start();
while (churn.joined < bots) await sleep(LOOK_MS);
console.log(`${bots} bots in ${rooms} rooms on ${NODES} nodes, seed ${seed}`);

const replacements: Replacement[] = [];
for (let node = 0; node < NODES; node++) {
  await sleep(settleS * 1000);
  churn.forget();
  const replaced = await replace(node);
  replacements.push(replaced);
  console.log(line(replaced));
}
churn.stop();
await Promise.all(nodes.map((node) => node.stop()));
rmSync(state, { recursive: true, force: true });

const isMet = replacements.every(
  ({ exitCode, endedMs, welcomesMax, lostSeats, gapP99Ms }) =>
    exitCode === 0 &&
    endedMs <= END_MS_MAX &&
    welcomesMax <= WELCOMES_MAX &&
    lostSeats === 0 &&
    gapP99Ms <= GAP_P99_MS_MAX,
);
console.log(
  `${isMet ? "met" : "MISSED"}: exit 0 within ${END_MS_MAX / 1000} s, at most ${WELCOMES_MAX} reconnection a player, ` +
    `no seat lost, p99 without news at most ${GAP_P99_MS_MAX} ms`,
);
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(values.json, `${JSON.stringify({ run: { bots, rooms, seed }, isMet, replacements }, undefined, 1)}\n`);
process.exit(isMet ? 0 : 1);

async function replace(node: number): Promise<Replacement> {
  const { url } = nodes[node];
  const { code, tookMs } = await nodes[node].stop();
  const fromMs = performance.now();
  nodes[node] = await NodeProcess.start(settings[node]);
  const startedMs = performance.now() - fromMs;
  // Long enough for the last to be back, and for who was promised too little to come a second time.
  await sleep(settleS * 1000);
  const own = churn.fates.filter((fate) => fate.url === url);
  const others = churn.fates.filter((fate) => fate.url !== url);
  const gaps = gapsOf(own);
  return {
    node: node + 1,
    players: own.length,
    exitCode: code,
    endedMs: tookMs,
    startedMs,
    welcomesMax: Math.max(...own.map(({ welcomes }) => welcomes)),
    lostSeats: own.reduce((sum, { lostSeats }) => sum + lostSeats, 0),
    gapP50Ms: gaps[Math.ceil(gaps.length * 0.5) - 1],
    gapP99Ms: gaps[Math.ceil(gaps.length * 0.99) - 1],
    gapMaxMs: gaps[gaps.length - 1],
    othersGapMaxMs: gapsOf(others).at(-1) ?? 0,
  };
}

function gapsOf(fates: readonly Fate[]): number[] {
  return fates.map(({ longestGapMs }) => longestGapMs).sort((a, b) => a - b);
}

function line(of: Replacement): string {
  const ms = (value: number) => `${Math.round(value)} ms`;
  return [
    `node ${of.node}: exit ${of.exitCode} after ${ms(of.endedMs)}, anew after ${ms(of.startedMs)}`,
    `${of.players} players: at most ${of.welcomesMax} reconnections, ${of.lostSeats} seats lost`,
    `without news p50 ${ms(of.gapP50Ms)}, p99 ${ms(of.gapP99Ms)}, max ${ms(of.gapMaxMs)}`,
    `others at most ${ms(of.othersGapMaxMs)}`,
  ].join(" · ");
}
