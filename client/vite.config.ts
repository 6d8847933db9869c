/** Builds the page. Where it goes and what is served beside it in development is said in server/build. */
import { defineConfig, type Plugin } from "vite";

/**
 * protobufjs would load the package `long` for 64-bit numbers: Shoal's messages have none (the generator refuses them),
 * and loading it compiles WebAssembly, which the page's security policy forbids.
 */
const withoutLong: Plugin = {
  name: "without-long",
  enforce: "pre",
  resolveId: (id) => (id === "long" ? "\0no-long" : undefined),
  load: (id) => (id === "\0no-long" ? "export default null;" : undefined),
};

/**
 * Pixi brings what it sets up by itself in chunks of their own (events, accessibility, DOM overlays; workers). The
 * renderer is opened with `skipExtensionImports`, so no page ever loads them: they need not be made.
 */
const withoutPixiExtras: Plugin = {
  name: "without-pixi-extras",
  transform: (code, id) =>
    /\/(?:browserExt|webworkerExt)\.mjs$/.test(id) ? code.replace(/await import\([^)]*\);/, "") : undefined,
};

export default defineConfig({
  plugins: [withoutLong, withoutPixiExtras],
  build: {
    target: "es2023",
    // Small files would become data: addresses, which the content security policy allows for images only.
    assetsInlineLimit: 0,
    // Every browser of the target preloads modules by itself.
    modulePreload: { polyfill: false },
  },
});
