/**
 * What operators send, checked: JSON in, whom and what they mean or words for what is wrong. Fields that nobody knows are
 * refused, because a ban with `minute` for `minutes` would last for good. Pure.
 */
import { accountTarget, addressTarget, type BanTarget, isReason, REASON_BYTES_MAX } from "./bans.ts";
import type { Whom } from "./moderation.ts";
import type { RosterFilter } from "./roster.ts";

/** Ten years. */
const MINUTES_MAX = 5_256_000;
const WHO = "one of session (such as pond/17), account, address (or a prefix of one: IPv4 from /8, IPv6 from /16)";

export interface KickRequest {
  readonly whom: Whom;
  readonly reason: string;
}

export interface BanRequest extends KickRequest {
  /** Undefined: for good. */
  readonly minutes: number | undefined;
}

/** What is meant, or what is wrong in words. */
export function readKick(body: unknown): KickRequest | string {
  const fields = readFields(body, ["session", "account", "address", "reason"]);
  if (typeof fields === "string") return fields;
  const whom = readWhom(fields);
  const reason = fields["reason"] ?? "";
  if (whom === undefined) return `say whom: ${WHO}`;
  if (!isReason(reason)) return `reason must be text of at most ${REASON_BYTES_MAX} bytes`;
  return { whom, reason };
}

export function readBan(body: unknown): BanRequest | string {
  const fields = readFields(body, ["session", "account", "address", "reason", "minutes"]);
  if (typeof fields === "string") return fields;
  const { minutes, ...rest } = fields;
  const kick = readKick(rest);
  if (typeof kick === "string") return kick;
  if (minutes === undefined) return { ...kick, minutes: undefined };
  if (typeof minutes !== "number" || !Number.isInteger(minutes) || minutes < 1 || minutes > MINUTES_MAX) {
    return `minutes must be a whole number from 1 to ${MINUTES_MAX}; without it a ban is for good`;
  }
  return { ...kick, minutes };
}

export function readLift(body: unknown): BanTarget | string {
  const fields = readFields(body, ["account", "address"]);
  if (typeof fields === "string") return fields;
  const whom = readWhom(fields);
  return whom === undefined || "session" in whom ? "say whose ban: account or address, as GET /bans tells it" : whom;
}

const FILTERS = ["room", "name", "account"] as const;

/** Which sessions are asked for; a filter that nobody knows would tell of everybody. */
export function readFilter(query: URLSearchParams): RosterFilter | string {
  const strange = [...query.keys()].find((name) => !FILTERS.some((filter) => filter === name));
  if (strange !== undefined)
    return `there is no filter ${JSON.stringify(strange.slice(0, 40))}; there are ${FILTERS.join(", ")}`;
  const of = (name: (typeof FILTERS)[number]) => query.get(name) ?? undefined;
  return { room: of("room"), name: of("name"), account: of("account") };
}

function readFields(body: unknown, known: readonly string[]): Readonly<Record<string, unknown>> | string {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "the body must be an object";
  const strange = Object.keys(body).find((name) => !known.includes(name));
  if (strange !== undefined)
    return `there is no field ${JSON.stringify(strange.slice(0, 40))}; there are ${known.join(", ")}`;
  // Checked right above to be an object that is no list.
  return body as Readonly<Record<string, unknown>>;
}

/** Exactly one of the three. */
function readWhom(fields: Readonly<Record<string, unknown>>): Whom | undefined {
  const { session, account, address } = fields;
  if ([session, account, address].filter((field) => field !== undefined).length !== 1) return undefined;
  if (account !== undefined) return accountTarget(account);
  if (address !== undefined) return addressTarget(address);
  return typeof session === "string" && session.length <= 64 ? { session } : undefined;
}
