/** As the original did it: a message for each update. */
import { serveWsJson } from "./serve.ts";

serveWsJson({ isBatched: false });
