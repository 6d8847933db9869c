/**
 * From connections to sessions: waits for the hello, has it admitted, finds the room, passes messages on, and gives up who is
 * silent. What players keep over their connections is in stays.ts.
 */
import { readHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { CLIENT_AWAY_MS, CLIENT_GONE_MS, HELLO_TIMEOUT_MS } from "../../proto/limits.ts";
import type { RejectReason } from "../metrics.ts";
import type { Room } from "../room/room.ts";
import type { NoRoom, Rooms } from "../room/rooms.ts";
import type { Connection, ConnectionHandler } from "../transport/connection.ts";
import { Admission, type Newcomer, type NotAdmitted } from "./admission.ts";
import type { Authenticator } from "./auth.ts";
import type { GaveWay, Stay } from "./seats.ts";
import type { Session } from "./session.ts";
import { Stays } from "./stays.ts";

const { CloseCode } = shoal;
/** RFC 6455 section 7.4.1: the client closed because it was done, or its page went. */
const CODE_NORMAL = 1000;
const CODE_GOING_AWAY = 1001;
/** Codes from here on say that the client shall not come back. */
const CODE_FINAL_MIN = 4500;
const CODE_INTERNAL_ERROR = 1011;
/** What a player costs who needs a room to be opened: the world's arrays are made. */
const OPEN_ROOM_COST = 8;
/** When somebody will leave nobody knows. */
const OWN_ROOMS_RETRY_MS = 5000;
const GAVE_WAY_WORDS: Readonly<Record<GaveWay, string>> = {
  "address-seats": "too many players of one address",
  "address-rooms": "too many rooms that one address has to itself",
};

/** A connection's life: waiting for its hello, waiting to be let in, in a room, or refused and about to close. */
type Guest =
  | { readonly state: "new"; readonly connection: Connection; readonly sinceMs: number }
  | { readonly state: "waiting"; readonly connection: Connection; readonly newcomer: Newcomer }
  | { readonly state: "joined"; readonly connection: Connection; readonly room: Room; readonly session: Session }
  | { readonly state: "refused"; readonly connection: Connection };

export interface LobbyOptions {
  rooms: Rooms;
  /** True time, ms: how much clients send in it, and what they are told of their messages. */
  now(): number;
  /** Server time, ms, which stands while the server does (SPEC T6): for how long clients may be silent or gone. */
  serverNow(): number;
  /** How long a player whose connection is lost may come back, ms; 0: not at all. */
  resumeMs: number;
  /** Why nobody from this address may come in, in words for the client (at most 123 bytes); undefined: all may. */
  refuseAddress?(address: string): string | undefined;
  /** The same for a player whose account is known. */
  refuseAccount?(account: string): string | undefined;
  /** A client was refused: to be counted and logged. `words` never hold what the client sent. */
  onReject(reason: RejectReason, connection: Connection, words: string): void;
  /** A connection brought a bug to light, outside of its own calls; it is closed. */
  onBug?(connection: Connection, error: unknown): void;
  /** Who players are is asked for; left out: they are guests. */
  authenticator?: Authenticator | undefined;
  /** Most connections that have not said hello; no limit if left out. */
  unreadyMax?: number;
  /** Costs of the newcomers let in in one tick (Admission); what a server bears if left out. */
  joinCostPerTick?: number | undefined;
  /** Players of one address, with those who are away, and rooms that it has to itself; no limit if left out (SPEC S33, S34). */
  addressSeatsMax?: number;
  addressRoomsMax?: number;
}

export class Lobby implements ConnectionHandler {
  readonly #options: LobbyOptions;
  readonly #guests = new Map<Connection, Guest>();
  /** Those that have not said hello, the oldest first. */
  readonly #unready = new Set<Connection>();
  readonly #admission: Admission;
  readonly #stays: Stays;
  /** Set while the server shuts down: what newcomers are told. */
  #farewell: { readonly code: number; reason(): string } | undefined;

  constructor(options: LobbyOptions) {
    this.#options = options;
    const { now, serverNow, resumeMs, authenticator, joinCostPerTick, rooms, addressSeatsMax, addressRoomsMax } =
      options;
    this.#stays = new Stays({
      rooms,
      now,
      serverNow,
      resumeMs,
      onGuesses: (connection) => options.onReject("token-guesses", connection, "too many unknown resume tokens"),
      addressSeatsMax,
      addressRoomsMax,
      onGaveWay: (connection, reason) => options.onReject(reason, connection, GAVE_WAY_WORDS[reason]),
    });
    this.#admission = new Admission({
      now,
      authenticator,
      costPerTick: joinCostPerTick,
      costOf: ({ hello }) => (rooms.get(hello.room) === undefined ? OPEN_ROOM_COST : 1),
      admit: (newcomer) => this.#join(newcomer),
      refuse: ({ connection }, { reason, code, words, cause }) =>
        this.#refuse(connection, reason, code, words, cause === undefined ? words : `${words} (${cause})`),
      onBug: ({ connection }, error) => {
        options.onBug?.(connection, error);
        connection.close(CODE_INTERNAL_ERROR, "internal error");
      },
    });
  }

  get sessionCount(): number {
    return this.#stays.count;
  }

  /** What is remembered of anybody; tests want nothing of it when all have gone. */
  get remembered(): Readonly<Record<"connections" | "unready" | keyof Stays["remembered"], number>> {
    return { connections: this.#guests.size, unready: this.#unready.size, ...this.#stays.remembered };
  }

  /** Open connections by the way they came. */
  get connectionCounts(): Record<Connection["kind"], number> {
    const counts = { websocket: 0, polling: 0 };
    for (const { kind } of this.#guests.keys()) counts[kind]++;
    return counts;
  }

  /** From now on nobody comes in and nothing is heard of those who are in; what is saved after this is final. */
  standStill(code: number, reason: () => string): void {
    this.#farewell = { code, reason };
  }

  /** Ends every connection, joined or not, and those that still come. `reason` is asked for each. */
  shutDown(code: number, reason: () => string): void {
    this.standStill(code, reason);
    for (const connection of [...this.#guests.keys()]) connection.close(code, reason());
  }

  /** A room as it was saved: its players are away, and may come back from now on. */
  adopt(room: Room): void {
    this.#stays.adopt(room);
  }

  /**
   * A room failed, or is given up: its connections end, with words. Whoever is in `next`, which takes its place, may come back with the tokens had by now;
   * the others are gone.
   */
  replace(room: Room, next: Room | undefined, reason: string, code: number = CloseCode.CLOSE_CODE_ROOM_FAILED): void {
    this.#stays.moveTo(next, room);
    for (const guest of [...this.#guests.values()]) {
      if (guest.state !== "joined" || guest.room !== room) continue;
      this.#guests.set(guest.connection, { state: "refused", connection: guest.connection });
      guest.connection.close(code, reason);
    }
  }

  /** Every player's stay, with or without a connection. */
  *stays(): Generator<Stay> {
    for (const guest of this.#guests.values()) {
      if (guest.state === "joined" && guest.room.players.holds(guest.session)) yield guest;
    }
    yield* this.#stays.away();
  }

  /**
   * Ends, at once and with their tokens, the stays and the connections without one that `isMeant`; `code` is 4500 or more.
   * Returns the number of stays.
   */
  expel(isMeant: (connection: Connection, stay: Stay | undefined) => boolean, code: number, words: string): number {
    let ended = 0;
    // Copies: closing takes them out.
    for (const guest of [...this.#guests.values()]) {
      const { connection } = guest;
      const stay = guest.state === "joined" && guest.room.players.holds(guest.session) ? guest : undefined;
      if (!isMeant(connection, stay)) continue;
      connection.close(code, words);
      if (stay !== undefined) ended++;
    }
    for (const stay of [...this.#stays.away()]) {
      if (!isMeant(stay.session.connection, stay)) continue;
      this.#stays.end(stay);
      ended++;
    }
    return ended;
  }

  onOpen(connection: Connection): void {
    this.#guests.set(connection, { state: "new", connection, sinceMs: this.#options.serverNow() });
    if (this.#farewell !== undefined) return connection.close(this.#farewell.code, this.#farewell.reason());
    // Before anything that the client sends is read.
    const words = this.#options.refuseAddress?.(connection.address);
    if (words !== undefined) return this.#refuse(connection, "banned", CloseCode.CLOSE_CODE_BANNED, words);
    this.#unready.add(connection);
    if (this.#unready.size <= (this.#options.unreadyMax ?? Number.POSITIVE_INFINITY)) return;
    // The oldest goes: a good client says hello at once, and gets in however many wait that never will.
    for (const oldest of this.#unready) {
      const words = "no hello, and many who wait to say theirs";
      return this.#refuse(oldest, "unready", CloseCode.CLOSE_CODE_HELLO_TIMEOUT, words);
    }
  }

  onMessage(connection: Connection, bytes: Uint8Array): void {
    // What came after the last tick is not in what was saved: the client sends it again.
    if (this.#farewell !== undefined) return;
    const guest = this.#guests.get(connection);
    if (guest?.state === "new") this.#hear(connection, bytes);
    else if (guest?.state === "joined") this.#receive(guest, bytes);
    else if (guest?.state === "waiting") {
      this.#refuse(connection, "order", CloseCode.CLOSE_CODE_BAD_MESSAGE, "a message before the welcome");
    }
  }

  /** Called after each tick: lets in some of those who wait. */
  admit(): void {
    this.#admission.nextTick();
  }

  onClose(connection: Connection, code: number): void {
    const guest = this.#guests.get(connection);
    this.#guests.delete(connection);
    this.#unready.delete(connection);
    if (guest?.state === "waiting") this.#admission.leave(guest.newcomer);
    // A session that goes on by another connection is none of this one's business any more.
    if (guest?.state !== "joined" || !guest.room.players.holds(guest.session)) return;
    // At the end what counts is written already.
    if (this.#options.resumeMs === 0 || this.#farewell !== undefined || isGoodbye(code)) return this.#stays.end(guest);
    this.#stays.noteAway(guest);
    guest.room.players.away(guest.session);
  }

  /** The player who has this resume token leaves now (SPEC S35). Without effect if nobody has it. */
  leave(token: Uint8Array): void {
    // What was saved is final.
    if (this.#farewell !== undefined) return;
    const session = this.#stays.find(token);
    if (session === undefined) return;
    if (session.connection.isOpen) session.connection.close(CODE_NORMAL, "the client left");
    else this.#stays.endAway(session);
  }

  /** Called about four times a second: gives up connections without a hello, clients that fell silent, and who did not come back. */
  sweep(): void {
    const now = this.#options.serverNow();
    for (const guest of this.#guests.values()) {
      if (guest.state === "new" && now - guest.sinceMs > HELLO_TIMEOUT_MS) {
        this.#refuse(guest.connection, "hello-timeout", CloseCode.CLOSE_CODE_HELLO_TIMEOUT, "no hello in time");
      } else if (guest.state === "joined") {
        const silentMs = now - guest.session.lastHeardMs;
        if (silentMs > CLIENT_AWAY_MS) guest.room.players.away(guest.session);
        if (silentMs > CLIENT_GONE_MS) {
          guest.connection.close(CloseCode.CLOSE_CODE_SILENT, "nothing heard of the client");
        }
      }
    }
    this.#stays.endOverdue();
  }

  #hear(connection: Connection, bytes: Uint8Array): void {
    const hello = readHello(bytes);
    if (hello.fault === "bad-room") {
      return this.#refuse(connection, "room-name", CloseCode.CLOSE_CODE_BAD_ROOM, hello.reason);
    }
    if (hello.fault !== undefined) {
      return this.#refuse(connection, "undecodable", CloseCode.CLOSE_CODE_BAD_MESSAGE, hello.reason);
    }
    this.#unready.delete(connection);
    // The token's bytes are lent with the message; all else in a hello is text and numbers.
    const own = { ...hello, resumeToken: new Uint8Array(hello.resumeToken) };
    const newcomer: Newcomer = { connection, hello: own, identity: undefined };
    this.#guests.set(connection, { state: "waiting", connection, newcomer });
    this.#admission.enter(newcomer);
  }

  #join(newcomer: Newcomer): void {
    // Who was checked for too long is told to come back, with everybody else.
    if (this.#farewell !== undefined) return;
    const { connection, hello, identity } = newcomer;
    const words = identity && this.#options.refuseAccount?.(identity.account);
    if (words !== undefined) return this.#refuse(connection, "banned", CloseCode.CLOSE_CODE_BANNED, words);
    const before = this.#stays.of(newcomer);
    if (before === "newer") {
      const words = "another connection of this account is newer";
      return this.#refuse(connection, "replaced", CloseCode.CLOSE_CODE_REPLACED, words);
    }
    if (before?.room.name === hello.room) {
      return this.#settle(connection, { room: before.room, session: this.#stays.resume(before, newcomer) });
    }
    const { rooms } = this.#options;
    const room = rooms.find(hello.room, () => this.#stays.mayOpenRoom(connection.address, before));
    if (typeof room === "string" || "closedForMs" in room) {
      const { reason, code, words } = whyNoRoom(room);
      return this.#refuse(connection, reason, code, words);
    }
    try {
      const joined = this.#stays.begin(room, newcomer, before);
      if (joined.session === undefined) {
        const { code, reason } = joined;
        return this.#refuse(connection, code === CloseCode.CLOSE_CODE_ROOM_FULL ? "room-full" : "look", code, reason);
      }
      this.#settle(connection, { room, session: joined.session });
    } finally {
      // Whether refused or thrown out by a bug: a room that nobody came into does not stay.
      rooms.disposeIfEmpty(room);
    }
  }

  /** The connection serves this stay from now on. */
  #settle(connection: Connection, { room, session }: Stay): void {
    this.#guests.set(connection, { state: "joined", connection, room, session });
    this.#options.rooms.keepNow(room);
  }

  #receive(guest: Guest & { state: "joined" }, bytes: Uint8Array): void {
    const { connection, room, session } = guest;
    if (session.isAway) room.players.back(session);
    if (!session.isConfirmed) this.#stays.confirm(guest);
    session.lastHeardMs = this.#options.serverNow();
    const refusal = room.receive(session, bytes, this.#options.now());
    if (refusal === undefined) return;
    const code = refusal.reason === "rate" ? CloseCode.CLOSE_CODE_RATE : CloseCode.CLOSE_CODE_BAD_MESSAGE;
    this.#refuse(connection, refusal.reason, code, refusal.words);
  }

  /** `logWords`, where the log may say more than the client is told. */
  #refuse(connection: Connection, reason: RejectReason, code: number, words: string, logWords = words): void {
    const guest = this.#guests.get(connection);
    // A player keeps being one until the connection says that it is gone; further messages are not read.
    if (guest?.state === "new" || guest?.state === "waiting") {
      if (guest.state === "waiting") this.#admission.leave(guest.newcomer);
      this.#unready.delete(connection);
      this.#guests.set(connection, { state: "refused", connection });
    }
    this.#options.onReject(reason, connection, logWords);
    connection.close(code, words);
  }
}

/** Whether a connection that ended with this code ends the player's stay. */
function isGoodbye(code: number): boolean {
  if (code === CODE_NORMAL || code === CODE_GOING_AWAY || code === CloseCode.CLOSE_CODE_RESTARTING) return true;
  return code >= CODE_FINAL_MIN;
}

function whyNoRoom(room: NoRoom): NotAdmitted {
  if (room === "unknown") {
    return { reason: "room-name", code: CloseCode.CLOSE_CODE_BAD_ROOM, words: "no such room" };
  }
  if (room === "full") {
    return { reason: "rooms-full", code: CloseCode.CLOSE_CODE_ROOMS_FULL, words: "no place for one more room" };
  }
  if (room === "too-many") {
    const words = `your address has too many rooms to itself; retry in ${OWN_ROOMS_RETRY_MS} ms`;
    return { reason: "address-rooms", code: CloseCode.CLOSE_CODE_ROOMS_FULL, words };
  }
  if (room.isOverloaded) {
    const words = `the room took too much time; retry in ${room.closedForMs} ms`;
    return { reason: "room-overloaded", code: CloseCode.CLOSE_CODE_ROOM_OVERLOADED, words };
  }
  const words = `the room failed too often; retry in ${room.closedForMs} ms`;
  return { reason: "room-failed", code: CloseCode.CLOSE_CODE_ROOM_FAILED, words };
}
