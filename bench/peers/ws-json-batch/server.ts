/** The original's way with the first improvement anybody would make: one message a tick for each player. */
import { serveWsJson } from "../ws-json/serve.ts";

serveWsJson({ isBatched: true });
