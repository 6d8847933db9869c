/** What the page says and shows besides the pond: languages, notices, small windows, a player's settings. */
import { describe, expect, test } from "vitest";
import { keepShot, replicaMotion } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

describe("the page in Chinese", () => {
  test("speaks Chinese to a Chinese browser, and says that the pond names who leaves the name empty", async () => {
    const { page, complaints } = await stage.openPond({ context: { locale: "zh-CN" } });
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
    await page.getByText("1 人在线").waitFor();
    await page.getByText("按住鼠标就能游动，直接打字就能聊天").waitFor();
    await page.getByRole("button", { name: "名字与颜色" }).click();
    await page.getByPlaceholder("留空则由池塘取名").waitFor();
    await page.getByRole("radio", { name: "女" }).check();
    await keepShot(page, "chinese");
    expect(complaints).toEqual([]);
  });
});

describe("a player's settings", () => {
  test("reduced motion swims and chats without a complaint", async () => {
    const { page, complaints } = await stage.openPond({ name: "Ada", context: { reducedMotion: "reduce" } });
    await page.mouse.move(900, 350);
    await page.mouse.down();
    await page.waitForFunction(() => {
      const replica = window.shoal?.replica;
      return replica !== undefined && replica.motion.speed[replica.ownSlot] > 0;
    });
    await page.mouse.up();
    await page.keyboard.type("calm water");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("calm water").waitFor();
    await keepShot(page, "reduced-motion");
    expect(complaints).toEqual([]);
  });

  test("a name that is cut says so, and counts before", async () => {
    const { page } = await stage.openPond({ name: "Ada" });
    await page.getByRole("button", { name: "Name and colours" }).click();
    const name = page.getByRole("textbox", { name: "Name" });
    await name.fill("abcdefghijklmnopq");
    await page.getByText("3 left").waitFor();
    await name.fill("abcdefghijklmnopqrstu");
    await page.getByText("A name has no room for more.").waitFor();
    expect(await name.inputValue()).toBe("abcdefghijklmnopqrst");
    await keepShot(page, "name-cut");
  });
});

describe("rooms that cannot be", () => {
  test("S2 a bad room name is told with the rule, and the way out leads to the pond", async () => {
    const { page } = await stage.openPage({ query: "?room=My%20Room&transport=polling" });
    await page.getByText("A room's name is 1 to 32 of a-z, 0-9 and -.").waitFor();
    await keepShot(page, "bad-room");
    await page.getByRole("button", { name: "Go to the pond" }).click();
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    expect(new URL(page.url()).search).toBe("?transport=polling");
  });

  test("S2 a room that the operator did not list is named as such", async () => {
    await stage.serve({ ROOMS: "pond,lake" });
    const { page } = await stage.openPage({ query: "?room=sea" });
    await page.getByText("The operator does not allow a room “sea” here.").waitFor();
    await page.getByRole("button", { name: "Go to the pond" }).click();
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
  });

  test("a pond that the operator closed offers to reload, as there is no other address", async () => {
    await stage.serve({ ROOMS: "lake" });
    const { page } = await stage.openPage();
    await page.getByText("The operator does not allow a room “pond” here.").waitFor();
    await page.getByRole("button", { name: "Reload" }).waitFor();
  });
});

describe("a silent server", () => {
  test("a sign shows after 1.5 s without a frame and goes with the next", async () => {
    const { page } = await stage.openPond({
      name: "Ada",
      before: () => {
        // Frames wait while the page's mark is set and come all at once afterwards, as from a frozen server.
        const Real = WebSocket;
        class HoldingWebSocket extends Real {
          override set onmessage(handler: ((event: MessageEvent) => void) | null) {
            let waiting: MessageEvent[] = [];
            super.onmessage = (event) => {
              waiting.push(event);
              if (document.documentElement.dataset["held"] !== undefined) return;
              const held = waiting;
              waiting = [];
              for (const one of held) handler?.(one);
            };
          }
        }
        Object.assign(window, { WebSocket: HoldingWebSocket });
      },
    });
    const sign = page.getByText("Slow connection");
    expect(await sign.isVisible()).toBe(false);
    await page.evaluate(() => {
      document.documentElement.dataset["held"] = "yes";
    });
    await sign.waitFor();
    await page.evaluate(() => {
      delete document.documentElement.dataset["held"];
    });
    // Not by the connection's end, which would hide it, too.
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    await sign.waitFor({ state: "hidden" });
  });
});

describe("a network that blocks WebSockets for a while", () => {
  test("H16 the page polls, notices that a WebSocket opens again, and changes over for good", async () => {
    const { page } = await stage.openPage({
      name: "Ada",
      before: () => {
        // The first two sockets close before they open.
        const Real = WebSocket;
        let broken = 2;
        class BrokenAtFirst extends EventTarget {
          onclose: ((event: CloseEvent) => void) | null = null;
          readyState = 0;
          constructor() {
            super();
            setTimeout(() => this.onclose?.(new CloseEvent("close", { code: 1006 })), 5);
          }
          close() {}
        }
        const open = (url: string, protocols: string[]) =>
          broken-- > 0 ? new BrokenAtFirst() : new Real(url, protocols);
        Object.assign(window, {
          WebSocket: new Proxy(Real, { construct: (_, [url, protocols]) => open(url, protocols) }),
        });
      },
    });
    // The probe's socket closes without a frame; the session's brings some.
    const joinedBySocket = new Promise((resolve) => {
      page.on("websocket", (socket) => socket.once("framereceived", resolve));
    });
    await page.waitForRequest((request) => request.url().endsWith("/poll"));
    await joinedBySocket;
    await page.waitForFunction(() => window.shoal?.client.state.kind === "joined");
    const polls: string[] = [];
    page.on("request", (request) => polls.push(request.url()));
    const { tick } = await replicaMotion(page);
    await page.waitForFunction((from) => (window.shoal?.replica.tick ?? 0) > from + 20, tick);
    expect(polls).toEqual([]);
  });
});

describe("a small window", () => {
  test("at 500 x 300 a notice does not cover the chat log", async () => {
    const context = { viewport: { width: 500, height: 300 } };
    const { page } = await stage.openPond({ name: "Ada", context });
    for (const line of ["one", "two", "three", "four"]) {
      await page.keyboard.type(line);
      await page.keyboard.press("Enter");
      await page.getByRole("log").getByText(line, { exact: true }).waitFor();
    }
    await page.keyboard.type("/nothing");
    await page.keyboard.press("Enter");
    await page.locator(".toast.is-shown").waitFor();
    const box = async (selector: string) => (await page.locator(selector).boundingBox()) ?? { y: 0, height: 0 };
    await expect
      .poll(async () => {
        const toast = await box(".toast");
        return (await box(".chat-log")).y - (toast.y + toast.height);
      })
      .toBeGreaterThanOrEqual(0);
    await keepShot(page, "small-window");
  });
});
