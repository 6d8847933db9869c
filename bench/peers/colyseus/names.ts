/** What both ends of the Colyseus peers call things. */

export const ROOM_NAME = "pond";
/** Message type of inputs; below 128 it is one byte on the wire. */
export const INPUT_TYPE = 0;
