/**
 * Builds the page into dist/client when it is missing or made from other sources: `npm start` and the browser tests
 * call it, so nobody has to know of a build step. `--force` builds anyway (`npm run build`).
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "../..");
const output = join(root, "dist/client");
/** Beside the page and not in it: the server serves everything that is in dist/client. */
const markFile = join(root, "dist/client.sources");

/** Everything that the page is made of; package.json stands for Pixi, protobufjs and Vite, which it pins. */
const SOURCES = ["client", "proto", "package.json"];

/** Contents and not times: git gives every file the time of its checkout. */
function hashOfSources(): string {
  const hash = createHash("sha256");
  for (const path of SOURCES.flatMap((source) => filesBelow(join(root, source)))) {
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** The file itself, or all files in the folder in a stable order. */
function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.sort();
}

/** Makes sure that dist/client is what the sources say; throws when Vite fails, whose own message is on the terminal. */
export function buildPage(options: { force: boolean }): void {
  const hash = hashOfSources();
  const isBuilt = existsSync(join(output, "index.html")) && existsSync(markFile);
  if (!options.force && isBuilt && readFileSync(markFile, "utf8") === hash) return;
  console.log("building the page into dist/client");
  const vite = join(root, "node_modules/vite/bin/vite.js");
  // The page is made for players whatever the caller is: Vitest sets NODE_ENV=test, which would keep Vite's test mode.
  const env = { ...process.env, NODE_ENV: "production" };
  const args = [vite, "build", "client", "--outDir", output, "--emptyOutDir", "--logLevel", "warn"];
  execFileSync(process.execPath, args, { cwd: root, env, stdio: "inherit" });
  writeFileSync(markFile, hash);
}

if (import.meta.main) buildPage({ force: process.argv.includes("--force") });
