/**
 * One world with its players: the order of one tick, and what is kept of it. The engine's part; the rules are the game's. Who comes and goes
 * is for players.ts, what the game may ask for game-host.ts. Knows nothing of sockets, and nothing of tadpoles.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { motionRules, POSITION_STEPS } from "../../proto/motion.ts";
import type { Refusal, Session } from "../session/session.ts";
import { World } from "../sim/world.ts";
import { RoomRecord } from "../state/room-record.ts";
import { applyBatches, readRoom, type SavedRoom } from "../state/saved-room.ts";
import { CellEncoder } from "../sync/cell-encoder.ts";
import { CellGrid } from "../sync/cell-grid.ts";
import { FrameComposer } from "../sync/frame-composer.ts";
import { clampView } from "../sync/viewer.ts";
import { FrameSender, type TickTimes } from "./frame-sender.ts";
import type { Game } from "./game.ts";
import { createGameHost } from "./game-host.ts";
import { Players } from "./players.ts";
import { PLAIN_TURN, type Relief, type RoomTurn } from "./relief.ts";
import type { RoomOptions, RoomTime } from "./room-options.ts";
import { type SlotSessions, tellPlayerCount } from "./telling.ts";

export class Room implements RoomTime {
  readonly name: string;
  /** Newest tick that was encoded; frames of it are out. */
  tick: number;
  /** Ticks in which this room did not step: all did not, or it was passed over. */
  skippedTicks: number;
  readonly world: World;
  /** What viewers hold; tests compare with it. */
  readonly encoder: CellEncoder;
  /** What is kept of it. */
  readonly record: RoomRecord;
  /** Who comes and goes. */
  readonly players: Players;
  readonly #options: RoomOptions;
  readonly #game: Game;
  readonly #sender: FrameSender;
  /** Of everyone in the room, by slot. */
  readonly #sessions: SlotSessions;
  /** Ticks of the server in which this room was passed over. */
  #passedOver = 0;
  /** The newest step is told at once. */
  #hasFrames = true;
  /** How this room is relieved (SPEC O6), and what of it the game has been told. */
  relief: Relief = "none";
  #toldRelief: Relief = "none";
  /** The game threw between ticks, where nobody could end the room: the next tick does. */
  #fault: { readonly error: unknown } | undefined;
  /** The event that the game is handling. */
  #handling: { readonly id: number; readonly event: number } | undefined;

  constructor(options: RoomOptions) {
    const { worldSize, cellSize, capacity, tickHz } = options;
    this.name = options.name;
    this.tick = options.tick;
    this.skippedTicks = options.skippedTicks;
    this.#options = options;
    const rules = motionRules(tickHz, worldSize, worldSize);
    const world = new World(rules, capacity);
    this.world = world;
    const grid = new CellGrid(worldSize, worldSize, cellSize, capacity);
    const encoder = new CellEncoder({
      grid,
      rules,
      slots: capacity,
      epoch: options.epoch,
      encodeRest: (slot) => this.#encodeRest(slot),
    });
    this.encoder = encoder;
    const { counters } = options;
    const { motion } = world;
    this.#sender = new FrameSender({ composer: new FrameComposer(), source: encoder, motion, tickHz, counters });
    const sessions: (Session | undefined)[] = new Array(capacity).fill(undefined);
    this.#sessions = sessions;
    const record = new RoomRecord({
      name: options.name,
      epoch: options.epoch,
      world,
      saveGame: (slot, to) => this.#game.save(slot, to),
      sessionIn: (slot) => sessions[slot],
    });
    this.record = record;
    const parts = { options, time: this, world, grid, encoder, record, sessions };
    const restChanged = (slot: number) => this.players.restChanged(slot);
    this.#game = options.createGame(createGameHost({ ...parts, restChanged }));
    this.players = new Players({ ...parts, game: this.#game, attempt: (call) => this.#attempt(call) });
  }

  get playerCount(): number {
    return this.world.liveCount;
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
    this.skippedTicks = times.skippedTicks + this.#passedOver;
    this.#sender.beginTick(times, this.skippedTicks, turn.stepEvery);
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
    for (const session of this.players.all()) {
      const player = saved?.players.get(this.players.idOf(session));
      if (player === undefined) continue;
      player.badEvents = session.badEvents;
      if (this.#handling?.id === player.id) player.badEvents = [...session.badEvents, this.#handling.event];
    }
    return saved;
  }

  /** Goes on from what was saved; only for a room in which nobody ever was. Throws on a state that cannot be. */
  restore(saved: SavedRoom, nowMs: number): void {
    this.players.restore(saved, nowMs);
    this.record.takeUp();
    this.writeCheckpoint();
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
    tellPlayerCount(this.record, this.#sessions, this.playerCount);
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

  #encodeRest(slot: number): Uint8Array {
    const rest = { slot, id: this.world.ids[slot], entity: this.#game.entity(slot) };
    // A whole field, tag and all: what composers copy into frames. Copied, as it stays: protobufjs cuts its results from
    // large slabs that one small result would keep alive.
    return new Uint8Array(shoal.ServerFrame.encode({ entities: [rest] }).finish());
  }
}
