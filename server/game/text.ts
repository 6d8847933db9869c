/**
 * What players write, made fit to show to others: one form per text, nothing invisible, bounded as readers count and as
 * bytes. Idempotent: cleaning twice changes nothing more. Pure.
 */
import { Buffer } from "node:buffer";
import { NAME_BYTES_MAX, NAME_GRAPHEMES_MAX, TEXT_BYTES_MAX, TEXT_GRAPHEMES_MAX } from "../../proto/limits.ts";

/** Marks stacked on one base letter at most (Mn and Me); more is vandalism ("zalgo"), no script needs it. */
const STACKED_MAX = 3;
/** Marks of any kind on one base: Burmese writes three beside a letter and two over it. */
const MARKS_MAX = 6;
/** Runs are cut to this first, since sorting marks (NFC) takes time that grows with the square of a run. */
const RAW_MARKS_MAX = 30;
/** One pass is enough for all but made-up texts: what one step takes away may bring together what another looks for. */
const PASSES_MAX = 4;

/** Printable ASCII, words apart by one space: nothing to clean, and as many characters as bytes. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const SPACES = /\s+/gu;
/**
 * Controls, lone surrogates, unassigned and private characters, line and paragraph separators, bidirectional controls, and
 * everything that Unicode calls invisible, except joiners and the selectors of emoji (see `LOOSE`) and the flags of
 * England, Scotland and Wales, which are written in invisible letters.
 */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points are meant, not what they make together
  /(\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f})|(?:(?![\u200c\u200d\ufe0e\ufe0f])[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800\ufff9-\ufffd])+/gu;
/** Whether there may be anything for the two below; most texts have no mark and no joiner. */
const HAS_MARKS = /[\p{M}\u200c\u200d]/u;
/** Runs that may be too long for one base, or hold two joiners. */
const MARKS = /[\p{M}\u200c\u200d]{4,}|\p{M}*[\u200c\u200d]\p{M}*[\u200c\u200d][\p{M}\u200c\u200d]*/gu;
const RAW_MARKS = new RegExp(`([\\p{M}\\u200c\\u200d]{${RAW_MARKS_MAX}})[\\p{M}\\u200c\\u200d]+`, "gu");
const STACKED = /[\p{Mn}\p{Me}]/u;
const JOINER = /[\u200c\u200d]/u;
/**
 * Joiners and emoji selectors that do nothing where they stand: they would make two names out of one that everybody
 * reads. What is kept is the group: joiners after letters of scripts that are written with them, between the emoji of
 * one picture; selectors after a picture or in a keycap. (RFC 5892 appendix A, Unicode TR51.)
 */
const LOOSE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points are meant, not what they make together
  /(?=[\u200c\u200d\ufe0e\ufe0f])(?:((?<=[\p{scx=Arab}\p{scx=Syrc}\p{scx=Nko}\p{scx=Mong}\p{scx=Adlm}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Tibt}\p{scx=Mymr}\p{scx=Khmr}])[\u200c\u200d]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3))|.)/gu;
const SHOWS_SOMETHING = /(?!\u200c|\u200d)[^\s\p{M}]/u;
/** What always belongs to the character before it; some vowels of these three scripts do not. */
const ATTACHED = /(?:[\p{Mn}\p{Me}\u200c\u200d]|(?![\p{sc=Mymr}\p{sc=Lana}\p{sc=Ahom}])\p{Mc})+/gu;
/** Without any of these every code point is a character of its own (Unicode TR29). */
const CLUSTERS =
  /[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u0d4e\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u{111c2}\u{111c3}]/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A chat line fit to show, or undefined if nothing remains or it is too long. */
export function cleanText(raw: string): string | undefined {
  return clean(raw, TEXT_GRAPHEMES_MAX, TEXT_BYTES_MAX);
}

/** A name fit to show, or undefined if nothing remains or it is too long. */
export function cleanName(raw: string): string | undefined {
  return clean(raw, NAME_GRAPHEMES_MAX, NAME_BYTES_MAX);
}

/** The first characters of a clean text: at most so many, and at most so many bytes; no space at the end. */
export function cutText(text: string, graphemesMax: number, bytesMax: number): string {
  let count = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (++count > graphemesMax || Buffer.byteLength(text.slice(0, index)) + Buffer.byteLength(segment) > bytesMax) {
      return text.slice(0, index).trimEnd();
    }
  }
  return text;
}

function clean(raw: string, graphemesMax: number, bytesMax: number): string | undefined {
  if (PLAIN.test(raw)) return raw.length <= graphemesMax ? raw : undefined;
  // What follows takes time by the character, and nobody who writes has as much again that is taken away.
  if (raw.length > 2 * bytesMax) return undefined;
  const text = settle(raw);
  if (text === undefined || !SHOWS_SOMETHING.test(text)) return undefined;
  // Bytes before characters: finding characters is the dearest step, and this bounds it.
  if (Buffer.byteLength(text) > bytesMax || isLonger(text, graphemesMax)) return undefined;
  return text;
}

/** Cleans until nothing changes. Undefined for a text that will not come to rest: somebody made it for that. */
function settle(raw: string): string | undefined {
  let text = raw;
  for (let i = 0; i < PASSES_MAX; i++) {
    const cleaned = pass(text);
    if (cleaned === text) return text;
    text = cleaned;
  }
  return pass(text) === text ? text : undefined;
}

function pass(raw: string): string {
  // Spaces first, so that a tab or line break becomes a space instead of gluing words together; and again, for spaces
  // that had something invisible between them.
  const visible = raw.replace(SPACES, " ").replace(FORBIDDEN, "$1").replace(SPACES, " ");
  if (!HAS_MARKS.test(visible)) return visible.normalize("NFC").trim();
  const composed = visible.replace(RAW_MARKS, "$1").normalize("NFC");
  return composed.replace(MARKS, cutMarks).replace(LOOSE, "$1").trim();
}

/** Of the marks and joiners on one base: so many marks, and one joiner. */
function cutMarks(run: string): string {
  let kept = "";
  let stacked = 0;
  let marks = 0;
  let hasJoiner = false;
  for (const mark of run) {
    if (JOINER.test(mark)) {
      if (!hasJoiner) kept += mark;
      hasJoiner = true;
      continue;
    }
    const isStacked = STACKED.test(mark);
    if (marks === MARKS_MAX || (isStacked && stacked === STACKED_MAX)) continue;
    marks++;
    if (isStacked) stacked++;
    kept += mark;
  }
  return kept;
}

/** Whether a text has more characters than so many, as readers count them. */
function isLonger(text: string, graphemesMax: number): boolean {
  if (text.length <= graphemesMax) return false;
  if (!CLUSTERS.test(text)) return codePoints(text) > graphemesMax;
  const bases = text.replace(ATTACHED, "");
  // At the very beginning a mark has nothing to belong to.
  const first = bases[0] === text[0] ? 0 : 1;
  if (codePoints(bases) + first <= graphemesMax) return false;
  let count = 0;
  for (const _ of graphemes.segment(text)) if (++count > graphemesMax) return true;
  return false;
}

/** `text` has no lone surrogates. */
function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}
