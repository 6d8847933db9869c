/**
 * A small panel that a button opens and closes. Escape and a press elsewhere close it, and the focus returns to where
 * it was useful. What is inside belongs to the caller.
 */
import { button, element } from "./element.ts";

export interface PanelOptions {
  readonly title: string;
  readonly closeLabel: string;
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
    const close = button(options.closeLabel, { className: "panel-close", text: "×", onClick: () => this.close() });
    const head = element("header", { children: [element("h2", { text: options.title }), close] });
    this.root = element("section", {
      className: "panel",
      attributes: { "aria-label": options.title },
      children: [head, ...options.children],
    });
    this.root.hidden = true;
    options.opener.setAttribute("aria-expanded", "false");
    options.opener.addEventListener("click", () => (this.root.hidden ? this.open() : this.close()));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && this.close());
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

  close(): void {
    if (this.root.hidden) return;
    const { activeElement } = document;
    // A field that is hidden would keep the keys.
    if (activeElement instanceof HTMLElement && this.root.contains(activeElement)) activeElement.blur();
    this.root.hidden = true;
    this.#options.opener.setAttribute("aria-expanded", "false");
    this.#options.onClose();
  }

  #closeOutside(target: EventTarget | null): void {
    if (!(target instanceof Node) || this.root.contains(target) || this.#options.opener.contains(target)) return;
    this.close();
  }
}
