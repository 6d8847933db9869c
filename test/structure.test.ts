/** The shape of the repository: who may import whom, nothing unused, nothing that a strict page could not run. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findCycles, findUnused, readSources, type SourceFile } from "./setup/imports.ts";
import { copyRepository, type RepositoryCopy } from "./setup/repository-copy.ts";

const root = join(import.meta.dirname, "..");
const sources = readSources();
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Paths of the files that import a package or a part of it. */
function importersOf(name: string): string[] {
  const isIt = (from: string) => from === name || from.startsWith(`${name}/`);
  return [...sources.values()].filter(({ packages }) => packages.some(isIt)).map(({ path }) => path);
}

describe("imports between folders", () => {
  let copy: RepositoryCopy;
  let output = "";

  /** File to add, and what stands in it. */
  const refused = {
    "proto/wrong-node.ts": 'import { readFileSync } from "node:fs"; console.log(readFileSync);',
    "proto/wrong-dom.ts": "export const title = document.title;",
    "proto/wrong-server.ts": 'export { readConfig } from "../server/config.ts";',
    "server/wrong-client.ts": 'export { Replica } from "../client/sync/index.ts";',
    "server/wrong-bench.ts": 'export { wrong } from "../bench/wrong.ts";',
    "server/wrong-test.ts": 'export { copyRepository } from "../test/setup/repository-copy.ts";',
    "server/wrong-dom.ts": "export const title = document.title;",
    "client/sync/wrong-dom.ts": "export const title = document.title;",
    "client/sync/wrong-node.ts": 'import { readFileSync } from "node:fs"; export const read = readFileSync;',
    "client/sync/wrong-server.ts": 'export { readConfig } from "../../server/config.ts";',
    "client/sync/wrong-page.ts": 'export { wrong } from "../wrong-page.ts";',
    "client/wrong-server.ts": 'export { readConfig } from "../server/config.ts";',
    "client/wrong-node.ts": 'import { readFileSync } from "node:fs"; export const read = readFileSync;',
    "bench/wrong-dom.ts": "export const title = document.title;",
  };
  const allowed = {
    "proto/right.ts": 'export { MESSAGE_BYTES_MAX } from "./limits.ts";',
    "server/right.ts": 'import "node:fs"; export { MESSAGE_BYTES_MAX } from "../proto/limits.ts";',
    "client/sync/right.ts": 'export { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";',
    "client/right.ts": 'export type { Transport } from "./sync/transport.ts"; export const title = document.title;',
    "bench/right.ts": 'import "node:fs"; export type { Transport } from "../client/sync/transport.ts";',
    "test/right.ts": 'export { readConfig } from "../server/config.ts"; export { wrong } from "../bench/wrong.ts";',
  };

  beforeAll(() => {
    copy = copyRepository();
    for (const [path, text] of Object.entries({ ...refused, ...allowed })) copy.write(path, text);
    copy.write("client/wrong-page.ts", "export const wrong = 1;");
    copy.write("bench/wrong.ts", "export const wrong = 1;");
    output = copy.compile().output;
  }, 60_000);
  afterAll(() => copy.remove());

  test.each(Object.keys(refused))("%s does not compile", (path) => {
    expect(output).toMatch(new RegExp(`^${path}\\(.*: error TS`, "m"));
  });

  test.each(Object.keys(allowed))("%s compiles", (path) => {
    expect(output).not.toContain(`${path}(`);
  });
});

describe("sources", () => {
  test("import each other without cycles", () => {
    expect(findCycles(sources).map((cycle) => cycle.join(" > "))).toEqual([]);
  });

  test("are all reached from a script, the page or a configuration file; test files from tests", () => {
    const scripts = Object.values<string>(packageJson.scripts).flatMap((script) => script.match(/[\w./-]+\.ts/g) ?? []);
    const page = pageScripts();
    const tools = [...sources.keys()].filter((path) => /\.config\.ts$|\.d\.ts$/.test(path));
    // The set-up of the browser tests is named in Vitest's configuration, not imported.
    const setUp = readFileSync(join(root, "vitest.config.ts"), "utf8").match(/test\/setup\/[\w-]+\.ts/g) ?? [];
    const tests = [...[...sources.keys()].filter((path) => path.endsWith(".test.ts")), ...setUp];
    const product = findUnused(sources, [...scripts, ...page, ...tools]).filter((path) => !path.startsWith("test/"));
    expect(product).toEqual([]);
    expect(findUnused(sources, [...scripts, ...page, ...tools, ...tests])).toEqual([]);
  });

  test("touch the socket engine in one file and the renderer in one folder", () => {
    const engine = importersOf("uWebSockets.js");
    // The bench's floor is nothing but the engine.
    const others = engine.filter((path) => !path.startsWith("test/") && path !== "bench/servers/floor.ts");
    expect(others).toHaveLength(1);
    expect(others[0]).toMatch(/^server\/transport\//);
    expect(importersOf("pixi.js").filter((path) => !path.startsWith("client/view/"))).toEqual([]);
    expect(importersOf("playwright-core").filter((path) => !path.startsWith("test/"))).toEqual([]);
  });

  // The micro benches need the server's pure parts, which the compiler cannot tell from the others.
  test("of the server, the bench imports the sync engine and the simulation only; feel runs whole rooms", () => {
    const foreign = [...sources.values()].flatMap(({ path, imports }) =>
      path.startsWith("bench/") && !path.startsWith("bench/feel/")
        ? imports.filter((to) => /^server\/(?!sync\/|sim\/)/.test(to))
        : [],
    );
    expect(foreign).toEqual([]);
  });

  test("keep the engine free of the game", () => {
    const engine = /^(server\/(transport|session|room|sync|loop|log|metrics|config)|client\/sync)/;
    const game = (path: string) => path.startsWith("server/game/");
    const leaks = [...sources.values()].filter(({ path, imports }) => engine.test(path) && imports.some(game));
    expect(leaks.map(({ path }: SourceFile) => path)).toEqual([]);
  });
});

describe("what is installed and shipped", () => {
  test("dependencies are pinned to one version each", () => {
    const versions = { ...packageJson.dependencies, ...packageJson.devDependencies };
    for (const [name, version] of Object.entries(versions)) {
      expect(version, name).toMatch(/^(npm:[\w@/.-]+@)?\d+\.\d+\.\d+$/);
    }
  });

  // Of the page's bundle only a browser can tell: Pixi carries generators of code that its eval-free module replaces.
  // So the browser tests load the page under the policy that forbids them.
  test("nothing of ours makes code at run time", () => {
    const ours = [...sources.keys()].filter((path) => !path.startsWith("test/"));
    const makers = [...ours, "proto/gen/shoal.js"].filter((path) =>
      /\beval\s*\(|\bnew Function\b/.test(readFileSync(join(root, path), "utf8")),
    );
    expect(makers).toEqual([]);
  });
});

/** Scripts of the page, as paths in the repository. */
function pageScripts(): string[] {
  const html = join(root, "client/index.html");
  if (!existsSync(html)) return [];
  return [...readFileSync(html, "utf8").matchAll(/<script[^>]*\bsrc="\.?\/?([^"]+)"/g)].map(
    (match) => `client/${match[1]}`,
  );
}
