/**
 * A server and its clients under virtual time, with a hand that breaks things: lines that go with word to both ends or to one, stalls,
 * stolen sessions, rooms that fail, servers that are killed or asked to end, and their successors. All is written down for the history checker. The same seed breaks the same things.
 */
import { VirtualTime } from "../../bench/feel/virtual-time.ts";
import type { TransportEvents } from "../../client/sync/transport.ts";
import { TroubleControls, troubled } from "../../client/sync/trouble.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { seededRandom } from "../../proto/random.ts";
import { pondGame } from "../../server/game/pond.ts";
import type { CreateGame, GameHost } from "../../server/room/game.ts";
import { FakeDisk, ServerHarness } from "../session/server-harness.ts";
import type { ClientLog, History, ServerEntry } from "./history-checker.ts";
import { Pipe } from "./history-pipe.ts";
import { Player } from "./history-player.ts";
import { ClientRecorder } from "./history-recorder.ts";
import { worldHash } from "./world-hash.ts";

const ROOM = "pond";
const WORLD_SIZE = 1000;
const CELL_SIZE = 320;
const CELL_COUNT = Math.ceil(WORLD_SIZE / CELL_SIZE) ** 2;
const CLIENTS = 5;
const RESUME_S = 10;
/** Everybody's line when nothing is wrong with it, and while nothing comes through. */
const USUAL = { rttMs: 60, jitterMs: 20 };
const STALLED = { rttMs: 60_000, jitterMs: 0 };
/** A room that fails three times in a minute stays closed. */
const ROOM_FAILURE_MS = 31_000;

export interface HistoryOptions {
  seed: number;
  seconds: number;
}

/** What was done to whom how often. */
export type Broken = Record<
  "cut" | "half-open" | "deaf" | "stall" | "steal" | "room failure" | "kill" | "drain",
  number
>;

export interface HistoryRun {
  readonly history: History;
  readonly broken: Broken;
  readonly heard: number;
  readonly resumed: number;
}

export function runHistory({ seed, seconds }: HistoryOptions): HistoryRun {
  const world = new HistoryWorld(seed);
  world.run(seconds * 1000);
  return world.result();
}

class HistoryWorld {
  readonly #time = new VirtualTime();
  readonly #random: () => number;
  readonly #log: ServerEntry[] = [];
  readonly #disk = new FakeDisk();
  readonly #players: Player[];
  readonly #pipes = new Set<Pipe>();
  /** Names of sessions by the tokens in their Welcomes. */
  readonly #sessions = new Map<string, string>();
  /** The epoch in which a world began, by its epochs: a world that is rebuilt or restored goes on, with the same ids. */
  readonly #beginnings = new Map<number, number>();
  /**
   * Sessions that began with an entity: a server that is killed in the tick of a Welcome never told anybody of the id, and its successor
   * gives it to the next newcomer.
   */
  readonly #begun = new Map<string, number>();
  readonly #broken: Broken = {
    cut: 0,
    "half-open": 0,
    deaf: 0,
    stall: 0,
    steal: 0,
    "room failure": 0,
    kill: 0,
    drain: 0,
  };
  #server: ServerHarness;
  #lines = 0;
  #isRoomToFail = false;
  #roomFailedMs = Number.NEGATIVE_INFINITY;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#server = this.#serve();
    this.#players = Array.from({ length: CLIENTS }, (_, i) => this.#player(`Player ${i + 1}`, seed * 1000 + i));
  }

  /** A server that goes on from what is on the disk. */
  #serve(): ServerHarness {
    return new ServerHarness({
      worldSize: WORLD_SIZE,
      cellSize: CELL_SIZE,
      capacity: 64,
      resumeSeconds: RESUME_S,
      createGame: this.#recorded(pondGame({ spawnRange: 400 })),
      disk: this.#disk,
      nowMs: this.#time.nowMs,
    });
  }

  run(durationMs: number): void {
    this.#beat(1);
    for (const player of this.#players) player.start();
    this.#breakSomething();
    this.#time.runUntil(durationMs);
    for (const player of this.#players) player.client.close();
  }

  result(): HistoryRun {
    const clients: ClientLog[] = this.#players.map(({ name, recorder }) => ({ name, entries: recorder.entries }));
    const all = clients.flatMap(({ entries }) => entries);
    return {
      history: { server: this.#log, clients },
      broken: this.#broken,
      heard: all.filter(({ kind }) => kind === "heard").length,
      resumed: all.filter((entry) => entry.kind === "joined" && entry.resumed).length,
    };
  }

  #player(name: string, seed: number): Player {
    const controls = new TroubleControls(USUAL);
    const pipes: Pipe[] = [];
    const random = seededRandom(seed);
    const recorder = new ClientRecorder({
      open: troubled((_, events) => this.#openPipe(events, pipes), {
        controls,
        now: this.#time.now,
        timers: this.#time.timers,
        random,
      }),
      sessionOf: ({ resumeToken }) => this.#sessions.get(Buffer.from(resumeToken).toString("hex")) ?? "unknown",
    });
    return new Player({ name, time: this.#time, controls, pipes, recorder, random, cellCount: CELL_COUNT });
  }

  #openPipe(events: TransportEvents, pipes: Pipe[]): Pipe {
    const pipe = this.#pipe(events);
    pipes.push(pipe);
    this.#time.timers.set(() => pipe.begin(), 0);
    return pipe;
  }

  #pipe(events: TransportEvents): Pipe {
    const line = ++this.#lines;
    let session = "";
    const pipe = new Pipe(line, events, {
      // Whoever calls into the server does it at the present time.
      enter: () => {
        this.#server.nowMs = this.#time.nowMs;
        return this.#server.lobby;
      },
      onWelcome: (welcome) => {
        session = this.#sessionOf(welcome);
        this.#sessions.set(Buffer.from(welcome.resumeToken).toString("hex"), session);
        this.#log.push({ kind: "served", session, line });
      },
      onEnd: () => {
        this.#log.push({ kind: "left", session, line });
        this.#pipes.delete(pipe);
      },
    });
    this.#pipes.add(pipe);
    return pipe;
  }

  /** An entity is its player's in one world; a world opened later counts anew. */
  #sessionOf({ epoch, ownSlot, resumed }: shoal.Welcome): string {
    const id = this.#server.rooms.get(ROOM)?.world.ids[ownSlot] ?? 0;
    const entity = `${this.#beginnings.get(epoch) ?? epoch}/${id}`;
    if (!resumed) this.#begun.set(entity, (this.#begun.get(entity) ?? 0) + 1);
    return this.#nameOf(epoch, id);
  }

  #nameOf(epoch: number, id: number): string {
    const entity = `${this.#beginnings.get(epoch) ?? epoch}/${id}`;
    return `${entity}${"+".repeat((this.#begun.get(entity) ?? 1) - 1)}`;
  }

  #beat(tick: number): void {
    this.#time.at(tick * this.#server.tickMs, () => {
      this.#step();
      // Behind it: who is given up now is in the frames of this tick.
      this.#server.lobby.admit();
      this.#server.lobby.sweep();
      this.#beat(tick + 1);
    });
  }

  /** One tick, written down. */
  #step(): void {
    const server = this.#server;
    server.nowMs = this.#time.nowMs;
    const before = this.#log.length;
    const failures = server.failures.length;
    const epoch = server.rooms.get(ROOM)?.encoder.epoch ?? 0;
    server.rooms.step({ startMs: server.nowMs, lastTickMs: 0, skippedTicks: 0 });
    const room = server.rooms.get(ROOM);
    if (room === undefined) return;
    if (server.failures.length > failures) {
      // What happened in a tick that failed did not happen, but for the connections that it cost.
      const undone = this.#log.splice(before).filter(({ kind }) => kind === "left");
      this.#log.push(...undone);
      this.#goOn(epoch, room.encoder.epoch);
      return;
    }
    const { live, liveCount, ids } = room.world;
    const hash = worldHash(live.subarray(0, liveCount), room.encoder.shadow, (slot) => ids[slot]);
    this.#log.push({ kind: "tick", epoch: room.encoder.epoch, tick: room.tick, hash });
  }

  /** The world of the one epoch is that of the other from now on. */
  #goOn(epoch: number, next: number): void {
    this.#beginnings.set(next, this.#beginnings.get(epoch) ?? epoch);
  }

  /** The server's process ends, with a word to all or without, and another goes on from what it left. */
  #restart(isAsked: boolean): void {
    this.#broken[isAsked ? "drain" : "kill"]++;
    const epoch = this.#server.rooms.get(ROOM)?.encoder.epoch ?? 0;
    if (isAsked) {
      const { lobby } = this.#server;
      this.#step();
      const retryMs = 300 + Math.round(this.#random() * 1200);
      lobby.standStill(shoal.CloseCode.CLOSE_CODE_RESTARTING, () => "the server restarts");
      lobby.shutDown(shoal.CloseCode.CLOSE_CODE_RESTARTING, () => `the server restarts; retry in ${retryMs} ms`);
    }
    for (const pipe of [...this.#pipes]) pipe.die();
    this.#server = this.#serve();
    const next = this.#server.rooms.get(ROOM)?.encoder.epoch;
    if (next !== undefined) this.#goOn(epoch, next);
  }

  /** The game, but that it writes down what took effect and fails when told to. */
  #recorded(createGame: CreateGame): CreateGame {
    return (host) => {
      const nameOf = (slot: number) => this.#nameOf(this.#epochOf(host), host.world.ids[slot]);
      const tellAll = (event: shoal.ServerEvent.$Properties): void => {
        const { said } = event;
        if (said)
          this.#log.push({
            kind: "told",
            session: this.#nameOf(this.#epochOf(host), said.fromId ?? 0),
            text: said.text ?? "",
          });
        host.tellAll(event);
      };
      let text = "";
      const tell = (slot: number, event: shoal.ServerEvent.$Properties): void => {
        if (event.notice && text !== "") this.#log.push({ kind: "refused", session: nameOf(slot), text });
        host.tell(slot, event);
      };
      const game = createGame(Object.create(host, { tellAll: { value: tellAll }, tell: { value: tell } }));
      const recorded: Partial<typeof game> = {
        input: (slot, input) => {
          this.#log.push({ kind: "took", session: nameOf(slot), value: input.steer?.heading ?? 0 });
          game.input(slot, input);
        },
        event: (slot, event) => {
          text = event.shout?.text ?? "";
          game.event(slot, event);
          text = "";
        },
        step: () => {
          if (this.#isRoomToFail) {
            this.#isRoomToFail = false;
            throw new Error("the room shall fail");
          }
          game.step();
        },
      };
      // Whatever else the border has goes straight through.
      return new Proxy(game, {
        get: (target, key) => {
          const own: unknown = Reflect.get(recorded, key);
          if (own !== undefined) return own;
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    };
  }

  #epochOf(host: GameHost): number {
    const room = this.#server.rooms.get(ROOM);
    // A game that is being made is of a room that is not open yet, but nothing takes effect in it.
    return room !== undefined && room.world === host.world ? room.encoder.epoch : -1;
  }

  #breakSomething(): void {
    const random = this.#random;
    this.#time.at(this.#time.nowMs + 200 + random() * 2500, () => this.#breakSomething());
    const player = this.#players[Math.floor(random() * this.#players.length)];
    const lot = random();
    if (lot < 0.3) this.#cut(player, "both");
    else if (lot < 0.45) this.#cut(player, "client");
    else if (lot < 0.6) this.#cut(player, "server");
    else if (lot < 0.8) this.#stall(player);
    else if (lot < 0.86) this.#steal(player);
    else if (lot < 0.93) this.#restart(random() < 0.5);
    else if (this.#time.nowMs - this.#roomFailedMs > ROOM_FAILURE_MS) {
      this.#broken["room failure"]++;
      this.#roomFailedMs = this.#time.nowMs;
      this.#isRoomToFail = true;
    }
  }

  /** The line goes, and with it what is on its way. Whoever is not told finds out by silence. */
  #cut(player: Player, told: "both" | "client" | "server"): void {
    const pipe = player.pipes[player.pipes.length - 1];
    this.#broken[told === "both" ? "cut" : told === "client" ? "half-open" : "deaf"]++;
    if (told === "server") return pipe?.deafenClient();
    if (told === "client") pipe?.deafenServer();
    player.controls.drop();
  }

  #stall({ controls }: Player): void {
    this.#broken.stall++;
    controls.set(STALLED);
    this.#time.at(this.#time.nowMs + 200 + this.#random() * 7000, () => controls.set(USUAL));
  }

  /** Somebody else has the token: the newest wins, so the player is shut out, and begins anew a second later. */
  #steal(player: Player): void {
    const { resumeToken } = player.recorder;
    if (resumeToken.length === 0) return;
    this.#broken.steal++;
    player.recorder.entries.push({ kind: "robbed" });
    const thief = this.#pipe({ onOpen: () => {}, onMessage: () => {}, onClose: () => {} });
    thief.begin();
    // A copy of the page: it holds what the player does.
    thief.send(shoal.Hello.encode({ join: {}, resumeToken, ackTick: player.client.replica.tick }).finish());
    this.#time.at(this.#time.nowMs + this.#random() * 3000, () => thief.close());
  }
}
