/**
 * What the Socket.IO server packs into one binary event a tick: the tick's number, then a record for each entity the player
 * sees, his own among them. As many bytes per entity as the other peers' types take; Socket.IO leaves the packing to the game.
 */

/** Tick, uint32. */
export const HEADER_BYTES = 4;
/** Id uint16, x and y int16 in whole world units, angle uint8 in 256 steps a turn; low byte first. */
export const RECORD_BYTES = 7;
/** Names of the events. */
export const STATE_EVENT = "s";
/** Carries the own id. */
export const WELCOME_EVENT = "w";
export const INPUT_EVENT = "i";
