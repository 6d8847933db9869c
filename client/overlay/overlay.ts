/**
 * The network made visible: numbers and graphs, a simulator of bad lines, and the server's positions beside those that
 * are shown. Loaded when first wanted; closed, it runs nothing.
 */
import "./overlay.css";
import type { SyncClient } from "../sync/index.ts";
import { button, label } from "../ui/element.ts";
import type { Language } from "../ui/language.ts";
import { Ghosts } from "../view/ghosts.ts";
import type { PondView } from "../view/pond-view.ts";
import { FrameTimes } from "./frame-times.ts";
import type { PassThrough } from "./pass-through.ts";
import { Rates } from "./rates.ts";
import { Simulator } from "./simulator.ts";
import { SimulatorPanel } from "./simulator-panel.ts";
import { StatsPanel } from "./stats-panel.ts";
import { Words } from "./words.ts";

/** Nobody reads faster. */
const SHOW_EVERY_MS = 250;
/** What Escape closes before the overlay. */
const CLOSES_FIRST = ".panel:not([hidden]), .chat-entry.is-open";

export interface OverlayParts {
  /** What the client's connections go through. */
  readonly line: PassThrough;
  readonly client: SyncClient;
  readonly view: PondView;
  readonly language: Language;
  /** Where to show it. */
  readonly parent: HTMLElement;
  /** It was closed: whoever wants the focus may take it. */
  readonly onClose: () => void;
}

export class Overlay {
  readonly #parts: OverlayParts;
  readonly #root = document.createElement("div");
  readonly #stats: StatsPanel;
  readonly #simulator: Simulator;
  readonly #simulatorPanel: SimulatorPanel;
  readonly #rates = new Rates();
  #frameTimes = new FrameTimes();
  #ghosts: Ghosts | undefined;
  /** Undefined while it is closed. */
  #listeners: AbortController | undefined;
  #frame = 0;
  #shownMs = 0;

  constructor(parts: OverlayParts) {
    const { line, language } = parts;
    this.#parts = parts;
    const words = new Words(language);
    this.#simulator = new Simulator(line, () => performance.now());
    const close = button("", { className: "panel-close", text: "×", onClick: () => this.close() });
    words.follow((strings) => label(close, `${strings.close} (F3)`));
    this.#stats = new StatsPanel(words, close);
    this.#simulatorPanel = new SimulatorPanel({
      words,
      onConditions: (conditions) => {
        this.#simulator.suffer(conditions);
        if (this.#simulatorPanel.isTruthWanted) this.#simulator.requireTruth();
      },
      onCut: () => line.cut(),
      onTruth: () => this.#showGhosts(),
    });
    this.#root.className = "overlay";
    this.#root.append(this.#stats.root, this.#simulatorPanel.root);
    this.#root.addEventListener("keydown", keepKeysOfFields);
  }

  toggle(): void {
    if (this.#listeners === undefined) this.open();
    else this.close();
  }

  open(): void {
    if (this.#listeners !== undefined) return;
    const listeners = new AbortController();
    const { signal } = listeners;
    this.#listeners = listeners;
    this.#frameTimes = new FrameTimes();
    this.#simulator.listen();
    this.#parts.parent.append(this.#root);
    // Before the page's own listeners: they close what Escape is for first, and then it would not be seen any more.
    window.addEventListener("keydown", (event) => this.#handleKey(event), { signal, capture: true });
    document.addEventListener("visibilitychange", () => this.#frameTimes.skipPause(), { signal });
    this.#showGhosts();
    this.#frame = requestAnimationFrame(this.#draw);
  }

  close(): void {
    if (this.#listeners === undefined) return;
    cancelAnimationFrame(this.#frame);
    this.#listeners.abort();
    this.#listeners = undefined;
    this.#root.remove();
    this.#hideGhosts();
    // What is simulated goes on, and the truth with it: it cannot be picked up again in the middle of a connection.
    if (this.#simulator.conditions === undefined) this.#simulator.stopListening();
    this.#rates.restart();
    this.#stats.clear();
    this.#parts.onClose();
  }

  readonly #draw = (nowMs: number): void => {
    this.#frameTimes.add(nowMs);
    if (nowMs - this.#shownMs >= SHOW_EVERY_MS) {
      this.#shownMs = nowMs;
      this.#show(nowMs);
    }
    this.#frame = requestAnimationFrame(this.#draw);
  };

  #show(nowMs: number): void {
    const { network, replica } = this.#parts.client;
    this.#stats.show({
      stats: network,
      rates: this.#rates.measure(network, nowMs),
      fps: this.#frameTimes.perS,
      longestFrameMs: this.#frameTimes.takeLongestMs(),
      longFrames: this.#frameTimes.longFrames,
      inView: replica.visibleCount,
    });
    this.#simulatorPanel.showTruth(this.#ghosts);
  }

  #showGhosts(): void {
    const { client, view } = this.#parts;
    this.#hideGhosts();
    if (!this.#simulatorPanel.isTruthWanted) return;
    this.#simulator.requireTruth();
    this.#ghosts = view.addLayer((scene) => new Ghosts(scene, () => this.#simulator.truth(client.replica)));
  }

  #hideGhosts(): void {
    if (this.#ghosts !== undefined) this.#parts.view.removeLayer(this.#ghosts);
    this.#ghosts = undefined;
    this.#simulatorPanel.showTruth(undefined);
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    if (this.#parts.parent.querySelector(CLOSES_FIRST) === null) this.close();
  }
}

/** Arrow keys that move a slider or a choice must not steer. */
function keepKeysOfFields(event: KeyboardEvent): void {
  const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (isField && event.key !== "F3") event.stopPropagation();
}
