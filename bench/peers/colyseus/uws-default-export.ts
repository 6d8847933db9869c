/**
 * Makes Colyseus' transport load with uWebSockets.js from npm; import it before anything of Colyseus. The transport takes a
 * default export, which the npm package has not: it is added while Node loads that module. And the transport looks for an
 * Express adapter, whose absence it calls optional but ends the process: it finds an empty one.
 */
import { registerHooks } from "node:module";

/** What the transport uses. */
const DEFAULT_EXPORT = "\nexport default { App, SSLApp, DISABLED, us_listen_socket_close };\n";
const EXPRESS_ADAPTER = "uwebsockets-express";

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== EXPRESS_ADAPTER) return nextResolve(specifier, context);
    return { url: "data:text/javascript,export default undefined", format: "module", shortCircuit: true };
  },
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith("/uWebSockets.js/dist/index.mjs")) return loaded;
    return { ...loaded, source: `${loaded.source}${DEFAULT_EXPORT}` };
  },
});
