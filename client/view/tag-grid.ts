/**
 * Which parts of the screen already hold a tag or a bubble: a coarse grid of cells that are claimed once a frame. Numbers
 * only.
 */

/** Cell size, CSS pixels: about half a tag's height, so that tags may come close. */
const CELL_WIDTH = 16;
const CELL_HEIGHT = 10;

export class TagGrid {
  #columns = 0;
  #rows = 0;
  /** The frame in which each cell was claimed last. */
  #claimed = new Uint32Array(0);
  #frame = 0;

  /** Starts a frame with every cell free. Screen size in CSS pixels. */
  clear(width: number, height: number): void {
    this.#columns = Math.ceil(width / CELL_WIDTH);
    this.#rows = Math.ceil(height / CELL_HEIGHT);
    if (this.#claimed.length < this.#columns * this.#rows) this.#claimed = new Uint32Array(this.#columns * this.#rows);
    this.#frame++;
  }

  isFree(left: number, top: number, width: number, height: number): boolean {
    return this.#visit(left, top, width, height, false);
  }

  /** Claims the cells under a rectangle, or none and returns false if one of them is taken. */
  claim(left: number, top: number, width: number, height: number): boolean {
    return this.#visit(left, top, width, height, false) && this.#visit(left, top, width, height, true);
  }

  /** Claims the cells under a rectangle, whoever has them. */
  block(left: number, top: number, width: number, height: number): void {
    this.#visit(left, top, width, height, true);
  }

  #visit(left: number, top: number, width: number, height: number, mark: boolean): boolean {
    const firstColumn = Math.max(0, Math.floor(left / CELL_WIDTH));
    const firstRow = Math.max(0, Math.floor(top / CELL_HEIGHT));
    const lastColumn = Math.min(this.#columns - 1, Math.floor((left + width) / CELL_WIDTH));
    const lastRow = Math.min(this.#rows - 1, Math.floor((top + height) / CELL_HEIGHT));
    for (let row = firstRow; row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        const cell = row * this.#columns + column;
        if (mark) this.#claimed[cell] = this.#frame;
        else if (this.#claimed[cell] === this.#frame) return false;
      }
    }
    return true;
  }
}
