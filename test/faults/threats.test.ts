/** README's two tables are those of the code and of the reference result, and every test that the threats name is there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatMarkdown } from "./table.ts";
import { formatThreats, THREATS } from "./threats.ts";

const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");

test.each(THREATS.flatMap(({ id, tests }) => tests.map((one) => ({ id, ...one }))))(
  "$id is held by a test that is there: $title",
  ({ file, title }) => {
    const source = readFileSync(join(import.meta.dirname, "..", file), "utf8");
    expect(isTest(source, title)).toBe(true);
  },
);

test("README lists the threats as they are here", () => {
  expect(readme, "put this table into test/faults/README.md").toContain(formatThreats(THREATS));
});

test("README shows the reference result", () => {
  const { rows } = JSON.parse(readFileSync(join(import.meta.dirname, "results/reference.json"), "utf8"));
  expect(readme, "put this table into test/faults/README.md").toContain(formatMarkdown(rows));
});

test("a title in a text, a comment, or a test that never runs holds nothing", () => {
  for (const source of [
    'const name = "T";',
    '// test("T"',
    'test.skip("T", () => {',
    'test.todo("T");',
    'test.skip.each([1])("T"',
  ])
    expect(isTest(source, "T"), source).toBe(false);
  for (const source of [
    'test("T", () => {',
    'test.each([1])(\n  "T",',
    'test.skipIf(isWindows)("T"',
    'test.concurrent.each([1])("T"',
  ])
    expect(isTest(source, "T"), source).toBe(true);
});

/** Whether it is the first argument of a test that runs, on some machines at least, or names a case of such a test. */
function isTest(source: string, title: string): boolean {
  const parts = source.split(`"${title}"`);
  return parts.slice(1).some((after, i) => {
    const before = parts.slice(0, i + 1).join(`"${title}"`);
    const opening = before.slice(Math.max(before.lastIndexOf("test("), before.lastIndexOf("test.")));
    if (/\/\/[^\n]*$/.test(before)) return false;
    if (/^test\.each\(\[[\s\S]*\[$/.test(opening)) return /^[\s\S]*?\]\)\("%s /.test(after);
    return /^test(?:\(|\.(?:concurrent\.)?(?:each|runIf|skipIf)[(<][\s\S]*\)[\s\S]*\()\s*$/.test(opening);
  });
}
