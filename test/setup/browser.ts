/**
 * A Chrome or Chromium for the browser tests: an installed one, else one that is installed now. Nobody has to prepare
 * a machine by hand, and a machine without a browser fails loudly.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { installDebianPackage, runsAsRoot } from "./debian.ts";

const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome", "chrome.exe"];

/** Where installers put it outside PATH. */
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  ...[process.env["PROGRAMFILES"], process.env["PROGRAMFILES(X86)"], process.env["LOCALAPPDATA"]]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, "Google/Chrome/Application/chrome.exe")),
];

const FLAGS = [
  // WebGL without a graphics card. The page around the canvas is put together without WebGL, which costs half as much.
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-gpu-compositing",
  // Nothing that talks to the world or draws CPU time while a test measures.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // A page behind another window still draws: tests open several at once.
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];

/** Starts a browser. The caller closes it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error("no Chrome or Chromium found");
  // Chromium's sandbox refuses to run as root, which is what containers usually are.
  const args = runsAsRoot() ? [...FLAGS, "--no-sandbox"] : FLAGS;
  return chromium.launch({ executablePath, args });
}

/** Path of a browser, installed before or by `installBrowser`; CHROME_PATH goes before all others. */
export function findBrowser(): string | undefined {
  const chosen = process.env["CHROME_PATH"];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH is ${JSON.stringify(chosen)}, but there is no such file`);
    return chosen;
  }
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const inPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...inPath, ...PLACES, chromium.executablePath()].find((path) => existsSync(path));
}

/** Finds a browser or installs one, saying which; throws, in words that help, when there is none in the end. */
export function provideBrowser(): void {
  const found = findBrowser();
  if (found === undefined) installBrowser();
  const path = findBrowser();
  if (path === undefined) {
    throw new Error(
      "The browser tests need Chrome or Chromium, and installing one has failed (see above). " +
        "Install either, or set CHROME_PATH to one, and run npm test again.",
    );
  }
  console.log(`browser tests run in ${path}`);
}

function installBrowser(): void {
  console.log("no Chrome or Chromium found");
  if (installDebianPackage("chromium")) return;
  const playwright = join(dirname(createRequire(import.meta.url).resolve("playwright-core")), "cli.js");
  console.log("installing Playwright's Chromium: npx playwright-core install chromium");
  try {
    execFileSync(process.execPath, [playwright, "install", "chromium"], { stdio: "inherit" });
  } catch {
    // The caller looks again and says what to do.
  }
}
