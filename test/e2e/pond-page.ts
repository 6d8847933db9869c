/** What the browser tests share: a server, pages in the pond, and what a page's replica holds. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page, Response } from "playwright-core";
import { type App, startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLog } from "../../server/log.ts";
import { systemClock } from "../../server/loop.ts";

export async function startServer(env: Record<string, string> = {}): Promise<App> {
  const result = readConfig({ PORT: "0", SEED: "1", ...env }, { seed: 1 });
  if ("errors" in result) throw new Error(result.errors.join());
  return startApp({ config: result.config, log: await createLog("silent"), clock: systemClock });
}

/** A small phone with a dense screen, held upright. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 375, height: 667 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

/**
 * How pages are drawn that are not about drawing. Without a graphics card a page draws as often as both cores can, and
 * the pages of other tests wait. SHOTS=1 draws all, for pictures that are looked at.
 */
const SPARING = { frameMs: 80, devicePixelRatio: 0.5 };

/** For `expect.poll`: a browser without a graphics card may draw one frame a second. */
export const SOON = { timeout: 20_000 };

export interface PondPage {
  readonly page: Page;
  /** Errors and refusals that the page's console told of; tests expect none. */
  readonly complaints: string[];
}

export interface PondPageOptions {
  name?: string;
  query?: string;
  context?: BrowserContextOptions;
  /** Draws every pixel as often as the machine can: see `SPARING`. */
  drawsAll?: boolean;
  /** Runs in the page before its own code. */
  before?: () => void;
  /** Every answer from the first on. */
  onResponse?: (response: Response) => void;
}

/** Opens the page as a player called `name` and waits until it is in the pond. */
export async function openPond(browser: Browser, app: App, options: PondPageOptions = {}): Promise<PondPage> {
  const pond = await openPage(browser, app, options);
  await pond.page.waitForFunction(() => window.shoal?.client.state.kind === "joined" && window.shoal.replica.tick > 0);
  await waitForPlayers(pond.page, options.name === undefined ? [] : [options.name]);
  return pond;
}

/** Opens the page and waits for nothing. */
export async function openPage(browser: Browser, app: App, options: PondPageOptions = {}): Promise<PondPage> {
  const context = await browser.newContext({
    viewport: { width: 1000, height: 700 },
    locale: "en",
    ...options.context,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`CSP: ${violatedDirective} ${blockedURI}`);
    });
  });
  if (!options.drawsAll && !process.env["SHOTS"]) await page.addInitScript(drawSparingly, SPARING);
  if (options.name !== undefined) {
    const look = JSON.stringify({ name: options.name, colour: 0x66ccff, gender: 0 });
    await page.addInitScript(([key, value]) => localStorage.setItem(key, value), ["shoal.look", look]);
  }
  if (options.onResponse !== undefined) page.on("response", options.onResponse);
  if (options.before !== undefined) await page.addInitScript(options.before);
  await page.goto(`http://127.0.0.1:${app.port}/${options.query ?? ""}`);
  return { page, complaints };
}

/** In the page. */
function drawSparingly({ frameMs, devicePixelRatio }: typeof SPARING): void {
  const request = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  /** Frames asked for, by the timer that goes before them. */
  const frames = new Map<number, number>();
  Object.defineProperty(window, "devicePixelRatio", { get: () => devicePixelRatio });
  Object.assign(window, {
    requestAnimationFrame(callback: FrameRequestCallback) {
      const timer = window.setTimeout(() => {
        const frame = request((nowMs) => {
          frames.delete(timer);
          callback(nowMs);
        });
        frames.set(timer, frame);
      }, frameMs);
      return timer;
    },
    cancelAnimationFrame(timer: number) {
      clearTimeout(timer);
      cancel(frames.get(timer) ?? 0);
      frames.delete(timer);
    },
  });
}

/** Waits until the page's replica shows exactly players of these names, or at least them when `atLeast`. */
export async function waitForPlayers(page: Page, names: readonly string[]): Promise<void> {
  await page.waitForFunction((wanted) => {
    const replica = window.shoal?.replica;
    if (replica === undefined) return false;
    const seen = new Set<string>();
    for (let i = 0; i < replica.visibleCount; i++) {
      seen.add(replica.entity(replica.visible[i])?.tadpole?.look?.name ?? "");
    }
    return wanted.every((name) => seen.has(name));
  }, names);
}

/** Waits until nobody of that name is in the page's replica. */
export async function waitUntilGone(page: Page, name: string): Promise<void> {
  await page.waitForFunction((gone) => {
    const replica = window.shoal?.replica;
    if (replica === undefined) return false;
    for (let i = 0; i < replica.visibleCount; i++) {
      if (replica.entity(replica.visible[i])?.tadpole?.look?.name === gone) return false;
    }
    return true;
  }, name);
}

/** Everyone in the page's replica, as of its tick: position steps and heading steps, by slot. */
export function replicaMotion(page: Page) {
  return page.evaluate(() => {
    const replica = window.shoal?.replica;
    if (replica === undefined) throw new Error("no page");
    const slots = [...replica.visible.subarray(0, replica.visibleCount)];
    const { x, y, heading, speed } = replica.motion;
    return {
      tick: replica.tick,
      ownSlot: replica.ownSlot,
      seen: slots.map((slot) => ({
        slot,
        x: x[slot],
        y: y[slot],
        heading: heading[slot],
        speed: speed[slot],
        name: replica.entity(slot)?.tadpole?.look?.name ?? "",
      })),
    };
  });
}

/** What a page is told that is left for another one and kept whole, `pagehide`, or gone back to, `pageshow`. */
export function turnPage(page: Page, type: "pagehide" | "pageshow"): Promise<unknown> {
  return page.evaluate((type) => window.dispatchEvent(new PageTransitionEvent(type, { persisted: true })), type);
}

/** Keeps what a person would see, in test/shots/ (not in git). */
export async function keepShot(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, "../shots");
  mkdirSync(folder, { recursive: true });
  // What fades in is shown as it will be.
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}
