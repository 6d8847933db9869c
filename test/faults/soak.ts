/**
 * `npm run soak`: half an hour of a crowd that comes and goes, and whether anything grew (row F23): memory, open files, timers,
 * sessions, the time between ticks. Prints slopes and verdicts and writes all samples as JSON. Ends with 1 if a figure is missed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Churn } from "./churn.ts";
import { NodeProcess } from "./node-process.ts";
import { type AtRest, judgeSoak, type SoakSample } from "./soak-verdict.ts";

const USAGE = `npm run soak -- [--minutes 30] [--bots 500] [--rooms 10] [--seed 1] [--json .cache/soak.json]`;
const LIFE_S = [20, 120] as const;
const WARM_UP_S = 300;
/** Of a shorter run so much is warm-up. */
const WARM_UP_SHARE = 1 / 3;
const SAMPLE_S = 30;
const SAMPLES_MIN = 30;
const MIB = 1024 * 1024;
/** Seats of those who left without a word are kept so long; after that nothing of them may be left. */
const RESUME_S = 10;
const SETTLE_S = 5;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    bots: { type: "string", default: "500" },
    rooms: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    json: { type: "string", default: ".cache/soak.json" },
    help: { type: "boolean", default: false },
  },
});
const [minutes, bots, rooms, seed] = [values.minutes, values.bots, values.rooms, values.seed].map(Number);
if (values.help || !(minutes > 0 && bots > 0 && rooms > 0 && seed >= 0)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 1);
}

const seconds = minutes * 60;
const sampleS = Math.min(SAMPLE_S, seconds / SAMPLES_MIN);
const warmUpS = Math.min(WARM_UP_S, seconds * WARM_UP_SHARE);

const server = await NodeProcess.start({ PORT: "0", ADMIN_PORT: "0", SEED: "1", RESUME_S: String(RESUME_S) });
const before = await atRest();
const churn = new Churn({ urls: [server.url], bots, rooms, seed, lifeS: LIFE_S });
console.log(`${bots} bots in ${rooms} rooms for ${minutes} min, lives of ${LIFE_S.join(" to ")} s, seed ${seed}`);
churn.start();
const fromMs = performance.now();
const samples: SoakSample[] = [];
for (let atS = sampleS; atS <= seconds; atS += sampleS) {
  await sleep(Math.max(0, fromMs + atS * 1000 - performance.now()));
  const sample = await takeSample(atS);
  samples.push(sample);
  console.log(line(sample));
}
churn.stop();
await sleep((RESUME_S + SETTLE_S) * 1000);
const after = await atRest();
const verdicts = judgeSoak(samples, warmUpS, before, after);
for (const { figure, wanted, seen, isMet } of verdicts) {
  console.log(`${isMet ? "met   " : "MISSED"}  ${figure}: ${seen} (wanted: ${wanted})`);
}
mkdirSync(dirname(values.json), { recursive: true });
const run = { minutes, bots, rooms, seed, warmUpS, node: process.version };
writeFileSync(values.json, `${JSON.stringify({ run, verdicts, before, after, samples }, undefined, 1)}\n`);
await server.stop();
process.exit(verdicts.every(({ isMet }) => isMet) ? 0 : 1);

async function takeSample(atS: number): Promise<SoakSample> {
  const { rssBytes, heapBytes, tickP99Ms, resources } = await server.report();
  return {
    atS,
    rssMiB: rssBytes / MIB,
    heapMiB: heapBytes / MIB,
    descriptors: server.descriptors,
    sessions: await server.sessions(),
    resources: Object.values(resources).reduce((sum, count) => sum + count, 0),
    tickP99Ms,
  };
}

/** Asked by one request first: what the first of all opens stays open. */
async function atRest(): Promise<AtRest> {
  const sessions = await server.sessions();
  const { resources } = await server.report();
  return { descriptors: server.descriptors, sessions, resources };
}

function line({ atS, rssMiB, heapMiB, descriptors, sessions, resources, tickP99Ms }: SoakSample): string {
  return [
    `${Math.round(atS)} s`.padStart(7),
    `${rssMiB.toFixed(1)} MiB`,
    `heap ${heapMiB.toFixed(1)}`,
    `${descriptors} files`,
    `${sessions} sessions, ${churn.joined} joined`,
    `${resources} handles`,
    `tick p99 ${tickP99Ms.toFixed(1)} ms`,
    `${churn.totals.lost} lost${churn.totals.lost > 0 ? ` (${churn.totals.lastLoss})` : ""}`,
  ].join(" · ");
}
