/**
 * A crowd that comes and goes: so many bots at a time, spread over rooms and servers, each for a life of its own length; one in five
 * leaves without a word. Watches what each of them suffers. Draws everything from one seed.
 */
import { Bot, type BotTotals, THINK_MS } from "../../bench/bots/bot.ts";
import { type OpenTransport, openWebSocket, type Replica, type Transport } from "../../client/sync/index.ts";
import { seededRandom } from "../../proto/random.ts";

/** Bots joining in one second while the crowd gathers: a crowd, not a storm. */
const JOINS_PER_S = 50;
const CHAT_PER_MINUTE = 4;
const SILENT_SHARE = 0.2;
/** How often each bot is looked at: what it suffers is known to this. */
export const LOOK_MS = 50;

export interface ChurnOptions {
  /** Rooms are dealt out to the servers in turn. */
  readonly urls: readonly string[];
  readonly bots: number;
  readonly rooms: number;
  readonly seed: number;
  /** Shortest and longest life, s; undefined: for ever. */
  readonly lifeS: readonly [number, number] | undefined;
}

/** What one life has seen. */
export interface Fate {
  readonly url: string;
  /** Times that it was let in, the first included, and how often without its seat of before. */
  welcomes: number;
  lostSeats: number;
  /** Longest time without news since it was first let in, ms. */
  longestGapMs: number;
}

interface Life {
  readonly bot: Bot;
  readonly fate: Fate;
  readonly untilMs: number;
  /** Hangs up without a word. */
  readonly cut: () => void;
  replica: Replica | undefined;
  tick: number;
  newsMs: number;
}

export class Churn {
  readonly totals: BotTotals = { frames: 0, bytes: 0, chatHeard: 0, chatSaid: 0, lost: 0, lastLoss: "" };
  readonly #options: ChurnOptions;
  readonly #random: () => number;
  readonly #lives: (Life | undefined)[];
  readonly #timers: NodeJS.Timeout[] = [];
  #born = 0;

  constructor(options: ChurnOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#lives = new Array(options.bots).fill(undefined);
  }

  get joined(): number {
    return this.#lives.filter((life) => life?.bot.client.state.kind === "joined").length;
  }

  /** Of those alive. */
  get fates(): Fate[] {
    return this.#lives.flatMap((life) => (life === undefined ? [] : [life.fate]));
  }

  start(): void {
    const { bots } = this.#options;
    for (let place = 0; place < bots; place++) {
      this.#timers.push(setTimeout(() => this.#bear(place), (place * 1000) / JOINS_PER_S));
      const think = () => this.#lives[place]?.bot.think();
      this.#timers.push(setTimeout(() => this.#timers.push(setInterval(think, THINK_MS)), (place * THINK_MS) / bots));
    }
    this.#timers.push(setInterval(() => this.#look(performance.now()), LOOK_MS));
  }

  /** What was suffered so far is forgotten. */
  forget(): void {
    for (const { fate } of this.#present()) Object.assign(fate, { welcomes: 0, lostSeats: 0, longestGapMs: 0 });
  }

  /** Everybody leaves. */
  stop(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    for (const { bot } of this.#present()) bot.client.close();
    this.#lives.fill(undefined);
  }

  #present(): Life[] {
    return this.#lives.filter((life) => life !== undefined);
  }

  #bear(place: number): void {
    const { urls, rooms, seed, lifeS } = this.#options;
    const room = place % rooms;
    const url = urls[room % urls.length];
    let transport: Transport | undefined;
    const openTransport: OpenTransport = (...args) => {
      transport = openWebSocket(...args);
      return transport;
    };
    const index = this.#born++;
    const bot = new Bot({
      url,
      room: `pond-${room + 1}`,
      seed,
      index,
      chatPerMinute: CHAT_PER_MINUTE,
      openTransport,
      totals: this.totals,
    });
    const nowMs = performance.now();
    const [shortest, longest] = lifeS ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const lifeMs = lifeS === undefined ? shortest : (shortest + this.#random() * (longest - shortest)) * 1000;
    this.#lives[place] = {
      bot,
      fate: { url, welcomes: 0, lostSeats: 0, longestGapMs: 0 },
      untilMs: nowMs + lifeMs,
      // As one that comes back, so that its seat is kept; it does not come.
      cut: () => transport?.close(true),
      replica: undefined,
      tick: 0,
      newsMs: Number.NaN,
    };
    bot.client.start();
  }

  #look(nowMs: number): void {
    for (let place = 0; place < this.#lives.length; place++) {
      const life = this.#lives[place];
      if (life === undefined) continue;
      watch(life, nowMs);
      if (nowMs < life.untilMs) continue;
      if (this.#random() < SILENT_SHARE) life.cut();
      life.bot.client.close();
      this.#bear(place);
    }
  }
}

function watch(life: Life, nowMs: number): void {
  const { bot, fate } = life;
  const { replica, hasResumed, state } = bot.client;
  if (state.kind === "joined" && replica !== life.replica) {
    fate.welcomes++;
    if (life.replica !== undefined && !hasResumed) fate.lostSeats++;
    life.replica = replica;
  }
  if (life.replica === undefined) return;
  if (!Number.isNaN(life.newsMs)) fate.longestGapMs = Math.max(fate.longestGapMs, nowMs - life.newsMs);
  if (replica.tick === life.tick && !Number.isNaN(life.newsMs)) return;
  life.tick = replica.tick;
  life.newsMs = nowMs;
}
