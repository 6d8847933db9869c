/** A copy of the repository that a test may spoil: sources copied, installed packages linked, no caches shared. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../..");
const NOT_COPIED = new Set([".git", "node_modules", "dist", "shots"]);

export interface Outcome {
  readonly isOk: boolean;
  /** Standard output and standard error. */
  readonly output: string;
}

export interface RepositoryCopy {
  read(path: string): string;
  write(path: string, text: string): void;
  /** Writes beside the file and renames, as many editors do. */
  replace(path: string, text: string): void;
  /** Runs one of the copy's own scripts. */
  run(script: string): Outcome;
  /** Starts one of the copy's own scripts. The caller ends it. */
  start(script: string, env: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams;
  /** Compiles the projects of the given folders (all of them by default) and what they refer to. */
  compile(...projects: string[]): Outcome;
  remove(): void;
}

export function copyRepository(): RepositoryCopy {
  const copy = mkdtempSync(join(tmpdir(), "shoal-copy-"));
  for (const name of readdirSync(root)) {
    if (NOT_COPIED.has(name)) continue;
    const isCopied = (source: string) => !source.split(/[\\/]/).some((part) => NOT_COPIED.has(part));
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      filter: (source) => isCopied(source.slice(root.length)),
    });
  }
  // A folder of links and not one link: the compiler's cache below node_modules must not be the repository's.
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name === ".bin" || !name.startsWith("."))
      symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
  }
  return {
    read: (path) => readFileSync(join(copy, path), "utf8"),
    write(path, text) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    },
    replace(path, text) {
      writeFileSync(join(copy, `${path}.new`), text);
      renameSync(join(copy, `${path}.new`), join(copy, path));
    },
    run: (script) => run(copy, script),
    start: (script, env) => spawn(process.execPath, [script], { cwd: copy, env: { ...process.env, ...env } }),
    compile: (...projects) => run(copy, "node_modules/typescript/bin/tsc", "--build", "--pretty", "false", ...projects),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

function run(cwd: string, ...args: string[]): Outcome {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (error !== undefined) throw error;
  return { isOk: status === 0, output: stdout + stderr };
}
