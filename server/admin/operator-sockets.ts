/**
 * Who may hold a socket of the operators' port (SPEC A1): so many in all, and of them so many of one address. Counted here and not by
 * Node (`maxConnections`), which counts a socket that was cut off until its close is told: one who opens them without end would be
 * all of them. Knows nothing of what is asked.
 */
import { subscriber } from "../transport/address-table.ts";

/**
 * A few people and a Prometheus; further ones wait for nothing and are cut off. With the process's own files (27, measured) they stay
 * below the descriptors that players leave (`DESCRIPTORS_KEPT`): who holds all of them and the game's port must starve neither.
 */
const SOCKETS_MAX = 24;
/** So that no address shuts out the others, and this machine's own check of the server's health. */
const ADDRESS_SOCKETS_MAX = 8;

/** What is needed of a socket. */
export interface HeldSocket {
  readonly remoteAddress?: string | undefined;
  destroy(): unknown;
  once(event: "close", listener: () => void): unknown;
}

export class OperatorSockets {
  #total = 0;
  /** By subscriber, above 0 only. This machine's own are not there: who is on it has worse means, and its health check is among them. */
  readonly #held = new Map<string, number>();

  /** Cuts the socket off if there are too many. */
  admit(socket: HeldSocket): void {
    const key = subscriber(socket.remoteAddress ?? "");
    const held = key === undefined ? 0 : (this.#held.get(key) ?? 0);
    if (this.#total >= SOCKETS_MAX || held >= ADDRESS_SOCKETS_MAX) {
      socket.destroy();
      return;
    }
    this.#count(key, 1);
    socket.once("close", () => this.#count(key, -1));
  }

  #count(key: string | undefined, change: number): void {
    this.#total += change;
    if (key === undefined) return;
    const held = (this.#held.get(key) ?? 0) + change;
    if (held > 0) this.#held.set(key, held);
    else this.#held.delete(key);
  }
}
