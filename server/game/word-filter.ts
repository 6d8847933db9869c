/**
 * Masks words that nobody wants to read. A filter is any function from a clean text to the text that is shown; the one here
 * is for an operator's own list in any language. Knows nothing of players.
 */
import { foldCharacter } from "./look-alikes.ts";

/** What is shown of a clean text. Pure; must not throw: a throw is the failure of the room that it is in. */
export type FilterText = (text: string) => string;

/** From the first of a text's UTF-16 units that are masked to the one after the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Letters, digits and marks: what a word is made of. */
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
/** Scripts that are written without spaces: there every place is a word's border. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;
/** Accents that belong to no script: what is written over a letter to hide the word. */
const ACCENT = /^\p{sc=Zinh}$/u;
/** Marks and joiners behind a masked character belong to it. */
const ATTACHED = /^[\p{M}\u200c\u200d]+/u;
/** Folded characters that are remembered: those of a few scripts. */
const FOLDED_MAX = 4096;

export const noFilter: FilterText = (text) => text;

/** The cleaned text as the filter leaves it; cleaned again if it changed anything, because filters come from anywhere. */
export function filtered(
  raw: string,
  clean: (raw: string) => string | undefined,
  filter: FilterText,
): string | undefined {
  const text = clean(raw);
  if (text === undefined) return undefined;
  const shown = filter(text);
  return shown === text ? text : clean(shown);
}

/**
 * Masks the words of a list, whatever their case, form or look-alike letters. A word matches whole words only, but in
 * scripts without spaces wherever it stands.
 */
export function wordListFilter(words: readonly string[]): FilterText {
  const fold = rememberingFold();
  const root: Branch = { next: new Map(), isWord: false };
  for (const word of words) addWord(root, [...word.normalize("NFC")].map(fold).join(""));
  return (text) => {
    const ranges = findWords(root, text, fold);
    return ranges.length === 0 ? text : mask(text, ranges);
  };
}

/** One after the other. */
export function chainFilters(filters: readonly FilterText[]): FilterText {
  if (filters.length === 0) return noFilter;
  return (text) => filters.reduce((filtered, filter) => filter(filtered), text);
}

/** The words of a list by their folded UTF-16 units. */
interface Branch {
  readonly next: Map<string, Branch>;
  isWord: boolean;
}

function addWord(root: Branch, folded: string): void {
  let branch = root;
  for (let i = 0; i < folded.length; i++) {
    let next = branch.next.get(folded[i]);
    if (next === undefined) {
      next = { next: new Map(), isWord: false };
      branch.next.set(folded[i], next);
    }
    branch = next;
  }
  // A word of nothing would be everywhere.
  if (branch !== root) branch.isWord = true;
}

function findWords(root: Branch, text: string, fold: (character: string) => string): Range[] {
  // One character may fold to several units ("m" looks like "rn"): each unit knows where its character is.
  const characters = [...text];
  const units: string[] = [];
  const characterOf: number[] = [];
  for (let i = 0; i < characters.length; i++) {
    const folded = fold(characters[i]);
    for (let k = 0; k < folded.length; k++) {
      units.push(folded[k]);
      characterOf.push(i);
    }
  }
  const ranges: Range[] = [];
  let offset = 0;
  let counted = 0;
  for (let at = 0; at < units.length; at++) {
    const first = characterOf[at];
    if (!root.next.has(units[at]) || characterOf[at - 1] === first || !isBorder(characters, first)) continue;
    const last = longestWord(root, units, at, (end) => {
      if (characterOf[end + 1] === characterOf[end]) return false;
      let next = characterOf[end] + 1;
      while (next < characters.length && ACCENT.test(characters[next])) next++;
      return isBorder(characters, next);
    });
    if (last < 0) continue;
    for (; counted < first; counted++) offset += characters[counted].length;
    let end = offset;
    for (let i = first; i <= characterOf[last]; i++) end += characters[i].length;
    ranges.push({ start: offset, end });
    at = last;
  }
  return ranges;
}

/** The last unit of the longest word that begins at `at` and may end where it does, -1 if there is none. */
function longestWord(root: Branch, units: readonly string[], at: number, mayEnd: (end: number) => boolean): number {
  let longest = -1;
  let branch: Branch | undefined = root;
  for (let i = at; i < units.length; i++) {
    branch = branch.next.get(units[i]);
    if (branch === undefined) return longest;
    if (branch.isWord && mayEnd(i)) longest = i;
  }
  return longest;
}

/** Whether a word may begin or end before the character at `index`. */
function isBorder(characters: readonly string[], index: number): boolean {
  const before = characters[index - 1];
  const after = characters[index];
  if (before === undefined || after === undefined) return true;
  if (!WORD_CHARACTER.test(before) || !WORD_CHARACTER.test(after)) return true;
  return UNSPACED.test(before) || UNSPACED.test(after);
}

/** Each character of the ranges, with its marks, becomes an asterisk. Ranges are sorted by start and may overlap. */
export function mask(text: string, ranges: readonly Range[]): string {
  let masked = "";
  let done = 0;
  for (const { start, end } of ranges) {
    masked += text.slice(done, Math.max(done, start));
    const from = Math.max(done, start);
    if (end <= from) continue;
    masked += "*".repeat([...text.slice(from, end).replace(/[\p{M}\u200c\u200d]/gu, "")].length);
    done = end + (ATTACHED.exec(text.slice(end))?.[0].length ?? 0);
  }
  return masked + text.slice(done);
}

function rememberingFold(): (character: string) => string {
  const folded = new Map<string, string>();
  return (character) => {
    const known = folded.get(character);
    if (known !== undefined) return known;
    if (folded.size === FOLDED_MAX) folded.clear();
    const form = foldCharacter(character);
    folded.set(character, form);
    return form;
  };
}
