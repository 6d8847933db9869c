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
import { pondGame } from "./game/pond.ts";
import { wanderGame } from "./game/wander.ts";
import type { Route } from "./http/router.ts";
import type { Logger } from "./log.ts";
import { LogLimiter } from "./log-limiter.ts";
import { type Clock, startLoop } from "./loop.ts";
import { createCounters, createMetrics, type RejectReason } from "./metrics.ts";
import type { CreateGame } from "./room/game.ts";
import { Room } from "./room/room.ts";
import { Rooms } from "./room/rooms.ts";
import { createAuthenticator } from "./session/auth.ts";
import { Lobby } from "./session/lobby.ts";
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
/** Time for close codes to leave before their sockets do; measured: in one turn, one client in five never got it. */
const GOODBYE_MS = 250;

export interface AppOptions {
  config: Config;
  log: Logger;
  clock: Clock;
  /** The rules; by default those that `config.game` names. */
  createGame?: CreateGame;
  /** The built page; by default the one that `npm run build` makes. */
  staticDir?: string;
}

export interface App {
  readonly port: number;
  /** Where operators are served, apart from players. */
  readonly adminPort: number;
  /** For tests and tools: what is going on inside. */
  readonly rooms: Rooms;
  /** Tells every client to come back later, then closes the port. Twice is harmless. */
  close(): Promise<void>;
}

/** Starts a server. Throws EngineError or Error, with words for the operator, when it cannot listen. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, log, clock } = options;
  const createGame = options.createGame ?? chooseGame(config);
  const counters = createCounters();
  const limiter = new LogLimiter(log, clock.now);
  const onReject = (reason: RejectReason, { id, kind, address }: Peer, words: string): void => {
    counters.rejects[reason]++;
    limiter.warn(reason, { connection: id, transport: kind, address }, words);
  };
  const socketsMax = socketsMaxFor(readDescriptorLimit());
  const wallMs = Date.now;
  const moderation = new Moderation({ dataDir: config.dataDir, log, wallMs });
  const reportFile = config.dataDir === undefined ? undefined : new ReportFile(config.dataDir, limiter);
  const reports = new Reports(wallMs, reportFile);
  let opened = 0;

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
    onFailure: (room, error) => {
      log.error({ room: room.name, err: error }, "bug: a room's tick threw; the room is closed");
      room.closeAll(shoal.CloseCode.CLOSE_CODE_ROOM_FAILED, "the room failed");
    },
  });

  const lobby = new Lobby({
    rooms,
    now: clock.now,
    resumeMs: config.resumeSeconds * 1000,
    refuseAddress: (address) => moderation.refuseAddress(address),
    refuseAccount: (account) => moderation.refuseAccount(account),
    onReject,
    onBug: ({ id }, error) => log.error({ err: error, connection: id }, "bug: a newcomer could not be let in"),
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

  const metrics = createMetrics(counters, () => ({
    sessions: lobby.sessionCount,
    rooms: rooms.size,
    connections: lobby.connectionCounts,
  }));
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
  const health = () =>
    JSON.stringify({ status: "ok", rooms: rooms.size, sessions: lobby.sessionCount, subprotocol: SUBPROTOCOL });

  const operatorsPort = await openOperatorsPort({
    access: { host: config.adminHost, token: config.adminToken },
    port: adminPortOf(config),
    isPortDefault: config.adminPort === undefined,
    routes: operatorRoutes({
      metrics,
      health: () => ({ isReady: true, details: { status: "ok", ...details() } }),
      lobby,
      moderation,
      reports,
      log,
      nowMs: clock.now,
      tickHz: config.tickHz,
    }),
    log,
    onRefuse: (address, words) => limiter.warn("operators-port", { address }, words),
  });

  const listener = await listen({
    host: config.host,
    port: config.port,
    handler: lobby,
    log,
    onReject,
    origins: [...config.origins],
    staticDir: options.staticDir ?? STATIC_DIR,
    routes: new Map<string, Route>([
      ["/healthz", () => ({ status: 200, contentType: "application/json", body: health() })],
    ]),
    nowMs: clock.now,
    socketsMax,
    addressSocketsMax: config.addressSockets,
    addressJoinsPerSecond: config.addressJoinsPerSecond,
    trustedProxies: config.trustedProxies,
  }).catch((error: unknown) => {
    operatorsPort.close();
    throw error;
  });

  let sweptMs = clock.now();
  let lastTickMs = 0;
  const stopLoop = startLoop({
    tickHz: config.tickHz,
    clock,
    onTick(latenessMs) {
      const startMs = clock.now();
      rooms.step({ startMs, lastTickMs, skippedTicks: counters.tickOverruns });
      lobby.admit();
      const endMs = clock.now();
      lastTickMs = endMs - startMs;
      // An idle server would drown the busy ticks in empty ones.
      if (rooms.size > 0) metrics.observeTick(endMs - startMs, latenessMs);
      if (tickChannel.hasSubscribers) {
        tickChannel.publish({ tick: rooms.tick, startMs, durationMs: endMs - startMs, latenessMs });
      }
      listener.sweep(endMs);
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

  const close = (): Promise<void> => {
    stopLoop();
    lobby.shutDown(shoal.CloseCode.CLOSE_CODE_RESTARTING, "the server restarts");
    return new Promise((done) => {
      clock.after(GOODBYE_MS, () => {
        listener.close();
        operatorsPort.close();
        done();
      });
    });
  };
  let closing: Promise<void> | undefined;
  return {
    port: listener.port,
    adminPort: operatorsPort.port,
    rooms,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function chooseGame({ game, spawnRange }: Config): CreateGame {
  const pond = pondGame({ spawnRange });
  return game === "wander" ? wanderGame(pond) : pond;
}
