/**
 * `node test/faults/history.ts --minutes 2 --seed 1`: histories of a minute of virtual time each, everything breaking at random, until so
 * many real minutes are over. Prints a line for each seed and ends with 1 at the first complaint.
 */
import { parseArgs } from "node:util";
import { checkHistory } from "./history-checker.ts";
import { runHistory } from "./history-world.ts";

const SECONDS = 60;

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "2" }, seed: { type: "string", default: "1" } },
});
const endMs = performance.now() + Number(values.minutes) * 60_000;
for (let seed = Number(values.seed); performance.now() < endMs && process.exitCode === undefined; seed++) {
  const { history, broken, heard, resumed } = runHistory({ seed, seconds: SECONDS });
  const complaints = checkHistory(history);
  const counts = Object.entries(broken).map(([what, count]) => `${count} ${what}`);
  console.log(
    `seed ${seed}: ${complaints.length} complaints, ${heard} lines heard, ${resumed} resumed; ${counts.join(", ")}`,
  );
  for (const complaint of complaints.slice(0, 20)) console.log(`  ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
}
