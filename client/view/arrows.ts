/**
 * Arrows at the screen's edge that point to tadpoles beyond it: the nearest 24 of those that the replica knows, in
 * their colours, the nearer the larger.
 */

import { Container, Sprite } from "pixi.js";
import { lookOf } from "../entity-look.ts";
import type { Replica } from "../sync/index.ts";
import type { Camera } from "./camera.ts";
import { paintArrow } from "./label-paint.ts";
import type { Label, LabelSheet } from "./label-sheet.ts";

const ARROWS_MAX = 24;
/** From the edge to the arrow's middle, CSS pixels. */
const INSET = 12;
/** Who has faded is still worth a visit. */
const OPACITY_MIN = 0.6;
/** Distance beyond the edge at which an arrow is smallest, world units. */
const FAR = 400;

export class Arrows {
  readonly #replica: Replica;
  readonly #camera: Camera;
  readonly container = new Container();
  readonly #sheet: LabelSheet;
  readonly #label: Label;
  readonly #sprites: Sprite[] = [];
  /** The nearest so far, nearest first: slots and their squared distances from the middle. */
  readonly #slots = new Int32Array(ARROWS_MAX);
  readonly #distances = new Float64Array(ARROWS_MAX);
  #count = 0;

  constructor(replica: Replica, camera: Camera, sheet: LabelSheet) {
    this.#replica = replica;
    this.#camera = camera;
    this.#sheet = sheet;
    const label = sheet.add(() => paintArrow(sheet.resolution));
    if (label === undefined) throw new Error("no room for the arrow: it must be first on the sheet");
    this.#label = label;
    for (let i = 0; i < ARROWS_MAX; i++) {
      const sprite = new Sprite({ texture: label.texture, anchor: 0.5, visible: false });
      this.#sprites.push(sprite);
      this.container.addChild(sprite);
    }
  }

  update(opacity: Float32Array): void {
    this.#choose();
    for (let i = 0; i < ARROWS_MAX; i++) {
      if (i < this.#count) this.#place(this.#sprites[i], this.#slots[i], opacity);
      else this.#sprites[i].visible = false;
    }
  }

  get count(): number {
    return this.#count;
  }

  destroy(): void {
    this.container.destroy({ children: true });
    this.#sheet.remove(this.#label);
  }

  #choose(): void {
    const replica = this.#replica;
    const camera = this.#camera;
    this.#count = 0;
    for (let i = 0; i < replica.visibleCount; i++) {
      const slot = replica.visible[i];
      const dx = replica.drawX[slot] - camera.x;
      const dy = replica.drawY[slot] - camera.y;
      if (!camera.isOnScreen(replica.drawX[slot], replica.drawY[slot])) this.#insert(slot, dx * dx + dy * dy);
    }
  }

  /** Keeps the list sorted; most candidates fail the first comparison. */
  #insert(slot: number, distance: number): void {
    const slots = this.#slots;
    const distances = this.#distances;
    if (this.#count === ARROWS_MAX && distance >= distances[ARROWS_MAX - 1]) return;
    let at = Math.min(this.#count, ARROWS_MAX - 1);
    for (; at > 0 && distances[at - 1] > distance; at--) {
      slots[at] = slots[at - 1];
      distances[at] = distances[at - 1];
    }
    slots[at] = slot;
    distances[at] = distance;
    this.#count = Math.min(this.#count + 1, ARROWS_MAX);
  }

  #place(sprite: Sprite, slot: number, opacity: Float32Array): void {
    const replica = this.#replica;
    const camera = this.#camera;
    const x = camera.screenX(replica.drawX[slot]);
    const y = camera.screenY(replica.drawY[slot]);
    const left = Math.max(INSET, Math.min(camera.width - INSET, x));
    const top = Math.max(INSET, Math.min(camera.height - INSET, y));
    const beyond = Math.hypot(x - left, y - top) / camera.zoom;
    const nearness = 1 - Math.min(beyond / FAR, 1);
    sprite.position.set(left, top);
    sprite.rotation = Math.atan2(y - top, x - left);
    sprite.scale.set(0.55 + 0.45 * nearness);
    sprite.alpha = (0.35 + 0.6 * nearness) * Math.max(opacity[slot], OPACITY_MIN);
    sprite.tint = lookOf(replica.entity(slot))?.colour ?? 0xffffff;
    sprite.visible = true;
  }
}
