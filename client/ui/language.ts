/**
 * The language that the page speaks: the browser's choice until the player makes one, which is then remembered. Changes
 * while the player swims: whatever shows words follows it.
 */
import { type LanguageTag, languageFor, STRINGS, type Strings } from "./strings.ts";

const KEY = "shoal.language";

export interface LanguageOptions {
  /** BCP 47 tags, the dearest first, as in `navigator.languages`. */
  readonly preferred: readonly string[];
  /** Undefined where the browser keeps nothing: then every visit begins with the browser's choice. */
  readonly storage: Storage | undefined;
}

export class Language {
  readonly #storage: Storage | undefined;
  readonly #followers: ((strings: Strings) => void)[] = [];
  #tag: LanguageTag;

  constructor({ preferred, storage }: LanguageOptions) {
    this.#storage = storage;
    this.#tag = remembered(storage) ?? languageFor(preferred);
  }

  get tag(): LanguageTag {
    return this.#tag;
  }

  /** Every word as of now: for what is said once. What stays on the page follows. */
  get strings(): Strings {
    return STRINGS[this.#tag];
  }

  /** Shows words now, and again whenever the language changes. Followers live as long as the page. */
  follow(show: (strings: Strings) => void): void {
    this.#followers.push(show);
    show(this.strings);
  }

  /** The player's choice. */
  choose(tag: LanguageTag): void {
    this.#tag = tag;
    try {
      this.#storage?.setItem(KEY, tag);
    } catch {
      // Full or forbidden: the choice lives as long as the page.
    }
    for (const show of this.#followers) show(this.strings);
  }
}

function remembered(storage: Storage | undefined): LanguageTag | undefined {
  try {
    const kept = storage?.getItem(KEY) ?? "";
    return isLanguageTag(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isLanguageTag(text: string): text is LanguageTag {
  return Object.hasOwn(STRINGS, text);
}
