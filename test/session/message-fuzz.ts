/**
 * Hostile messages by the thousand into a whole server without sockets, while others play (faults F4 and F6, threat T12): counts what
 * was taken and refused, and complains of whatever got further than it may. An exception that escapes is the caller's to see.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { seededRandom } from "../../proto/random.ts";
import type { Room } from "../../server/room/room.ts";
import { MESSAGE_BURST_MIN } from "../../server/transport/message-rate.ts";
import { goodFrame, goodHello, hostileMessage } from "./hostile-bytes.ts";
import { ServerHarness, type TestPlayer } from "./server-harness.ts";

const BYSTANDERS = ["Ada", "Bao", "Cyd"];
const ROOM = "pond";
/** Messages in one tick: less than the transport lets through. */
const MESSAGES_A_TICK = 16;
/** What no line that others hear may hold. */
const NOISE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

export interface FuzzResult {
  taken: number;
  refused: number;
  /** Frames that bystanders read. */
  framesRead: number;
  /** What was wrong, in words; the first few. */
  readonly complaints: string[];
  /** Time for one message, microseconds, by place in the sorted list. */
  p99Us: number;
  maxUs: number;
  /** Growth of the heap between the first tenth and the end, after collections. */
  heapGrowthBytes: number;
}

export interface FuzzOptions {
  seed: number;
  count: number;
}

const COMPLAINTS_MAX = 5;

export function fuzzMessages({ seed, count }: FuzzOptions): FuzzResult {
  const random = seededRandom(seed);
  const server = new ServerHarness({ worldSize: 1024, capacity: 16, resumeSeconds: 0 });
  const bystanders = BYSTANDERS.map((name) => server.join(name));
  const result: FuzzResult = {
    taken: 0,
    refused: 0,
    framesRead: 0,
    complaints: [],
    p99Us: 0,
    maxUs: 0,
    heapGrowthBytes: 0,
  };
  const complain = (words: string): void => {
    if (result.complaints.length < COMPLAINTS_MAX) result.complaints.push(words);
  };
  const timesUs = new Float64Array(count);
  let fuzzer = server.connect();
  let isJoined = false;
  let messages = 0;
  let heapBytes = 0;
  for (let i = 0; i < count; i++) {
    if (!fuzzer.isOpen || messages >= MESSAGE_BURST_MIN) {
      // A goodbye: who was let in leaves.
      fuzzer.close(1000, "");
      fuzzer = server.connect();
      isJoined = false;
      messages = 0;
      // Most go in by the front door, so that what players send is tried more than hellos.
      if (random() < 0.7) {
        server.receive(fuzzer, goodHello(random));
        isJoined = true;
      }
    }
    const make = isJoined ? () => goodFrame(random, server.rooms.tick) : () => goodHello(random);
    const bytes = hostileMessage(random, make);
    const before = hashOf(server, bystanders);
    const startMs = performance.now();
    server.receive(fuzzer, bytes);
    timesUs[i] = (performance.now() - startMs) * 1000;
    messages++;
    if (fuzzer.isOpen) result.taken++;
    else result.refused++;
    if (fuzzer.isOpen && fuzzer.sent.length > 0) isJoined = true;
    if (hashOf(server, bystanders) !== before) complain(`message ${i} changed others: ${hex(bytes)}`);
    if (i % MESSAGES_A_TICK === MESSAGES_A_TICK - 1) {
      tick(server, bystanders, result);
      fuzzer.sent.length = Math.min(fuzzer.sent.length, 1);
      for (const words of faultsOf(server, bystanders)) complain(`after message ${i}: ${words}`);
    }
    if (i === Math.floor(count / 10)) heapBytes = heapAfterCollection();
  }
  fuzzer.close(1000, "");
  timesUs.sort();
  result.p99Us = timesUs[Math.floor(count * 0.99)];
  result.maxUs = timesUs[count - 1];
  result.heapGrowthBytes = heapAfterCollection() - heapBytes;
  return result;
}

/** One tick, read by those who look on; what was read is forgotten. */
function tick(server: ServerHarness, bystanders: readonly TestPlayer[], result: FuzzResult): void {
  server.tick(1, ...bystanders);
  for (const bystander of bystanders) result.framesRead += bystander.forget();
}

/** The others as the world has them: motion, and what is told of them. */
function hashOf(server: ServerHarness, bystanders: readonly TestPlayer[]): number {
  const room = server.rooms.get(ROOM);
  if (room === undefined) return 0;
  const { motion, ids } = room.world;
  let hash = 0;
  for (const { slot } of bystanders) {
    for (const value of [
      ids[slot],
      motion.x[slot],
      motion.y[slot],
      motion.heading[slot],
      motion.speed[slot],
      motion.thrust[slot],
    ]) {
      hash = Math.imul(hash ^ value, 0x01000193);
    }
    for (const byte of room.encoder.rest(slot)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash;
}

/** Whatever in the world is not as it may be: numbers that are none, someone outside it, somebody too many. */
function faultsOf(server: ServerHarness, bystanders: readonly TestPlayer[]): string[] {
  const room = server.rooms.get(ROOM);
  if (room === undefined) return ["the room is gone"];
  const faults = entityFaults(room);
  if (server.failures.length > 0) faults.push(`the room failed: ${String(server.failures[0])}`);
  const players = server.lobby.sessionCount;
  // A changed hello may name another room.
  if (server.rooms.size === 1 && room.playerCount !== players)
    faults.push(`${room.playerCount} entities of ${players} players`);
  for (const { events, connection } of bystanders) {
    for (const { said } of events.splice(0)) {
      if (said && NOISE.test(`${said.fromName}${said.text}`)) faults.push(`noise was said: ${said.text}`);
    }
    if (!connection.isOpen) faults.push(`a bystander was closed: ${connection.closed?.reason}`);
  }
  return faults;
}

function entityFaults({ world }: Room): string[] {
  const faults: string[] = [];
  const { motion, rules, live, liveCount } = world;
  for (let i = 0; i < liveCount; i++) {
    const slot = live[i];
    const [x, y, heading, speed] = [motion.x[slot], motion.y[slot], motion.heading[slot], motion.speed[slot]];
    if (![x, y, heading, speed].every(Number.isFinite)) faults.push(`slot ${slot}: ${[x, y, heading, speed]}`);
    if (x < 0 || y < 0 || x > rules.widthSteps || y > rules.heightSteps)
      faults.push(`slot ${slot} is outside: ${x}, ${y}`);
  }
  return faults;
}

function heapAfterCollection(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 200)).toString("hex");
}
