/** Text as readers count it: one emoji or one accented letter is one, whatever it takes to encode. */
import { TEXT_BYTES_MAX, TEXT_GRAPHEMES_MAX } from "../../proto/limits.ts";

export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) count++;
  return count;
}

/** The first characters of a text, at most `graphemesMax` of them and `bytesMax` bytes of UTF-8. */
export function cutText(text: string, graphemesMax: number, bytesMax: number): string {
  let graphemes = 0;
  let bytes = 0;
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) {
    graphemes++;
    bytes += utf8Bytes(segment);
    if (graphemes > graphemesMax || bytes > bytesMax) return text.slice(0, index);
  }
  return text;
}

/** A text for a notice: the first `graphemesMax` characters, and dots if there are more. */
export function clipped(text: string, graphemesMax: number): string {
  const cut = cutText(text, graphemesMax, Infinity);
  return cut === text ? text : `${cut}…`;
}

/** Characters that a chat line still has room for; negative if it is too long for the server. */
export function roomLeft(text: string): number {
  const left = TEXT_GRAPHEMES_MAX - countGraphemes(text);
  const bytesOver = utf8Bytes(text) - TEXT_BYTES_MAX;
  return bytesOver > 0 ? Math.min(left, -1) : left;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
