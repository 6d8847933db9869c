/** What a browser shows that cannot draw the pond: what it lacks, which browsers have it, and how to try again. */
import { element } from "./element.ts";
import type { Language } from "./language.ts";
import { languageSwitch } from "./language-switch.ts";

export function deadEnd(language: Language): HTMLElement {
  const title = element("h1");
  const lines = [element("p"), element("p"), element("p")];
  const again = element("button", { className: "primary", attributes: { type: "button" } });
  again.addEventListener("click", () => location.reload());
  language.follow((strings) => {
    title.textContent = strings.unsupported;
    const texts = [strings.unsupportedNeed, strings.unsupportedBrowsers, strings.unsupportedSwitch];
    for (const [i, text] of texts.entries()) lines[i].textContent = text;
    again.textContent = strings.tryAgain;
  });
  const message = element("div", { attributes: { role: "alert" }, children: [title, ...lines] });
  return element("main", { className: "dead-end", children: [message, again, languageSwitch(language)] });
}
