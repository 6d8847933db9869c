/** The pond as players meet it: real browsers, a real server, and both compared. */
import { describe, expect, test } from "vitest";
import type { App } from "../../server/app.ts";
import { POSITION_ERROR_MAX } from "../../server/sync/shadow.ts";
import { freePort } from "../setup/free-port.ts";
import { keepShot, replicaMotion, SOON, turnPage, waitForPlayers, waitUntilGone } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
let app: App;

/** How far the page's replica is from the server's world, position steps, once both are at rest. */
async function errorAtRest(page: Parameters<typeof replicaMotion>[0]): Promise<number> {
  await page.waitForFunction(() => {
    const replica = window.shoal?.replica;
    return replica?.visible.subarray(0, replica.visibleCount).every((slot) => replica.motion.speed[slot] === 0);
  });
  const { seen } = await replicaMotion(page);
  const world = app.rooms.get("pond")?.world;
  if (world === undefined) throw new Error("no pond");
  return Math.max(...seen.map(({ slot, x, y }) => Math.hypot(x - world.motion.x[slot], y - world.motion.y[slot])));
}

describe("two browsers in one pond", () => {
  test("C9 they see each other appear, swim, turn, chat, rename and leave", async () => {
    app = await stage.serve();
    const ada = await stage.openPond({ name: "Ada" });
    const bao = await stage.openPond({ name: "Bao" });
    await waitForPlayers(ada.page, ["Ada", "Bao"]);
    await waitForPlayers(bao.page, ["Ada", "Bao"]);
    const adaSlot = (await replicaMotion(ada.page)).ownSlot;
    const seenByBao = async () => (await replicaMotion(bao.page)).seen.find(({ slot }) => slot === adaSlot);

    // Swim right by holding the mouse button there.
    const before = await seenByBao();
    await ada.page.mouse.move(950, 350);
    await ada.page.mouse.down();
    await bao.page.waitForFunction(
      ([slot, from]) => (window.shoal?.replica.motion.x[slot] ?? 0) > from + 60 * 32,
      [adaSlot, before?.x ?? 0],
    );
    await ada.page.mouse.up();
    const during = await seenByBao();
    expect(Math.cos(((during?.heading ?? 0) / 65536) * 2 * Math.PI)).toBeGreaterThan(0.9);
    expect(await errorAtRest(bao.page)).toBeLessThanOrEqual(POSITION_ERROR_MAX);
    expect(await errorAtRest(ada.page)).toBeLessThanOrEqual(POSITION_ERROR_MAX);

    // Turn without swimming: the heading follows the pointer, the place stays.
    const still = await seenByBao();
    await ada.page.mouse.move(500, 690);
    await bao.page.waitForFunction((slot) => {
      const heading = window.shoal?.replica.motion.heading[slot] ?? 0;
      return Math.sin((heading / 65536) * 2 * Math.PI) > 0.9;
    }, adaSlot);
    expect(await seenByBao()).toMatchObject({ x: still?.x, y: still?.y });

    // Chat by typing anywhere.
    await ada.page.keyboard.type("hello, pond 你好");
    await ada.page.keyboard.press("Enter");
    await bao.page.getByText("hello, pond 你好").waitFor();
    await keepShot(bao.page, "two-in-a-pond");

    // Rename and recolour in the panel.
    await ada.page.getByRole("button", { name: "Name and colours" }).click();
    await ada.page.getByRole("textbox", { name: "Name" }).fill("Eda 爱达");
    await ada.page.getByRole("radio", { name: "Female" }).check();
    await waitForPlayers(bao.page, ["Eda 爱达"]);
    await keepShot(ada.page, "panel");
    const look = await bao.page.evaluate((slot) => window.shoal?.replica.entity(slot)?.tadpole?.look, adaSlot);
    expect(look).toMatchObject({ name: "Eda 爱达", gender: 1 });

    // As a closed tab does: with its last words.
    await ada.page.close({ runBeforeUnload: true });
    await waitUntilGone(bao.page, "Eda 爱达");
    expect([...ada.complaints, ...bao.complaints]).toEqual([]);
  });

  test("S35 a tab that polls takes its tadpole along when it is closed, though its DELETE is lost", async () => {
    app = await stage.serve();
    const { page } = await stage.openPond({
      query: "?transport=polling",
      before: () => {
        const { fetch } = window;
        window.fetch = (url, init) => (init?.method === "DELETE" ? new Promise(() => {}) : fetch(url, init));
      },
    });
    const playerCount = () => app.rooms.get("pond")?.playerCount ?? 0;
    expect(playerCount()).toBe(1);
    await page.close({ runBeforeUnload: true });
    await expect.poll(playerCount, SOON).toBe(0);
  });

  test("S35 a page that is gone back to has one tadpole again, and the chat listens", async () => {
    app = await stage.serve();
    const { page, complaints } = await stage.openPond({ name: "Ada" });
    const playerCount = () => app.rooms.get("pond")?.playerCount ?? 0;
    await turnPage(page, "pagehide");
    await expect.poll(playerCount, SOON).toBe(0);
    await turnPage(page, "pageshow");
    await expect.poll(playerCount, SOON).toBe(1);
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    // An input method would lose the first key otherwise.
    expect(await page.evaluate(() => document.activeElement?.closest("form")?.className)).toBe("chat-entry");
    expect(complaints).toEqual([]);
  });

  test("M3 the arrow keys swim, and stop swimming while a line is being written", async () => {
    app = await stage.serve();
    const { page } = await stage.openPond({ name: "Ada" });
    const { ownSlot } = await replicaMotion(page);
    const own = async () => (await replicaMotion(page)).seen.find(({ slot }) => slot === ownSlot);
    const start = await own();
    await page.keyboard.down("ArrowLeft");
    await page.waitForFunction(
      ([slot, from]) => (window.shoal?.replica.motion.x[slot] ?? 0) < from - 40 * 32,
      [ownSlot, start?.x ?? 0],
    );
    await page.keyboard.up("ArrowLeft");
    await errorAtRest(page);
    const rest = await own();
    await page.keyboard.type("x");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    expect(await own()).toMatchObject({ x: rest?.x, y: rest?.y, speed: 0 });
  });
});

describe("the page and the network", () => {
  test("H16 a browser whose WebSockets never open plays over polling", async () => {
    app = await stage.serve();
    const bao = await stage.openPond({ name: "Bao" });
    const ada = await stage.openPond({
      name: "Ada",
      before: () => {
        // As a proxy does that breaks the handshake: the socket closes before it opens.
        class BrokenWebSocket extends EventTarget {
          onclose: ((event: CloseEvent) => void) | null = null;
          readyState = 0;
          constructor() {
            super();
            setTimeout(() => this.onclose?.(new CloseEvent("close", { code: 1006 })), 5);
          }
          send() {}
          close() {}
        }
        Object.assign(window, { WebSocket: BrokenWebSocket });
      },
    });
    const { ownSlot } = await replicaMotion(ada.page);
    await waitForPlayers(bao.page, ["Ada", "Bao"]);
    const startX = app.rooms.get("pond")?.world.motion.x[ownSlot] ?? 0;
    await ada.page.keyboard.down("ArrowRight");
    await bao.page.waitForFunction(
      ([slot, from]) => (window.shoal?.replica.motion.x[slot] ?? 0) > from + 40 * 32,
      [ownSlot, startX],
    );
    await ada.page.keyboard.up("ArrowRight");
    await bao.page.keyboard.type("can you read this?");
    await bao.page.keyboard.press("Enter");
    await ada.page.getByText("can you read this?").waitFor();
    expect(await errorAtRest(ada.page)).toBeLessThanOrEqual(POSITION_ERROR_MAX);
  });

  test("H25 the page runs under a policy without eval and breaks none of it", async () => {
    app = await stage.serve();
    const response = await fetch(`http://127.0.0.1:${app.port}/`);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    const { page, complaints } = await stage.openPond({ name: "Ada" });
    await page.getByRole("button", { name: "How to play" }).click();
    await keepShot(page, "help");
    expect(complaints).toEqual([]);
  });

  test("S7 a server that restarts is noticed and found again", async () => {
    const port = await freePort();
    app = await stage.serve({ PORT: String(port) });
    const { page } = await stage.openPond({ name: "Ada" });
    await app.close();
    await page.getByText("Reconnecting…").waitFor();
    await keepShot(page, "reconnecting");
    app = await stage.serve({ PORT: String(port) });
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    await waitForPlayers(page, ["Ada"]);
    await page.getByText("Reconnecting…").waitFor({ state: "hidden" });
  });

  test("H3 a page made for another schema says that it must be reloaded, and stays so", async () => {
    const { page } = await stage.openPage({
      before: () => {
        const Real = WebSocket;
        class OldWebSocket extends Real {
          constructor(url: string) {
            super(url, ["shoal.000000000000"]);
          }
        }
        Object.assign(window, { WebSocket: OldWebSocket });
      },
    });
    await page.getByText("Please reload the page").waitFor();
    await page.getByRole("button", { name: "Reload" }).waitFor();
    await keepShot(page, "please-reload");
    expect(await page.evaluate(() => window.shoal?.client.state)).toMatchObject({ kind: "ended", code: 4501 });
  });
});
