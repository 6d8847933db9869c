/**
 * The only place that joins the parts: transport, lobby, rooms, loop, metrics (app-*.ts are pieces of it). One app is one server; a
 * process or a test may hold several. Reads no environment and ends no process.
 */
import { join } from "node:path";
import { Moderation } from "./admin/moderation.ts";
import { openOperatorsPort } from "./admin/operators-port.ts";
import { ReportFile } from "./admin/report-file.ts";
import { Reports } from "./admin/reports.ts";
import { operatorRoutes } from "./admin/routes.ts";
import { createRooms } from "./app-rooms.ts";
import { createStatus } from "./app-status.ts";
import { startTicks } from "./app-ticks.ts";
import { chooseGame } from "./choose-game.ts";
import { adminPortOf, type Config } from "./config.ts";
import { drain } from "./drain.ts";
import type { Route } from "./http/router.ts";
import type { Logger } from "./log.ts";
import { LogLimiter } from "./log-limiter.ts";
import type { Clock } from "./loop.ts";
import { createCounters, type RejectReason } from "./metrics.ts";
import { Readiness } from "./readiness.ts";
import type { CreateGame } from "./room/game.ts";
import type { Room } from "./room/room.ts";
import type { Rooms } from "./room/rooms.ts";
import { ServerTime } from "./server-time.ts";
import { createAuthenticator } from "./session/auth.ts";
import { Lobby } from "./session/lobby.ts";
import { tickToGoOnFrom } from "./state/restore.ts";
import { openStateStore } from "./state/state-store.ts";
import { takeUp } from "./take-up.ts";
import { listen } from "./transport/listener.ts";
import { messageBurst } from "./transport/message-rate.ts";
import type { Peer } from "./transport/refusal.ts";
import { readDescriptorLimit, socketsMaxFor } from "./transport/sockets-max.ts";

const STATIC_DIR = join(import.meta.dirname, "../dist/client");
/** One socket in so many may be of a client that has not said hello. */
const UNREADY_SHARE = 4;
/** One address may have so many rooms to itself, or if it is more one in so many of those that may be open (SPEC S34). */
const ADDRESS_ROOMS_MIN = 2;
const ADDRESS_ROOMS_SHARE = 10;

export interface AppOptions {
  config: Config;
  log: Logger;
  clock: Clock;
  /** The rules; by default those that `config.game` names. */
  createGame?: CreateGame;
  /** Lines of `log` that were lost so far. */
  droppedLogLines?: () => number;
  /** Another server has taken DATA_DIR over (SPEC S22): this one has to end at once, and writes nothing there any more. */
  onFolderLost?: () => void;
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
  const onTrouble = (kind: string, fields: object, words: string) => limiter.warn(kind, { ...fields }, words);
  const store =
    config.dataDir === undefined
      ? undefined
      : await openStateStore(config.dataDir, {
          settings: { tickHz: config.tickHz, worldSize: config.worldSize },
          wallNow: wallMs,
          counters: counters.state,
          onTrouble,
          onLost: () => options.onFolderLost?.(),
        });

  // After the store, which makes sure that the folder is this process's alone.
  const moderation = new Moderation({ dataDir: config.dataDir, log, wallMs });
  const reportFile = config.dataDir === undefined ? undefined : new ReportFile(config.dataDir, limiter);
  const reports = new Reports({ wallMs, nowMs: clock.now, file: reportFile });

  const abandon = async (error: unknown): Promise<never> => {
    await store?.abandon();
    throw error;
  };

  const epochs = { opened: store?.restored.epochs ?? 0 };
  const rooms = createRooms({
    config,
    log,
    limiter,
    clock,
    counters,
    createGame,
    store,
    reports,
    epochs,
    replace: (room, next, reason, code) => lobby.replace(room, next, reason, code),
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
    addressSeatsMax: config.addressSockets,
    addressRoomsMax: addressRoomsMax(config.roomsMax),
  });

  if (store !== undefined) {
    rooms.tick = tickToGoOnFrom(store.restored, wallMs(), config.tickHz);
    await takeUp(store, rooms, lobby, log);
  }

  const { droppedLogLines } = options;
  const status = createStatus({ clock, counters, readiness, rooms, lobby, moderation, reports, droppedLogLines });

  const operatorsPort = await openOperatorsPort({
    access: { host: config.adminHost, token: config.adminToken },
    port: adminPortOf(config),
    isPortDefault: config.adminPort === undefined,
    routes: operatorRoutes({
      metrics: status.metrics,
      health: status.operatorHealth,
      lobby,
      moderation,
      reports,
      trustedProxies: config.trustedProxies,
      log,
      nowMs: clock.now,
      tickHz: config.tickHz,
    }),
    log,
    nowMs: clock.now,
    onRefuse: (address, words) => limiter.warn("operators-port", { address }, words),
  }).catch(abandon);

  const listener = await listen({
    host: config.host,
    port: config.port,
    handler: lobby,
    onGoodbye: (token) => lobby.leave(token),
    log: limiter,
    onReject,
    origins: [...config.origins],
    staticDir: options.staticDir ?? STATIC_DIR,
    routes: new Map<string, Route>([["/healthz", status.health]]),
    nowMs: clock.now,
    serverNowMs: serverTime.now,
    messageBurst: messageBurst(config.tickHz),
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

  const ticks = startTicks({
    tickHz: config.tickHz,
    clock,
    serverTime,
    rooms,
    lobby,
    listener,
    counters,
    metrics: status.metrics,
    limiter,
  });

  readiness.set("stalled", () => ticks.loop.isStalled);

  let isHurried = false;
  const close = async (): Promise<void> => {
    readiness.set("draining", true);
    let kept: Room[] = [];
    let isKept = false;
    const sessions = lobby.sessionCount;
    const stopTicks = () => {
      // What has arrived is in the last snapshot.
      ticks.stop();
      // Rooms are disposed of while their players are sent away; one whose checkpoint throws has the one before, and batches since.
      kept = [...rooms.all()];
      rooms.writeCheckpoints();
    };
    const save = async () => {
      // The state first: a disk that stands still may cost a report.
      isKept = (await store?.close(kept, { tick: rooms.tick, epochs: epochs.opened })) ?? false;
      await reportFile?.flushed();
      return isKept || store === undefined;
    };
    const unheardCount = () => listener.unheardCount;
    await drain({ clock, log, random: Math.random, lobby, stopTicks, save, unheardCount }, () => isHurried);
    listener.close();
    operatorsPort.close();
    const keptWords = isKept ? "the state is on disk" : "the last state is not on disk, the one before is";
    log.info(
      { rooms: kept.length, sessions, isKept },
      `closed; ${store === undefined ? "no state is kept" : keptWords}`,
    );
  };
  let closing: Promise<void> | undefined;
  return {
    port: listener.port,
    adminPort: operatorsPort.port,
    rooms,
    readiness,
    get turns() {
      return ticks.loop.turns;
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

function addressRoomsMax(roomsMax: number): number {
  return Math.max(ADDRESS_ROOMS_MIN, Math.floor(roomsMax / ADDRESS_ROOMS_SHARE));
}
