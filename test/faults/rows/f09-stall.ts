/** F9: the server itself stands still: its process is stopped, or its event loop is busy. */
import { join } from "node:path";
import { RawClient } from "../../transport/raw-client.ts";
import { attackerAddress } from "../attackers.ts";
import { atMost, exactly, type Figure } from "../figure.ts";
import { ask } from "../misbehaviour.ts";
import { MISBEHAVING_SERVER, msUntil, pause, type Row } from "../row.ts";
import type { ServerProcess } from "../server-process.ts";

const SUPERVISOR = join(import.meta.dirname, "../../../server/supervisor.ts");
/** The last is longer than any client may be silent. */
const STALLS_S = [1, 5, 6.5];
const TICK_MS = 50;
const GET_HEALTH = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
/** Nobody else comes from there. */
const ASKS_FROM = attackerAddress(9100);
const ASKS_MAX = 20;
const ASK_AGAIN_MS = 250;
const BACK_MS_MAX = 250;
/** Silent for so long is ended, and ready again. */
const WATCHDOG_S_MAX = 12;

export const stall: Row = {
  id: "F9",
  title: "event loop stands still for 1 s and 5 s (SIGSTOP, busy loop), and for ever",
  control: { without: "stallForgiveness", misses: ["clients lost"] },
  async run(context) {
    const server = await context.server({ entry: MISBEHAVING_SERVER });
    const load = await context.load(server);
    await context.calm(server);
    const figures: Figure[] = [];
    for (const seconds of context.isControl ? STALLS_S.slice(-1) : context.isShort ? [1] : STALLS_S) {
      for (const isBusy of [false, true]) {
        const name = `${isBusy ? "busy" : "stopped"} for ${seconds} s`;
        context.say(name);
        await load.mark();
        const known = await askedBefore(server.ports.game);
        const lengthBefore = known.text.length;
        let newcomer: RawClient | undefined;
        const ticks = await context.ticksDuring(server, async () => {
          if (isBusy) await ask(server.ports.game, `!busy ${seconds * 1000}`);
          else server.signal("SIGSTOP");
          await pause(300);
          known.write(GET_HEALTH);
          newcomer = new RawClient(server.ports.game, ASKS_FROM);
          newcomer.write(GET_HEALTH);
          await pause(seconds * 1000 - 300);
          if (!isBusy) server.signal("SIGCONT");
          await pause(3000);
        });
        const { losses } = await load.report();
        const answers = [known.text.slice(lengthBefore), newcomer?.text ?? ""];
        known.destroy();
        newcomer?.destroy();
        figures.push(
          exactly(
            0,
            `${name}: clients lost`,
            Object.values(losses).reduce((sum, one) => sum + one, 0),
          ),
          atMost(BACK_MS_MAX, `${name}: back on schedule after`, msToSchedule(ticks.probe.ticks), "ms"),
          exactly(1, `${name}: asked meanwhile, answers 503 stalled`, Number(isStalled(answers[0]))),
          exactly(
            1,
            `${name}: asked meanwhile over a new connection, answers 503 stalled`,
            Number(isStalled(answers[1])),
          ),
        );
      }
    }
    await server.stop();
    if (!context.isControl && !context.isShort)
      figures.push(await watchdog(await context.server({ entry: SUPERVISOR, env: { LOG_LEVEL: "warn" } })));
    return figures;
  },
};

/**
 * A connection over which the server has said that it is ready: that the kernel has made it does not mean that the server has it. On
 * a machine that is busy with other things the server may just have stood still.
 */
async function askedBefore(port: number): Promise<RawClient> {
  for (let asks = 0; asks < ASKS_MAX; asks++) {
    const client = new RawClient(port, ASKS_FROM);
    client.write(GET_HEALTH);
    if ((await client.until((text) => text.endsWith("}"))).startsWith("HTTP/1.1 200 ")) return client;
    client.destroy();
    await pause(ASK_AGAIN_MS);
  }
  throw new Error("not ready before the stall");
}

function isStalled(answer: string): boolean {
  return answer.startsWith("HTTP/1.1 503 ") && answer.includes('"status":"stalled"');
}

/** From the first tick after the longest pause to the first one from which on three in a row come in time, ms. */
function msToSchedule(ticks: ServerTicks): number {
  const starts = ticks.map(([, startMs]) => startMs);
  const gaps = starts.slice(1).map((start, i) => start - starts[i]);
  const longest = gaps.indexOf(Math.max(...gaps));
  const isInTime = (i: number) => Math.abs((gaps[i] ?? TICK_MS) - TICK_MS) < TICK_MS / 2;
  for (let i = longest + 1; i < gaps.length; i++) {
    if (isInTime(i) && isInTime(i + 1) && isInTime(i + 2)) return starts[i] - starts[longest + 1];
  }
  return Number.NaN;
}
type ServerTicks = Awaited<ReturnType<ServerProcess["endTicks"]>>["probe"]["ticks"];

/** A server below its supervisor, stopped for good. */
async function watchdog(server: ServerProcess): Promise<Figure> {
  const pid = server.childPid();
  process.kill(pid, "SIGSTOP");
  const startMs = performance.now();
  await msUntil(async () => server.childPid() !== pid && (await server.health(200)).status === 200, 30_000, 50);
  const isBack = (await server.health()).status === 200 && server.childPid() !== pid;
  return atMost(
    WATCHDOG_S_MAX,
    "stopped for good: another process serves after",
    isBack ? (performance.now() - startMs) / 1000 : Number.NaN,
    "s",
  );
}
