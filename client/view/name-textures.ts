/**
 * Name textures by what they show, least recently used out first. Making one costs about as much as drawing a hundred,
 * so a name that comes back soon is kept, and only a few are made in one frame.
 */
import type { Texture } from "pixi.js";
import { destroyTexture, nameTexture } from "./text-texture.ts";

/** More than the tags on the screen, so that crossing crowds do not throw out what they need again. */
const TEXTURES_MAX = 256;
const MADE_PER_FRAME_MAX = 6;

export class NameTextures {
  readonly #resolution: number;
  /** In order of use: a Map keeps the order of insertion, and use inserts again. */
  readonly #textures = new Map<string, { readonly texture: Texture; users: number }>();
  #made = 0;

  constructor(resolution: number) {
    this.#resolution = resolution;
  }

  beginFrame(): void {
    this.#made = 0;
  }

  /** The texture for a name, or undefined if enough were made in this frame: ask again in the next. `release` it. */
  take(name: string, isOwn: boolean): Texture | undefined {
    const key = keyOf(name, isOwn);
    let entry = this.#textures.get(key);
    if (entry === undefined) {
      if (this.#made === MADE_PER_FRAME_MAX) return undefined;
      this.#made++;
      entry = { texture: nameTexture(name, isOwn, this.#resolution), users: 0 };
    } else this.#textures.delete(key);
    entry.users++;
    this.#textures.set(key, entry);
    this.#evict();
    return entry.texture;
  }

  /** Ends one `take`. The texture may be destroyed from now on: no sprite may show it any more. */
  release(name: string, isOwn: boolean): void {
    const entry = this.#textures.get(keyOf(name, isOwn));
    if (entry !== undefined) entry.users--;
  }

  destroy(): void {
    for (const { texture } of this.#textures.values()) destroyTexture(texture);
    this.#textures.clear();
  }

  #evict(): void {
    for (const [key, { texture, users }] of this.#textures) {
      if (this.#textures.size <= TEXTURES_MAX) return;
      if (users > 0) continue;
      this.#textures.delete(key);
      destroyTexture(texture);
    }
  }
}

function keyOf(name: string, isOwn: boolean): string {
  return isOwn ? `own ${name}` : `any ${name}`;
}
