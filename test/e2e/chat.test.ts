/** Chat between real pages: who hears what, what is not sent, and that words are never markup. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { App } from "../../server/app.ts";
import { launchBrowser } from "../setup/browser.ts";
import { keepShot, openPond, startServer, waitForPlayers } from "./pond-page.ts";

let browser: Browser;
let app: App;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  app = await startServer();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await app?.close();
});

const log = (page: Page) => page.getByRole("log");
const field = (page: Page) => page.getByRole("textbox", { name: "Chat" });

async function say(page: Page, line: string): Promise<void> {
  await field(page).fill(line);
  await page.keyboard.press("Enter");
}

describe("whispers and shouts", () => {
  test("G4 a whisper reaches one player and the speaker, a shout everyone", async () => {
    const [ada, bao, eve] = await Promise.all(
      ["Ada", "Bao Bao", "Eve"].map(async (name) => (await openPond(browser, app, { name })).page),
    );
    for (const page of [ada, bao, eve]) await waitForPlayers(page, ["Ada", "Bao Bao", "Eve"]);
    await say(ada, "/w bao bao just between us");
    await log(bao).getByText("just between us").waitFor();
    await log(bao).getByText("whispers to you").waitFor();
    await log(ada).getByText("your whisper").waitFor();
    await say(bao, "/shout hear, hear");
    // Events come in order: once the shout is there, the whisper would have been, too.
    for (const page of [ada, bao, eve]) await log(page).getByText("hear, hear").waitFor();
    expect(await log(eve).getByText("just between us").count()).toBe(0);
    await keepShot(ada, "whisper-and-shout");
  });

  test("a click on a name begins a whisper, with the id where two have that name", async () => {
    const first = await openPond(browser, app, { name: "Ada" });
    const twin = await openPond(browser, app, { name: "ada" });
    await openPond(browser, app, { name: "Bao" });
    await waitForPlayers(first.page, ["Ada", "ada", "Bao"]);
    await first.page.getByRole("button", { name: "Players online" }).click();
    const row = first.page.locator(".near-list button", { hasText: /^ada#\d+$/ });
    await first.page.locator(".near-list button", { hasText: /^Bao$/ }).waitFor();
    await keepShot(first.page, "near-list");
    await row.click();
    await expect.poll(() => field(first.page).inputValue()).toMatch(/^\/w ada#\d+ $/);
    await first.page.keyboard.type("hello, namesake");
    await first.page.keyboard.press("Enter");
    await log(twin.page).getByText("hello, namesake").waitFor();
  });
});

describe("lines that are not said", () => {
  test("unknown commands, whispers to oneself or to nobody stay in the field, with words why", async () => {
    const ada = (await openPond(browser, app, { name: "Ada" })).page;
    const bao = (await openPond(browser, app, { name: "Bao" })).page;
    await waitForPlayers(ada, ["Ada", "Bao"]);
    const toast = ada.locator(".toast");
    for (const [line, why] of [
      ["/wisper Bao secret", "“/wisper” is no command"],
      ["/w Ada secret", "That is you"],
      ["/w Guest 17 secret", "“Guest 17 secret”"],
      ["/w Bao", "Words are missing"],
    ]) {
      await say(ada, line);
      await toast.getByText(why).waitFor();
      expect(await field(ada).inputValue()).toBe(line);
    }
    await expect.poll(() => toast.evaluate((notice) => getComputedStyle(notice).opacity)).toBe("1");
    await keepShot(ada, "no-such-command");
    await say(ada, "//shrug");
    await log(bao).getByText("/shrug", { exact: true }).waitFor();
    expect(await log(bao).getByText("secret").count()).toBe(0);
    await say(ada, "/help");
    await ada.getByRole("region", { name: "How to play" }).waitFor();
    expect(await field(ada).inputValue()).toBe("");
  });

  test("Enter that ends an input method's composition sends nothing", async () => {
    const { page } = await openPond(browser, app, { name: "Ada" });
    const session = await page.context().newCDPSession(page);
    await field(page).focus();
    await session.send("Input.imeSetComposition", { text: "ni hao", selectionStart: 6, selectionEnd: 6 });
    // As Chrome on every desktop: the key of the input method comes as 229 and says that it is composing.
    await field(page).evaluate((input) => {
      const key = { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true };
      input.dispatchEvent(new KeyboardEvent("keydown", key));
      input.dispatchEvent(new KeyboardEvent("keydown", { ...key, key: "Escape" }));
    });
    expect(await field(page).inputValue()).toBe("ni hao");
    await session.send("Input.insertText", { text: "你好" });
    expect(await field(page).inputValue()).toBe("你好");
    expect(await log(page).locator("li").count()).toBe(0);
    await page.keyboard.press("Enter");
    await log(page).getByText("你好", { exact: true }).waitFor();
    expect(await log(page).locator("li").count()).toBe(1);
  });

  test("Escape while composing belongs to the input method, and closes the line afterwards", async () => {
    const { page } = await openPond(browser, app, { name: "Ada" });
    await field(page).fill("wei wan");
    await field(page).evaluate((input) => {
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true }));
    });
    expect(await field(page).inputValue()).toBe("wei wan");
    await page.keyboard.press("Escape");
    expect(await field(page).inputValue()).toBe("");
  });
});

describe("hostile words", () => {
  test("names and lines that are markup stay text in log, list and label", async () => {
    const name = "<b>Eve</b>";
    const line = `<img src=x onerror="document.title='owned'"> <script>document.title='owned'</script> {name} &amp;`;
    const eve = await openPond(browser, app, { name });
    const ada = await openPond(browser, app, { name: "Ada" });
    await waitForPlayers(ada.page, ["Ada", name]);
    await waitForPlayers(eve.page, ["Ada", name]);
    await say(eve.page, line);
    await log(ada.page).getByText(line, { exact: true }).waitFor();
    await ada.page.getByRole("button", { name: "Players online" }).click();
    await ada.page.locator(".near-list").getByText(name, { exact: true }).waitFor();
    expect(await ada.page.locator(".hud :is(img, script, b, iframe)").count()).toBe(0);
    expect(await ada.page.title()).toBe("Shoal: a pond of tadpoles");
    await keepShot(ada.page, "hostile-words");
    expect([...ada.complaints, ...eve.complaints]).toEqual([]);
  });
});
