/**
 * Which pipe to use: WebSocket, and HTTP polling where that cannot be opened, as behind some proxies. Knows nothing of
 * what goes through it.
 */
import { type OpenTransport, openPolling, openWebSocket } from "./sync/index.ts";

/** WebSockets in a row that closed before they opened. One may be bad luck or a restart of the server. */
const FAILURES_MAX = 2;

/** Always polling if the page's address asks for it (`?transport=polling`), otherwise as the network allows. */
export function chooseTransport(wanted: string | null): OpenTransport {
  if (wanted === "polling") return openPolling;
  let failures = 0;
  return (url, events) => {
    const isPolling = failures >= FAILURES_MAX;
    let hasOpened = false;
    return (isPolling ? openPolling : openWebSocket)(url, {
      onOpen: () => {
        hasOpened = true;
        // After a polled session the WebSocket gets one more chance.
        failures = isPolling ? FAILURES_MAX - 1 : 0;
        events.onOpen();
      },
      onMessage: events.onMessage,
      onClose: (code, reason) => {
        // If polling does not open either, it is the server that is away: begin anew.
        if (!hasOpened) failures = isPolling ? 0 : failures + 1;
        events.onClose(code, reason);
      },
    });
  };
}
