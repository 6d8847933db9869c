/** What a player feels in a real page: the own tadpole answers at once, and a hidden page costs nothing and comes back whole. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { SOON } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

test("I6 the own tadpole moves in the very frame in which a key is seen to be down", async () => {
  const { page } = await stage.openPond({ name: "Ada" });
  await expect.poll(() => page.evaluate(() => window.shoal?.client.network.rttMs ?? Number.NaN), SOON).not.toBeNaN();
  // One drawing is one call of sample: where the tadpole was before it, and after it.
  await page.evaluate(() => {
    const { client } = window.shoal ?? {};
    if (client === undefined) throw new Error("no client");
    const frames: { swims: boolean; moved: number }[] = [];
    Object.assign(window, { frames });
    let swims = false;
    const [steer, sample] = [client.steer.bind(client), client.sample.bind(client)];
    client.steer = (heading, swim) => {
      swims = swim;
      steer(heading, swim);
    };
    client.sample = (nowMs) => {
      const { drawX, ownSlot } = client.replica;
      const before = drawX[ownSlot];
      sample(nowMs);
      frames.push({ swims, moved: drawX[ownSlot] - before });
    };
  });
  const framesSoFar = () =>
    page.evaluate(() => (window as unknown as { frames: { swims: boolean; moved: number }[] }).frames);
  await expect.poll(async () => (await framesSoFar()).length, SOON).toBeGreaterThan(2);
  await page.keyboard.down("ArrowRight");
  await expect.poll(async () => (await framesSoFar()).filter(({ swims }) => swims).length, SOON).toBeGreaterThan(5);
  await page.keyboard.up("ArrowRight");
  const frames = await framesSoFar();
  const first = frames.findIndex(({ swims }) => swims);
  expect(frames.slice(1, first).every(({ moved }) => Math.abs(moved) < 0.01)).toBe(true);
  expect(frames.slice(first, first + 5).every(({ moved }) => moved > 0)).toBe(true);
});

test("V6 a hidden page gets a heartbeat, and its first picture when it is back is whole and of now", async () => {
  const app = await stage.serve();
  const swimmers = await Promise.all(["Bao", "Cyd", "Dee"].map((name) => stage.join(name)));
  const { page } = await stage.openPond({ name: "Ada" });
  swimmers.forEach(({ client }, i) => client.steer(i * 2, true));
  await expect.poll(() => page.evaluate(() => window.shoal?.replica.visibleCount), SOON).toBe(4);
  await setHidden(page, true);
  await expect.poll(() => page.evaluate(() => window.shoal?.replica.visibleCount), SOON).toBe(0);
  const network = () =>
    page.evaluate(() => {
      const { framesReceived, bytesReceived } = window.shoal?.client.network ?? { framesReceived: 0, bytesReceived: 0 };
      return { framesReceived, bytesReceived };
    });
  const pond = () => app.rooms.get("pond")?.tick ?? 0;
  const before = await network();
  const ticks = pond();
  await expect.poll(pond, SOON).toBeGreaterThanOrEqual(ticks + 80);
  const after = await network();
  // In four seconds: a heartbeat each, and what was on its way.
  const frames = after.framesReceived - before.framesReceived;
  expect(frames).toBeGreaterThanOrEqual(2);
  expect(frames).toBeLessThanOrEqual(7);
  // With a WebSocket header of 2 bytes: ten minutes of it are 150 times as much.
  expect((after.bytesReceived - before.bytesReceived + 2 * frames) * 150).toBeLessThan(20_000);

  // Back the way they came, or they would be out of sight.
  swimmers.forEach(({ client }, i) => client.steer(i * 2 + Math.PI, true));
  await page.evaluate(() => {
    const { client } = window.shoal ?? {};
    if (client === undefined) throw new Error("no client");
    const sample = client.sample.bind(client);
    client.sample = (nowMs) => {
      sample(nowMs);
      const { replica } = client;
      const { visibleCount, visible, drawX, drawY, motion, ownSlot } = replica;
      if (visibleCount === 0 || "firstPicture" in window) return;
      const others = [...visible.subarray(0, visibleCount)].filter((slot) => slot !== ownSlot);
      const off = others.map((slot) =>
        Math.hypot(drawX[slot] - motion.x[slot] / 32, drawY[slot] - motion.y[slot] / 32),
      );
      const named = others.map((slot) => replica.entity(slot)?.tadpole?.look?.name ?? "");
      Object.assign(window, { firstPicture: { off: Math.max(...off), named: named.sort() } });
    };
  });
  await setHidden(page, false);
  const picture = () =>
    page.evaluate(() => (window as unknown as { firstPicture?: { off: number; named: string[] } }).firstPicture);
  await expect.poll(picture, SOON).toBeDefined();
  const named = (await picture())?.named ?? [];
  expect(named.length).toBeGreaterThan(0);
  expect(["Bao", "Cyd", "Dee"]).toEqual(expect.arrayContaining(named));
  // They swam for 4 s, 400 units; no more is missing on the screen than the longest delay of 0.6 s.
  expect((await picture())?.off).toBeLessThan(65);
});
