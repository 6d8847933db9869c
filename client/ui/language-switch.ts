/**
 * The button that changes the page's language. It says the other language's name in that language: who cannot read the
 * page finds it by that.
 */
import { button, label } from "./element.ts";
import type { Language } from "./language.ts";
import type { LanguageTag } from "./strings.ts";

/** What the button to a language says, in short and in full. */
const NAMES: Readonly<Record<LanguageTag, { readonly short: string; readonly full: string }>> = {
  en: { short: "EN", full: "English" },
  "zh-Hans": { short: "中文", full: "简体中文" },
};

export function languageSwitch(language: Language): HTMLButtonElement {
  const made = button("", {
    className: "round language-button",
    onClick: () => language.choose(otherThan(language.tag)),
  });
  language.follow(() => {
    const other = otherThan(language.tag);
    made.lang = other;
    made.textContent = NAMES[other].short;
    label(made, NAMES[other].full);
  });
  return made;
}

function otherThan(tag: LanguageTag): LanguageTag {
  return tag === "en" ? "zh-Hans" : "en";
}
