/**
 * Room for labels of one height in a rectangle: shelves, each cut into taken and free stretches. First fit; what is given
 * back is free at once and joins its free neighbours. Numbers only.
 */

interface Stretch {
  readonly x: number;
  readonly width: number;
  readonly isFree: boolean;
}

export interface ShelfPlace {
  readonly shelf: number;
  readonly x: number;
  readonly width: number;
}

export class Shelves {
  /** Each shelf's stretches from left to right; together they are the whole shelf. */
  readonly #shelves: Stretch[][];

  constructor({ count, width }: { readonly count: number; readonly width: number }) {
    this.#shelves = Array.from({ length: count }, () => [{ x: 0, width, isFree: true }]);
  }

  /** A place of this width, or undefined if no shelf has one. */
  take(width: number): ShelfPlace | undefined {
    for (const [shelf, stretches] of this.#shelves.entries()) {
      const at = stretches.findIndex((stretch) => stretch.isFree && stretch.width >= width);
      if (at < 0) continue;
      const { x, width: room } = stretches[at];
      const rest = room > width ? [{ x: x + width, width: room - width, isFree: true }] : [];
      stretches.splice(at, 1, { x, width, isFree: false }, ...rest);
      return { shelf, x, width };
    }
    return undefined;
  }

  give({ shelf, x }: ShelfPlace): void {
    const stretches = this.#shelves[shelf];
    const at = stretches.findIndex((stretch) => stretch.x === x);
    const first = stretches[at - 1]?.isFree ? at - 1 : at;
    const last = stretches[at + 1]?.isFree ? at + 1 : at;
    const free = stretches.slice(first, last + 1);
    const width = free.reduce((sum, stretch) => sum + stretch.width, 0);
    stretches.splice(first, free.length, { x: free[0].x, width, isFree: true });
  }
}
