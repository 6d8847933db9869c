/**
 * Which pipe to use: WebSocket, and HTTP polling only where no WebSocket ever opened, as behind some proxies. A page
 * that polls goes on trying for a WebSocket and changes over when one opens. Knows nothing of what goes through it.
 */
import { type OpenTransport, openPolling, openWebSocket, type Transport, type TransportEvents } from "./sync/index.ts";

/** WebSockets in a row that closed before they opened. One may be bad luck or a restart of the server. */
const FAILURES_MAX = 2;
/** Between two tries for a WebSocket while polling. */
const PROBE_EVERY_MS = 60_000;
const CODE_LOST = 1006;

export interface Pipes {
  readonly openWebSocket: OpenTransport;
  readonly openPolling: OpenTransport;
}

/** Always polling if the page's address asks for it (`?transport=polling`), otherwise as the network allows. */
export function chooseTransport(wanted: string | null, pipes: Pipes = { openWebSocket, openPolling }): OpenTransport {
  if (wanted === "polling") return pipes.openPolling;
  // A WebSocket that opened once proves the network: whatever fails later is the server's absence.
  let isProven = false;
  let failures = 0;

  const openSocket = (url: string, events: TransportEvents): Transport => {
    let isTried = false;
    /** Also a handshake that hangs, and is given up from this side, has failed. */
    const noteEnd = (): void => {
      if (!isTried) failures++;
      isTried = true;
    };
    const socket = pipes.openWebSocket(url, {
      onOpen: () => {
        isTried = true;
        isProven = true;
        events.onOpen();
      },
      onMessage: events.onMessage,
      onClose: (code, reason) => {
        noteEnd();
        events.onClose(code, reason);
      },
    });
    return notingClose(socket, noteEnd);
  };

  const openPolled = (url: string, events: TransportEvents): Transport => {
    let stopProbing = (): void => {};
    let hasOpened = false;
    let isNoted = false;
    /** WebSocket goes first at every return. A server that did not answer polls either is away: begin anew. */
    const noteEnd = (isThere = hasOpened): void => {
      // Who hears of the end closes this side, too: what is known of it is known by then.
      if (isNoted) return;
      isNoted = true;
      stopProbing();
      failures = isThere ? FAILURES_MAX - 1 : 0;
    };
    const polled = pipes.openPolling(url, {
      onOpen: () => {
        hasOpened = true;
        // The server is there, so the first probe is now: a change costs the tadpole its place, and it has none yet.
        stopProbing = probe(pipes.openWebSocket, url, () => {
          isProven = true;
          polled.close(true);
          events.onClose(CODE_LOST, "a WebSocket opens by now");
        });
        events.onOpen();
      },
      onMessage: events.onMessage,
      onClose: (code, reason) => {
        // One that refuses says why, which no browser tells of a WebSocket: it is asked by poll again if the next one fails.
        noteEnd(hasOpened || code !== CODE_LOST);
        events.onClose(code, reason);
      },
    });
    return notingClose(polled, noteEnd);
  };

  return (url, events) => (isProven || failures < FAILURES_MAX ? openSocket(url, events) : openPolled(url, events));
}

/** The same pipe, but a close from this side is noted first. */
function notingClose(pipe: Transport, noteEnd: () => void): Transport {
  return {
    send: (bytes) => pipe.send(bytes),
    close: (comesBack) => {
      noteEnd();
      pipe.close(comesBack);
    },
  };
}

/** Tries for a WebSocket now and every minute until one opens or the returned function is called. */
function probe(open: OpenTransport, url: string, onSuccess: () => void): () => void {
  let socket: Transport | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    socket?.close();
  };
  const tryOnce = (): void => {
    // The one before may hang for ever.
    stop();
    timer = setTimeout(tryOnce, PROBE_EVERY_MS);
    socket = open(url, {
      onOpen: () => {
        stop();
        onSuccess();
      },
      onMessage: () => {},
      onClose: () => {},
    });
  };
  tryOnce();
  return stop;
}
