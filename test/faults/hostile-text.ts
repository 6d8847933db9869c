/** Texts that attack whoever shows them, and texts that people write: seeded, so that a run can be had again. Pure. */

/** Pieces of which hostile texts are put together. */
const PIECES = [
  "a",
  "Z",
  " ",
  "   ",
  "\t",
  "\n",
  "\u0000",
  "\u0007",
  "\u001b[2J",
  "\u007f",
  "\u0085",
  "\u00ad",
  "\u034f",
  "\u061c",
  "\u115f",
  "\u180e",
  "\u200b",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u2028",
  "\u2029",
  "\u202e",
  "\u2066",
  "\u2069",
  "\u2800",
  "\u3164",
  "\ud800",
  "\udfff",
  "\ufdd0",
  "\ufe0f",
  "\ufeff",
  "\uffa0",
  "\ufffc",
  "\uffff",
  "\u{e0001}",
  "\u{e0041}",
  "\u{f0000}",
  "\u{10ffff}",
  "\u0301",
  "\u0301".repeat(100),
  "\u0489",
  "e\u0301",
  "\u00e9",
  "\ufb01",
  "\u0430",
  "\u05d0\u05d1",
  "\u0645\u0631\u062d\u0628\u0627",
  "\u{1f469}\u200d\u{1f4bb}",
  "\u{1f1e9}\u{1f1ea}",
  "<script>",
  "\u0e01\u0e33",
  "\u0915\u094d\u0937\u093f",
] as const;

export function hostileText(random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  if (below(4) === 0) return String.fromCharCode(...Array.from({ length: below(60) }, () => below(0x10000)));
  return Array.from({ length: 1 + below(40) }, () => PIECES[below(PIECES.length)]).join("");
}

const EMOJI = [
  "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}",
  "\u{1f3f3}\ufe0f\u200d\u{1f308}",
  "\u{1f44d}\u{1f3fd}",
  "\u2764\ufe0f",
  "\u{1f1ef}\u{1f1f5}",
];
const WORDS = [
  "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643",
  "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
  "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e23\u0e31\u0e1a",
  "\u0e19\u0e49\u0e33\u0e43\u0e08",
  "\u0928\u092e\u0938\u094d\u0924\u0947",
  "\u0915\u094d\u0937\u0924\u094d\u0930\u093f\u092f",
  "\u4f60\u597d",
  "\u3053\u3093\u306b\u3061\u306f",
  "\u05e9\u05dc\u05d5\u05dd",
  "Ti\u1ebfng Vi\u1ec7t",
];

/** 200 lines that must come out as they went in. */
export const HARMLESS: readonly string[] = Array.from({ length: 200 }, (_, i) => {
  const word = WORDS[i % WORDS.length];
  return i % 2 === 0 ? `${word} ${EMOJI[i % EMOJI.length]}` : `${word} ${WORDS[(i * 3 + 1) % WORDS.length]}`;
});
