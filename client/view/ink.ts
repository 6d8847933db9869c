/**
 * Colours of the pond's text, and a canvas to draw it on with the browser's own text engine, which is right for every
 * script and for emoji. One unit is one CSS pixel.
 */

/** Red, green and blue, 0 to 255, and how much it covers, 0 to 1. */
export type Ink = readonly [red: number, green: number, blue: number, alpha: number];

/** Names: letters, and the rim that they stand out from. */
export const NAME_INK: Ink = [238, 244, 246, 1];
export const OWN_NAME_INK: Ink = [255, 243, 201, 1];
export const NAME_RIM: Ink = [4, 10, 14, 0.62];

/** Who a bubble's words were meant for; sets its colours. */
export type BubbleTone = "nearby" | "room" | "whisper";

export const BUBBLE_INKS: Readonly<Record<BubbleTone, { readonly fill: Ink; readonly ink: Ink }>> = {
  nearby: { fill: [6, 14, 20, 0.78], ink: [244, 248, 250, 1] },
  room: { fill: [58, 38, 4, 0.86], ink: [255, 236, 203, 1] },
  whisper: { fill: [44, 16, 64, 0.86], ink: [245, 230, 255, 1] },
};

export function cssInk([red, green, blue, alpha]: Ink): string {
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

/** What all text in the pond is set in. */
export const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export function openCanvas(): CanvasRenderingContext2D {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) throw new Error("cannot draw text: no 2d canvas");
  return context;
}

/** Sizes the canvas and starts its state over. `resolution`: device pixels for one CSS pixel. */
export function sizeCanvas(context: CanvasRenderingContext2D, width: number, height: number, resolution: number): void {
  context.canvas.width = Math.ceil(width * resolution);
  context.canvas.height = Math.ceil(height * resolution);
  context.scale(resolution, resolution);
}
