/** What stands on the label sheet: names, and the arrow. Each is drawn on a canvas of its own. */
import { cssInk, FONT_FAMILY, NAME_INK, NAME_RIM, OWN_NAME_INK, openCanvas, sizeCanvas } from "./ink.ts";
import { isRightToLeft } from "./text-lines.ts";

const NAME_FONT = `600 12px ${FONT_FAMILY}`;
const NAME_WIDTH_MAX = 190;
const NAME_HEIGHT = 16;
/** Room around a name for its rim, CSS pixels. */
const MARGIN = 4;
/** No label is higher, CSS pixels. */
export const LABEL_HEIGHT = NAME_HEIGHT + 2 * MARGIN;
const ARROW_EDGE = 18;

/** A name on one line, with a dark rim that keeps it readable on any water. */
export function paintName(name: string, isOwn: boolean, resolution: number): HTMLCanvasElement {
  const context = openCanvas();
  context.font = NAME_FONT;
  const width = Math.min(context.measureText(name).width, NAME_WIDTH_MAX);
  sizeCanvas(context, width + 2 * MARGIN, LABEL_HEIGHT, resolution);
  context.font = NAME_FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = isRightToLeft(name) ? "rtl" : "ltr";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = cssInk(NAME_RIM);
  context.fillStyle = cssInk(isOwn ? OWN_NAME_INK : NAME_INK);
  const middle = MARGIN + width / 2;
  context.strokeText(name, middle, LABEL_HEIGHT / 2, NAME_WIDTH_MAX);
  context.fillText(name, middle, LABEL_HEIGHT / 2, NAME_WIDTH_MAX);
  return context.canvas;
}

/** A small white triangle that points right; tinted where it is used. */
export function paintArrow(resolution: number): HTMLCanvasElement {
  const context = openCanvas();
  sizeCanvas(context, ARROW_EDGE, ARROW_EDGE, resolution);
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
  return context.canvas;
}
