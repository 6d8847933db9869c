/** What the bots say when none of them is in. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { whyNobodyJoined } from "../../bench/bots/outcome.ts";

const ASKED = { url: "http://127.0.0.1:9", room: "pond" };

test.each([
  [{ lastLoss: "closed with 1006", isAnswered: false }, "nobody answers at http://127.0.0.1:9; npm start first"],
  [{ lastLoss: "no such room", isAnswered: true }, "nobody could join pond at http://127.0.0.1:9: no such room"],
  [{ lastLoss: "", isAnswered: true }, "nobody could join pond at http://127.0.0.1:9: no place so far"],
])("%j", (outcome, words) => {
  expect(whyNobodyJoined({ ...ASKED, ...outcome })).toBe(words);
});

test("bots without a server say so, and end with 1", () => {
  const main = join(import.meta.dirname, "../../bench/bots/main.ts");
  const args = [main, "--url", ASKED.url, "--count", "1", "--seconds", "1"];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "nobody answers at http://127.0.0.1:9; npm start first\n" });
});
