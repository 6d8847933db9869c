/** What the help panel says. */
import { element } from "./element.ts";
import type { Strings } from "./strings.ts";

export function helpText(strings: Strings): HTMLElement {
  const lines = [strings.helpSteer, strings.helpKeys, strings.helpChat, strings.helpWhisper, strings.helpArrows];
  return element("ul", { className: "help-text", children: lines.map((text) => element("li", { text })) });
}
