/** F10: SIGTERM: drains, keeps what it has, and the next process goes on with it. */
import { SUBPROTOCOL } from "../../../proto/subprotocol.ts";
import { OPCODE_BINARY, type RawClient } from "../../transport/raw-client.ts";
import { attackerAddress, closeCodeOf, hello, openAttacker } from "../attackers.ts";
import { atLeast, atMost, exactly, type Figure, MOVED_UNITS_MAX, percentile, told } from "../figure.ts";
import { type Context, msUntil, pause, type Row, WITHOUT_STATE } from "../row.ts";
import { TurningPlayer, turnedSteps } from "../turning-players.ts";

const SHOUTS_PER_MINUTE = 6;
const TALK_MS = 5000;
const EXIT_MS_MAX = 10_000;
const BACK_MS_MAX = 20_000;
const TURNERS = 10;
/** Snapshots are a second apart. */
const HALF_SNAPSHOT_MS = 500;
const NEWCOMER_EVERY_MS = 20;
/** Where those come from who come while the server ends. */
const LATE_FROM = 7000;
const CODE_RESTARTING = 4000;
/** Two signals at once are one (server/stop-signal.ts). */
const HURRY_AFTER_MS = 300;

export const sigterm: Row = {
  id: "F10",
  title: "SIGTERM under load, and the next process",
  control: WITHOUT_STATE,
  moreControls: [
    { without: "lastSnapshot", misses: ["players turned back"] },
    { without: "retryHint", misses: ["without a frame, p99"] },
    { without: "hurry", misses: ["after a second SIGTERM"] },
  ],
  async run(context) {
    const hurry = await endInAHurry(context);
    if (context.options.control?.without === "hurry") return hurry;
    const env = { DATA_DIR: context.folder() };
    const empty = await context.server({ env });
    const emptyMs = performance.now();
    empty.signal("SIGTERM");
    const emptyExit = await empty.exited;

    const server = await context.server({ env });
    const load = await context.load(server);
    const calm = await context.calm(server);
    const { host, ports } = server;
    const turners = Array.from({ length: TURNERS }, (_, i) => new TurningPlayer(host, ports.game, i));
    for (const one of turners) one.come();
    context.onEnd(() => {
      for (const one of turners) one.leave();
    });
    await load.shout(SHOUTS_PER_MINUTE);
    await pause(TALK_MS);
    // Whoever goes on with the snapshot before the last one is half a second behind.
    const snapshots = () => server.metric('shoal_snapshots_total{result="ok"}');
    const before = await snapshots();
    await msUntil(async () => (await snapshots()) > before, 2000);
    await pause(HALF_SNAPSHOT_MS);
    await load.mark();
    context.say("SIGTERM");
    const startMs = performance.now();
    server.signal("SIGTERM");
    const unreadyMs = await msUntil(async () => (await server.health(100)).status !== 200, 5000, 5);
    const newcomers = new Newcomers(ports.game);
    const exit = await Promise.race([server.exited, pause(EXIT_MS_MAX + 5000)]);
    newcomers.stop();
    const toldHeadings = turners.map(({ heading }) => heading);
    const exitMs = exit === undefined ? Number.NaN : exit.atMs - startMs;
    const next = await context.server({ env, ports: server.ports });
    const back = await load.until(({ joined }) => joined >= load.bots, BACK_MS_MAX);
    for (const one of turners) one.come();
    await load.shout(0);
    // What was said last is on its way.
    await pause(2000);
    const { chat, strangers, gapMs, begunAnew, reasons } = await load.report();
    context.say(`reasons: ${reasons.join(" | ")}`);
    for (const example of chat.examples) context.say(`lost line ${example}`);
    context.say(`back after ${Math.round(performance.now() - startMs)} ms`);
    // Not seen is not turned on.
    const turnedBack = turners.filter(({ heading }, i) => !(turnedSteps(toldHeadings[i], heading) >= 0));
    const figures: Figure[] = [
      ...hurry,
      atMost(100, "not ready after", unreadyMs, "ms"),
      atMost(300, "an empty server exits after", emptyExit.atMs - emptyMs, "ms"),
      exactly(0, "its exit code", emptyExit.code ?? -1),
      atMost(EXIT_MS_MAX, "with the load: exits after", exitMs, "ms"),
      exactly(0, "its exit code, with the load", exit === undefined ? -1 : (exit.code ?? -1)),
      exactly(load.bots, "players back", back.joined),
      exactly(0, "players who are another tadpole now", strangers),
      exactly(0, "players who began anew", begunAnew),
      atMost(2, "without a frame, p99", percentile(gapMs, 0.99) / 1000, "s"),
      atMost(MOVED_UNITS_MAX, "moved since the signal, p99", percentile(back.movedUnits, 0.99), "units"),
      exactly(TURNERS, "players who turned and are in their seats", turners.filter((one) => one.hasResumed).length),
      exactly(0, "players turned back: inputs are lost whose effect they had seen", turnedBack.length),
      atLeast(1, "newcomers after it was not ready", newcomers.all.length),
      exactly(0, "of these, let in", newcomers.all.filter(isLetIn).length),
      atLeast(1, "of these, told to come back", newcomers.all.filter(isToldToComeBack).length),
      exactly(0, `acknowledged lines lost, of ${chat.acknowledged} acknowledged and ${chat.said} said`, chat.lost),
      exactly(0, "lines heard twice", chat.doubled),
      exactly(0, "bugs logged", server.bugs + next.bugs),
    ];
    return [
      ...figures,
      told("tick p99 undisturbed", calm.p99Ms, "ms"),
      told("next server ready after", next.readyMs, "ms"),
    ];
  },
};

/** One who polls, and does not ask again, is waited for; the second signal is of somebody who does not want to wait. */
async function endInAHurry(context: Context): Promise<Figure[]> {
  const patientMs = await endWithPoller(context, false);
  const hurriedMs = await endWithPoller(context, true);
  return [
    atLeast(1000, "with one who does not hear that it ends: exits after", patientMs, "ms"),
    atMost(300, "with such a one: exits after a second SIGTERM", hurriedMs, "ms"),
  ];
}

/** From the last signal to the end, ms. */
async function endWithPoller(context: Context, isHurried: boolean): Promise<number> {
  const server = await context.server();
  const headers = { "shoal-protocol": SUBPROTOCOL };
  const answer = await fetch(`${server.url}/poll`, { method: "POST", headers });
  if (!answer.ok) throw new Error(`no connection by polling: ${answer.status}`);
  await answer.text();
  let sinceMs = performance.now();
  server.signal("SIGTERM");
  if (isHurried) {
    await pause(HURRY_AFTER_MS);
    sinceMs = performance.now();
    server.signal("SIGTERM");
  }
  return (await server.exited).atMs - sinceMs;
}

/** Those who come, one after another, while the server ends. */
class Newcomers {
  readonly all: RawClient[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(port: number) {
    let index = LATE_FROM;
    this.#timer = setInterval(() => {
      openAttacker(port, attackerAddress(index++)).then(
        (client) => {
          client.write(hello("room-0", "Late"));
          this.all.push(client);
        },
        // Too late even for a handshake.
        () => {},
      );
    }, NEWCOMER_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const one of this.all) one.destroy();
  }
}

/** What came first behind the handshake is a message: the Welcome. */
function isLetIn({ received }: RawClient): boolean {
  return received[received.indexOf("\r\n\r\n") + 4] === (0x80 | OPCODE_BINARY);
}

function isToldToComeBack({ received }: RawClient): boolean {
  return closeCodeOf(received) === CODE_RESTARTING;
}
