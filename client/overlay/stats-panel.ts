/** The numbers of the connection and of the drawing, with graphs. Shows what it is given; measures nothing. */
import { element } from "../ui/element.ts";
import { Graph } from "./graph.ts";
import { bytesPerSecond } from "./quantity.ts";
import { GRAPHED, type GraphedMeasure, LISTED, type Measure, PARTS, type Reading } from "./reading.ts";
import type { Words } from "./words.ts";

/** Shows one part of a reading. */
type Show = (reading: Reading) => void;

export class StatsPanel {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #graphs: Graph[] = [];
  readonly #shows: Show[] = [];

  /** `close`: the button that closes it all. */
  constructor(words: Words, close: HTMLButtonElement) {
    this.#words = words;
    const head = element("header", { children: [words.tell(element("h2"), "network"), close] });
    const graphed = element("dl", { className: "overlay-graphs", children: GRAPHED.map((one) => this.#tile(one)) });
    const listed = element("dl", { className: "overlay-list", children: LISTED.map((one) => this.#row(one)) });
    this.root = element("section", {
      className: "overlay-panel is-stats",
      children: [head, graphed, ...this.#parts(), listed],
    });
    words.name(this.root, "network");
  }

  show(reading: Reading): void {
    for (const show of this.#shows) show(reading);
  }

  /** Graphs begin anew. */
  clear(): void {
    for (const graph of this.#graphs) graph.clear();
  }

  #tile(measure: GraphedMeasure): HTMLElement {
    const write = (top: number): string => {
      const { text, unit } = measure.write(top, this.#words.strings);
      return `${text.replace(/\.0$/, "")} ${unit}`;
    };
    const graph = new Graph({ topMin: measure.topMin, label: write });
    this.#graphs.push(graph);
    this.#shows.push((reading) => graph.add(measure.read(reading)));
    return element("div", { children: [...this.#term(measure), graph.root] });
  }

  #row(measure: Measure): HTMLElement {
    return element("div", { children: this.#term(measure) });
  }

  /** What is measured, and the number with its unit. */
  #term({ label, read, write }: Measure): HTMLElement[] {
    const number = element("span", { className: "overlay-number" });
    const unit = element("span", { className: "overlay-unit" });
    this.#shows.push((reading) => {
      const quantity = write(read(reading), this.#words.strings);
      say(number, quantity.text);
      say(unit, quantity.unit);
    });
    return [this.#words.tell(element("dt"), label), element("dd", { children: [number, " ", unit] })];
  }

  /** A bar of all that comes, cut by what it is for, and the numbers to it. */
  #parts(): HTMLElement[] {
    const bar = element("div", { className: "overlay-bar", attributes: { "aria-hidden": "true" } });
    const rows = PARTS.map(({ part, label }) => {
      const piece = element("span", { className: `is-${part}` });
      bar.append(piece);
      this.#shows.push(({ rates }) => {
        const share = rates.partBytes[part];
        piece.style.flexGrow = String(Number.isFinite(share) ? share : 0);
      });
      const row = this.#row({ label, read: ({ rates }) => rates.partBytes[part], write: bytesPerSecond });
      row.classList.add(`is-${part}`);
      return row;
    });
    const title = this.#words.tell(element("h3"), "parts");
    return [title, bar, element("dl", { className: "overlay-list is-parts", children: rows })];
  }
}

/** Text that stays the same is not written: nothing to lay out anew. */
function say(shown: HTMLElement, text: string): void {
  if (shown.textContent !== text) shown.textContent = text;
}
