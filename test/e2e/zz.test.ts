import { test } from "vitest";
import { launchBrowser } from "../setup/browser.ts";
import { openPage, startServer } from "./pond-page.ts";

test("room", async () => {
  const browser = await launchBrowser();
  for (let i = 0; i < 8; i++) {
    const app = await startServer();
    const { page } = await openPage(browser, app, { query: "?room=My%20Room&transport=polling" });
    page.on("requestfinished", async (r) => {
      const p = await r.response();
      console.log(r.url(), p?.status());
    });
    page.on("requestfailed", (r) => console.log("FAILED", r.url(), r.failure()?.errorText));
    for (let k = 0; k < 3; k++) {
      await page.waitForTimeout(700);
      console.log(
        await page.evaluate(() => [
          JSON.stringify(window.shoal?.client.state),
          document.querySelector(".connection")?.textContent,
        ]),
      );
    }
    await page.context().close();
    await app.close();
  }
  await browser.close();
});
