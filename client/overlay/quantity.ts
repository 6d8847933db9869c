/** Numbers as the overlay writes them: few digits, always with their unit, a dash for what is not known. Pure. */

export interface Quantity {
  readonly text: string;
  readonly unit: string;
}

const UNKNOWN = "–";

export const milliseconds = (ms: number): Quantity => quantity(ms, "ms");
export const perSecond = (value: number): Quantity => quantity(value, "/s");
export const count = (value: number): Quantity => quantity(value, "", 0);
export const percent = (share: number): Quantity => quantity(share * 100, "%");
/** A rate of bytes. */
export const bytesPerSecond = (bytes: number): Quantity =>
  bytes < 1000 ? quantity(bytes, "B/s", 0) : quantity(bytes / 1000, "kB/s");
export const bytes = (value: number): Quantity => quantity(value, "B", 0);
/** A distance in the world. Its unit has a word in each language, which the caller passes. */
export const distance =
  (unit: string) =>
  (value: number): Quantity =>
    quantity(value, unit);

/** One digit behind the point below 100; more would only flicker. */
function quantity(value: number, unit: string, digits = Math.abs(value) < 99.95 ? 1 : 0): Quantity {
  return { text: Number.isFinite(value) ? value.toFixed(digits) : UNKNOWN, unit };
}
