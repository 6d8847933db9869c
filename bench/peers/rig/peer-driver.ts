/**
 * The load on a peer, whichever it is: raw sockets of which most count what comes and some decode everything with the
 * peer's own library and look for what is wrong. The same schedule and the same steering as for Shoal.
 */

import { HEADING_STEPS, motionRules, POSITION_STEPS } from "../../../proto/motion.ts";
import { seededRandom } from "../../../proto/random.ts";
import { choosePlayers } from "../../swarm/chosen-players.ts";
import type { DriverOptions, LoadDriver, LoadProbe } from "../../swarm/driver.ts";
import { LoadCount } from "../../swarm/load-count.ts";
import { RawSocket } from "../../swarm/raw-socket.ts";
import { everyInterval } from "../../swarm/schedule.ts";
import { Steersman } from "../../swarm/steersman.ts";
import { NO_FRAME, type Peer, type PeerClient, type Sight } from "./peer.ts";
import { findFault, isInView } from "./sight-check.ts";
import { TurnWatch } from "./turn-watch.ts";

/** Players connecting at a time: a queue at the door, not a storm. */
const JOINING_MAX = 50;
const HEADING_STEPS_PER_ANGLE = HEADING_STEPS / 256;

interface Player {
  socket: RawSocket | undefined;
  client: PeerClient | undefined;
  isIn: boolean;
  tick: number;
  /** Of a sampled player: his last sight, to see that nothing jumps. */
  before: Sight | undefined;
  readonly turns: TurnWatch;
}

/** A frame is complete. */
interface Arrived {
  readonly index: number;
  readonly client: PeerClient;
  readonly tick: number;
  /** Of its last message, before it was read. */
  readonly arrivalMs: number;
}

export function createPeerDriver(peer: Peer, options: DriverOptions): LoadDriver {
  return new PeerDriver(peer, options);
}

class PeerDriver implements LoadDriver {
  readonly #peer: Peer;
  readonly #options: DriverOptions;
  readonly #players: Player[];
  readonly #steersman: Steersman;
  readonly #sampled: ReadonlySet<number>;
  readonly #count: LoadCount;
  #stop: () => void = () => {};
  #isClosing = false;

  constructor(peer: Peer, options: DriverOptions) {
    const { scenario } = options;
    this.#peer = peer;
    this.#options = options;
    this.#sampled = choosePlayers(scenario.players, options.sampled);
    this.#count = new LoadCount(scenario.players);
    const rules = motionRules(scenario.tickHz, scenario.worldSize, scenario.worldSize);
    this.#steersman = new Steersman(scenario.players, rules, seededRandom(scenario.seed));
    this.#players = Array.from({ length: scenario.players }, () => ({
      socket: undefined,
      client: undefined,
      isIn: false,
      tick: 0,
      before: undefined,
      turns: new TurnWatch(),
    }));
  }

  async connect(): Promise<void> {
    const { scenario, nowMs } = this.#options;
    const { players, inputsPerSecond, tickHz, seed } = scenario;
    let next = 0;
    const joinInTurn = async () => {
      while (next < players) await this.#join(next++);
    };
    await Promise.all(Array.from({ length: JOINING_MAX }, joinInTurn));
    if (inputsPerSecond === 0) return;
    const headings = new Uint16Array(Math.max(1, Math.round(tickHz / inputsPerSecond)));
    this.#stop = everyInterval({
      players,
      intervalMs: 1000 / inputsPerSecond,
      nowMs,
      random: seededRandom(seed),
      act: (player, dueMs) => this.#steer(player, headings, dueMs),
    });
  }

  startWindow(): void {
    this.#count.start();
  }

  endWindow(): LoadProbe {
    return this.#count.end();
  }

  close(): void {
    this.#isClosing = true;
    this.#stop();
    for (const { socket } of this.#players) socket?.close();
  }

  /** Resolves when the player's own entity is in sight. */
  async #join(index: number): Promise<void> {
    const { port, nowMs } = this.#options;
    const startMs = nowMs();
    const seat = await this.#peer.reserve(port);
    const player = this.#players[index];
    await new Promise<void>((isIn, reject) => {
      const client = this.#peer.createClient(seat, (payload) => socket.send(payload));
      const socket = new RawSocket({
        port,
        path: seat.path,
        onOpen: () => client.open(),
        onMessage: (bytes, start, end, wireBytes) => {
          const arrivalMs = nowMs();
          this.#count.bytes(wireBytes);
          const tick = this.#read(index, client, bytes.subarray(start, end));
          if (tick === NO_FRAME) return;
          if (player.isIn) this.#take({ index, client, tick, arrivalMs });
          else if (this.#enter(index, client)) {
            this.#count.joinMs.push(nowMs() - startMs);
            isIn();
          }
        },
        onClose: () => {
          this.#count.lose();
          if (!this.#isClosing) this.#count.fail(`player ${index} lost the connection`);
          reject(new Error(`player ${index} was not let in`));
        },
      });
      player.socket = socket;
      player.client = client;
    });
  }

  #read(index: number, client: PeerClient, bytes: Uint8Array): number {
    try {
      return client.read(bytes, 0, bytes.length);
    } catch (error) {
      this.#count.fail(`player ${index}: ${error instanceof Error ? error.message : String(error)}`);
      return NO_FRAME;
    }
  }

  /** The first frames, until one shows the own entity: it tells the steersman where he is. */
  #enter(index: number, client: PeerClient): boolean {
    const sight = client.look();
    if (sight === undefined) return false;
    const { x, y, angle } = sight.own;
    this.#steersman.place(index, x * POSITION_STEPS, y * POSITION_STEPS, angle * HEADING_STEPS_PER_ANGLE);
    this.#players[index].isIn = true;
    if (!this.#sampled.has(index)) client.stopDecoding();
    return true;
  }

  #take(arrived: Arrived): void {
    const { index, tick, arrivalMs } = arrived;
    if (this.#sampled.has(index)) this.#inspect(arrived);
    if (this.#count.frame(index)) this.#count.arrival(tick, arrivalMs);
  }

  #inspect({ index, client, tick, arrivalMs }: Arrived): void {
    const player = this.#players[index];
    const sight = client.look();
    if (sight === undefined) return this.#count.fail("the own entity is not in sight");
    const { scenario } = this.#options;
    const ticks = tick - player.tick;
    const before = player.before && { sight: player.before, ticks };
    const fault =
      before !== undefined && ticks !== 1 && !this.#peer.mayDrop
        ? `${ticks} ticks after the frame before`
        : findFault({ sight, before, scenario, keepsToView: this.#peer.keepsToView });
    player.before = sight;
    player.tick = tick;
    const latencyMs = player.turns.see(sight.own.angle, arrivalMs);
    if (!this.#count.isOn) return;
    if (fault !== undefined) this.#count.fail(fault);
    this.#count.decoded++;
    this.#count.delivered += sight.others.length;
    for (const other of sight.others) if (isInView(sight.own, other, scenario.view, 0)) this.#count.visible++;
    if (latencyMs !== undefined) this.#count.latency(latencyMs);
  }

  /** The inputs of the ticks since the last message; `headings` is reused. */
  #steer(index: number, headings: Uint16Array, dueMs: number): void {
    const { socket, client, isIn, turns } = this.#players[index];
    if (!isIn || socket === undefined || client === undefined) return;
    for (let i = 0; i < headings.length; i++) {
      headings[i] = this.#steersman.wander(index);
      if (i === 0 && this.#sampled.has(index)) {
        turns.expect(this.#steersman.motion.heading[index] / HEADING_STEPS_PER_ANGLE, dueMs);
      }
    }
    socket.send(client.encodeInputs(headings, true));
  }
}
