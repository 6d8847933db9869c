/** One self-contained HTML page of the figures: no script, no network. */
import { linearAxis, logAxis } from "../report/axis.ts";
import { escapeHtml, number, slug } from "../report/format.ts";
import { type Line, linePlot } from "../report/plot.ts";
import { STYLE } from "../report/style.ts";
import { describe } from "../trouble/options.ts";
import { type FeelRun, type Quantiles, SHARES } from "./run.ts";
import type { SeriesPoint } from "./series.ts";
import { type Judged, judge, shown } from "./targets.ts";

export interface FeelFile {
  readonly version: 1;
  readonly seconds: number;
  readonly seed: number;
  readonly runs: readonly FeelRun[];
}

/** Colours that the report's style has, one for each trouble. */
const COLOURS: Readonly<Record<string, string>> = {
  lan: "--floor",
  wifi: "--p6",
  "4g": "--shoal",
  "far-4g": "--p1",
  "3g": "--p2",
  train: "--p4",
};
const OWN_STYLE = Object.entries(COLOURS)
  .map(([name, colour]) => `.c-${slug(name)} { --c: var(${colour}); }`)
  .concat(".c-age { --c: var(--p1); } .c-delay { --c: var(--shoal); } .through path { stroke-dasharray: none; }")
  .join("\n");
const MARKS = { met: "✓ met", missed: "✗ missed", shown: "" } as const;
const CLASSES = { met: "met", missed: "missed", shown: "not-measured" } as const;
/** Points of a line over time; more than a plot is wide in pixels says nothing. */
const SERIES_POINTS = 200;
/** The last second before a hole and those after its start, seconds. */
const HOLE_WINDOW = { from: 9, to: 18 };

export function renderPage(file: FeelFile): string {
  const { runs, seconds, seed } = file;
  const title = "Shoal feel: what players see through bad connections";
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="quiet">Real clients and the real server in one process, in virtual time; between them a model of each connection. ${runs[0].players} players, ${seconds} s each, seed ${seed}. The same seed gives the same figures on every machine.</p>`,
    `<dl class="facts">${runs.map(({ profile, conditions }) => `<dt>${escapeHtml(profile)}</dt><dd>${escapeHtml(describe(conditions))}</dd>`).join("")}</dl>`,
    section("Targets", targetTable(judge(runs), runs)),
    section(
      "The own tadpole",
      plots(
        spread("Prediction error when the server tells", "world units", runs, (run) => run.predictionError),
        spread("Drawn place off the path to come", "world units", runs, (run) => run.ownError),
      ),
    ),
    section(
      "The others",
      plots(
        spread("Error where drawn", "world units", runs, (run) => run.othersError),
        spread("Delay beyond one tick", "ms", runs, (run) => run.delayBeyondMs),
      ),
    ),
    section(
      "Age of information",
      plots(
        spread("Age of the newest state", "ms", runs, (run) => run.ageMs),
        ...runs.map(({ profile, series }) => overTime(`${profile}, one player`, series)),
      ),
    ),
    section("A hole of 5 s", plots(holePlot(runs))),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}${OWN_STYLE}</style></head>
<body><main>${body.filter((part) => part !== "").join("\n")}</main></body></html>
`;
}

function targetTable(judged: readonly Judged[], runs: readonly FeelRun[]): string {
  const rows = [...new Set(judged.map(({ figure }) => figure))].map((figure) => {
    const row = judged.filter((one) => one.figure === figure);
    const cells = row.map(({ seen, target, verdict }) => {
      const promise = target === undefined ? "" : `<br><span class="quiet">${shown(target)}</span> ${MARKS[verdict]}`;
      return `<td class="n"><span class="${CLASSES[verdict]}">${shown(seen)}</span>${promise}</td>`;
    });
    return `<tr><td>${escapeHtml(`${figure}${row[0].unit === "" ? "" : `, ${row[0].unit}`}`)}</td>${cells.join("")}</tr>`;
  });
  const head = runs.map(({ profile }) => `<th class="n">${escapeHtml(profile)}</th>`);
  return `<p>Seen, and below it the most that is allowed.</p><div class="scroll"><table class="wide"><thead><tr><th></th>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/** How a figure is spread over its samples: a line for each trouble. */
function spread(title: string, unit: string, runs: readonly FeelRun[], of: (run: FeelRun) => Quantiles): string {
  const lines = runs.map((run) => ({
    name: run.profile,
    // Without samples there is nothing to draw.
    points: of(run)
      .filter(Number.isFinite)
      .map((y, x) => ({ x, y: Math.max(y, 0), note: `${SHARES[x] * 100} %: ${number(y)} ${unit}` })),
  }));
  const places = SHARES.map((_, i) => i);
  const x = { low: 0, high: SHARES.length - 1, ticks: places, place: (at: number) => at / (SHARES.length - 1) };
  // One trouble is a thousand times another.
  const y = logAxis(lines.flatMap(({ points }) => points.map((point) => point.y)));
  const xTexts = SHARES.map((share) => `${share * 100}`);
  return figure(
    title,
    lines,
    linePlot({ title, x, y, xLabel: "% of samples are not above", yLabel: unit, lines, xTexts }),
  );
}

function overTime(title: string, series: readonly SeriesPoint[]): string {
  const line = (name: string, of: (point: SeriesPoint) => number): Line => ({ name, points: thin(series, of) });
  const lines = [line("age", ({ ageMs }) => ageMs), line("delay", ({ delayMs }) => delayMs)];
  return timePlot(title, lines, "age of the newest state; delay beyond one tick");
}

function holePlot(runs: readonly FeelRun[]): string {
  const lines = runs.flatMap(({ profile, hole }) => {
    const inWindow =
      hole?.series.filter(({ seconds }) => seconds >= HOLE_WINDOW.from && seconds <= HOLE_WINDOW.to) ?? [];
    return inWindow.length === 0 ? [] : [{ name: profile, points: thin(inWindow, ({ ageMs }) => ageMs) }];
  });
  return lines.length === 0
    ? ""
    : timePlot("Age of the newest state, one player", lines, "the hole is from 10 to 15 s");
}

function timePlot(title: string, lines: readonly Line[], caption: string): string {
  const points = lines.flatMap((line) => line.points);
  const low = Math.min(...points.map(({ x }) => x));
  const span = Math.max(...points.map(({ x }) => x)) - low || 1;
  const ticks = Array.from({ length: 6 }, (_, i) => low + (span * i) / 5);
  const x = { low, high: low + span, ticks, place: (at: number) => (at - low) / span };
  const y = linearAxis(points.map((point) => point.y));
  // Dashed lines have no dots, for which there are too many points; the class draws them through.
  const dashed = lines.map((line) => ({ ...line, isDashed: true }));
  const plot = linePlot({ title, x, y, xLabel: "seconds", yLabel: "ms", lines: dashed });
  return figure(title, lines, `<div class="through">${plot}</div>`, caption);
}

/** The highest of each stretch: peaks are what is looked for. */
function thin(series: readonly SeriesPoint[], of: (point: SeriesPoint) => number): Line["points"] {
  const stretch = Math.max(1, Math.ceil(series.length / SERIES_POINTS));
  const points: { x: number; y: number; note: string }[] = [];
  for (let i = 0; i < series.length; i += stretch) {
    const y = Math.max(0, ...series.slice(i, i + stretch).map(of));
    points.push({ x: series[i].seconds, y, note: "" });
  }
  return points;
}

function figure(title: string, lines: readonly Line[], plot: string, caption = ""): string {
  const legend = lines.map(({ name }) => `<span class="c-${slug(name)}">${escapeHtml(name)}</span>`).join("");
  const words = caption === "" ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`;
  return `<figure><h3>${escapeHtml(title)}</h3><div class="legend">${legend}</div>${plot}${words}</figure>`;
}

function section(title: string, content: string): string {
  return content === "" ? "" : `<section><h2>${escapeHtml(title)}</h2>${content}</section>`;
}

function plots(...figures: string[]): string {
  const all = figures.join("");
  return all === "" ? "" : `<div class="grid-of-plots">${all}</div>`;
}
