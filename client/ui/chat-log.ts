/**
 * The last lines that were said, readable by screen readers as they come. Fades while nothing is said. Names are
 * buttons: one click begins a whisper.
 */
import { button, cssColour, element } from "./element.ts";
import { fill, type Strings } from "./strings.ts";

const LINES_MAX = 50;
const IDLE_MS = 14_000;

export interface ChatLine {
  readonly scope: "nearby" | "room" | "whisper-in" | "whisper-out";
  /** Who spoke, or who was whispered to. */
  readonly id: number;
  readonly name: string;
  /** 0xRRGGBB of that tadpole, if it is in view. */
  readonly colour: number | undefined;
  readonly isOwn: boolean;
  readonly text: string;
}

export class ChatLog {
  readonly list: HTMLElement;
  readonly #strings: Strings;
  readonly #onSpeaker: (speaker: ChatLine) => void;
  readonly #pending: ChatLine[] = [];
  #idleTimer: number | undefined;

  constructor(strings: Strings, onSpeaker: (speaker: ChatLine) => void) {
    this.#strings = strings;
    this.#onSpeaker = onSpeaker;
    this.list = element("ol", {
      className: "chat-log is-idle",
      attributes: { role: "log", "aria-live": "polite", "aria-label": strings.chatLog, tabindex: "0" },
    });
  }

  /** The line is seen after the next `flush`. */
  add(line: ChatLine): void {
    this.#pending.push(line);
    // A page in the background has no frames.
    if (this.#pending.length > LINES_MAX) this.#pending.shift();
  }

  /** Once a frame: a crowd says many lines in one, and each look at the scroll position costs a layout. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const { list } = this;
    const wasAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
    list.append(...this.#pending.map((line) => this.#row(line)));
    this.#pending.length = 0;
    while (list.childElementCount > LINES_MAX) list.firstElementChild?.remove();
    // A reader who scrolled back is left alone.
    if (wasAtEnd) list.scrollTop = list.scrollHeight;
    list.classList.remove("is-idle");
    clearTimeout(this.#idleTimer);
    this.#idleTimer = window.setTimeout(() => list.classList.add("is-idle"), IDLE_MS);
  }

  #row(line: ChatLine): HTMLElement {
    const { scope, text } = line;
    const children: Node[] = [this.#speaker(line)];
    const note = this.#note(scope);
    if (note !== "") children.push(element("span", { className: "chat-scope", text: note }));
    children.push(element("span", { className: "chat-text", text, attributes: { dir: "auto" } }));
    return element("li", { className: `chat-line is-${scope}`, children });
  }

  #speaker(line: ChatLine): HTMLElement {
    const { name, colour } = line;
    const isSelf = line.isOwn && line.scope !== "whisper-out";
    const speaker = isSelf
      ? element("span", { className: "chat-name", text: name })
      : button(fill(this.#strings.reply, { name }), {
          className: "chat-name",
          text: name,
          onClick: () => this.#onSpeaker(line),
        });
    speaker.setAttribute("dir", "auto");
    if (colour !== undefined) speaker.style.setProperty("--speaker", cssColour(colour));
    return speaker;
  }

  #note(scope: ChatLine["scope"]): string {
    switch (scope) {
      case "nearby":
        return "";
      case "room":
        return this.#strings.toRoom;
      case "whisper-in":
        return this.#strings.whisperFrom;
      case "whisper-out":
        return this.#strings.whisperTo;
      default:
        return scope satisfies never;
    }
  }
}
