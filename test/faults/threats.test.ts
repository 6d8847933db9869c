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
    // Not toContain: it would print the whole file.
    expect(source.includes(`"${title}"`)).toBe(true);
  },
);

test("README lists the threats as they are here", () => {
  expect(readme, "put this table into test/faults/README.md").toContain(formatThreats(THREATS));
});

test("README shows the reference result", () => {
  const { rows } = JSON.parse(readFileSync(join(import.meta.dirname, "results/reference.json"), "utf8"));
  expect(readme, "put this table into test/faults/README.md").toContain(formatMarkdown(rows));
});
