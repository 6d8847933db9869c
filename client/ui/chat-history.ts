/** The player's own lines, to walk through with the up and down keys. Knows no keyboard. */

const LINES_MAX = 50;

export class ChatHistory {
  readonly #lines: string[] = [];
  /** Index of the line shown; `length` is the line being written. */
  #at = 0;
  #draft = "";

  add(line: string): void {
    if (this.#lines.at(-1) !== line) this.#lines.push(line);
    if (this.#lines.length > LINES_MAX) this.#lines.shift();
    this.#at = this.#lines.length;
  }

  /** The line one step older (-1) or newer (1) than `shown`, or undefined if there is none. */
  step(by: -1 | 1, shown: string): string | undefined {
    const next = this.#at + by;
    if (next < 0 || next > this.#lines.length) return undefined;
    if (this.#at === this.#lines.length) this.#draft = shown;
    this.#at = next;
    return next === this.#lines.length ? this.#draft : this.#lines[next];
  }
}
