/** Players who do not want to hear somebody: by button, by command, and after the page was loaded again. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keepShot, PHONE, SOON, waitForPlayers } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

const log = (page: Page) => page.getByRole("log");
const bubbles = (page: Page) => page.evaluate(() => window.shoal?.view.counts.bubbles);

async function command(page: Page, line: string): Promise<void> {
  await page.getByRole("textbox", { name: "Chat" }).fill(line);
  await page.keyboard.press("Enter");
}

describe("a muted player", () => {
  test("G13 is not heard any more, in lines and bubbles, also after a reload, until unmuted", async () => {
    const eve = await stage.join("Eve");
    const bao = await stage.join("Bao");
    const { page, complaints } = await stage.openPond({
      name: "Ada",
      context: { viewport: { width: 1280, height: 800 } },
    });
    await waitForPlayers(page, ["Ada", "Bao", "Eve"]);
    eve.say("first words");
    await log(page).getByText("first words").waitFor();
    await page.getByRole("button", { name: "Players online" }).click();
    await page.getByRole("button", { name: "Mute Eve", exact: true }).click();
    await page.getByRole("button", { name: "Unmute Eve", exact: true }).waitFor();
    await log(page).getByText("first words").waitFor({ state: "hidden" });
    await page.mouse.move(640, 700);
    await keepShot(page, "muted-in-list");
    eve.say("second words");
    bao.say("said after them");
    await log(page).getByText("said after them").waitFor();
    expect(await log(page).getByText("second words").count()).toBe(0);
    await expect.poll(() => bubbles(page), SOON).toBeLessThanOrEqual(2);

    await page.reload();
    await waitForPlayers(page, ["Ada", "Bao", "Eve"]);
    eve.say("third words");
    bao.say("said after those");
    await log(page).getByText("said after those").waitFor();
    expect(await log(page).getByText("third words").count()).toBe(0);
    await command(page, "/unmute eve");
    await page.getByText("You hear Eve again.").waitFor();
    eve.say("fourth words");
    await log(page).getByText("fourth words").waitFor();
    expect(complaints).toEqual([]);
  });

  test("G13 can be muted by command and from the card over a whisper, on a phone, too", async () => {
    const eve = await stage.join("Eve Lin");
    const { page } = await stage.openPond({ name: "Ada", context: PHONE });
    await waitForPlayers(page, ["Ada", "Eve Lin"]);
    await command(page, "/mute eve lin");
    await page.getByText("You hear no more of Eve Lin.").waitFor();
    await page.getByRole("button", { name: "Players online" }).click();
    await page.locator(".near-list button", { hasText: "Eve Lin" }).first().click();
    await page.getByRole("button", { name: "Unmute Eve Lin" }).click();
    await page.getByRole("button", { name: "Mute Eve Lin" }).waitFor();
    await keepShot(page, "card-phone");
    eve.say("heard again");
    await log(page).getByText("heard again").waitFor();
    await command(page, "/mute nobody");
    await page.getByText("No name in sight fits “nobody”.").waitFor();
  });
});

describe("a report", () => {
  test("A6 goes to the operators with words, from the card over a whisper, and is acknowledged", async () => {
    await stage.join("Eve");
    const { page } = await stage.openPond({ name: "Ada", context: { viewport: { width: 1280, height: 800 } } });
    await waitForPlayers(page, ["Ada", "Eve"]);
    await page.getByRole("button", { name: "Players online" }).click();
    await page.locator(".near-list button", { hasText: "Eve" }).first().click();
    await page.getByRole("button", { name: "Report Eve" }).click();
    const field = page.getByRole("textbox", { name: "Chat" });
    await expect.poll(() => field.inputValue(), SOON).toBe("/report Eve ");
    await page.keyboard.type("pushes everybody around");
    await keepShot(page, "report-card");
    await page.keyboard.press("Enter");
    await page.getByText("Thank you. The operator will see your report.").waitFor();
    await keepShot(page, "reported");
    expect(await page.getByRole("log").getByText("pushes").count()).toBe(0);
    for (let i = 0; i < 3; i++) await command(page, "/report Eve again");
    await page.getByText("Too many reports at once.").waitFor();
  });
});

describe("a name that somebody has", () => {
  test("G10 is refused with words in the form, and the colour that is chosen next is taken", async () => {
    await stage.join("Bao");
    const { page } = await stage.openPond({ name: "Ada" });
    await waitForPlayers(page, ["Ada", "Bao"]);
    await page.getByRole("button", { name: "Name and colours" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Вао");
    await page.getByText("Taken by somebody here.").waitFor();
    await keepShot(page, "name-taken");
    await page.getByRole("radio", { name: "Mint" }).evaluate((input) => (input as HTMLInputElement).click());
    await page.waitForFunction(() => {
      const { replica } = window.shoal ?? {};
      const look = replica?.entity(replica.ownSlot)?.tadpole?.look;
      return look?.colour === 0x74e8b6 && look.name === "Ada";
    });
  });
});
