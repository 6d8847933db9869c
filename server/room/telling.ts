/** Events to several players of a room at once: encoded once, queued for each, kept in the room's record. Knows nothing of what they say. */
import { shoal } from "../../proto/gen/shoal.js";
import type { Session } from "../session/session.ts";
import type { RoomRecord } from "../state/room-record.ts";

/** Of a room, by slot. */
export type SlotSessions = readonly (Session | undefined)[];

/** A whole `events` field of ServerFrame, tag and all. */
export function encodeEvent(event: shoal.ServerEvent.$Properties): Uint8Array {
  return shoal.ServerFrame.encode({ events: [event] }).finish();
}

/** `onTold` hears of each slot. */
export function tellEach(
  record: RoomRecord,
  sessions: SlotSessions,
  event: Uint8Array,
  isMeant: (session: Session) => boolean,
  onTold?: (slot: number) => void,
): void {
  record.beginTelling(event);
  for (const session of sessions) {
    if (session === undefined || !isMeant(session)) continue;
    record.tellTo(session);
    onTold?.(session.slot);
  }
  record.endTelling(false);
}

export function tellAll(
  record: RoomRecord,
  sessions: SlotSessions,
  event: Uint8Array,
  onTold?: (slot: number) => void,
): void {
  record.beginTelling(event);
  for (const session of sessions) {
    if (session === undefined) continue;
    record.tellOneOfAll(session);
    onTold?.(session.slot);
  }
  record.endTelling(true);
}

/** Everyone likes to know how many are here. Whoever does not look learns it later: it must not push out what somebody said. */
export function tellPlayerCount(record: RoomRecord, sessions: SlotSessions, players: number): void {
  const isDue = (session: Session) =>
    session.toldPlayers !== players && session.connection.isOpen && !session.isAway && !session.isHidden;
  if (!sessions.some((session) => session !== undefined && isDue(session))) return;
  tellEach(record, sessions, encodeEvent({ online: { players } }), (session) => {
    if (!isDue(session)) return false;
    session.toldPlayers = players;
    return true;
  });
}
