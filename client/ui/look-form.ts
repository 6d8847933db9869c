/** The form for name, colour and gender. Tells every change at once; names when the player stops typing. */
import { NAME_BYTES_MAX, NAME_GRAPHEMES_MAX } from "../../proto/limits.ts";
import { cssColour, element, label } from "./element.ts";
import { countGraphemes, cutText } from "./graphemes.ts";
import type { Language } from "./language.ts";
import { type PlayerLook, SWATCHES } from "./look-store.ts";
import { fill, type Strings } from "./strings.ts";

/** After the last key or drag of the colour picker: others need not see every letter. */
const SETTLE_MS = 350;
/** The counter shows when a name has room for this few characters. */
const COUNT_FROM = 6;
/** In the order of `SWATCHES`. */
const COLOUR_NAMES = [
  "yellow",
  "orange",
  "coral",
  "pink",
  "violet",
  "blue",
  "cyan",
  "mint",
  "lime",
  "cream",
] as const satisfies readonly (keyof Strings)[];
/** In the order of game.proto Gender. */
const GENDER_NAMES = [
  "genderNone",
  "genderFemale",
  "genderMale",
  "genderOther",
] as const satisfies readonly (keyof Strings)[];

export interface LookFormOptions {
  readonly language: Language;
  readonly look: PlayerLook;
  readonly onChange: (look: PlayerLook) => void;
}

export class LookForm {
  readonly root: HTMLFormElement;
  readonly #options: LookFormOptions;
  readonly #name: HTMLInputElement;
  readonly #nameCounter = element("span", { className: "name-counter", attributes: { "aria-live": "polite" } });
  readonly #ownColour: HTMLInputElement;
  #look: PlayerLook;
  #timer: number | undefined;

  constructor(options: LookFormOptions) {
    const { language, look } = options;
    this.#options = options;
    this.#look = look;
    this.#name = element("input", { attributes: { type: "text", autocomplete: "nickname", dir: "auto" } });
    this.#name.value = look.name;
    this.#ownColour = element("input", { className: "own-colour", attributes: { type: "color" } });
    this.#ownColour.value = cssColour(look.colour);
    const nameTitle = element("span");
    language.follow((strings) => {
      nameTitle.textContent = strings.name;
      this.#name.placeholder = strings.namePlaceholder;
      label(this.#ownColour, strings.ownColour);
    });
    this.root = element("form", {
      className: "look-form",
      children: [
        element("label", { children: [nameTitle, this.#name] }),
        this.#nameCounter,
        this.#colours(),
        this.#genders(),
      ],
    });
    this.#name.addEventListener(
      "input",
      (event) => event instanceof InputEvent && !event.isComposing && this.#takeName(),
    );
    this.#name.addEventListener("compositionend", () => this.#takeName());
    this.#ownColour.addEventListener("input", () =>
      this.#takeColour(Number.parseInt(this.#ownColour.value.slice(1), 16)),
    );
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#tell();
    });
  }

  /** Somebody else is called so: `name` is still the player's, and what is chosen from now on goes with it. */
  refuseName(name: string): void {
    this.#nameCounter.textContent = this.#options.language.strings.nameTaken;
    this.#nameCounter.classList.add("is-full");
    this.#look = { ...this.#look, name };
    this.#tell();
  }

  #takeName(): void {
    const name = cutText(this.#name.value, NAME_GRAPHEMES_MAX, NAME_BYTES_MAX);
    const isCut = name !== this.#name.value;
    if (isCut) this.#name.value = name;
    this.#showRoom(name, isCut);
    this.#look = { ...this.#look, name: name.trim() };
    this.#tellSoon();
  }

  /** A cut without a word would look like a broken key. */
  #showRoom(name: string, isCut: boolean): void {
    const { strings } = this.#options.language;
    const left = NAME_GRAPHEMES_MAX - countGraphemes(name);
    const count = left <= COUNT_FROM ? fill(strings.charactersLeft, { count: left }) : "";
    this.#nameCounter.textContent = isCut ? strings.nameFull : count;
    this.#nameCounter.classList.toggle("is-full", isCut);
  }

  #takeColour(colour: number): void {
    this.#look = { ...this.#look, colour };
    this.#ownColour.value = cssColour(colour);
    this.#tellSoon();
  }

  #tellSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#tell(), SETTLE_MS);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#options.onChange(this.#look);
  }

  #colours(): HTMLElement {
    const swatches = SWATCHES.map((colour, i) => {
      const swatch = this.#radio({ group: "colour", name: COLOUR_NAMES[i], isChosen: colour === this.#look.colour });
      swatch.input.addEventListener("change", () => this.#takeColour(colour));
      swatch.label.className = "swatch";
      swatch.label.style.setProperty("--swatch", cssColour(colour));
      return swatch.label;
    });
    return this.#group("colour", element("div", { className: "swatches", children: [...swatches, this.#ownColour] }));
  }

  #genders(): HTMLElement {
    const choices = GENDER_NAMES.map((name, gender) => {
      const choice = this.#radio({ group: "gender", name, isChosen: gender === this.#look.gender });
      const text = element("span");
      choice.label.append(text);
      choice.label.className = "choice";
      this.#options.language.follow((strings) => {
        text.textContent = strings[name];
      });
      choice.input.addEventListener("change", () => {
        this.#look = { ...this.#look, gender };
        this.#tell();
      });
      return choice.label;
    });
    return this.#group("gender", element("div", { className: "choices", children: choices }));
  }

  #group(title: keyof Strings, choices: HTMLElement): HTMLElement {
    const legend = element("legend");
    this.#options.language.follow((strings) => {
      legend.textContent = strings[title];
    });
    return element("fieldset", { children: [legend, choices] });
  }

  #radio({ group, name, isChosen }: RadioParts) {
    const input = element("input", { attributes: { type: "radio", name: group } });
    input.checked = isChosen;
    this.#options.language.follow((strings) => label(input, strings[name]));
    return { input, label: element("label", { children: [input] }) };
  }
}

interface RadioParts {
  readonly group: string;
  readonly name: keyof Strings;
  readonly isChosen: boolean;
}
