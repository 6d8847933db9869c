/** When a client speaks though it has nothing to tell. */
import { describe, expect, test } from "vitest";
import { WordDue } from "../../client/sync/word-due.ts";

/** Joined at 0, spoken last at 1000, just after a frame of `gapTicks` ticks after the one before. */
function afterFrame(gapTicks: number, isAnswer: boolean): WordDue {
  const due = new WordDue();
  due.joined(0);
  due.frameCame(gapTicks, 20, isAnswer, 1000);
  due.spoke(1000);
  return due;
}

describe("the word that is due", () => {
  test("L3 comes each 100 ms while frames leave some out, for 2 s", () => {
    const due = afterFrame(3, false);
    expect(due.isDue(1100, false)).toBe(false);
    expect(due.isDue(1101, false)).toBe(true);
    due.spoke(2950);
    expect(due.isDue(3060, false)).toBe(false);
  });

  test.each([
    [5, false, "four a second where nothing moves (K7)"],
    [2, true, "the answer to a word, between those four"],
  ])(
    "L3 K7 comes each second, not sooner, after a frame of %i ticks after the last (an answer: %s): %s",
    (gapTicks, isAnswer) => {
      const due = afterFrame(gapTicks, isAnswer);
      expect(due.isDue(1700, false)).toBe(false);
      expect(due.isDue(2000, false)).toBe(true);
    },
  );
});
