/** Builds the page. Where it goes and what is served beside it in development is said in server/build. */
import { join } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  resolve: { alias: { long: join(import.meta.dirname, "no-long.ts") } },
  build: {
    target: "es2023",
    // Small files would become data: addresses, which the content security policy allows for images only.
    assetsInlineLimit: 0,
    // Every browser of the target preloads modules by itself.
    modulePreload: { polyfill: false },
  },
});
