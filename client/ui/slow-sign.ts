/**
 * A small sign that the server is silent for now. Frames come several times a second even when nothing moves, so a long
 * pause is not the pond's stillness but a slow line or a busy server. Goes with the next frame.
 */
import { element } from "./element.ts";
import type { Strings } from "./strings.ts";

const SILENCE_MS = 1500;
/** How often to look at the clock. A timer and not the page's frames: a silent server must not need a busy screen. */
const LOOK_EVERY_MS = 250;

export class SlowSign {
  readonly root: HTMLElement;
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #heardMs = 0;

  constructor(strings: Strings, now: () => number) {
    this.root = element("p", { className: "slow-sign", text: strings.slow, attributes: { role: "status" } });
    this.root.hidden = true;
    this.#now = now;
  }

  /** A frame came, or the session began. */
  hear(): void {
    this.#heardMs = this.#now();
    if (!this.root.hidden) this.root.hidden = true;
  }

  /** Only while joined is silence news; otherwise the connection notice speaks. */
  watch(isJoined: boolean): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.hear();
    if (isJoined) this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  #look(): void {
    this.root.hidden = this.#now() - this.#heardMs <= SILENCE_MS;
  }
}
