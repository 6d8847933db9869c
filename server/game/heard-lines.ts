/**
 * The last chat lines that one player was told: what a report carries with it. The lines themselves are shared by all who
 * heard them. Knows nothing of who may read them.
 */
import type { shoal } from "../../proto/gen/shoal.js";

/** Lines kept for each player. */
export const HEARD_LINES_MAX = 20;

export interface HeardLine {
  /** When it was said. */
  readonly tick: number;
  readonly said: shoal.Said.$Properties;
}

export class HeardLines {
  readonly #lines: HeardLine[] = [];

  add(line: HeardLine): void {
    if (this.#lines.length === HEARD_LINES_MAX) this.#lines.shift();
    this.#lines.push(line);
  }

  /** Oldest first. */
  get all(): readonly HeardLine[] {
    return this.#lines;
  }

  /** The name that a speaker had in the newest line of theirs. */
  nameOf(id: number): string | undefined {
    return this.#lines.findLast(({ said }) => said.fromId === id)?.said.fromName ?? undefined;
  }
}
