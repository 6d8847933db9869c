/** `npm start` builds the page when it has to, and only then. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyRepository, type RepositoryCopy } from "./setup/repository-copy.ts";

let copy: RepositoryCopy;
beforeAll(() => {
  copy = copyRepository();
  // A small page instead of the real one: quick, and Vite's settings are still the repository's.
  copy.write("client/index.html", '<!doctype html><title>Small</title><script type="module" src="/small.ts"></script>');
  copy.write("client/small.ts", 'document.title = "first";');
}, 30_000);
afterAll(() => copy.remove());

const build = () => copy.run("server/build/page.ts");
const BUILT = { isOk: true, output: expect.stringContaining("building the page") };
const LEFT = { isOk: true, output: "" };

test("a missing page is built, and left alone as long as its sources are the same", () => {
  expect(build()).toEqual(BUILT);
  expect(copy.read("dist/client/index.html")).toContain("Small");
  expect(build()).toEqual(LEFT);
  copy.write("server/main.ts", "// no source of the page");
  expect(build()).toEqual(LEFT);
});

test("a page of other sources is built anew, and a failed build is tried again", () => {
  copy.write("client/small.ts", "document.title = ;");
  expect(build()).toMatchObject({ isOk: false });
  expect(build()).toMatchObject({ isOk: false });
  copy.write("client/small.ts", 'document.title = "second";');
  expect(build()).toEqual(BUILT);
});
