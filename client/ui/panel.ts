/**
 * A small panel that a button opens and closes. Escape and a press elsewhere close it, and the focus returns to where
 * it was useful. What is inside belongs to the caller.
 */
import { button, element, label } from "./element.ts";
import type { Language } from "./language.ts";
import type { Strings } from "./strings.ts";

export interface PanelOptions {
  readonly language: Language;
  readonly title: (strings: Strings) => string;
  /** The button that opens it; the panel keeps its aria-expanded. */
  readonly opener: HTMLButtonElement;
  readonly children: readonly Node[];
  readonly onOpen?: () => void;
  readonly onClose: () => void;
}

export class Panel {
  readonly root: HTMLElement;
  readonly #options: PanelOptions;

  constructor(options: PanelOptions) {
    this.#options = options;
    const close = button("", { className: "panel-close", text: "×" });
    // A click that a key made has no button of a mouse behind it: detail is 0.
    close.addEventListener("click", ({ detail }) => this.close(detail === 0 ? "to-opener" : "to-page"));
    const title = element("h2");
    const head = element("header", { children: [title, close] });
    this.root = element("section", { className: "panel", children: [head, ...options.children] });
    this.root.hidden = true;
    options.language.follow((strings) => {
      title.textContent = options.title(strings);
      this.root.setAttribute("aria-label", title.textContent);
      label(close, strings.close);
    });
    options.opener.setAttribute("aria-expanded", "false");
    options.opener.addEventListener("click", () => (this.root.hidden ? this.open() : this.close()));
    // Not only inside: a press on the panel's ground leaves the focus with the page.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) this.close("to-opener");
    });
    document.addEventListener("pointerdown", (event) => this.#closeOutside(event.target));
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  open(): void {
    this.root.hidden = false;
    this.#options.opener.setAttribute("aria-expanded", "true");
    this.#options.onOpen?.();
    // On a touch screen a focused field would bring up the keyboard over it all.
    const field = matchMedia("(pointer: fine)").matches ? this.root.querySelector("input") : null;
    (field ?? this.root.querySelector("button"))?.focus({ preventScroll: true });
  }

  /** `focus`: who closes by a key goes on from the button that opened it; others go on with the page. */
  close(focus: "to-opener" | "to-page" = "to-page"): void {
    if (this.root.hidden) return;
    const { activeElement } = document;
    // A field that is hidden would keep the keys.
    if (activeElement instanceof HTMLElement && this.root.contains(activeElement)) activeElement.blur();
    this.root.hidden = true;
    const { opener, onClose } = this.#options;
    opener.setAttribute("aria-expanded", "false");
    if (focus === "to-opener") opener.focus({ preventScroll: true });
    onClose();
  }

  #closeOutside(target: EventTarget | null): void {
    if (!(target instanceof Node) || this.root.contains(target) || this.#options.opener.contains(target)) return;
    this.close();
  }
}
