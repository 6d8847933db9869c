/** What the player sees while the connection is in trouble, and that the tadpole is still the same afterwards. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keepShot, PHONE, SOON, turnPage, waitForPlayers } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

interface Lines {
  /** Nothing of the present sockets is heard any more; those opened later are free. */
  hold(): void;
  /** Those opened from now on close before they are open; false: they open again. */
  cut(isCut: boolean): void;
  /** What was held comes, all at once. */
  release(): void;
  /** The newest socket that is open ends as if the server had closed it so. */
  end(code: number, reason: string): void;
  count(): number;
}

declare global {
  interface Window {
    lines?: Lines;
  }
}

/** Runs in the page: sockets that the test can hold and end. */
function watchSockets(): void {
  const Real = WebSocket;
  const sockets: { held: MessageEvent[] | undefined; socket: WebSocket; hear: (event: MessageEvent) => void }[] = [];
  let isCut = false;
  class WatchedWebSocket extends Real {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      if (isCut) this.close();
    }

    override set onmessage(handler: ((event: MessageEvent) => void) | null) {
      const line = { held: undefined, socket: this, hear: (event: MessageEvent) => handler?.(event) };
      if (handler !== null) sockets.push(line);
      const watched: (typeof sockets)[number] = line;
      super.onmessage = handler && ((event) => (watched.held ? watched.held.push(event) : handler(event)));
    }
  }
  const lines: Lines = {
    hold() {
      for (const line of sockets) line.held ??= [];
    },
    cut(cuts) {
      isCut = cuts;
    },
    release() {
      for (const line of sockets) {
        const { held } = line;
        line.held = undefined;
        for (const event of held ?? []) line.hear(event);
      }
    },
    end(code, reason) {
      const socket = sockets.findLast((line) => line.socket.readyState === Real.OPEN)?.socket;
      const told = socket?.onclose;
      socket?.close();
      if (socket) told?.call(socket, new CloseEvent("close", { code, reason }));
    },
    count: () => sockets.length,
  };
  Object.assign(window, { WebSocket: WatchedWebSocket, lines });
}

const ownId = (page: Page) =>
  page.evaluate(() => {
    const replica = window.shoal?.replica;
    return replica?.entityId(replica.ownSlot);
  });

async function end(page: Page, code: number, reason: string): Promise<void> {
  await page.evaluate(([code, reason]) => window.lines?.end(Number(code), String(reason)), [code, reason]);
}

describe("a line that falls silent", () => {
  test("S30 is told within 2 s, and the same tadpole swims on by another line", async () => {
    const { page, complaints } = await stage.openPond({ name: "Ada", before: watchSockets });
    const id = await ownId(page);
    const toldMs = await page.evaluate(() => {
      const sign = document.querySelector(".slow-sign");
      const startMs = performance.now();
      window.lines?.hold();
      return new Promise<number>((resolve) => {
        new MutationObserver(() => {
          if (sign?.textContent === "Reconnecting…") resolve(performance.now() - startMs);
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      });
    });
    expect(toldMs).toBeLessThan(2000);
    await keepShot(page, "reconnecting");
    await page.waitForFunction(() => window.shoal?.client.hasResumed && window.shoal.replica.tick > 0);
    await expect.poll(() => ownId(page), SOON).toBe(id);
    await page.locator(".slow-sign").waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });

  test("G6 a look that is chosen between hello and welcome is told behind them", async () => {
    const app = await stage.serve();
    const { page, complaints } = await stage.openPond({ name: "Ada", before: watchSockets });
    const playerCount = () => app.rooms.get("pond")?.playerCount ?? 0;
    await page.locator(".look-button").click();
    await page.evaluate(() => window.shoal?.client.close());
    await expect.poll(playerCount, SOON).toBe(0);
    await page.evaluate(() => {
      window.shoal?.client.start();
      window.lines?.hold();
    });
    await expect.poll(playerCount, SOON).toBe(1);
    await page.locator(".look-form input[type=text]").fill("Zoe");
    await page.waitForFunction(() => window.shoal?.client.join.look?.name === "Zoe");
    await page.evaluate(() => window.lines?.release());
    await waitForPlayers(page, ["Zoe"]);
    expect(complaints).toEqual([]);
  });

  test("S30 that was only slow goes on; nothing is opened for good", async () => {
    const { page } = await stage.openPond({ name: "Ada", before: watchSockets });
    await page.evaluate(() => {
      const sign = document.querySelector(".slow-sign");
      window.lines?.hold();
      return new Promise<void>((resolve) => {
        new MutationObserver((_, observer) => {
          if (sign?.textContent !== "Slow connection") return;
          observer.disconnect();
          // In the page: by the time that a test hears of the sign, the second line may have taken over.
          window.lines?.release();
          resolve();
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      });
    });
    await page.locator(".slow-sign").waitFor({ state: "hidden" });
    expect(await page.evaluate(() => window.shoal?.client.hasResumed)).toBe(false);
  });
});

describe("a browser without a network", () => {
  test.each([
    ["desktop", {}],
    ["phone", PHONE],
  ])("S32 says so at once on a %s, and goes on when it is back", async (device, context) => {
    const { page } = await stage.openPond({ name: "Ada", before: watchSockets, context });
    const isTold = await page.evaluate(() => {
      window.lines?.hold();
      window.lines?.cut(true);
      window.dispatchEvent(new Event("offline"));
      return document.querySelector(".slow-sign")?.textContent;
    });
    expect(isTold).toBe("You are offline");
    await keepShot(page, `offline-${device}`);
    await end(page, 1006, "");
    await page.locator(".connection-card").getByText("You are offline").waitFor();
    await page.evaluate(() => {
      window.lines?.cut(false);
      window.dispatchEvent(new Event("online"));
    });
    await page.waitForFunction(() => window.shoal?.client.hasResumed);
    await page.locator(".connection").waitFor({ state: "hidden" });
  });
});

describe("a server that ends the connection", () => {
  test.each([
    [4506, "kicked", "The operator has taken you out of the pond.", "Come back"],
    [4507, "banned until 2031-05-06T07:08Z: words", "The operator does not want you in this pond until", "Try again"],
    [4505, "unauthorised", "Please sign in again.", "Reload"],
  ])("S7 with %i (%s) has its reason said, and a way out where there is one", async (code, name, words, wayOut) => {
    const { page } = await stage.openPond({ name: "Ada", before: watchSockets });
    await end(page, code, name);
    await page.getByText(words).waitFor();
    const card = page.locator(".connection-card");
    expect(await card.locator("button:visible").allTextContents()).toEqual([wayOut]);
    const [shot] = name.split(" ");
    await keepShot(page, shot);
    if (code === 4507) await page.setViewportSize({ width: 390, height: 844 });
    if (code === 4507) await keepShot(page, `${shot}-phone`);
  });

  test("S7 S35 is not got round by going away and back", async () => {
    const app = await stage.serve();
    const { page } = await stage.openPond({ name: "Ada", before: watchSockets });
    const awayAndBack = async () => {
      await turnPage(page, "pagehide");
      await turnPage(page, "pageshow");
      return page.evaluate(() => window.shoal?.client.state.kind);
    };
    await end(page, 4007, "too many messages; retry in 30000 ms");
    expect(await awayAndBack()).toBe("waiting");
    await expect.poll(() => app.rooms.get("pond")?.playerCount ?? 0, SOON).toBe(0);
    await page.evaluate(() => window.shoal?.client.retryNow());
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    await end(page, 4506, "kicked");
    expect(await awayAndBack()).toBe("ended");
    await page.getByRole("button", { name: "Come back" }).waitFor();
  });

  test("S7 has its way out within reach on a phone whose panel is open", async () => {
    const { page } = await stage.openPond({ name: "Ada", before: watchSockets, context: PHONE });
    await page.getByRole("button", { name: "Name and colours" }).click();
    await end(page, 4506, "kicked");
    await keepShot(page, "kicked-panel-phone");
    await page.getByRole("button", { name: "Come back" }).click();
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
  });

  test("S7 for a while has the wait counted down; a long one may be cut short, but not by who sent too much", async () => {
    const { page } = await stage.openPond({ name: "Ada", before: watchSockets });
    await end(page, 4007, "too many messages; retry in 30000 ms");
    await page.getByText(/Next try in (30|29) s/).waitFor();
    expect(await page.locator(".connection-card button:visible").count()).toBe(0);
    await page.getByText("Next try in 28 s").waitFor();
    await page.evaluate(() => window.shoal?.client.retryNow());
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    await end(page, 4008, "too many from this network; retry in 30000 ms");
    await page.getByText("your network").waitFor();
    await page.evaluate(() => window.shoal?.client.retryNow());
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    await end(page, 4003, "room full; retry in 30000 ms");
    await keepShot(page, "long-wait");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
  });

  test("S31 because the page is of another schema sees it load itself, once, with the same tadpole", async () => {
    const { page } = await stage.openPond({ name: "Ada", before: watchSockets });
    const id = await ownId(page);
    const loads: string[] = [];
    page.on("load", () => loads.push("load"));
    // A deploy: the line goes, and the next one meets a server of another schema.
    await end(page, 1006, "");
    await page.waitForFunction(
      () => (window.lines?.count() ?? 0) >= 2 || window.shoal?.client.state.kind === "waiting",
    );
    await page.evaluate(() => window.shoal?.client.retryNow());
    await page.waitForFunction(() => (window.lines?.count() ?? 0) >= 2);
    await end(page, 4501, "another schema");
    await expect.poll(() => loads.length, SOON).toBe(1);
    await page.waitForFunction(() => window.shoal?.client.hasResumed && window.shoal.replica.tick > 0);
    await expect.poll(() => ownId(page), SOON).toBe(id);
    expect(await page.evaluate(() => sessionStorage.getItem("shoal.seat"))).toBeNull();
    // Again within the minute: the player is asked.
    await end(page, 4501, "another schema");
    await page.getByText("The pond has been renewed. Please reload the page.").waitFor();
    await page.getByRole("button", { name: "Reload" }).waitFor();
    expect(loads).toHaveLength(1);
  });
});
