/**
 * Seeded random numbers: the simulation, the bots and the tests draw from these and never from Math.random, so that a
 * seed replays a run. Algorithm: mulberry32 (Tommy Ettinger, public domain); 32 bits of state, one multiply or two.
 */

/** Numbers in [0, 1), the same for the same seed on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
