/** What the load must know of one peer's protocol. */

/** A place on the server, before the socket is opened. */
export interface Seat {
  readonly path: string;
  /** By what the server knows the player; empty if it tells only over the socket. */
  readonly id: string;
}

/** One entity as a client sees it: whole world units, 256 steps in a turn. */
export interface Seen {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** What a client knows after a frame. */
export interface Sight {
  readonly own: Seen;
  readonly others: readonly Seen[];
}

/** `read` gives this when the message did not complete a tick's news. */
export const NO_FRAME = -1;

/** One client's end of the protocol. */
export interface PeerClient {
  /** The socket is open. */
  open(): void;
  /**
   * Takes a message in `bytes[start..end)`, valid until this returns. The number of the tick whose news is complete with
   * it, or NO_FRAME. Throws if it cannot be decoded.
   */
  read(bytes: Uint8Array, start: number, end: number): number;
  /** What is seen after a frame, undefined as long as the own entity is not. Only while decoding. */
  look(): Sight | undefined;
  /** From now on only counts: `read` decodes no more than it must. */
  stopDecoding(): void;
  /** A heading for each tick since the last. */
  encodeInputs(headings: Uint16Array, isSwimming: boolean): Uint8Array;
}

export interface Peer {
  /** A tick's news may be left out for a client that is behind, as its protocol allows. */
  readonly mayDrop: boolean;
  /** It tells a client of nobody outside the view rectangle. */
  readonly keepsToView: boolean;
  reserve(port: number): Promise<Seat>;
  createClient(seat: Seat, send: (payload: Uint8Array) => void): PeerClient;
}
