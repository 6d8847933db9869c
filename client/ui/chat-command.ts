/**
 * What a chat line asks for: `/w name words` to one player, `/s words` to the room, `/help`; a line that begins with
 * two slashes says one; anything else goes to those nearby. No other line that begins with a slash is said: it was
 * meant for one player or for the page. Pure: the caller knows the names.
 */

/** A line that someone is to hear. */
export type SpokenCommand =
  | { readonly kind: "say" | "shout"; readonly text: string }
  | { readonly kind: "whisper"; readonly toId: number; readonly text: string };

export type ChatCommand =
  | SpokenCommand
  | { readonly kind: "help" }
  /** A slash and a word that means nothing here. */
  | { readonly kind: "unknown-command"; readonly command: string }
  /** A command that lacks its words. */
  | { readonly kind: "incomplete" }
  /** `/w` to a name that nobody known has. `name`: all that was written, because names may hold spaces. */
  | { readonly kind: "unknown-name"; readonly name: string }
  /** `/w` to a name that several in sight have. `labels` tell them apart. */
  | { readonly kind: "several"; readonly name: string; readonly labels: readonly string[] }
  | { readonly kind: "whisper-to-self" }
  /** A line without words. */
  | { readonly kind: "nothing" };

export interface KnownName {
  readonly id: number;
  readonly name: string;
  readonly place: "in-sight" | "heard" | "self";
}

/** `known`: everyone that may be meant, the likelier first. */
export function readChatCommand(line: string, known: Iterable<KnownName>): ChatCommand {
  // Chinese input methods write the slash full width.
  const trimmed = line.trim().replace(/^／/u, "/");
  if (trimmed === "") return { kind: "nothing" };
  if (/^\/[/／]/u.test(trimmed)) return { kind: "say", text: trimmed.slice(1) };
  const command = /^\/\S*/u.exec(trimmed)?.[0];
  if (command === undefined) return { kind: "say", text: trimmed };
  const rest = trimmed.slice(command.length).trim();
  switch (command.toLowerCase()) {
    case "/help":
      return { kind: "help" };
    case "/s":
    case "/shout":
      return rest === "" ? { kind: "incomplete" } : { kind: "shout", text: rest };
    case "/w":
    case "/whisper":
      return rest === "" ? { kind: "incomplete" } : readWhisper(rest.normalize("NFC"), known);
    default:
      return { kind: "unknown-command", command };
  }
}

/** How a player is told from others of the same name. */
export function labelOf({ id, name }: { readonly id: number; readonly name: string }): string {
  return `${name}#${id}`;
}

/** Names may hold spaces: the longest known name, or name and number, that the line starts with is meant. */
function readWhisper(rest: string, known: Iterable<KnownName>): ChatCommand {
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
  if (first === undefined) return meant.length > 0 ? { kind: "whisper-to-self" } : { kind: "unknown-name", name: rest };
  const inSight = meant.filter(({ place }) => place === "in-sight");
  if (inSight.length > 1) return { kind: "several", name: rest.slice(0, length), labels: inSight.map(labelOf) };
  const text = rest.slice(length).trim();
  return text === "" ? { kind: "incomplete" } : { kind: "whisper", toId: (inSight[0] ?? first).id, text };
}

function startsWithName(rest: string, name: string): boolean {
  const start = rest.slice(0, name.length);
  const next = rest.slice(name.length, name.length + 1);
  return start.toLowerCase() === name.toLowerCase() && (next === "" || /\s/u.test(next));
}
