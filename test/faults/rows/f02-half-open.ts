/** F2: clients that vanish without a word, and clients that only seem to: behind a proxy that delays and freezes. */
import { startTroubleProxy } from "../../../bench/trouble/proxy.ts";
import { atLeast, atMost, exactly, told } from "../figure.ts";
import { machineNowMs } from "../machine-clock.ts";
import { openNamespace, whyNoNamespace } from "../namespace.ts";
import { msUntil, pause, type Row } from "../row.ts";

const VICTIMS = 50;
/** The two groups' first indices, so that no name is taken by one who is away; bots below are the witnesses. */
const DROPPED_FROM = 1000;
const STOPPED_FROM = 3000;
const AWAY_MS_MAX = 2000;
const GONE_MS_MAX = 8000;
const GHOST_MS_MAX = 8500;
/** A round trip of 600 ms, and nothing for 1.5 s of each 10 s. */
const FREEZING = { rttMs: 600, jitterMs: 0, holes: { everyMs: 10_000, lastsMs: 1500 } };
const HEALTHY = 20;
const HEALTHY_SECONDS = 30;

export const halfOpen: Row = {
  id: "F2",
  title: "half-open TCP: packets dropped, client stopped; healthy clients that freeze",
  whyNot: whyNoNamespace,
  control: { without: "presence", misses: ["shown as away to all after", "ghosts"] },
  async run(context) {
    const space = openNamespace();
    context.onEnd(() => space.close());
    // All victims come from one address.
    const env = { ADDRESS_SOCKETS: "0", ADDRESS_JOINS_PER_S: "0" };
    const server = await context.server({ host: space.host, env });
    const count = context.count(VICTIMS);
    const load = await context.load(server, { bots: context.options.bots - count });
    const connections = () => server.metric('shoal_connections{kind="websocket"}');
    const calm = await context.calm(server);

    const vanish = async (isStopped: boolean) => {
      const firstIndex = isStopped ? STOPPED_FROM : DROPPED_FROM;
      await load.lookFor(firstIndex, count);
      const victims = await context.load(server, { bots: count, firstIndex, wrapper: space.wrapper });
      await pause(1000);
      const before = await connections();
      const cutMs = machineNowMs();
      if (isStopped) process.kill(victims.pid, "SIGSTOP");
      else space.cut(true);
      const goneMs = await msUntil(async () => (await connections()) <= before - count, GHOST_MS_MAX + 1500, 50);
      await pause(Math.max(0, GHOST_MS_MAX - (machineNowMs() - cutMs)));
      const { presentMs, ghosts, shownAway } = await load.report();
      // They were seen as present then, and not a tenth of a second later. Never seen after the cut: nothing was seen.
      const awayMs = presentMs > cutMs ? presentMs - cutMs : Number.NaN;
      const report = { goneMs, awayMs, ghosts, shownAway, seats: await server.metric("shoal_sessions") };
      if (!isStopped) space.cut(false);
      await victims.stop();
      return report;
    };
    context.say("packets are dropped");
    const cut = await vanish(false);
    context.say("the client's process is stopped");
    const stopped = await vanish(true);

    context.say("healthy clients behind a proxy that freezes");
    const target = await startTroubleProxy({
      listenPort: 0,
      targetPort: server.ports.game,
      targetHost: server.host,
      conditions: undefined,
      seed: 2,
    });
    context.onEnd(() => target.close());
    const healthy = await context.load(server, {
      bots: HEALTHY,
      firstIndex: 2000,
      host: "127.0.0.1",
      port: target.port,
    });
    target.set(FREEZING);
    await healthy.mark();
    const seconds = context.isControl ? 1 : context.seconds(HEALTHY_SECONDS);
    await pause(seconds * 1000);
    const { losses } = await healthy.report();
    const dropped = Object.values(losses).reduce((sum, one) => sum + one, 0);
    const kept = Math.min(cut.seats, stopped.seats);
    return [
      atMost(AWAY_MS_MAX, "packets dropped: shown as away to all after", cut.awayMs, "ms"),
      atMost(GONE_MS_MAX, "packets dropped: sockets gone after", cut.goneMs, "ms"),
      exactly(0, "packets dropped: ghosts (shown as present) in anybody's view after 8.5 s", cut.ghosts),
      atLeast(1, "packets dropped: shown as away then, their seats kept", cut.shownAway),
      atMost(AWAY_MS_MAX, "client stopped: shown as away to all after", stopped.awayMs, "ms"),
      atMost(GONE_MS_MAX, "client stopped: sockets gone after", stopped.goneMs, "ms"),
      exactly(0, "client stopped: ghosts (shown as present) in anybody's view after 8.5 s", stopped.ghosts),
      atLeast(1, "client stopped: shown as away then, their seats kept", stopped.shownAway),
      exactly(0, `healthy ones dropped in ${seconds} s of freezes`, dropped),
      told("players at the end of that, seats kept among them", kept),
      told("tick p99 undisturbed", calm.p99Ms, "ms"),
    ];
  },
};
