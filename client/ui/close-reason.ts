/** What the page says for each close code of frame.proto: a code without words does not compile. */
import { shoal } from "../../proto/gen/shoal.js";
import { NETWORK_BUSY } from "../sync/index.ts";
import type { Strings } from "./strings.ts";

const { CloseCode } = shoal;

/** A restart takes no longer; what takes longer is a server that cannot be reached. */
const RESTART_MS = 30_000;

const REASONS: Readonly<Record<Exclude<shoal.CloseCode, shoal.CloseCode.CLOSE_CODE_UNSPECIFIED>, keyof Strings>> = {
  [CloseCode.CLOSE_CODE_RESTARTING]: "reasonRestarting",
  [CloseCode.CLOSE_CODE_SLOW]: "reasonSlow",
  [CloseCode.CLOSE_CODE_HELLO_TIMEOUT]: "reasonSilent",
  [CloseCode.CLOSE_CODE_ROOM_FULL]: "reasonFull",
  [CloseCode.CLOSE_CODE_ROOMS_FULL]: "reasonFull",
  [CloseCode.CLOSE_CODE_ROOM_FAILED]: "reasonRoomFailed",
  [CloseCode.CLOSE_CODE_SILENT]: "reasonSilent",
  [CloseCode.CLOSE_CODE_RATE]: "reasonRate",
  [CloseCode.CLOSE_CODE_BUSY]: "reasonBusy",
  [CloseCode.CLOSE_CODE_ROOM_OVERLOADED]: "reasonOverloaded",
  [CloseCode.CLOSE_CODE_AUTH_UNAVAILABLE]: "reasonAuthUnavailable",
  [CloseCode.CLOSE_CODE_BAD_MESSAGE]: "reasonBadMessage",
  [CloseCode.CLOSE_CODE_UPGRADE]: "reasonUpgrade",
  [CloseCode.CLOSE_CODE_BAD_ROOM]: "reasonBadRoom",
  [CloseCode.CLOSE_CODE_BAD_LOOK]: "reasonBadLook",
  [CloseCode.CLOSE_CODE_REPLACED]: "reasonReplaced",
  [CloseCode.CLOSE_CODE_UNAUTHORISED]: "reasonUnauthorised",
  [CloseCode.CLOSE_CODE_KICKED]: "reasonKicked",
  [CloseCode.CLOSE_CODE_BANNED]: "reasonBanned",
};

/** Words for a close code; undefined for one that says nothing (1006) or that a later server made up. */
export function closeReason(strings: Strings, code: number, reason = ""): string | undefined {
  if (code === CloseCode.CLOSE_CODE_BUSY && reason.startsWith(NETWORK_BUSY)) return strings.reasonNetworkBusy;
  return isKnown(code) ? strings[REASONS[code]] : undefined;
}

/**
 * The code to give words to. Tries to reach a server that said it restarts fail for a while: that is no news, and no
 * reason to tell another story. `restartAgoMs`: since the server said so.
 */
export function lastingCode(code: number, restartAgoMs: number): number {
  return !isKnown(code) && restartAgoMs < RESTART_MS ? CloseCode.CLOSE_CODE_RESTARTING : code;
}

/** When a ban ends, wall clock, ms, from the reason of its close frame; undefined if that does not tell. */
export function bannedUntilMs(reason: string): number | undefined {
  const untilMs = Date.parse(/^banned until (\d{4}-\d\d-\d\dT\d\d:\d\dZ)/.exec(reason)?.[1] ?? "");
  return Number.isNaN(untilMs) ? undefined : untilMs;
}

function isKnown(code: number): code is keyof typeof REASONS {
  return Object.hasOwn(REASONS, code);
}
