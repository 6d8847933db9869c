/** What is installed is what was looked at (threat T20): the lock file names every package of every platform, with its hash. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, "..");
const packageJson: Locked = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const lock: Readonly<Record<string, Locked>> = JSON.parse(
  readFileSync(join(root, "package-lock.json"), "utf8"),
).packages;
const installed = Object.entries(lock).filter(([path]) => path !== "");

/** Where Node finds `name` from the package at `path`: there, or in a folder above. */
function isLocked(name: string, path: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (`${folder}/node_modules/${name}`.replace(/^\//, "") in lock) return true;
    if (folder === "") return false;
  }
}

/**
 * Binaries of tools for the developer, for machines on which the lock file was never made: npm writes hashes only of what it has seen,
 * and adds these when somebody installs there. Nothing that a server runs is among them.
 */
const UNSEEN = /^node_modules\/(@biomejs\/cli|@bufbuild\/buf)-(android|darwin|win32|linux-\w+-musl|linux-armv7)/;

test("T20 every package in the lock file has one version and the SHA-512 of its tarball", () => {
  expect(installed.length).toBeGreaterThan(100);
  const loose = installed.filter(([path, { version, integrity, link, dev, optional }]) => {
    if (link === true || version === undefined) return true;
    if (integrity === undefined && dev && optional && UNSEEN.test(path)) return false;
    return !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? "");
  });
  expect(loose.map(([path]) => path)).toEqual([]);
});

test("T20 no package is bound to one registry's host, nor comes from a git address", () => {
  expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(readFileSync(join(root, ".npmrc"), "utf8")).toMatch(/^omit-lockfile-registry-resolved=true$/m);
});

test("T20 what a package needs is locked, too, on every platform: else `npm ci` refuses", () => {
  const missing = Object.entries(lock).flatMap(([path, { dependencies = {}, optionalDependencies = {} }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) =>
      isLocked(name, path) ? [] : [`${name}, for ${path || "the project"}`],
    ),
  );
  expect(missing).toEqual([]);
});

test("T20 the lock file is of this package.json", () => {
  const { dependencies, devDependencies } = lock[""];
  expect({ dependencies, devDependencies }).toEqual({
    dependencies: packageJson.dependencies,
    devDependencies: packageJson.devDependencies,
  });
});
