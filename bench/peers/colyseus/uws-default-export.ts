/**
 * Colyseus' transport takes the default export of uWebSockets.js, which the npm package with its binaries has not: this adds
 * it while Node loads that module. Import it before anything of Colyseus.
 */
import { registerHooks } from "node:module";

/** What the transport uses. */
const DEFAULT_EXPORT = "\nexport default { App, SSLApp, DISABLED, us_listen_socket_close };\n";

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith("/uWebSockets.js/dist/index.mjs")) return loaded;
    return { ...loaded, source: `${loaded.source}${DEFAULT_EXPORT}` };
  },
});
