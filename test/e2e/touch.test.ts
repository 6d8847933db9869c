/** The pond on a phone: a finger steers, a tap opens the chat, panels fit. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keepShot, PHONE, replicaMotion, SOON } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

/** A finger at a place of the screen; `touchMove` and `touchEnd` go on with it. */
async function finger(page: Page) {
  const session = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", points: { x: number; y: number }[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    down: (x: number, y: number) => send("touchStart", [{ x, y }]),
    move: (x: number, y: number) => send("touchMove", [{ x, y }]),
    up: () => send("touchEnd", []),
  };
}

describe("a phone of 375 x 667", () => {
  test("a finger turns the tadpole and lets it swim; the hint goes with the first swim and stays away", async () => {
    const { page, complaints } = await stage.openPond({ name: "Ada", context: PHONE });
    const hint = page.getByText("Touch where you want to go", { exact: true });
    await hint.waitFor();
    await keepShot(page, "phone-hint");
    const { ownSlot, seen } = await replicaMotion(page);
    const start = seen.find(({ slot }) => slot === ownSlot);
    const touch = await finger(page);
    await touch.down(350, 333);
    await page.waitForFunction(
      ([slot, from]) => (window.shoal?.replica.motion.x[slot] ?? 0) > from + 40 * 32,
      [ownSlot, start?.x ?? 0],
    );
    await hint.waitFor({ state: "hidden" });
    const [turnedX, turnedY] = await page.evaluate((slot) => {
      const motion = window.shoal?.replica.motion;
      return [motion?.x[slot] ?? 0, motion?.y[slot] ?? 0];
    }, ownSlot);
    await touch.move(187, 640);
    await page.waitForFunction(
      ([slot, from]) => (window.shoal?.replica.motion.y[slot] ?? 0) > from + 30 * 32,
      [ownSlot, turnedY],
    );
    await touch.up();
    // The finger is gone: the tadpole glides to rest.
    await page.waitForFunction((slot) => window.shoal?.replica.motion.speed[slot] === 0, ownSlot);
    expect(turnedX).toBeGreaterThan(start?.x ?? 0);
    await page.reload();
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    await expect.poll(() => hint.isVisible(), SOON).toBe(false);
    expect(complaints).toEqual([]);
  });

  test("a tap on the chat field shows that it listens, and the words are sent", async () => {
    const { page } = await stage.openPond({ name: "Ada", context: PHONE });
    const border = () => page.locator(".chat-entry").evaluate((form) => getComputedStyle(form).borderColor);
    const before = await border();
    await page.getByRole("textbox", { name: "Chat" }).tap();
    await expect.poll(border, SOON).not.toBe(before);
    await keepShot(page, "phone-chat-tapped");
    await page.keyboard.type("hi from a phone");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("hi from a phone").waitFor();
  });

  test("the chat stays above a keyboard that is laid over the page", async () => {
    const { page } = await stage.openPond({ name: "Ada", context: PHONE });
    await page.getByRole("textbox", { name: "Chat" }).tap();
    await page.keyboard.type("hi");
    // As Safari on iOS: the page keeps its size, less of it is seen.
    await page.evaluate(() => {
      const { visualViewport } = window;
      if (visualViewport === null) throw new Error("no visual viewport");
      Object.defineProperty(visualViewport, "height", { value: 400 });
      visualViewport.dispatchEvent(new Event("resize"));
    });
    const box = await page.locator(".chat-entry").boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(400);
    await keepShot(page, "phone-keyboard");
  });

  test("the look panel shows all of itself, down to the last choice", async () => {
    const { page } = await stage.openPond({ name: "Ada", context: PHONE });
    await page.getByRole("button", { name: "Name and colours" }).tap();
    const panel = page.getByRole("region", { name: "Your tadpole" });
    const inside = await panel.evaluate((element) => element.scrollHeight - element.clientHeight);
    expect(inside).toBeLessThanOrEqual(0);
    expect((await panel.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.getByRole("radio", { name: "Other", exact: true }).check();
    await keepShot(page, "phone-panel");
  });
});
