/**
 * Names below tadpoles. At most 120, those nearest to the middle, and never one over another: a tag that is shown
 * keeps its place, others wait until there is room. The name that is pointed at always shows, and shines. Tags belong to slots, so that a sprite keeps its texture for as
 * long as its tadpole is there.
 */

import { Container, Sprite, Texture } from "pixi.js";
import { lookOf } from "../entity-look.ts";
import type { Replica } from "../sync/index.ts";
import type { Camera } from "./camera.ts";
import type { LabelSheet } from "./label-sheet.ts";
import { NameTextures } from "./name-textures.ts";
import type { TagGrid } from "./tag-grid.ts";

const TAGS_MAX = 120;
/** World units below the head's middle. */
const BELOW = 8;
/** Frames between two choices of who is near enough: sorting a thousand distances each frame would be wasted. */
const CHOOSE_EVERY = 10;
const FADE_S = 0.2;
/** A name stays readable when its tadpole has faded. */
const OPACITY_MIN = 0.6;
/** As in the original. */
const POINTED_TINT = 0xc0fdf7;

export interface NameTagsOptions {
  readonly sheet: LabelSheet;
  /** What is taken of the screen in this frame. */
  readonly grid: TagGrid;
}

interface Tag {
  readonly sprite: Sprite;
  slot: number;
  name: string;
  isOwn: boolean;
  /** 0 hidden, 1 shown; moves between. */
  shown: number;
}

export class NameTags {
  readonly #replica: Replica;
  readonly #camera: Camera;
  readonly container = new Container();
  readonly #textures: NameTextures;
  readonly #grid: TagGrid;
  readonly #tags: Tag[] = [];
  readonly #free: Tag[] = [];
  /** Index into `tags` plus one; 0 for none. */
  readonly #tagOfSlot: Uint16Array;
  readonly #distances: Float32Array;
  #nearSquared = Infinity;
  #frame = 0;
  /** Slot of the tadpole that is pointed at, -1 for none. */
  pointed = -1;

  constructor(replica: Replica, camera: Camera, { sheet, grid }: NameTagsOptions) {
    this.#replica = replica;
    this.#camera = camera;
    this.#textures = new NameTextures(sheet);
    this.#grid = grid;
    this.#tagOfSlot = new Uint16Array(replica.slotCount);
    this.#distances = new Float32Array(replica.slotCount);
  }

  /** The rest fields of a slot changed: its tag is made again if the name did. */
  refreshName(slot: number): void {
    const index = this.#tagOfSlot[slot] - 1;
    if (index >= 0 && this.#tags[index].name !== this.#nameOf(slot)) this.#drop(index);
  }

  /** `opacity`: by slot, how visible each tadpole is. */
  update(opacity: Float32Array, dtS: number): void {
    const replica = this.#replica;
    const tags = this.#tags;
    this.#textures.beginFrame();
    if (this.#frame++ % CHOOSE_EVERY === 0) this.#chooseNear();
    // First the name that is pointed at, then the own, then those that are shown already.
    if (this.pointed >= 0) this.#showFirst(this.pointed, opacity, dtS);
    this.#showFirst(replica.ownSlot, opacity, dtS);
    for (let i = tags.length - 1; i >= 0; i--) if (!this.#isFirst(tags[i].slot)) this.#keep(i, opacity, dtS);
    for (let i = 0; i < replica.visibleCount && tags.length < TAGS_MAX; i++) {
      const slot = replica.visible[i];
      if (this.#tagOfSlot[slot] === 0 && this.#isNear(slot)) this.#tryShow(slot);
    }
  }

  get count(): number {
    return this.#tags.length;
  }

  destroy(): void {
    for (let i = this.#tags.length - 1; i >= 0; i--) this.#drop(i);
    this.#textures.destroy();
    this.container.destroy({ children: true });
  }

  #isFirst(slot: number): boolean {
    return slot === this.#replica.ownSlot || slot === this.pointed;
  }

  #showFirst(slot: number, opacity: Float32Array, dtS: number): void {
    const index = this.#tagOfSlot[slot] - 1;
    if (index >= 0) this.#keep(index, opacity, dtS);
    else this.#tryShow(slot);
  }

  /** Moves a tag with its tadpole; drops it when it has faded away. */
  #keep(index: number, opacity: Float32Array, dtS: number): void {
    const tag = this.#tags[index];
    const { sprite, slot } = tag;
    const x = this.#left(slot, sprite);
    const y = this.#top(slot);
    const stays = this.#isNear(slot) && this.#isVisible(slot) && this.#claim(slot, x, y, sprite);
    tag.shown = stays ? Math.min(1, tag.shown + dtS / FADE_S) : tag.shown - dtS / FADE_S;
    if (tag.shown <= 0 || !this.#isVisible(slot)) {
      this.#drop(index);
      return;
    }
    sprite.position.set(x, y);
    sprite.alpha = tag.shown * Math.max(opacity[slot], OPACITY_MIN);
    sprite.tint = slot === this.pointed ? POINTED_TINT : 0xffffff;
  }

  /** Room for a tag; whoever is pointed at takes it. */
  #claim(slot: number, x: number, y: number, { width, height }: Sprite): boolean {
    if (slot !== this.pointed) return this.#grid.claim(x, y, width, height);
    this.#grid.block(x, y, width, height);
    return true;
  }

  #tryShow(slot: number): void {
    const name = this.#nameOf(slot);
    if (name === "" || !this.#isVisible(slot)) return;
    const isOwn = slot === this.#replica.ownSlot;
    // A guess of the width saves a texture for most of those that find no room.
    const x = this.#camera.screenX(this.#replica.drawX[slot]);
    if (!this.#isFirst(slot) && !this.#grid.isFree(x - name.length * 3.5, this.#top(slot), name.length * 7, 18)) return;
    const texture = this.#textures.take(name, isOwn);
    if (texture === undefined) return;
    const tag = this.#free.pop() ?? this.#newTag();
    tag.slot = slot;
    tag.name = name;
    tag.isOwn = isOwn;
    tag.shown = 0.01;
    tag.sprite.texture = texture;
    tag.sprite.visible = true;
    tag.sprite.alpha = 0;
    this.#grid.claim(this.#left(slot, tag.sprite), this.#top(slot), tag.sprite.width, tag.sprite.height);
    this.#tags.push(tag);
    this.#tagOfSlot[slot] = this.#tags.length;
  }

  #drop(index: number): void {
    const tag = this.#tags[index];
    tag.sprite.visible = false;
    tag.sprite.texture = Texture.EMPTY;
    this.#textures.release(tag.name, tag.isOwn);
    this.#tagOfSlot[tag.slot] = 0;
    const last = this.#tags.pop();
    if (last !== undefined && last !== tag) {
      this.#tags[index] = last;
      this.#tagOfSlot[last.slot] = index + 1;
    }
    this.#free.push(tag);
  }

  #newTag(): Tag {
    const sprite = new Sprite();
    this.container.addChild(sprite);
    return { sprite, slot: 0, name: "", isOwn: false, shown: 0 };
  }

  /** The distance within which at most `TAGS_MAX` tadpoles are. */
  #chooseNear(): void {
    const { visible, visibleCount } = this.#replica;
    this.#nearSquared = Infinity;
    if (visibleCount <= TAGS_MAX) return;
    for (let i = 0; i < visibleCount; i++) this.#distances[i] = this.#distanceSquared(visible[i]);
    this.#nearSquared = this.#distances.subarray(0, visibleCount).sort()[TAGS_MAX];
  }

  #isNear(slot: number): boolean {
    return this.#isFirst(slot) || this.#distanceSquared(slot) < this.#nearSquared;
  }

  #distanceSquared(slot: number): number {
    const dx = this.#replica.drawX[slot] - this.#camera.x;
    const dy = this.#replica.drawY[slot] - this.#camera.y;
    return dx * dx + dy * dy;
  }

  /** False once nobody is in the slot: who was there is remembered, and the place, too. */
  #isVisible(slot: number): boolean {
    const { drawX, drawY } = this.#replica;
    return this.#replica.isVisible(slot) && this.#camera.isOnScreen(drawX[slot], drawY[slot]);
  }

  #nameOf(slot: number): string {
    return lookOf(this.#replica.entity(slot))?.name ?? "";
  }

  /** Whole pixels: text between pixels is blurred. Within the screen: at its edge a name moves aside. */
  #left(slot: number, { width }: Sprite): number {
    const camera = this.#camera;
    const left = camera.screenX(this.#replica.drawX[slot]) - width / 2;
    return Math.round(camera.keepOnScreen(left, width));
  }

  #top(slot: number): number {
    return Math.round(this.#camera.screenY(this.#replica.drawY[slot] + BELOW));
  }
}
