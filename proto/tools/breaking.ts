/**
 * `npm run check`: do the .proto files still read what the last commit on main writes? Compares with main, else with
 * origin/main (a clone that is on another branch has no main), else with HEAD.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const buf = join(root, "node_modules/@bufbuild/buf/bin/buf");
const CANDIDATES = ["refs/heads/main", "refs/remotes/origin/main", "HEAD"];

/** Output of a git command, or undefined when it fails or git is missing. */
function git(...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/** The commit to compare with, if there is one that has .proto files at all. */
function lastCommit(): string | undefined {
  const isHere = git("rev-parse", "--show-cdup") === "";
  const commits = isHere ? CANDIDATES.map((name) => git("rev-parse", "--verify", `${name}^{commit}`)) : [];
  const has = (commit: string, path: string) => git("cat-file", "-e", `${commit}:${path}`) === "";
  return commits.find((commit) => commit !== undefined && has(commit, "proto/game.proto") && has(commit, "buf.yaml"));
}

function compare(commit: string): void {
  const work = mkdtempSync(join(tmpdir(), "shoal-breaking-"));
  try {
    // An archive and not buf's own git input, which clones and so fails in some shallow and linked work trees.
    const before = join(work, "before.tar");
    execFileSync("git", ["archive", "--output", before, commit, "buf.yaml", "proto"], { cwd: root });
    execFileSync(process.execPath, [buf, "breaking", "--against", before], { cwd: root, stdio: "inherit" });
    console.log(`.proto files are compatible with commit ${commit.slice(0, 12)}`);
  } catch {
    console.error(`.proto files break clients and recordings made by commit ${commit.slice(0, 12)}: see above`);
    process.exitCode = 1;
  } finally {
    rmSync(work, { recursive: true });
  }
}

const commit = lastCommit();
if (commit === undefined) console.log("buf breaking: skipped, there is no commit with .proto files to compare with");
else compare(commit);
