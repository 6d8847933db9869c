/**
 * A server and its clients under virtual time, with a hand that breaks things: lines that go with word to both ends, to one or to none,
 * stalls, stolen sessions, rooms that fail. All is written down for the history checker. The same seed breaks the same things.
 */
import { VirtualTime } from "../../bench/feel/virtual-time.ts";
import { SyncClient } from "../../client/sync/index.ts";
import type { TransportEvents } from "../../client/sync/transport.ts";
import { TroubleControls, troubled } from "../../client/sync/trouble.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { HEADING_STEPS } from "../../proto/motion.ts";
import { seededRandom } from "../../proto/random.ts";
import { pondGame } from "../../server/game/pond.ts";
import type { CreateGame, GameHost } from "../../server/room/game.ts";
import { ServerHarness } from "../session/server-harness.ts";
import type { ClientLog, History, ServerEntry } from "./history-checker.ts";
import { Pipe } from "./history-pipe.ts";
import { ClientRecorder } from "./history-recorder.ts";
import { worldHash } from "./world-hash.ts";

const ROOM = "pond";
const WORLD_SIZE = 1000;
const CELL_SIZE = 320;
const CELL_COUNT = Math.ceil(WORLD_SIZE / CELL_SIZE) ** 2;
/** The whole world, from wherever the own entity is. */
const VIEW = { left: -500, top: -500, width: 2000, height: 2000 };
const CLIENTS = 5;
const RESUME_S = 10;
/** Everybody's line when nothing is wrong with it, and while nothing comes through. */
const USUAL = { rttMs: 60, jitterMs: 20 };
const STALLED = { rttMs: 60_000, jitterMs: 0 };
/** Within what the game lets a player say. */
const SAY_MS = 1700;

export interface HistoryOptions {
  seed: number;
  seconds: number;
}

/** What was done to whom how often. */
export type Broken = Record<"cut" | "half-open" | "deaf" | "stall" | "steal" | "room failure", number>;

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
  readonly #server: ServerHarness;
  readonly #players: Player[];
  /** Names of sessions by the tokens in their Welcomes. */
  readonly #sessions = new Map<string, string>();
  readonly #broken: Broken = { cut: 0, "half-open": 0, deaf: 0, stall: 0, steal: 0, "room failure": 0 };
  #lines = 0;
  #isRoomToFail = false;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#server = new ServerHarness({
      worldSize: WORLD_SIZE,
      cellSize: CELL_SIZE,
      capacity: 64,
      resumeSeconds: RESUME_S,
      createGame: this.#recorded(pondGame({ spawnRange: 400 })),
    });
    this.#server.nowMs = 0;
    this.#players = Array.from({ length: CLIENTS }, (_, i) => this.#player(`Player ${i + 1}`, seed * 1000 + i));
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
    return new Player({ name, time: this.#time, controls, pipes, recorder, random });
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
    return new Pipe(line, events, {
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
      onEnd: () => this.#log.push({ kind: "left", session, line }),
    });
  }

  /** An entity is its player's in one world; a world opened later has another epoch and counts anew. */
  #sessionOf({ epoch, ownSlot }: shoal.Welcome): string {
    return `${epoch}/${this.#server.rooms.get(ROOM)?.world.ids[ownSlot]}`;
  }

  #beat(tick: number): void {
    const server = this.#server;
    this.#time.at(tick * server.tickMs, () => {
      server.nowMs = tick * server.tickMs;
      server.rooms.step({ startMs: server.nowMs, lastTickMs: 0, skippedTicks: 0 });
      const room = server.rooms.get(ROOM);
      if (room !== undefined) {
        const { live, liveCount, ids } = room.world;
        const hash = worldHash(live.subarray(0, liveCount), room.encoder.shadow, (slot) => ids[slot]);
        this.#log.push({ kind: "tick", epoch: room.encoder.epoch, tick: room.tick, hash });
      }
      // Behind it: who is given up now is in the frames of this tick.
      server.lobby.sweep();
      this.#beat(tick + 1);
    });
  }

  /** The game, but that it writes down what took effect and fails when told to. */
  #recorded(createGame: CreateGame): CreateGame {
    return (host) => {
      const nameOf = (slot: number) => `${this.#epochOf(host)}/${host.world.ids[slot]}`;
      const tellAll = (event: shoal.ServerEvent.$Properties): void => {
        const { said } = event;
        if (said)
          this.#log.push({ kind: "told", session: `${this.#epochOf(host)}/${said.fromId}`, text: said.text ?? "" });
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
    else if (lot < 0.85) this.#stall(player);
    else if (lot < 0.95) this.#steal(player);
    else {
      this.#broken["room failure"]++;
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

interface PlayerOptions {
  name: string;
  time: VirtualTime;
  controls: TroubleControls;
  pipes: Pipe[];
  recorder: ClientRecorder;
  random: () => number;
}

/** A client that steers and talks, whatever happens to it. */
class Player {
  readonly name: string;
  readonly client: SyncClient;
  readonly controls: TroubleControls;
  /** All of its pipes, the present one last. */
  readonly pipes: readonly Pipe[];
  readonly recorder: ClientRecorder;
  readonly #time: VirtualTime;
  readonly #random: () => number;
  #steered = 0;
  #said = 0;

  constructor({ name, time, controls, pipes, recorder, random }: PlayerOptions) {
    this.name = name;
    this.controls = controls;
    this.pipes = pipes;
    this.recorder = recorder;
    this.#time = time;
    this.#random = random;
    this.client = new SyncClient({
      url: "http://pond.test",
      join: { look: { name } },
      openTransport: recorder.open,
      now: time.now,
      timers: time.timers,
      random,
      onFrame: (bytes) => recorder.applied(this.client, bytes, CELL_COUNT),
      onEvent: (event) => recorder.heard(event),
    });
  }

  start(): void {
    this.client.start();
    this.#steer();
    this.#say();
  }

  #steer(): void {
    this.#time.at(this.#time.nowMs + 100 + this.#random() * 300, () => this.#steer());
    // Shut out by somebody with the same token: a player would reload.
    if (this.client.state.kind === "ended") this.client.start();
    this.client.setView(VIEW.left, VIEW.top, VIEW.width, VIEW.height);
    this.#steered++;
    this.client.steer((this.#steered / HEADING_STEPS) * 2 * Math.PI, this.#random() < 0.7);
  }

  #say(): void {
    this.#time.at(this.#time.nowMs + SAY_MS + this.#random() * 1000, () => this.#say());
    const text = `${this.name} ${this.#said + 1}`;
    if (this.client.sendEvent({ shout: { text } })) this.#said++;
  }
}
