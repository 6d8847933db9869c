/**
 * A server without sockets or timers: lobby and rooms under a clock moved by hand. Messages go in and out as bytes
 * through fake connections, as they do through real ones.
 */
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { Replica } from "../../client/sync/replica.ts";
import { shoal } from "../../proto/gen/shoal.js";
import type { AllowedRooms } from "../../server/config.ts";
import { pondGame } from "../../server/game/pond.ts";
import { createCounters, type RejectReason } from "../../server/metrics.ts";
import type { CreateGame } from "../../server/room/game.ts";
import type { Relief } from "../../server/room/relief.ts";
import type { RoomReport } from "../../server/room/report.ts";
import { Room } from "../../server/room/room.ts";
import { Rooms } from "../../server/room/rooms.ts";
import type { ServerTime } from "../../server/server-time.ts";
import type { Authenticator } from "../../server/session/auth.ts";
import { Lobby } from "../../server/session/lobby.ts";
import { applyBatches, readRoom, type SavedRoom } from "../../server/state/saved-room.ts";
import type { Connection, SendResult } from "../../server/transport/connection.ts";

export interface HarnessConfig {
  allowed?: AllowedRooms;
  roomsMax?: number;
  capacity?: number;
  worldSize?: number;
  cellSize?: number;
  tickHz?: number;
  resumeSeconds?: number;
  createGame?: CreateGame;
  authenticator?: Authenticator;
  unreadyMax?: number;
  addressSeatsMax?: number;
  addressRoomsMax?: number;
  /** Everybody at once if left out. */
  joinCostPerTick?: number;
  refuseAddress?(address: string): string | undefined;
  refuseAccount?(account: string): string | undefined;
  onReport?(report: RoomReport): number;
  onReject?(reason: RejectReason, connection: Connection, words: string): void;
  /** Written to each tick, as a server with DATA_DIR does. */
  disk?: Disk;
  /** The clock at the start. */
  nowMs?: number;
}

/** What outlives a server. */
export interface Disk {
  /** What the server before left. */
  readonly left: { readonly rooms: readonly SavedRoom[]; readonly tick: number; readonly epochs: number };
  keep(rooms: Iterable<Room>, tick: number, epochs: number): boolean;
  onCheckpoint?(rooms: Iterable<Room>, tick: number, epochs: number): void;
}

/** In memory: of each open room the newest checkpoint and all since, as of the newest tick that was written. */
export class FakeDisk implements Disk {
  /** False: every write fails. */
  isWorking = true;
  readonly #rooms = new Map<string, { readonly checkpoint: Uint8Array; readonly batches: Uint8Array }>();
  #tick = 0;
  #epochs = 0;

  get left(): Disk["left"] {
    const rooms = [...this.#rooms.values()].flatMap(({ checkpoint, batches }) => {
      const saved = applyBatches(checkpoint.length === 0 ? undefined : readRoom(checkpoint), batches);
      return saved !== undefined && saved.players.size > 0 ? saved : [];
    });
    return { rooms, tick: this.#tick, epochs: this.#epochs };
  }

  keep(rooms: Iterable<Room>, tick: number, epochs: number): boolean {
    if (!this.isWorking) return false;
    this.#tick = tick;
    this.#epochs = epochs;
    for (const { name, record } of rooms) {
      this.#rooms.set(name, { checkpoint: record.checkpoint.slice(), batches: record.batches.slice() });
    }
    return true;
  }
}

/** One client as the server sees it, and what became of everything sent to it. */
export class FakeConnection implements Connection {
  readonly kind = "websocket";
  readonly address: string;
  isOpen = true;
  buffered = 0;
  nextResult: SendResult = "sent";
  readonly sent: Uint8Array[] = [];
  closed: { code: number; reason: string } | undefined;
  readonly id: number;
  readonly #onClose: (connection: FakeConnection, code: number) => void;

  constructor(id: number, onClose: (connection: FakeConnection, code: number) => void, address = "127.0.0.1") {
    this.id = id;
    this.address = address;
    this.#onClose = onClose;
  }

  send(bytes: Uint8Array): SendResult {
    if (!this.isOpen) return "closed";
    const result = this.nextResult;
    if (result === "sent") this.sent.push(Uint8Array.from(bytes));
    return result;
  }

  bufferedBytes(): number {
    return this.buffered;
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.closed = { code, reason };
    this.#onClose(this, code);
  }
}

/** A client in a room: applies what arrives to a real replica. */
export class TestPlayer {
  readonly connection: FakeConnection;
  readonly events: shoal.ServerEvent[] = [];
  readonly welcome: shoal.Welcome;
  readonly replica: Replica;
  /** What the newest frame that said so told of the own motion, and the tick of it. */
  own: { tick: number; motion: shoal.OwnMotion } | undefined;
  echo: { tick: number; echo: shoal.Echo } | undefined;
  /** The newest number that a frame said in `event_ack`. */
  eventAck = 0;
  #read = 1;
  readonly #server: ServerHarness;
  readonly #parts = new FrameParts();

  constructor(server: ServerHarness, connection: FakeConnection) {
    this.#server = server;
    this.connection = connection;
    this.welcome = shoal.Welcome.decode(connection.sent[0]);
    this.replica = new Replica(this.welcome);
  }

  get slot(): number {
    return this.welcome.ownSlot;
  }

  get id(): number {
    return this.replica.entityId(this.slot);
  }

  /** Position at the newest frame, world units. */
  get x(): number {
    return this.replica.motion.x[this.slot] / 32;
  }

  tell(frame: shoal.ClientFrame.$Properties): void {
    this.#server.receive(this.connection, shoal.ClientFrame.encode(frame).finish());
  }

  steer(heading: number, swim: boolean): void {
    this.tell({ inputTick: this.#server.rooms.tick + 1, inputs: [{ steer: { heading, swim } }] });
  }

  /** Applies the frames that arrived since the last call, and acknowledges the newest. */
  read(): void {
    const { sent } = this.connection;
    if (this.#read === sent.length) return;
    for (; this.#read < sent.length; this.#read++) {
      const bytes = sent[this.#read];
      this.#parts.read(bytes);
      this.replica.apply(this.#parts, this.#server.nowMs);
      const { events, own, echo, tick, eventAck } = this.#parts;
      if (eventAck !== 0) this.eventAck = eventAck;
      if (own.end !== 0) this.own = { tick, motion: shoal.OwnMotion.decode(bytes.subarray(own.start, own.end)) };
      if (echo.end !== 0) this.echo = { tick, echo: shoal.Echo.decode(bytes.subarray(echo.start, echo.end)) };
      for (let i = 0; i < events.length; i += 2) {
        this.events.push(shoal.ServerEvent.decode(bytes.subarray(events[i], events[i + 1])));
      }
    }
    if (this.connection.isOpen) this.tell({ ackTick: this.replica.tick });
  }

  /** Lets go of the messages that were read, which long runs could not keep; how many. */
  forget(): number {
    const count = this.#read;
    this.connection.sent.splice(0, count);
    this.#read = 0;
    return count;
  }

  /** What was said to this player so far, as "name: text". */
  heard(): string[] {
    return this.events.flatMap(({ said }) => (said ? [`${said.fromName}: ${said.text}`] : []));
  }

  /** Codes of the notices so far. */
  notices(): number[] {
    return this.events.flatMap(({ notice }) => (notice ? [notice.code ?? 0] : []));
  }

  /** Who is in view: names, sorted. */
  names(): string[] {
    const slots = [...this.replica.visible.subarray(0, this.replica.visibleCount)];
    return slots.map((slot) => this.replica.entity(slot)?.tadpole?.look?.name ?? "?").sort();
  }
}

export class ServerHarness {
  nowMs: number;
  /** For tests of a server that stands still; without one the server's time is the true one. */
  serverTime: ServerTime | undefined;
  skippedTicks = 0;
  readonly counters = createCounters();
  readonly failures: unknown[] = [];
  /** How rooms were relieved, in order. */
  readonly reliefs: Relief[] = [];
  /** What `admit` threw outside of a connection's own calls. */
  readonly bugs: unknown[] = [];
  /** Ids of players whom the game could not take up. */
  readonly leftOut: number[] = [];
  readonly rooms: Rooms;
  readonly lobby: Lobby;
  readonly tickMs: number;
  #ids = 0;
  #epoch = 0;

  constructor(config: HarnessConfig = {}) {
    const {
      tickHz = 20,
      worldSize = 2048,
      cellSize = 320,
      capacity = 100,
      createGame = pondGame({ spawnRange: 150 }),
    } = config;
    this.tickMs = 1000 / tickHz;
    this.nowMs = config.nowMs ?? 1000;
    this.rooms = new Rooms({
      allowed: config.allowed ?? "any",
      roomsMax: config.roomsMax ?? 10,
      now: () => this.nowMs,
      cpuMs: () => this.nowMs,
      checkpointTicks: tickHz,
      keep: config.disk && ((rooms) => config.disk?.keep(rooms, this.rooms.tick, this.#epoch) ?? true),
      onCheckpoint: (rooms) => config.disk?.onCheckpoint?.(rooms, this.rooms.tick, this.#epoch),
      createRoom: (name, tick, skippedTicks) => {
        const epoch = ++this.#epoch;
        const { counters } = this;
        return new Room({
          name,
          tickHz,
          worldSize,
          cellSize,
          capacity,
          seed: epoch,
          epoch,
          tick,
          skippedTicks,
          createGame,
          counters,
          onLeftOut: (id) => this.leftOut.push(id),
          onReport: (report) => config.onReport?.(report) ?? 0,
        });
      },
      onFailure: ({ room, next, error, closedForMs }) => {
        this.failures.push(error);
        this.lobby.replace(room, next, closedForMs > 0 ? `closed; retry in ${closedForMs} ms` : "the room failed");
      },
      tickHz,
      onRelief: (_, relief) => this.reliefs.push(relief),
      onOverload: (room) => {
        const { CLOSE_CODE_ROOM_OVERLOADED } = shoal.CloseCode;
        this.lobby.replace(room, undefined, "the room took too much time", CLOSE_CODE_ROOM_OVERLOADED);
      },
    });
    this.lobby = new Lobby({
      rooms: this.rooms,
      now: () => this.nowMs,
      serverNow: () => this.serverTime?.now() ?? this.nowMs,
      resumeMs: (config.resumeSeconds ?? 30) * 1000,
      refuseAddress: (address) => config.refuseAddress?.(address),
      refuseAccount: (account) => config.refuseAccount?.(account),
      onReject: (reason, connection, words) => {
        this.counters.rejects[reason]++;
        config.onReject?.(reason, connection, words);
      },
      onBug: (_, error) => {
        this.bugs.push(error);
      },
      authenticator: config.authenticator,
      addressSeatsMax: config.addressSeatsMax ?? 0,
      addressRoomsMax: config.addressRoomsMax,
      unreadyMax: config.unreadyMax ?? Number.POSITIVE_INFINITY,
      joinCostPerTick: config.joinCostPerTick ?? Number.POSITIVE_INFINITY,
    });
    if (config.disk !== undefined) this.#goOn(config.disk, tickHz);
  }

  /** As a server does that finds something in DATA_DIR. */
  #goOn({ left }: Disk, tickHz: number): void {
    this.#epoch = left.epochs;
    if (left.tick > 0) this.rooms.tick = left.tick + 10 * tickHz;
    for (const saved of left.rooms) {
      const room = this.rooms.restore(saved);
      if (room !== undefined) this.lobby.adopt(room);
    }
  }

  connect(address?: string): FakeConnection {
    const onClose = (closed: FakeConnection, code: number) => this.lobby.onClose(closed, code);
    const connection = new FakeConnection(++this.#ids, onClose, address);
    this.lobby.onOpen(connection);
    return connection;
  }

  /** The bytes are only lent, as in real life. */
  receive(connection: FakeConnection, bytes: Uint8Array): void {
    const lent = Uint8Array.from(bytes);
    this.lobby.onMessage(connection, lent);
    lent.fill(0xee);
  }

  hello(hello: shoal.Hello.$Properties, address?: string): FakeConnection {
    const connection = this.connect(address);
    this.receive(connection, shoal.Hello.encode(hello).finish());
    return connection;
  }

  join(name: string, more: shoal.Hello.$Properties = {}, address?: string): TestPlayer {
    const view = { width: 800, height: 600 };
    const connection = this.hello({ join: { look: { name, colour: 0x88ccff } }, view, ...more }, address);
    if (connection.closed !== undefined) throw new Error(`${name} was refused: ${connection.closed.reason}`);
    return new TestPlayer(this, connection);
  }

  /** Runs ticks; the players given read what comes, after each. */
  tick(count: number, ...players: TestPlayer[]): void {
    for (let i = 0; i < count; i++) {
      this.nowMs += this.tickMs;
      this.rooms.step({ startMs: this.nowMs, lastTickMs: 0, skippedTicks: this.skippedTicks });
      this.lobby.admit();
      this.lobby.sweep();
      for (const player of players) player.read();
    }
  }
}
