/**
 * The server's world as it was told, without the delays that are simulated on the way to the page: a second replica, fed
 * with the same messages as they arrive. Must hear a connection from its first message on.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { FrameParts } from "../sync/frame-parts.ts";
import { Replica } from "../sync/index.ts";

export class Truth {
  /** Undefined until a connection was heard from its beginning. */
  replica: Replica | undefined;
  readonly #parts = new FrameParts();
  #awaitsWelcome = false;

  /** Whether `replica` is there, or will be with the next message. */
  get isFollowing(): boolean {
    return this.replica !== undefined || this.#awaitsWelcome;
  }

  /** A connection begins: what comes next is its Welcome. */
  restart(): void {
    this.replica = undefined;
    this.#awaitsWelcome = true;
  }

  /** Forgets the world, and hears nothing until the next connection. */
  stop(): void {
    this.replica = undefined;
    this.#awaitsWelcome = false;
  }

  /** A message of the server arrived at `nowMs`. */
  hear(bytes: Uint8Array, nowMs: number): void {
    try {
      if (this.#awaitsWelcome) this.replica = new Replica(shoal.Welcome.decode(bytes));
      else if (this.replica !== undefined) {
        this.#parts.read(bytes);
        this.replica.apply(this.#parts, nowMs);
      }
    } catch {
      // The SyncClient gets the same bytes, and says what is wrong with them.
      this.replica = undefined;
    }
    this.#awaitsWelcome = false;
  }
}
