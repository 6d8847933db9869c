/**
 * Name textures by what they show, least recently used out first. Painting one costs about as much as drawing a hundred,
 * so a name that comes back soon is kept, and only a few are painted in one frame.
 */
import type { Texture } from "pixi.js";
import { paintName } from "./label-paint.ts";
import type { Label, LabelSheet } from "./label-sheet.ts";

/** More than the tags on the screen, so that crossing crowds do not throw out what they need again. */
const NAMES_MAX = 256;
const PAINTED_PER_FRAME_MAX = 6;

export class NameTextures {
  readonly #sheet: LabelSheet;
  /** In order of use: a Map keeps the order of insertion, and use inserts again. */
  readonly #names = new Map<string, { readonly label: Label; users: number }>();
  #painted = 0;

  constructor(sheet: LabelSheet) {
    this.#sheet = sheet;
  }

  beginFrame(): void {
    this.#painted = 0;
  }

  /**
   * The texture for a name; undefined if enough were painted in this frame, or if every place on the sheet is in use: ask
   * again in the next. `release` it.
   */
  take(name: string, isOwn: boolean): Texture | undefined {
    const key = keyOf(name, isOwn);
    let entry = this.#names.get(key);
    if (entry === undefined) {
      if (this.#painted === PAINTED_PER_FRAME_MAX) return undefined;
      this.#painted++;
      const label = this.#add(() => paintName(name, isOwn, this.#sheet.resolution));
      if (label === undefined) return undefined;
      entry = { label, users: 0 };
    } else this.#names.delete(key);
    entry.users++;
    this.#names.set(key, entry);
    return entry.label.texture;
  }

  /** Ends one `take`. The texture may be destroyed from now on: no sprite may show it any more. */
  release(name: string, isOwn: boolean): void {
    const entry = this.#names.get(keyOf(name, isOwn));
    if (entry !== undefined) entry.users--;
  }

  destroy(): void {
    for (const { label } of this.#names.values()) this.#sheet.remove(label);
    this.#names.clear();
  }

  #add(paint: () => HTMLCanvasElement): Label | undefined {
    if (this.#names.size >= NAMES_MAX) this.#evictOne();
    const canvas = paint();
    for (;;) {
      const label = this.#sheet.add(paint, canvas);
      if (label !== undefined || !this.#evictOne()) return label;
    }
  }

  /** Drops the name that was used longest ago and is not shown; false if all are. */
  #evictOne(): boolean {
    for (const [key, { label, users }] of this.#names) {
      if (users > 0) continue;
      this.#names.delete(key);
      this.#sheet.remove(label);
      return true;
    }
    return false;
  }
}

function keyOf(name: string, isOwn: boolean): string {
  return isOwn ? `own ${name}` : `any ${name}`;
}
