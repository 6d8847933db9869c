/**
 * What the player sees of the connection: nothing while it works, a notice over the pond while it is being restored,
 * and a way out when it will not come back.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { ROOM_NAME, ROOM_NAME_DEFAULT } from "../../proto/limits.ts";
import type { ConnectionState } from "../sync/index.ts";
import { element } from "./element.ts";
import type { Language } from "./language.ts";
import { fill, type Strings } from "./strings.ts";

/** A first connection faster than this shows no notice at all. */
const PATIENCE_MS = 600;

export class ConnectionNotice {
  readonly root: HTMLElement;
  readonly #language: Language;
  /** As the page's address asks for it; undefined if it names none. */
  readonly #room: string | undefined;
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
  #retryInS = 0;

  constructor(language: Language, room: string | undefined) {
    this.#language = language;
    this.#room = room;
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
    language.follow(() => this.#say());
  }

  show(state: ConnectionState): void {
    clearTimeout(this.#timer);
    this.#kind = state.kind;
    this.#retryInS = 0;
    this.#wayOut.hidden = state.kind !== "ended";
    switch (state.kind) {
      case "joined":
        this.#wasJoined = true;
        this.#code = undefined;
        this.root.hidden = true;
        return;
      case "connecting":
        this.#timer = window.setTimeout(() => this.#reveal(), PATIENCE_MS);
        break;
      case "waiting":
        this.#code = state.code;
        this.#countDown(Math.ceil(state.retryInMs / 1000));
        this.#reveal();
        break;
      case "ended":
        this.#code = state.code;
        this.#wayOut.onclick = () =>
          this.#isRoomAtFault() ? location.assign(addressWithoutRoom()) : location.reload();
        this.#reveal();
        this.#wayOut.focus();
        break;
      default:
        state satisfies never;
    }
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
    const { strings } = this.#language;
    this.#title.textContent = this.#titleText(strings);
    this.#reason.textContent = this.#code === undefined ? "" : this.#reasonText(strings, this.#code);
    this.#retry.textContent = this.#retryInS > 0 ? fill(strings.retryIn, { seconds: this.#retryInS }) : "";
    this.#wayOut.textContent = this.#isRoomAtFault() ? strings.toPond : strings.reload;
  }

  #titleText(strings: Strings): string {
    if (this.#kind === "ended") return strings.ended;
    return this.#kind === "connecting" && !this.#wasJoined ? strings.connecting : strings.reconnecting;
  }

  #reasonText(strings: Strings, code: number): string {
    if (code === shoal.CloseCode.CLOSE_CODE_BAD_ROOM) return badRoomText(strings, this.#room);
    return codeText(strings, code) ?? (this.#wasJoined ? strings.reasonLost : strings.reasonUnreachable);
  }

  /** Loading the same address again does not help if it names a room that cannot be. */
  #isRoomAtFault(): boolean {
    return this.#code === shoal.CloseCode.CLOSE_CODE_BAD_ROOM && this.#room !== undefined;
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

/** Words for a close code of frame.proto. */
function codeText(strings: Strings, code: number): string | undefined {
  const { CloseCode } = shoal;
  switch (code) {
    case CloseCode.CLOSE_CODE_RESTARTING:
      return strings.reasonRestarting;
    case CloseCode.CLOSE_CODE_SLOW:
      return strings.reasonSlow;
    case CloseCode.CLOSE_CODE_ROOM_FULL:
    case CloseCode.CLOSE_CODE_ROOMS_FULL:
      return strings.reasonFull;
    case CloseCode.CLOSE_CODE_ROOM_FAILED:
      return strings.reasonRoomFailed;
    case CloseCode.CLOSE_CODE_HELLO_TIMEOUT:
    case CloseCode.CLOSE_CODE_SILENT:
      return strings.reasonSilent;
    case CloseCode.CLOSE_CODE_RATE:
      return strings.reasonRate;
    case CloseCode.CLOSE_CODE_BAD_MESSAGE:
      return strings.reasonBadMessage;
    case CloseCode.CLOSE_CODE_UPGRADE:
      return strings.reasonUpgrade;
    case CloseCode.CLOSE_CODE_BAD_LOOK:
      return strings.reasonBadLook;
    case CloseCode.CLOSE_CODE_REPLACED:
      return strings.reasonReplaced;
    default:
      return undefined;
  }
}
