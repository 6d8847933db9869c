/**
 * Bubbles of words as textures. Unlike labels each has a texture of its own: they differ in height, are few, and live for
 * seconds. The caller owns it and destroys it with `destroyTexture`.
 */
import { CanvasSource, Texture } from "pixi.js";
import { BUBBLE_INKS, type BubbleTone, cssInk, FONT_FAMILY, openCanvas, sizeCanvas } from "./ink.ts";
import { isRightToLeft, textLines } from "./text-lines.ts";

const BUBBLE_FONT = `500 13.5px ${FONT_FAMILY}`;
const BUBBLE_WIDTH_MAX = 180;
const BUBBLE_LINES_MAX = 14;
const BUBBLE_LINE_HEIGHT = 18;
const BUBBLE_PADDING_X = 11;
const BUBBLE_PADDING_Y = 7;
/** Room around a bubble for its shadow, CSS pixels. */
export const MARGIN = 4;

export interface BubbleParts {
  readonly text: string;
  readonly tone: BubbleTone;
  /** The speaker's, 0xRRGGBB: the box's edge shows who speaks. */
  readonly colour: number;
}

/** Words in a rounded box, wrapped. */
export function bubbleTexture({ text, tone, colour }: BubbleParts, resolution: number): Texture {
  const context = openCanvas();
  context.font = BUBBLE_FONT;
  const lines = textLines(text, BUBBLE_WIDTH_MAX, BUBBLE_LINES_MAX, (part) => context.measureText(part).width);
  const textWidth = Math.max(8, ...lines.map((line) => Math.min(context.measureText(line).width, BUBBLE_WIDTH_MAX)));
  const width = textWidth + 2 * BUBBLE_PADDING_X;
  const height = lines.length * BUBBLE_LINE_HEIGHT + 2 * BUBBLE_PADDING_Y;
  sizeCanvas(context, width + 2 * MARGIN, height + 2 * MARGIN, resolution);
  context.beginPath();
  context.roundRect(MARGIN, MARGIN, width, height, 11);
  context.fillStyle = cssInk(BUBBLE_INKS[tone].fill);
  context.shadowColor = "rgba(0, 0, 0, 0.35)";
  context.shadowBlur = 3 * resolution;
  context.fill();
  context.shadowColor = "transparent";
  context.strokeStyle = `#${colour.toString(16).padStart(6, "0")}`;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.25;
  context.stroke();
  context.globalAlpha = 1;
  const isRtl = isRightToLeft(text);
  context.font = BUBBLE_FONT;
  context.direction = isRtl ? "rtl" : "ltr";
  context.textAlign = isRtl ? "right" : "left";
  context.textBaseline = "middle";
  context.fillStyle = cssInk(BUBBLE_INKS[tone].ink);
  const x = MARGIN + BUBBLE_PADDING_X + (isRtl ? textWidth : 0);
  const top = MARGIN + BUBBLE_PADDING_Y + BUBBLE_LINE_HEIGHT / 2 + 0.5;
  for (const [i, line] of lines.entries())
    context.fillText(line, x, top + i * BUBBLE_LINE_HEIGHT, BUBBLE_WIDTH_MAX + 8);
  return canvasTexture(context, resolution);
}

/** Frees the texture, its canvas and its place in GPU memory. */
export function destroyTexture(texture: Texture): void {
  texture.destroy(true);
}

function canvasTexture(context: CanvasRenderingContext2D, resolution: number): Texture {
  return new Texture({ source: new CanvasSource({ resource: context.canvas, resolution }) });
}
