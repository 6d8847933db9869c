/**
 * Who may hold a socket of the operators' port (SPEC A1): so many in all, and of them so many of one address. Counted here and not by
 * Node (`maxConnections`), which counts a socket that was cut off until its close is told: one who opens them without end would be
 * all of them. Knows nothing of what is asked.
 */
import { SubscriberCounts } from "../transport/subscriber-counts.ts";

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
  /** This machine's own are not there: who is on it has worse means, and its health check is among them. */
  readonly #held = new SubscriberCounts();

  /** Cuts the socket off if there are too many. */
  admit(socket: HeldSocket): void {
    const address = socket.remoteAddress ?? "";
    if (this.#total >= SOCKETS_MAX || this.#held.of(address) >= ADDRESS_SOCKETS_MAX) {
      socket.destroy();
      return;
    }
    this.#count(address, 1);
    socket.once("close", () => this.#count(address, -1));
  }

  #count(address: string, change: 1 | -1): void {
    this.#total += change;
    this.#held.add(address, change);
  }
}
