/** Colyseus, rooms of 100 players who all see each other: what it is made for. */
import "../colyseus/uws-default-export.ts";

const { serveColyseus } = await import("../colyseus/serve.ts");
await serveColyseus({ hasAreaOfInterest: false, playersPerRoom: 100 });
