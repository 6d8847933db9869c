/** Who is near: a list of names, each a button that begins a whisper. Brought up to date while it is seen. */
import type { Replica } from "../sync/index.ts";
import { button, cssColour, element } from "./element.ts";
import { fill, type Strings } from "./strings.ts";

const ROWS_MAX = 40;

export class NearList {
  readonly root = element("ul", { className: "near-list" });
  readonly #strings: Strings;
  readonly #onName: (name: string) => void;
  /** What the list shows now: it is built again only if that changed, so that a click does not miss. */
  #shown = "";

  constructor(strings: Strings, onName: (name: string) => void) {
    this.#strings = strings;
    this.#onName = onName;
  }

  show(replica: Replica): void {
    const looks: { name: string; colour: number }[] = [];
    for (let i = 0; i < replica.visibleCount && looks.length < ROWS_MAX; i++) {
      const slot = replica.visible[i];
      const look = replica.entity(slot)?.tadpole?.look;
      if (look && slot !== replica.ownSlot) looks.push({ name: look.name ?? "", colour: look.colour ?? 0 });
    }
    looks.sort((a, b) => a.name.localeCompare(b.name));
    const shown = JSON.stringify(looks);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const empty = element("li", { className: "near-empty", text: this.#strings.nobodyNear });
    this.root.replaceChildren(...(looks.length === 0 ? [empty] : looks.map((look) => this.#row(look))));
  }

  #row({ name, colour }: { readonly name: string; readonly colour: number }): HTMLElement {
    const row = button(fill(this.#strings.reply, { name }), { text: name, onClick: () => this.#onName(name) });
    row.style.setProperty("--speaker", cssColour(colour));
    row.setAttribute("dir", "auto");
    return element("li", { children: [row] });
  }
}
