/** The report's plots: which figures of the results are drawn against what. */
import {
  cpuUs,
  type Figure,
  FLOOR,
  heldWindowsOf,
  pooledP99,
  ratioToFloor,
  spreadOf,
  systemsOf,
  windowsOf,
} from "../aggregate.ts";
import type { BenchFile, HttpMeasurement, Measurement } from "../results.ts";
import { mergeSummaries } from "../summary.ts";
import { type Axis, linearAxis, logAxis } from "./axis.ts";
import { escapeHtml, number, slug } from "./format.ts";
import { type Bar, barPlot, type Line, linePlot } from "./plot.ts";

const TICK_LIMIT_MS = 50;

/** Tick p99 against players. */
export function tickPlot(file: BenchFile): string {
  const tickP99: OverRounds = (windows) => pooledP99(windows, ({ server }) => server.tickMs);
  // Where a line crosses the limit is what the plot is for: overrun windows are in it.
  const lines = seriesLines({ file, kind: "players", of: windowsOf, x: playersOf, y: tickP99, unit: "ms" });
  if (lines.length === 0) return "";
  const points = lines.flatMap((line) => line.points);
  const plot = linePlot({
    title: "Tick p99 against players",
    x: playersAxis(points.map(({ x }) => x)),
    y: logAxis([...points.map(({ y }) => y), TICK_LIMIT_MS]),
    xLabel: "players",
    yLabel: "tick p99, ms",
    lines,
    limit: TICK_LIMIT_MS,
  });
  const words =
    "How long the slowest tick in a hundred takes. Both axes are logarithmic. A line ends where a system was overrun, or where its sweep ends.";
  return figure("Tick p99 against players", legend(lines, `${TICK_LIMIT_MS} ms: a whole tick at 20 Hz`), plot, words);
}

/** CPU of a whole tick against players, on straight axes: a straight line through zero is what is wanted. */
export function linearityPlot(file: BenchFile): string {
  const cpuMs: Figure = (one) => (cpuUs(one) * one.players) / 1000;
  const y: OverRounds = (windows) => median(windows, cpuMs);
  const all = seriesLines({ file, kind: "players", of: heldWindowsOf, x: playersOf, y, unit: "ms of CPU a tick" });
  const lines = all.filter(({ name }) => ["shoal", FLOOR].includes(name));
  const own = lines.find(({ name }) => name === "shoal");
  if (own === undefined) return "";
  const perPlayer = [...own.points].sort((a, b) => a.y / a.x - b.y / b.x)[own.points.length >> 1];
  const most = Math.max(...own.points.map(({ x }) => x));
  const slope = perPlayer.y / perPlayer.x;
  const ends = [0, most].map((x) => ({ x, y: slope * x, note: "" }));
  const drawn = [...lines, { name: "proportional", points: ends, isDashed: true }];
  const points = drawn.flatMap((line) => line.points);
  const plot = linePlot({
    title: "CPU a tick against players",
    x: linearAxis(points.map(({ x }) => x)),
    y: linearAxis(points.map(({ y }) => y)),
    xLabel: "players, at the same density",
    yLabel: "server CPU a tick, ms",
    lines: drawn,
  });
  return figure(
    "Linear in players",
    legend(drawn),
    plot,
    "Server CPU of one tick for everyone. Dashed: exactly proportional, at Shoal's median cost.",
  );
}

export function densityPlots(file: BenchFile): string {
  // The floor knows no entities: at each point it stands where Shoal does.
  const visible: Figure = (one) => median(heldWindowsOf(file, one.scenario, "shoal"), ({ visibleMean }) => visibleMean);
  const draw = (what: string, yLabel: string, drawn: Figure, unit: string, words: string): string => {
    const y: OverRounds = (windows) => median(windows, drawn);
    // The floor sends what Shoal sends: its bytes are no result.
    const all = seriesLines({ file, kind: "density", of: heldWindowsOf, x: visible, y, unit });
    const lines = all.filter(({ name }) => unit !== "B" || name !== FLOOR);
    if (lines.length === 0) return "";
    const points = lines.flatMap((line) => line.points);
    const axes = { x: linearAxis(points.map(({ x }) => x)), y: linearAxis(points.map(({ y }) => y)) };
    return figure(
      what,
      legend(lines),
      linePlot({ title: what, ...axes, xLabel: "others in view", yLabel, lines }),
      words,
    );
  };
  const bytes: Figure = (one) => one.bytesPerClientPerSecond / one.tickHz;
  return (
    draw(
      "CPU against density",
      "CPU per client-tick, µs",
      cpuUs,
      "µs",
      "The same players in smaller and larger worlds.",
    ) +
    draw(
      "Bytes against density",
      "bytes per client and tick",
      bytes,
      "B",
      "All bytes of a frame, WebSocket header included.",
    )
  );
}

/** One plot for each scenario that says most: with peers where there are any. */
export function cpuPlots(file: BenchFile): string {
  return shownScenarios(file)
    .map((scenario) => cpuPlot(file, scenario))
    .join("");
}

function cpuPlot(file: BenchFile, scenario: string): string {
  const bars = systemsIn(file, scenario).map((name) => {
    const windows = heldWindowsOf(file, scenario, name);
    if (windows.length === 0) return { name, parts: [0, 0], text: "overrun", note: "did not keep the tick rate" };
    const user = median(windows, ({ server }) => server.cpuUserUs);
    const system = median(windows, ({ server }) => server.cpuSystemUs);
    const ratio = name === FLOOR ? undefined : ratioToFloor(file, scenario, name, cpuUs);
    const text = `${number(user + system)} µs${ratio === undefined ? "" : `  ${number(ratio.median)}×`}`;
    return { name, parts: [user, system], text, note: `user ${number(user)} µs, system ${number(system)} µs` };
  });
  const keys = `<div class="legend c-shoal"><span>user</span><span class="half">system</span></div>`;
  const title = `CPU per client-tick: ${scenario}`;
  return figure(
    title,
    keys,
    barPlot({ title, bars }),
    `${describe(file, scenario)} × is the ratio to the floor of the same rounds.`,
  );
}

/** Systems beside each other; without peers, Shoal's scenarios beside each other. */
export function bytesPlots(file: BenchFile): string {
  const words = "Everything on the wire, WebSocket header included.";
  const barOf = (scenario: string, system: string, name: string): Bar => {
    const windows = heldWindowsOf(file, scenario, system);
    if (windows.length === 0) return { name, colourOf: system, parts: [0], text: "overrun", note: "" };
    const bytes = median(windows, (one) => one.bytesPerVisiblePerTick);
    const each = median(windows, (one) => one.bytesPerClientPerSecond) / 1000;
    const note = `${number(each)} KB/s to each client`;
    return { name, colourOf: system, parts: [bytes], text: `${number(bytes)} B`, note };
  };
  const shown = shownScenarios(file);
  if (!shown.some((scenario) => hasPeers(file, scenario))) {
    const title = "Bytes per visible entity and tick";
    const own = file.scenarios.filter(({ name }) => windowsOf(file, name, "shoal").length > 0 && !/[@/]/.test(name));
    const bars = own.map(({ name }) => barOf(name, "shoal", name));
    return bars.length === 0 ? "" : figure(title, "", barPlot({ title, bars }), words);
  }
  return shown
    .map((scenario) => {
      const systems = systemsIn(file, scenario).filter((system) => system !== FLOOR);
      const title = `Bytes per visible entity and tick: ${scenario}`;
      const bars = systems.map((system) => barOf(scenario, system, system));
      return figure(title, "", barPlot({ title, bars }), `${describe(file, scenario)} ${words}`);
    })
    .join("");
}

const PERCENTILES = ["p50", "p90", "p99", "p999", "max"] as const;
const PERCENTILE_TEXTS = ["p50", "p90", "p99", "p99.9", "max"];

export function agePlots(file: BenchFile): string {
  return shownScenarios(file)
    .map((scenario) => {
      const lines = systemsIn(file, scenario).flatMap((name): Line[] => {
        const age = mergeSummaries(heldWindowsOf(file, scenario, name).map(({ ageMs }) => ageMs));
        if (age.count === 0) return [];
        const points = PERCENTILES.map((key, i) => ({
          x: i,
          y: age[key],
          note: `${PERCENTILE_TEXTS[i]} ${number(age[key])} ms`,
        }));
        return [{ name, points }];
      });
      if (lines.length === 0) return "";
      const places = PERCENTILES.map((_, i) => i);
      const x: Axis = { low: 0, high: 4, ticks: places, place: (value) => 0.04 + (value / 4) * 0.92 };
      const title = `Age of information: ${scenario}`;
      const y = logAxis(lines.flatMap(({ points }) => points.map((point) => point.y)));
      const plot = linePlot({ title, x, y, xLabel: "percentile", yLabel: "age, ms", lines, xTexts: PERCENTILE_TEXTS });
      const words = "From a tick's start on the server to its frame at the client. Overrun systems are left out.";
      return figure(title, legend(lines), plot, words);
    })
    .join("");
}

/** What one delivered update costs the server by each way that delivers it. */
export function deliveryPlot({ http }: BenchFile): string {
  const ways = http.filter(({ unit }) => unit === "update");
  if (ways.length === 0) return "";
  const cpu = (one: HttpMeasurement) => one.cpuUserUs + one.cpuSystemUs;
  const push = ways.find(({ name }) => name === "push");
  const bars = ways.map((one) => {
    const ratio = push === undefined || one === push ? "" : `  ${number(cpu(one) / cpu(push))}×`;
    const note = `${one.what}; ${number(one.bytesPerUnit)} B down each`;
    return {
      name: one.name,
      parts: [one.cpuUserUs, one.cpuSystemUs],
      text: `${number(cpu(one))} µs${ratio}`,
      note,
    };
  });
  const keys = `<div class="legend c-push"><span>user</span><span class="half">system</span></div>`;
  const title = "Server CPU of one delivered update";
  return figure(
    title,
    keys,
    barPlot({ title, bars }),
    `${push?.connections ?? ""} players who look on at the same world. × is the ratio to push.`,
  );
}

/** With peers where they were measured; else the scenarios of the targets. */
function shownScenarios(file: BenchFile): string[] {
  const measured = file.scenarios.map(({ name }) => name).filter((name) => systemsIn(file, name).length > 0);
  const guests = measured.filter((name) => hasPeers(file, name));
  const homes = guests.filter((name) => ["wander@500", "rooms-100@500"].includes(name));
  if (homes.length > 0) return homes;
  const usual = measured.filter((name) => ["wander", "wander-inputs", "rooms-100"].includes(name));
  return guests.length > 0 ? guests.slice(0, 2) : usual.length > 0 ? usual : measured.slice(0, 3);
}

function hasPeers(file: BenchFile, scenario: string): boolean {
  return systemsIn(file, scenario).some((system) => system !== "shoal" && system !== FLOOR);
}

function systemsIn(file: BenchFile, scenario: string): string[] {
  return systemsOf(file).filter((system) => windowsOf(file, scenario, system).length > 0);
}

function describe(file: BenchFile, name: string): string {
  const scenario = file.scenarios.find((one) => one.name === name);
  if (scenario === undefined) return "";
  const rooms = scenario.rooms > 1 ? ` in ${scenario.rooms} rooms` : "";
  return `${number(scenario.players)} players${rooms} at ${scenario.tickHz} Hz.`;
}

type OverRounds = (windows: readonly Measurement[]) => number;

interface SeriesOptions {
  file: BenchFile;
  kind: "players" | "density";
  /** Which windows are drawn. */
  of: typeof windowsOf;
  x: Figure;
  y: OverRounds;
  unit: string;
}

/** One line for each system over the points of a series. */
function seriesLines({ file, kind, of, x, y, unit }: SeriesOptions): Line[] {
  const points = file.series.find((one) => one.kind === kind)?.scenarios ?? [];
  return systemsOf(file).flatMap((name): Line[] => {
    const line = points.flatMap((scenario) => {
      const windows = of(file, scenario, name);
      if (windows.length === 0) return [];
      const at = { x: median(windows, x), y: y(windows) };
      return [{ ...at, note: `${number(at.x)}: ${number(at.y)} ${unit}` }];
    });
    return line.length === 0 ? [] : [{ name, points: line.sort((a, b) => a.x - b.x) }];
  });
}

function playersOf({ players }: Measurement): number {
  return players;
}

/** The counts themselves are the ticks, but for those that would touch. */
function playersAxis(values: readonly number[]): Axis {
  const counts = [...new Set(values)].sort((a, b) => a - b);
  const shown: number[] = [];
  for (const count of counts) if (shown.length === 0 || count >= shown[shown.length - 1] * 1.9) shown.push(count);
  return logAxis(values, shown);
}

function median(windows: readonly Measurement[], of: Figure): number {
  return spreadOf(windows, of)?.median ?? 0;
}

function legend(lines: readonly Line[], limit?: string): string {
  const keys = lines.map(
    ({ name, isDashed }) => `<span class="c-${slug(name)}${isDashed ? " dashed" : ""}">${escapeHtml(name)}</span>`,
  );
  if (limit !== undefined) keys.push(`<span class="c-limit dashed">${escapeHtml(limit)}</span>`);
  return `<div class="legend">${keys.join("")}</div>`;
}

function figure(title: string, keys: string, plot: string, words: string): string {
  return `<figure><h3>${escapeHtml(title)}</h3>${keys}${plot}<figcaption>${escapeHtml(words)}</figcaption></figure>`;
}
