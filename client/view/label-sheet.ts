/**
 * The atlas: one texture that holds every name and the arrow. Sprites that share a texture are one draw call, and a
 * crowd that comes and goes makes no textures. Each label is sent to the GPU alone when it is added; all of them when
 * Pixi makes the texture anew, as after a lost context.
 */
import { ExtensionType, extensions, Rectangle, Texture, TextureSource } from "pixi.js";
import { LABEL_HEIGHT } from "./label-paint.ts";
import { type ShelfPlace, Shelves } from "./shelves.ts";

/** Size of the sheet, CSS pixels: about 280 names of usual length. */
const WIDTH = 1024;
const SHELVES = 21;
/** Kept empty to the right of each label, device pixels: a smoothed edge must not show what lies beside it. */
const GAP = 1;

const UPLOAD_METHOD = "label-sheet";

export interface Label {
  readonly texture: Texture;
  readonly place: ShelfPlace;
  /** Draws it on a canvas of its own. */
  readonly paint: () => HTMLCanvasElement;
}

class SheetSource extends TextureSource {
  override uploadMethodId = UPLOAD_METHOD;
  readonly labels = new Set<Label>();
  /** Added, but not on the GPU yet. */
  readonly fresh = new Map<Label, HTMLCanvasElement>();
}

extensions.add({
  type: ExtensionType.TextureUploaderWebGL,
  name: UPLOAD_METHOD,
  ref: { id: UPLOAD_METHOD, upload },
});

export class LabelSheet {
  readonly resolution: number;
  readonly #shelfPixels: number;
  readonly #shelves: Shelves;
  readonly #source: SheetSource;

  /** `resolution`: device pixels for one CSS pixel. */
  constructor(resolution: number) {
    const width = Math.ceil(WIDTH * resolution);
    this.resolution = resolution;
    this.#shelfPixels = Math.ceil(LABEL_HEIGHT * resolution);
    this.#shelves = new Shelves({ count: SHELVES, width });
    this.#source = new SheetSource({
      width: width / resolution,
      height: (SHELVES * this.#shelfPixels) / resolution,
      resolution,
      alphaMode: "premultiply-alpha-on-upload",
    });
  }

  /** The label with its texture, or undefined if there is no room. `remove` it. */
  add(paint: () => HTMLCanvasElement, canvas = paint()): Label | undefined {
    const place = this.#shelves.take(canvas.width + GAP);
    if (place === undefined) return undefined;
    const { x, shelf } = place;
    const inCss = (pixels: number) => pixels / this.resolution;
    const frame = new Rectangle(inCss(x), inCss(shelf * this.#shelfPixels), inCss(canvas.width), inCss(canvas.height));
    const label = { texture: new Texture({ source: this.#source, frame }), place, paint };
    this.#source.labels.add(label);
    this.#source.fresh.set(label, canvas);
    this.#source.update();
    return label;
  }

  /** No sprite may show it any more. */
  remove(label: Label): void {
    this.#source.labels.delete(label);
    this.#source.fresh.delete(label);
    this.#shelves.give(label.place);
    label.texture.destroy();
  }

  destroy(): void {
    for (const { texture } of this.#source.labels) texture.destroy();
    this.#source.destroy();
  }
}

/** Pixi calls it with the texture bound: when the source says that it changed, and whenever the texture is new. */
function upload(
  source: TextureSource,
  glTexture: { width: number; height: number; internalFormat: number; format: number; type: number },
  gl: WebGLRenderingContext | WebGL2RenderingContext,
): void {
  if (!(source instanceof SheetSource)) return;
  const { pixelWidth, pixelHeight, labels, fresh } = source;
  const { internalFormat, format, type } = glTexture;
  if (glTexture.width !== pixelWidth || glTexture.height !== pixelHeight) {
    gl.texImage2D(gl.TEXTURE_2D, 0, internalFormat, pixelWidth, pixelHeight, 0, format, type, null);
    glTexture.width = pixelWidth;
    glTexture.height = pixelHeight;
    for (const label of labels) if (!fresh.has(label)) fresh.set(label, label.paint());
  }
  for (const [{ place }, canvas] of fresh) {
    const y = (place.shelf * pixelHeight) / SHELVES;
    gl.texSubImage2D(gl.TEXTURE_2D, 0, place.x, y, format, type, canvas);
  }
  fresh.clear();
}
