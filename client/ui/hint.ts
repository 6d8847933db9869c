/** One line that tells a newcomer how to swim. Goes with the first swim and stays away on later visits. */
import { element } from "./element.ts";
import type { Language } from "./language.ts";

const KEY = "shoal.has-swum";

export interface HintOptions {
  readonly language: Language;
  /** Undefined where the browser keeps nothing: then every visit is a first one. */
  readonly storage: Storage | undefined;
}

export class Hint {
  readonly root = element("p", { className: "hint" });
  readonly #storage: Storage | undefined;
  #isNeeded: boolean;

  constructor({ language, storage }: HintOptions) {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    this.root.hidden = true;
    language.follow((strings) => {
      this.root.textContent = isTouch ? strings.hintTouch : strings.hint;
    });
    this.#storage = storage;
    this.#isNeeded = !hasSwum(storage);
  }

  /** The player can swim from now on. */
  show(): void {
    this.root.hidden = !this.#isNeeded;
  }

  /** The player swims. */
  done(): void {
    if (!this.#isNeeded) return;
    this.#isNeeded = false;
    this.root.hidden = true;
    rememberSwim(this.#storage);
  }
}

function hasSwum(storage: Storage | undefined): boolean {
  try {
    return storage?.getItem(KEY) === "yes";
  } catch {
    return false;
  }
}

function rememberSwim(storage: Storage | undefined): void {
  try {
    storage?.setItem(KEY, "yes");
  } catch {
    // Full or forbidden: the hint comes again with the next visit.
  }
}
