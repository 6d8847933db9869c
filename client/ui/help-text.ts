/** What the help panel says. */
import { element } from "./element.ts";
import type { Language } from "./language.ts";
import type { Strings } from "./strings.ts";

const LINES = [
  "helpSteer",
  "helpKeys",
  "helpChat",
  "helpWhisper",
  "helpShout",
  "helpMute",
  "helpArrows",
  "helpKeyboard",
] as const satisfies readonly (keyof Strings)[];

export function helpText(language: Language): HTMLElement {
  const list = element("ul", { className: "help-text" });
  language.follow((strings) => list.replaceChildren(...LINES.map((key) => element("li", { text: strings[key] }))));
  return list;
}
