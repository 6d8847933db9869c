/**
 * Players' stays, over all of their connections: who may come back, with which token or account, and until when. One account has one stay.
 * Knows nothing of connections that have none.
 */
import type { CheckedHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import type { Joined } from "../room/players.ts";
import type { Room } from "../room/room.ts";
import type { Rooms } from "../room/rooms.ts";
import { AddressTable } from "../transport/address-table.ts";
import type { Connection } from "../transport/connection.ts";
import { TokenBucket } from "../transport/token-bucket.ts";
import type { Newcomer } from "./admission.ts";
import { ResumeTokens } from "./resume-tokens.ts";
import { type GaveWay, Seats, type Stay } from "./seats.ts";
import type { Session } from "./session.ts";

const { CloseCode } = shoal;
/** Resume tokens that nobody has, from one address: so many at once, then as many a minute. */
const GUESSES_PER_MINUTE = 5;

export interface StaysOptions {
  rooms: Rooms;
  /** True time, ms. */
  now(): number;
  /** Server time, ms, which stands while the server does (SPEC T6). */
  serverNow(): number;
  /** How long a player whose connection is lost may come back, ms; 0: not at all. */
  resumeMs: number;
  /** Too many unknown tokens came from the connection's address: its own was not looked up. */
  onGuesses(connection: Connection): void;
  /** Players of one address, and rooms of its own; no limit if left out. */
  addressSeatsMax?: number | undefined;
  addressRoomsMax?: number | undefined;
  /** A player who was away leaves, as its address has too many; the connection is the one that was lost. */
  onGaveWay(connection: Connection, reason: GaveWay): void;
}

export class Stays {
  readonly #options: StaysOptions;
  /** Where the players are of whom it is known who they are. */
  readonly #accounts = new Map<string, Stay>();
  /** What is left of each address's guesses at resume tokens. */
  readonly #guesses: AddressTable<TokenBucket>;
  readonly #tokens = new ResumeTokens<Session>();
  /** Players without a connection, and until when they may come back. */
  readonly #away = new Map<Session, Stay & { readonly untilMs: number }>();
  readonly #seats: Seats;
  #count = 0;

  constructor(options: StaysOptions) {
    this.#options = options;
    const { now, addressSeatsMax = 0, addressRoomsMax = Number.POSITIVE_INFINITY, onGaveWay } = options;
    this.#seats = new Seats({
      seatsMax: addressSeatsMax,
      ownRoomsMax: addressRoomsMax,
      awayUntilMs: (session) => this.#away.get(session)?.untilMs,
      giveWay: (stay, reason) => {
        onGaveWay(stay.session.connection, reason);
        this.end(stay);
      },
    });
    this.#guesses = new AddressTable(() => new TokenBucket(GUESSES_PER_MINUTE, GUESSES_PER_MINUTE / 60, now()));
  }

  /** All of them, with or without a connection. */
  get count(): number {
    return this.#count;
  }

  get remembered(): Readonly<Record<"away" | "accounts" | "tokens" | "seats", number>> {
    const { size: seats } = this.#seats;
    return { away: this.#away.size, accounts: this.#accounts.size, tokens: this.#tokens.size, seats };
  }

  /** Those without a connection. */
  away(): Iterable<Stay> {
    return this.#away.values();
  }

  /** Begins a stay, if the room takes the newcomer; `before`, the account's stay in another room, ends. */
  begin(room: Room, { connection, hello, identity }: Newcomer, before: Stay | undefined): Joined {
    const { now, serverNow } = this.#options;
    const token = this.#tokens.create();
    const joined = room.players.join(connection, hello, now(), token, identity);
    const { session } = joined;
    if (session === undefined) return joined;
    this.#count++;
    session.lastHeardMs = serverNow();
    this.#tokens.give(token, session);
    room.players.tokensChanged(session);
    // One account has one entity: the one in another room goes once this one is there.
    if (before !== undefined) this.#endReplaced(before);
    this.#noteAccount({ room, session });
    this.#seats.take({ room, session });
    return joined;
  }

  /** The stay goes on by the newcomer's connection; its older one is closed. */
  resume({ room, session: before }: Stay, { connection, hello, identity }: Newcomer): Session {
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
    this.#noteAccount({ room, session });
    this.#seats.leave(before);
    this.#seats.take({ room, session });
    return session;
  }

  /** Whoever speaks in a session has its Welcome, and so the newest token: older ones die. */
  confirm({ room, session }: Stay): void {
    if (this.#tokens.confirm(session)) room.players.tokensChanged(session);
    session.isConfirmed = true;
  }

  /** The stay's connection is lost: its player may come back for a while. */
  noteAway({ room, session }: Stay): void {
    const { serverNow, resumeMs } = this.#options;
    this.#away.set(session, { room, session, untilMs: serverNow() + resumeMs });
  }

  /** Whether a room may be opened for a newcomer from this address (SPEC S34), whose stay `before` ends when it is. */
  mayOpenRoom(address: string, before: Stay | undefined): boolean {
    return this.#seats.mayOpenRoom(address, before);
  }

  /** Takes the player out of the room; nobody comes back to this stay. */
  end({ room, session }: Stay): void {
    this.#forgetAccount(session);
    this.#seats.leave(session);
    this.#away.delete(session);
    this.#tokens.revoke(session);
    this.#count--;
    room.players.leave(session);
    this.#options.rooms.disposeIfEmpty(room);
  }

  /** Whose resume token this is; a guess is not counted (compare `of`), as whoever has a token can only end its stay by this. */
  find(token: Uint8Array): Session | undefined {
    return this.#tokens.find(token);
  }

  /** The same for a player without a connection; without effect if there is one. */
  endAway(session: Session): void {
    const stay = this.#away.get(session);
    if (stay !== undefined) this.end(stay);
  }

  /** Ends those whose players did not come back in time. */
  endOverdue(): void {
    const now = this.#options.serverNow();
    for (const stay of this.#away.values()) if (now > stay.untilMs) this.end(stay);
  }

  /** A room as it was saved: its players are away, and may come back from now on. */
  adopt(room: Room): void {
    for (const session of room.players.all()) {
      this.#count++;
      this.#tokens.adopt(session);
      this.noteAway({ room, session });
      this.#noteAccount({ room, session });
    }
  }

  /** Whoever is in `next`, which takes the place of `room`, may come back with the tokens had by now; the others' stays end. */
  moveTo(next: Room | undefined, room: Room): void {
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
          this.noteAway({ room: next, session });
          this.#noteAccount({ room: next, session });
          this.#seats.pass(old, { room: next, session });
          before.delete(id);
        }
      }
      this.#options.rooms.disposeIfEmpty(next);
    }
    for (const session of before.values()) {
      this.#forgetAccount(session);
      this.#seats.leave(session);
      this.#tokens.revoke(session);
      this.#count--;
    }
  }

  /**
   * The stay that a newcomer may go on with: that of the hello's token, or that of the newcomer's account. "newer": the account's
   * connection came after this one, which was checked for longer.
   */
  of({ connection, hello, identity }: Newcomer): Stay | "newer" | undefined {
    if (identity === undefined) return this.#ofToken(connection, hello);
    // The account says all that its token could: nobody goes on with the session of someone else.
    const stay = this.#accounts.get(identity.account);
    if (stay === undefined || !this.#isOn(stay)) return undefined;
    const { isOpen, id } = stay.session.connection;
    return isOpen && id > connection.id ? "newer" : stay;
  }

  /** Undefined if nobody has the token: the client begins anew. */
  #ofToken(connection: Connection, hello: CheckedHello): Stay | undefined {
    if (hello.resumeToken.length === 0) return undefined;
    const { rooms, now, onGuesses } = this.#options;
    const guesses = this.#guesses.of(connection.address);
    if (guesses !== undefined && !guesses.has(now())) {
      // Not even looked up. The connection goes on as a newcomer's: many players may share the address.
      onGuesses(connection);
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

  /** Ends a stay whose player has another one. */
  #endReplaced(stay: Stay): void {
    stay.session.connection.close(CloseCode.CLOSE_CODE_REPLACED, "the player went to another room");
    // Away: no connection to close, or none that the lobby still knows of.
    if (this.#isOn(stay)) this.end(stay);
  }

  #noteAccount(stay: Stay): void {
    const account = stay.session.identity?.account;
    if (account !== undefined) this.#accounts.set(account, stay);
  }

  #forgetAccount(session: Session): void {
    const account = session.identity?.account;
    if (account !== undefined && this.#accounts.get(account)?.session === session) this.#accounts.delete(account);
  }
}
