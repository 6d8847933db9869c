/**
 * One way to reach one client: a socket, or a client that polls. Sessions talk to this and to nothing below it.
 * Knows nothing of protobuf, rooms or ticks. Only the implementations beside this file touch sockets.
 */

/**
 * What became of a message handed to `send`.
 * - `sent`: on its way to the client, or in a queue that still drains in order.
 * - `dropped`: over the queue's limit; the client will not get it, so the next message must not build on it.
 * - `closed`: the connection is gone; nothing was sent.
 */
export type SendResult = "sent" | "dropped" | "closed";

export interface Connection {
  /** Rises by one with each connection of this process; for logs. */
  readonly id: number;
  /** `websocket` or `polling`; for logs and metrics. */
  readonly kind: "websocket" | "polling";
  /** The peer's IP address as text. */
  readonly address: string;
  /** False from the moment that either side closes. */
  readonly isOpen: boolean;
  /**
   * Hands over one message. `bytes` is the caller's again when this returns: an implementation that cannot
   * pass it on at once copies it.
   */
  send(bytes: Uint8Array): SendResult;
  /** Bytes waiting in this process (kernel buffers do not show, SPEC L4). 0 once closed. */
  bufferedBytes(): number;
  /** Ends the connection, telling the client `code` (frame.proto CloseCode) and `reason` (at most 123 bytes). Twice is harmless. */
  close(code: number, reason: string): void;
}

/**
 * What the owner of the connections is told. Called from socket callbacks: handlers queue and return.
 * A throw in one is caught by the transport, logged as a bug and ends that connection with 1011, never the process.
 */
export interface ConnectionHandler {
  /** A client came in. Its subprotocol, origin and handshake are checked. */
  onOpen(connection: Connection): void;
  /** One whole message, 0 to MESSAGE_BYTES_MAX bytes. `bytes` is valid until this returns. */
  onMessage(connection: Connection, bytes: Uint8Array): void;
  /**
   * The connection is gone, whoever ended it; the last call for this connection, exactly once after onOpen. When this
   * side ends it the call comes from inside `close`. `code` is what `close` was given, what the client's Close frame
   * said, or 1006 when the line just went.
   */
  onClose(connection: Connection, code: number): void;
}
