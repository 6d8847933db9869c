/** When a client speaks though it has nothing to tell. */
import { describe, expect, test } from "vitest";
import { WordDue } from "../../client/sync/word-due.ts";

/** Joined at 0, spoken last at 1000, just after a frame of `gapTicks` ticks after the one before. */
function afterFrame(gapTicks: number, hasMotion: boolean): WordDue {
  const due = new WordDue();
  due.joined(0);
  due.frameCame(gapTicks, hasMotion, 1000);
  due.spoke(1000);
  return due;
}

describe("the word that is due", () => {
  test("L3 comes each 100 ms while frames in which something moves leave some out, for 2 s", () => {
    const due = afterFrame(3, true);
    expect(due.isDue(1100, false)).toBe(false);
    expect(due.isDue(1101, false)).toBe(true);
    due.spoke(2950);
    expect(due.isDue(3060, false)).toBe(false);
  });

  test.each([
    [5, "four a second where nothing moves (K7)"],
    [2, "the answer to a word, between those four"],
    [40, "a hidden page's (V6)"],
  ])("L3 V6 K7 comes each second, not sooner, after a frame of %i ticks after the last: %s", (gapTicks) => {
    const due = afterFrame(gapTicks, false);
    expect(due.isDue(1700, false)).toBe(false);
    expect(due.isDue(2000, false)).toBe(true);
  });
});
