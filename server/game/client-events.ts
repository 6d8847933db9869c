/**
 * What the pond does when a player does something: one handler for each case of ClientEvent. A case of game.proto
 * without a handler here does not compile, and the error names it.
 */
import { shoal } from "../../proto/gen/shoal.js";
import type { GameHost } from "../room/game.ts";
import type { ReportedLine } from "../room/report.ts";
import type { ChatQuota, QuotaSize } from "./chat-quota.ts";
import type { HeardLine, HeardLines } from "./heard-lines.ts";
import { type CleanLook, cleanLook } from "./look.ts";
import { guestName } from "./taken-names.ts";
import { cleanText } from "./text.ts";
import { type FilterText, filtered } from "./word-filter.ts";

/** Reports of one player: few are needed, and each is read by a person. */
export const REPORT_QUOTA: QuotaSize = { bank: 3, refillMs: 20_000 };

/** A player as the game knows it. */
export interface Swimmer {
  readonly slot: number;
  readonly id: number;
  look: CleanLook;
  /** The name as last asked for; the look's may have a number behind it, because others are called so. */
  wantedName: string;
  lastWords: string;
  lastWordsTick: number;
  isAway: boolean;
  /** The name that the player's account has: the player does not change it. */
  givenName: string | undefined;
  readonly quota: ChatQuota;
  readonly reportQuota: ChatQuota;
  readonly heard: HeardLines;
  /** From this tick on the look may change again. */
  lookFreeTick: number;
  /** What it is to change to then. */
  nextLook: CleanLook | undefined;
  /** All of the above as it is saved, undefined when something changed since. */
  saved: Uint8Array | undefined;
}

export interface Pond {
  readonly host: GameHost;
  /** What others see of what a player writes. */
  readonly filter: FilterText;
  /** The player with this id for life, if still here. */
  swimmer(id: number): Swimmer | undefined;
  /** The player in `slot` is told a chat line. */
  hear(slot: number, line: HeardLine): void;
  /** Changes the look, now or as soon as it may change again; tells the player if somebody else has the name then. */
  changeLook(swimmer: Swimmer, look: CleanLook): void;
}

type ClientEventCase = NonNullable<shoal.ClientEvent["kind"]>;
type Handlers = {
  readonly [Case in ClientEventCase]: (
    pond: Pond,
    by: Swimmer,
    event: NonNullable<shoal.ClientEvent.$Properties[Case]>,
  ) => void;
};

const { NoticeCode, Scope } = shoal;

/** As operators read them. */
const SCOPE_WORDS: Readonly<Record<shoal.Scope, string>> = {
  [Scope.SCOPE_UNSPECIFIED]: "",
  [Scope.SCOPE_NEARBY]: "nearby",
  [Scope.SCOPE_ROOM]: "room",
  [Scope.SCOPE_WHISPER]: "whisper",
};

const handlers: Handlers = {
  say(pond, by, { text }) {
    const words = spoken(pond, by, text);
    if (words === undefined) return;
    by.lastWords = words;
    by.lastWordsTick = pond.host.tick;
    pond.host.restChanged(by.slot);
    const line = { tick: pond.host.tick, said: said(by, Scope.SCOPE_NEARBY, words) };
    pond.host.tellNearby(by.slot, { said: line.said }, (slot) => pond.hear(slot, line));
  },

  shout(pond, by, { text }) {
    const words = spoken(pond, by, text);
    if (words === undefined) return;
    const line = { tick: pond.host.tick, said: said(by, Scope.SCOPE_ROOM, words) };
    pond.host.tellAll({ said: line.said }, (slot) => pond.hear(slot, line));
  },

  whisper(pond, by, { text, toId }) {
    const to = pond.swimmer(toId ?? 0);
    if (to === undefined) return notice(pond, by, NoticeCode.NOTICE_CODE_NOBODY_THERE);
    const words = spoken(pond, by, text);
    if (words === undefined) return;
    const event = { said: { ...said(by, Scope.SCOPE_WHISPER, words), toId: to.id, toName: to.look.name } };
    for (const hearer of new Set([to, by])) {
      pond.host.tell(hearer.slot, event);
      pond.hear(hearer.slot, { tick: pond.host.tick, said: event.said });
    }
  },

  look(pond, by, wanted) {
    const look = cleanLook(wanted, {
      guestName: guestName(by.id),
      givenName: by.givenName,
      filter: pond.filter,
    });
    if (typeof look === "string") return notice(pond, by, NoticeCode.NOTICE_CODE_BAD_LOOK);
    pond.changeLook(by, look);
  },

  report(pond, by, { aboutId, words }) {
    const tooFast = (retryMs: number) => notice(pond, by, NoticeCode.NOTICE_CODE_REPORT_TOO_FAST, retryMs);
    const quotaMs = by.reportQuota.take(pond.host.tick);
    if (quotaMs > 0) return tooFast(quotaMs);
    const id = aboutId ?? 0;
    const about = pond.swimmer(id);
    // Who spoke and left at once can be reported all the same.
    const aboutName = about?.look.name ?? by.heard.nameOf(id);
    if (aboutName === undefined) return notice(pond, by, NoticeCode.NOTICE_CODE_NOBODY_THERE);
    const text = words ? cleanText(words) : "";
    if (text === undefined) return notice(pond, by, NoticeCode.NOTICE_CODE_BAD_TEXT);
    const addressMs = pond.host.report(by.slot, {
      byName: by.look.name,
      aboutId: id,
      aboutName,
      aboutSlot: about?.slot,
      words: text,
      lines: by.heard.all.map((line) => reportedLine(pond, line)),
    });
    if (addressMs > 0) return tooFast(addressMs);
    notice(pond, by, NoticeCode.NOTICE_CODE_REPORTED);
  },
};

/** Hands the event to its handler. Its kind is one of the cases: the codec refuses others. */
export function handleClientEvent(pond: Pond, by: Swimmer, event: shoal.ClientEvent.$Shape): void {
  if (event.kind !== undefined) dispatch(event.kind, pond, by, event);
}

function dispatch<Case extends ClientEventCase>(
  kind: Case,
  pond: Pond,
  by: Swimmer,
  event: shoal.ClientEvent.$Properties,
): void {
  const payload = event[kind];
  if (payload) handlers[kind](pond, by, payload);
}

/** The text as others may see it, or undefined after the player was told why not. */
function spoken(pond: Pond, by: Swimmer, raw: string | null | undefined): string | undefined {
  // The quota first: cleaning costs more than asking.
  const retryMs = by.quota.take(pond.host.tick);
  if (retryMs > 0) {
    notice(pond, by, NoticeCode.NOTICE_CODE_CHAT_TOO_FAST, retryMs);
    return undefined;
  }
  const text = filtered(raw ?? "", cleanText, pond.filter);
  if (text === undefined) notice(pond, by, NoticeCode.NOTICE_CODE_BAD_TEXT);
  return text;
}

function said(by: Swimmer, scope: shoal.Scope, text: string): shoal.Said.$Properties {
  return { scope, fromId: by.id, fromName: by.look.name, text };
}

function reportedLine({ host }: Pond, { tick, said }: HeardLine): ReportedLine {
  return {
    agoMs: Math.round(((host.tick - tick) * 1000) / host.tickHz),
    fromId: said.fromId ?? 0,
    fromName: said.fromName ?? "",
    scope: SCOPE_WORDS[said.scope ?? Scope.SCOPE_UNSPECIFIED],
    text: said.text ?? "",
  };
}

/** Tells a player why an event had no effect. */
export function notice(pond: Pond, to: Swimmer, code: shoal.NoticeCode, retryMs = 0): void {
  pond.host.tell(to.slot, { notice: { code, retryMs } });
}
