/**
 * What a chat line asks for: `/w name words` to one player, `/s words` to the room, anything else to those nearby.
 * Pure: the caller knows the names.
 */

/** A line that someone is to hear. */
export type SpokenCommand =
  | { readonly kind: "say" | "shout"; readonly text: string }
  | { readonly kind: "whisper"; readonly toId: number; readonly text: string };

export type ChatCommand =
  | SpokenCommand
  /** `/w` to a name that nobody known has. */
  | { readonly kind: "unknown-name"; readonly name: string }
  /** A line without words. */
  | { readonly kind: "nothing" };

export interface KnownName {
  readonly id: number;
  readonly name: string;
}

/** `known`: everyone that may be whispered to, the likelier first. */
export function readChatCommand(line: string, known: Iterable<KnownName>): ChatCommand {
  const trimmed = line.trim();
  const command = /^\/(s|w)(?:\s+|$)/iu.exec(trimmed);
  if (command === null) return trimmed === "" ? { kind: "nothing" } : { kind: "say", text: trimmed };
  const rest = trimmed.slice(command[0].length);
  if (rest === "") return { kind: "nothing" };
  return command[1].toLowerCase() === "s" ? { kind: "shout", text: rest } : readWhisper(rest, known);
}

/** Names may hold spaces: the longest known name that the line starts with is meant. */
function readWhisper(rest: string, known: Iterable<KnownName>): ChatCommand {
  let best: KnownName | undefined;
  for (const candidate of known) {
    if (startsWithName(rest, candidate.name) && candidate.name.length > (best?.name.length ?? 0)) best = candidate;
  }
  if (best === undefined) return { kind: "unknown-name", name: rest.split(/\s/u, 1)[0] };
  const text = rest.slice(best.name.length).trim();
  return text === "" ? { kind: "nothing" } : { kind: "whisper", toId: best.id, text };
}

function startsWithName(rest: string, name: string): boolean {
  const start = rest.slice(0, name.length);
  const next = rest.slice(name.length, name.length + 1);
  return start.toLowerCase() === name.toLowerCase() && (next === "" || /\s/u.test(next));
}
