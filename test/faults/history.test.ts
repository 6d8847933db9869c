/** Everything breaks at random, for a minute of virtual time: the history has no complaint. `node test/faults/history.ts` goes on for longer. */
import { expect, test } from "vitest";
import { checkHistory } from "./history-checker.ts";
import { runHistory } from "./history-world.ts";

const SECONDS = 60;

test.each([1, 2, 3])(
  "S13 S15 S16 S20 S21 C9 seed %i: whatever breaks, nothing is lost, doubled, reordered or believed wrongly",
  (seed) => {
    const run = runHistory({ seed, seconds: SECONDS });
    expect(checkHistory(run.history)).toEqual([]);
    // It was no idle minute.
    expect(run.heard).toBeGreaterThan(200);
    expect(run.resumed).toBeGreaterThan(5);
    expect(Object.values(run.broken).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20);
  },
);

test("the same seed breaks the same things", () => {
  const [one, other] = [1, 1].map((seed) => runHistory({ seed, seconds: 20 }).history.clients[0].entries.length);
  expect(one).toBe(other);
});
