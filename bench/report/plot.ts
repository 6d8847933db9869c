/**
 * Plots as inline SVG: lines and bars. Colours come from the page's style by class (`c-<system>`), so that light and dark
 * are one picture. Small enough in its own units to be read on a phone. Knows nothing of benches.
 */
import type { Axis } from "./axis.ts";
import { escapeHtml, slug, tickText } from "./format.ts";

const WIDTH = 440;
const HEIGHT = 290;
const LEFT = 46;
const RIGHT = 20;
const TOP = 10;
const BOTTOM = 42;

export interface Line {
  /** Class and legend. */
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly note: string }[];
  readonly isDashed?: boolean;
}

export interface LinePlot {
  /** Read out to those who do not see it. */
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  /** Texts of the ticks of x where they are no numbers. */
  readonly xTexts?: readonly string[];
  /** A limit to stay under; the legend says what it is. */
  readonly limit?: number;
}

export function linePlot(plot: LinePlot): string {
  const { x, y, limit } = plot;
  const px = (value: number) => round(LEFT + x.place(value) * (WIDTH - LEFT - RIGHT));
  const py = (value: number) => round(HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM));
  const base = HEIGHT - BOTTOM;
  const xTicks = x.ticks.map((tick, i) => {
    const text = plot.xTexts?.[i] ?? tickText(tick);
    return `<line class="grid" x1="${px(tick)}" y1="${TOP}" x2="${px(tick)}" y2="${base}"/><text x="${px(tick)}" y="${base + 16}" text-anchor="middle">${escapeHtml(text)}</text>`;
  });
  const yTicks = y.ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" y1="${py(tick)}" x2="${WIDTH - RIGHT}" y2="${py(tick)}"/><text x="${LEFT - 6}" y="${py(tick) + 4}" text-anchor="end">${tickText(tick)}</text>`,
  );
  const limitLine =
    limit === undefined
      ? ""
      : `<line class="limit" x1="${LEFT}" y1="${py(limit)}" x2="${WIDTH - RIGHT}" y2="${py(limit)}"/>`;
  // The first is drawn last, on top of the others.
  const lines = plot.lines.toReversed().map(({ name, points, isDashed }) => {
    const path = points.map((point, i) => `${i === 0 ? "M" : "L"}${px(point.x)} ${py(point.y)}`).join("");
    const dots = points.map(
      (point) =>
        `<circle cx="${px(point.x)}" cy="${py(point.y)}" r="3.5"><title>${escapeHtml(`${name}: ${point.note}`)}</title></circle>`,
    );
    return `<g class="line c-${slug(name)}"><path d="${path}"${isDashed ? ' stroke-dasharray="5 4"' : ""}/>${isDashed ? "" : dots.join("")}</g>`;
  });
  return svg(plot.title, HEIGHT, [
    ...xTicks,
    ...yTicks,
    `<line class="axis" x1="${LEFT}" y1="${base}" x2="${WIDTH - RIGHT}" y2="${base}"/>`,
    limitLine,
    ...lines,
    `<text class="label" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(plot.xLabel)}</text>`,
    `<text class="label" transform="translate(11 ${(TOP + base) / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(plot.yLabel)}</text>`,
  ]);
}

export interface Bar {
  readonly name: string;
  /** Whose colour, by class; the name's own if left out. */
  readonly colourOf?: string;
  /** Stacked in this order, each with an opacity class `part-0`, `part-1` ... */
  readonly parts: readonly number[];
  /** Behind the bar. */
  readonly text: string;
  readonly note: string;
}

export interface BarPlot {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const BAR_ROW = 40;
const BAR_HEIGHT = 15;
/** Room behind the longest bar for its text. */
const BAR_TEXT = 125;

/** Lying bars, each under its name: names of any length fit on any screen. */
export function barPlot({ title, bars }: BarPlot): string {
  const total = (bar: Bar) => bar.parts.reduce((sum, part) => sum + part, 0);
  const largest = Math.max(...bars.map(total), Number.MIN_VALUE);
  const scale = (WIDTH - BAR_TEXT) / largest;
  const height = bars.length * BAR_ROW;
  const rows = bars.map((bar, i) => {
    const top = i * BAR_ROW;
    let left = 0;
    const parts = bar.parts.map((part, index) => {
      const rect = `<rect class="part-${index}" x="${round(left)}" y="${top + 18}" width="${round(Math.max(part * scale, 0.5))}" height="${BAR_HEIGHT}"/>`;
      left += part * scale;
      return rect;
    });
    return `<g class="bar c-${slug(bar.colourOf ?? bar.name)}"><title>${escapeHtml(`${bar.name}: ${bar.note}`)}</title><text class="name" x="0" y="${top + 13}">${escapeHtml(bar.name)}</text>${parts.join("")}<text x="${round(left + 6)}" y="${top + 30}">${escapeHtml(bar.text)}</text></g>`;
  });
  return svg(title, height, rows);
}

function svg(title: string, height: number, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">${parts.join("")}</svg>`;
}

/** A tenth of a unit is less than a pixel. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
