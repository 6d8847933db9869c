/**
 * One world with its players: joins, leaves and the order of one tick. The engine's part; the rules are the game's. Knows
 * nothing of sockets beyond Connection, and nothing of tadpoles.
 */
import type { CheckedHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";
import { motionRules, POSITION_STEPS } from "../../proto/motion.ts";
import { seededRandom } from "../../proto/random.ts";
import { ABSENT } from "../session/absent-connection.ts";
import { type ReceiveCounters, type Refusal, Session } from "../session/session.ts";
import { World } from "../sim/world.ts";
import { RoomRecord } from "../state/room-record.ts";
import { applyBatches, fittingPlayers, readRoom, type SavedRoom } from "../state/saved-room.ts";
import { CellEncoder } from "../sync/cell-encoder.ts";
import { CellGrid } from "../sync/cell-grid.ts";
import { FrameComposer } from "../sync/frame-composer.ts";
import { clampView } from "../sync/viewer.ts";
import type { Connection } from "../transport/connection.ts";
import { FrameSender, type SendCounters, type TickTimes } from "./frame-sender.ts";
import type { CreateGame, Entered, Game, GameHost, Identity } from "./game.ts";
import { PLAIN_TURN, type Relief, type RoomTurn } from "./relief.ts";
import type { PlayerReport, ReportedPlayer, RoomReport } from "./report.ts";

const { CloseCode, NoticeCode } = shoal;

/** World units seen by a client that does not say. */
const VIEW_DEFAULT = { width: 1024, height: 768 };

export interface RoomOptions {
  name: string;
  tickHz: number;
  worldSize: number;
  cellSize: number;
  capacity: number;
  seed: number;
  epoch: number;
  /** Newest tick of the server: the room goes on counting from there. */
  tick: number;
  /** Ticks that the server has skipped so far. */
  skippedTicks: number;
  createGame: CreateGame;
  counters: SendCounters & ReceiveCounters & { inputs: number; readonly rejects: { notice: number } };
  /** A player told the operators about another. Without it nobody reads reports. */
  onReport?(report: RoomReport): void;
}

/** Who came in, or the close code and words for who did not. */
export type Joined = { readonly session: Session } | { readonly session?: undefined; code: number; reason: string };

export class Room {
  readonly name: string;
  /** Newest tick that was encoded; frames of it are out. */
  tick: number;
  readonly world: World;
  /** What viewers hold; tests compare with it. */
  readonly encoder: CellEncoder;
  /** What is kept of it. */
  readonly record: RoomRecord;
  readonly #options: RoomOptions;
  readonly #grid: CellGrid;
  readonly #game: Game;
  readonly #sender: FrameSender;
  readonly #sessions: (Session | undefined)[];
  #skippedTicks: number;
  /** Ticks of the server in which this room did not step. */
  #passedOver = 0;
  /** The newest step is told at once. */
  #hasFrames = true;
  /** How this room is relieved (SPEC O6), and what of it the game has been told. */
  relief: Relief = "none";
  #toldRelief: Relief = "none";
  /** The game threw between ticks, where nobody could end the room: the next tick does. */
  #fault: { readonly error: unknown } | undefined;
  #isRestoring = false;
  /** The event that the game is handling. */
  #handling: { readonly id: number; readonly event: number } | undefined;

  constructor(options: RoomOptions) {
    const { worldSize, cellSize, capacity, tickHz } = options;
    this.name = options.name;
    this.tick = options.tick;
    this.#skippedTicks = options.skippedTicks;
    this.#options = options;
    const rules = motionRules(tickHz, worldSize, worldSize);
    this.world = new World(rules, capacity);
    this.#grid = new CellGrid(worldSize, worldSize, cellSize, capacity);
    this.encoder = new CellEncoder({
      grid: this.#grid,
      rules,
      slots: capacity,
      epoch: options.epoch,
      encodeRest: (slot) => this.#encodeRest(slot),
    });
    const { counters } = options;
    const { motion } = this.world;
    this.#sender = new FrameSender({ composer: new FrameComposer(), source: this.encoder, motion, tickHz, counters });
    this.#sessions = new Array(capacity).fill(undefined);
    this.#game = options.createGame(this.#host());
    this.record = new RoomRecord({
      name: options.name,
      epoch: options.epoch,
      world: this.world,
      saveGame: (slot, to) => this.#game.save(slot, to),
      sessionIn: (slot) => this.#sessions[slot],
    });
  }

  get playerCount(): number {
    return this.world.liveCount;
  }

  /** Lets a newcomer in and sends the Welcome; the first frame comes with the next tick. */
  join(
    connection: Connection,
    hello: CheckedHello,
    nowMs: number,
    resumeToken: Uint8Array,
    identity?: Identity,
  ): Joined {
    if (this.world.isFull) return { code: CloseCode.CLOSE_CODE_ROOM_FULL, reason: "the room is full" };
    const entered = this.#enter(hello.join, identity);
    if (entered.refused !== undefined) return { code: CloseCode.CLOSE_CODE_BAD_LOOK, reason: entered.refused };
    const session = this.#open(entered.slot, connection, nowMs, hello.view, identity);
    this.#forgetRest(session.slot);
    if (!this.#welcome(session, resumeToken, false)) {
      this.leave(session);
      return { code: CloseCode.CLOSE_CODE_SLOW, reason: "the welcome could not be sent" };
    }
    this.record.noteChange(session);
    this.record.tell(session, encodeEvent({ online: { players: this.playerCount } }));
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
    this.#game.back(before.slot, hello.join, identity);
    const session = this.#open(before.slot, connection, nowMs, hello.view, identity);
    session.inherit(before, hello.ackTick);
    this.record.noteChange(session);
    this.record.noteQueue(session);
    before.connection.close(CloseCode.CLOSE_CODE_REPLACED, "another connection goes on with this session");
    this.#welcome(session, resumeToken, true);
    return session;
  }

  /** How operators name a player's stay: it keeps the name over all of its connections. */
  sessionName({ slot }: Session): string {
    return `${this.name}/${this.world.ids[slot]}`;
  }

  /** What the player goes by. */
  playerName({ slot }: Session): string {
    return this.#game.nameOf(slot);
  }

  /** Whether this is its player's newest session. */
  holds(session: Session): boolean {
    return this.#sessions[session.slot] === session;
  }

  /** Everyone in the room, with a connection or without. */
  *sessions(): Generator<Session, void> {
    for (const session of this.#sessions) if (session !== undefined) yield session;
  }

  /** The number for life of the player's entity. */
  idOf(session: Session): number {
    return this.world.ids[session.slot];
  }

  /** The session's tokens are others than before. */
  tokensChanged(session: Session): void {
    this.record.noteChange(session);
  }

  /** Nothing is heard of the player: the entity stays, and others see that nobody is there. */
  away(session: Session): void {
    if (session.isAway || !this.holds(session)) return;
    session.isAway = true;
    this.#attempt(() => this.#game.away(session.slot));
  }

  /** The player of an away session is heard again. */
  back(session: Session): void {
    if (!session.isAway || !this.holds(session)) return;
    session.isAway = false;
    this.#attempt(() => this.#game.back(session.slot, undefined, session.identity));
  }

  /** Takes the player and the player's entity out; viewers learn it with the next frame. */
  leave(session: Session): void {
    const { slot } = session;
    if (!this.holds(session)) return;
    this.#attempt(() => this.#game.leave(slot));
    this.record.noteLeave(this.world.ids[slot]);
    this.#sessions[slot] = undefined;
    this.#grid.remove(slot);
    this.world.remove(slot);
  }

  /** A message of a player: queued for the tick, or refused whole. */
  receive(session: Session, bytes: Uint8Array, nowMs: number): Refusal | undefined {
    return session.receive(bytes, nowMs, this.tick, this.#isInput);
  }
  readonly #isInput = (input: shoal.Input.$Shape): boolean => this.#game.isInput(input);

  /** The server ticks without this room: all that is to come here comes a tick later. */
  passOver(): void {
    this.#passedOver++;
  }

  /** One tick but for its frames: inputs and events in, the world moves, cells are encoded. What came of events is in the record. */
  step(times: TickTimes, turn: RoomTurn = PLAIN_TURN): void {
    const { world } = this;
    if (this.#fault !== undefined) throw this.#fault.error;
    this.tick++;
    this.#skippedTicks = times.skippedTicks + this.#passedOver;
    this.#sender.beginTick(times, this.#skippedTicks, turn.stepEvery);
    if (this.relief !== this.#toldRelief) {
      this.#toldRelief = this.relief;
      this.#game.relief?.(this.relief);
    }
    for (let i = 0; i < world.liveCount; i++) this.#takeInput(world.live[i]);
    this.#game.step();
    this.#hasFrames = turn.hasFrames;
    if (turn.hasFrames) this.encoder.encode(this.tick, world.motion, world.live, world.liveCount);
    else this.encoder.glide(this.tick);
    if (this.tick % this.#options.tickHz === 0) this.#eachSecond();
    this.record.close(this.tick);
  }

  /** The tick's frames, if it has any. `areEventsKept`: clients may be told that the server keeps what came of their events. */
  sendFrames(areEventsKept: boolean): void {
    if (!this.#hasFrames) return;
    const { world } = this;
    this.#sender.beginFrames(areEventsKept);
    for (let i = 0; i < world.liveCount; i++) {
      const session = this.#sessions[world.live[i]];
      if (session === undefined) continue;
      this.#turnView(session);
      this.#sender.send(session);
    }
  }

  /** Between ticks: what changed since the last one is to be kept at once. It belongs to the coming tick. */
  closeRecord(): void {
    this.#attempt(() => this.record.close(this.tick + 1));
  }

  /** After the tick's frames: writes everything down, to be rebuilt from. */
  writeCheckpoint(): void {
    this.record.writeCheckpoint(this.tick);
  }

  /**
   * What this room was before the tick that failed; undefined if nothing of it was written down. An event that made the game throw is marked: it
   * will come again, and would throw again.
   */
  lastState(): SavedRoom | undefined {
    const { checkpoint, batches } = this.record;
    const saved = applyBatches(checkpoint.length === 0 ? undefined : readRoom(checkpoint), batches);
    for (const session of this.sessions()) {
      const player = saved?.players.get(this.idOf(session));
      if (player === undefined) continue;
      player.badEvents = session.badEvents;
      if (this.#handling?.id === player.id) player.badEvents = [...session.badEvents, this.#handling.event];
    }
    return saved;
  }

  /** Takes up what was saved; only for a room in which nobody ever was. Everyone is away; players
   * for whom there is no place any more stay out. Throws on a state that cannot be. */
  restore(saved: SavedRoom, nowMs: number): void {
    this.#isRestoring = true;
    const players = fittingPlayers(saved, this.world.slotCount);
    this.world.restore(players, saved.nextId);
    for (const player of players) {
      this.#game.load(player.slot, player.game);
      const session = this.#open(player.slot, ABSENT, nowMs, undefined, player.identity);
      session.restore(player);
      session.isAway = true;
      this.#game.away(player.slot);
    }
    this.#isRestoring = false;
    this.record.takeUp();
    this.writeCheckpoint();
  }

  #open(
    slot: number,
    connection: Connection,
    nowMs: number,
    wanted: CheckedHello["view"],
    identity: Identity | undefined,
  ): Session {
    const { capacity, tickHz, counters } = this.#options;
    const view = { width: wanted?.width ?? VIEW_DEFAULT.width, height: wanted?.height ?? VIEW_DEFAULT.height };
    const session = new Session({
      connection,
      identity,
      slot,
      slotCount: capacity,
      tickHz,
      tick: this.tick,
      skippedTicks: this.#skippedTicks,
      nowMs,
      view,
      counters,
    });
    this.#sessions[slot] = session;
    return session;
  }

  /** False if the connection does not take it. */
  #welcome(session: Session, resumeToken: Uint8Array, resumed: boolean): boolean {
    const { capacity, tickHz, worldSize, cellSize } = this.#options;
    session.toldLostEvents = session.lostEvents;
    const welcome = shoal.Welcome.encode({
      room: this.name,
      epoch: this.encoder.epoch,
      tick: this.tick,
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

  /** A game that throws half-way must not leave an entity behind that nobody plays. */
  #enter(join: shoal.Join.$Shape, identity: Identity | undefined): Entered {
    const { liveCount } = this.world;
    try {
      return this.#game.enter(join, identity);
    } catch (error) {
      if (this.world.liveCount > liveCount) this.world.remove(this.world.live[liveCount]);
      throw error;
    }
  }

  #takeInput(slot: number): void {
    const session = this.#sessions[slot];
    if (session === undefined) return;
    const input = session.inputs.take(this.tick);
    if (input !== undefined) {
      this.#game.input(slot, input);
      this.#options.counters.inputs++;
    }
    const { eventsIn } = session;
    if (eventsIn.length === 0 && session.takenEvent === session.lastEvent) return;
    const id = this.world.ids[slot];
    for (let i = 0; i < eventsIn.length; i++) {
      this.#handling = { id, event: session.eventNumber(i) };
      this.#game.event(slot, eventsIn[i]);
    }
    this.#handling = undefined;
    eventsIn.length = 0;
    session.takenEvent = session.lastEvent;
    this.record.noteActs(session);
  }

  /** A call of the game between ticks. What it leaves half done nobody can mend: the room fails with the next tick. */
  #attempt(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#fault ??= { error };
    }
  }

  /** A view must not stay where the entity was long ago, and everyone likes to know how many are here. */
  #eachSecond(): void {
    for (let i = 0; i < this.world.liveCount; i++) {
      const session = this.#sessions[this.world.live[i]];
      if (session !== undefined) session.isViewTold = true;
    }
    // Whoever does not look learns the newest number later: it must not push out what somebody said.
    const players = this.playerCount;
    const isDue = (session: Session) =>
      session.toldPlayers !== players && session.connection.isOpen && !session.isAway && !session.isHidden;
    if (!this.#sessions.some((session) => session !== undefined && isDue(session))) return;
    this.#tellEach(encodeEvent({ online: { players } }), (session) => {
      if (!isDue(session)) return false;
      session.toldPlayers = players;
      return true;
    });
  }

  #turnView(session: Session): void {
    const x = this.world.motion.x[session.slot] / POSITION_STEPS;
    const y = this.world.motion.y[session.slot] / POSITION_STEPS;
    if (session.isHidden) return;
    session.follow(x, y);
    if (!session.isViewTold) return;
    session.isViewTold = false;
    session.viewer.look(clampView(session.wanted, x, y));
  }

  #forgetRest(slot: number): void {
    // Nobody knows anything of a room that is being restored, and everybody in it changes.
    if (this.#isRestoring) return;
    for (const session of this.#sessions) session?.viewer.unlearn(slot);
    this.encoder.restChanged(slot);
  }

  #tellEach(event: Uint8Array, isMeant: (session: Session) => boolean, onTold?: (slot: number) => void): void {
    this.record.beginTelling(event);
    for (const session of this.#sessions) {
      if (session === undefined || !isMeant(session)) continue;
      this.record.tellTo(session);
      onTold?.(session.slot);
    }
    this.record.endTelling(false);
  }

  #tellAll(event: Uint8Array, onTold?: (slot: number) => void): void {
    this.record.beginTelling(event);
    for (const session of this.#sessions) {
      if (session === undefined) continue;
      this.record.tellOneOfAll(session);
      onTold?.(session.slot);
    }
    this.record.endTelling(true);
  }

  #report(slot: number, { byName, aboutId, aboutName, aboutSlot, words, lines }: PlayerReport): void {
    const about = aboutSlot === undefined ? undefined : this.#sessions[aboutSlot];
    this.#options.onReport?.({
      room: this.name,
      by: this.#reported(this.world.ids[slot], byName, this.#sessions[slot]),
      about: this.#reported(aboutId, aboutName, about),
      words,
      lines,
    });
  }

  #reported(id: number, name: string, session: Session | undefined): ReportedPlayer {
    const { identity, connection } = session ?? {};
    return { session: `${this.name}/${id}`, name, account: identity?.account, address: connection?.address };
  }

  #encodeRest(slot: number): Uint8Array {
    const rest = { slot, id: this.world.ids[slot], entity: this.#game.entity(slot) };
    // A whole field, tag and all: what composers copy into frames. Copied, as it stays: protobufjs cuts its results from
    // large slabs that one small result would keep alive.
    return new Uint8Array(shoal.ServerFrame.encode({ entities: [rest] }).finish());
  }

  #host(): GameHost {
    const room = this;
    return {
      world: room.world,
      tickHz: room.#options.tickHz,
      // Between ticks and while inputs are taken, what happens belongs to the frame that comes next.
      get tick() {
        return room.tick;
      },
      random: seededRandom(room.#options.seed),
      restChanged: (slot) => room.#forgetRest(slot),
      moved: (slot) => {
        const session = room.#sessions[slot];
        if (session !== undefined) session.isOwnDue = true;
      },
      tell: (slot, event) => {
        const code = event.notice?.code ?? NoticeCode.NOTICE_CODE_UNSPECIFIED;
        // All others say why an event had no effect.
        if (event.notice && code !== NoticeCode.NOTICE_CODE_REPORTED) room.#options.counters.rejects.notice++;
        const session = room.#sessions[slot];
        if (session !== undefined) room.record.tell(session, encodeEvent(event));
      },
      tellNearby: (slot, event, onTold) => {
        const cell = room.#grid.cellOf(slot);
        room.#tellEach(
          encodeEvent(event),
          (session) => session.slot === slot || (cell >= 0 && session.viewer.sees(cell, room.encoder)),
          onTold,
        );
      },
      tellAll: (event, onTold) => room.#tellAll(encodeEvent(event), onTold),
      report: (slot, report) => room.#report(slot, report),
    };
  }
}

/** A whole `events` field of ServerFrame, tag and all. */
function encodeEvent(event: shoal.ServerEvent.$Properties): Uint8Array {
  return shoal.ServerFrame.encode({ events: [event] }).finish();
}
