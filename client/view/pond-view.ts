/**
 * What the player sees of the pond: joins water, tadpoles, words and camera into one picture a frame. Reads the
 * replica, never changes it; knows nothing of connections, input or the DOM beyond its canvas.
 */
import { Container, type WebGLRenderer } from "pixi.js";
import type { Replica } from "../sync/index.ts";
import type { Words } from "./bubbles.ts";
import { Camera } from "./camera.ts";
import { Cast, type CastCounts } from "./cast.ts";
import { createPlankton } from "./plankton.ts";
import { openRenderer, renderResolution } from "./renderer.ts";
import { SceneUniforms, type WorldSize } from "./scene-uniforms.ts";
import { type ScreenSpot, tadpoleAt } from "./tadpole-at.ts";
import { Water } from "./water.ts";

export interface PondViewOptions {
  readonly canvas: HTMLCanvasElement;
  /** Less motion: the player's system asked for it. */
  readonly calm: boolean;
  /** 0 to 1; the colour of the water and the places of the motes. */
  readonly random: () => number;
  /** Whom the player does not want to hear, by id. */
  readonly isMuted: (id: number) => boolean;
}

/** Over water and plankton, below what was added since. */
const CAST_AT = 2;

/** Something more that is drawn over the tadpoles. */
export interface Layer {
  readonly container: Container;
  /** Once a frame, after `replica` was sampled. */
  update(replica: Replica): void;
  destroy(): void;
}

/** What is behind the page before the first welcome: the middle of some pond. */
const EMPTY_WORLD: WorldSize = { worldWidth: 4096, worldHeight: 4096 };

export class PondView {
  readonly camera: Camera;
  readonly #renderer: WebGLRenderer;
  readonly #options: PondViewOptions;
  readonly #stage = new Container();
  readonly #scene: SceneUniforms;
  readonly #water: Water;
  #cast: Cast | undefined;
  readonly #layers = new Set<Layer>();
  /** Slot of the tadpole that the player points at, -1 for none: it shines, and its name shows. */
  pointed = -1;

  /** Throws if the browser has no WebGL 2. */
  static async open(options: PondViewOptions): Promise<PondView> {
    return new PondView(await openRenderer(options.canvas), options);
  }

  private constructor(renderer: WebGLRenderer, options: PondViewOptions) {
    this.#renderer = renderer;
    this.#options = options;
    this.camera = new Camera(options);
    this.camera.place(EMPTY_WORLD.worldWidth / 2, EMPTY_WORLD.worldHeight / 2);
    this.#scene = new SceneUniforms({ season: options.random(), calm: options.calm });
    this.#water = new Water(this.#scene);
    this.#stage.addChild(this.#water.mesh, createPlankton(this.#scene, options.random));
  }

  /** What is drawn of the pond's inhabitants; for tests and the curious. */
  get counts(): CastCounts {
    return this.#cast?.counts ?? { tadpoles: 0, names: 0, bubbles: 0, arrows: 0, sprites: 0 };
  }

  /** How visible a tadpole was drawn last, 0 to 1: who does nothing fades. For tests and the curious. */
  opacity(slot: number): number {
    return this.#cast?.opacity(slot) ?? 0;
  }

  /** The slot of the tadpole at a place of the screen, -1 if none is there; never the own. */
  tadpoleAt(replica: Replica, spot: ScreenSpot): number {
    return tadpoleAt(replica, this.camera, spot);
  }

  /** Screen size in CSS pixels, and how many device pixels one of them has. */
  resize(width: number, height: number, devicePixelRatio: number): void {
    this.camera.resize(width, height);
    const resolution = renderResolution(width, height, devicePixelRatio);
    this.#water.resize(width, height, resolution);
    this.#renderer.resize(width, height, resolution);
  }

  /** The rest fields of a slot are new or changed. */
  refreshEntity(replica: Replica, slot: number, nowMs: number): void {
    // A replica that was not drawn yet brings its entities when it first is.
    if (this.#cast?.replica === replica) this.#cast.refreshEntity(slot, nowMs);
  }

  /** Shows words beside their speaker while that one is in view. */
  say(words: Words, nowMs: number): void {
    this.#cast?.say(words, nowMs);
  }

  /** Draws one more layer, which `make` makes with the uniforms of this scene, until it is removed. */
  addLayer<L extends Layer>(make: (scene: SceneUniforms) => L): L {
    const layer = make(this.#scene);
    this.#layers.add(layer);
    this.#stage.addChild(layer.container);
    return layer;
  }

  /** Destroys the layer. */
  removeLayer(layer: Layer): void {
    if (this.#layers.delete(layer)) layer.destroy();
  }

  /** Draws the replica as last sampled, or empty water before the first welcome. `dtS`: since the last frame. */
  draw(replica: Replica, nowMs: number, dtS: number): void {
    const hasWorld = replica.slotCount > 0;
    if (hasWorld) this.#follow(replica, dtS);
    this.#scene.write(this.camera, hasWorld ? replica : EMPTY_WORLD, this.#renderer.resolution, nowMs);
    if (hasWorld) this.#castOf(replica, nowMs).update(nowMs, dtS, this.pointed);
    if (hasWorld) for (const layer of this.#layers) layer.update(replica);
    this.#water.paint(this.#renderer);
    this.#renderer.render(this.#stage);
  }

  destroy(): void {
    this.#cast?.destroy();
    this.#stage.destroy({ children: true });
    this.#water.destroy();
    this.#renderer.destroy();
  }

  #follow(replica: Replica, dtS: number): void {
    const { ownSlot, drawX, drawY, drawSpeed } = replica;
    // Before the first frame the own tadpole is nowhere yet.
    if (replica.entityId(ownSlot) === 0) return;
    this.camera.follow(drawX[ownSlot], drawY[ownSlot], drawSpeed[ownSlot], dtS);
  }

  #castOf(replica: Replica, nowMs: number): Cast {
    const { resolution } = this.#renderer;
    if (this.#cast?.replica === replica && this.#cast.resolution === resolution) return this.#cast;
    this.#cast?.destroy();
    const { calm, isMuted } = this.#options;
    const cast = new Cast({ replica, camera: this.camera, scene: this.#scene, calm, resolution, isMuted });
    this.#cast = cast;
    this.#stage.addChildAt(cast.container, CAST_AT);
    for (let i = 0; i < replica.visibleCount; i++) cast.refreshEntity(replica.visible[i], nowMs);
    return cast;
  }
}
