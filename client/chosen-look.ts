/**
 * The look that the player chose, told to the server: by the hello of the next connection, and by an event to the
 * present one. Which of the two comes later differs, and the newest look must be what the pond shows in the end.
 */
import type { SyncClient } from "./sync/index.ts";
import type { PlayerLook } from "./ui/look-store.ts";

type Told = Pick<SyncClient, "join" | "saidJoin" | "hasResumed" | "unacknowledgedEvents" | "sendEvent">;

export class ChosenLook {
  readonly #client: Told;
  /** What an event of this session said last. */
  #told: Told["join"] | undefined;

  constructor(client: Told) {
    this.#client = client;
  }

  choose(look: PlayerLook): void {
    this.#client.join = { look };
    this.#tell();
  }

  /** A session began or goes on. */
  joined(): void {
    const { join, saidJoin, hasResumed, unacknowledgedEvents } = this.#client;
    if (!hasResumed) this.#told = undefined;
    // An older look may be on its way behind the hello: events that nobody acknowledged are said again.
    const isOvertaken = this.#told !== undefined && this.#told !== join && unacknowledgedEvents > 0;
    // The other was chosen while the answer to the hello was on its way.
    if (isOvertaken || join !== saidJoin) this.#tell();
  }

  #tell(): void {
    const { join } = this.#client;
    if (this.#client.sendEvent({ look: join.look })) this.#told = join;
  }
}
