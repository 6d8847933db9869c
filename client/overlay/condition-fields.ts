/** The conditions of a line as numbers that people write into fields, and back. Pure. */
import type { Conditions, Outage } from "../sync/link.ts";
import type { OverlayStrings } from "./strings.ts";

/** As much of the time as stalls or holes may take, each: together they must leave some. */
const OUTAGE_SHARE_MAX = 0.45;

export interface ConditionField {
  readonly key: FieldKey;
  readonly label: keyof OverlayStrings;
  readonly hint?: keyof OverlayStrings;
  readonly unit: string;
  readonly min: number;
  /** Of the slider; the field beside it takes more. */
  readonly max: number;
  readonly step: number;
}

export type FieldKey =
  | "rttMs"
  | "jitterMs"
  | "bandwidthKBps"
  | "stallMs"
  | "stallEveryS"
  | "holeS"
  | "holeEveryS"
  | "dropAfterS";

/** 0 switches off what the field is about. */
export type FieldValues = Readonly<Record<FieldKey, number>>;

export const FIELDS: readonly ConditionField[] = [
  { key: "rttMs", label: "simulatedDelay", unit: "ms", min: 0, max: 1000, step: 10 },
  { key: "jitterMs", label: "simulatedJitter", unit: "ms", min: 0, max: 500, step: 5 },
  { key: "bandwidthKBps", label: "bandwidth", hint: "bandwidthHint", unit: "kB/s", min: 0, max: 100, step: 1 },
  { key: "stallMs", label: "stallLength", unit: "ms", min: 0, max: 2000, step: 20 },
  { key: "stallEveryS", label: "stallEvery", unit: "s", min: 1, max: 60, step: 1 },
  { key: "holeS", label: "holeLength", unit: "s", min: 0, max: 10, step: 0.5 },
  { key: "holeEveryS", label: "holeEvery", unit: "s", min: 1, max: 60, step: 1 },
  { key: "dropAfterS", label: "dropAfter", hint: "dropHint", unit: "s", min: 0, max: 120, step: 1 },
];

/** Intervals that fields show before somebody asks for an outage. */
const EVERY_S = 10;

/** What the fields show of these conditions; of none: nothing. */
export function valuesOf(conditions: Conditions | undefined): FieldValues {
  return {
    rttMs: conditions?.rttMs ?? 0,
    jitterMs: conditions?.jitterMs ?? 0,
    bandwidthKBps: (conditions?.bytesPerSecond ?? 0) / 1000,
    stallMs: conditions?.stalls?.lastsMs ?? 0,
    stallEveryS: (conditions?.stalls?.everyMs ?? EVERY_S * 1000) / 1000,
    holeS: (conditions?.holes?.lastsMs ?? 0) / 1000,
    holeEveryS: (conditions?.holes?.everyMs ?? EVERY_S * 1000) / 1000,
    dropAfterS: (conditions?.dropAfterMs ?? 0) / 1000,
  };
}

/** The conditions that the fields ask for, cut to what a line can be: something must arrive, and not before it was sent. */
export function conditionsOf(values: FieldValues): Conditions {
  const value = (key: FieldKey): number => (Number.isFinite(values[key]) ? Math.max(0, values[key]) : 0);
  const rttMs = value("rttMs");
  return {
    rttMs,
    jitterMs: Math.min(value("jitterMs"), rttMs),
    bytesPerSecond: value("bandwidthKBps") * 1000 || undefined,
    stalls: outage(value("stallMs"), value("stallEveryS")),
    holes: outage(value("holeS") * 1000, value("holeEveryS")),
    dropAfterMs: value("dropAfterS") * 1000 || undefined,
  };
}

function outage(wantedMs: number, everyS: number): Outage | undefined {
  const everyMs = Math.max(everyS, 0.1) * 1000;
  const lastsMs = Math.min(wantedMs, everyMs * OUTAGE_SHARE_MAX);
  return lastsMs > 0 ? { everyMs, lastsMs } : undefined;
}
