/**
 * Who of the swarm stands for all. Servers send in the order of joining, and players share out rooms in turn: whoever is chosen
 * must come from the whole range and from every room, or the figures are those of the first in line.
 */

/** The indices of at most `wanted` of `players`, one from each of as many equal parts of the range. */
export function choosePlayers(players: number, wanted: number): ReadonlySet<number> {
  const step = Math.ceil(players / wanted);
  // The place within a part moves on from part to part, so that no divisor of the step (rooms) is always met.
  const isChosen = (index: number) => index % step === Math.floor(index / step) % step;
  return new Set(Array.from({ length: players }, (_, index) => index).filter(isChosen));
}
