/** What a client knows of its connection's quality: live numbers for overlays, reports and tests. */

/** Bytes of ServerFrames by what they carry; `header` is everything that is none of the others. */
export interface PartBytes {
  header: number;
  view: number;
  updates: number;
  keyframes: number;
  entities: number;
  events: number;
}

/** Times in ms, NaN until known. Counts rise for the life of the SyncClient. */
export interface NetworkStats {
  /** Smoothed round trip, the server's waiting for its tick left out. */
  rttMs: number;
  /** Smoothed spread of frame arrivals, RFC 3550 section 6.4.1. */
  jitterMs: number;
  /** Local clock minus server clock (tick 0 of the server's clock is 0 ms), as of the round trip trusted most. */
  clockOffsetMs: number;
  /** How far behind the server's present others are drawn. */
  delayMs: number;
  /** How far ahead of the newest frame the own entity is predicted. */
  leadMs: number;
  /** Age of the newest frame when it arrived, by the estimated server clock. */
  ageMs: number;
  /** How long the server's last tick took. */
  serverTickMs: number;
  framesReceived: number;
  bytesReceived: number;
  bytesSent: number;
  readonly partBytes: PartBytes;
  /** Distance between prediction and server at the last reconciliation, world units. */
  predictionError: number;
  /** Reconciliations so far, and those off by more than 2 world units. */
  reconciliations: number;
  corrections: number;
  /** Drawn frames so far; those of them that had to extrapolate; those that had nothing left to extrapolate from. */
  drawnFrames: number;
  extrapolatedFrames: number;
  staleFrames: number;
  /** Client ticks that nobody could steer in, because the page stood still. */
  droppedTicks: number;
  /** Cells whose checksum differed; each was asked for again. */
  checksumFaults: number;
}

export function networkStats(): NetworkStats {
  return {
    rttMs: Number.NaN,
    jitterMs: Number.NaN,
    clockOffsetMs: Number.NaN,
    delayMs: Number.NaN,
    leadMs: Number.NaN,
    ageMs: Number.NaN,
    serverTickMs: Number.NaN,
    framesReceived: 0,
    bytesReceived: 0,
    bytesSent: 0,
    partBytes: { header: 0, view: 0, updates: 0, keyframes: 0, entities: 0, events: 0 },
    predictionError: 0,
    reconciliations: 0,
    corrections: 0,
    drawnFrames: 0,
    extrapolatedFrames: 0,
    staleFrames: 0,
    droppedTicks: 0,
    checksumFaults: 0,
  };
}
