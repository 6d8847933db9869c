/**
 * The only place that joins the parts: transport, lobby, rooms, loop, metrics. One app is one server; a process or a test
 * may hold several. Reads no environment and ends no process.
 */
import { channel } from "node:diagnostics_channel";
import { join } from "node:path";
import { shoal } from "../proto/gen/shoal.js";
import { SUBPROTOCOL } from "../proto/subprotocol.ts";
import { Moderation } from "./admin/moderation.ts";
import { openOperatorsPort } from "./admin/operators-port.ts";
import { ReportFile } from "./admin/report-file.ts";
import { Reports } from "./admin/reports.ts";
import { operatorRoutes } from "./admin/routes.ts";
import { adminPortOf, type Config } from "./config.ts";
import { drain } from "./drain.ts";
import { englishFilter } from "./game/english-filter.ts";
import { pondGame } from "./game/pond.ts";
import { wanderGame } from "./game/wander.ts";
import { chainFilters, wordListFilter } from "./game/word-filter.ts";
import { readWordsFile } from "./game/words-file.ts";
import type { Answer } from "./http/answer.ts";
import type { Route } from "./http/router.ts";
import type { Logger } from "./log.ts";
import { LogLimiter } from "./log-limiter.ts";
import { type Clock, startLoop } from "./loop.ts";
import { createCounters, createMetrics, type RejectReason } from "./metrics.ts";
import { Readiness } from "./readiness.ts";
import type { CreateGame } from "./room/game.ts";
import { Room } from "./room/room.ts";
import { Rooms } from "./room/rooms.ts";
import { ServerTime } from "./server-time.ts";
import { createAuthenticator } from "./session/auth.ts";
import { Lobby } from "./session/lobby.ts";
import { tickToGoOnFrom } from "./state/restore.ts";
import { openStateStore, type StateStore } from "./state/state-store.ts";
import { listen } from "./transport/listener.ts";
import type { Peer } from "./transport/refusal.ts";
import { readDescriptorLimit, socketsMaxFor } from "./transport/sockets-max.ts";

/**
 * Tells whoever listens in this process of every tick (node:diagnostics_channel): profilers and the bench. Costs nothing
 * when nobody does.
 */
const tickChannel = channel("shoal:tick");
const STATIC_DIR = join(import.meta.dirname, "../dist/client");
const SWEEP_MS = 250;
/** One socket in so many may be of a client that has not said hello. */
const UNREADY_SHARE = 4;

export interface AppOptions {
  config: Config;
  log: Logger;
  clock: Clock;
  /** The rules; by default those that `config.game` names. */
  createGame?: CreateGame;
  /** Lines of `log` that were lost so far. */
  droppedLogLines?: () => number;
  /** The built page; by default the one that `npm run build` makes. */
  staticDir?: string;
}

export interface App {
  readonly port: number;
  /** Where operators are served, apart from players. */
  readonly adminPort: number;
  /** For tests and tools: what is going on inside. */
  readonly rooms: Rooms;
  /** Whether the server wants players, as `/healthz` tells. */
  readonly readiness: Readiness;
  /** Turns of the loop that ran to their end. */
  readonly turns: number;
  /** Keeps the state, tells every client to come back later, then closes the port (SPEC S24). Twice is harmless. */
  close(): Promise<void>;
  /** Whoever closes waits no longer than it takes to keep the state. */
  hurry(): void;
}

/** Starts a server. Throws EngineError or Error, with words for the operator, when it cannot listen. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, log, clock } = options;
  const createGame = options.createGame ?? chooseGame(config);
  const counters = createCounters();
  const serverTime = new ServerTime(clock.now);
  const readiness = new Readiness();
  const limiter = new LogLimiter(log, clock.now);
  const onReject = (reason: RejectReason, { id, kind, address }: Peer, words: string): void => {
    counters.rejects[reason]++;
    limiter.warn(reason, { connection: id, transport: kind, address }, words);
  };
  const socketsMax = socketsMaxFor(readDescriptorLimit());
  const wallMs = Date.now;
  let opened = 0;
  const onTrouble = (kind: string, fields: object, words: string) => limiter.warn(kind, { ...fields }, words);
  const store =
    config.dataDir === undefined
      ? undefined
      : await openStateStore(config.dataDir, {
          settings: { tickHz: config.tickHz, worldSize: config.worldSize },
          wallNow: wallMs,
          counters: counters.state,
          onTrouble,
        });

  // After the store, which makes sure that the folder is this process's alone.
  const moderation = new Moderation({ dataDir: config.dataDir, log, wallMs });
  const reportFile = config.dataDir === undefined ? undefined : new ReportFile(config.dataDir, limiter);
  const reports = new Reports(wallMs, reportFile);

  const abandon = async (error: unknown): Promise<never> => {
    await store?.abandon();
    throw error;
  };

  const rooms = new Rooms({
    allowed: config.rooms,
    roomsMax: config.roomsMax,
    createRoom: (name, tick, skippedTicks) => {
      const { tickHz, worldSize, cellSize, roomCapacity: capacity } = config;
      // One number serves both: a room opened later has another seed and a higher epoch. Small, as it is in every frame.
      const epoch = ++opened;
      const seed = config.seed + epoch;
      return new Room({
        name,
        tickHz,
        worldSize,
        cellSize,
        capacity,
        seed,
        epoch,
        tick,
        skippedTicks,
        createGame,
        counters,
        onReport(report) {
          // Not its words: who may read logs need not read what players say.
          const { number, by, about } = reports.add(report);
          limiter.warn("report", { number, by: by.session, about: about.session }, "a player was reported");
        },
      });
    },
    now: clock.now,
    checkpointTicks: config.tickHz,
    keep: store && ((kept) => store.append(kept)),
    onCheckpoint: (all, durationMs) => {
      counters.state.checkpointMs = durationMs;
      store?.save(all, { tick: rooms.tick, epochs: opened });
    },
    onFailure: ({ room, next, error, closedForMs, rebuildError }) => {
      counters.roomFailures++;
      if (next !== undefined) counters.roomRebuilds++;
      const outcome = next !== undefined ? "rebuilt" : closedForMs > 0 ? "closed for a minute" : "closed";
      log.error({ room: room.name, err: error, rebuildError, outcome }, "bug: a room's tick threw");
      const words = closedForMs > 0 ? `the room failed too often; retry in ${closedForMs} ms` : "the room failed";
      lobby.replace(room, next, words);
    },
    tickHz: config.tickHz,
    onRelief: (room, relief) => {
      limiter.warn("relief", { room: room.name, relief }, "a room takes too much time, or does so no more");
    },
    onOverload: (room, restMs) => {
      counters.roomsOverloaded++;
      log.error({ room: room.name }, "a room took too much time whatever was left out; it is closed");
      const words = `the room took too much time; retry in ${restMs} ms`;
      lobby.replace(room, undefined, words, shoal.CloseCode.CLOSE_CODE_ROOM_OVERLOADED);
    },
  });

  const lobby = new Lobby({
    rooms,
    now: clock.now,
    serverNow: serverTime.now,
    resumeMs: config.resumeSeconds * 1000,
    refuseAddress: (address) => moderation.refuseAddress(address),
    refuseAccount: (account) => moderation.refuseAccount(account),
    onReject,
    onBug: ({ id }, error) => limiter.error({ err: error, connection: id }, "bug: a newcomer could not be let in"),
    authenticator: createAuthenticator({
      secret: config.authSecret,
      jwksUrl: config.authJwksUrl,
      issuer: config.authIssuer,
      audience: config.authAudience,
      wallMs,
      nowMs: clock.now,
    }),
    unreadyMax: Math.floor(socketsMax / UNREADY_SHARE),
  });

  if (store !== undefined) {
    opened = store.restored.epochs;
    rooms.tick = tickToGoOnFrom(store.restored, wallMs(), config.tickHz);
    await takeUp(store, rooms, lobby, log);
  }

  const metrics = createMetrics(
    counters,
    () => ({
      sessions: lobby.sessionCount,
      rooms: rooms.size,
      connections: lobby.connectionCounts,
      relieved: { thinned: rooms.relievedCount("thinned"), slowed: rooms.relievedCount("slowed") },
    }),
    options.droppedLogLines,
  );
  const startMs = clock.now();
  /** For operators. */
  const details = () => ({
    pid: process.pid,
    uptimeS: Math.round((clock.now() - startMs) / 1000),
    rssBytes: process.memoryUsage.rss(),
    tick: rooms.tick,
    skippedTicks: counters.tickOverruns,
    rooms: rooms.size,
    sessions: lobby.sessionCount,
    connections: lobby.connectionCounts,
    bans: moderation.bans.size,
    reports: reports.count,
    subprotocol: SUBPROTOCOL,
  });
  const health = (): Answer => {
    const { reasons } = readiness;
    const counts = { rooms: rooms.size, sessions: lobby.sessionCount };
    const body = JSON.stringify({ status: reasons[0] ?? "ok", reasons, ...counts, subprotocol: SUBPROTOCOL });
    return { status: reasons.length === 0 ? 200 : 503, contentType: "application/json", body };
  };

  const operatorsPort = await openOperatorsPort({
    access: { host: config.adminHost, token: config.adminToken },
    port: adminPortOf(config),
    isPortDefault: config.adminPort === undefined,
    routes: operatorRoutes({
      metrics,
      health: () => {
        const { reasons } = readiness;
        return { isReady: reasons.length === 0, details: { status: reasons[0] ?? "ok", reasons, ...details() } };
      },
      lobby,
      moderation,
      reports,
      trustedProxies: config.trustedProxies,
      log,
      nowMs: clock.now,
      tickHz: config.tickHz,
    }),
    log,
    onRefuse: (address, words) => limiter.warn("operators-port", { address }, words),
  }).catch(abandon);

  const listener = await listen({
    host: config.host,
    port: config.port,
    handler: lobby,
    log: limiter,
    onReject,
    origins: [...config.origins],
    staticDir: options.staticDir ?? STATIC_DIR,
    routes: new Map<string, Route>([["/healthz", health]]),
    nowMs: serverTime.now,
    socketsMax,
    addressSocketsMax: config.addressSockets,
    addressJoinsPerSecond: config.addressJoinsPerSecond,
    trustedProxies: config.trustedProxies,
    onUnknownProxy: () =>
      log.warn("a proxy on this machine sends X-Forwarded-For: set TRUSTED_PROXIES, or nothing is limited by address"),
  }).catch((error: unknown) => {
    operatorsPort.close();
    return abandon(error);
  });

  readiness.set("full", () => listener.isFull);

  let sweptMs = clock.now();
  let lastTickMs = 0;
  const loop = startLoop({
    tickHz: config.tickHz,
    clock,
    onTurn: () => serverTime.beginTurn(),
    onTick(latenessMs, isCatchUp) {
      const startMs = clock.now();
      rooms.step({ startMs, lastTickMs, skippedTicks: counters.tickOverruns }, isCatchUp);
      lobby.admit();
      const endMs = clock.now();
      lastTickMs = endMs - startMs;
      // An idle server would drown the busy ticks in empty ones.
      if (rooms.size > 0) metrics.observeTick(endMs - startMs, latenessMs);
      if (tickChannel.hasSubscribers) {
        tickChannel.publish({ tick: rooms.tick, startMs, durationMs: endMs - startMs, latenessMs });
      }
      listener.sweep(serverTime.now());
      if (endMs - sweptMs < SWEEP_MS) return;
      sweptMs = endMs;
      lobby.sweep();
      limiter.flush();
    },
    onOverrun(ticks) {
      counters.tickOverruns += ticks;
      limiter.warn("overrun", { ticks }, "ticks skipped: the ones before took too long");
    },
  });

  readiness.set("stalled", () => loop.isStalled);

  let isHurried = false;
  const close = async (): Promise<void> => {
    readiness.set("draining", true);
    let kept: Room[] = [];
    const stopTicks = () => {
      loop.stop();
      // What has arrived counts, and is in the last snapshot.
      rooms.step({ startMs: clock.now(), lastTickMs, skippedTicks: counters.tickOverruns });
      // Rooms are disposed of while their players are sent away; one whose checkpoint throws has the one before, and batches since.
      kept = [...rooms.all()];
      rooms.writeCheckpoints();
    };
    const save = async () => {
      // The state first: a disk that stands still may cost a report.
      const isSaved = (await store?.close(kept, { tick: rooms.tick, epochs: opened })) ?? true;
      await reportFile?.flushed();
      return isSaved;
    };
    const unheardCount = () => listener.unheardCount;
    await drain({ clock, log, random: Math.random, lobby, stopTicks, save, unheardCount }, () => isHurried);
    listener.close();
    operatorsPort.close();
  };
  let closing: Promise<void> | undefined;
  return {
    port: listener.port,
    adminPort: operatorsPort.port,
    rooms,
    readiness,
    get turns() {
      return loop.turns;
    },
    close() {
      closing ??= close();
      return closing;
    },
    hurry() {
      isHurried = true;
    },
  };
}

/** Rooms and players as the server before left them. Of what cannot be taken up a copy stays: the next snapshots know nothing of it. */
async function takeUp(store: StateStore, rooms: Rooms, lobby: Lobby, log: Logger): Promise<void> {
  const { restored } = store;
  let isAllTaken = true;
  for (const saved of restored.rooms) {
    try {
      const room = rooms.restore(saved);
      if (room !== undefined) lobby.adopt(room);
      else log.warn({ room: saved.name }, "the room was kept but is not allowed any more");
      const left = saved.players.size - (room?.playerCount ?? 0);
      if (left > 0) isAllTaken = false;
      if (room !== undefined && left > 0) log.warn({ room: saved.name, left }, "players have no place any more");
    } catch (error) {
      isAllTaken = false;
      log.error({ room: saved.name, err: error }, "the room was kept but cannot be taken up");
    }
  }
  if (!isAllTaken)
    log.warn({ files: await store.copyRestored() }, "what could not be taken up is in copies of the files");
  if (restored.rooms.length > 0) log.info({ rooms: rooms.size, players: lobby.sessionCount }, "went on from DATA_DIR");
}

/** Throws an Error, with words for the operator, for a list of words that cannot be read. */
function chooseGame({ game, spawnRange, filter, wordsFile }: Config): CreateGame {
  const english = filter === "english" ? [englishFilter()] : [];
  const others = wordsFile === "" ? [] : [wordListFilter(readWordsFile(wordsFile))];
  const pond = pondGame({ spawnRange, filter: chainFilters([...english, ...others]) });
  return game === "wander" ? wanderGame(pond) : pond;
}
