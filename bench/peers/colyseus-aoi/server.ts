/** Colyseus, one world, a StateView for each client as its area of interest. */
import "../colyseus/uws-default-export.ts";

const { serveColyseus } = await import("../colyseus/serve.ts");
await serveColyseus({ hasAreaOfInterest: true, playersPerRoom: Number.POSITIVE_INFINITY });
