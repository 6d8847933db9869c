/**
 * The load's process: bots in rooms, driven over IPC. The bots are those of `npm run bots`; each comes from an address of its own,
 * and what happens to it is taken from its line (`tap.ts`).
 */
import { Bot, type BotTotals, THINK_MS } from "../../bench/bots/bot.ts";
import { machineNowMs } from "./machine-clock.ts";
import { type End, Tap } from "./tap.ts";

export type LoadCommand =
  | ({ readonly ask: "join" } & JoinOptions)
  /** What is reported begins now. */
  | { readonly ask: "mark" }
  | { readonly ask: "report" }
  /** Every bot shouts lines of its own so often; 0 stops. */
  | { readonly ask: "shout"; readonly perMinute: number }
  /** All lines go at once, and everybody comes back at once. */
  | { readonly ask: "storm" }
  /** Looks ten times a second for so many bots from `firstIndex` on, and for no others that were asked for before. */
  | { readonly ask: "look-for"; readonly firstIndex: number; readonly count: number }
  | { readonly ask: "leave" };

export interface JoinOptions {
  readonly host: string;
  readonly port: number;
  readonly bots: number;
  readonly rooms: number;
  readonly firstIndex: number;
  /** The second number of the bots' addresses, 127.N.x.y; undefined: the system chooses. */
  readonly network: number | undefined;
  readonly joinsPerSecond: number;
  readonly seed: number;
}

export interface LoadReport {
  readonly joined: number;
  /** Of each bot: the longest time without a frame, ms. */
  readonly gapMs: readonly number[];
  readonly frames: number;
  /** Connections lost, and tries to come back that were refused, by close code. */
  readonly losses: Readonly<Record<number, number>>;
  readonly refusals: Readonly<Record<number, number>>;
  /** Bots that lost their connection more than once. */
  readonly lostTwice: number;
  readonly reasons: readonly string[];
  readonly backMs: readonly number[];
  readonly joinMs: readonly number[];
  /** The server's newest tick when each was let in. */
  readonly joinTicks: readonly number[];
  readonly resumed: number;
  readonly begunAnew: number;
  readonly backwards: number;
  /** Cells whose checksum was not the server's. */
  readonly checksumFaults: number;
  /** Bots that are another entity than at the mark. */
  readonly strangers: number;
  /** From where each bot was at the mark to where it is, world units. */
  readonly movedUnits: readonly number[];
  readonly chat: ChatReport;
  /** When one of those looked for was last seen as present, machine clock; 0 if never. */
  readonly presentMs: number;
  /** How often one of them is shown to anybody now: as present, and as away. */
  readonly ghosts: number;
  readonly shownAway: number;
  /** Of each bot: the largest step from one frame's tick to the next one's in one connection, ticks. */
  readonly tickSteps: readonly number[];
}

/** Of the whole run. */
export interface ChatReport {
  readonly said: number;
  readonly acknowledged: number;
  /** Pairs of an acknowledged line and a bot of its room that never heard it. */
  readonly lost: number;
  /** Pairs of a line and a bot that heard it more than once. */
  readonly doubled: number;
  /** Some of the lost lines, and how long ago each was sent and acknowledged. */
  readonly examples: readonly string[];
}

interface Watched {
  readonly bot: Bot;
  readonly tap: Tap;
  readonly index: number;
  readonly room: string;
  id: number;
  x: number;
  y: number;
  faults: number;
}

const LOOK_MS = 100;
/** One bot in so many looks for others. */
const LOOKING_SHARE = 10;
const REASONS_MAX = 8;
const EXAMPLES_MAX = 5;
const LETTERS = "bdghlmnrtv";

const bots: Watched[] = [];
let shouting: NodeJS.Timeout | undefined;
let shouted = 0;
let looking: NodeJS.Timeout | undefined;
let lookedFor = { firstIndex: 0, count: 0 };
let presentMs = 0;

process.on("message", async (command: LoadCommand) => {
  switch (command.ask) {
    case "join":
      await join(command);
      return answer({ done: true });
    case "mark":
      for (const one of bots) mark(one);
      return answer({ done: true });
    case "report":
      return answer({ report: report() });
    case "shout":
      shout(command.perMinute);
      return answer({ done: true });
    case "storm":
      for (const { bot, tap } of bots) {
        tap.pipe?.cut();
        // The line's end is told in a later turn.
        setImmediate(() => setImmediate(() => bot.client.retryNow()));
      }
      return answer({ done: true });
    case "look-for":
      lookedFor = command;
      presentMs = 0;
      clearInterval(looking);
      looking = setInterval(lookAround, LOOK_MS);
      return answer({ done: true });
    case "leave":
      for (const { bot } of bots.splice(0)) bot.client.close();
      return answer({ done: true });
  }
});
// Whoever started it is gone: so is the reason to be here.
process.once("disconnect", () => process.exit(0));

async function join(options: JoinOptions): Promise<void> {
  const { host, port, rooms, firstIndex, network, joinsPerSecond, seed } = options;
  const totals: BotTotals = { frames: 0, bytes: 0, chatHeard: 0, chatSaid: 0, lost: 0, lastLoss: "" };
  const newcomers = Array.from({ length: options.bots }, (_, i) => {
    const index = firstIndex + i;
    const from = network === undefined ? undefined : `127.${network}.${Math.floor(index / 250)}.${(index % 250) + 1}`;
    const tap = new Tap({ host, port, from }, machineNowMs);
    const room = `room-${index % rooms}`;
    const url = `http://${host}:${port}`;
    const bot = new Bot({ url, room, seed, index, chatPerMinute: 0, openTransport: tap.open, totals });
    return { bot, tap, index, room, id: 0, x: 0, y: 0, faults: 0 };
  });
  bots.push(...newcomers);
  newcomers.forEach(({ bot }, i) => {
    setTimeout(() => bot.client.start(), (i * 1000) / joinsPerSecond);
    // Spread over the interval, so that the bots do not all think in the same moment.
    setTimeout(() => setInterval(() => bot.think(), THINK_MS), (i * THINK_MS) / newcomers.length);
  });
  while (!newcomers.every(({ bot }) => ownId(bot) > 0)) await new Promise((done) => setTimeout(done, 20));
}

function mark(one: Watched): void {
  one.tap.mark();
  one.id = ownId(one.bot);
  [one.x, one.y] = place(one.bot);
  one.faults = one.bot.client.network.checksumFaults;
}

function report(): LoadReport {
  const marks = bots.map(({ tap }) => tap.read());
  const reasons = marks.flatMap((one) => [...one.losses, ...one.refusals].map(({ reason }) => reason));
  const sum = (field: "frames" | "resumed" | "begunAnew" | "backwards") =>
    marks.reduce((total, one) => total + one[field], 0);
  return {
    joined: bots.filter(({ bot }) => ownId(bot) > 0 && bot.client.state.kind === "joined").length,
    gapMs: marks.map(({ gapMs }) => gapMs),
    frames: sum("frames"),
    losses: byCode(marks.flatMap((one) => one.losses)),
    refusals: byCode(marks.flatMap((one) => one.refusals)),
    lostTwice: marks.filter((one) => one.losses.length > 1).length,
    reasons: [...new Set(reasons)].slice(0, REASONS_MAX),
    backMs: marks.flatMap(({ backMs }) => backMs),
    joinMs: marks.flatMap(({ joinMs }) => joinMs),
    joinTicks: marks.flatMap(({ joinTicks }) => joinTicks),
    resumed: sum("resumed"),
    begunAnew: sum("begunAnew"),
    backwards: sum("backwards"),
    checksumFaults: bots.reduce((total, one) => total + one.bot.client.network.checksumFaults - one.faults, 0),
    strangers: bots.filter(({ bot, id }) => ownId(bot) !== id).length,
    movedUnits: bots.map((one) => {
      const [x, y] = place(one.bot);
      return Math.hypot(x - one.x, y - one.y);
    }),
    chat: chat(),
    presentMs,
    ghosts: bots.reduce((sum, { bot }) => sum + shownTo(bot).filter(isPresent).length, 0),
    shownAway: bots.reduce((sum, { bot }) => sum + shownTo(bot).filter((one) => !isPresent(one)).length, 0),
    tickSteps: marks.map(({ tickStep }) => tickStep),
  };
}

function byCode(ends: readonly End[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { code } of ends) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function ownId({ client: { replica } }: Bot): number {
  return replica.slotCount === 0 ? 0 : replica.entityId(replica.ownSlot);
}

function place({ client: { replica } }: Bot): [x: number, y: number] {
  if (replica.slotCount === 0) return [0, 0];
  return [replica.motion.x[replica.ownSlot] / 32, replica.motion.y[replica.ownSlot] / 32];
}

function shout(perMinute: number): void {
  clearInterval(shouting);
  if (perMinute === 0) return;
  // In turn, so that the whole load speaks evenly.
  let next = 0;
  shouting = setInterval(
    () => {
      const { bot, index } = bots[next++ % bots.length];
      bot.client.sendEvent({ shout: { text: `#${spelt(index)} ${spelt(++shouted)}` } });
    },
    60_000 / (perMinute * bots.length),
  );
}

/** A number in letters that make no word: the filter takes 455 for one, and masks it. */
function spelt(number: number): string {
  return [...String(number)].map((digit) => LETTERS[Number(digit)]).join("");
}

function chat(): ChatReport {
  const byIndex = new Map(bots.map((one) => [spelt(one.index), one]));
  const acknowledged = bots.flatMap(({ tap }) => [...tap.acknowledged]);
  const lost = new Map<string, number>();
  let doubled = 0;
  for (const { tap, room } of bots) {
    for (const count of tap.heard.values()) if (count > 1) doubled++;
    for (const [text] of acknowledged) {
      const speaker = byIndex.get(text.slice(1, text.indexOf(" ")));
      if (speaker?.room === room && !tap.heard.has(text)) lost.set(text, (lost.get(text) ?? 0) + 1);
    }
  }
  const now = machineNowMs();
  const examples = [...lost].slice(0, EXAMPLES_MAX).map(([text, count]) => {
    const tap = byIndex.get(text.slice(1, text.indexOf(" ")))?.tap;
    const agoMs = (atMs = Number.NaN) => Math.round(now - atMs);
    return `${text}: not heard by ${count}, sent ${agoMs(tap?.saidMs.get(text))} ms ago, kept ${agoMs(tap?.acknowledged.get(text))} ms ago`;
  });
  const pairs = [...lost.values()].reduce((sum, count) => sum + count, 0);
  return { said: shouted, acknowledged: acknowledged.length, lost: pairs, doubled, examples };
}

function lookAround(): void {
  for (let i = 0; i < bots.length; i += LOOKING_SHARE) {
    if (shownTo(bots[i].bot).some(isPresent)) presentMs = machineNowMs();
  }
}

/** Those looked for that this bot's client shows. */
function shownTo({ client: { replica } }: Bot) {
  return [...replica.visible.subarray(0, replica.visibleCount)].flatMap((slot) => {
    const tadpole = replica.entity(slot)?.tadpole;
    const number = numberOf(tadpole?.look?.name ?? "") - lookedFor.firstIndex;
    return tadpole != null && number > 0 && number <= lookedFor.count ? [tadpole] : [];
  });
}

function isPresent({ away }: { away?: boolean | null | undefined }): boolean {
  return away !== true;
}

/** Bots are called by a name and their number, counted from 1. */
function numberOf(name: string): number {
  return Number(name.slice(name.lastIndexOf(" ") + 1));
}

function answer(message: { done: true } | { report: LoadReport }): void {
  process.send?.(message);
}
