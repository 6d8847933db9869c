/** What `npm run dev` notices: every way to save a file, again and again. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished, test } from "vitest";
import { watchFolders } from "../server/build/watch-folders.ts";

/** A watched folder with the file inner/a.ts, removed when the test ends. */
function watchedFolder() {
  const folder = mkdtempSync(join(tmpdir(), "shoal-watch-"));
  mkdirSync(join(folder, "inner"));
  writeFileSync(join(folder, "inner/a.ts"), "");
  const changed = new Set<string>();
  let wake = () => {};
  const close = watchFolders([folder], (path) => {
    changed.add(path);
    wake();
  });
  onTestFinished(() => {
    close();
    rmSync(folder, { recursive: true });
  });
  /** Waits until the file is told of, after what `act` does to it. */
  return async (name: string, act: (path: string) => void): Promise<void> => {
    const path = join(folder, name);
    changed.clear();
    act(path);
    while (!changed.has(path)) {
      await new Promise<void>((done) => {
        wake = done;
      });
    }
  };
}

test("a file that is written in place, as often as it is", async () => {
  const untilTold = watchedFolder();
  for (const text of ["one", "two", "three"]) await untilTold("inner/a.ts", (path) => writeFileSync(path, text));
});

test("a file that is written beside and renamed, as often as it is", async () => {
  const untilTold = watchedFolder();
  for (const text of ["one", "two", "three"]) {
    await untilTold("inner/a.ts", (path) => {
      writeFileSync(`${path}~`, text);
      renameSync(`${path}~`, path);
    });
  }
});

test("a file that is removed", async () => {
  const untilTold = watchedFolder();
  await untilTold("inner/a.ts", (path) => rmSync(path));
});

test("files in a new folder, those among them that came with it, and in a folder made again", async () => {
  const untilTold = watchedFolder();
  for (const text of ["new", "again"]) {
    await untilTold("later/deep/b.ts", (path) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    });
    await untilTold("later/deep/b.ts", (path) => writeFileSync(path, "more"));
    await untilTold("later", (path) => rmSync(path, { recursive: true }));
  }
});
