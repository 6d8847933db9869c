/** The connection of a player who was saved and has not come back yet: closed from the start. */
import type { Connection } from "../transport/connection.ts";

export const ABSENT: Connection = {
  id: 0,
  kind: "websocket",
  address: "",
  isOpen: false,
  send: () => "closed",
  bufferedBytes: () => 0,
  close: () => {},
};
