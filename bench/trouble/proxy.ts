/**
 * A TCP proxy on this machine that delays what passes, both ways, as a Link says: trouble for any browser or client, without
 * its help. Each connection has its own delays, drawn from one seed. Knows nothing of what it carries. What it cannot delay is the
 * TCP handshake: the kernel answers that.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { DelayLine } from "../../client/sync/delay-line.ts";
import { type Conditions, type Link, LinkPair } from "../../client/sync/link.ts";
import { platformTimers, type Timers } from "../../client/sync/timers.ts";
import { seededRandom } from "../../proto/random.ts";

const LOOPBACK = "127.0.0.1";
/** With more than this on the way in one direction the sender is not read; its kernel tells it to wait. */
const WAITING_BYTES_SOFT = 256 * 1024;

export interface TroubleProxyOptions {
  /** On 127.0.0.1; 0 takes a free one. */
  listenPort: number;
  /** Of the server. */
  targetPort: number;
  /** 127.0.0.1 if left out. */
  targetHost?: string;
  /** Undefined lets everything pass untouched. */
  conditions: Conditions | undefined;
  seed: number;
  /** Milliseconds, monotonic. */
  now?: () => number;
  timers?: Timers;
}

export interface TroubleProxy {
  readonly port: number;
  /** What all connections suffer from now on. */
  set(conditions: Conditions | undefined): void;
  /** Cuts all connections; new ones are let in. */
  cut(): void;
  /** Cuts all connections and frees the port. Twice is harmless. */
  close(): Promise<void>;
}

/** Listens; rejects with the system's error if it cannot. */
export async function startTroubleProxy(options: TroubleProxyOptions): Promise<TroubleProxy> {
  const {
    listenPort,
    targetPort,
    targetHost = LOOPBACK,
    seed,
    now = () => performance.now(),
    timers = platformTimers,
  } = options;
  let { conditions } = options;
  let connections = 0;
  const passages = new Set<Passage>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const target = connect({ port: targetPort, host: targetHost, allowHalfOpen: true, noDelay: true });
    const random = seededRandom(seed * 100_003 + connections++);
    const passage = new Passage({ client, target, now, timers, random, onEnd: () => passages.delete(passage) });
    passages.add(passage);
    passage.suffer(conditions);
  });
  const cut = (): void => {
    for (const passage of [...passages]) passage.cut();
  };
  server.listen(listenPort, LOOPBACK);
  await once(server, "listening");
  return {
    port: portOf(server),
    set(changed) {
      conditions = changed;
      for (const passage of passages) passage.suffer(conditions);
    },
    cut,
    async close() {
      cut();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  };
}

function portOf(server: Server): number {
  // A server that listens on a TCP port has an address of this kind.
  return (server.address() as AddressInfo).port;
}

interface PassageOptions {
  client: Socket;
  target: Socket;
  now: () => number;
  timers: Timers;
  random: () => number;
  onEnd: () => void;
}

/** One client's connection: a socket on either side, a way in each direction. */
class Passage {
  readonly #options: PassageOptions;
  readonly #up: Way;
  readonly #down: Way;
  #cutTimer: unknown;

  constructor(options: PassageOptions) {
    const { client, target, now, timers } = options;
    this.#options = options;
    const onFull = () => this.cut();
    this.#up = new Way({ from: client, to: target, line: new DelayLine(now, timers), onFull });
    this.#down = new Way({ from: target, to: client, line: new DelayLine(now, timers), onFull });
    for (const socket of [client, target]) {
      // A reset or a server that is not there: the other side sees its connection break.
      socket.on("error", () => this.cut());
      socket.on("close", () => {
        if (client.destroyed && target.destroyed) this.cut();
      });
    }
  }

  suffer(conditions: Conditions | undefined): void {
    const { now, random, timers } = this.#options;
    const pair = conditions && new LinkPair(conditions, random, now());
    this.#up.setLink(pair?.up);
    this.#down.setLink(pair?.down);
    this.#disarm();
    if (pair === undefined || !Number.isFinite(pair.dropAtMs)) return;
    this.#cutTimer = timers.set(() => this.cut(), pair.dropAtMs - now());
  }

  /** Ends both sockets now; what is on the way is lost. Twice is harmless. */
  cut(): void {
    const { client, target, onEnd } = this.#options;
    this.#disarm();
    this.#up.close();
    this.#down.close();
    client.destroy();
    target.destroy();
    onEnd();
  }

  #disarm(): void {
    if (this.#cutTimer !== undefined) this.#options.timers.clear(this.#cutTimer);
    this.#cutTimer = undefined;
  }
}

interface WayOptions {
  from: Socket;
  to: Socket;
  line: DelayLine;
  onFull: () => void;
}

/** One direction: reads here, waits, writes there. */
class Way {
  readonly #options: WayOptions;

  constructor(options: WayOptions) {
    const { from, to } = options;
    this.#options = options;
    from.on("data", (chunk: Buffer) => {
      this.#pass(chunk.length, () => {
        to.write(chunk);
        this.#balance();
      });
      this.#balance();
    });
    from.on("end", () => this.#pass(0, () => to.end()));
    to.on("drain", () => this.#balance());
  }

  setLink(link: Link | undefined): void {
    this.#options.line.setLink(link);
  }

  close(): void {
    this.#options.line.clear();
  }

  #pass(bytes: number, arrive: () => void): void {
    const { line, onFull } = this.#options;
    if (!line.push(bytes, arrive)) onFull();
  }

  /** Reads on only while what waits here and in the receiver's queue is little. */
  #balance(): void {
    const { from, to, line } = this.#options;
    if (line.waitingBytes > WAITING_BYTES_SOFT || to.writableNeedDrain) from.pause();
    else if (from.isPaused()) from.resume();
  }
}
