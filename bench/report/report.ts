/** One self-contained HTML page of a result file: no script, no network. */
import { cpuUs, type Figure, FLOOR, isLowerBound, pooledP99, ratioToFloor, spreadOf, systemsOf } from "../aggregate.ts";
import type { BenchFile } from "../results.ts";
import { agePlots, bytesPlots, cpuPlots, deliveryPlot, densityPlots, linearityPlot, tickPlot } from "./figures.ts";
import { escapeHtml, number, percent } from "./format.ts";
import { goals } from "./goals.ts";
import { shownWindows } from "./shown-windows.ts";
import { STYLE } from "./style.ts";

export function renderReport(file: BenchFile): string {
  const title = `Shoal bench: ${file.name}, ${file.date.slice(0, 10)}`;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="quiet">What it costs to keep players in step, beside a <b>floor</b>: bare uWebSockets.js that sends as many bytes to as many sockets and does nothing else, measured in turns with everyone else.</p>`,
    facts(file),
    warnings(file),
    section("Targets", goalTable(file)),
    section("Players", plots(tickPlot(file), linearityPlot(file)) + capacityTable(file)),
    section("CPU", plots(cpuPlots(file))),
    section("Bytes", plots(bytesPlots(file))),
    section("Age of information", plots(agePlots(file))),
    section("Density", plots(densityPlots(file))),
    section("HTTP and polling", plots(deliveryPlot(file)) + httpTable(file)),
    section("Micro benches", microTable(file)),
    section("Every scenario and system", allTable(file)),
    section("How to read it", NOTES),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>${body.filter((part) => part !== "").join("\n")}</main></body></html>
`;
}

const NOTES = `<ul>
<li>Read ratios first: the machine is the same for everyone in a round, and it is not yours. Ranges in brackets are the lowest and highest of the rounds.</li>
<li>A client-tick is one player for one tick. CPU is what the server's process used, kernel included, divided by players and ticks.</li>
<li>The load is open: it sends on its own schedule whatever comes back. A frame that never came counts as missing.</li>
<li>Loopback has no loss and no distance; server and load share the memory bus. Both cost the network stack of one machine.</li>
<li>A sample of the clients decodes every frame and checks it; the others count.</li>
<li>A window in which 2 % of the ticks or of the frames were missing was overrun: it says what cannot be done, not what it costs, and counts in no ratio, target or comparison.</li>
<li>HTTP requests are sent as fast as answers come, so their latency is that of a full server.</li>
</ul>`;

function facts(file: BenchFile): string {
  const { machine, parameters } = file;
  const shared = machine.hypervisor === "yes" ? ", a virtual machine" : "";
  const pins = [
    parameters.serverCpus === undefined ? "" : `server on core ${parameters.serverCpus}`,
    parameters.loadCpus === undefined ? "" : `load on core ${parameters.loadCpus}`,
  ].filter((text) => text !== "");
  const rows = {
    machine: `${machine.cpu}, ${machine.cores} cores, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB, ${machine.platform}${shared}`,
    software: `Node ${file.node}, kernel ${file.kernel}`,
    commit: file.commit,
    command: parameters.command,
    run: `${file.date.replace("T", " ").slice(0, 16)} UTC, ${Math.ceil(file.durationSeconds / 60)} min, ${pins.join(", ") || "not pinned to cores"}`,
    systems: parameters.systems.join(", "),
  };
  const items = Object.entries(rows).map(([term, text]) => `<dt>${term}</dt><dd>${escapeHtml(text)}</dd>`);
  return `<dl class="facts">${items.join("")}</dl>`;
}

function warnings(file: BenchFile): string {
  const wrong = file.measurements
    .filter(({ sampled }) => sampled.errors.length > 0)
    .map((one) => `${one.scenario} / ${one.system}: sampled clients found wrong frames: ${one.sampled.errors[0]}`);
  const missing = file.notMeasured.map((line) => `not measured: ${line}`);
  return notes("notes wrong", wrong) + notes("notes", missing);
}

function notes(kind: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return `<div class="${kind}">${lines.map((line) => `<div>${escapeHtml(line)}</div>`).join("")}</div>`;
}

const MARKS = { met: "✓ met", missed: "✗ missed", "no target": "", "not measured": "– not measured" } as const;

/** Targets that no run can miss without failing the tests first. */
const COUNTED = [
  "Two more targets depend on no machine and are asserted by npm test: an entity is seen within 0.5 world unit of its true place (test/sync/replica-fuzz.test.ts), and encoding and composing a steady tick allocate nothing for a client (test/sync/budget.test.ts).",
];

function goalTable(file: BenchFile): string {
  const all = goals(file);
  const hasPeers = all.some(({ peer }) => peer !== "");
  const rows = all.map(({ figure, target, measured, verdict, peer }) => {
    const colyseus = hasPeers ? cell(peer, "Colyseus") : "";
    const mark = `<td class="${verdict.replace(" ", "-")}">${MARKS[verdict]}</td>`;
    return `<tr>${cell(figure)}${cell(target, "target")}${cell(measured, "measured")}${mark}${colyseus}</tr>`;
  });
  const head = ["figure", "target", "measured", "verdict", ...(hasPeers ? ["Colyseus 0.18"] : [])];
  return table("cards", head, rows) + notes("notes", COUNTED);
}

function capacityTable({ capacities }: BenchFile): string {
  if (capacities.length === 0) return "";
  const rows = capacities.map((one) => {
    const most = `${isLowerBound(one) ? "at least " : ""}${number(one.players)}`;
    const tried = one.probes.map(
      ({ players, tickP99Ms, isHeld }) => `${number(players)}${isHeld ? "" : " ✗"} (${number(tickP99Ms)} ms)`,
    );
    const full = one.isLoadLimited ? "the load was full first" : "";
    return `<tr>${cell(one.system)}${cell(one.scenario, "scenario")}${cell(most, "players")}${cell(full)}${cell(tried.join(", "), "tried")}</tr>`;
  });
  const head = ["system", "scenario", "players", "", "tried (tick p99)"];
  return `<h3 style="margin-top:1.5rem">Largest player count with tick p99 under 50 ms and 98 % of ticks and frames, searched</h3>${table("cards", head, rows)}`;
}

function httpTable({ http }: BenchFile): string {
  const rows = http.map((one) =>
    row([
      `${one.name}: ${one.what}`,
      `${number(one.perSecond)} ${one.unit}s`,
      number(one.cpuUserUs + one.cpuSystemUs),
      one.bytesPerUnit === 0 ? "" : number(one.bytesPerUnit),
      one.latencyMs.count === 0 ? "" : `${number(one.latencyMs.p50)} / ${number(one.latencyMs.p99)}`,
      one.failures === 0 ? "" : String(one.failures),
    ]),
  );
  const head = ["", "per second", "CPU each, µs", "bytes down each", "ms p50 / p99", "failures"];
  return http.length === 0 ? "" : table("", head, rows);
}

function microTable({ micro }: BenchFile): string {
  const rows = micro.map((one) =>
    row([
      `${one.name}: ${one.what}`,
      number(one.nsPerEntity),
      `${number(one.nsPerEntityMin)} / ${number(one.nsPerEntityP99)}`,
      one.bytesPerEntity === 0 ? "" : number(one.bytesPerEntity),
    ]),
  );
  return micro.length === 0 ? "" : table("", ["", "ns per entity", "min / p99", "bytes per entity"], rows);
}

function allTable(file: BenchFile): string {
  const rows = file.scenarios.flatMap(({ name }) =>
    systemsOf(file).flatMap((system) => {
      const { windows, isHeld, note } = shownWindows(file, name, system);
      if (windows.length === 0) return [];
      const of = (figure: Figure) => spreadOf(windows, figure)?.median ?? 0;
      const ratio = system === FLOOR ? undefined : ratioToFloor(file, name, system, cpuUs);
      return [
        row([
          `${name} / ${system}`,
          number(windows[0].players),
          isHeld
            ? `${number(of(({ server }) => server.cpuUserUs))} + ${number(of(({ server }) => server.cpuSystemUs))}`
            : "overrun",
          ratio === undefined ? "" : number(ratio.median),
          `${number(of(({ server }) => server.tickMs.p50))} / ${number(pooledP99(windows, ({ server }) => server.tickMs))} / ${number(of(({ server }) => server.tickMs.max))}`,
          number(of(({ server }) => server.latenessMs.p99)),
          `${number(of(({ ageMs }) => ageMs.p50))} / ${number(pooledP99(windows, ({ ageMs }) => ageMs))}`,
          `${number(of(({ inputToVisibleMs }) => inputToVisibleMs.p50))} / ${number(pooledP99(windows, (one) => one.inputToVisibleMs))}`,
          number(of(({ joinMs }) => joinMs.p99)),
          ...(system === FLOOR ? ["", ""] : [visible, bytesPerVisible].map((figure) => number(of(figure)))),
          number(of((one) => one.bytesPerClientPerSecond) / 1000),
          number(of(({ server }) => server.rssBytesPerPlayer) / 1024),
          number(of(({ server }) => server.allocatedBytesPerSecond) / 1e6),
          number(of(({ server }) => server.gcPauseMsPerSecond)),
          `${percent(of((one) => (one.framesExpected === 0 ? 0 : one.framesReceived / one.framesExpected)))}${note}`,
          percent(of(({ server }) => server.eventLoopUtilization)),
          percent(of(({ load }) => load.eventLoopUtilization)),
        ]),
      ];
    }),
  );
  const head = [
    "",
    "players",
    "CPU µs user + system",
    "× floor",
    "tick ms p50 / p99 / max",
    "late ms p99",
    "age ms p50 / p99",
    "input to visible ms p50 / p99",
    "join ms p99",
    "visible",
    "B / visible",
    "KB/s each",
    "KB memory each",
    "MB/s allocated",
    "GC ms/s",
    "frames",
    "server busy",
    "load busy",
  ];
  if (rows.length === 0) return "";
  return `<details><summary>${rows.length} rows, medians over the rounds that were held; p99 of all rounds together</summary>${table("wide", head, rows)}</details>`;
}

const visible: Figure = (one) => one.visibleMean;
const bytesPerVisible: Figure = (one) => one.bytesPerVisiblePerTick;

function section(title: string, content: string): string {
  return content === "" ? "" : `<section><h2>${escapeHtml(title)}</h2>${content}</section>`;
}

function plots(...figures: string[]): string {
  const all = figures.join("");
  return all === "" ? "" : `<div class="grid-of-plots">${all}</div>`;
}

function table(kind: string, head: readonly string[], rows: readonly string[]): string {
  const cells = head.map((text, i) => `<th${i > 0 && kind !== "cards" ? ' class="n"' : ""}>${escapeHtml(text)}</th>`);
  return `<div class="scroll"><table class="${kind}"><thead><tr>${cells.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/** The first cell is text, the others are numbers. */
function row(cells: readonly string[]): string {
  return `<tr>${cells.map((text, i) => `<td${i > 0 ? ' class="n"' : ""}>${escapeHtml(text)}</td>`).join("")}</tr>`;
}

function cell(text: string, label?: string): string {
  return `<td${label === undefined ? "" : ` data-label="${escapeHtml(label)}"`}>${escapeHtml(text)}</td>`;
}
