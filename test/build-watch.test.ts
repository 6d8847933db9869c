/** What `npm run dev` notices: every way to save a file, again and again. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { watchFolders } from "../server/build/watch-folders.ts";

let folder: string;
let close: () => void;
let changed: Set<string>;
let wake = () => {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shoal-watch-"));
  mkdirSync(join(folder, "inner"));
  writeFileSync(join(folder, "inner/a.ts"), "");
  changed = new Set();
  close = watchFolders([folder], (path) => {
    changed.add(path);
    wake();
  });
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

async function untilChanged(name: string): Promise<void> {
  const path = join(folder, name);
  while (!changed.delete(path)) {
    await new Promise<void>((done) => {
      wake = done;
    });
  }
}

test("a file that is written in place", async () => {
  for (const text of ["one", "two"]) {
    changed.clear();
    writeFileSync(join(folder, "inner/a.ts"), text);
    await untilChanged("inner/a.ts");
  }
});

test("a file that is written beside and renamed, as often as it is", async () => {
  for (const text of ["one", "two", "three"]) {
    changed.clear();
    writeFileSync(join(folder, "inner/a.ts~"), text);
    renameSync(join(folder, "inner/a.ts~"), join(folder, "inner/a.ts"));
    await untilChanged("inner/a.ts");
  }
});

test("a file that is removed", async () => {
  rmSync(join(folder, "inner/a.ts"));
  await untilChanged("inner/a.ts");
});

test("files in a new folder, those among them that came with it, and in a folder made again", async () => {
  for (const _ of ["new", "again"]) {
    mkdirSync(join(folder, "later/deep"), { recursive: true });
    writeFileSync(join(folder, "later/deep/b.ts"), "");
    await untilChanged("later/deep/b.ts");
    changed.clear();
    writeFileSync(join(folder, "later/deep/b.ts"), "more");
    await untilChanged("later/deep/b.ts");
    rmSync(join(folder, "later"), { recursive: true });
    await untilChanged("later");
  }
});
