/** The fields of the network simulator, and the switch for the server's positions. Says what is wanted; does none of it. */
import { type Conditions, isTroubleName, TROUBLE_PROFILES } from "../sync/link.ts";
import { element } from "../ui/element.ts";
import { fill } from "../ui/strings.ts";
import { type ConditionField, conditionsOf, FIELDS, type FieldKey, valuesOf } from "./condition-fields.ts";
import type { OverlayStrings } from "./strings.ts";
import type { Words } from "./words.ts";

/** Values of the choice, in its order: names of profiles, and two that are none. */
const CHOICES = {
  none: "none",
  lan: "lan",
  wifi: "wifi",
  "4g": "fourG",
  "far-4g": "farFourG",
  "3g": "threeG",
  train: "train",
  custom: "custom",
} as const satisfies Readonly<Record<string, keyof OverlayStrings>>;

export interface SimulatorPanelOptions {
  readonly words: Words;
  /** Undefined: the line as it is. */
  readonly onConditions: (conditions: Conditions | undefined) => void;
  readonly onCut: () => void;
  readonly onTruth: (isWanted: boolean) => void;
}

export class SimulatorPanel {
  readonly root: HTMLElement;
  readonly #options: SimulatorPanelOptions;
  readonly #profile = element("select");
  /** The slider and the number of each field. */
  readonly #inputs = new Map<FieldKey, readonly HTMLInputElement[]>();
  readonly #truth = element("input", { attributes: { type: "checkbox", role: "switch" } });
  readonly #truthText = element("p", { className: "overlay-truth" });

  constructor(options: SimulatorPanelOptions) {
    const { words } = options;
    this.#options = options;
    const cut = words.tell(element("button", { className: "overlay-cut", attributes: { type: "button" } }), "cut");
    cut.addEventListener("click", options.onCut);
    this.#truth.addEventListener("change", () => options.onTruth(this.#truth.checked));
    this.root = element("section", {
      className: "overlay-panel is-simulator",
      children: [
        element("header", { children: [words.tell(element("h2"), "simulator")] }),
        this.#profileRow(),
        element("div", { className: "overlay-fields", children: FIELDS.flatMap((field) => this.#row(field)) }),
        cut,
        element("label", {
          className: "overlay-switch",
          children: [this.#truth, words.tell(element("span"), "truth")],
        }),
        this.#truthText,
      ],
    });
    words.name(this.root, "simulator");
    this.#write(undefined);
  }

  get isTruthWanted(): boolean {
    return this.#truth.checked;
  }

  /** What is drawn of the server's positions, and the largest distance, world units; undefined while none can be. */
  showTruth(ghosts: { readonly count: number; readonly gapMax: number } | undefined): void {
    const { strings } = this.#options.words;
    if (!this.#truth.checked) this.#truthText.textContent = "";
    else if (ghosts === undefined || ghosts.count === 0) this.#truthText.textContent = strings.truthWaiting;
    else {
      this.#truthText.textContent = fill(strings.truthGap, { count: ghosts.count, gap: ghosts.gapMax.toFixed(1) });
    }
  }

  #profileRow(): HTMLElement {
    const { words } = this.#options;
    for (const [value, key] of Object.entries(CHOICES)) {
      this.#profile.append(words.tell(element("option", { attributes: { value } }), key));
    }
    this.#profile.addEventListener("change", () => this.#choose(this.#profile.value));
    return element("label", {
      className: "overlay-profile",
      children: [words.tell(element("span"), "profile"), this.#profile],
    });
  }

  /** Label, slider, number and unit: four cells of the grid. */
  #row(field: ConditionField): HTMLElement[] {
    const { words } = this.#options;
    const { key, label, hint, unit, min, max, step } = field;
    const id = `overlay-${key}`;
    const limits = { min: String(min), step: String(step) };
    const slider = element("input", { attributes: { type: "range", max: String(max), ...limits } });
    const number = element("input", {
      attributes: { type: "number", id, inputmode: "decimal", ...limits, step: "any" },
    });
    words.name(slider, label);
    if (hint !== undefined) {
      words.follow((strings) => {
        for (const input of [slider, number]) input.title = strings[hint];
      });
    }
    this.#inputs.set(key, [slider, number]);
    slider.addEventListener("input", () => this.#edit(slider, number));
    number.addEventListener("input", () => this.#edit(number, slider));
    // Once somebody is done with a field, all of them show what the line really does.
    for (const input of [slider, number]) input.addEventListener("change", () => this.#write(this.#read()));
    const title = words.tell(element("label", { attributes: { for: id } }), label);
    return [title, slider, number, element("span", { className: "overlay-unit", text: unit })];
  }

  #edit(edited: HTMLInputElement, other: HTMLInputElement): void {
    other.value = edited.value || "0";
    this.#profile.value = "custom";
    this.#options.onConditions(this.#read());
  }

  #choose(choice: string): void {
    // Custom begins with what is there.
    const conditions = choice === "none" ? undefined : isTroubleName(choice) ? TROUBLE_PROFILES[choice] : this.#read();
    this.#write(conditions);
    this.#options.onConditions(conditions);
  }

  #read(): Conditions {
    const values = { ...valuesOf(undefined) };
    for (const [key, [, number]] of this.#inputs) values[key] = number.valueAsNumber;
    return conditionsOf(values);
  }

  #write(conditions: Conditions | undefined): void {
    const values = valuesOf(conditions);
    for (const [key, inputs] of this.#inputs) for (const input of inputs) input.value = String(values[key]);
  }
}
