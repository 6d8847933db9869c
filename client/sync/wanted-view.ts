/**
 * Decides when the server must be told of another view. The rectangle told is larger than the one asked for, so that a
 * camera may move a while, and back, without a word (SPEC V1).
 */
import type { shoal } from "../../proto/gen/shoal.js";
import { VIEW_EDGE_MAX } from "../../proto/limits.ts";

/** World units told beyond each edge: about half a second of swimming. */
const MARGIN = 48;
/** A told rectangle this much larger than needed on one axis is given back. */
const SLACK = 4 * MARGIN;

interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export class WantedView {
  #wanted: Edges | undefined;
  #told: Edges | undefined;
  #isHidden = false;
  #isHiddenTold = false;

  /** World units. Sizes beyond the server's limit are cut around the centre. */
  set(left: number, top: number, width: number, height: number): void {
    if (![left, top, width, height].every(Number.isFinite)) return;
    const w = Math.min(Math.max(width, 1), VIEW_EDGE_MAX);
    const h = Math.min(Math.max(height, 1), VIEW_EDGE_MAX);
    const x = left + (width - w) / 2;
    const y = top + (height - h) / 2;
    this.#wanted = { left: x, top: y, right: x + w, bottom: y + h };
  }

  /** A hidden page sees nothing. */
  hide(isHidden: boolean): void {
    this.#isHidden = isHidden;
  }

  /** Whether the server knows that nobody looks. */
  get isHiddenTold(): boolean {
    return this.#isHiddenTold;
  }

  /** The view to tell now; undefined if the last one told still does. */
  take(): shoal.View.$Properties | undefined {
    if (this.#isHidden !== this.#isHiddenTold) {
      this.#isHiddenTold = this.#isHidden;
      this.#told = undefined;
      if (this.#isHidden) return {};
    }
    if (this.#isHidden) return undefined;
    const wanted = this.#wanted;
    if (wanted === undefined || (this.#told !== undefined && serves(this.#told, wanted))) return undefined;
    const view = this.present();
    if (view === undefined) return undefined;
    const { left, top, width, height } = view;
    this.#told = { left, top, right: left + width, bottom: top + height };
    return view;
  }

  /** The view as it would be told now; undefined before the first `set`. */
  present(): { left: number; top: number; width: number; height: number } | undefined {
    if (this.#wanted === undefined) return undefined;
    const left = Math.floor(this.#wanted.left - MARGIN);
    const top = Math.floor(this.#wanted.top - MARGIN);
    const width = Math.min(Math.ceil(this.#wanted.right + MARGIN) - left, VIEW_EDGE_MAX);
    const height = Math.min(Math.ceil(this.#wanted.bottom + MARGIN) - top, VIEW_EDGE_MAX);
    return { left, top, width, height };
  }

  /** A new session knows nothing of what was told. */
  restart(): void {
    this.#told = undefined;
    this.#isHiddenTold = false;
  }
}

function serves(told: Edges, wanted: Edges): boolean {
  if (told.left > wanted.left || told.top > wanted.top) return false;
  if (told.right < wanted.right || told.bottom < wanted.bottom) return false;
  const spareX = told.right - told.left - (wanted.right - wanted.left);
  const spareY = told.bottom - told.top - (wanted.bottom - wanted.top);
  return spareX <= SLACK && spareY <= SLACK;
}
