/**
 * Everything over the water: joins chat, panels, map and connection notice, and lays them out. Knows the replica only
 * to read from; what the player does goes out through the options.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { lookOf } from "../entity-look.ts";
import type { ConnectionState, Replica } from "../sync/index.ts";
import { Chat } from "./chat.ts";
import { ConnectionNotice } from "./connection-notice.ts";
import { button, cssColour, element, label } from "./element.ts";
import { helpText } from "./help-text.ts";
import { Hint } from "./hint.ts";
import type { Language } from "./language.ts";
import { languageSwitch } from "./language-switch.ts";
import { LookForm } from "./look-form.ts";
import type { PlayerLook } from "./look-store.ts";
import type { MuteList } from "./mute-list.ts";
import { NearList } from "./near-list.ts";
import { Panel } from "./panel.ts";
import { PondMap, type ShownArea } from "./pond-map.ts";
import { followScreenKeyboard } from "./screen-keyboard.ts";
import { SlowSign } from "./slow-sign.ts";
import { fill, type Strings } from "./strings.ts";

const NEAR_EVERY_MS = 1500;
const NAME_TAKEN = shoal.NoticeCode.NOTICE_CODE_NAME_TAKEN;
/** Given by the server to who gave none. */
const GUEST_NAME = /^Guest \d+$/;

export interface HudOptions {
  readonly language: Language;
  readonly look: PlayerLook;
  /** The room that the page's address names. */
  readonly room: string | undefined;
  readonly storage: Storage | undefined;
  readonly mutes: MuteList;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly replica: () => Replica;
  readonly sendEvent: (event: shoal.ClientEvent.$Properties) => boolean;
  readonly onLook: (look: PlayerLook) => void;
  /** The player does not want to wait for the next try to connect. */
  readonly onRetry: () => void;
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
  readonly #lookForm: LookForm;
  readonly #near: NearList;
  readonly #nearPanel: Panel;
  readonly #map: PondMap;
  readonly #panels: Panel[] = [];
  #nearShownMs = 0;
  #players = 0;
  /** How the player was called when another name was refused; undefined if that is long ago. */
  #nameKept: string | undefined;

  constructor(options: HudOptions) {
    const { language } = options;
    this.#options = options;
    this.#connection = new ConnectionNotice(options);
    this.#hint = new Hint(options);
    this.#slowSign = new SlowSign(language, options.now);
    this.#map = new PondMap(language);
    this.#onlineButton = button("", { className: "pill", children: [this.#onlineText] });
    this.#onlineButton.hidden = true;
    this.#near = new NearList(language, options.mutes, (player) => {
      this.#nearPanel.close();
      this.chat.startWhisper(player);
    });
    this.#nearPanel = this.#panel(this.#onlineButton, ({ near }) => near, this.#near.root);
    this.#lookButton = button("", { className: "round look-button" });
    this.#showLook(options.look);
    this.#lookForm = new LookForm({ language, look: options.look, onChange: (look) => this.#changeLook(look) });
    const lookPanel = this.#panel(this.#lookButton, ({ look }) => look, this.#lookForm.root);
    const helpButton = button("", { className: "round", text: "?" });
    const helpPanel = this.#panel(helpButton, ({ help }) => help, helpText(language));
    this.chat = new Chat({ ...options, onHelp: () => helpPanel.open() });
    language.follow((strings) => {
      this.#showOnline();
      label(this.#lookButton, strings.lookLabel);
      label(helpButton, strings.help);
    });
    this.root = element("div", {
      className: "hud",
      children: [
        element("div", {
          className: "corner is-left",
          children: [element("h1", { text: "Shoal" }), this.#onlineButton, this.#slowSign.root, this.#nearPanel.root],
        }),
        element("div", {
          className: "corner is-right",
          children: [languageSwitch(language), this.#lookButton, helpButton, lookPanel.root, helpPanel.root],
        }),
        this.#map.root,
        this.#hint.root,
        this.chat.root,
        this.#connection.root,
      ],
    });
    followScreenKeyboard(this.root);
  }

  /** True while a panel's field or choice, or the chat that is read, needs the arrow keys. */
  get needsArrowKeys(): boolean {
    return Boolean(document.activeElement?.closest(".panel input, .chat-log"));
  }

  showConnection(state: ConnectionState): void {
    this.#connection.show(state);
    this.#onlineButton.classList.toggle("is-away", state.kind !== "joined");
    this.#slowSign.watch(state.kind === "joined");
    if (state.kind !== "joined") return;
    this.#hint.show();
  }

  /** What the browser knows of the network. */
  noteNetwork(isOffline: boolean): void {
    this.#connection.noteNetwork(isOffline);
    this.#slowSign.noteNetwork(isOffline);
  }

  /** Somebody was muted, or is heard again. */
  refreshMutes(): void {
    this.chat.refreshMutes();
    this.#near.refreshMutes();
  }

  notice(notice: shoal.Notice.$Properties): void {
    this.chat.notice(notice);
    if (notice.code !== NAME_TAKEN) return;
    const name = this.#ownName();
    this.#nameKept = name;
    this.#lookForm.refuseName(GUEST_NAME.test(name) ? "" : name);
  }

  /** The own tadpole's look is new or changed. */
  noteOwnLook(): void {
    if (this.#nameKept === undefined || this.#ownName() === this.#nameKept) return;
    this.#nameKept = undefined;
    this.chat.forgetRefusedName();
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
    this.#players = players ?? 0;
    this.#onlineButton.hidden = false;
    this.#showOnline();
  }

  /** The id of the player whom the list of those near points at, 0 for none. */
  get pointedId(): number {
    return this.#nearPanel.isOpen ? this.#near.pointedId : 0;
  }

  /** Begins a whisper to the tadpole in this slot, if somebody is there. */
  startWhisper(slot: number): void {
    const replica = this.#options.replica();
    const name = lookOf(replica.entity(slot))?.name;
    if (name) this.chat.startWhisper({ id: replica.entityId(slot), name });
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

  #panel(opener: HTMLButtonElement, title: (strings: Strings) => string, content: HTMLElement): Panel {
    const panel = new Panel({
      language: this.#options.language,
      title,
      opener,
      children: [content],
      onOpen: () => {
        this.#nearShownMs = 0;
        // A press closes the others by itself, a key does not.
        for (const other of this.#panels) if (other !== panel) other.close();
      },
      onClose: () => {
        // The panel's field had the focus and is gone; the chat gets it back.
        if (document.activeElement === document.body) this.chat.entry.focusIdle();
      },
    });
    this.#panels.push(panel);
    return panel;
  }

  /** The button's name holds the words on it: who speaks to the computer says what is seen (WCAG 2.5.3). */
  #showOnline(): void {
    const { strings } = this.#options.language;
    const text = fill(strings.online, { count: this.#players });
    this.#onlineText.textContent = text;
    label(this.#onlineButton, `${text}. ${strings.onlineLabel}`);
  }

  #ownName(): string {
    const replica = this.#options.replica();
    return lookOf(replica.entity(replica.ownSlot))?.name ?? "";
  }

  #changeLook(look: PlayerLook): void {
    this.#showLook(look);
    this.#options.onLook(look);
  }

  #showLook({ colour }: PlayerLook): void {
    this.#lookButton.style.setProperty("--look", cssColour(colour));
  }
}
