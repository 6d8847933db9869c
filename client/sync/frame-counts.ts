/** What frames and drawings show of the connection, put into its NetworkStats. */
import type { FrameParts } from "./frame-parts.ts";
import type { NetworkStats } from "./network-stats.ts";
import type { Replica } from "./replica.ts";

/** A frame was applied to the replica; the server is in `serverTick` now, NaN if unknown. */
export function countFrame(network: NetworkStats, parts: FrameParts, replica: Replica, serverTick: number): void {
  network.framesReceived++;
  network.jitterMs = replica.playback.jitterMs;
  // Where both ways differ, the estimated clock is off by half of that: nothing is younger than new.
  network.ageMs = Math.max(0, ((serverTick - parts.tick) * 1000) / replica.tickHz);
  parts.addTo(network.partBytes);
}

/** The replica was drawn. */
export function countDrawn(network: NetworkStats, replica: Replica, serverTick: number): void {
  const { playback, shownTick, tickHz } = replica;
  network.drawnFrames++;
  if (playback.isExtrapolating) network.extrapolatedFrames++;
  if (playback.isStale) network.staleFrames++;
  network.delayMs = ((serverTick - shownTick) * 1000) / tickHz;
}
