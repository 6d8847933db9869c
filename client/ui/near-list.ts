/**
 * Who is near: a list of names, the nearest first, each a button that begins a whisper, with another that mutes. Kept up to
 * date while it is seen.
 */
import { lookOf } from "../entity-look.ts";
import type { Replica } from "../sync/index.ts";
import { labelOf } from "./chat-command.ts";
import { button, cssColour, element } from "./element.ts";
import type { Language } from "./language.ts";
import type { MuteList } from "./mute-list.ts";
import { muteButton, sayMute } from "./player-card.ts";
import { fill } from "./strings.ts";

const ROWS_MAX = 40;

export interface NearPlayer {
  readonly id: number;
  readonly name: string;
  /** The name, and the id where several near have that name. */
  readonly label: string;
  /** 0xRRGGBB. */
  readonly colour: number;
}

export class NearList {
  readonly root = element("ul", { className: "near-list" });
  readonly #language: Language;
  readonly #mutes: MuteList;
  readonly #onPlayer: (player: NearPlayer) => void;
  /** Says on each row whether its player is muted. */
  #sayMutes: (() => void)[] = [];
  /** What the list shows now: it is built again only if that changed, so that a click does not miss. */
  #shown = "";

  constructor(language: Language, mutes: MuteList, onPlayer: (player: NearPlayer) => void) {
    this.#language = language;
    this.#mutes = mutes;
    this.#onPlayer = onPlayer;
    language.follow(() => {
      this.#shown = "";
    });
  }

  /** Somebody was muted or is heard again: said in place, because the button for it may be under the pointer. */
  refreshMutes(): void {
    for (const say of this.#sayMutes) say();
  }

  /** The id of the player whose row a pointer or the keyboard is on, 0 for none. */
  get pointedId(): number {
    return Number(this.root.querySelector<HTMLElement>("button:is(:hover, :focus-visible)")?.dataset["id"] ?? 0);
  }

  /** Everyone moves, so the order changes often: a list that a pointer is over or a key is in stays as it is. */
  show(replica: Replica): void {
    const isInUse = this.root.querySelector("button:is(:hover, :focus)") !== null;
    if (isInUse && this.#shown !== "") return;
    const players = nearestPlayers(replica);
    const shown = JSON.stringify(players);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#sayMutes = [];
    const empty = element("li", { className: "near-empty", text: this.#language.strings.nobodyNear });
    this.root.replaceChildren(...(players.length === 0 ? [empty] : players.map((player) => this.#row(player))));
  }

  #row(player: NearPlayer): HTMLElement {
    const { id, label, colour } = player;
    const row = button(fill(this.#language.strings.reply, { name: label }), {
      children: [element("bdi", { text: label })],
      attributes: { "data-id": String(id) },
      onClick: () => this.#onPlayer(player),
    });
    row.style.setProperty("--speaker", cssColour(colour));
    const mute = muteButton(() => player, this.#mutes);
    mute.dataset["id"] = String(id);
    const root = element("li", { children: [row, mute] });
    const say = (): void => {
      root.classList.toggle("is-muted", this.#mutes.isMuted(id));
      sayMute(mute, { id, name: label }, { language: this.#language, mutes: this.#mutes });
    };
    this.#sayMutes.push(say);
    say();
    return root;
  }
}

/** The other players in view, the nearest to the own tadpole first, at most as many as the list shows. */
export function nearestPlayers(replica: Replica): NearPlayer[] {
  const { ownSlot, drawX, drawY } = replica;
  const found: { id: number; name: string; colour: number; distance: number }[] = [];
  const namesakes = new Map<string, number>();
  for (let i = 0; i < replica.visibleCount; i++) {
    const slot = replica.visible[i];
    const look = lookOf(replica.entity(slot));
    if (!look) continue;
    const name = look.name ?? "";
    namesakes.set(name.toLowerCase(), (namesakes.get(name.toLowerCase()) ?? 0) + 1);
    if (slot === ownSlot) continue;
    const distance = Math.hypot(drawX[slot] - drawX[ownSlot], drawY[slot] - drawY[ownSlot]);
    found.push({ id: replica.entityId(slot), name, colour: look.colour ?? 0, distance });
  }
  found.sort((a, b) => a.distance - b.distance);
  return found.slice(0, ROWS_MAX).map(({ id, name, colour }) => {
    const isAlone = namesakes.get(name.toLowerCase()) === 1;
    return { id, name, label: isAlone ? name : labelOf({ id, name }), colour };
  });
}
