/**
 * `npm run fuzz -- --count 1000000 --seed 1`: hostile messages into a whole server in this process (fault F4), a line of figures for each
 * part, and what was wrong. Ends with 1 if anything was.
 */
import { fuzzMessages } from "../session/message-fuzz.ts";
import { searchOptionsOrEnd } from "./search-options.ts";

const PART = 100_000;
/** Growth of the heap that is no leak: caches, and code that was compiled meanwhile. */
const HEAP_BYTES_MAX = 5 * 1024 * 1024;
const P99_US_MAX = 100;

const { count, seed: firstSeed } = searchOptionsOrEnd(
  "npm run fuzz -- [options]: hostile messages into a whole server",
  {
    count: { fallback: 1_000_000, low: 1, high: 1_000_000_000, help: "messages" },
    seed: { fallback: 1, low: 0, high: 4_294_967_295, help: "the first seed; the next ones follow" },
  },
);
let isBad = false;
for (let done = 0, seed = firstSeed; done < count; done += PART, seed++) {
  const result = fuzzMessages({ seed, count: Math.min(PART, count - done) });
  const { taken, refused, complaints, p99Us, maxUs, heapGrowthBytes } = result;
  const heap = `${(heapGrowthBytes / 1024 / 1024).toFixed(2)} MiB`;
  console.log(
    `seed ${seed}: ${taken} taken, ${refused} refused, p99 ${p99Us.toFixed(1)} us, max ${maxUs.toFixed(0)} us, heap + ${heap}`,
  );
  for (const complaint of complaints) console.log(`  ${complaint}`);
  if (complaints.length > 0 || heapGrowthBytes > HEAP_BYTES_MAX || p99Us > P99_US_MAX) isBad = true;
}
process.exitCode = isBad ? 1 : 0;
