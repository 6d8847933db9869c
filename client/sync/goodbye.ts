/**
 * Leaving in a way that outlives the page. A browser tears a page's sockets down with the page, and on a busy machine before their
 * close frame is out (4 of 60 reloads of Chromium beside two busy programs): the player would stay for RESUME_S, and
 * meet itself after a reload. A request that is kept alive went out each time.
 */
import { pathAt } from "./transport.ts";

/** Ends the session that has this token (SPEC S35). Whether it arrives nobody learns. */
export function sendGoodbye(url: string, token: Uint8Array): void {
  // Without a content type of its own: a page of another origin would have to ask first, and has no time to.
  fetch(pathAt(url, "/leave"), { method: "POST", body: token.slice(), keepalive: true }).catch(() => {});
}
