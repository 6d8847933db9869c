/**
 * What a chat line asks for: `/w name words` to one player, `/s words` to the room, `/mute name` or `/block name`, `/unmute name`,
 * `/report name words`, `/help`; a line that begins with two slashes says one; anything else goes to those nearby. No other
 * line that begins with a slash is said: it was meant for one player or for the page. Pure: the caller knows the names.
 */

/** A line that someone is to hear. */
export type SpokenCommand =
  | { readonly kind: "say" | "shout"; readonly text: string }
  | { readonly kind: "whisper"; readonly toId: number; readonly text: string };

/** What the operators are to know of a player; the words may be none. */
export interface ReportCommand {
  readonly kind: "report";
  readonly aboutId: number;
  readonly text: string;
}

export type ChatCommand =
  | SpokenCommand
  | ReportCommand
  | { readonly kind: "help" }
  | { readonly kind: "mute" | "unmute"; readonly player: KnownName }
  /** A slash and a word that means nothing here. */
  | { readonly kind: "unknown-command"; readonly command: string }
  /** A command that lacks its words. */
  | { readonly kind: "incomplete" }
  /** A command that lacks a name. */
  | { readonly kind: "nobody" }
  /** To a name that nobody known has. `name`: what was meant as one; `like`: a known name that begins so, if there is one. */
  | { readonly kind: "unknown-name"; readonly name: string; readonly like: string | undefined }
  /** To a name that several in sight have. `labels` tell them apart. */
  | { readonly kind: "several"; readonly name: string; readonly labels: readonly string[] }
  /** To the player's own name. */
  | { readonly kind: "self" }
  /** A line without words. */
  | { readonly kind: "nothing" };

export interface KnownName {
  readonly id: number;
  readonly name: string;
  readonly place: "in-sight" | "heard" | "self";
}

/** `known`: everyone that may be meant, the likelier first. */
export function readChatCommand(line: string, known: readonly KnownName[]): ChatCommand {
  // Chinese input methods write the slash full width.
  const trimmed = line.trim().replace(/^／/u, "/");
  if (trimmed === "") return { kind: "nothing" };
  if (/^\/[/／]/u.test(trimmed)) return { kind: "say", text: trimmed.slice(1) };
  const command = /^\/\S*/u.exec(trimmed)?.[0];
  if (command === undefined) return { kind: "say", text: trimmed };
  const rest = trimmed.slice(command.length).trim();
  const named = rest.normalize("NFC");
  switch (command.toLowerCase()) {
    case "/help":
      return { kind: "help" };
    case "/s":
    case "/shout":
      return rest === "" ? { kind: "incomplete" } : { kind: "shout", text: rest };
    case "/w":
    case "/whisper":
      return rest === "" ? { kind: "incomplete" } : readWhisper(named, known);
    case "/mute":
    case "/block":
      return rest === "" ? { kind: "nobody" } : readMute("mute", named, known);
    case "/unmute":
    case "/unblock":
      return rest === "" ? { kind: "nobody" } : readMute("unmute", named, known);
    case "/report":
      return rest === "" ? { kind: "nobody" } : readReport(named, known);
    default:
      return { kind: "unknown-command", command };
  }
}

/** How a player is told from others of the same name. */
export function labelOf({ id, name }: { readonly id: number; readonly name: string }): string {
  return `${name}#${id}`;
}

function readWhisper(rest: string, known: readonly KnownName[]): ChatCommand {
  const addressed = readName(rest, known);
  if (addressed.kind !== "player") return addressed;
  const { player, text } = addressed;
  return text === "" ? { kind: "incomplete" } : { kind: "whisper", toId: player.id, text };
}

function readMute(kind: "mute" | "unmute", rest: string, known: readonly KnownName[]): ChatCommand {
  const addressed = readName(rest, known);
  if (addressed.kind !== "player") return addressed;
  const { player, text } = addressed;
  // Words behind it are none of this command's: another name was meant.
  return text === "" ? { kind, player } : { kind: "unknown-name", name: rest, like: player.name };
}

function readReport(rest: string, known: readonly KnownName[]): ChatCommand {
  const addressed = readName(rest, known);
  if (addressed.kind !== "player") return addressed;
  return { kind: "report", aboutId: addressed.player.id, text: addressed.text };
}

type Addressed =
  | { readonly kind: "player"; readonly player: KnownName; readonly text: string }
  | Extract<ChatCommand, { readonly kind: "unknown-name" | "several" | "self" }>;

/** Names may hold spaces: the longest known name, or name and number, that the line starts with is meant. */
function readName(rest: string, known: readonly KnownName[]): Addressed {
  let length = 0;
  let meant: KnownName[] = [];
  for (const candidate of known) {
    const matched = [labelOf(candidate), candidate.name].find((start) => startsWithName(rest, start))?.length ?? 0;
    if (matched === 0 || matched < length) continue;
    if (matched > length) meant = [];
    length = matched;
    meant.push(candidate);
  }
  const [first] = meant.filter(({ place }) => place !== "self");
  if (first === undefined) return meant.length > 0 ? { kind: "self" } : unknownName(rest, known);
  const inSight = meant.filter(({ place }) => place === "in-sight");
  if (inSight.length > 1) return { kind: "several", name: rest.slice(0, length), labels: inSight.map(labelOf) };
  return { kind: "player", player: inSight[0] ?? first, text: rest.slice(length).trim() };
}

function startsWithName(rest: string, name: string): boolean {
  const start = rest.slice(0, name.length);
  const next = rest.slice(name.length, name.length + 1);
  return start.toLowerCase() === name.toLowerCase() && (next === "" || /\s/u.test(next));
}

/** What was meant as a name, of all the words that follow it: as many as some known name begins with, or the first. */
function unknownName(rest: string, known: readonly KnownName[]): Addressed {
  const words = rest.split(/\s+/u);
  for (let count = words.length; count > 0; count--) {
    const start = words.slice(0, count).join(" ");
    const like = known.find(({ name, place }) => place !== "self" && startsWith(name, start));
    if (like !== undefined) return { kind: "unknown-name", name: start, like: like.name };
  }
  const isGuest = words.length > 1 && /^guest$/iu.test(words[0]) && /^\d+$/u.test(words[1]);
  return { kind: "unknown-name", name: words.slice(0, isGuest ? 2 : 1).join(" "), like: undefined };
}

function startsWith(name: string, start: string): boolean {
  return name.toLowerCase().startsWith(start.toLowerCase());
}
