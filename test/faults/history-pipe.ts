/**
 * A pipe in memory between a client and a server's lobby, without delay, whose ends can be kept in the dark about each other: a line that
 * went, and only one of them knows. Knows nothing of what is said but that the first message down is a Welcome.
 */
import type { Transport, TransportEvents } from "../../client/sync/transport.ts";
import { shoal } from "../../proto/gen/shoal.js";
import type { Connection, ConnectionHandler, SendResult } from "../../server/transport/connection.ts";

const CODE_LOST = 1006;

export interface PipeWatcher {
  /** Asked before each word with the server: whom to speak to. */
  enter(): ConnectionHandler;
  onWelcome(welcome: shoal.Welcome): void;
  /** For the server it is over from now on. */
  onEnd(): void;
}

/** The client's end. */
export class Pipe implements Transport {
  readonly #events: TransportEvents;
  readonly #watcher: PipeWatcher;
  readonly #end: ServerEnd;
  #isServerDeaf = false;
  #isClosed = false;

  constructor(id: number, events: TransportEvents, watcher: PipeWatcher) {
    this.#events = events;
    this.#watcher = watcher;
    this.#end = new ServerEnd(id, events, watcher);
  }

  begin(): void {
    if (this.#isClosed) return;
    this.#end.isOpen = true;
    this.#watcher.enter().onOpen(this.#end);
    this.#events.onOpen();
  }

  send(bytes: Uint8Array): void {
    if (this.#end.isOpen && !this.#isServerDeaf) this.#watcher.enter().onMessage(this.#end, bytes);
  }

  close(): void {
    this.#isClosed = true;
    if (!this.#isServerDeaf) this.#end.lose();
  }

  /** The server is gone, and its kernel says so. */
  die(): void {
    this.#end.die();
  }

  /** The server hears nothing any more, not even the end. */
  deafenServer(): void {
    this.#isServerDeaf = true;
  }

  /** The server is told that the line went; the client hears nothing any more, not even that. */
  deafenClient(): void {
    this.#end.isClientDeaf = true;
    this.#end.lose();
  }
}

class ServerEnd implements Connection {
  readonly kind = "websocket";
  readonly address = "127.0.0.1";
  readonly id: number;
  isOpen = false;
  isClientDeaf = false;
  readonly #events: TransportEvents;
  readonly #watcher: PipeWatcher;
  #isWelcomed = false;

  constructor(id: number, events: TransportEvents, watcher: PipeWatcher) {
    this.id = id;
    this.#events = events;
    this.#watcher = watcher;
  }

  send(bytes: Uint8Array): SendResult {
    if (!this.isOpen) return "closed";
    if (!this.#isWelcomed) this.#watcher.onWelcome(shoal.Welcome.decode(bytes));
    this.#isWelcomed = true;
    // The bytes are the sender's again afterwards, and they are long on the way.
    if (!this.isClientDeaf) this.#events.onMessage(Uint8Array.from(bytes));
    return "sent";
  }

  bufferedBytes(): number {
    return 0;
  }

  close(code: number, reason: string): void {
    if (!this.#end()) return;
    if (!this.isClientDeaf) this.#events.onClose(code, reason);
    this.#watcher.enter().onClose(this, code);
  }

  /** The line went. */
  lose(): void {
    if (this.#end()) this.#watcher.enter().onClose(this, CODE_LOST);
  }

  /** Nobody is left on this end. */
  die(): void {
    if (this.#end() && !this.isClientDeaf) this.#events.onClose(CODE_LOST, "");
  }

  #end(): boolean {
    if (!this.isOpen) return false;
    this.isOpen = false;
    if (this.#isWelcomed) this.#watcher.onEnd();
    return true;
  }
}
