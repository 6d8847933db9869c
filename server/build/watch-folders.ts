/**
 * Tells of files that are saved, made or removed in folders and below them. One watcher a folder: Node's own recursive
 * watch follows the file and not its name on Linux, so it goes blind for a file at the first save by an editor that
 * writes beside it and renames (seen with Node 22.23).
 */
import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";

/** Calls `onChange` with the path, several times for one save perhaps. Returns a function that ends it. */
export function watchFolders(folders: readonly string[], onChange: (path: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>();

  const watchFolder = (folder: string, isNew: boolean): void => {
    // A folder that was removed and made again: the watcher of the old one is deaf.
    watchers.get(folder)?.close();
    const watcher = watch(folder, (event, name) => {
      if (name === null) return;
      const path = join(folder, name);
      if (event === "rename" && isFolder(path)) watchFolder(path, true);
      else onChange(path);
    });
    // Windows: a watched folder was removed.
    watcher.on("error", () => watcher.close());
    watchers.set(folder, watcher);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) watchFolder(path, isNew);
      // Made before the watcher was.
      else if (isNew) onChange(path);
    }
  };

  for (const folder of folders) watchFolder(folder, false);
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
