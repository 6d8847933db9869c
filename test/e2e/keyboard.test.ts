/** The whole page by keyboard alone: everything is reached, the focus is seen, Escape goes back. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keepShot, SOON } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

/** The element with the focus: its accessible name, and whether it shows the focus. */
function focused(page: Page) {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement)) throw new Error("no focus");
    // The chat line shows it by its frame, a radio button by what stands for it.
    const shown = activeElement.closest<HTMLElement>(".chat-entry, .swatch, .choice") ?? activeElement;
    const { outlineStyle, outlineWidth, borderColor } = getComputedStyle(shown);
    const hasOutline = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    return {
      name: activeElement.getAttribute("aria-label") ?? activeElement.textContent ?? "",
      isBody: activeElement === document.body,
      isShown: hasOutline || (shown.matches(".chat-entry") && /143, 240, 216/.test(borderColor)),
    };
  });
}

/** Presses Tab until the focus is where it began or `max` is reached; what was met on the way. */
async function tabRound(page: Page, max = 40) {
  const first = await focused(page);
  const met = [first];
  for (let i = 0; i < max; i++) {
    await page.keyboard.press("Tab");
    const next = await focused(page);
    // Behind the last control the browser's own come, for which the body stands.
    if (next.isBody) continue;
    if (next.name === first.name) return met;
    met.push(next);
  }
  throw new Error(`no way back: ${met.map(({ name }) => name).join(", ")}`);
}

describe("by keyboard alone", () => {
  test("Tab reaches every control, and each shows that it has the focus", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
    await page.keyboard.type("something to read");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("something to read").waitFor();
    const met = await tabRound(page);
    expect(met.filter(({ isShown }) => !isShown)).toEqual([]);
    const names = met.map(({ name }) => name);
    for (const wanted of [/^Chat$/, /online/, /简体中文/, /Name and colours/, /How to play/, /Chat messages/]) {
      expect(
        names.some((name) => wanted.test(name)),
        `${wanted} in ${names}`,
      ).toBe(true);
    }
  });

  test("a panel opens with Enter, is filled in, and closes with Escape to where it was opened", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
    const opener = page.getByRole("button", { name: "Name and colours" });
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Your tadpole" }).waitFor();
    await expect.poll(async () => (await focused(page)).name, SOON).toBe("");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("Eda");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => {
      const { replica } = window.shoal ?? {};
      const look = replica?.entity(replica.ownSlot)?.tadpole?.look;
      return look?.name === "Eda" && look.colour !== 0x66ccff;
    });
    await keepShot(page, "keyboard-panel");
    await page.keyboard.press("Escape");
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    // From there, typing talks and the arrow keys swim.
    await page.keyboard.type("hello");
    expect(await page.getByRole("textbox", { name: "Chat" }).inputValue()).toBe("hello");
    await page.keyboard.press("Escape");
    await opener.focus();
    await page.keyboard.down("ArrowUp");
    await page.waitForFunction(() => {
      const replica = window.shoal?.replica;
      return replica !== undefined && replica.motion.speed[replica.ownSlot] > 0;
    });
    await page.keyboard.up("ArrowUp");
  });

  test("arrow keys scroll the chat while it is being read, and swim otherwise", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
    const isTaken = (selector: string) =>
      page.locator(selector).evaluate((part: HTMLElement) => {
        part.focus();
        const key = new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, cancelable: true });
        const isTaken = !part.dispatchEvent(key);
        part.dispatchEvent(new KeyboardEvent("keyup", { key: "ArrowUp", bubbles: true }));
        return isTaken;
      });
    expect(await isTaken(".chat-log")).toBe(false);
    expect(await isTaken(".look-button")).toBe(true);
  });

  test("Escape closes a panel whose ground was clicked, and another panel takes its place", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
    const help = page.getByRole("region", { name: "How to play" });
    const look = page.getByRole("region", { name: "Your tadpole" });
    await page.getByRole("button", { name: "How to play" }).click();
    await help.getByRole("heading").click();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "How to play" }).focus();
    await page.keyboard.press("Enter");
    await help.waitFor();
    await page.getByRole("button", { name: "Name and colours" }).focus();
    await page.keyboard.press("Enter");
    await look.waitFor();
    await help.waitFor({ state: "hidden" });
  });
});
