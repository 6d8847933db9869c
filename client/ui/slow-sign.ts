/**
 * A small sign that the server is silent for now. Frames come several times a second even when nothing moves, so a long
 * pause is not the pond's stillness but a slow line or a busy server. Goes with the next frame.
 */
import { element } from "./element.ts";
import type { Language } from "./language.ts";

const SILENCE_MS = 1500;
/** How often to look at the clock. A timer and not the page's frames: a silent server must not need a busy screen. */
const LOOK_EVERY_MS = 250;

export class SlowSign {
  readonly root = element("p", { className: "slow-sign", attributes: { role: "status" } });
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #heardMs = 0;

  constructor(language: Language, now: () => number) {
    this.root.hidden = true;
    language.follow((strings) => {
      this.root.textContent = strings.slow;
    });
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
