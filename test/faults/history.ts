/**
 * `npm run history -- --minutes 2 --seed 1`: histories of a minute of virtual time each, everything breaking at random, until so many
 * real minutes are over. Prints how far it is once a second, and ends with 1 at the first seed that has complaints.
 */
import { checkHistory } from "./history-checker.ts";
import { HistoryTally } from "./history-tally.ts";
import { runHistory } from "./history-world.ts";
import { searchOptionsOrEnd } from "./search-options.ts";

const SECONDS = 60;
const PROGRESS_MS = 1000;

const { minutes, seed: firstSeed } = searchOptionsOrEnd("npm run history -- [options]: everything breaks at random", {
  minutes: { fallback: 2, low: 0, high: 10_000, isFraction: true, help: "how long to search" },
  seed: { fallback: 1, low: 0, high: 4_294_967_295, help: "the first seed; the next ones follow" },
});
const startMs = performance.now();
const tally = new HistoryTally();
let shownMs = startMs;
for (let seed = firstSeed; performance.now() - startMs < minutes * 60_000 && tally.complaints === 0; seed++) {
  const { history, broken, heard, resumed } = runHistory({ seed, seconds: SECONDS });
  const complaints = checkHistory(history);
  tally.add({ complaints: complaints.length, heard, resumed, broken: { ...broken } });
  if (complaints.length > 0) console.log([`seed ${seed}:`, ...complaints].join("\n  "));
  if (performance.now() - shownMs < PROGRESS_MS) continue;
  shownMs = performance.now();
  console.log(`${Math.round((shownMs - startMs) / 1000)} s: ${tally.line}, at seed ${seed}`);
}
console.log(tally.summary);
process.exitCode = tally.complaints > 0 ? 1 : 0;
