/** When a screen is whole again after a hole: everyone there, current, and bit for bit what the server believes it shows. */
import type { Conditions } from "../../client/sync/link.ts";
import type { Replica } from "../../client/sync/replica.ts";
import type { Player, Watcher } from "./player.ts";
import { CELL_SIZE, type PondServer, TICK_MS } from "./pond-server.ts";
import { Series } from "./series.ts";

/** A frame that comes down the line and the one under way: as current as the connection allows, ticks. */
const CURRENT_TICKS = 2;
/** Nearer to a cell's edge one may still be in the cell beside it (SPEC C11), world units. */
const EDGE_UNITS = 17;

/** A longer delay than this is the hole's own trace, ms. */
const LIVE_DELAY_MS = 200;

export class HoleWatcher implements Watcher {
  readonly losses: string[] = [];
  /** Of the first player. */
  readonly series = new Series();
  readonly #server: PondServer;
  readonly #ticksBehindMax: number;
  readonly #endMs: number;
  readonly #wholeMs = new Map<number, number>();

  /** The hole ends at `endMs` of the server's time. */
  constructor(server: PondServer, { rttMs }: Conditions, endMs: number) {
    this.#server = server;
    this.#endMs = endMs;
    this.#ticksBehindMax = rttMs / 2 / TICK_MS + CURRENT_TICKS;
  }

  /** Of each of so many players, from the hole's end, ms; Infinity for who is not whole yet. */
  recoveryMs(players: number): number[] {
    return Array.from({ length: players }, (_, index) => this.#wholeMs.get(index) ?? Number.POSITIVE_INFINITY);
  }

  onFrame(): void {}

  onLost(_: Player, reason: string): void {
    this.losses.push(reason);
  }

  onDrawn(player: Player): void {
    const { replica } = player.client;
    const { presentTick } = this.#server;
    const nowMs = presentTick * TICK_MS;
    if (player.index === 0) {
      const delayMs = (presentTick - replica.shownTick) * TICK_MS;
      this.series.add(nowMs / 1000, (presentTick - replica.tick) * TICK_MS, delayMs);
    }
    if (nowMs < this.#endMs || this.#wholeMs.has(player.index) || !this.#isWhole(player)) return;
    this.#wholeMs.set(player.index, nowMs - this.#endMs);
  }

  #isWhole({ client: { replica } }: Player): boolean {
    const { path, presentTick } = this.#server;
    if (presentTick - replica.tick > this.#ticksBehindMax) return false;
    // Nor is a screen live that stands still or shows an older past than the connection asks for.
    const { isStale, delayMs } = replica.playback;
    const shownBehindMax = this.#ticksBehindMax + Math.min(delayMs, LIVE_DELAY_MS) / TICK_MS;
    if (isStale || presentTick - replica.shownTick > shownBehindMax) return false;
    if (this.#misses(replica)) return false;
    return replica.visible
      .subarray(0, replica.visibleCount)
      .every((slot) => path.isShadow(slot, replica.tick, replica.motion));
  }

  /** Whether somebody who is well inside a cell that the client is told about is not there. */
  #misses(replica: Replica): boolean {
    const columns = Math.ceil(replica.worldWidth / CELL_SIZE);
    return this.#server.path.shadowPlaces(replica.tick).some(({ slot, x, y }) => {
      const isInside = [x % CELL_SIZE, y % CELL_SIZE].every((at) => at > EDGE_UNITS && at < CELL_SIZE - EDGE_UNITS);
      const cell = Math.floor(y / CELL_SIZE) * columns + Math.floor(x / CELL_SIZE);
      return isInside && replica.cells.has(cell) && !replica.isVisible(slot);
    });
  }
}
