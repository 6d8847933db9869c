/**
 * README's "Add a message" walk-through, done step by step on a copy of the repository: what README shows is what is
 * tested. A step is a diff block below a comment that names its file: `<!-- walkthrough: proto/game.proto -->`. Whoever
 * has followed README has the steps in the working tree: the copy takes them back first, so the test is the same one.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyRepository, type RepositoryCopy } from "./setup/repository-copy.ts";

interface Step {
  readonly path: string;
  /** Lines of a unified diff without its headers. */
  readonly diff: readonly string[];
}

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const steps = [...readme.matchAll(/<!-- walkthrough: (\S+) -->\s*```diff\n([\s\S]*?)\n```/g)].map(
  ([, path, diff]): Step => ({ path, diff: diff.split("\n") }),
);

/** A step's lines before (without those that it adds) or after (without those that it removes). */
function side({ diff }: Step, when: "before" | "after"): string {
  const dropped = when === "before" ? "+" : "-";
  return diff
    .filter((line) => !line.startsWith(dropped))
    .map((line) => `${line.slice(1)}\n`)
    .join("");
}

function isTaken(text: string, step: Step): boolean {
  return text.split(side(step, "after")).length === 2;
}

function takenBack(text: string, step: Step): string {
  return text.split(side(step, "after")).join(side(step, "before"));
}

/** Applies a diff whose context must stand in the text exactly once, so that README cannot point at the wrong place. */
function applied(text: string, step: Step): string {
  const parts = text.split(side(step, "before"));
  if (parts.length !== 2) {
    throw new Error(
      `README's step for ${step.path} fits ${parts.length - 1} places there, not one: ` +
        "README is to follow the file, or the step has been taken otherwise than README shows",
    );
  }
  return parts.join(side(step, "after"));
}

describe("README's walk-through 'Add a message'", () => {
  let copy: RepositoryCopy;
  const perform = (step: Step) => copy.write(step.path, applied(copy.read(step.path), step));
  beforeAll(() => {
    copy = copyRepository();
    const taken = steps.filter((step) => isTaken(copy.read(step.path), step));
    for (const step of taken) copy.write(step.path, takenBack(copy.read(step.path), step));
    if (taken.length === 0) return;
    console.log(`taken back in the copy, as the working tree has them: ${taken.map(({ path }) => path).join(", ")}`);
    expect(copy.run("proto/tools/generate.ts")).toMatchObject({ isOk: true });
  }, 30_000);
  afterAll(() => copy.remove());

  test("starts in proto/game.proto and goes on in the game's own files", () => {
    expect(steps.map(({ path }) => path)[0]).toBe("proto/game.proto");
    expect(steps.length).toBeGreaterThan(1);
    for (const { path } of steps) expect(path).toMatch(/^(proto\/game\.proto|server\/game\/|client\/(ui|view)\/)/);
  });

  test("each step can be told to be taken, and taken back", () => {
    for (const step of steps) {
      const before = copy.read(step.path);
      const after = applied(before, step);
      expect([before, after].map((text) => isTaken(text, step))).toEqual([false, true]);
      expect(takenBack(after, step)).toBe(before);
    }
  });

  test("compiles before the first step", () => {
    expect(copy.compile()).toEqual({ isOk: true, output: "" });
  }, 60_000);

  test("a message without a handler is a compile error that names it", () => {
    const before = copy.read("proto/gen/fingerprint.ts");
    const [step] = steps;
    perform(step);
    expect(copy.run("proto/tools/generate.ts")).toMatchObject({ isOk: true });
    expect(copy.read("proto/gen/fingerprint.ts")).not.toBe(before);
    const { isOk, output } = copy.compile();
    expect(isOk).toBe(false);
    const added = step.diff.map((line) => /^\+\s+\w+ (\w+) = \d+;/.exec(line)?.[1]).find((name) => name !== undefined);
    expect(output).toMatch(new RegExp(`^server/game/\\S+: error TS\\d+: .*'${added}'`, "m"));
  }, 60_000);

  test("compiles again after the last step", () => {
    for (const step of steps.slice(1)) perform(step);
    expect(copy.compile()).toEqual({ isOk: true, output: "" });
  }, 60_000);
});
