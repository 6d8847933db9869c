/**
 * Joins entry, log, names and notices into the chat: lines out become events, events in become lines. Knows nothing
 * of bubbles: the view shows those.
 */

import { shoal } from "../../proto/gen/shoal.js";
import { lookOf } from "../entity-look.ts";
import type { Replica } from "../sync/index.ts";
import { type ChatCommand, type ReportCommand, readChatCommand, type SpokenCommand } from "./chat-command.ts";
import { ChatEntry } from "./chat-entry.ts";
import { ChatLog } from "./chat-log.ts";
import { element } from "./element.ts";
import { clipped, roomLeft } from "./graphemes.ts";
import { KnownNames, whisperLabel } from "./known-names.ts";
import type { Language } from "./language.ts";
import type { MuteList, Named } from "./mute-list.ts";
import { PlayerCard } from "./player-card.ts";
import { fill, type Strings } from "./strings.ts";
import { Toast } from "./toast.ts";
import { UnansweredLines } from "./unanswered-lines.ts";

/** A longest name and a little more: what a notice quotes of a line. */
const QUOTED_MAX = 24;
/** Players of one name that a notice tells apart. */
const LABELS_MAX = 4;

export interface ChatOptions {
  readonly language: Language;
  readonly mutes: MuteList;
  readonly replica: () => Replica;
  /** False if the event could not be queued. */
  readonly sendEvent: (event: shoal.ClientEvent.$Properties) => boolean;
  /** The player asked how to play. */
  readonly onHelp: () => void;
}

export class Chat {
  readonly root: HTMLElement;
  readonly entry: ChatEntry;
  readonly #options: ChatOptions;
  readonly #log: ChatLog;
  readonly #toast = new Toast();
  readonly #names = new KnownNames();
  readonly #unanswered = new UnansweredLines();
  readonly #card: PlayerCard;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#card = new PlayerCard(options.language, options.mutes, (player) => {
      this.entry.open(`/report ${whisperLabel(options.replica(), player)} `);
    });
    this.entry = new ChatEntry({
      language: options.language,
      onLine: (line) => this.#send(line),
      onOpenChange: (isOpen) => !isOpen && this.#card.hide(),
    });
    this.entry.form.append(this.#card.root);
    this.#log = new ChatLog(options.language, (player) => this.startWhisper(player));
    this.root = element("div", {
      className: "chat",
      children: [this.#log.list, this.#toast.root, this.entry.form],
    });
  }

  startWhisper(player: Named): void {
    this.entry.open(`/w ${whisperLabel(this.#options.replica(), player)} `);
    this.#card.show(player);
  }

  /** Somebody was muted, or is heard again. */
  refreshMutes(): void {
    this.#log.hide((id) => this.#options.mutes.isMuted(id));
    this.#card.refresh();
  }

  /** A new session began: ids of the one before mean nothing now. */
  restart(): void {
    this.#names.forget();
    this.#unanswered.forget();
  }

  hear(said: shoal.Said.$Properties): void {
    const replica = this.#options.replica();
    const fromId = said.fromId ?? 0;
    const fromName = said.fromName ?? "";
    const isOwn = fromId === replica.entityId(replica.ownSlot);
    const isWhisper = said.scope === shoal.Scope.SCOPE_WHISPER;
    const isWhisperOut = isWhisper && isOwn;
    if (isOwn) this.#unanswered.heard(said.text ?? "");
    this.#names.hear(fromId, fromName);
    if (this.#options.mutes.isMuted(fromId) && !isOwn) return;
    if (isWhisperOut) this.#names.hear(said.toId ?? 0, said.toName ?? "");
    const shownId = isWhisperOut ? (said.toId ?? 0) : fromId;
    this.#log.add({
      scope: isWhisperOut
        ? "whisper-out"
        : isWhisper
          ? "whisper-in"
          : said.scope === shoal.Scope.SCOPE_ROOM
            ? "room"
            : "nearby",
      id: shownId,
      name: isWhisperOut ? (said.toName ?? "") : fromName,
      colour: lookOf(replica.entity(replica.slotOfId(shownId)))?.colour ?? undefined,
      isOwn,
      text: said.text ?? "",
    });
  }

  /** So many lines were said that the page will not get. */
  noteLost(count: number): void {
    // The answers to own lines may be among them: which, nobody knows.
    this.#unanswered.forget();
    this.#log.add({ scope: "lost", id: 0, name: "", colour: undefined, isOwn: true, text: "", count });
  }

  /** Once a frame: shows what was heard since the last. */
  draw(): void {
    this.#log.flush();
  }

  notice({ code }: shoal.Notice.$Properties): void {
    const { strings } = this.#options.language;
    switch (code) {
      case shoal.NoticeCode.NOTICE_CODE_CHAT_TOO_FAST:
        this.#giveBack(strings.noticeTooFast);
        return;
      case shoal.NoticeCode.NOTICE_CODE_BAD_TEXT:
        this.#giveBack(strings.noticeBadText);
        return;
      case shoal.NoticeCode.NOTICE_CODE_BAD_LOOK:
        this.#toast.show(strings.noticeBadLook);
        return;
      case shoal.NoticeCode.NOTICE_CODE_NAME_TAKEN:
        this.#toast.show(strings.noticeNameTaken);
        return;
      case shoal.NoticeCode.NOTICE_CODE_REPORTED:
        this.#unanswered.answered();
        this.#toast.show(strings.noticeReported);
        return;
      case shoal.NoticeCode.NOTICE_CODE_REPORT_TOO_FAST:
        this.#giveBack(strings.noticeReportTooFast);
        return;
      case shoal.NoticeCode.NOTICE_CODE_NOBODY_THERE:
        this.#giveBack(strings.noticeNobody);
        return;
      case shoal.NoticeCode.NOTICE_CODE_ROOM_BUSY:
        this.#toast.show(strings.noticeRoomBusy);
        return;
      default:
        // A code of a newer server has no words here.
        return;
    }
  }

  /** The player has another name by now. */
  forgetRefusedName(): void {
    this.#toast.takeBack(this.#options.language.strings.noticeNameTaken);
  }

  #send(line: string): boolean {
    const { language, replica, sendEvent, mutes } = this.#options;
    const { strings } = language;
    const command = readChatCommand(line, [...this.#names.list(replica(), mutes.list())]);
    switch (command.kind) {
      case "nothing":
        return true;
      case "unknown-name":
        return this.#refuse(unknownNameText(strings, command));
      case "nobody":
        return this.#refuse(strings.noticeNoName);
      case "mute":
        mutes.mute(command.player);
        this.#toast.show(fill(strings.noticeMuted, { name: command.player.name }));
        return true;
      case "unmute":
        mutes.unmute(command.player);
        this.#toast.show(fill(strings.noticeUnmuted, { name: command.player.name }));
        return true;
      case "several": {
        const labels = command.labels.slice(0, LABELS_MAX).join(", ");
        return this.#refuse(fill(strings.noticeSeveral, { name: command.name, labels }));
      }
      case "self":
        return this.#refuse(strings.noticeSelf);
      case "unknown-command":
        return this.#refuse(fill(strings.noticeUnknownCommand, { command: clipped(command.command, QUOTED_MAX) }));
      case "incomplete":
        return this.#refuse(strings.noticeIncomplete);
      case "help":
        this.#options.onHelp();
        return true;
      case "report":
      case "say":
      case "shout":
      case "whisper": {
        const left = roomLeft(command.text);
        if (left < 0) return this.#refuse(fill(strings.noticeTooLong, { count: -left }));
        if (!sendEvent(eventOf(command))) return this.#refuse(strings.noticeNotSent);
        this.#unanswered.add({ line, text: command.text });
        return true;
      }
      default:
        return command satisfies never;
    }
  }

  /** The server has refused the oldest line that it had not answered yet. */
  #giveBack(text: string): void {
    this.#toast.show(text);
    const line = this.#unanswered.answered();
    if (line !== undefined) this.entry.giveBack(line);
  }

  #refuse(text: string): false {
    this.#toast.show(text);
    return false;
  }
}

function unknownNameText(strings: Strings, command: ChatCommand & { readonly kind: "unknown-name" }): string {
  const name = clipped(command.name, QUOTED_MAX);
  const { like } = command;
  return like === undefined
    ? fill(strings.noticeUnknownName, { name })
    : fill(strings.noticeUnknownNameLike, { name, like });
}

function eventOf(command: SpokenCommand | ReportCommand): shoal.ClientEvent.$Properties {
  const { text } = command;
  if (command.kind === "report") return { report: { aboutId: command.aboutId, words: text } };
  if (command.kind === "whisper") return { whisper: { toId: command.toId, text } };
  return command.kind === "say" ? { say: { text } } : { shout: { text } };
}
