/** The form for name, colour and gender. Tells every change at once; names when the player stops typing. */
import { NAME_BYTES_MAX, NAME_GRAPHEMES_MAX } from "../../proto/limits.ts";
import { cssColour, element } from "./element.ts";
import { countGraphemes, cutText } from "./graphemes.ts";
import { type PlayerLook, SWATCHES } from "./look-store.ts";
import { fill, type Strings } from "./strings.ts";

/** After the last key or drag of the colour picker: others need not see every letter. */
const SETTLE_MS = 350;
/** The counter shows when a name has room for this few characters. */
const COUNT_FROM = 6;

export interface LookFormOptions {
  readonly strings: Strings;
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
    const { strings, look } = options;
    this.#options = options;
    this.#look = look;
    this.#name = element("input", {
      attributes: { type: "text", placeholder: strings.namePlaceholder, autocomplete: "nickname", dir: "auto" },
    });
    this.#name.value = look.name;
    this.#ownColour = element("input", {
      className: "own-colour",
      attributes: { type: "color", "aria-label": strings.ownColour, title: strings.ownColour },
    });
    this.#ownColour.value = cssColour(look.colour);
    this.root = element("form", {
      className: "look-form",
      children: [
        element("label", { children: [element("span", { text: strings.name }), this.#name] }),
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
    const { strings } = this.#options;
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
    const { strings } = this.#options;
    const swatches = SWATCHES.map((colour) => {
      const css = cssColour(colour);
      const swatch = this.#radio({ group: "colour", label: css, isChosen: colour === this.#look.colour });
      swatch.input.addEventListener("change", () => this.#takeColour(colour));
      swatch.label.className = "swatch";
      swatch.label.style.setProperty("--swatch", css);
      return swatch.label;
    });
    const legend = element("legend", { text: strings.colour });
    const row = element("div", { className: "swatches", children: [...swatches, this.#ownColour] });
    return element("fieldset", { children: [legend, row] });
  }

  #genders(): HTMLElement {
    const { strings } = this.#options;
    // In the order of game.proto Gender.
    const labels = [strings.genderNone, strings.genderFemale, strings.genderMale, strings.genderOther];
    const choices = labels.map((text, gender) => {
      const choice = this.#radio({ group: "gender", label: text, isChosen: gender === this.#look.gender });
      choice.label.append(element("span", { text }));
      choice.label.className = "choice";
      choice.input.addEventListener("change", () => {
        this.#look = { ...this.#look, gender };
        this.#tell();
      });
      return choice.label;
    });
    const legend = element("legend", { text: strings.gender });
    return element("fieldset", { children: [legend, element("div", { className: "choices", children: choices })] });
  }

  #radio({ group, label, isChosen }: { readonly group: string; readonly label: string; readonly isChosen: boolean }) {
    const input = element("input", { attributes: { type: "radio", name: group, "aria-label": label } });
    input.checked = isChosen;
    return { input, label: element("label", { children: [input] }) };
  }
}
