/**
 * A canvas to draw labels and bubbles on with the browser's own text engine, which is right for every script and for
 * emoji. One unit is one CSS pixel.
 */

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
