/**
 * What can be done about the player whom the line is written to, besides writing: shown over the line while a whisper to
 * that player is open. Knows nothing of chat.
 */
import { button, element, label } from "./element.ts";
import type { Language } from "./language.ts";
import type { MuteList, Named } from "./mute-list.ts";
import { fill } from "./strings.ts";

export class PlayerCard {
  readonly root: HTMLElement;
  readonly #language: Language;
  readonly #mutes: MuteList;
  readonly #name = element("bdi", { className: "card-name" });
  readonly #mute: HTMLButtonElement;
  readonly #report: HTMLButtonElement;
  #player: Named | undefined;

  /** `onReport`: the player wants to tell the operators of this one. */
  constructor(language: Language, mutes: MuteList, onReport: (player: Named) => void) {
    this.#language = language;
    this.#mutes = mutes;
    this.#report = button("", {
      className: "small-button",
      onClick: () => this.#player !== undefined && onReport(this.#player),
    });
    this.#mute = muteButton(() => this.#player, mutes);
    this.root = element("div", {
      className: "player-card",
      attributes: { role: "group" },
      children: [this.#name, this.#mute, this.#report],
    });
    this.root.hidden = true;
    language.follow(() => this.refresh());
  }

  show(player: Named): void {
    this.#player = player;
    this.refresh();
    this.root.hidden = false;
  }

  hide(): void {
    this.#player = undefined;
    this.root.hidden = true;
  }

  /** Somebody was muted, or the language changed. */
  refresh(): void {
    const player = this.#player;
    if (player === undefined) return;
    this.#name.textContent = player.name;
    this.root.setAttribute("aria-label", player.name);
    const { strings } = this.#language;
    this.#report.textContent = strings.report;
    label(this.#report, fill(strings.reportName, { name: player.name }));
    sayMute(this.#mute, player, { language: this.#language, mutes: this.#mutes });
  }
}

/** A button that mutes a player, or undoes it. */
export function muteButton(player: () => Named | undefined, mutes: MuteList): HTMLButtonElement {
  return button("", {
    className: "small-button",
    onClick: () => {
      const who = player();
      if (who === undefined) return;
      if (mutes.isMuted(who.id)) mutes.unmute(who);
      else mutes.mute(who);
    },
  });
}

/** Says on such a button what a press does now. */
export function sayMute(
  mute: HTMLButtonElement,
  { id, name }: Named,
  { language: { strings }, mutes }: { readonly language: Language; readonly mutes: MuteList },
): void {
  const isMuted = mutes.isMuted(id);
  mute.textContent = isMuted ? strings.unmute : strings.mute;
  label(mute, fill(isMuted ? strings.unmuteName : strings.muteName, { name }));
}
