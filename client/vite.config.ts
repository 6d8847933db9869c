/** Builds the page to dist/client, and serves it in development with the server's addresses passed on. */
import { defineConfig, loadEnv } from "vite";

const SERVER = "http://127.0.0.1:3000";
const SERVER_PATHS = ["/ws", "/poll", "/healthz", "/metrics"];

export default defineConfig(({ mode }) => {
  const root = new URL(".", import.meta.url).pathname;
  const target = loadEnv(mode, root, "SHOAL_").SHOAL_SERVER ?? SERVER;
  return {
    root,
    build: {
      outDir: "../dist/client",
      emptyOutDir: true,
      target: "es2023",
      // Inlined files would need data: addresses in the content security policy; the polyfill would be a second script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: {
      proxy: Object.fromEntries(
        SERVER_PATHS.map((path) => [path, { target, ws: path === "/ws", changeOrigin: false }]),
      ),
    },
  };
});
