/** One short message near the chat line that goes by itself: why something did not happen. */
import { element } from "./element.ts";

const SHOWN_MS = 5000;

export class Toast {
  readonly root = element("p", { className: "toast", attributes: { role: "status" } });
  #timer: number | undefined;

  show(text: string): void {
    this.root.textContent = text;
    this.root.classList.add("is-shown");
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#hide(), SHOWN_MS);
  }

  /** It is not true any more. What was said since stays. */
  takeBack(text: string): void {
    if (this.root.textContent === text) this.#hide();
  }

  #hide(): void {
    this.root.classList.remove("is-shown");
  }
}
