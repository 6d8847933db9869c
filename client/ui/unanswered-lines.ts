/**
 * Own lines that the server has not answered yet, so that one that it refuses can be given back. The server answers in
 * order: a line is either heard, or a notice says why not. Knows no DOM.
 */

/** More than the server takes at a time. */
const LINES_MAX = 16;

interface Line {
  /** As it was written, command and all. */
  readonly line: string;
  /** What of it others hear. */
  readonly text: string;
}

export class UnansweredLines {
  #lines: Line[] = [];

  add(line: Line): void {
    this.#lines.push(line);
    if (this.#lines.length > LINES_MAX) this.#lines.shift();
  }

  /** One was heard. Masked words are not those that were written: then it was the oldest. */
  heard(text: string): void {
    this.#lines.splice(
      0,
      1 +
        Math.max(
          0,
          this.#lines.findIndex((line) => line.text === text),
        ),
    );
  }

  /** The oldest was answered otherwise: as it was written, or undefined if nothing is known of it. */
  answered(): string | undefined {
    return this.#lines.shift()?.line;
  }

  /** A new session began: nobody answers now what was said in the one before. */
  forget(): void {
    this.#lines = [];
  }
}
