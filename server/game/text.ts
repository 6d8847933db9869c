/**
 * What players write, made fit to show to others: one form per text, nothing invisible, bounded as readers count and as
 * bytes. Idempotent: cleaning twice changes nothing more. Pure.
 */
import { NAME_BYTES_MAX, NAME_GRAPHEMES_MAX, TEXT_BYTES_MAX, TEXT_GRAPHEMES_MAX } from "../../proto/limits.ts";

/** Marks stacked on one base letter at most; more is vandalism ("zalgo"), no script needs it. */
const MARKS_MAX = 3;

/**
 * Controls, lone surrogates, unassigned and private characters, line and paragraph separators, bidirectional controls, and
 * everything that Unicode calls invisible, except what is written with: the joiners of emoji, Arabic and Indic scripts
 * (U+200C, U+200D) and the variation selectors that choose emoji (U+FE0E, U+FE0F).
 */
const FORBIDDEN =
  /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800\ufff9-\ufffd]/gu;
const EXCESS_MARKS = new RegExp(`(\\p{M}{${MARKS_MAX}})\\p{M}+`, "gu");
const SPACES = /\s+/gu;
const SHOWS_SOMETHING = /(?!\u200c|\u200d)[^\s\p{M}]/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const utf8 = new TextEncoder();

/** A chat line fit to show, or undefined if nothing remains or it is too long. */
export function cleanText(raw: string): string | undefined {
  return clean(raw, TEXT_GRAPHEMES_MAX, TEXT_BYTES_MAX);
}

/** A name fit to show, or undefined if nothing remains or it is too long. */
export function cleanName(raw: string): string | undefined {
  return clean(raw, NAME_GRAPHEMES_MAX, NAME_BYTES_MAX);
}

function clean(raw: string, graphemesMax: number, bytesMax: number): string | undefined {
  // Spaces first, so that a tab or line break becomes a space instead of gluing words together; and again, for spaces
  // that had something invisible between them.
  const visible = raw.replace(SPACES, " ").replace(FORBIDDEN, "").replace(SPACES, " ");
  const text = visible.normalize("NFC").replace(EXCESS_MARKS, "$1").trim();
  if (!SHOWS_SOMETHING.test(text)) return undefined;
  if (utf8.encode(text).length > bytesMax) return undefined;
  let count = 0;
  for (const _ of graphemes.segment(text)) if (++count > graphemesMax) return undefined;
  return text;
}
