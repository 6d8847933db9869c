/**
 * The pipe under a SyncClient: whole messages both ways, in order. Implemented by WebSocket, by HTTP polling and by
 * tests. Knows nothing of what the messages say.
 */

/** What a pipe tells its owner. Never called from inside `openTransport`, and never after `onClose`. */
export interface TransportEvents {
  /** Messages may be sent from now on. */
  onOpen(): void;
  /** One whole message. The receiver may keep `bytes`. */
  onMessage(bytes: Uint8Array): void;
  /** The pipe is gone. `code` as in frame.proto CloseCode or RFC 6455 section 7.4; 1006 if nobody said why. */
  onClose(code: number, reason: string): void;
}

export interface Transport {
  /** Sends one whole message; without effect before `onOpen` and after the close. `bytes` must not change later. */
  send(bytes: Uint8Array): void;
  /**
   * Closes from this side; `onClose` is not called for it. Twice is harmless. `comesBack`: another connection will go on with the
   * session; otherwise the player leaves.
   */
  close(comesBack?: boolean): void;
}

/** Opens a pipe to a Shoal server. `url` is the page's address as http: or https:, e.g. `http://127.0.0.1:3000`. */
export type OpenTransport = (url: string, events: TransportEvents) => Transport;

/** The address of one of the server's paths, e.g. `/poll`, with or without a slash at the end of `url`. */
export function pathAt(url: string, path: string): string {
  return `${url.endsWith("/") ? url.slice(0, -1) : url}${path}`;
}
