/** A small live graph of one number: its last 12 seconds, from 0 to the highest of them. What is below 0 is drawn as 0. */
import { element } from "../ui/element.ts";

/** At 4 a second. */
const SAMPLES = 48;
const HEIGHT = 28;
/** As --accent and --ink-soft in styles.css. */
const LINE = "#8ff0d8";
const AREA = "rgba(143, 240, 216, 0.16)";
const SCALE = "#b9cbd0";
const SCALE_GROUND = "rgba(20, 32, 39, 0.75)";
const FONT = "10px system-ui, sans-serif";

export interface GraphOptions {
  /** The top is never lower than this, so that noise around nothing stays small. */
  readonly topMin: number;
  /** Writes the number at the top. */
  readonly label: (top: number) => string;
}

export class Graph {
  /** Says nothing that the number beside it does not say better. */
  readonly root = element("canvas", { className: "overlay-graph", attributes: { "aria-hidden": "true" } });
  readonly #options: GraphOptions;
  readonly #context = this.root.getContext("2d");
  /** Oldest first; NaN is a gap. */
  readonly #samples: number[] = [];

  constructor(options: GraphOptions) {
    this.#options = options;
  }

  add(sample: number): void {
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    if (this.#context !== null) this.#draw(this.#context);
  }

  clear(): void {
    this.#samples.length = 0;
  }

  #draw(context: CanvasRenderingContext2D): void {
    const width = this.#prepare(context);
    const known = this.#samples.filter(Number.isFinite);
    const top = Math.max(this.#options.topMin, ...known);
    const step = width / (SAMPLES - 1);
    const firstX = width - (this.#samples.length - 1) * step;
    const yOf = (sample: number): number => HEIGHT - 1 - (Math.max(sample, 0) / top) * (HEIGHT - 3);
    const line = new Path2D();
    const area = new Path2D();
    let isDown = false;
    for (const [i, sample] of this.#samples.entries()) {
      const x = firstX + i * step;
      if (!Number.isFinite(sample)) {
        if (isDown) area.lineTo(x - step, HEIGHT);
        isDown = false;
        continue;
      }
      if (isDown) line.lineTo(x, yOf(sample));
      else {
        line.moveTo(x, yOf(sample));
        area.moveTo(x, HEIGHT);
      }
      area.lineTo(x, yOf(sample));
      isDown = true;
    }
    if (isDown) area.lineTo(width, HEIGHT);
    context.fillStyle = AREA;
    context.fill(area);
    context.strokeStyle = LINE;
    context.lineWidth = 1.25;
    context.stroke(line);
    if (known.length > 0) writeScale(context, this.#options.label(top));
  }

  /** Sizes the canvas to what the style sheet makes of it, in device pixels, clears it, and returns its width. */
  #prepare(context: CanvasRenderingContext2D): number {
    const ratio = window.devicePixelRatio;
    const width = this.root.clientWidth;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(HEIGHT * ratio)];
    if (this.root.width !== pixelWidth || this.root.height !== pixelHeight) {
      this.root.width = pixelWidth;
      this.root.height = pixelHeight;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, HEIGHT);
    return width;
  }
}

/** At the top, on a ground of its own: the line may run there. */
function writeScale(context: CanvasRenderingContext2D, text: string): void {
  context.font = FONT;
  context.textBaseline = "top";
  context.fillStyle = SCALE_GROUND;
  context.fillRect(0, 0, context.measureText(text).width + 2, 11);
  context.fillStyle = SCALE;
  context.fillText(text, 0, 1);
}
