/**
 * Who is inside whose view rectangle, by a grid that is sorted anew each tick: about 1 us a query, so that what is measured
 * is the peer and not an area of interest made badly.
 */
import type { Scenario } from "../../scenarios.ts";
import type { World } from "./world.ts";

/** Cells across the shorter side of a view: smaller cells skip more strangers, but cost more look-ups. */
const CELLS_PER_VIEW = 4;

export class VisibilityGrid {
  /** Everyone sees everyone: the view is so large that it covers the world from every place in it. */
  readonly seesAll: boolean;
  readonly #world: World;
  readonly #halfWidth: number;
  readonly #halfHeight: number;
  readonly #cellSize: number;
  readonly #columns: number;
  /** Slots of cell c are `#slots[#starts[c]..#starts[c + 1])`. */
  readonly #starts: Int32Array;
  readonly #slots: Int32Array;
  readonly #cellOf: Int32Array;
  readonly #x: Int32Array;
  readonly #y: Int32Array;

  constructor(world: World, { view, worldSize }: Scenario) {
    this.#world = world;
    this.seesAll = view.width >= 2 * worldSize && view.height >= 2 * worldSize;
    this.#halfWidth = view.width / 2;
    this.#halfHeight = view.height / 2;
    this.#cellSize = Math.min(view.width, view.height) / CELLS_PER_VIEW;
    this.#columns = Math.floor(worldSize / this.#cellSize) + 1;
    this.#starts = new Int32Array(this.#columns * this.#columns + 1);
    this.#slots = new Int32Array(world.slotCount);
    this.#cellOf = new Int32Array(world.slotCount);
    this.#x = new Int32Array(world.slotCount);
    this.#y = new Int32Array(world.slotCount);
  }

  /** Sorts all entities into cells; call after the world stepped. */
  update(): void {
    const { live, liveCount } = this.#world;
    const starts = this.#starts.fill(0);
    for (let i = 0; i < liveCount; i++) {
      const slot = live[i];
      this.#x[slot] = this.#world.x(slot);
      this.#y[slot] = this.#world.y(slot);
      this.#cellOf[slot] = this.#cell(this.#y[slot]) * this.#columns + this.#cell(this.#x[slot]);
      starts[this.#cellOf[slot]]++;
    }
    // Counts become ends; filling from the back turns ends into starts.
    for (let cell = 1; cell < starts.length; cell++) starts[cell] += starts[cell - 1];
    for (let i = 0; i < liveCount; i++) {
      const slot = live[i];
      this.#slots[--starts[this.#cellOf[slot]]] = slot;
    }
  }

  /** Writes the slots inside the view of `slot`, itself left out, to `out`; returns how many. */
  query(slot: number, out: Int32Array): number {
    const x = this.#world.x(slot);
    const y = this.#world.y(slot);
    const left = this.#cell(x - this.#halfWidth);
    const right = this.#cell(x + this.#halfWidth);
    const bottom = this.#cell(y + this.#halfHeight);
    let count = 0;
    for (let row = this.#cell(y - this.#halfHeight); row <= bottom; row++) {
      // Cells of a row are neighbours in `#slots`, too.
      const end = this.#starts[row * this.#columns + right + 1];
      for (let i = this.#starts[row * this.#columns + left]; i < end; i++) {
        const other = this.#slots[i];
        if (other === slot || Math.abs(this.#x[other] - x) > this.#halfWidth) continue;
        if (Math.abs(this.#y[other] - y) <= this.#halfHeight) out[count++] = other;
      }
    }
    return count;
  }

  #cell(at: number): number {
    const cell = Math.floor(at / this.#cellSize);
    return cell < 0 ? 0 : cell >= this.#columns ? this.#columns - 1 : cell;
  }
}
