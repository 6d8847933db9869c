/** The network overlay: what it shows, what its simulator does to the connection, and that it leaves nothing behind. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { App } from "../../server/app.ts";
import { launchBrowser } from "../setup/browser.ts";
import { keepShot, openPond, PHONE, startServer, waitForPlayers } from "./pond-page.ts";

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
/** Everyone swims all the time, so every tick brings a frame; no more ticks than a busy machine's browser can hear. */
const WANDER = { GAME: "wander", TICK_HZ: "10" };
/** Little to draw without a graphics card, so that the connection sets the pace and not the page. */
const SMALL: BrowserContextOptions = { viewport: { width: 640, height: 400 } };

let browser: Browser;
let app: App;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await app?.close();
});

const stats = (page: Page) => page.getByRole("region", { name: "Network", exact: true });
const simulator = (page: Page) => page.getByRole("region", { name: "Network simulator" });

/** What the overlay says beside `label`, as a number; NaN for a dash. */
async function shown(page: Page, label: string): Promise<number> {
  const row = stats(page).locator("dl > div", { has: page.getByText(label, { exact: true }) });
  return Number.parseFloat((await row.locator(".overlay-number").textContent()) ?? "");
}

/** Resolves when the page has another replica than at the call of what `act` does: it joined anew. */
async function joinsAnew(page: Page, act: () => Promise<unknown>): Promise<void> {
  const before = await page.evaluateHandle(() => window.shoal?.replica);
  await act();
  await page.waitForFunction(
    (old) => window.shoal?.replica !== old && window.shoal?.client.state.kind === "joined",
    before,
  );
}

/** In the page, before its code: notes how many loops draw, as callbacks in one frame. */
function countLoops(): void {
  const ask = window.requestAnimationFrame.bind(window);
  let frameMs = 0;
  let loops = 0;
  let frames = 0;
  window.requestAnimationFrame = (callback) =>
    ask((nowMs) => {
      if (nowMs !== frameMs) {
        document.documentElement.dataset["loops"] = String(loops);
        document.documentElement.dataset["frames"] = String(++frames);
        loops = 0;
        frameMs = nowMs;
      }
      loops++;
      callback(nowMs);
    });
}

const loopsOf = (page: Page) => page.evaluate(() => Number(document.documentElement.dataset["loops"] ?? 0));

/** Not polled with animation frames, which are what is counted. */
const waitForLoops = (page: Page, loops: number) => expect.poll(() => loopsOf(page), { timeout: 20_000 }).toBe(loops);

const framesOf = (page: Page) => page.evaluate(() => Number(document.documentElement.dataset["frames"] ?? 0));

/** The page's own loops: its drawing, and what Pixi has. What a test waited for by frames may still be in the first one. */
async function ownLoops(page: Page): Promise<number> {
  let loops = 0;
  let sinceFrame = 0;
  const steadyFrames = async (): Promise<number> => {
    const [now, frame] = [await loopsOf(page), await framesOf(page)];
    if (now !== loops) sinceFrame = frame;
    loops = now;
    return loops > 0 ? frame - sinceFrame : 0;
  };
  await expect.poll(steadyFrames, { timeout: 20_000 }).toBeGreaterThan(5);
  return loops;
}

describe("the network overlay", () => {
  test("comes with F3, shows live numbers, and goes with F3 without leaving anything to run", async () => {
    app = await startServer(WANDER);
    const { page, complaints } = await openPond(browser, app, {
      name: "Ada",
      context: SMALL,
      drawsAll: true,
      before: countLoops,
    });
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    const loops = await ownLoops(page);
    expect(await page.locator(".overlay").count()).toBe(0);

    await page.keyboard.press("F3");
    await stats(page).waitFor();
    expect(loaded.some((path) => /overlay.*\.js$/.test(path))).toBe(true);
    expect(loaded.some((path) => /overlay.*\.css$/.test(path))).toBe(true);
    await waitForLoops(page, loops + 1);
    await expect
      .poll(() => shown(page, "Frames received"), { timeout: 30_000 })
      .toSatisfy((perS: number) => perS > 8 && perS < 12);
    for (const label of ["Received", "Frames drawn", "Bytes a frame", "Header", "Updates"]) {
      await expect.poll(() => shown(page, label), { message: label, timeout: 20_000 }).toBeGreaterThan(0);
    }
    const known = ["Round trip", "Jitter", "Age of information", "Interpolation delay", "Server tick", "Clock offset"];
    for (const label of known) {
      await expect.poll(() => shown(page, label), { message: label, timeout: 20_000 }).not.toBeNaN();
    }
    // The focus stays where typing goes.
    await page.keyboard.type("still chatting");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("still chatting").waitFor();

    await page.keyboard.press("F3");
    await stats(page).waitFor({ state: "detached" });
    await waitForLoops(page, loops);
    await page.keyboard.press("F3");
    await stats(page).waitFor();
    await waitForLoops(page, loops + 1);
    await page.keyboard.press("Escape");
    await stats(page).waitFor({ state: "detached" });
    await waitForLoops(page, loops);
    expect(complaints).toEqual([]);
  });

  test("of ?debug is there from the start, and makes a line bad without a new connection", async () => {
    app = await startServer(WANDER);
    const { page, complaints } = await openPond(browser, app, { name: "Ada", query: "?debug", context: SMALL });
    await stats(page).waitFor();
    // The first round trips pass through a page that is still loading.
    await expect.poll(() => shown(page, "Round trip"), { timeout: 30_000 }).toBeLessThan(90);
    const before = await page.evaluateHandle(() => window.shoal?.replica);
    const profile = simulator(page).getByRole("combobox", { name: "Profile" });
    await profile.selectOption("far-4g");
    expect(await simulator(page).getByRole("spinbutton", { name: "Round trip" }).inputValue()).toBe("150");
    await expect.poll(() => shown(page, "Round trip"), { timeout: 30_000 }).toBeGreaterThan(110);

    // A field makes the profile one's own.
    await simulator(page).getByRole("slider", { name: "Round trip" }).fill("400");
    expect(await simulator(page).getByRole("spinbutton", { name: "Round trip" }).inputValue()).toBe("400");
    expect(await profile.inputValue()).toBe("custom");
    await expect.poll(() => shown(page, "Round trip"), { timeout: 30_000 }).toBeGreaterThan(300);
    expect(await page.evaluate((old) => window.shoal?.replica === old, before)).toBe(true);
    await profile.selectOption("none");
    expect(await simulator(page).getByRole("spinbutton", { name: "Round trip" }).inputValue()).toBe("0");
    expect(complaints).toEqual([]);
  });

  test("cuts the connection, which comes back", async () => {
    app = await startServer(WANDER);
    const { page } = await openPond(browser, app, { name: "Ada" });
    await page.keyboard.press("F3");
    const cut = simulator(page).getByRole("button", { name: "Cut the connection" });
    await joinsAnew(page, () => cut.click());
    // The line opened before the overlay was in it; this one did not. Both are cut alike.
    await joinsAnew(page, () => cut.click());
    await page.getByText("Reconnecting…").waitFor({ state: "hidden" });
  });

  test("draws the server's positions beside what is shown, also for a line that was bad before", async () => {
    // So small that everyone sees everyone.
    app = await startServer({ ...WANDER, WORLD_SIZE: "512" });
    const bao = await openPond(browser, app, { name: "Bao", context: SMALL });
    const { page, complaints } = await openPond(browser, app, {
      name: "Ada",
      context: SMALL,
      drawsAll: true,
      before: countLoops,
    });
    await waitForPlayers(page, ["Ada", "Bao"]);
    const loops = await ownLoops(page);
    await page.keyboard.press("F3");
    const truth = simulator(page).getByRole("switch", { name: "Show the server's positions" });
    const gap = async () => {
      const text = (await page.locator(".overlay-truth").textContent()) ?? "";
      return Number(/^Tadpoles: 2, largest gap: ([\d.]+) units$/.exec(text)?.[1]);
    };
    await truth.check();
    // Others are drawn in the past, even on a good line.
    await expect.poll(gap, { timeout: 20_000 }).toBeGreaterThan(0);
    await joinsAnew(page, () => simulator(page).getByRole("combobox", { name: "Profile" }).selectOption("far-4g"));
    await waitForPlayers(page, ["Ada", "Bao"]);
    // 100 units a second, and at least the way down late.
    await expect.poll(gap, { timeout: 30_000 }).toBeGreaterThan(7);
    await page.setViewportSize({ width: 1280, height: 800 });
    await keepShot(page, "overlay");
    await page.setViewportSize({ width: 640, height: 400 });
    await truth.uncheck();
    await expect.poll(() => page.locator(".overlay-truth").textContent()).toBe("");
    await truth.check();
    await expect.poll(gap, { timeout: 20_000 }).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await waitForLoops(page, loops);
    expect([...complaints, ...bao.complaints]).toEqual([]);
  });

  test("is worked with keys alone; Escape gives the focus back to the chat", async () => {
    app = await startServer();
    const { page } = await openPond(browser, app, { name: "Ada", query: "?debug" });
    const active = () => page.evaluate(() => document.activeElement?.tagName ?? "");
    for (let i = 0; i < 10 && (await active()) !== "SELECT"; i++) await page.keyboard.press("Tab");
    expect(await active()).toBe("SELECT");
    await page.keyboard.press("ArrowDown");
    const profile = simulator(page).getByRole("combobox", { name: "Profile" });
    expect(await profile.inputValue()).toBe("lan");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    expect(await profile.inputValue()).toBe("custom");
    await page.keyboard.press("Escape");
    await stats(page).waitFor({ state: "detached" });
    await expect.poll(active).toBe("INPUT");
    await page.keyboard.press("F3");
    await stats(page).waitFor();
    await page.keyboard.press("Enter");
    // What Escape closes first: the open chat line.
    await page.locator(".chat-entry.is-open").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".chat-entry.is-open").waitFor({ state: "detached" });
    expect(await stats(page).isVisible()).toBe(true);
  });

  test("speaks Chinese, and changes its language with the page", async () => {
    app = await startServer(WANDER);
    const context = { ...DESKTOP, locale: "zh-CN" };
    const { page, complaints } = await openPond(browser, app, { name: "Ada", query: "?debug", context });
    const panel = page.getByRole("region", { name: "网络", exact: true });
    await panel.getByText("往返时间", { exact: true }).waitFor();
    await page.getByRole("region", { name: "网络模拟" }).getByRole("combobox", { name: "预设" }).selectOption("train");
    await panel.locator("dl > div", { hasText: "接收帧" }).getByText(/^\d/).first().waitFor();
    await keepShot(page, "overlay-chinese");
    await page.getByRole("button", { name: "English" }).click();
    await simulator(page).getByText("No signal every", { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  test("leaves the chat and the own tadpole free at 375 x 667, and scrolls", async () => {
    app = await startServer(WANDER);
    const { page, complaints } = await openPond(browser, app, { name: "Ada", query: "?debug", context: PHONE });
    await stats(page).waitFor();
    const field = page.getByRole("textbox", { name: "Chat" });
    for (const line of ["one", "two", "three", "four"]) {
      await field.fill(line);
      await page.keyboard.press("Enter");
      await page.getByRole("log").getByText(line, { exact: true }).waitFor();
    }
    await expect.poll(() => shown(page, "Frames received"), { timeout: 20_000 }).toBeGreaterThan(0);
    await keepShot(page, "phone-overlay");
    const box = async (selector: string) =>
      (await page.locator(selector).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const overlay = await box(".overlay");
    const bottom = overlay.y + overlay.height;
    expect(overlay.x).toBeGreaterThanOrEqual(0);
    expect(overlay.x + overlay.width).toBeLessThanOrEqual(375);
    expect(bottom).toBeLessThanOrEqual((await box(".chat-log")).y);
    // The own tadpole swims around the middle.
    expect(bottom).toBeLessThan(667 / 2 - 20);
    // The numbers come first, and the way out with them.
    const close = await box(".overlay .panel-close");
    expect(close.y).toBeGreaterThanOrEqual(overlay.y);
    expect(close.y + close.height).toBeLessThanOrEqual(bottom);
    const cut = simulator(page).getByRole("button", { name: "Cut the connection" });
    await cut.scrollIntoViewIfNeeded();
    await keepShot(page, "phone-overlay-simulator");
    await joinsAnew(page, () => cut.tap());
    await page.getByRole("button", { name: "Close (F3)" }).tap();
    await stats(page).waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });
});
