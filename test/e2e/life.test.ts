/** What the pond shows by itself: names and words in every script, arrows, fading; and a canvas that keeps up. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keepShot, PHONE, replicaMotion, SOON, waitForPlayers } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
const counts = (page: Page) => page.evaluate(() => window.shoal?.view.counts);

describe("tadpoles that do nothing", () => {
  test("are pointed to by an arrow, fade after 10 s, and are back with their next word; words fade after 9 s", async () => {
    await stage.serve({ SPAWN_RANGE: "40" });
    const bao = await stage.join("Bao");
    const { page: ada } = await stage.openPond({ name: "Ada", context: PHONE });
    await waitForPlayers(ada, ["Ada", "Bao"]);
    const { seen } = await replicaMotion(ada);
    const slot = seen.find(({ name }) => name === "Bao")?.slot ?? -1;
    const opacity = () => ada.evaluate((slot) => window.shoal?.view.opacity(slot), slot);
    await expect.poll(opacity, SOON).toBe(1);
    bao.say("soon forgotten");
    await expect.poll(async () => (await counts(ada))?.bubbles, SOON).toBe(1);
    expect((await counts(ada))?.arrows).toBe(0);
    await ada.keyboard.down("ArrowLeft");
    await expect.poll(async () => (await counts(ada))?.arrows, SOON).toBe(1);
    await ada.keyboard.up("ArrowLeft");
    await keepShot(ada, "arrow");
    await expect.poll(opacity, SOON).toBeLessThan(0.5);
    expect((await counts(ada))?.bubbles).toBe(0);
    await keepShot(ada, "faded");
    bao.say("still here");
    await expect.poll(opacity, SOON).toBe(1);
  });
});

describe("names and words", () => {
  test("of every script are shown in pond, log and list as they were written", async () => {
    const players = [
      { name: "王小明", line: "今天天气很好，我们去池塘游泳吧！这句话长到要换行。" },
      { name: "さくら", line: "おはようございます、カエルになりたい。" },
      { name: "김민준", line: "안녕하세요, 같이 헤엄쳐요!" },
      { name: "ليلى", line: "مرحبا بالجميع، كيف حالكم اليوم؟ abc 123" },
      { name: "👩🏽‍🚀 Zoë", line: "🐸🐸🐸 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️" },
    ];
    await stage.serve({ SPAWN_RANGE: "120" });
    const { page } = await stage.openPond({ name: "Ada" });
    const joined = await Promise.all(players.map(({ name }) => stage.join(name)));
    await waitForPlayers(
      page,
      players.map(({ name }) => name),
    );
    for (const [i, { line }] of players.entries()) joined[i].say(line);
    for (const { line } of players) await page.getByRole("log").getByText(line, { exact: true }).waitFor();
    await expect.poll(async () => (await counts(page))?.bubbles, SOON).toBe(players.length);
    await keepShot(page, "scripts");
    await page.getByRole("button", { name: "Players online" }).click();
    for (const { name } of players) await page.locator(".near-list").getByText(name, { exact: true }).waitFor();
    const direction = await page
      .getByRole("log")
      .getByText("مرحبا")
      .evaluate((text) => getComputedStyle(text).direction);
    expect(direction).toBe("rtl");
    // Who leaves takes the name along.
    expect((await counts(page))?.names).toBeGreaterThan(1);
    for (const { client } of joined) client.close();
    await expect.poll(async () => (await counts(page))?.names, SOON).toBe(1);
  });
});

describe("the canvas", () => {
  const canvasSize = (page: Page) =>
    page.evaluate(() => {
      const canvas = document.querySelector("canvas");
      return [canvas?.width, canvas?.height];
    });

  test("has as many pixels as the window, on dense screens, too, and follows its size", async () => {
    await stage.serve({ SPAWN_RANGE: "40" });
    const { page } = await stage.openPond({ name: "Ada", context: PHONE, drawsAll: true });
    expect(await canvasSize(page)).toEqual([750, 1334]);
    const bao = await stage.join("Bao");
    await waitForPlayers(page, ["Ada", "Bao"]);
    for (const line of ["one", "two", "three"]) bao.say(`${line} ${"word after word ".repeat(8)}`);
    await page.getByRole("log").getByText("three word").waitFor();
    await page.setViewportSize({ width: 667, height: 375 });
    await expect.poll(() => canvasSize(page), SOON).toEqual([1334, 750]);
    const hidden = () =>
      page.getByRole("log").evaluate((log) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop));
    // Its newest line is still the last that is seen.
    await expect.poll(hidden, SOON).toBeLessThanOrEqual(1);
    await keepShot(page, "phone-landscape");
  });

  test("is as sharp as the screen that the window is moved to, though its size stays", async () => {
    const { page } = await stage.openPond({
      name: "Ada",
      drawsAll: true,
      context: { viewport: { width: 400, height: 300 } },
    });
    const devTools = await page.context().newCDPSession(page);
    for (const deviceScaleFactor of [2, 1.5]) {
      const screen = { width: 400, height: 300, deviceScaleFactor, mobile: false };
      await devTools.send("Emulation.setDeviceMetricsOverride", screen);
      await expect.poll(() => canvasSize(page), SOON).toEqual([400 * deviceScaleFactor, 300 * deviceScaleFactor]);
    }
  });

  test("is drawn again after the browser took its graphics away", async () => {
    const { page } = await stage.openPond({ name: "Ada", drawsAll: true });
    const sum = await page.evaluate(async () => {
      const canvas = document.querySelector("canvas");
      const gl = canvas?.getContext("webgl2");
      const extension = gl?.getExtension("WEBGL_lose_context");
      const { view } = window.shoal ?? {};
      if (!canvas || !gl || !extension || view === undefined) throw new Error("no page");
      const heard = (type: string) => new Promise((done) => canvas.addEventListener(type, done, { once: true }));
      const lost = heard("webglcontextlost");
      extension.loseContext();
      await lost;
      // Only a loss that was dealt with may be made good.
      await new Promise(requestAnimationFrame);
      const restored = heard("webglcontextrestored");
      extension.restoreContext();
      await restored;
      const draw = view.draw.bind(view);
      return new Promise<number>((resolve) => {
        view.draw = (...parts) => {
          draw(...parts);
          const pixels = new Uint8Array(4 * 100);
          gl.readPixels(450, 350, 100, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
          resolve(pixels.reduce((total, value) => total + value, 0));
        };
      });
    });
    // More than the alpha of a black line.
    expect(sum).toBeGreaterThan(100 * 255 + 100);
    await keepShot(page, "graphics-restored");
  });
});

describe("a browser that cannot draw the pond", () => {
  test("is told what it lacks, in its language, and may try again", async () => {
    const { page } = await stage.openPage({
      context: { locale: "zh-CN" },
      before: () => {
        const { getContext } = HTMLCanvasElement.prototype;
        const without = function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
          return kind.startsWith("webgl") ? null : Reflect.apply(getContext, this, [kind, ...more]);
        };
        Object.assign(HTMLCanvasElement.prototype, { getContext: without });
      },
    });
    await page.getByRole("alert").getByText("这个浏览器画不出池塘").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "This browser cannot draw the pond" }).waitFor();
    await page.getByText("WebGL 2").waitFor();
    await keepShot(page, "no-webgl");
    const reloaded = page.waitForEvent("load");
    await page.getByRole("button", { name: "Try again" }).click();
    await reloaded;
  });

  test("reads which browsers can, if the page's code never runs", async () => {
    const { page } = await stage.openPage();
    await page.route("**/*.js", (route) => route.abort());
    await page.reload();
    const notice = page.getByText("Chrome or Edge 111", { exact: false }).first();
    expect(await notice.isVisible()).toBe(false);
    // Five seconds, without waiting for them.
    await page.locator(".boot").evaluate((boot) => boot.getAnimations()[0].finish());
    expect(await notice.isVisible()).toBe(true);
    await keepShot(page, "too-old");
  });
});
