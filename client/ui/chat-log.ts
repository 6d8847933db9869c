/**
 * The last lines that were said, readable by screen readers as they come. Fades while nothing is said. Names are
 * buttons: one click begins a whisper.
 */
import { button, cssColour, element, label } from "./element.ts";
import type { Language } from "./language.ts";
import { fill, type Strings } from "./strings.ts";

const LINES_MAX = 50;
const IDLE_MS = 14_000;

export interface ChatLine {
  readonly scope: "nearby" | "room" | "whisper-in" | "whisper-out" | "lost";
  /** Who spoke, or who was whispered to. */
  readonly id: number;
  readonly name: string;
  /** 0xRRGGBB of that tadpole, if it is in view. */
  readonly colour: number | undefined;
  readonly isOwn: boolean;
  readonly text: string;
  /** How many lines "lost" stands for. */
  readonly count?: number;
}

export class ChatLog {
  readonly list: HTMLElement;
  readonly #language: Language;
  readonly #onSpeaker: (speaker: ChatLine) => void;
  /** What the list shows, the oldest first. */
  readonly #rows: Row[] = [];
  readonly #pending: ChatLine[] = [];
  #idleTimer: number | undefined;
  /** False while somebody reads what was said before. */
  #isAtEnd = true;
  /** The list's size when its end was looked for last. */
  #size = "";

  constructor(language: Language, onSpeaker: (speaker: ChatLine) => void) {
    this.#language = language;
    this.#onSpeaker = onSpeaker;
    this.list = element("ol", {
      className: "chat-log is-idle",
      attributes: { role: "log", "aria-live": "polite", tabindex: "0" },
    });
    language.follow((strings) => {
      this.list.setAttribute("aria-label", strings.chatLog);
      for (const row of this.#rows) translate(row, strings);
    });
    this.list.addEventListener("scroll", () => this.#noteScroll());
    // A phone that is turned breaks the lines anew.
    new ResizeObserver(() => {
      this.#showEnd();
      this.#noteScroll();
    }).observe(this.list);
  }

  /** The line is seen after the next `flush`. */
  add(line: ChatLine): void {
    this.#pending.push(line);
    // A page in the background has no frames.
    if (this.#pending.length > LINES_MAX) this.#pending.shift();
  }

  /** Hides what those say whom `isHidden` names by their id, and shows the others again. Own whispers to them stay. */
  hide(isHidden: (id: number) => boolean): void {
    this.flush();
    for (const { line, root } of this.#rows) root.hidden = line.scope !== "whisper-out" && isHidden(line.id);
  }

  /** Once a frame: a crowd says many lines in one, and each look at the scroll position costs a layout. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const { list } = this;
    for (const line of this.#pending) this.#append(this.#row(line));
    this.#pending.length = 0;
    while (this.#rows.length > LINES_MAX) this.#rows.shift()?.root.remove();
    this.#showEnd();
    list.classList.remove("is-idle");
    clearTimeout(this.#idleTimer);
    this.#idleTimer = window.setTimeout(() => list.classList.add("is-idle"), IDLE_MS);
  }

  /** A reader who scrolled back is left alone. */
  #showEnd(): void {
    const { list } = this;
    this.#size = sizeOf(list);
    if (this.#isAtEnd) list.scrollTop = list.scrollHeight;
  }

  /** Browsers scroll by themselves, too, when the size changes: that is nobody's wish. */
  #noteScroll(): void {
    const { list } = this;
    if (sizeOf(list) !== this.#size) return;
    this.#isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
  }

  #append(row: Row): void {
    translate(row, this.#language.strings);
    this.#rows.push(row);
    this.list.append(row.root);
  }

  #row(line: ChatLine): Row {
    const speaker = this.#speaker(line);
    const note = element("span", { className: "chat-scope" });
    const text = element("span", { className: "chat-text", text: line.text, attributes: { dir: "auto" } });
    const root = element("li", { className: `chat-line is-${line.scope}`, children: [speaker, note, text] });
    return { line, root, speaker, note };
  }

  #speaker(line: ChatLine): HTMLElement {
    const { name, colour } = line;
    const isSelf = line.isOwn && line.scope !== "whisper-out";
    const speaker = isSelf
      ? element("span", { className: "chat-name", text: name })
      : button("", { className: "chat-name", text: name, onClick: () => this.#onSpeaker(line) });
    speaker.setAttribute("dir", "auto");
    if (colour !== undefined) speaker.style.setProperty("--speaker", cssColour(colour));
    return speaker;
  }
}

interface Row {
  readonly line: ChatLine;
  readonly root: HTMLElement;
  readonly speaker: HTMLElement;
  readonly note: HTMLElement;
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): string {
  return `${clientWidth} x ${clientHeight}`;
}

/** Says the page's own words of a row: all but name and text. */
function translate({ line, speaker, note }: Row, strings: Strings): void {
  note.textContent = scopeNote(line, strings);
  if (speaker instanceof HTMLButtonElement) label(speaker, fill(strings.reply, { name: line.name }));
}

function scopeNote({ scope, count }: ChatLine, strings: Strings): string {
  switch (scope) {
    case "nearby":
      return "";
    case "room":
      return strings.toRoom;
    case "whisper-in":
      return strings.whisperFrom;
    case "whisper-out":
      return strings.whisperTo;
    case "lost":
      return fill(strings.linesLost, { count: count ?? 0 });
    default:
      return scope satisfies never;
  }
}
