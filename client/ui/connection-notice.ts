/**
 * What the player sees of the connection: nothing while it works, a notice over the pond while it is being restored,
 * and a way out when it will not come back.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { ROOM_NAME, ROOM_NAME_DEFAULT } from "../../proto/limits.ts";
import type { ConnectionState } from "../sync/index.ts";
import { element } from "./element.ts";
import { fill, type Strings } from "./strings.ts";

/** A first connection faster than this shows no notice at all. */
const PATIENCE_MS = 600;

export class ConnectionNotice {
  readonly root: HTMLElement;
  readonly #strings: Strings;
  /** As the page's address asks for it; undefined if it names none. */
  readonly #room: string | undefined;
  readonly #title = element("h2");
  readonly #reason = element("p");
  readonly #retry = element("p", { className: "connection-retry" });
  readonly #wayOut: HTMLButtonElement;
  #timer: number | undefined;
  #wasJoined = false;

  constructor(strings: Strings, room: string | undefined) {
    this.#strings = strings;
    this.#room = room;
    this.#wayOut = element("button", { className: "primary", attributes: { type: "button" } });
    const card = element("div", {
      className: "connection-card",
      children: [this.#title, this.#reason, this.#retry, this.#wayOut],
    });
    this.root = element("div", { className: "connection", attributes: { role: "status" }, children: [card] });
    this.root.hidden = true;
  }

  show(state: ConnectionState): void {
    clearTimeout(this.#timer);
    this.root.classList.toggle("is-final", state.kind === "ended");
    this.#wayOut.hidden = state.kind !== "ended";
    switch (state.kind) {
      case "joined":
        this.#wasJoined = true;
        this.root.hidden = true;
        this.#reason.textContent = "";
        return;
      case "connecting":
        this.#title.textContent = this.#wasJoined ? this.#strings.reconnecting : this.#strings.connecting;
        this.#retry.textContent = "";
        this.#timer = window.setTimeout(() => this.#reveal(), PATIENCE_MS);
        return;
      case "waiting":
        this.#title.textContent = this.#strings.reconnecting;
        this.#reason.textContent = this.#reasonText(state.code);
        this.#countDown(Math.ceil(state.retryInMs / 1000));
        this.#reveal();
        return;
      case "ended":
        this.#title.textContent = this.#strings.ended;
        this.#reason.textContent = this.#reasonText(state.code);
        this.#retry.textContent = "";
        this.#offerWayOut(state.code);
        this.#reveal();
        this.#wayOut.focus();
        return;
      default:
        state satisfies never;
    }
  }

  #reveal(): void {
    this.root.hidden = false;
  }

  /** Loading the same address again does not help if it names a room that cannot be. */
  #offerWayOut(code: number): void {
    const isRoomAtFault = code === shoal.CloseCode.CLOSE_CODE_BAD_ROOM && this.#room !== undefined;
    this.#wayOut.textContent = isRoomAtFault ? this.#strings.toPond : this.#strings.reload;
    this.#wayOut.onclick = () => (isRoomAtFault ? location.assign(addressWithoutRoom()) : location.reload());
  }

  #reasonText(code: number): string {
    if (code === shoal.CloseCode.CLOSE_CODE_BAD_ROOM) return badRoomText(this.#strings, this.#room);
    return (
      codeText(this.#strings, code) ?? (this.#wasJoined ? this.#strings.reasonLost : this.#strings.reasonUnreachable)
    );
  }

  #countDown(seconds: number): void {
    this.#retry.textContent = fill(this.#strings.retryIn, { seconds });
    if (seconds > 1) this.#timer = window.setTimeout(() => this.#countDown(seconds - 1), 1000);
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
    default:
      return undefined;
  }
}
