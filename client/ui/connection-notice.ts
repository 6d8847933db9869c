/**
 * What the player sees of the connection: nothing while it works, a notice over the pond while it is being restored,
 * and a way out when it will not come back.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { ROOM_NAME, ROOM_NAME_DEFAULT } from "../../proto/limits.ts";
import type { ConnectionState } from "../sync/index.ts";
import { bannedUntilMs, closeReason, lastingCode } from "./close-reason.ts";
import { element } from "./element.ts";
import type { Language } from "./language.ts";
import { fill, type Strings } from "./strings.ts";

/** A first connection faster than this shows no notice at all. */
const PATIENCE_MS = 600;
/** A wait longer than this may be cut short by hand, unless the server asked for it to be left in peace. */
const LONG_WAIT_MS = 5500;

export interface ConnectionNoticeOptions {
  readonly language: Language;
  /** As the page's address asks for it; undefined if it names none. */
  readonly room: string | undefined;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** The player does not want to wait for the next try. */
  readonly onRetry: () => void;
}

export class ConnectionNotice {
  readonly root: HTMLElement;
  readonly #options: ConnectionNoticeOptions;
  readonly #title = element("h2");
  readonly #reason = element("p");
  /** Counts seconds: nobody wants each of them read aloud. */
  readonly #retry = element("p", { className: "connection-retry", attributes: { "aria-live": "off" } });
  readonly #wayOut: HTMLButtonElement;
  #timer: number | undefined;
  #wasJoined = false;
  #kind: ConnectionState["kind"] = "joined";
  /** Why there is no connection; undefined while there is one or the first is being made. */
  #code: number | undefined;
  /** The words that came with it: for a log, and to tell a code's cases apart. */
  #words = "";
  /** When the server said that it restarts; NaN if it did not. */
  #restartMs = Number.NaN;
  #retryInS = 0;
  #isOffline = false;

  constructor(options: ConnectionNoticeOptions) {
    this.#options = options;
    this.#wayOut = element("button", { className: "primary", attributes: { type: "button" } });
    const card = element("div", {
      className: "connection-card",
      children: [this.#title, this.#reason, this.#retry, this.#wayOut],
    });
    this.root = element("div", {
      className: "connection",
      attributes: { role: "status", "aria-atomic": "false" },
      children: [card],
    });
    this.root.hidden = true;
    options.language.follow(() => this.#say());
  }

  show(state: ConnectionState): void {
    clearTimeout(this.#timer);
    this.#kind = state.kind;
    this.#retryInS = 0;
    this.#wayOut.hidden = !hasWayOut(state);
    switch (state.kind) {
      case "joined":
        this.#wasJoined = true;
        this.#code = undefined;
        this.#restartMs = Number.NaN;
        this.root.hidden = true;
        return;
      case "connecting":
        this.#timer = window.setTimeout(() => this.#reveal(), PATIENCE_MS);
        break;
      case "waiting":
        if (state.code === shoal.CloseCode.CLOSE_CODE_RESTARTING) this.#restartMs = this.#options.now();
        this.#code = lastingCode(state.code, this.#options.now() - this.#restartMs);
        this.#words = state.reason;
        this.#wayOut.onclick = this.#options.onRetry;
        this.#countDown(Math.ceil(state.retryInMs / 1000));
        this.#reveal();
        break;
      case "ended":
        this.#code = state.code;
        this.#words = state.reason;
        this.#wayOut.onclick = () =>
          this.#isRoomAtFault() ? location.assign(addressWithoutRoom()) : location.reload();
        this.#reveal();
        if (!this.#wayOut.hidden) this.#wayOut.focus();
        break;
      default:
        state satisfies never;
    }
    this.#say();
  }

  /** What the browser knows of the network. */
  noteNetwork(isOffline: boolean): void {
    this.#isOffline = isOffline;
    this.#say();
  }

  #reveal(): void {
    this.root.hidden = false;
  }

  #countDown(seconds: number): void {
    this.#retryInS = seconds;
    this.#say();
    if (seconds > 1) this.#timer = window.setTimeout(() => this.#countDown(seconds - 1), 1000);
  }

  #say(): void {
    const { strings } = this.#options.language;
    this.#title.textContent = this.#titleText(strings);
    this.#reason.textContent = this.#reasonText(strings);
    this.#retry.textContent = this.#retryInS > 0 ? fill(strings.retryIn, { seconds: this.#retryInS }) : "";
    this.#wayOut.textContent = this.#wayOutText(strings);
  }

  #titleText(strings: Strings): string {
    if (this.#kind === "ended") return strings.ended;
    return this.#kind === "connecting" && !this.#wasJoined ? strings.connecting : strings.reconnecting;
  }

  #wayOutText(strings: Strings): string {
    if (this.#kind === "waiting") return strings.tryAgain;
    if (this.#code === shoal.CloseCode.CLOSE_CODE_KICKED) return strings.comeBack;
    if (this.#code === shoal.CloseCode.CLOSE_CODE_BANNED) return strings.tryAgain;
    return this.#isRoomAtFault() ? strings.toPond : strings.reload;
  }

  #reasonText(strings: Strings): string {
    const code = this.#code;
    if (this.#isOffline && this.#kind !== "ended") return strings.offline;
    if (code === undefined) return "";
    if (code === shoal.CloseCode.CLOSE_CODE_BAD_ROOM) return badRoomText(strings, this.#options.room);
    if (code === shoal.CloseCode.CLOSE_CODE_BANNED) return this.#bannedText(strings);
    return (
      closeReason(strings, code, this.#words) ?? (this.#wasJoined ? strings.reasonLost : strings.reasonUnreachable)
    );
  }

  /** Bans are lifted, and some end by themselves. */
  #bannedText(strings: Strings): string {
    const untilMs = bannedUntilMs(this.#words);
    if (untilMs === undefined) return strings.reasonBanned;
    const form = { dateStyle: "medium", timeStyle: "short" } as const;
    return fill(strings.reasonBannedUntil, {
      time: new Date(untilMs).toLocaleString(this.#options.language.tag, form),
    });
  }

  /** Loading the same address again does not help if it names a room that cannot be. */
  #isRoomAtFault(): boolean {
    return this.#code === shoal.CloseCode.CLOSE_CODE_BAD_ROOM && this.#options.room !== undefined;
  }
}

function addressWithoutRoom(): string {
  const address = new URL(location.href);
  address.searchParams.delete("room");
  return address.href;
}

/** A server refuses a room that has no proper name, or one that its operator did not list (SPEC S2). */
function badRoomText(strings: Strings, room = ROOM_NAME_DEFAULT): string {
  return ROOM_NAME.test(room) ? fill(strings.reasonClosedRoom, { room }) : strings.reasonBadRoom;
}

/** Whether there is anything for the player to do. */
function hasWayOut(state: ConnectionState): boolean {
  const { CloseCode } = shoal;
  switch (state.kind) {
    case "joined":
    case "connecting":
      return false;
    case "waiting":
      // Who is asked to send less does not press a button that sends more.
      return (
        state.retryInMs > LONG_WAIT_MS &&
        state.code !== CloseCode.CLOSE_CODE_RATE &&
        state.code !== CloseCode.CLOSE_CODE_BUSY
      );
    case "ended":
      return true;
    default:
      return state satisfies never;
  }
}
