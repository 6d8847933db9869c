/** The quick ones of `npm run faults`, small: a real server, a real fault, and the same with its defence taken away. */
import { expect, test } from "vitest";
import { isMet } from "./figure.ts";
import { flood } from "./rows/f03-flood.ts";
import { oversize } from "./rows/f05-oversize.ts";
import { origin } from "./rows/f15-origin.ts";
import { deflate } from "./rows/f17-deflate.ts";
import { RowRunner } from "./runner.ts";

/** Times are those of a machine that runs other tests as well: only counts are judged here. */
const COUNTED = ["", "%"];

const settings = { short: true, bots: 20, seconds: undefined, serverCpus: undefined, loadCpus: undefined };

test.skipIf(process.platform !== "linux").concurrent.each([
  ["F3", flood],
  ["F5", oversize],
  ["F15", origin],
  ["F17", deflate],
])(
  "%s holds with a small load, and fails without its defence",
  async (_, row) => {
    const runner = new RowRunner({ ...settings, runsRows: true, runsControls: true }, () => {});
    const { figures, why, control } = await runner.run(row);
    expect(why).toBe("");
    expect(figures.filter((figure) => COUNTED.includes(figure.unit) && !isMet(figure))).toEqual([]);
    expect(figures.length).toBeGreaterThan(2);
    expect(control).toMatchObject({ isRed: true });
    // Each starts three processes: a busy machine takes its time.
  },
  60_000,
);
