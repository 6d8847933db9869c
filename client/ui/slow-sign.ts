/**
 * A small sign that the server is silent for now, or that the browser has lost the network. Frames come several times a
 * second even when nothing moves, so a long pause is not the pond's stillness but a slow line, a busy server or a dead
 * connection: after two seconds the client tries another (SPEC S30). Goes with the next frame.
 */
import { element } from "./element.ts";
import type { Language } from "./language.ts";
import type { Strings } from "./strings.ts";

const SLOW_MS = 1000;
/** So that it is said within 2 s, by a clock that is looked at so often. */
const RECONNECTING_MS = 1700;
/** How often to look at the clock. A timer and not the page's frames: a silent server must not need a busy screen. */
const LOOK_EVERY_MS = 100;
/** Frames that come for longer than this after the network was lost prove the browser wrong. */
const OFFLINE_MS = 1000;

export class SlowSign {
  readonly root = element("p", { className: "slow-sign", attributes: { role: "status" } });
  readonly #language: Language;
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isJoined = false;
  #heardMs = 0;
  /** When the browser lost the network; NaN if it did not. */
  #offlineMs = Number.NaN;
  #shown: keyof Strings | undefined;

  constructor(language: Language, now: () => number) {
    this.root.hidden = true;
    this.#language = language;
    this.#now = now;
    language.follow(() => this.#say(this.#shown));
  }

  /** A frame came, or the session began. */
  hear(): void {
    this.#heardMs = this.#now();
    if (this.#heardMs - this.#offlineMs > OFFLINE_MS) this.#offlineMs = Number.NaN;
    if (this.#shown !== undefined) this.#look();
  }

  /** Only while joined is silence news; otherwise the connection notice speaks. */
  watch(isJoined: boolean): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#isJoined = isJoined;
    this.hear();
    this.#look();
    if (isJoined) this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** What the browser knows of the network: told at once, long before the silence says so. */
  noteNetwork(isOffline: boolean): void {
    this.#offlineMs = isOffline ? this.#now() : Number.NaN;
    this.#look();
  }

  #look(): void {
    const shown = this.#isJoined ? this.#wordsNow() : undefined;
    if (shown !== this.#shown) this.#say(shown);
  }

  #wordsNow(): keyof Strings | undefined {
    if (!Number.isNaN(this.#offlineMs)) return "offline";
    const silentMs = this.#now() - this.#heardMs;
    if (silentMs > RECONNECTING_MS) return "reconnecting";
    return silentMs > SLOW_MS ? "slow" : undefined;
  }

  #say(shown: keyof Strings | undefined): void {
    this.#shown = shown;
    this.root.textContent = shown === undefined ? "" : this.#language.strings[shown];
    // A slow line is a remark; a lost one is what the player must know.
    this.root.classList.toggle("is-lost", shown !== undefined && shown !== "slow");
    this.root.hidden = shown === undefined;
  }
}
