/**
 * The players who are here, as operators see them: rows of plain data, and the border over which moderation reaches them.
 * Knows nothing of HTTP.
 */
import type { Lobby } from "../session/lobby.ts";
import type { Stay } from "../session/seats.ts";
import type { Presence, Presences } from "./moderation.ts";

/** Rows of one answer: each costs some microseconds between two ticks. */
export const ROWS_MAX = 500;

export interface RosterRow {
  /** What kick and ban take: `pond/17`. */
  readonly session: string;
  readonly room: string;
  readonly name: string;
  readonly account: string | undefined;
  readonly address: string;
  readonly transport: "websocket" | "polling";
  /** Since the first connection of this stay. */
  readonly forS: number;
  /** Nothing is heard of the player at the moment. */
  readonly isAway: boolean;
  /** Waiting in this process. */
  readonly bufferedBytes: number;
  /** From the newest tick to the newest that the client says it holds. */
  readonly lagMs: number;
}

export interface RosterFilter {
  readonly room: string | undefined;
  /** Part of a name, in any case. */
  readonly name: string | undefined;
  readonly account: string | undefined;
}

export interface RosterClock {
  readonly nowMs: number;
  readonly tickHz: number;
}

/** Those that match, at most ROWS_MAX, and how many more there are. */
export function roster(lobby: Lobby, filter: RosterFilter, now: RosterClock): { rows: RosterRow[]; more: number } {
  const rows: RosterRow[] = [];
  let more = 0;
  const part = filter.name?.toLowerCase();
  for (const stay of lobby.stays()) {
    const { room, session } = stay;
    if (filter.room !== undefined && filter.room !== room.name) continue;
    if (part !== undefined && !room.players.nameOf(session).toLowerCase().includes(part)) continue;
    if (filter.account !== undefined && filter.account !== accountOf(stay)) continue;
    if (rows.length < ROWS_MAX) rows.push(row(stay, now));
    else more++;
  }
  return { rows, more };
}

function row(stay: Stay, { nowMs, tickHz }: RosterClock): RosterRow {
  const { room, session } = stay;
  const { connection } = session;
  return {
    session: room.players.sessionName(session),
    room: room.name,
    name: room.players.nameOf(session),
    account: accountOf(stay),
    address: connection.address,
    transport: connection.kind,
    forS: Math.round((nowMs - session.joinedMs) / 1000),
    isAway: session.isAway,
    bufferedBytes: connection.bufferedBytes(),
    lagMs: Math.round(((room.tick - session.ackTick) * 1000) / tickHz),
  };
}

/** The lobby as moderation sees it. */
export function presencesIn(lobby: Lobby): Presences {
  return {
    expel: (isMeant, code, words) =>
      lobby.expel(
        ({ address }, stay) =>
          isMeant(stay === undefined ? { session: undefined, account: undefined, address } : presence(stay)),
        code,
        words,
      ),
    find(name) {
      for (const stay of lobby.stays()) if (stay.room.players.sessionName(stay.session) === name) return presence(stay);
      return undefined;
    },
  };
}

function presence(stay: Stay): Presence {
  const { room, session } = stay;
  return { session: room.players.sessionName(session), account: accountOf(stay), address: session.connection.address };
}

/** Undefined: a guest. */
function accountOf({ session }: Stay): string | undefined {
  return session.identity?.account;
}
