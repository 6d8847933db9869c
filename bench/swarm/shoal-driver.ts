/**
 * The load on a Shoal server: thousands of players over raw sockets, most of which only count what comes, some of which
 * decode and check everything. Sends what real clients send, at its own pace.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { motionRules } from "../../proto/motion.ts";
import { seededRandom } from "../../proto/random.ts";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { choosePlayers } from "./chosen-players.ts";
import type { CreateDriver, DriverOptions, LoadDriver, LoadProbe } from "./driver.ts";
import { LoadCount } from "./load-count.ts";
import { RawSocket } from "./raw-socket.ts";
import { SampledPlayer } from "./sampled-player.ts";
import { everyInterval } from "./schedule.ts";
import { Steersman } from "./steersman.ts";

/** Players connecting at a time: a queue at the door, not a storm. */
const JOINING_MAX = 100;
const ACK_MS = 800;
/** Of a `push`; after it the player glides. */
const PUSH_TICKS = 4;
const TAG_TICK = 8;
/** One message at a time is watched, so any number will do. */
const WATCHED_STAMP = 1;

interface Player {
  socket: RawSocket | undefined;
  welcome: shoal.Welcome | undefined;
  sampled: SampledPlayer | undefined;
  tick: number;
  joinStartMs: number;
  isIn: boolean;
  /** Stamp and due time of the input whose effect is waited for; 0 if none. */
  watchedStamp: number;
  watchedMs: number;
}

export const createShoalDriver: CreateDriver = (options) => new ShoalDriver(options);

class ShoalDriver implements LoadDriver {
  readonly #options: DriverOptions;
  readonly #players: Player[];
  readonly #random: () => number;
  readonly #steersman: Steersman;
  readonly #sampled: ReadonlySet<number>;
  readonly #count: LoadCount;
  readonly #stops: (() => void)[] = [];
  #joined = 0;
  #nextToJoin = 0;
  #allIn: () => void = () => {};
  #decodedBefore = 0;

  constructor(options: DriverOptions) {
    const { scenario } = options;
    this.#sampled = choosePlayers(scenario.players, options.sampled);
    this.#count = new LoadCount(scenario.players);
    this.#options = options;
    this.#random = seededRandom(scenario.seed);
    const rules = motionRules(scenario.tickHz, scenario.worldSize, scenario.worldSize);
    this.#steersman = new Steersman(scenario.players, rules, this.#random);
    this.#players = Array.from({ length: scenario.players }, () => ({
      socket: undefined,
      welcome: undefined,
      sampled: undefined,
      tick: 0,
      joinStartMs: 0,
      isIn: false,
      watchedStamp: 0,
      watchedMs: 0,
    }));
  }

  connect(): Promise<void> {
    const { scenario } = this.#options;
    return new Promise((resolve) => {
      this.#allIn = () => {
        this.#startActing();
        resolve();
      };
      // Before everyone is in, those who are must acknowledge already.
      this.#every(ACK_MS, (player) => this.#acknowledge(player));
      for (let i = 0; i < Math.min(JOINING_MAX, scenario.players); i++) this.#join(this.#nextToJoin++);
    });
  }

  startWindow(): void {
    // What went wrong while the server was being filled is not of the window.
    this.#count.errors.length = 0;
    for (const { sampled } of this.#players) if (sampled) sampled.visible = sampled.delivered = 0;
    this.#decodedBefore = this.#sum("frames");
    this.#count.start();
  }

  endWindow(): LoadProbe {
    this.#count.decoded = this.#sum("frames") - this.#decodedBefore;
    this.#count.visible = this.#sum("visible");
    this.#count.delivered = this.#sum("delivered");
    return this.#count.end();
  }

  close(): void {
    for (const stop of this.#stops) stop();
    for (const { socket } of this.#players) socket?.close();
  }

  #sum(field: "frames" | "visible" | "delivered"): number {
    return this.#players.reduce((total, { sampled }) => total + (sampled?.[field] ?? 0), 0);
  }

  #join(index: number): void {
    const player = this.#players[index];
    const { port, scenario, nowMs } = this.#options;
    Object.assign(player, { welcome: undefined, sampled: undefined, tick: 0, isIn: false });
    Object.assign(player, { watchedStamp: 0, joinStartMs: nowMs() });
    const socket = new RawSocket({
      port,
      path: "/ws",
      protocol: SUBPROTOCOL,
      onOpen: () => {
        const room = `bench-${index % scenario.rooms}`;
        const { width, height } = scenario.view;
        const join = { look: { name: `b${index}`, colour: (index * 7919) & 0xffffff } };
        socket.send(shoal.Hello.encode({ room, join, view: { width, height } }).finish());
      },
      onMessage: (bytes, start, end, wireBytes) => this.#receive(index, bytes, start, end, wireBytes),
      onClose: () => {
        if (player.socket !== socket) return;
        player.socket = undefined;
        this.#count.lose();
        this.#count.fail(`player ${index} lost its connection`);
      },
    });
    player.socket = socket;
  }

  #receive(index: number, bytes: Uint8Array, start: number, end: number, wireBytes: number): void {
    const player = this.#players[index];
    if (player.welcome === undefined) {
      player.welcome = shoal.Welcome.decode(bytes.slice(start, end));
      player.tick = player.welcome.tick;
      return;
    }
    player.tick = readTick(bytes, start);
    this.#count.bytes(wireBytes);
    if (this.#count.frame(index)) this.#count.arrival(player.tick, this.#options.nowMs());
    if (!player.isIn) this.#enter(index, player, bytes.slice(start, end));
    else if (player.sampled !== undefined) this.#decode(player, player.sampled, bytes.slice(start, end));
  }

  /** The first frame: where the player is. */
  #enter(index: number, player: Player, frame: Uint8Array): void {
    if (player.welcome === undefined) return;
    const { nowMs, scenario } = this.#options;
    const first = new SampledPlayer(player.welcome, scenario.view);
    const wrong = first.apply(frame, nowMs());
    if (wrong !== undefined) return this.#count.fail(wrong);
    const { motion, ownSlot } = first.replica;
    this.#steersman.place(index, motion.x[ownSlot], motion.y[ownSlot], motion.heading[ownSlot]);
    if (this.#sampled.has(index)) player.sampled = first;
    player.isIn = true;
    this.#count.joinMs.push(nowMs() - player.joinStartMs);
    this.#joined++;
    if (this.#nextToJoin < this.#players.length) this.#join(this.#nextToJoin++);
    else if (this.#joined === this.#players.length) this.#allIn();
  }

  #decode(player: Player, sampled: SampledPlayer, frame: Uint8Array): void {
    const nowMs = this.#options.nowMs();
    const wrong = sampled.apply(frame, nowMs);
    if (wrong !== undefined) this.#count.fail(wrong);
    // The frame that echoes a message is the first one with its inputs in it: they are meant for the next tick.
    if (player.watchedStamp === 0 || sampled.echoedStamp !== player.watchedStamp) return;
    this.#count.latency(nowMs - player.watchedMs);
    player.watchedStamp = 0;
  }

  #startActing(): void {
    const { inputsPerSecond, chatPerMinute, churnPerMinute } = this.#options.scenario;
    this.#every(1000 / inputsPerSecond, (player, dueMs) => this.#steer(player, dueMs));
    this.#every(60_000 / chatPerMinute, (player) =>
      this.#tell(player, { events: [{ say: { text: "hello from the swarm" } }] }),
    );
    this.#every(60_000 / churnPerMinute, (player) => {
      const { socket } = this.#players[player];
      this.#players[player].socket = undefined;
      socket?.close();
      this.#join(player);
    });
  }

  /** An interval that is infinite is of what never happens. */
  #every(intervalMs: number, act: (player: number, dueMs: number) => void): void {
    if (!Number.isFinite(intervalMs)) return;
    const { scenario, nowMs } = this.#options;
    this.#stops.push(everyInterval({ players: scenario.players, intervalMs, nowMs, random: this.#random, act }));
  }

  /** The inputs of the ticks since the last message. */
  #steer(index: number, dueMs: number): void {
    const { tickHz, inputsPerSecond, motion } = this.#options.scenario;
    const player = this.#players[index];
    if (!player.isIn) return;
    const count = motion === "push" ? PUSH_TICKS + 1 : Math.max(1, Math.round(tickHz / inputsPerSecond));
    // In `coast` players swim a while and glide a while, as people do.
    const isSwimming = motion !== "coast" || Math.floor(player.tick / 40 + index) % 2 === 0;
    const inputs = Array.from({ length: count }, (_, i) => {
      if (motion !== "push") return { steer: { heading: this.#steersman.wander(index), swim: isSwimming } };
      return { steer: { heading: this.#steersman.motion.heading[index], swim: i < PUSH_TICKS } };
    });
    let stamp = 0;
    if (player.watchedStamp === 0 && player.sampled !== undefined) {
      stamp = player.watchedStamp = WATCHED_STAMP;
      player.watchedMs = dueMs;
    }
    this.#tell(index, { ackTick: player.tick, inputTick: player.tick + 1, inputs, stamp });
  }

  #acknowledge(index: number): void {
    const player = this.#players[index];
    if (player.isIn) this.#tell(index, { ackTick: player.tick });
  }

  #tell(index: number, frame: shoal.ClientFrame.$Properties): void {
    this.#players[index].socket?.send(shoal.ClientFrame.encode(frame).finish());
  }
}

/** A frame begins with its tick. */
function readTick(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== TAG_TICK) return 0;
  let value = 0;
  for (let at = start + 1, shift = 0; shift < 35; at++, shift += 7) {
    value |= (bytes[at] & 0x7f) << shift;
    if (bytes[at] < 0x80) break;
  }
  return value >>> 0;
}
