/** How old and how late one player's view is over time: for plots, so peaks count and ten points a second are enough. */

const POINTS_PER_S = 10;

export interface SeriesPoint {
  readonly seconds: number;
  /** The highest of the point's time. */
  ageMs: number;
  delayMs: number;
}

export class Series {
  readonly points: SeriesPoint[] = [];

  /** Calls come in the order of time. */
  add(seconds: number, ageMs: number, delayMs: number): void {
    const at = Math.floor(seconds * POINTS_PER_S) / POINTS_PER_S;
    const last = this.points.at(-1);
    if (last?.seconds !== at) {
      this.points.push({ seconds: at, ageMs, delayMs });
      return;
    }
    last.ageMs = Math.max(last.ageMs, ageMs);
    last.delayMs = Math.max(last.delayMs, delayMs);
  }
}
