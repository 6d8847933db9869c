/**
 * Every limit that both ends must agree on, in one place. Limits of one end only live with that end.
 */

/** Largest message a server accepts, bytes; a larger one ends the connection (SPEC H6). */
export const MESSAGE_BYTES_MAX = 4096;

/** Names: characters as a reader counts them (graphemes), and UTF-8 bytes, because one grapheme may hold many. */
export const NAME_GRAPHEMES_MAX = 20;
export const NAME_BYTES_MAX = 80;

/** Chat lines, counted in the same two ways. */
export const TEXT_GRAPHEMES_MAX = 280;
export const TEXT_BYTES_MAX = 1120;

/** Inputs and events in one ClientFrame. */
export const INPUTS_PER_FRAME_MAX = 16;
export const EVENTS_PER_FRAME_MAX = 8;

/** Seconds that an input may be ahead of the server's tick (SPEC I4). */
export const INPUT_AHEAD_MAX_S = 1;

/** Cells that one ClientFrame may ask for again. */
export const LOST_CELLS_MAX = 16;

/** Room names (SPEC S2). */
export const ROOM_NAME = /^[a-z0-9-]{1,32}$/;
export const ROOM_NAME_DEFAULT = "pond";

/** View rectangle, world units: longest edge, and how far inside it the own entity is at least (SPEC V2). */
export const VIEW_EDGE_MAX = 2048;
export const VIEW_INSET = 64;

/** Cells that one client is told about at most; bounds the `updated` mask to 32 bytes. */
export const VIEW_CELLS_MAX = 256;

/** Hello must come within this time of the connection, ms. */
export const HELLO_TIMEOUT_MS = 3000;

/** A client says something at least this often, ms, and the server gives it up after the other, ms. */
export const CLIENT_SILENCE_MAX_MS = 1000;
export const CLIENT_GONE_MS = 6000;

/** A player of whom nothing was heard for so long is shown as away, ms. */
export const CLIENT_AWAY_MS = 1600;

/** Bytes of a resume token: 128 random bits. */
export const RESUME_TOKEN_BYTES = 16;

/** Longest token that says who a player is, bytes. */
export const AUTH_TOKEN_BYTES_MAX = 2048;

/** Chat: lines in the bank, and the time in which one more comes, ms. */
export const CHAT_BANK = 5;
export const CHAT_REFILL_MS = 1500;

/** Ticks a second that a server may run at. */
export const TICK_HZ_MIN = 10;
export const TICK_HZ_MAX = 60;
