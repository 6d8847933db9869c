/**
 * Runs in a network of its own: players who read nothing, slowly, or all, as they are told over IPC. What they hold is the real
 * client's replica, whose checksums are the server's.
 */
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { Replica } from "../../client/sync/replica.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { Pipe } from "./pipe.ts";

export type SlowOrder =
  | { readonly ask: "join"; host: string; port: number; count: number; rooms: number }
  /** 0 reads nothing. */
  | { readonly ask: "read"; bytesPerSecond: number }
  /** Reads all; reports how long each took until its frames came in time again. */
  | { readonly ask: "read-all" }
  /** Reads what there is to the end of the connection; reports close codes. */
  | { readonly ask: "read-to-the-end" };

export interface SlowReport {
  readonly wholeMs: readonly number[];
  readonly checksumFaults: number;
  readonly codes: readonly number[];
}

interface Reader {
  readonly pipe: Pipe;
  readonly parts: FrameParts;
  replica: Replica | undefined;
  code: number;
  faults: number;
  /** Newest frame, and when it came. */
  tick: number;
  atMs: number;
}

const SPEAK_MS = 500;
/** Of one read. */
const READ_BYTES = 200;
const STEP_MS = 100;
/** Frames that come so close behind one another were waiting. */
const IN_TIME_MS = 30;
const PATIENCE_MS = 5000;

const readers: Reader[] = [];
let trickle: NodeJS.Timeout | undefined;

process.on("message", async (order: SlowOrder) => {
  clearInterval(trickle);
  if (order.ask === "join") await join(order);
  const wholeMs = order.ask === "read-all" ? await Promise.all(readers.map(readAll)) : [];
  if (order.ask === "read") read(order.bytesPerSecond);
  if (order.ask === "read-to-the-end") await readToTheEnd();
  const checksumFaults = readers.reduce((sum, one) => sum + one.faults, 0);
  process.send?.({ wholeMs, checksumFaults, codes: readers.map(({ code }) => code) } satisfies SlowReport);
});
process.once("disconnect", () => process.exit(0));

async function join({ host, port, count, rooms }: SlowOrder & { ask: "join" }): Promise<void> {
  for (let index = 0; index < count; index++) {
    const events = {
      onOpen: () => {
        const look = { name: `Slow ${index}`, colour: index };
        pipe.send(shoal.Hello.encode({ room: `room-${index % rooms}`, join: { look } }).finish());
      },
      onMessage: (bytes: Uint8Array) => take(one, bytes),
      onClose: (code: number) => {
        one.code = code;
      },
    };
    const pipe = new Pipe({ host, port, readBytes: READ_BYTES }, events);
    const one: Reader = { pipe, parts: new FrameParts(), replica: undefined, code: 0, faults: 0, tick: 0, atMs: 0 };
    readers.push(one);
    await pause(10);
  }
  // They do speak: what is late is what they have read.
  setInterval(() => {
    for (const { pipe, tick } of readers) pipe.send(shoal.ClientFrame.encode({ ackTick: tick, stamp: 1 }).finish());
  }, SPEAK_MS);
  while (readers.some(({ tick }) => tick === 0)) await pause(STEP_MS);
}

function take(one: Reader, bytes: Uint8Array): void {
  if (one.replica === undefined) {
    one.replica = new Replica(shoal.Welcome.decode(bytes));
    return;
  }
  one.parts.read(bytes);
  one.replica.apply(one.parts, performance.now());
  one.faults += one.replica.lostCells.splice(0).length;
  one.tick = one.parts.tick;
  one.atMs = performance.now();
}

function read(bytesPerSecond: number): void {
  for (const { pipe } of readers) pipe.allow(0);
  if (bytesPerSecond === 0) return;
  trickle = setInterval(() => {
    for (const { pipe } of readers) pipe.allow((bytesPerSecond * STEP_MS) / 1000);
  }, STEP_MS);
}

/** Whole are those whose frames come one a tick again, with the server's checksums. */
async function readAll(one: Reader): Promise<number> {
  const startMs = performance.now();
  one.pipe.allow(Number.POSITIVE_INFINITY);
  let [tick, atMs] = [one.tick, one.atMs];
  while (performance.now() - startMs < PATIENCE_MS) {
    await pause(5);
    if (one.tick === tick) continue;
    const isInTime = one.tick - tick <= 2 && one.atMs - atMs > IN_TIME_MS;
    if (isInTime) return one.atMs - startMs;
    [tick, atMs] = [one.tick, one.atMs];
    // At once, so that the server learns of it.
    one.pipe.send(shoal.ClientFrame.encode({ ackTick: tick, stamp: 1 }).finish());
  }
  return Number.NaN;
}

async function readToTheEnd(): Promise<void> {
  for (const { pipe } of readers) pipe.allow(Number.POSITIVE_INFINITY);
  for (let waited = 0; waited < PATIENCE_MS && readers.some(({ code }) => code === 0); waited += STEP_MS)
    await pause(STEP_MS);
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
