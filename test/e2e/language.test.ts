/** The page in each language and at each size: everything is translated, fits and leaves room for the rest. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keepShot, PHONE } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
const DESKTOP = { viewport: { width: 1280, height: 800 } };

/** What of the page sticks out of the window or is cut off, and which of the corners' parts lie over each other. */
function faultsOfLayout(page: Page) {
  return page.evaluate(() => {
    const faults: string[] = [];
    const seen = [...document.querySelectorAll<HTMLElement>(".hud *")].filter(
      (part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && part.clientWidth > 0,
    );
    const nameOf = (part: HTMLElement) => `${part.tagName} ${part.className} “${part.textContent.slice(0, 20)}”`;
    for (const part of seen) {
      const { left, right, top, bottom } = part.getBoundingClientRect();
      if (part.closest(".chat-log")) continue;
      if (left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) {
        faults.push(`outside: ${nameOf(part)}`);
      }
      const hasWords = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE);
      if (hasWords && part.scrollWidth > part.clientWidth + 1) faults.push(`cut off: ${nameOf(part)}`);
    }
    const parts = seen.filter(
      (part) => part.matches(".corner > *, .pond-map, .hint, .chat-entry") && !part.closest(".panel"),
    );
    for (const [i, a] of parts.entries()) {
      for (const b of parts.slice(i + 1)) {
        if (a.matches(".panel") || b.matches(".panel")) continue;
        const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
        const isApart = p.right <= q.left || q.right <= p.left || p.bottom <= q.top || q.bottom <= p.top;
        if (!isApart) faults.push(`over each other: ${nameOf(a)} and ${nameOf(b)}`);
      }
    }
    return faults;
  });
}

describe.each([
  ["en", "desktop", DESKTOP],
  ["zh-CN", "desktop", DESKTOP],
  ["en", "phone", PHONE],
  ["zh-CN", "phone", PHONE],
])("in %s on a %s", (locale, device, context) => {
  test("everything fits, with each panel open, too", async () => {
    const { page, complaints } = await stage.openPond({ name: "Ada", context: { ...context, locale } });
    await page.locator(".pill").waitFor();
    expect(await faultsOfLayout(page)).toEqual([]);
    await keepShot(page, `layout-${locale}-${device}`);
    for (const [opener, name] of [
      [".look-button", "look"],
      [".corner.is-right > .round:nth-of-type(3)", "help"],
      [".pill", "near"],
    ]) {
      await page.locator(opener).click();
      await page.locator(".panel:not([hidden])").waitFor();
      expect(await faultsOfLayout(page)).toEqual([]);
      await keepShot(page, `layout-${locale}-${device}-${name}`);
      await page.keyboard.press("Escape");
    }
    expect(complaints).toEqual([]);
  });
});

describe("the switch between languages", () => {
  test("changes all that is on the page at once, keeps the tadpole, and is remembered", async () => {
    const { page } = await stage.openPond();
    const slot = await page.evaluate(() => window.shoal?.replica.ownSlot);
    await page.keyboard.type("/s hear me");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("to everyone").waitFor();
    await page.getByRole("button", { name: "How to play" }).click();
    await page.getByRole("button", { name: "简体中文" }).click();
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
    expect(await page.title()).toBe("Shoal：蝌蚪池塘");
    await page.getByRole("log", { name: "聊天记录" }).getByText("对所有人").waitFor();
    await page.getByRole("textbox", { name: "聊天" }).waitFor();
    await page.getByText("1 人在线").waitFor();
    await page.getByRole("img", { name: /^池塘。/ }).waitFor();
    await page.getByRole("button", { name: "玩法" }).click();
    await page.getByText("箭头指向屏幕外的蝌蚪。").waitFor();
    // Nothing English is left but the page's name and the way back.
    const words = await page.evaluate(() => {
      const attributes = ["aria-label", "title", "placeholder"];
      const parts = [...document.querySelectorAll("body *")];
      const texts = parts.flatMap((part) => attributes.map((name) => part.getAttribute(name) ?? ""));
      return [...texts, document.body.textContent].join("\n");
    });
    const english = (words.match(/[A-Za-z]{3,}/g) ?? []).filter(
      (word) => !["Shoal", "English", "Esc", "Tab", "Guest", "hear", "mute", "unmute", "report"].includes(word),
    );
    expect(english).toEqual([]);
    expect(await page.evaluate(() => window.shoal?.replica.ownSlot)).toBe(slot);
    await page.reload();
    await page.getByText("1 人在线").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.getByText("1 online").waitFor();
  });
});
