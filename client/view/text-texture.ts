/**
 * Text as textures, drawn by the browser's own text engine on a canvas: right for every script and for emoji. The
 * caller owns each texture and destroys it with `destroyTexture`; nothing here is cached.
 */
import { CanvasSource, Texture } from "pixi.js";
import { isRightToLeft, textLines } from "./text-lines.ts";

const FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const NAME_FONT = `600 12px ${FAMILY}`;
const BUBBLE_FONT = `500 13.5px ${FAMILY}`;
const NAME_WIDTH_MAX = 190;
const BUBBLE_WIDTH_MAX = 180;
const BUBBLE_LINES_MAX = 14;
const BUBBLE_LINE_HEIGHT = 18;
const BUBBLE_PADDING_X = 11;
const BUBBLE_PADDING_Y = 7;
/** Room around a label for its shadow, CSS pixels. */
const MARGIN = 4;

/** Who a bubble's words were meant for; sets its colours. */
export type BubbleTone = "nearby" | "room" | "whisper";

const TONES: Record<BubbleTone, { readonly fill: string; readonly ink: string }> = {
  nearby: { fill: "rgba(6, 14, 20, 0.78)", ink: "#f4f8fa" },
  room: { fill: "rgba(58, 38, 4, 0.86)", ink: "#ffeccb" },
  whisper: { fill: "rgba(44, 16, 64, 0.86)", ink: "#f5e6ff" },
};

/** A name on one line, with a dark rim that keeps it readable on any water. */
export function nameTexture(name: string, isOwn: boolean, resolution: number): Texture {
  const context = openCanvas();
  context.font = NAME_FONT;
  const width = Math.min(context.measureText(name).width, NAME_WIDTH_MAX);
  size(context, width + 2 * MARGIN, 16 + 2 * MARGIN, resolution);
  context.font = NAME_FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = isRightToLeft(name) ? "rtl" : "ltr";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = "rgba(4, 10, 14, 0.62)";
  context.fillStyle = isOwn ? "#fff3c9" : "#eef4f6";
  const middle = MARGIN + width / 2;
  context.strokeText(name, middle, MARGIN + 8, NAME_WIDTH_MAX);
  context.fillText(name, middle, MARGIN + 8, NAME_WIDTH_MAX);
  return canvasTexture(context, resolution);
}

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
  size(context, width + 2 * MARGIN, height + 2 * MARGIN, resolution);
  context.beginPath();
  context.roundRect(MARGIN, MARGIN, width, height, 11);
  context.fillStyle = TONES[tone].fill;
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
  context.fillStyle = TONES[tone].ink;
  const x = MARGIN + BUBBLE_PADDING_X + (isRtl ? textWidth : 0);
  const top = MARGIN + BUBBLE_PADDING_Y + BUBBLE_LINE_HEIGHT / 2 + 0.5;
  for (const [i, line] of lines.entries())
    context.fillText(line, x, top + i * BUBBLE_LINE_HEIGHT, BUBBLE_WIDTH_MAX + 8);
  return canvasTexture(context, resolution);
}

/** A small white triangle that points right; tinted where it is used. */
export function arrowTexture(resolution: number): Texture {
  const context = openCanvas();
  size(context, 18, 18, resolution);
  context.beginPath();
  context.moveTo(15, 9);
  context.lineTo(5, 14.5);
  context.quadraticCurveTo(7.5, 9, 5, 3.5);
  context.closePath();
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = "rgba(4, 10, 14, 0.4)";
  context.stroke();
  context.fillStyle = "#ffffff";
  context.fill();
  return canvasTexture(context, resolution);
}

/** Frees the texture, its canvas and its place in GPU memory. */
export function destroyTexture(texture: Texture): void {
  texture.destroy(true);
}

function openCanvas(): CanvasRenderingContext2D {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) throw new Error("cannot draw text: no 2d canvas");
  return context;
}

/** Sizes the canvas and starts its state over; afterwards one unit is one CSS pixel. */
function size(context: CanvasRenderingContext2D, width: number, height: number, resolution: number): void {
  context.canvas.width = Math.ceil(width * resolution);
  context.canvas.height = Math.ceil(height * resolution);
  context.scale(resolution, resolution);
}

function canvasTexture(context: CanvasRenderingContext2D, resolution: number): Texture {
  return new Texture({ source: new CanvasSource({ resource: context.canvas, resolution }) });
}
