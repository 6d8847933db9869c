/**
 * What of the page shows the words of strangers, as one script for a browser test: the parts themselves, without a server
 * that would clean and slow down what they are given.
 */
import { ChatLog } from "../../client/ui/chat-log.ts";
import { element } from "../../client/ui/element.ts";
import { Language } from "../../client/ui/language.ts";
import { MuteList } from "../../client/ui/mute-list.ts";
import { NearList } from "../../client/ui/near-list.ts";
import { PlayerCard } from "../../client/ui/player-card.ts";
import { fill } from "../../client/ui/strings.ts";
import { Toast } from "../../client/ui/toast.ts";
import { fakeReplica } from "../ui/fake-replica.ts";

/** Shows each text as a name and as a line, wherever names and lines are shown. Returns the kinds of elements made. */
export function showAll(texts: readonly string[]): string[] {
  const language = new Language({ preferred: ["en"], storage: undefined });
  const mutes = new MuteList({ storage: undefined, room: "", onChange: () => {} });
  const log = new ChatLog(language, () => {});
  const near = new NearList(language, mutes, () => {});
  const card = new PlayerCard(language, mutes, () => {});
  const toast = new Toast();
  const root = element("div", { children: [log.list, near.root, card.root, toast.root] });
  document.body.append(root);
  const kinds = new Set<string>();
  const scopes = ["nearby", "room", "whisper-in", "whisper-out"] as const;
  for (let from = 0; from < texts.length; from += 40) {
    const some = texts.slice(from, from + 40);
    for (const [i, text] of some.entries()) {
      log.add({ scope: scopes[i % 4], id: i + 2, name: text, colour: 0x66ccff, isOwn: false, text });
      toast.show(fill(language.strings.noticeUnknownName, { name: text }));
      card.show({ id: i + 2, name: text });
      mutes.note(i + 2, text);
      mutes.mute({ id: i + 2, name: text });
    }
    log.flush();
    near.show(fakeReplica([{ id: 1, name: "Ada" }, ...some.map((name, i) => ({ id: i + 2, name: sendable(name) }))]));
    for (const { tagName } of root.querySelectorAll("*")) kinds.add(tagName);
    // What is there as text is there in full.
    const shown = [...root.querySelectorAll(".chat-text")].slice(-some.length).map(({ textContent }) => textContent);
    for (const [i, text] of some.entries())
      if (shown[i] !== text) throw new Error(`not as text: ${JSON.stringify(text)}`);
  }
  root.remove();
  return [...kinds].sort();
}

/** As a name comes over the wire, which carries no lone surrogates. */
function sendable(name: string): string {
  return name.replace(/\p{Cs}/gu, "");
}
