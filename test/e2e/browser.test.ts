/** What every browser test needs of its browser. */
import { expect, test } from "vitest";
import { launchBrowser } from "../setup/browser.ts";

test("the browser draws with WebGL 2, also without a graphics card", async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const pixel = await page.evaluate(() => {
      const gl = document.createElement("canvas").getContext("webgl2");
      if (gl === null) return undefined;
      gl.clearColor(0, 1, 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      const rgba = new Uint8Array(4);
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, rgba);
      return [...rgba];
    });
    expect(pixel).toEqual([0, 255, 0, 255]);
  } finally {
    await browser.close();
  }
});
