/** Pointing at tadpoles: they light up, and a click, a tap or a key begins a whisper. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keepShot, PHONE, replicaMotion, SOON, waitForPlayers } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
const field = (page: Page) => page.getByRole("textbox", { name: "Chat" });
const pointed = (page: Page) => page.evaluate(() => window.shoal?.view.pointed);

/** Two in one pond, near each other; where Bao is on Ada's screen. */
async function twoTogether(context = {}) {
  await stage.serve({ SPAWN_RANGE: "60" });
  const bao = await stage.join("Bao");
  // With less motion the camera rests at once, and everyone stays where they were found.
  const { page: ada } = await stage.openPond({ name: "Ada", context: { reducedMotion: "reduce", ...context } });
  await waitForPlayers(ada, ["Ada", "Bao"]);
  // Only what was drawn has a place on the screen.
  await ada.waitForFunction(() => window.shoal?.view.counts.tadpoles === 2);
  const { seen, ownSlot } = await replicaMotion(ada);
  const slot = seen.find(({ name }) => name === "Bao")?.slot ?? -1;
  const place = () =>
    ada.evaluate((slot) => {
      const { view, replica } = window.shoal ?? {};
      if (view === undefined || replica === undefined) throw new Error("no page");
      return { x: view.camera.screenX(replica.drawX[slot]), y: view.camera.screenY(replica.drawY[slot]) };
    }, slot);
  return { ada, bao, slot, ownSlot, place };
}

describe("a mouse", () => {
  test("over a tadpole lights it up with its name, and a click begins a whisper without a swim", async () => {
    const { ada, bao, slot, ownSlot, place } = await twoTogether();
    const { x, y } = await place();
    await ada.mouse.move(x + 3, y);
    await expect.poll(() => pointed(ada), SOON).toBe(slot);
    await ada.locator(".pond.is-on-tadpole").waitFor();
    await keepShot(ada, "hover");
    const ownPlace = async () => {
      const own = (await replicaMotion(ada)).seen.find((tadpole) => tadpole.slot === ownSlot);
      return [own?.x, own?.y];
    };
    const before = await ownPlace();
    await ada.mouse.click(x + 3, y);
    await expect.poll(() => field(ada).inputValue(), SOON).toBe("/w Bao ");
    await ada.keyboard.type("psst");
    await ada.keyboard.press("Enter");
    await ada.getByText("your whisper").waitFor();
    await expect.poll(() => bao.heard.join(), SOON).toBe("psst");
    expect(await ownPlace()).toEqual(before);
    await ada.mouse.move(10, 400);
    await expect.poll(() => pointed(ada), SOON).toBe(-1);
  });

  test("held on a tadpole swims, and no whisper begins", async () => {
    const { ada, place } = await twoTogether();
    const { x, y } = await place();
    await ada.mouse.move(x, y);
    await ada.mouse.down();
    await ada.waitForFunction(() => {
      const replica = window.shoal?.replica;
      return replica !== undefined && replica.motion.speed[replica.ownSlot] > 0;
    });
    await ada.mouse.up();
    expect(await field(ada).inputValue()).toBe("");
  });

  test("that clicks a tadpole keeps the words that were written already", async () => {
    const { ada, place } = await twoTogether();
    await ada.keyboard.type("see you there");
    const { x, y } = await place();
    await ada.mouse.click(x, y);
    await expect.poll(() => field(ada).inputValue(), SOON).toBe("/w Bao see you there");
  });
});

describe("a finger", () => {
  test("that taps a tadpole begins a whisper", async () => {
    const { ada, place } = await twoTogether(PHONE);
    const { x, y } = await place();
    await ada.touchscreen.tap(x, y);
    await expect.poll(() => field(ada).inputValue(), SOON).toBe("/w Bao ");
    expect(await field(ada).evaluate((input) => input === document.activeElement)).toBe(true);
    await keepShot(ada, "phone-whisper");
  });
});

describe("the keyboard", () => {
  test("in the list of those near lights up the tadpole, and Enter begins a whisper", async () => {
    const { ada, slot } = await twoTogether();
    const online = ada.getByRole("button", { name: "Players online" });
    await online.focus();
    await ada.keyboard.press("Enter");
    const row = ada.locator(".near-list button", { hasText: "Bao" });
    await row.waitFor();
    await ada.keyboard.press("Tab");
    await expect.poll(() => row.evaluate((button) => button === document.activeElement), SOON).toBe(true);
    await expect.poll(() => pointed(ada), SOON).toBe(slot);
    await keepShot(ada, "near-pointed");
    await ada.keyboard.press("Enter");
    await expect.poll(() => field(ada).inputValue(), SOON).toBe("/w Bao ");
  });
});
