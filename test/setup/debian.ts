/** Installs system packages for tests on Debian and its relatives, where they run as root (a container, a CI machine). */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Installs one package and says so. False when this is no Debian, the user is not root, or apt fails. */
export function installDebianPackage(name: string): boolean {
  if (!runsAsRoot() || !existsSync("/usr/bin/apt-get")) return false;
  console.log(`installing it: apt-get update && apt-get install -y ${name}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
    execFileSync("apt-get", ["install", "-y", "-qq", name], { stdio: "inherit", env });
    return true;
  } catch {
    console.error(`apt-get could not install ${name}`);
    return false;
  }
}
