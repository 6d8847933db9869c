/**
 * Whatever clients do in whatever order, over several rooms: the server's sessions are those of the model. FUZZ_S=60 tries for so many
 * seconds.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { pondGame } from "../../server/game/pond.ts";
import type { CreateGame } from "../../server/room/game.ts";
import { type FakeConnection, FakeDisk, ServerHarness } from "./server-harness.ts";
import { type Line, SessionModel } from "./session-model.ts";

const RUNS = 1000;
const RUNS_A_SECOND = 300;
const ROOMS = ["pond", "lake", "sea"];
const CAPACITY = 4;
const ROOMS_MAX = 1;
const LOST = 1006;
const GOODBYE = 1000;
const BAD_MESSAGE = 4500;
/** Around the times of a hello that does not come, of silence, and of a player who does not. */
const NAPS_MS = [1000, 1960, 2960, 5960, 9960];

/** What a client or time does; `line` and `token` choose among those there are. */
type Step =
  | { readonly act: "join" | "connect"; readonly room: number }
  | { readonly act: "resume"; readonly token: number; readonly room: number }
  | { readonly act: "hello" | "speak" | "drop" | "goodbye" | "talk rubbish"; readonly line: number }
  | { readonly act: "wait"; readonly ticks: number }
  | { readonly act: "nap"; readonly ms: number }
  | { readonly act: "fail"; readonly room: number }
  | { readonly act: "drain" | "kill" | "renew" };

const number = fc.nat({ max: 1000 });
const room = fc.integer({ min: 0, max: ROOMS.length - 1 });
/** Mostly the rooms that there is place for. */
const usualRoom = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: room });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 40, arbitrary: fc.record({ act: fc.constant("join" as const), room: usualRoom }) },
  { weight: 10, arbitrary: fc.record({ act: fc.constant("connect" as const), room: usualRoom }) },
  { weight: 60, arbitrary: fc.record({ act: fc.constant("resume" as const), token: number, room: usualRoom }) },
  {
    weight: 90,
    arbitrary: fc.record({
      act: fc.constantFrom(
        "hello" as const,
        "speak" as const,
        "drop" as const,
        "goodbye" as const,
        "talk rubbish" as const,
      ),
      line: number,
    }),
  },
  { weight: 30, arbitrary: fc.record({ act: fc.constant("wait" as const), ticks: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 30, arbitrary: fc.record({ act: fc.constant("nap" as const), ms: fc.constantFrom(...NAPS_MS) }) },
  { weight: 8, arbitrary: fc.record({ act: fc.constant("fail" as const), room: usualRoom }) },
  { weight: 8, arbitrary: fc.record({ act: fc.constantFrom("kill" as const, "renew" as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("drain" as const) }) },
);

/** A server and its model, to which the same is done. */
class Pair {
  server: ServerHarness;
  readonly model: SessionModel;
  readonly connections: FakeConnection[] = [];
  /** By line: the token in its Welcome, and the entity's slot. */
  readonly #welcomes = new Map<number, shoal.Welcome>();
  /** By stay: its entity's id for life. */
  readonly #ids = new Map<number, number>();

  /** Of the first of a world's epochs, by its epochs: a world that is rebuilt or restored goes on, with the same ids. */
  readonly #beginnings = new Map<number, number>();
  readonly #disk = new FakeDisk();
  readonly #resumeSeconds: number;
  /** Whose next step throws. */
  #worldToFail: unknown;
  #failures = 0;

  constructor(resumeSeconds: number) {
    this.#resumeSeconds = resumeSeconds;
    this.server = this.#serve(1000);
    this.model = new SessionModel({ resumeMs: resumeSeconds * 1000, roomsMax: ROOMS_MAX, capacity: CAPACITY });
  }

  /** A server that goes on from what is on the disk. */
  #serve(nowMs: number): ServerHarness {
    const createGame: CreateGame = (host) => {
      const game = pondGame({ spawnRange: 150 })(host);
      const step = () => {
        if (this.#worldToFail === host.world) throw new Error("the room shall fail");
        game.step();
      };
      // Whatever else the border has goes straight through.
      return new Proxy(game, {
        get: (target, key) => {
          const value: unknown = key === "step" ? step : Reflect.get(target, key, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    };
    const resumeSeconds = this.#resumeSeconds;
    const limits = { roomsMax: ROOMS_MAX, capacity: CAPACITY, resumeSeconds, worldSize: 512 };
    return new ServerHarness({ ...limits, createGame, disk: this.#disk, nowMs });
  }

  /** What becomes of a server, or of a room in it: worlds that are there before and after it are the same. */
  #survive(what: () => void): void {
    const before = new Map(ROOMS.map((name) => [name, this.server.rooms.get(name)?.encoder.epoch]));
    what();
    for (const [name, epoch] of before) {
      const next = this.server.rooms.get(name)?.encoder.epoch;
      if (epoch === undefined || next === undefined || next === epoch) continue;
      this.#beginnings.set(next, this.#beginnings.get(epoch) ?? epoch);
    }
  }

  /** A tick, without a look round after it. */
  #step(): void {
    const { server } = this;
    server.nowMs += server.tickMs;
    server.rooms.step({ startMs: server.nowMs, lastTickMs: 0, skippedTicks: 0 });
  }

  #fail(name: string): void {
    // The third within a minute would close the room.
    if (this.#failures === 2 || !this.model.rooms.has(name)) return;
    this.#failures++;
    this.#worldToFail = this.server.rooms.get(name)?.world;
    this.#survive(() => this.#step());
    this.model.failRoom(name, this.server.nowMs);
    this.#worldToFail = undefined;
  }

  /** Between a tick and the look round after it: what that would have brought about is still to come for the next server. */
  #restart(isAsked: boolean): void {
    const { lobby } = this.server;
    this.#survive(() => {
      this.#step();
      if (isAsked) lobby.shutDown(4000, () => "the server restarts");
      for (const connection of this.connections) connection.isOpen = false;
      this.server = this.#serve(this.server.nowMs);
    });
    this.model.restart(isAsked ? 4000 : undefined, this.server.nowMs);
  }

  act(step: Step): void {
    const { server, model } = this;
    switch (step.act) {
      case "join":
        this.#hello(this.#connect(), ROOMS[step.room], undefined);
        break;
      case "connect":
        this.#connect();
        break;
      case "resume": {
        const from = pick([...this.#welcomes.keys()], step.token);
        const line = this.#connect();
        this.#hello(line, ROOMS[step.room], from === undefined ? undefined : model.lines[from]);
        break;
      }
      case "wait":
        for (let i = 0; i < step.ticks; i++) {
          server.tick(1);
          model.sweep(server.nowMs);
        }
        break;
      case "nap":
        // Nothing is stepped meanwhile: a server that stood still.
        server.nowMs += step.ms;
        break;
      case "fail":
        this.#fail(ROOMS[step.room]);
        break;
      case "kill":
      case "renew":
        this.#restart(step.act === "renew");
        break;
      case "drain":
        server.lobby.shutDown(4000, () => "the server restarts");
        model.drain(server.nowMs);
        break;
      default:
        this.#say(step.act, step.line);
    }
  }

  #say(act: "hello" | "speak" | "drop" | "goodbye" | "talk rubbish", choice: number): void {
    const { server, model, connections } = this;
    const open = model.lines.filter(({ isOpen }) => isOpen);
    const line = pick(open, choice);
    if (line === undefined) return;
    const connection = connections[line.number];
    if (act === "drop" || act === "goodbye") {
      const code = act === "drop" ? LOST : GOODBYE;
      connection.close(code, "");
      model.end(line, code, server.nowMs);
    } else if (act === "talk rubbish") {
      server.receive(connection, Uint8Array.of(0xff));
      model.speak(line, server.nowMs);
      model.end(line, BAD_MESSAGE, server.nowMs);
      line.code = BAD_MESSAGE;
    } else if (line.stay === undefined) {
      this.#hello(line, ROOMS[0], undefined);
    } else {
      server.receive(connection, shoal.ClientFrame.encode({ ackTick: server.rooms.tick, stamp: 1 }).finish());
      model.speak(line, server.nowMs);
    }
  }

  #connect(): Line {
    this.connections.push(this.server.connect());
    return this.model.connect(this.server.nowMs);
  }

  #hello(line: Line, roomName: string, tokenOf: Line | undefined): void {
    const { server, model } = this;
    const connection = this.connections[line.number];
    const resumeToken = tokenOf && this.#welcomes.get(tokenOf.number)?.resumeToken;
    const hello = { room: roomName, join: {}, resumeToken, ackTick: 0 };
    server.receive(connection, shoal.Hello.encode(hello).finish());
    const outcome = model.hello(line, roomName, tokenOf, server.nowMs);
    if (outcome === "closed") return;
    expect(connection.closed).toBeUndefined();
    const welcome = shoal.Welcome.decode(connection.sent[0]);
    const { stay } = line;
    this.#welcomes.set(line.number, welcome);
    expect(welcome.resumed).toBe(outcome === "resumed");
    const id = server.rooms.get(roomName)?.world.ids[welcome.ownSlot] ?? 0;
    if (stay === undefined) return;
    if (outcome === "joined") expect([...this.#ids.values()]).not.toContain(id + this.#offset(roomName));
    else expect(id + this.#offset(roomName)).toBe(this.#ids.get(stay.number));
    this.#ids.set(stay.number, id + this.#offset(roomName));
  }

  /** Ids are never used twice in a room; every opening of one begins anew, with a higher epoch. */
  #offset(roomName: string): number {
    const epoch = this.server.rooms.get(roomName)?.encoder.epoch ?? 0;
    return 1e6 * (this.#beginnings.get(epoch) ?? epoch);
  }

  /** Every difference between the server and its model. */
  compare(): void {
    const { server, model, connections } = this;
    expect(server.lobby.sessionCount).toBe(model.stays.length);
    expect(server.rooms.size).toBe(model.rooms.size);
    const open = model.lines.filter(({ isOpen }) => isOpen).length;
    expect(server.lobby.connectionCounts).toEqual({ websocket: open, polling: 0 });
    for (const line of model.lines) {
      const connection = connections[line.number];
      expect(connection.isOpen, `line ${line.number}`).toBe(line.isOpen);
      if (line.code !== undefined) expect(connection.closed?.code, `line ${line.number}`).toBe(line.code);
    }
    for (const roomName of model.rooms) this.#compareRoom(roomName);
  }

  #compareRoom(roomName: string): void {
    const present = this.server.rooms.get(roomName);
    expect(present).toBeDefined();
    if (present === undefined) return;
    const { world } = present;
    const seen = new Map<number, boolean>();
    for (const slot of world.live.subarray(0, world.liveCount)) {
      const { entities } = shoal.ServerFrame.decode(present.encoder.rest(slot));
      seen.set(world.ids[slot] + this.#offset(roomName), entities[0]?.entity?.tadpole?.away === true);
    }
    const expected = new Map(
      this.model.inRoom(roomName).map(({ number: stay, isAway }) => [this.#ids.get(stay) ?? -1, isAway]),
    );
    // One entity for each stay, marked as it should be, and no other.
    expect(new Map([...seen].sort(byId))).toEqual(new Map([...expected].sort(byId)));
  }
}

function byId([a]: [number, boolean], [b]: [number, boolean]): number {
  return a - b;
}

function pick<T>(from: readonly T[], choice: number): T | undefined {
  return from[choice % Math.max(1, from.length)];
}

const seconds = Number(process.env["FUZZ_S"] ?? 0);
const numRuns = seconds > 0 ? Math.ceil((seconds * RUNS_A_SECOND) / 2) : RUNS / 2;

test.each([
  [1, 10],
  [2, 0],
])("S11 S12 S13 S14 S20 seed %i: sessions are those of the model, with %i s to come back", (seed, resumeSeconds) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30, size: "max" }), (steps) => {
      const pair = new Pair(resumeSeconds);
      for (const each of steps) {
        pair.act(each);
        pair.compare();
      }
      // All go, or are given up: nothing is left of anybody.
      for (const line of pair.model.lines) {
        if (!line.isOpen) continue;
        pair.connections[line.number].close(LOST, "");
        pair.model.end(line, LOST, pair.server.nowMs);
      }
      pair.compare();
      pair.server.nowMs += resumeSeconds * 1000;
      pair.act({ act: "wait", ticks: 1 });
      pair.compare();
      expect(pair.server.rooms.size).toBe(0);
      const nothing = { connections: 0, unready: 0, away: 0, accounts: 0, tokens: 0, seats: 0 };
      expect(pair.server.lobby.remembered).toEqual(nothing);
    }),
    { seed, numRuns },
  );
});
