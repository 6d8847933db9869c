/**
 * The synchronised state, as Colyseus' documentation advises: a map of players by session id, each field in the smallest
 * type that holds it.
 */
import { schema, t } from "@colyseus/schema";

/** Whole world units, and 256 steps in a turn. */
export const Player = schema({ x: t.int16(), y: t.int16(), angle: t.uint8() }, "Player");
export type Player = InstanceType<typeof Player>;

/** Everyone sees every player. `tick`, so that the load can tell the age of what it sees. */
export const OpenState = schema({ tick: t.uint16(), players: t.map(Player) }, "OpenState");

/** Everyone sees the players that are in his StateView. */
export const FilteredState = schema({ tick: t.uint16(), players: t.map(Player).view() }, "FilteredState");

export type PondState = InstanceType<typeof OpenState> | InstanceType<typeof FilteredState>;
