/**
 * What operators can ask and do (SPEC section A): one table of path and method. Reads no headers and opens no port; who may
 * ask is access.ts's business.
 */
import type { Logger } from "../log.ts";
import type { Lobby } from "../session/lobby.ts";
import type { IpPrefix } from "../transport/ip-address.ts";
import { accountTarget, addressTarget, BANS_MAX, type BanTarget, banRecord } from "./bans.ts";
import { isShared, type Moderation, targetOf, type Whom } from "./moderation.ts";
import { type Reply, type Routes, refusal } from "./operators-port.ts";
import type { Reports } from "./reports.ts";
import { readBan, readFilter, readKick, readLift } from "./requests.ts";
import { presencesIn, roster } from "./roster.ts";

export interface RouteParts {
  readonly metrics: { readonly contentType: string; render(): Promise<string> };
  /** Details of how the server does; `isReady` decides the status. */
  readonly health: () => { readonly isReady: boolean; readonly details: object };
  readonly lobby: Lobby;
  readonly moderation: Moderation;
  readonly reports: Reports;
  readonly trustedProxies: readonly IpPrefix[];
  /** What was done, for whoever asks later. */
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly tickHz: number;
}

export function operatorRoutes(parts: RouteParts): Routes {
  const { metrics, lobby, moderation, reports, log, nowMs, tickHz } = parts;
  const presences = presencesIn(lobby);

  const kick = (_: URLSearchParams, body: unknown): Reply => {
    const wanted = readKick(body);
    if (typeof wanted === "string") return refusal(400, wanted);
    const kicked = moderation.kick(presences, wanted.whom, wanted.reason);
    if (kicked === 0) {
      log.info({ operator: "kick", ...shown(body) }, "an operator would kick, but nobody was there");
      return refusal(404, "nobody here is meant");
    }
    log.info({ operator: "kick", ...shown(body), ended: kicked }, "an operator kicked");
    return { status: 200, body: { kicked } };
  };

  const ban = async (_: URLSearchParams, body: unknown): Promise<Reply> => {
    const wanted = readBan(body);
    if (typeof wanted === "string") return refusal(400, wanted);
    const target = resolve(wanted.whom);
    if (target === undefined)
      return refusal(404, "no such session, or one that has not come back since a restart: kick it");
    if (target === "shared")
      return refusal(409, "the address of this guest is this machine's or a proxy's: kick, or ban the address by name");
    const outcome = moderation.ban(presences, target, wanted.minutes, wanted.reason);
    if (outcome === false) return refusal(409, `there are ${BANS_MAX} bans, and no more fit: lift some`);
    const record = banRecord(outcome.ban);
    log.info({ operator: "ban", ...record, ended: outcome.ended }, "an operator banned");
    return { status: 200, body: { ban: record, kicked: outcome.ended, kept: await outcome.kept } };
  };

  const lift = async (_: URLSearchParams, body: unknown): Promise<Reply> => {
    const target = readLift(body);
    if (typeof target === "string") return refusal(400, target);
    const outcome = moderation.lift(target);
    if (outcome === false) return refusal(404, "there is no such ban");
    const lifted = banRecord(outcome.ban);
    log.info({ operator: "lift", ...lifted }, "an operator lifted a ban");
    return { status: 200, body: { lifted, kept: await outcome.kept } };
  };

  /** A session stands for its player's account, or for the address of a guest. */
  const resolve = (whom: Whom): BanTarget | "shared" | undefined => {
    if (!("session" in whom)) return whom;
    const presence = presences.find(whom.session);
    if (presence === undefined) return undefined;
    const target = targetOf(presence);
    if ("account" in target) return accountTarget(target.account);
    return isShared(target.address, parts.trustedProxies) ? "shared" : addressTarget(target.address);
  };

  return {
    "/metrics": {
      GET: async () => ({ status: 200, contentType: metrics.contentType, body: await metrics.render() }),
    },
    "/healthz": {
      GET: () => {
        const { isReady, details } = parts.health();
        return { status: isReady ? 200 : 503, body: details };
      },
    },
    "/sessions": {
      GET: (query) => {
        const filter = readFilter(query);
        if (typeof filter === "string") return refusal(400, filter);
        const { rows, more } = roster(lobby, filter, { nowMs: nowMs(), tickHz });
        return { status: 200, body: { sessions: rows, more } };
      },
    },
    "/kick": { POST: kick },
    "/ban": { POST: ban, DELETE: lift },
    "/bans": { GET: () => ({ status: 200, body: { bans: moderation.bans.list().map(banRecord) } }) },
    "/reports": { GET: () => ({ status: 200, body: { reports: reports.newest, sinceStart: reports.count } }) },
  };
}

/** Whom a checked body names. */
function shown(body: unknown): object {
  return body as object;
}
