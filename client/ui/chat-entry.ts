/**
 * The line the player writes. It has the focus almost always, so that typing anywhere opens it and an input method
 * editor (Chinese, Japanese, Korean) sees the first key; an empty line is "closed" and leaves the arrow keys to
 * swimming. Knows nothing of what is done with a line.
 *
 * The originals also sent a line by itself at the first space after its 35th character. Not here: lines hold 280, and a
 * space chooses among an input method's candidates.
 */
import { ChatHistory } from "./chat-history.ts";
import { element } from "./element.ts";
import { roomLeft } from "./graphemes.ts";
import type { Language } from "./language.ts";
import { fill } from "./strings.ts";

/** The counter shows when this few characters are left. */
const COUNT_FROM = 40;

export interface ChatEntryOptions {
  readonly language: Language;
  /** A line to send. False keeps it in the entry. */
  readonly onLine: (line: string) => boolean;
  /** The line was opened, or is empty and closed again. */
  readonly onOpenChange: (isOpen: boolean) => void;
}

export class ChatEntry {
  readonly form: HTMLFormElement;
  readonly #input: HTMLInputElement;
  readonly #counter: HTMLElement;
  readonly #options: ChatEntryOptions;
  readonly #history = new ChatHistory();
  readonly #hasKeyboard = matchMedia("(pointer: fine)").matches;
  /** True after Enter on the empty line: open without a letter. */
  #isHeldOpen = false;

  constructor(options: ChatEntryOptions) {
    const { language } = options;
    this.#options = options;
    this.#input = element("input", {
      attributes: {
        type: "text",
        autocomplete: "off",
        autocapitalize: "sentences",
        enterkeyhint: "send",
        spellcheck: "false",
      },
    });
    this.#counter = element("span", { className: "chat-counter", attributes: { "aria-live": "polite" } });
    const send = element("button", { className: "chat-send", attributes: { type: "submit" } });
    this.form = element("form", { className: "chat-entry", children: [this.#input, this.#counter, send] });
    language.follow((strings) => {
      this.#input.setAttribute("aria-label", strings.chatLabel);
      this.#input.placeholder = this.#hasKeyboard ? strings.chatPlaceholder : strings.chatPlaceholderTouch;
      send.textContent = strings.chatSend;
      this.#show();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#input.addEventListener("input", () => this.#show());
    this.#input.addEventListener("keydown", (event) => this.#handleKey(event));
    this.#input.addEventListener("blur", () => this.#close());
    window.addEventListener("keydown", (event) => this.#handlePageKey(event));
    window.addEventListener("focus", () => this.focusIdle());
  }

  /** While open, the arrow keys belong to the line. */
  get isOpen(): boolean {
    return this.#isHeldOpen || this.#input.value !== "";
  }

  /** Takes the focus where there is a keyboard; on a touch screen that would cover half of the pond. */
  focusIdle(): void {
    if (this.#hasKeyboard && !isEditing(document.activeElement)) this.#input.focus({ preventScroll: true });
  }

  /** A press on the water: back to the line, or away with the screen's keyboard. */
  handleWaterPress(pointerType: string): void {
    if (pointerType === "mouse") this.#input.focus({ preventScroll: true });
    else this.#input.blur();
  }

  /** Opens with the beginning of a line. Words that are there already stay behind it; a command gives way. */
  open(start: string): void {
    const words = this.#input.value;
    this.#input.value = /^[/／]/u.test(words) ? start : `${start}${words}`;
    this.#isHeldOpen = true;
    this.#input.focus({ preventScroll: true });
    this.#show();
  }

  /** A line that was sent is with the player again. Who writes the next one already finds it with the up key. */
  giveBack(line: string): void {
    if (this.isOpen) return;
    this.#input.value = line;
    this.#show();
  }

  #send(): void {
    const line = this.#input.value;
    if (line.trim() === "") {
      if (this.isOpen) this.#cancel();
      else this.open("");
      return;
    }
    if (!this.#options.onLine(line)) return;
    this.#history.add(line);
    this.#cancel();
  }

  #cancel(): void {
    this.#input.value = "";
    this.#close();
  }

  #close(): void {
    this.#isHeldOpen = false;
    this.#show();
  }

  #show(): void {
    const left = roomLeft(this.#input.value);
    if (this.form.classList.contains("is-open") !== this.isOpen) this.#options.onOpenChange(this.isOpen);
    this.form.classList.toggle("is-open", this.isOpen);
    this.form.classList.toggle("is-too-long", left < 0);
    this.#counter.textContent =
      left <= COUNT_FROM ? fill(this.#options.language.strings.charactersLeft, { count: left }) : "";
  }

  #handleKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === "Escape" && this.isOpen) {
      event.stopPropagation();
      this.#cancel();
    }
    if (!this.isOpen || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const line = this.#history.step(event.key === "ArrowUp" ? -1 : 1, this.#input.value);
    if (line === undefined) return;
    this.#input.value = line;
    this.#isHeldOpen = true;
    this.#show();
  }

  /** Typing anywhere on the page opens the line: the focus moves before the letter is entered. */
  #handlePageKey(event: KeyboardEvent): void {
    const { activeElement } = document;
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (activeElement === this.#input || isEditing(activeElement)) return;
    const opens = event.key === "Enter" || event.key === " " ? activeElement === document.body : event.key.length === 1;
    if (opens) this.#input.focus({ preventScroll: true });
  }
}

/** True while an input method editor is at work: its keys are not ours. Code 229 is how Safari says so. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** True for other fields that take letters. */
function isEditing(active: Element | null): boolean {
  return active instanceof HTMLInputElement || active instanceof HTMLSelectElement;
}
