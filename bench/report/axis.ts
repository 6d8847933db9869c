/** Scales and ticks of a plot's axis. Pure numbers. */

export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** 0 at `low`, 1 at `high`. */
  place(value: number): number;
}

const TICKS = 5;

/** From zero to a round number above the largest value. */
export function linearAxis(values: readonly number[]): Axis {
  const largest = Math.max(...values, 0) || 1;
  const step = roundStep(largest / TICKS);
  const high = Math.ceil(largest / step - 1e-9) * step;
  const ticks: number[] = [];
  for (let i = 0; i * step <= high * (1 + 1e-9); i++) ticks.push(i * step);
  return { low: 0, high, ticks, place: (value) => value / high };
}

/** Around all values above zero; those at zero are drawn at the lower edge. */
export function logAxis(values: readonly number[], ticks?: readonly number[]): Axis {
  const positive = values.filter((value) => value > 0);
  const smallest = positive.length === 0 ? 1 : Math.min(...positive);
  const largest = positive.length === 0 ? 10 : Math.max(...positive);
  const low = ticks === undefined ? roundDown(smallest) : smallest / 1.15;
  const high = ticks === undefined ? Math.max(roundUp(largest), low * 10) : largest * 1.15;
  const span = Math.log(high / low);
  const place = (value: number) => (value <= low ? 0 : Math.log(value / low) / span);
  return { low, high, ticks: ticks ?? logTicks(low, high), place };
}

/** 1, 2 and 5 of each power of ten; only the ones where that would be too many. */
function logTicks(low: number, high: number): number[] {
  const mantissas = high / low > 1000 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const mantissa of mantissas) {
      const tick = mantissa * 10 ** power;
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks;
}

function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const mantissa = step / power;
  return (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 2.5 ? 2.5 : mantissa <= 5 ? 5 : 10) * power;
}

function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1) * power;
}

function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const mantissa = value / power;
  return (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10) * power;
}
