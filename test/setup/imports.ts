/** Who imports whom: every source file of the repository and the files and packages that it names. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

const root = join(import.meta.dirname, "../..");
const FOLDERS = ["proto", "server", "client", "bench", "test"];
const NOT_SOURCES = /(^|\/)(node_modules|gen|shots|peers)\//;

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  /** Paths that it imports; only those that exist as source files. */
  readonly imports: readonly string[];
  /** Packages and Node modules that it imports, as written. */
  readonly packages: readonly string[];
  /** Files that it names as a relative path in any string: imports, workers, `new URL("./x.ts", ...)`. */
  readonly mentions: readonly string[];
}

/** All .ts files in the five folders and the configuration files beside them, generated ones left out. */
export function readSources(): ReadonlyMap<string, SourceFile> {
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => posixPath(join(folder, name))),
  );
  const beside = readdirSync(root).filter((name) => name.endsWith(".config.ts"));
  const paths = new Set([...below, ...beside].filter((path) => path.endsWith(".ts") && !NOT_SOURCES.test(path)));
  return new Map([...paths].map((path) => [path, readSource(path, paths)]));
}

function readSource(path: string, paths: ReadonlySet<string>): SourceFile {
  const text = withoutComments(readFileSync(join(root, path), "utf8"));
  const resolve = (name: string) => posix.join(posix.dirname(path), name);
  const known = (names: string[]) => [...new Set(names.map(resolve))].filter((target) => paths.has(target));
  const imported = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"([^"\n]+)"/g)].map((match) => match[1]);
  const relative = [...text.matchAll(/["'`](\.{1,2}\/[^"'`\n]+\.ts)(?:\?\w+)?["'`]/g)].map((match) => match[1]);
  return {
    path,
    imports: known(imported.filter((name) => name.startsWith("."))),
    packages: [...new Set(imported.filter((name) => !name.startsWith(".")))],
    mentions: known(relative),
  };
}

/** Whole-line and block comments; what follows code on its line cannot look like an import. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** Import cycles, each as the paths on it; empty if there is none. */
export function findCycles(sources: ReadonlyMap<string, SourceFile>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path]);
    if (at >= 0 || done.has(path)) return;
    for (const next of sources.get(path)?.imports ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
  return cycles;
}

/** Files that no entry reaches. */
export function findUnused(sources: ReadonlyMap<string, SourceFile>, entries: readonly string[]): string[] {
  const reached = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const source = sources.get(path);
    if (source === undefined || reached.has(path)) continue;
    reached.add(path);
    queue.push(...source.mentions);
  }
  return [...sources.keys()].filter((path) => !reached.has(path));
}

function posixPath(path: string): string {
  return path.replaceAll("\\", "/");
}
