/**
 * From connections to sessions: waits for the hello, has it admitted, finds the room, passes messages on, and gives up who is
 * silent. The only one that knows both connections and rooms.
 */
import { type CheckedHello, readHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { CLIENT_AWAY_MS, CLIENT_GONE_MS, HELLO_TIMEOUT_MS } from "../../proto/limits.ts";
import type { RejectReason } from "../metrics.ts";
import type { Room } from "../room/room.ts";
import type { Rooms } from "../room/rooms.ts";
import { AddressTable } from "../transport/address-table.ts";
import type { Connection, ConnectionHandler } from "../transport/connection.ts";
import { TokenBucket } from "../transport/token-bucket.ts";
import { Admission, type Newcomer } from "./admission.ts";
import type { Authenticator } from "./auth.ts";
import { ResumeTokens } from "./resume-tokens.ts";
import type { Session } from "./session.ts";

const { CloseCode } = shoal;
/** RFC 6455 section 7.4.1: the client closed because it was done, or its page went. */
const CODE_NORMAL = 1000;
const CODE_GOING_AWAY = 1001;
/** Codes from here on say that the client shall not come back. */
const CODE_FINAL_MIN = 4500;
const CODE_INTERNAL_ERROR = 1011;
/** What a player costs who needs a room to be opened: the world's arrays are made. */
const OPEN_ROOM_COST = 8;
/** Resume tokens that nobody has, from one address: so many at once, then as many a minute. */
const GUESSES_PER_MINUTE = 5;

/** A player's stay, whether a connection serves it at the moment or not. */
export interface Stay {
  readonly room: Room;
  readonly session: Session;
}

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
}

export class Lobby implements ConnectionHandler {
  readonly #options: LobbyOptions;
  readonly #guests = new Map<Connection, Guest>();
  /** Those that have not said hello, the oldest first. */
  readonly #unready = new Set<Connection>();
  readonly #admission: Admission;
  /** Where the players are of whom it is known who they are. */
  readonly #accounts = new Map<string, Stay>();
  /** What is left of each address's guesses at resume tokens. */
  readonly #guesses: AddressTable<TokenBucket>;
  readonly #tokens = new ResumeTokens<Session>();
  /** Players without a connection, and until when they may come back. */
  readonly #away = new Map<Session, Stay & { readonly untilMs: number }>();
  #sessions = 0;
  /** Set while the server shuts down: what newcomers are told. */
  #farewell: { readonly code: number; reason(): string } | undefined;

  constructor(options: LobbyOptions) {
    this.#options = options;
    const { now, authenticator, joinCostPerTick, rooms } = options;
    this.#guesses = new AddressTable(() => new TokenBucket(GUESSES_PER_MINUTE, GUESSES_PER_MINUTE / 60, now()));
    this.#admission = new Admission({
      now,
      authenticator,
      costPerTick: joinCostPerTick,
      costOf: ({ hello }) => (rooms.get(hello.room) === undefined ? OPEN_ROOM_COST : 1),
      admit: (newcomer) => this.#join(newcomer),
      refuse: ({ connection }, { reason, code, words }) => this.#refuse(connection, reason, code, words),
      onBug: ({ connection }, error) => {
        options.onBug?.(connection, error);
        connection.close(CODE_INTERNAL_ERROR, "internal error");
      },
    });
  }

  get sessionCount(): number {
    return this.#sessions;
  }

  /** What is remembered of anybody; tests want nothing of it when all have gone. */
  get remembered(): Readonly<Record<"connections" | "unready" | "away" | "accounts" | "tokens", number>> {
    return {
      connections: this.#guests.size,
      unready: this.#unready.size,
      away: this.#away.size,
      accounts: this.#accounts.size,
      tokens: this.#tokens.size,
    };
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
    for (const session of room.players.all()) {
      this.#sessions++;
      this.#tokens.adopt(session);
      this.#noteAway(room, session);
      this.#noteAccount({ room, session });
    }
  }

  /**
   * A room failed, or is given up: its connections end, with words. Whoever is in `next`, which takes its place, may come back with the tokens had by now;
   * the others are gone.
   */
  replace(room: Room, next: Room | undefined, reason: string, code: number = CloseCode.CLOSE_CODE_ROOM_FAILED): void {
    const before = new Map<number, Session>();
    for (const session of room.players.all()) {
      before.set(room.players.idOf(session), session);
      this.#away.delete(session);
    }
    if (next !== undefined) {
      for (const session of next.players.all()) {
        const id = next.players.idOf(session);
        const old = before.get(id);
        // Left since the last record.
        if (old === undefined) next.players.leave(session);
        else {
          this.#tokens.pass(old, session);
          next.players.tokensChanged(session);
          this.#noteAway(next, session);
          this.#noteAccount({ room: next, session });
          before.delete(id);
        }
      }
      this.#options.rooms.disposeIfEmpty(next);
    }
    for (const session of before.values()) {
      this.#forgetAccount(session);
      this.#tokens.revoke(session);
      this.#sessions--;
    }
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
    yield* this.#away.values();
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
    for (const stay of [...this.#away.values()]) {
      if (!isMeant(stay.session.connection, stay)) continue;
      this.#leave(stay);
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
    const { room, session } = guest;
    // At the end what counts is written already.
    if (this.#options.resumeMs === 0 || this.#farewell !== undefined || isGoodbye(code)) return this.#leave(guest);
    this.#noteAway(room, session);
    room.players.away(session);
  }

  #noteAway(room: Room, session: Session): void {
    const { serverNow, resumeMs } = this.#options;
    this.#away.set(session, { room, session, untilMs: serverNow() + resumeMs });
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
    for (const stay of this.#away.values()) if (now > stay.untilMs) this.#leave(stay);
  }

  #leave({ room, session }: Stay): void {
    this.#forgetAccount(session);
    this.#away.delete(session);
    this.#tokens.revoke(session);
    this.#sessions--;
    room.players.leave(session);
    this.#options.rooms.disposeIfEmpty(room);
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
    const before = this.#stayOf(newcomer);
    if (before === "newer") {
      const words = "another connection of this account is newer";
      return this.#refuse(connection, "replaced", CloseCode.CLOSE_CODE_REPLACED, words);
    }
    if (before?.room.name === hello.room) return this.#resume(before, newcomer);
    const { rooms, now, serverNow } = this.#options;
    const room = rooms.find(hello.room);
    if (room === "unknown") {
      return this.#refuse(connection, "room-name", CloseCode.CLOSE_CODE_BAD_ROOM, "no such room");
    }
    if (room === "full") {
      return this.#refuse(connection, "rooms-full", CloseCode.CLOSE_CODE_ROOMS_FULL, "no place for one more room");
    }
    if ("closedForMs" in room && room.isOverloaded) {
      const words = `the room took too much time; retry in ${room.closedForMs} ms`;
      return this.#refuse(connection, "room-overloaded", CloseCode.CLOSE_CODE_ROOM_OVERLOADED, words);
    }
    if ("closedForMs" in room) {
      const words = `the room failed too often; retry in ${room.closedForMs} ms`;
      return this.#refuse(connection, "room-failed", CloseCode.CLOSE_CODE_ROOM_FAILED, words);
    }
    try {
      const token = this.#tokens.create();
      const joined = room.players.join(connection, hello, now(), token, identity);
      if (joined.session === undefined) {
        const { code, reason } = joined;
        return this.#refuse(connection, code === CloseCode.CLOSE_CODE_ROOM_FULL ? "room-full" : "look", code, reason);
      }
      this.#sessions++;
      joined.session.lastHeardMs = serverNow();
      this.#tokens.give(token, joined.session);
      room.players.tokensChanged(joined.session);
      // One account has one entity: the one in another room goes once this one is there.
      if (before !== undefined) this.#replace(before);
      this.#settle(connection, { room, session: joined.session });
    } finally {
      // Whether refused or thrown out by a bug: a room that nobody came into does not stay.
      rooms.disposeIfEmpty(room);
    }
  }

  /**
   * The stay that a newcomer may go on with: that of the hello's token, or that of the newcomer's account. "newer": the account's
   * connection came after this one, which was checked for longer.
   */
  #stayOf({ connection, hello, identity }: Newcomer): Stay | "newer" | undefined {
    if (identity === undefined) return this.#stayOfToken(connection, hello);
    // The account says all that its token could: nobody goes on with the session of someone else.
    const stay = this.#accounts.get(identity.account);
    if (stay === undefined || !this.#isOn(stay)) return undefined;
    const { isOpen, id } = stay.session.connection;
    return isOpen && id > connection.id ? "newer" : stay;
  }

  /** Undefined if nobody has the token: the client begins anew. */
  #stayOfToken(connection: Connection, hello: CheckedHello): Stay | undefined {
    if (hello.resumeToken.length === 0) return undefined;
    const { rooms, now } = this.#options;
    const guesses = this.#guesses.of(connection.address);
    if (guesses !== undefined && !guesses.has(now())) {
      // Not even looked up. The connection goes on as a newcomer's: many players may share the address.
      this.#options.onReject("token-guesses", connection, "too many unknown resume tokens");
      return undefined;
    }
    const session = this.#tokens.find(hello.resumeToken);
    if (session === undefined) guesses?.take(now());
    const room = rooms.get(hello.room);
    if (session === undefined || session.identity !== undefined || room === undefined) return undefined;
    const stay = { room, session };
    return this.#isOn(stay) ? stay : undefined;
  }

  /** Whether the stay's room is open and its session its player's newest. */
  #isOn({ room, session }: Stay): boolean {
    return this.#options.rooms.get(room.name) === room && room.players.holds(session);
  }

  #resume({ room, session: before }: Stay, { connection, hello, identity }: Newcomer): void {
    // An account's other device holds nothing of what this session was told.
    const isOwn = this.#tokens.find(hello.resumeToken) === before;
    const ackTick = isOwn ? hello.ackTick : 0;
    const token = this.#tokens.create();
    const { now, serverNow } = this.#options;
    const session = room.players.resume(before, connection, { ...hello, ackTick }, now(), token, identity);
    session.lastHeardMs = serverNow();
    this.#away.delete(before);
    this.#tokens.renew(before, session, isOwn ? hello.resumeToken : undefined, token);
    room.players.tokensChanged(session);
    this.#settle(connection, { room, session });
  }

  /** The connection serves this stay from now on. */
  #settle(connection: Connection, { room, session }: Stay): void {
    this.#guests.set(connection, { state: "joined", connection, room, session });
    this.#noteAccount({ room, session });
    this.#options.rooms.keepNow(room);
  }

  #noteAccount(stay: Stay): void {
    const account = stay.session.identity?.account;
    if (account !== undefined) this.#accounts.set(account, stay);
  }

  #forgetAccount(session: Session): void {
    const account = session.identity?.account;
    if (account !== undefined && this.#accounts.get(account)?.session === session) this.#accounts.delete(account);
  }

  /** Ends a stay whose player has another one. */
  #replace(stay: Stay): void {
    stay.session.connection.close(CloseCode.CLOSE_CODE_REPLACED, "the player went to another room");
    // Away: no connection to close, or none that the lobby still knows of.
    if (this.#isOn(stay)) this.#leave(stay);
  }

  #receive({ connection, room, session }: Guest & { state: "joined" }, bytes: Uint8Array): void {
    if (session.isAway) room.players.back(session);
    // Whoever speaks in a session has its Welcome, and so the newest token.
    if (!session.isConfirmed && this.#tokens.confirm(session)) room.players.tokensChanged(session);
    session.isConfirmed = true;
    session.lastHeardMs = this.#options.serverNow();
    const refusal = room.receive(session, bytes, this.#options.now());
    if (refusal === undefined) return;
    const code = refusal.reason === "rate" ? CloseCode.CLOSE_CODE_RATE : CloseCode.CLOSE_CODE_BAD_MESSAGE;
    this.#refuse(connection, refusal.reason, code, refusal.words);
  }

  #refuse(connection: Connection, reason: RejectReason, code: number, words: string): void {
    const guest = this.#guests.get(connection);
    // A player keeps being one until the connection says that it is gone; further messages are not read.
    if (guest?.state === "new" || guest?.state === "waiting") {
      if (guest.state === "waiting") this.#admission.leave(guest.newcomer);
      this.#unready.delete(connection);
      this.#guests.set(connection, { state: "refused", connection });
    }
    this.#options.onReject(reason, connection, words);
    connection.close(code, words);
  }
}

/** Whether a connection that ended with this code ends the player's stay. */
function isGoodbye(code: number): boolean {
  if (code === CODE_NORMAL || code === CODE_GOING_AWAY || code === CloseCode.CLOSE_CODE_RESTARTING) return true;
  return code >= CODE_FINAL_MIN;
}
