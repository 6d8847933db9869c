/**
 * From connections to sessions: waits for the hello, finds the room, passes messages on, and gives up who is silent. The
 * only one that knows both connections and rooms.
 */
import { type CheckedHello, readHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { CLIENT_AWAY_MS, CLIENT_GONE_MS, HELLO_TIMEOUT_MS } from "../../proto/limits.ts";
import type { RejectReason } from "../metrics.ts";
import type { Room } from "../room/room.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Connection, ConnectionHandler } from "../transport/connection.ts";
import { ResumeTokens } from "./resume-tokens.ts";
import type { Session } from "./session.ts";

const { CloseCode } = shoal;
/** RFC 6455 section 7.4.1: the client closed because it was done, or its page went. */
const CODE_NORMAL = 1000;
const CODE_GOING_AWAY = 1001;
/** Codes from here on say that the client shall not come back. */
const CODE_FINAL_MIN = 4500;

/** A player's stay, whether a connection serves it at the moment or not. */
interface Stay {
  readonly room: Room;
  readonly session: Session;
}

/** A connection's life: waiting for its hello, in a room, or refused and about to close. */
type Guest =
  | { readonly state: "new"; readonly connection: Connection; readonly sinceMs: number }
  | { readonly state: "joined"; readonly connection: Connection; readonly room: Room; readonly session: Session }
  | { readonly state: "refused"; readonly connection: Connection };

export interface LobbyOptions {
  rooms: Rooms;
  now(): number;
  /** How long a player whose connection is lost may come back, ms; 0: not at all. */
  resumeMs: number;
  /** A client was refused: to be counted and logged. `words` never hold what the client sent. */
  onReject(reason: RejectReason, connection: Connection, words: string): void;
}

export class Lobby implements ConnectionHandler {
  readonly #options: LobbyOptions;
  readonly #guests = new Map<Connection, Guest>();
  readonly #tokens = new ResumeTokens<Session>();
  /** Players without a connection, and until when they may come back. */
  readonly #away = new Map<Session, Stay & { readonly untilMs: number }>();
  #sessions = 0;
  /** Set while the server shuts down. */
  #farewell: { readonly code: number; readonly reason: string } | undefined;

  constructor(options: LobbyOptions) {
    this.#options = options;
  }

  get sessionCount(): number {
    return this.#sessions;
  }

  /** Open connections by the way they came. */
  get connectionCounts(): Record<Connection["kind"], number> {
    const counts = { websocket: 0, polling: 0 };
    for (const { kind } of this.#guests.keys()) counts[kind]++;
    return counts;
  }

  /** Ends every connection, joined or not, and those that still come. */
  shutDown(code: number, reason: string): void {
    this.#farewell = { code, reason };
    for (const connection of [...this.#guests.keys()]) connection.close(code, reason);
  }

  onOpen(connection: Connection): void {
    this.#guests.set(connection, { state: "new", connection, sinceMs: this.#options.now() });
    if (this.#farewell !== undefined) connection.close(this.#farewell.code, this.#farewell.reason);
  }

  onMessage(connection: Connection, bytes: Uint8Array): void {
    const guest = this.#guests.get(connection);
    if (guest?.state === "new") this.#join(connection, bytes);
    else if (guest?.state === "joined") this.#receive(guest, bytes);
  }

  onClose(connection: Connection, code: number): void {
    const guest = this.#guests.get(connection);
    this.#guests.delete(connection);
    // A session that goes on by another connection is none of this one's business any more.
    if (guest?.state !== "joined" || !guest.room.holds(guest.session)) return;
    const { room, session } = guest;
    const { rooms, resumeMs, now } = this.#options;
    const isRoomGone = rooms.get(room.name) !== room;
    if (resumeMs === 0 || isRoomGone || this.#farewell !== undefined || isGoodbye(code)) return this.#leave(guest);
    room.away(session);
    this.#away.set(session, { room, session, untilMs: now() + resumeMs });
  }

  /** Called about four times a second: gives up connections without a hello, clients that fell silent, and who did not come back. */
  sweep(): void {
    const now = this.#options.now();
    for (const guest of this.#guests.values()) {
      if (guest.state === "new" && now - guest.sinceMs > HELLO_TIMEOUT_MS) {
        this.#refuse(guest.connection, "hello-timeout", CloseCode.CLOSE_CODE_HELLO_TIMEOUT, "no hello in time");
      } else if (guest.state === "joined") {
        const silentMs = now - guest.session.lastHeardMs;
        if (silentMs > CLIENT_AWAY_MS) guest.room.away(guest.session);
        if (silentMs > CLIENT_GONE_MS) {
          guest.connection.close(CloseCode.CLOSE_CODE_SILENT, "nothing heard of the client");
        }
      }
    }
    for (const stay of this.#away.values()) if (now > stay.untilMs) this.#leave(stay);
  }

  #leave({ room, session }: Stay): void {
    this.#away.delete(session);
    this.#tokens.revoke(session);
    this.#sessions--;
    room.leave(session);
    this.#options.rooms.disposeIfEmpty(room);
  }

  #join(connection: Connection, bytes: Uint8Array): void {
    const hello = readHello(bytes);
    if (hello.fault === "bad-room") {
      return this.#refuse(connection, "room-name", CloseCode.CLOSE_CODE_BAD_ROOM, hello.reason);
    }
    if (hello.fault !== undefined) {
      return this.#refuse(connection, "undecodable", CloseCode.CLOSE_CODE_BAD_MESSAGE, hello.reason);
    }
    if (hello.resumeToken.length > 0 && this.#resume(connection, hello)) return;
    const { rooms, now } = this.#options;
    const room = rooms.find(hello.room);
    if (room === "unknown") {
      return this.#refuse(connection, "room-name", CloseCode.CLOSE_CODE_BAD_ROOM, "no such room");
    }
    if (room === "full") {
      return this.#refuse(connection, "rooms-full", CloseCode.CLOSE_CODE_ROOMS_FULL, "no place for one more room");
    }
    try {
      const token = this.#tokens.create();
      const joined = room.join(connection, hello, now(), token);
      if (joined.session === undefined) {
        const { code, reason } = joined;
        return this.#refuse(connection, code === CloseCode.CLOSE_CODE_ROOM_FULL ? "room-full" : "look", code, reason);
      }
      this.#sessions++;
      this.#tokens.give(token, joined.session);
      this.#guests.set(connection, { state: "joined", connection, room, session: joined.session });
    } finally {
      // Whether refused or thrown out by a bug: a room that nobody came into does not stay.
      rooms.disposeIfEmpty(room);
    }
  }

  /** Goes on with the session of the hello's token. False if there is none: the client begins anew. */
  #resume(connection: Connection, hello: CheckedHello): boolean {
    const { rooms, now } = this.#options;
    const before = this.#tokens.find(hello.resumeToken);
    const room = rooms.get(hello.room);
    if (before === undefined || room === undefined || !room.holds(before)) return false;
    const token = this.#tokens.create();
    const session = room.resume(before, connection, hello, now(), token);
    this.#away.delete(before);
    this.#tokens.pass(before, session);
    this.#tokens.give(token, session);
    this.#guests.set(connection, { state: "joined", connection, room, session });
    return true;
  }

  #receive({ connection, room, session }: Guest & { state: "joined" }, bytes: Uint8Array): void {
    if (session.isAway) room.back(session);
    // Whoever speaks in a session has its Welcome, and so the newest token.
    if (!session.isConfirmed) this.#tokens.confirm(session);
    session.isConfirmed = true;
    const refusal = room.receive(session, bytes, this.#options.now());
    if (refusal === undefined) return;
    const code = refusal.reason === "rate" ? CloseCode.CLOSE_CODE_RATE : CloseCode.CLOSE_CODE_BAD_MESSAGE;
    this.#refuse(connection, refusal.reason, code, refusal.words);
  }

  #refuse(connection: Connection, reason: RejectReason, code: number, words: string): void {
    const guest = this.#guests.get(connection);
    // A player keeps being one until the connection says that it is gone; further messages are not read.
    if (guest?.state === "new") this.#guests.set(connection, { state: "refused", connection });
    this.#options.onReject(reason, connection, words);
    connection.close(code, words);
  }
}

/** Whether a connection that ended with this code ends the player's stay. */
function isGoodbye(code: number): boolean {
  if (code === CODE_NORMAL || code === CODE_GOING_AWAY || code === CloseCode.CLOSE_CODE_RESTARTING) return true;
  return code >= CODE_FINAL_MIN;
}
