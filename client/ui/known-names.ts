/** Whom the player may whisper to: those in view, and those who were heard from anywhere in the room. */
import { lookOf } from "../entity-look.ts";
import type { Replica } from "../sync/index.ts";
import { type KnownName, labelOf } from "./chat-command.ts";

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

  /** Each id once: those in view, then those heard, the latest first, then `more`, then the player. */
  *list(replica: Replica, more: Iterable<{ readonly id: number; readonly name: string }> = []): Generator<KnownName> {
    const ownId = replica.entityId(replica.ownSlot);
    const listed = new Set([ownId]);
    for (const { id, name } of inSight(replica)) {
      if (id === ownId) continue;
      listed.add(id);
      yield { id, name, place: "in-sight" };
    }
    for (const [id, name] of [...this.#heard].reverse()) if (!listed.has(id)) yield { id, name, place: "heard" };
    for (const { id, name } of more) if (!listed.has(id) && !this.#heard.has(id)) yield { id, name, place: "heard" };
    const ownName = lookOf(replica.entity(replica.ownSlot))?.name;
    if (ownName) yield { id: ownId, name: ownName, place: "self" };
  }
}

/** What to write after `/w` for this player: the name, and the id with it where several in sight have that name. */
export function whisperLabel(replica: Replica, player: { readonly id: number; readonly name: string }): string {
  const folded = player.name.toLowerCase();
  for (const { id, name } of inSight(replica)) {
    if (id !== player.id && name.toLowerCase() === folded) return labelOf(player);
  }
  return player.name;
}

function* inSight(replica: Replica): Generator<{ readonly id: number; readonly name: string }> {
  for (let i = 0; i < replica.visibleCount; i++) {
    const slot = replica.visible[i];
    const name = lookOf(replica.entity(slot))?.name;
    if (name) yield { id: replica.entityId(slot), name };
  }
}
