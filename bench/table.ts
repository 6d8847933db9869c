/** The results on a terminal. */
// cli-table3: columns that line up, wide characters included.
import Table from "cli-table3";
import { cpuUs, type Figure, FLOOR, pooledP99, ratioToFloor, spreadOf, systemsOf } from "./aggregate.ts";
import { number } from "./report/format.ts";
import { goals } from "./report/goals.ts";
import { shownWindows } from "./report/shown-windows.ts";
import type { BenchFile } from "./results.ts";

const PLAIN = { head: [], border: [], compact: true };

export function formatTables(file: BenchFile): string {
  const parts = [scenarioTable(file), httpTable(file), microTable(file), goalTable(file), notMeasured(file)];
  return parts.filter((part) => part !== "").join("\n\n");
}

function scenarioTable(file: BenchFile): string {
  const table = new Table({
    head: [
      "scenario",
      "system",
      "players",
      "CPU us",
      "x floor",
      "tick p50/p99 ms",
      "age p50/p99 ms",
      "B/visible",
      "KB/s each",
      "frames",
    ],
    style: PLAIN,
  });
  for (const { name } of file.scenarios) {
    for (const system of systemsOf(file)) {
      const { windows, isHeld, note } = shownWindows(file, name, system);
      if (windows.length === 0) continue;
      const median = (figure: Figure) => spreadOf(windows, figure)?.median ?? 0;
      const ratio = system === FLOOR ? undefined : ratioToFloor(file, name, system, cpuUs);
      table.push([
        name,
        system,
        windows[0].players,
        isHeld ? number(median(cpuUs)) : "overrun",
        ratio === undefined ? "" : number(ratio.median),
        `${number(median(({ server }) => server.tickMs.p50))} / ${number(pooledP99(windows, ({ server }) => server.tickMs))}`,
        `${number(median(({ ageMs }) => ageMs.p50))} / ${number(pooledP99(windows, ({ ageMs }) => ageMs))}`,
        system === FLOOR ? "" : number(median((one) => one.bytesPerVisiblePerTick)),
        number(median((one) => one.bytesPerClientPerSecond) / 1000),
        `${(median((one) => (one.framesExpected === 0 ? 0 : one.framesReceived / one.framesExpected)) * 100).toFixed(1)} %${note}`,
      ]);
    }
  }
  return file.measurements.length === 0 ? "" : table.toString();
}

function httpTable({ http }: BenchFile): string {
  if (http.length === 0) return "";
  const table = new Table({ head: ["HTTP", "per s", "CPU us each", "B each", "p50/p99 ms", "failures"], style: PLAIN });
  for (const one of http) {
    table.push([
      `${one.name} (${one.unit}s)`,
      number(one.perSecond),
      number(one.cpuUserUs + one.cpuSystemUs),
      number(one.bytesPerUnit),
      one.latencyMs.count === 0 ? "" : `${number(one.latencyMs.p50)} / ${number(one.latencyMs.p99)}`,
      one.failures,
    ]);
  }
  return table.toString();
}

function microTable({ micro }: BenchFile): string {
  if (micro.length === 0) return "";
  const table = new Table({ head: ["micro", "ns per entity", "min", "p99", "B per entity"], style: PLAIN });
  for (const one of micro) {
    const times = [one.nsPerEntity, one.nsPerEntityMin, one.nsPerEntityP99].map(number);
    table.push([one.name, ...times, one.bytesPerEntity === 0 ? "" : number(one.bytesPerEntity)]);
  }
  return table.toString();
}

function goalTable(file: BenchFile): string {
  const table = new Table({ head: ["figure", "target", "measured", "verdict"], style: PLAIN });
  const judged = goals(file).filter(({ verdict }) => verdict !== "not measured");
  for (const { figure, target, measured, verdict } of judged) table.push([figure, target, measured, verdict]);
  return judged.length === 0 ? "" : table.toString();
}

function notMeasured(file: BenchFile): string {
  if (file.notMeasured.length === 0) return "";
  return `Not measured:\n${file.notMeasured.map((line) => `  ${line}`).join("\n")}`;
}
