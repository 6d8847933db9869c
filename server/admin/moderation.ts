/**
 * What an operator does to players: end their stay, or keep them out. Joins the bans, their file and the players who are
 * here. Knows nothing of HTTP.
 */
import { shoal } from "../../proto/gen/shoal.js";
import type { Logger } from "../log.ts";
import { type IpPrefix, isInPrefix, isLoopback, parseIpAddress } from "../transport/ip-address.ts";
import { BanFile } from "./ban-file.ts";
import { type Ban, Bans, type BanTarget, banWords } from "./bans.ts";

const { CloseCode } = shoal;

/** Whom a connection serves, as far as it is known. */
export interface Presence {
  /** `pond/17`; undefined before the hello. */
  readonly session: string | undefined;
  readonly account: string | undefined;
  readonly address: string;
}

/** The players who are here; the lobby is one. */
export interface Presences {
  /** Ends what `isMeant`: stays, with or without a connection, and connections before their hello. Returns the number of stays. */
  expel(isMeant: (presence: Presence) => boolean, code: number, words: string): number;
  /** The player's stay of this name. */
  find(session: string): Presence | undefined;
}

/** Whom an operator means. */
export type Whom = BanTarget | { readonly session: string };

/** How long a ban lasts beyond this process. */
export type Kept =
  | "on disk"
  | "until the server ends: DATA_DIR is not set"
  | "until the server ends: it could not be written";

export interface ModerationOptions {
  /** Where bans are kept; undefined: nowhere. */
  readonly dataDir: string | undefined;
  readonly log: Logger;
  readonly wallMs: () => number;
}

export class Moderation {
  readonly bans: Bans;
  readonly #file: BanFile | undefined;
  readonly #log: Logger;
  readonly #wallMs: () => number;

  constructor({ dataDir, log, wallMs }: ModerationOptions) {
    this.bans = new Bans(wallMs);
    this.#file = dataDir === undefined ? undefined : new BanFile(dataDir, log);
    this.#log = log;
    this.#wallMs = wallMs;
    for (const ban of this.#file?.load() ?? []) this.bans.add(ban);
  }

  /** What a newcomer from this address is told, undefined if welcome. */
  refuseAddress(address: string): string | undefined {
    const ban = this.bans.ofAddress(address);
    return ban && banWords(ban);
  }

  /** The same for a player whose account is known. */
  refuseAccount(account: string): string | undefined {
    const ban = this.bans.ofAccount(account);
    return ban && banWords(ban);
  }

  /** Ends the stays; who is kicked may come back. Returns their number. */
  kick(presences: Presences, whom: Whom, reason: string): number {
    // 32 bytes and at most 90 of the operator's: a close reason holds 123.
    const words = reason === "" ? "an operator ended this session" : `an operator ended this session: ${reason}`;
    return presences.expel((presence) => isMeant(presence, whom), CloseCode.CLOSE_CODE_KICKED, words);
  }

  /** Keeps the target out and ends its stays. `minutes` undefined: for good. False: the list is full. */
  ban(presences: Presences, target: BanTarget, minutes: number | undefined, reason: string): BanOutcome | false {
    const sinceMs = this.#wallMs();
    const untilMs = minutes === undefined ? undefined : sinceMs + minutes * 60_000;
    const ban = { target, reason, sinceMs, untilMs };
    if (!this.bans.add(ban)) return false;
    const code = CloseCode.CLOSE_CODE_BANNED;
    const ended = presences.expel((presence) => isMeant(presence, target), code, banWords(ban));
    return { ban, ended, kept: this.#save() };
  }

  /** False: there is no such ban. */
  lift(target: BanTarget): Omit<BanOutcome, "ended"> | false {
    const ban = this.bans.lift(target);
    return ban === undefined ? false : { ban, kept: this.#save() };
  }

  async #save(): Promise<Kept> {
    if (this.#file === undefined) return "until the server ends: DATA_DIR is not set";
    try {
      await this.#file.save(this.bans.list());
      return "on disk";
    } catch (error) {
      this.#log.error({ err: error }, "the bans could not be written");
      return "until the server ends: it could not be written";
    }
  }
}

export interface BanOutcome {
  readonly ban: Ban;
  /** Stays that ended with it. */
  readonly ended: number;
  readonly kept: Promise<Kept>;
}

/** The target of a ban on the player of a stay: the account, or where there is none the address. */
export function targetOf({ account, address }: Presence): { account: string } | { address: string } {
  return account === undefined ? { address } : { account };
}

/** Whether others come from this address, too: it is this machine's own or a proxy's, and a ban of it would keep out everybody. */
export function isShared(address: string, proxies: readonly IpPrefix[]): boolean {
  const parsed = parseIpAddress(address);
  return parsed !== undefined && (isLoopback(parsed) || proxies.some((proxy) => isInPrefix(parsed, proxy)));
}

function isMeant({ session, account, address }: Presence, whom: Whom): boolean {
  if ("session" in whom) return whom.session === session;
  if (whom.prefix === undefined) return whom.account === account;
  const parsed = parseIpAddress(address);
  return parsed !== undefined && isInPrefix(parsed, whom.prefix);
}
