/** `npm run bots`: fills a pond with bots and shows on one line how they fare. */
import { openPolling, openWebSocket } from "../../client/sync/index.ts";
import { TroubleControls, troubled } from "../../client/sync/trouble.ts";
import { seededRandom } from "../../proto/random.ts";
import { Bot, type BotTotals, THINK_MS } from "./bot.ts";
import { readBotOptions, USAGE } from "./options.ts";
import { whyNobodyJoined } from "./outcome.ts";

/** Bots joining in one second: a crowd, not a storm. */
const JOINS_PER_SECOND = 100;
const STATUS_MS = 1000;
const GIVE_UP_MS = 10_000;
const ANSWER_MS_MAX = 2000;

const options = readBotOptions(process.argv.slice(2));
if (options === "help") {
  console.log(USAGE);
  process.exit(0);
}
if (typeof options === "string") {
  console.error(`${options}\n\n${USAGE}`);
  process.exit(1);
}
const { url, room, count, seed, chat, seconds, trouble } = options;
const openCalm = options.transport === "polling" ? openPolling : openWebSocket;
const controls = new TroubleControls(trouble);
/** Bots' delays are not their whims: the same seed wanders alike in any trouble. */
const TROUBLE_STREAM = 0x7fffffff;
const totals: BotTotals = { frames: 0, bytes: 0, chatHeard: 0, chatSaid: 0, lost: 0, lastLoss: "" };
const bots: Bot[] = [];
for (let index = 0; index < count; index++) {
  const random = seededRandom((seed * 100_003 + index) ^ TROUBLE_STREAM);
  const openTransport = trouble === undefined ? openCalm : troubled(openCalm, { controls, random });
  bots.push(new Bot({ url, room, seed, index, chatPerMinute: chat, openTransport, totals }));
}
bots.forEach((bot, i) => {
  setTimeout(() => bot.client.start(), (i * 1000) / JOINS_PER_SECOND);
});
// Spread over the interval, so that the bots do not all think in the same moment.
bots.forEach((bot, i) => {
  setTimeout(() => setInterval(() => bot.think(), THINK_MS), (i * THINK_MS) / count);
});

/** Whoever starts the bots before the server should be told, not shown a zero for ever. */
setTimeout(() => {
  if (totals.frames === 0) void stop();
}, GIVE_UP_MS);

let before = { ...totals };
const status = setInterval(() => {
  const joined = bots.filter(({ client }) => client.state.kind === "joined");
  const visible = joined.reduce((sum, { client }) => sum + client.replica.visibleCount, 0);
  const each = (value: number) => (joined.length === 0 ? 0 : value / joined.length);
  const line = [
    `${joined.length}/${count} in ${room}`,
    `${each(totals.frames - before.frames).toFixed(1)} frames/s`,
    `${(each(totals.bytes - before.bytes) / 1024).toFixed(2)} KiB/s each`,
    `${each(visible).toFixed(0)} in view`,
    `chat ${totals.chatSaid} said, ${totals.chatHeard} heard`,
    `${totals.lost} lost${joined.length === 0 && totals.lost > 0 ? ` (${totals.lastLoss})` : ""}`,
  ].join(" · ");
  before = { ...totals };
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`);
  else console.log(line);
}, STATUS_MS);

/** Only who is in gets frames: without any, nobody ever was, and that is no success. */
async function stop(): Promise<void> {
  const { frames, lastLoss } = totals;
  clearInterval(status);
  for (const { client } of bots) client.close();
  if (process.stdout.isTTY) process.stdout.write("\n");
  if (frames > 0) process.exit(0);
  console.error(whyNobodyJoined({ url, room, lastLoss, isAnswered: await isAnswered() }));
  process.exit(1);
}
process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());
if (seconds > 0) setTimeout(() => void stop(), seconds * 1000);

/** Whatever is answered: that is a server. */
async function isAnswered(): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return true;
  } catch {
    return false;
  }
}
