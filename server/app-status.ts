/** How an app does, for who asks: load balancers over `/healthz`, operators over theirs, Prometheus. Changes nothing and opens nothing. */
import { SUBPROTOCOL } from "../proto/subprotocol.ts";
import type { Moderation } from "./admin/moderation.ts";
import type { Reports } from "./admin/reports.ts";
import type { Answer } from "./http/answer.ts";
import type { Clock } from "./loop.ts";
import { type Counters, createMetrics, type Metrics } from "./metrics.ts";
import type { Readiness } from "./readiness.ts";
import type { Rooms } from "./room/rooms.ts";
import type { Lobby } from "./session/lobby.ts";

export interface AppStatusParts {
  clock: Clock;
  counters: Counters;
  readiness: Readiness;
  rooms: Rooms;
  lobby: Lobby;
  moderation: Moderation;
  reports: Reports;
  /** Lines of the log that were lost so far. */
  droppedLogLines: (() => number) | undefined;
}

export interface AppStatus {
  readonly metrics: Metrics;
  /** What anybody may know. */
  health(): Answer;
  /** The same with details, for operators. */
  operatorHealth(): { readonly isReady: boolean; readonly details: object };
}

export function createStatus(parts: AppStatusParts): AppStatus {
  const { clock, counters, readiness, rooms, lobby, moderation, reports } = parts;
  const startMs = clock.now();
  return {
    metrics: createMetrics(
      counters,
      () => ({
        sessions: lobby.sessionCount,
        rooms: rooms.size,
        connections: lobby.connectionCounts,
        relieved: { thinned: rooms.relievedCount("thinned"), slowed: rooms.relievedCount("slowed") },
      }),
      parts.droppedLogLines,
    ),
    health() {
      const { reasons } = readiness;
      const counts = { rooms: rooms.size, sessions: lobby.sessionCount };
      const body = JSON.stringify({ status: reasons[0] ?? "ok", reasons, ...counts, subprotocol: SUBPROTOCOL });
      return { status: reasons.length === 0 ? 200 : 503, contentType: "application/json", body };
    },
    operatorHealth() {
      const { reasons } = readiness;
      const details = {
        status: reasons[0] ?? "ok",
        reasons,
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
      };
      return { isReady: reasons.length === 0, details };
    },
  };
}
