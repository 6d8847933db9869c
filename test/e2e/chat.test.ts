/** Chat between real pages: who hears what, what is not sent, and that words are never markup. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keepShot, SOON, waitForPlayers } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

const log = (page: Page) => page.getByRole("log");
const field = (page: Page) => page.getByRole("textbox", { name: "Chat" });

async function say(page: Page, line: string): Promise<void> {
  await field(page).fill(line);
  await page.keyboard.press("Enter");
}

/** Whether nothing covers the right end of it, which is nearest to the panels. */
function isOnTop(element: HTMLElement | SVGElement): boolean {
  const { right, top, height } = element.getBoundingClientRect();
  // Presses go through it to the water: only what takes them is found.
  element.style.pointerEvents = "auto";
  return document.elementFromPoint(right - 12, top + height / 2) === element;
}

describe("whispers and shouts", () => {
  test("G4 a whisper reaches one player and the speaker, a shout everyone", async () => {
    const [ada, bao, eve] = await Promise.all(
      ["Ada", "Bao Bao", "Eve"].map(async (name) => (await stage.openPond({ name })).page),
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

  test("G10 a namesake gets a number, and a click on a name begins a whisper", async () => {
    const first = await stage.openPond({ name: "Ada" });
    const twin = await stage.openPage({ name: "ada" });
    await stage.join("Bao");
    await waitForPlayers(first.page, ["Ada", "ada 2", "Bao"]);
    await first.page.getByRole("button", { name: "Players online" }).click();
    const row = first.page.locator(".near-list button", { hasText: /^ada 2$/ });
    await first.page.locator(".near-list button", { hasText: /^Bao$/ }).waitFor();
    await keepShot(first.page, "near-list");
    await row.click();
    await expect.poll(() => field(first.page).inputValue(), SOON).toBe("/w ada 2 ");
    await first.page.keyboard.type("hello, namesake");
    await first.page.keyboard.press("Enter");
    await log(twin.page).getByText("hello, namesake").waitFor();
    // The namesake looks for another name: words of a refusal go with it.
    await twin.page.getByRole("button", { name: "Name and colours" }).click();
    const name = twin.page.getByRole("textbox", { name: "Name" });
    await name.fill("bao");
    const toast = twin.page.locator(".toast.is-shown");
    await toast.getByText("Somebody here has that name").waitFor();
    await name.fill("Cleo");
    await waitForPlayers(twin.page, ["Cleo"]);
    expect(await toast.count()).toBe(0);
  });
});

describe("lines that are not said", () => {
  test("unknown commands, whispers to oneself or to nobody stay in the field, with words why", async () => {
    const ada = (await stage.openPond({ name: "Ada" })).page;
    const bao = (await stage.openPond({ name: "Bao" })).page;
    await waitForPlayers(ada, ["Ada", "Bao"]);
    const toast = ada.locator(".toast");
    for (const [line, why] of [
      ["/wisper Bao secret", "“/wisper” is no command"],
      ["/w Ada secret", "That is you"],
      ["/w Guest 17 secret", "“Guest 17”"],
      ["/w Ba secret", "Do you mean “Bao”?"],
      ["/w Bao", "Words are missing"],
    ]) {
      await say(ada, line);
      await toast.getByText(why).waitFor();
      expect(await field(ada).inputValue()).toBe(line);
    }
    await expect.poll(() => toast.evaluate((notice) => getComputedStyle(notice).opacity), SOON).toBe("1");
    await keepShot(ada, "no-such-command");
    await say(ada, "//shrug");
    await log(bao).getByText("/shrug", { exact: true }).waitFor();
    expect(await log(bao).getByText("secret").count()).toBe(0);
    await say(ada, "/help");
    await ada.getByRole("region", { name: "How to play" }).waitFor();
    expect(await field(ada).inputValue()).toBe("");
    // In a narrow window they meet: what is said last is seen.
    await ada.setViewportSize({ width: 800, height: 500 });
    await say(ada, "/wisper Bao secret");
    await expect.poll(() => toast.evaluate(isOnTop), SOON).toBe(true);
    await keepShot(ada, "toast-over-help");
  });

  test("Enter that ends an input method's composition sends nothing", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
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
    const { page } = await stage.openPond({ name: "Ada" });
    await field(page).fill("wei wan");
    await field(page).evaluate((input) => {
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true }));
    });
    expect(await field(page).inputValue()).toBe("wei wan");
    await page.keyboard.press("Escape");
    expect(await field(page).inputValue()).toBe("");
  });
});

describe("the line that is written", () => {
  test("brings back own lines with the up and down keys, and keeps the draft", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
    for (const line of ["first", "second"]) await say(page, line);
    await page.keyboard.type("draft");
    const shown = async (key: string) => {
      await page.keyboard.press(key);
      return field(page).inputValue();
    };
    expect(await shown("ArrowUp")).toBe("second");
    expect(await shown("ArrowUp")).toBe("first");
    expect(await shown("ArrowDown")).toBe("second");
    expect(await shown("ArrowDown")).toBe("draft");
  });

  test("is not sent by a space, however long it is, and counts down before it is full", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
    await page.keyboard.type("a line of more than thirty-five characters goes on ");
    expect(await field(page).inputValue()).toMatch(/goes on $/);
    await field(page).fill("好".repeat(281));
    await page.getByText("-1 left").waitFor();
    await keepShot(page, "line-too-long");
    await page.keyboard.press("Enter");
    await page.getByText("That line is too long by 1.").waitFor();
    await field(page).fill("好".repeat(280));
    await page.keyboard.press("Enter");
    await log(page).getByText("好".repeat(280), { exact: true }).waitFor();
    await keepShot(page, "longest-line");
  });

  test("G5 says when the player talks faster than is carried", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
    for (let i = 0; i < 7; i++) await say(page, `line ${i}`);
    await page.getByText("You talk faster than the pond can carry.").waitFor();
    // What was refused is not lost.
    await expect.poll(() => field(page).inputValue(), SOON).toMatch(/^line [56]$/);
    await keepShot(page, "too-fast");
  });
});

describe("a name", () => {
  test("is not told before an input method is done with it, and comes back with the next visit", async () => {
    const { page } = await stage.openPond();
    const ownName = () =>
      page.evaluate(() => {
        const { replica } = window.shoal ?? {};
        return replica?.entity(replica.ownSlot)?.tadpole?.look?.name;
      });
    await page.getByRole("button", { name: "Name and colours" }).click();
    const name = page.getByRole("textbox", { name: "Name" });
    await name.focus();
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "xiao ming", selectionStart: 9, selectionEnd: 9 });
    // A change of colour is told at once: were the name told as it stands, it would be there by then.
    await page.getByRole("radio", { name: "Mint" }).evaluate((input) => (input as HTMLInputElement).click());
    await page.waitForFunction(() => {
      const { replica } = window.shoal ?? {};
      return replica?.entity(replica.ownSlot)?.tadpole?.look?.colour === 0x74e8b6;
    });
    expect(await ownName()).toMatch(/^Guest/);
    await name.focus();
    await session.send("Input.insertText", { text: "小明" });
    await expect.poll(ownName, SOON).toBe("小明");
    await page.reload();
    await waitForPlayers(page, ["小明"]);
    expect(await ownName()).toBe("小明");
  });
});

describe("hostile words", () => {
  test("names and lines that are markup stay text in log, list and label", async () => {
    const name = "<b>Eve</b>";
    const line = `<img src=x onerror="document.title='owned'"> <script>document.title='owned'</script> {name} &amp;`;
    const eve = await stage.openPond({ name });
    const ada = await stage.openPond({ name: "Ada" });
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
