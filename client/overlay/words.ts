/** The overlay's words in the language that the page speaks; whoever shows some follows a change of it. */
import type { Language } from "../ui/language.ts";
import { OVERLAY_STRINGS, type OverlayStrings } from "./strings.ts";

export class Words {
  readonly #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  get strings(): OverlayStrings {
    return OVERLAY_STRINGS[this.#language.tag];
  }

  follow(show: (strings: OverlayStrings) => void): void {
    this.#language.follow(() => show(this.strings));
  }

  /** Keeps the element's text at one of the words. Returns the element. */
  tell<E extends HTMLElement>(shown: E, key: keyof OverlayStrings): E {
    this.follow((strings) => {
      shown.textContent = strings[key];
    });
    return shown;
  }

  /** Keeps the element's name at one of the words. Returns the element. */
  name<E extends HTMLElement>(named: E, key: keyof OverlayStrings): E {
    this.follow((strings) => named.setAttribute("aria-label", strings[key]));
    return named;
  }
}
