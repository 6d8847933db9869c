/**
 * Who is in a room: players come in, go on by another connection, fall silent, leave, and are taken up from what was saved. All of it between
 * ticks. Knows nothing of sockets beyond Connection, and nothing of what a tick does with the players.
 */
import type { CheckedHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";
import { ABSENT } from "../session/absent-connection.ts";
import { Session } from "../session/session.ts";
import type { World } from "../sim/world.ts";
import type { RoomRecord } from "../state/room-record.ts";
import { fittingPlayers, type SavedPlayer, type SavedRoom } from "../state/saved-room.ts";
import type { CellEncoder } from "../sync/cell-encoder.ts";
import type { CellGrid } from "../sync/cell-grid.ts";
import type { Connection } from "../transport/connection.ts";
import type { Entered, Game, Identity } from "./game.ts";
import type { RoomOptions, RoomTime } from "./room-options.ts";
import { encodeEvent } from "./telling.ts";

const { CloseCode } = shoal;

/** World units seen by a client that does not say. */
const VIEW_DEFAULT = { width: 1024, height: 768 };

/** Who came in, or the close code and words for who did not. */
export type Joined = { readonly session: Session } | { readonly session?: undefined; code: number; reason: string };

export interface PlayersParts {
  options: RoomOptions;
  time: RoomTime;
  world: World;
  grid: CellGrid;
  encoder: CellEncoder;
  record: RoomRecord;
  game: Game;
  /** By slot: filled here, read by the tick. */
  sessions: (Session | undefined)[];
  /** Calls the game between ticks, where it may not end the room. */
  attempt(call: () => void): void;
}

export class Players {
  readonly #parts: PlayersParts;
  readonly #sessions: (Session | undefined)[];
  #isRestoring = false;

  constructor(parts: PlayersParts) {
    this.#parts = parts;
    this.#sessions = parts.sessions;
  }

  /** Lets a newcomer in and sends the Welcome; the first frame comes with the next tick. */
  join(
    connection: Connection,
    hello: CheckedHello,
    nowMs: number,
    resumeToken: Uint8Array,
    identity?: Identity,
  ): Joined {
    const { world, record } = this.#parts;
    if (world.isFull) return { code: CloseCode.CLOSE_CODE_ROOM_FULL, reason: "the room is full" };
    const entered = this.#enter(hello.join, identity);
    if (entered.refused !== undefined) return { code: CloseCode.CLOSE_CODE_BAD_LOOK, reason: entered.refused };
    const session = this.#open(entered.slot, connection, nowMs, hello.view, identity);
    this.restChanged(session.slot);
    if (!this.#welcome(session, resumeToken, false)) {
      this.leave(session);
      return { code: CloseCode.CLOSE_CODE_SLOW, reason: "the welcome could not be sent" };
    }
    record.noteChange(session);
    record.tell(session, encodeEvent({ online: { players: world.liveCount } }));
    return { session };
  }

  /**
   * The player of `before` goes on by another connection: same entity, and every event that it does not hold yet. The older
   * connection is closed. A throw of the game leaves everything as it was.
   */
  resume(
    before: Session,
    connection: Connection,
    hello: CheckedHello,
    nowMs: number,
    resumeToken: Uint8Array,
    identity?: Identity,
  ): Session {
    const { game, record } = this.#parts;
    game.back(before.slot, hello.join, identity);
    const session = this.#open(before.slot, connection, nowMs, hello.view, identity);
    session.inherit(before, hello.ackTick);
    record.noteChange(session);
    record.noteQueue(session);
    before.connection.close(CloseCode.CLOSE_CODE_REPLACED, "another connection goes on with this session");
    this.#welcome(session, resumeToken, true);
    return session;
  }

  /** Nothing is heard of the player: the entity stays, and others see that nobody is there. */
  away(session: Session): void {
    if (session.isAway || !this.holds(session)) return;
    session.isAway = true;
    const { game, attempt } = this.#parts;
    attempt(() => game.away(session.slot));
  }

  /** The player of an away session is heard again. */
  back(session: Session): void {
    if (!session.isAway || !this.holds(session)) return;
    session.isAway = false;
    const { game, attempt } = this.#parts;
    attempt(() => game.back(session.slot, undefined, session.identity));
  }

  /** Takes the player and the player's entity out; viewers learn it with the next frame. */
  leave(session: Session): void {
    const { slot } = session;
    if (!this.holds(session)) return;
    const { game, attempt, record, grid, world, encoder } = this.#parts;
    attempt(() => game.leave(slot));
    record.noteLeave(world.ids[slot]);
    this.#sessions[slot] = undefined;
    grid.remove(slot);
    world.remove(slot);
    encoder.leave(slot);
  }

  /**
   * Room.restore: everyone is away; players for whom there is no place any more stay out, and so does one whom the game cannot take up, unless that is
   * all of them: then it throws.
   */
  restore(saved: SavedRoom, nowMs: number): void {
    const { world, game } = this.#parts;
    this.#isRestoring = true;
    const players = fittingPlayers(saved, world.slotCount);
    world.restore(players, saved.nextId);
    for (const player of players) {
      if (!this.#load(player)) continue;
      const session = this.#open(player.slot, ABSENT, nowMs, undefined, player.identity);
      session.restore(player);
      session.isAway = true;
      game.away(player.slot);
    }
    this.#isRestoring = false;
  }

  /** False if the game cannot take the player up. One player's trouble must not end everyone's stay. */
  #load({ slot, id, game: kept }: SavedPlayer): boolean {
    const { world, game, options, record } = this.#parts;
    try {
      game.load(slot, kept);
      return true;
    } catch (error) {
      // Or the player would be found again in what was saved before, in a slot that somebody else has by then.
      record.noteLeave(id);
      world.remove(slot);
      if (world.liveCount === 0) throw error;
      options.onLeftOut?.(id, error);
      return false;
    }
  }

  /** Everyone in the room, with a connection or without. */
  *all(): Generator<Session, void> {
    for (const session of this.#sessions) if (session !== undefined) yield session;
  }

  /** Whether this is its player's newest session. */
  holds(session: Session): boolean {
    return this.#sessions[session.slot] === session;
  }

  /** The number for life of the player's entity. */
  idOf(session: Session): number {
    return this.#parts.world.ids[session.slot];
  }

  /** How operators name a player's stay: it keeps the name over all of its connections. */
  sessionName(session: Session): string {
    return `${this.#parts.options.name}/${this.idOf(session)}`;
  }

  /** What the player goes by. */
  nameOf({ slot }: Session): string {
    return this.#parts.game.nameOf(slot);
  }

  /** The session's tokens are others than before. */
  tokensChanged(session: Session): void {
    this.#parts.record.noteChange(session);
  }

  /** Rest fields of the entity in `slot` are others than before: nobody knows them any more. */
  restChanged(slot: number): void {
    // Nobody knows anything of a room that is being restored, and everybody in it changes.
    if (this.#isRestoring) return;
    for (const session of this.#sessions) session?.viewer.unlearn(slot);
    this.#parts.encoder.restChanged(slot);
  }

  /** A game that throws half-way must not leave an entity behind that nobody plays. */
  #enter(join: shoal.Join.$Shape, identity: Identity | undefined): Entered {
    const { world, game } = this.#parts;
    const { liveCount } = world;
    try {
      return game.enter(join, identity);
    } catch (error) {
      if (world.liveCount > liveCount) world.remove(world.live[liveCount]);
      throw error;
    }
  }

  #open(
    slot: number,
    connection: Connection,
    nowMs: number,
    wanted: CheckedHello["view"],
    identity: Identity | undefined,
  ): Session {
    const { options, time } = this.#parts;
    const { capacity, tickHz, counters } = options;
    const view = { width: wanted?.width ?? VIEW_DEFAULT.width, height: wanted?.height ?? VIEW_DEFAULT.height };
    const session = new Session({
      connection,
      identity,
      slot,
      slotCount: capacity,
      tickHz,
      tick: time.tick,
      skippedTicks: time.skippedTicks,
      nowMs,
      view,
      counters,
    });
    this.#sessions[slot] = session;
    return session;
  }

  /** False if the connection does not take it. */
  #welcome(session: Session, resumeToken: Uint8Array, resumed: boolean): boolean {
    const { options, time } = this.#parts;
    const { name, epoch, capacity, tickHz, worldSize, cellSize } = options;
    session.toldLostEvents = session.lostEvents;
    const welcome = shoal.Welcome.encode({
      room: name,
      epoch,
      tick: time.tick,
      tickHz,
      worldWidth: worldSize,
      worldHeight: worldSize,
      cellSize,
      ownSlot: session.slot,
      slotCount: capacity,
      messageBytesMax: MESSAGE_BYTES_MAX,
      resumeToken,
      resumed,
      lastEvent: session.lastEvent,
      lostEvents: session.lostEvents,
    }).finish();
    return session.connection.send(welcome) === "sent";
  }
}
