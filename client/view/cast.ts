/**
 * Everything that is drawn of one replica: its tadpoles, their names and words, and arrows to those beyond the screen.
 * Made anew with each replica, because all of it is indexed by that replica's slots.
 */
import { Container } from "pixi.js";
import type { Replica } from "../sync/index.ts";
import { Arrows } from "./arrows.ts";
import { Bubbles, type Words } from "./bubbles.ts";
import type { Camera } from "./camera.ts";
import { LabelSheet } from "./label-sheet.ts";
import { NameTags } from "./name-tags.ts";
import type { SceneUniforms } from "./scene-uniforms.ts";
import { Swimmers } from "./swimmers.ts";
import { Tadpoles } from "./tadpoles.ts";
import { TagGrid } from "./tag-grid.ts";

export interface CastOptions {
  readonly replica: Replica;
  readonly camera: Camera;
  readonly scene: SceneUniforms;
  readonly calm: boolean;
  /** Device pixels for one CSS pixel: text textures are made for it. */
  readonly resolution: number;
  /** Whom the player does not want to hear. */
  readonly isMuted: (id: number) => boolean;
}

/** How many of each are drawn. */
export interface CastCounts {
  readonly tadpoles: number;
  readonly names: number;
  readonly bubbles: number;
  readonly arrows: number;
  /** Shown or kept for the next that is needed. */
  readonly sprites: number;
}

export class Cast {
  readonly container = new Container();
  readonly replica: Replica;
  readonly resolution: number;
  readonly #camera: Camera;
  readonly #grid = new TagGrid();
  readonly #sheet: LabelSheet;
  readonly #swimmers: Swimmers;
  readonly #tadpoles: Tadpoles;
  readonly #nameTags: NameTags;
  readonly #bubbles: Bubbles;
  readonly #arrows: Arrows;
  readonly #isMuted: (id: number) => boolean;

  constructor({ replica, camera, scene, calm, resolution, isMuted }: CastOptions) {
    this.replica = replica;
    this.resolution = resolution;
    this.#camera = camera;
    this.#isMuted = isMuted;
    this.#swimmers = new Swimmers(replica, { calm });
    this.#tadpoles = new Tadpoles(scene, this.#swimmers.instances);
    this.#sheet = new LabelSheet(resolution);
    this.#arrows = new Arrows(replica, camera, this.#sheet);
    this.#nameTags = new NameTags(replica, camera, { sheet: this.#sheet, grid: this.#grid });
    this.#bubbles = new Bubbles(replica, camera, { calm, resolution, grid: this.#grid, isMuted });
    this.container.addChild(
      this.#tadpoles.mesh,
      this.#arrows.container,
      this.#nameTags.container,
      this.#bubbles.container,
    );
  }

  /** What is drawn now. */
  get counts(): CastCounts {
    const { mesh } = this.#tadpoles;
    return {
      tadpoles: mesh.visible ? mesh.geometry.instanceCount : 0,
      names: this.#nameTags.count,
      bubbles: this.#bubbles.count,
      arrows: this.#arrows.count,
      sprites: [this.#nameTags, this.#bubbles, this.#arrows].reduce(
        (sum, part) => sum + part.container.children.length,
        0,
      ),
    };
  }

  /** How visible a tadpole was drawn last, 0 to 1. */
  opacity(slot: number): number {
    return this.#swimmers.opacity[slot];
  }

  /** Brings all to the moment that the replica was sampled at. `pointed`: slot of who is pointed at, -1 for none. */
  update(nowMs: number, dtS: number, pointed: number): void {
    this.#swimmers.pointed = pointed;
    this.#nameTags.pointed = pointed;
    this.#tadpoles.draw(this.#swimmers.update(nowMs, dtS));
    // Words first: names give way to them.
    this.#grid.clear(this.#camera.width, this.#camera.height);
    this.#bubbles.update(nowMs, this.#swimmers.opacity);
    this.#nameTags.update(this.#swimmers.opacity, dtS);
    this.#arrows.update(this.#swimmers.opacity);
  }

  /** The rest fields of a slot are new or changed. */
  refreshEntity(slot: number, nowMs: number): void {
    this.#swimmers.refreshLook(slot);
    this.#nameTags.refreshName(slot);
    this.#sayLastWords(slot, nowMs);
  }

  /** Shows words beside their speaker while that one is in view; a speaker that nobody here knows has no place. */
  say(words: Words, nowMs: number): void {
    const slot = this.replica.slotOfId(words.speakerId);
    if (slot < 0 || this.#isMuted(words.speakerId)) return;
    this.#swimmers.wake(slot, words.saidMs);
    this.#bubbles.say(words, nowMs);
  }

  destroy(): void {
    this.#tadpoles.destroy();
    this.#nameTags.destroy();
    this.#bubbles.destroy();
    this.#arrows.destroy();
    this.#sheet.destroy();
    this.container.destroy();
  }

  /** A newcomer sees what was said before. */
  #sayLastWords(slot: number, nowMs: number): void {
    const { replica } = this;
    const tadpole = replica.entity(slot)?.tadpole;
    const text = tadpole?.lastWords ?? "";
    if (text === "") return;
    const ageTicks = replica.tick - (tadpole?.lastWordsTick ?? 0);
    const saidMs = nowMs - (Math.max(0, ageTicks) * 1000) / replica.tickHz;
    this.say({ speakerId: replica.entityId(slot), text, tone: "nearby", saidMs }, nowMs);
  }
}
