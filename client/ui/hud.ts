/**
 * Everything over the water: joins chat, panels, map and connection notice, and lays them out. Knows the replica only
 * to read from; what the player does goes out through the options.
 */
import type { shoal } from "../../proto/gen/shoal.js";
import type { ConnectionState, Replica } from "../sync/index.ts";
import { Chat } from "./chat.ts";
import { ConnectionNotice } from "./connection-notice.ts";
import { button, cssColour, element } from "./element.ts";
import { helpText } from "./help-text.ts";
import { Hint } from "./hint.ts";
import { LookForm } from "./look-form.ts";
import type { PlayerLook } from "./look-store.ts";
import { NearList } from "./near-list.ts";
import { Panel } from "./panel.ts";
import { PondMap, type ShownArea } from "./pond-map.ts";
import { SlowSign } from "./slow-sign.ts";
import { fill, type Strings } from "./strings.ts";

const NEAR_EVERY_MS = 1500;

export interface HudOptions {
  readonly strings: Strings;
  readonly look: PlayerLook;
  /** The room that the page's address names. */
  readonly room: string | undefined;
  readonly storage: Storage | undefined;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly replica: () => Replica;
  readonly sendEvent: (event: shoal.ClientEvent.$Properties) => boolean;
  readonly onLook: (look: PlayerLook) => void;
}

export class Hud {
  readonly root: HTMLElement;
  readonly chat: Chat;
  readonly #options: HudOptions;
  readonly #connection: ConnectionNotice;
  readonly #hint: Hint;
  readonly #slowSign: SlowSign;
  readonly #onlineButton: HTMLButtonElement;
  readonly #onlineText = element("span");
  readonly #lookButton: HTMLButtonElement;
  readonly #near: NearList;
  readonly #nearPanel: Panel;
  readonly #map: PondMap;
  #nearShownMs = 0;

  constructor(options: HudOptions) {
    const { strings } = options;
    this.#options = options;
    this.#connection = new ConnectionNotice(strings, options.room);
    this.#hint = new Hint(options);
    this.#slowSign = new SlowSign(strings, options.now);
    this.#map = new PondMap(strings.map);
    this.#onlineButton = button(strings.onlineLabel, { className: "pill", children: [this.#onlineText] });
    this.#onlineButton.hidden = true;
    this.#near = new NearList(strings, (player) => {
      this.#nearPanel.close();
      this.chat.startWhisper(player);
    });
    this.#nearPanel = this.#panel(this.#onlineButton, strings.near, this.#near.root);
    this.#lookButton = button(strings.lookLabel, { className: "round look-button" });
    this.#showLook(options.look);
    const helpButton = button(strings.help, { className: "round", text: "?" });
    const helpPanel = this.#panel(helpButton, strings.help, helpText(strings));
    this.chat = new Chat({ ...options, onHelp: () => helpPanel.open() });
    const lookForm = new LookForm({ strings, look: options.look, onChange: (look) => this.#changeLook(look) });
    this.root = element("div", {
      className: "hud",
      children: [
        element("div", {
          className: "corner is-left",
          children: [element("h1", { text: "Shoal" }), this.#onlineButton, this.#slowSign.root, this.#nearPanel.root],
        }),
        element("div", {
          className: "corner is-right",
          children: [
            this.#lookButton,
            helpButton,
            this.#panel(this.#lookButton, strings.look, lookForm.root).root,
            helpPanel.root,
          ],
        }),
        this.#map.root,
        this.#hint.root,
        this.chat.root,
        this.#connection.root,
      ],
    });
  }

  /** True while a panel's field or choice needs the arrow keys. */
  get isEditing(): boolean {
    return document.activeElement instanceof HTMLInputElement && document.activeElement.closest(".panel") !== null;
  }

  showConnection(state: ConnectionState): void {
    this.#connection.show(state);
    this.#onlineButton.classList.toggle("is-away", state.kind !== "joined");
    this.#slowSign.watch(state.kind === "joined");
    if (state.kind !== "joined") return;
    this.chat.restart();
    this.#hint.show();
  }

  /** A frame came from the server. */
  hearFrame(): void {
    this.#slowSign.hear();
  }

  /** The player swims, and so knows how. */
  noteSwim(): void {
    this.#hint.done();
  }

  showOnline({ players }: shoal.Online.$Properties): void {
    this.#onlineButton.hidden = false;
    this.#onlineText.textContent = fill(this.#options.strings.online, { count: players ?? 0 });
  }

  /** Once a frame; most of it is done more rarely. `shown`: the part of the world on the screen. */
  draw(shown: ShownArea, nowMs: number): void {
    const replica = this.#options.replica();
    this.chat.draw();
    this.#map.draw(replica, shown, nowMs);
    if (!this.#nearPanel.isOpen || nowMs - this.#nearShownMs < NEAR_EVERY_MS) return;
    this.#nearShownMs = nowMs;
    this.#near.show(replica);
  }

  #panel(opener: HTMLButtonElement, title: string, content: HTMLElement): Panel {
    return new Panel({
      title,
      closeLabel: this.#options.strings.close,
      opener,
      children: [content],
      onOpen: () => {
        this.#nearShownMs = 0;
      },
      onClose: () => {
        // The panel's field had the focus and is gone; the chat gets it back.
        if (document.activeElement === document.body) this.chat.entry.focusIdle();
      },
    });
  }

  #changeLook(look: PlayerLook): void {
    this.#showLook(look);
    this.#options.onLook(look);
  }

  #showLook({ colour }: PlayerLook): void {
    this.#lookButton.style.setProperty("--look", cssColour(colour));
  }
}
