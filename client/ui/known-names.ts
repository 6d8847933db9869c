/** Whom the player may whisper to: those in view, and those who were heard from anywhere in the room. */
import type { Replica } from "../sync/index.ts";
import type { KnownName } from "./chat-command.ts";

/** Speakers to remember; the longest silent is forgotten first. */
const HEARD_MAX = 200;

export class KnownNames {
  readonly #heard = new Map<number, string>();

  hear(id: number, name: string): void {
    this.#heard.delete(id);
    this.#heard.set(id, name);
    for (const oldest of this.#heard.keys()) {
      if (this.#heard.size <= HEARD_MAX) return;
      this.#heard.delete(oldest);
    }
  }

  /** Ids belong to one session's room; a new session may use them for others. */
  forget(): void {
    this.#heard.clear();
  }

  *list(replica: Replica): Generator<KnownName> {
    for (let i = 0; i < replica.visibleCount; i++) {
      const slot = replica.visible[i];
      const name = replica.entity(slot)?.tadpole?.look?.name;
      if (name && slot !== replica.ownSlot) yield { id: replica.entityId(slot), name };
    }
    const ownId = replica.entityId(replica.ownSlot);
    for (const [id, name] of this.#heard) if (id !== ownId) yield { id, name };
  }
}
