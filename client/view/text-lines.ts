/**
 * Breaks words into lines as wide as a bubble. Breaks between words where the language has them (by Unicode rules, so
 * Chinese, Japanese and Thai break too), inside a word only if it is wider than a whole line, never inside what a
 * reader counts as one character, and no line begins with a comma or ends with an opening bracket. Pure: the caller
 * measures.
 */

/** `measure` gives the width of a text in the unit of `widthMax`. More than `linesMax` lines end in an ellipsis. */
export function textLines(
  text: string,
  widthMax: number,
  linesMax: number,
  measure: (text: string) => number,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words(text)) {
    if (measure(line + word.trimEnd()) <= widthMax) {
      line += word;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trim());
    line = word.trimStart();
    if (measure(line) <= widthMax) continue;
    const pieces = brokenWord(line, widthMax, measure);
    line = pieces.pop() ?? "";
    lines.push(...pieces);
  }
  if (line.trim() !== "") lines.push(line.trim());
  if (lines.length <= linesMax) return lines;
  const kept = lines.slice(0, linesMax);
  kept[linesMax - 1] += "…";
  return kept;
}

/** True if the first letter that has a direction runs from right to left (Hebrew, Arabic and their kin). */
export function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text);
  return letter !== null && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(letter[0]);
}

function brokenWord(word: string, widthMax: number, measure: (text: string) => number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const grapheme of segments(word, "grapheme")) {
    if (piece !== "" && measure(piece + grapheme) > widthMax) {
      pieces.push(piece);
      piece = "";
    }
    piece += grapheme;
  }
  pieces.push(piece);
  return pieces;
}

/** Marks that stay with the word before them: closing brackets and quotes, commas, full stops and their kin. */
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}]$/u;
/** Brackets and quotes that stay with the word behind them. */
const OPENING = /^[\p{Ps}\p{Pi}]$/u;

/** Words with the marks that open and close them; spaces and all else are words of their own. */
function* words(text: string): Generator<string> {
  let word = "";
  for (const segment of segments(text, "word")) {
    if (OPENING.test(word) || (word.trim() !== "" && CLOSING.test(segment))) {
      word += segment;
      continue;
    }
    if (word !== "") yield word;
    word = segment;
  }
  if (word !== "") yield word;
}

/** Words, and the spaces and punctuation between them, each a segment of its own; or graphemes. */
function* segments(text: string, granularity: "word" | "grapheme"): Generator<string> {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity }).segment(text)) yield segment;
}
