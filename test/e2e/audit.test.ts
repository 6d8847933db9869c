/**
 * The page as an auditor looks at it: what loads and how large it is, what blocks, what moves, what a screen reader is
 * told, what can be read and what can be hit. Times are printed, not asserted: machines differ, and one without a graphics
 * card draws with the cores that run the page.
 */
import type { Page, Response } from "playwright-core";
import { describe, expect, test } from "vitest";
import { textContrasts } from "./contrast.ts";
import { keepShot, PHONE, SOON, waitForPlayers } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

/** All files of the first load, as they travel. */
const FIRST_LOAD_BYTES_MAX = 200_000;
/** The goal for the first playable frame on loopback. */
const PLAYABLE_GOAL_MS = 1000;

describe("the first load", () => {
  test("is a page, two scripts and a style sheet, in less than 200 KB, with nothing refused and nothing that jumps", async () => {
    const responses: Response[] = [];
    const { page, complaints } = await stage.openPage({
      name: "Ada",
      onResponse: (response) => responses.push(response),
    });
    const playableMs = await page
      .waitForFunction(() => {
        const { client, replica, view } = window.shoal ?? {};
        return client?.state.kind === "joined" && replica !== undefined && view?.counts.tadpoles && performance.now();
      })
      .then((handle) => handle.jsonValue());
    await page.waitForLoadState("networkidle");
    const files = await Promise.all(
      responses.map(async (response) => {
        const { responseBodySize, responseHeadersSize } = await response.request().sizes();
        return {
          kind: response.request().resourceType(),
          url: response.url(),
          bytes: responseBodySize + responseHeadersSize,
        };
      }),
    );
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const kinds = files.map(({ kind }) => kind);
    console.log(
      `first load: ${bytes} bytes in ${files.length} files; first playable frame after ${Math.round(Number(playableMs))} ms (goal ${PLAYABLE_GOAL_MS})`,
    );
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(FIRST_LOAD_BYTES_MAX);
    expect(kinds.filter((kind) => kind === "document")).toHaveLength(1);
    // One of ours, and one that it shares with the overlay, which comes when it is wanted.
    expect(kinds.filter((kind) => kind === "script")).toHaveLength(2);
    expect(kinds.filter((kind) => kind === "stylesheet")).toHaveLength(1);

    const { shift, tasks } = await page.evaluate(observe);
    console.log(`long tasks: ${tasks.map((ms) => `${ms} ms`).join(", ") || "none"}; layout shift ${shift}`);
    expect(shift).toBeLessThan(0.01);
    expect(complaints).toEqual([]);
  });
});

/** In the page: how far the layout jumped since the load, and how long the long tasks took, ms. */
async function observe(): Promise<{ shift: number; tasks: number[] }> {
  const entriesOf = (type: string) =>
    new Promise<PerformanceEntryList>((resolve) => {
      const observer = new PerformanceObserver((list) => resolve(list.getEntries()));
      observer.observe({ type, buffered: true });
      // Of nothing it tells nothing: two frames later there is nothing.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve([])));
    });
  const shifts = await entriesOf("layout-shift");
  const tasks = await entriesOf("longtask");
  return {
    shift: shifts.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0),
    tasks: tasks.map(({ duration }) => Math.round(duration)),
  };
}

/** Brings the page to a state with text of its own. */
const STATES: readonly (readonly [name: string, bring: (page: Page) => Promise<void>])[] = [
  [
    "chat with all kinds of lines",
    async (page) => {
      for (const line of ["hello", "/s hello, all", "/w Bao hello, you"]) {
        await page.keyboard.type(line);
        await page.keyboard.press("Enter");
      }
      await page.getByText("your whisper").waitFor();
    },
  ],
  [
    "a line that is too long, and a notice",
    async (page) => {
      await page.getByRole("textbox", { name: "Chat" }).fill("a".repeat(285));
      await page.keyboard.press("Enter");
      await page.locator(".toast.is-shown").waitFor();
      await expect
        .poll(() => page.locator(".toast").evaluate((toast) => getComputedStyle(toast).opacity), SOON)
        .toBe("1");
    },
  ],
  [
    "the look panel with a full name",
    async (page) => {
      await page.locator(".look-button").click();
      await page.locator(".look-form input[type=text]").fill("a".repeat(21));
      await page.getByText("no room for more").waitFor();
    },
  ],
  [
    "the look panel without a name",
    async (page) => {
      await page.locator(".look-button").click();
      await page.locator(".look-form input[type=text]").fill("");
    },
  ],
  ["help", (page) => page.getByRole("button", { name: "How to play" }).click()],
  [
    "the list of those near",
    async (page) => {
      await page.locator(".pill").click();
      await page.locator(".near-list button").first().waitFor();
    },
  ],
];

describe("what is read", () => {
  test.each(STATES)("has AA contrast on what lies behind it: %s", async (name, bring) => {
    await stage.join("Bao");
    const { page } = await stage.openPond({ name: "Ada" });
    await waitForPlayers(page, ["Ada", "Bao"]);
    await bring(page);
    const texts = await textContrasts(page);
    expect(texts.length, name).toBeGreaterThan(2);
    const faint = texts.filter(({ ratio, needed }) => ratio < needed);
    expect(faint).toEqual([]);
  });

  test("has AA contrast in the notice of a lost connection", async () => {
    const app = await stage.serve();
    const { page } = await stage.openPond({ name: "Ada" });
    await app.close();
    await page.getByText("Reconnecting…").waitFor();
    await page
      .locator(".connection")
      .evaluate((notice) => Promise.all(notice.getAnimations().map((one) => one.finished)));
    const texts = await textContrasts(page);
    expect(texts.filter(({ ratio, needed }) => ratio < needed)).toEqual([]);
  });
});

describe("what a screen reader is told", () => {
  const INTERACTIVE = new Set(["button", "textbox", "radio", "link", "combobox", "checkbox", "ColorWell", "listbox"]);

  test.each(["en", "zh-CN"])(
    "in %s: every control has a name, the pond and the map have words, the chat is live",
    async (locale) => {
      const { page } = await stage.openPond({ name: "Ada", context: { locale } });
      await page.locator(".pill").waitFor();
      // Not there before it is drawn for the first time.
      await page.locator(".pond-map").waitFor();
      for (const opener of ["", ".look-button", ".pill"]) {
        if (opener !== "") await page.locator(opener).click();
        const session = await page.context().newCDPSession(page);
        const { nodes } = await session.send("Accessibility.getFullAXTree");
        const shown = nodes.filter(({ ignored }) => !ignored);
        const roleOf = ({ role }: (typeof nodes)[0]) => String(role?.value ?? "");
        const nameOf = ({ name }: (typeof nodes)[0]) => String(name?.value ?? "").trim();
        const controls = shown.filter((node) => INTERACTIVE.has(roleOf(node)));
        expect(controls.length).toBeGreaterThan(4);
        expect(controls.filter((node) => nameOf(node) === "").map(roleOf)).toEqual([]);
        // A label that is markup or a number is none.
        expect(controls.map(nameOf).filter((name) => /^[#\d]/.test(name) && !/在线|online/.test(name))).toEqual([]);
        const images = shown.filter((node) => roleOf(node) === "image" || roleOf(node) === "img");
        expect(images.length).toBeGreaterThanOrEqual(2);
        expect(images.filter((node) => nameOf(node) === "")).toEqual([]);
        const log = shown.find((node) => roleOf(node) === "log");
        expect(log && nameOf(log)).not.toBe("");
        expect(log?.properties?.find(({ name }) => name === "live")?.value.value).toBe("polite");
        expect(shown.some((node) => roleOf(node) === "heading")).toBe(true);
      }
      expect(await page.locator("html").getAttribute("lang")).toBe(locale === "en" ? "en" : "zh-Hans");
    },
  );
});

describe("what a finger hits", () => {
  test("is at least 44 pixels wide and high on a phone, but for names in the flow of the chat", async () => {
    await stage.join("Bao");
    const { page } = await stage.openPond({ name: "Ada", context: PHONE });
    await waitForPlayers(page, ["Ada", "Bao"]);
    const tooSmall = () =>
      page.evaluate(() => {
        const targets = [...document.querySelectorAll<HTMLElement>(".hud :is(button, input):not(.chat-name)")];
        return targets
          .filter((target) => target.checkVisibility({ visibilityProperty: true }))
          .map((target) => ({
            name: target.ariaLabel ?? target.textContent,
            // Who hits the label of a radio button hits it.
            box: (target.closest(".choice, .swatch") ?? target).getBoundingClientRect(),
          }))
          .filter(({ box }) => box.width < 43.5 || box.height < 43.5)
          .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`);
      });
    expect(await tooSmall()).toEqual([]);
    for (const opener of [".look-button", ".corner.is-right > .round:nth-of-type(3)", ".pill"]) {
      await page.locator(opener).tap();
      await page.locator(".panel:not([hidden])").waitFor();
      expect(await tooSmall()).toEqual([]);
      await page.locator(".panel:not([hidden]) .panel-close").tap();
    }
    await page.getByRole("textbox", { name: "Chat" }).tap();
    await page.keyboard.type("hi");
    expect(await tooSmall()).toEqual([]);
    await keepShot(page, "phone-chat-open");
  });

  test("lies inside the safe area of a phone with a notch", async () => {
    const { page } = await stage.openPage({ name: "Ada", context: PHONE });
    const session = await page.context().newCDPSession(page);
    const insets = { top: 47, bottom: 34, left: 0, right: 0 };
    await session.send("Emulation.setSafeAreaInsetsOverride", { insets });
    await page.locator(".pill").waitFor();
    const box = async (selector: string) => (await page.locator(selector).boundingBox()) ?? { y: 0, height: 0 };
    expect((await box(".pill")).y).toBeGreaterThanOrEqual(47);
    const entry = await box(".chat-entry");
    expect(entry.y + entry.height).toBeLessThanOrEqual(667 - 34);
    await keepShot(page, "phone-notch");
  });
});
