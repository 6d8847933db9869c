import { expect, test } from "vitest";
import { UnansweredLines } from "../../client/ui/unanswered-lines.ts";

const linesOf = (...texts: string[]) => {
  const lines = new UnansweredLines();
  for (const text of texts) lines.add({ line: `/s ${text}`, text });
  return lines;
};

test("a line that is refused comes back as it was written, the oldest first", () => {
  const lines = linesOf("one", "two", "three");
  lines.heard("one");
  expect(lines.answered()).toBe("/s two");
  expect(lines.answered()).toBe("/s three");
  expect(lines.answered()).toBeUndefined();
});

test("a masked line answers for the oldest; one that is known, for all before it", () => {
  const masked = linesOf("darn", "two");
  masked.heard("****");
  expect(masked.answered()).toBe("/s two");
  const missed = linesOf("one", "two", "three");
  missed.heard("two");
  expect(missed.answered()).toBe("/s three");
});

test("a line of nobody's, an answer too many and a new session leave nothing to give back", () => {
  const lines = linesOf();
  lines.heard("one");
  expect(lines.answered()).toBeUndefined();
  const many = linesOf(...Array.from({ length: 17 }, (_, i) => `line ${i}`));
  expect(many.answered()).toBe("/s line 1");
  many.forget();
  expect(many.answered()).toBeUndefined();
});
