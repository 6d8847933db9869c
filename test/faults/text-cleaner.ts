/** Runs in a process of its own: the product's cleaning over hostile texts, judged by rules of its own. */
import { performance } from "node:perf_hooks";
import { seededRandom } from "../../proto/random.ts";
import { cleanName, cleanText } from "../../server/game/text.ts";
import { percentile } from "./figure.ts";
import { HARMLESS, hostileText } from "./hostile-text.ts";

export interface CleanOrder {
  readonly kind: "text";
  readonly count: number;
  readonly seed: number;
}

export interface Cleaned {
  readonly count: number;
  readonly thrown: number;
  readonly unstable: number;
  readonly forbidden: number;
  readonly tooLong: number;
  readonly p99Us: number;
  readonly samples: number;
  readonly harmed: number;
}

/** Controls, lone surrogates, line ends, direction overrides, and what shows nothing but joiners and variation selectors. */
const FORBIDDEN =
  /\u034f|[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u00ad\u115f\u180e\u200b\u2060\u2800\u3164\ufeff\uffa0\u{e0000}-\u{e0fff}]/u;
/** The flags of England, Scotland and Wales are written in letters that are forbidden elsewhere. */
const FLAGS = /\u{1f3f4}[\u{e0061}-\u{e007a}]{5}\u{e007f}/gu;
/** Marks on one base, one over another. */
const MARKS = /[\p{Mn}\p{Me}]{4}/u;
const WORDS = [
  "the quick brown fox ",
  "d\u00e9j\u00e0 vu na\u00efve ",
  "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643 ",
  "\u4f60\u597d\u4e16\u754c ",
];
const TIMED = 5000;
const WARM = 500;
const LENGTH_MAX = 280;
const BYTES_MAX = 1120;

process.once("message", (order: CleanOrder) => {
  process.send?.(judge(order));
  process.disconnect();
});

function judge({ count, seed }: CleanOrder): Cleaned {
  const random = seededRandom(seed);
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
  let [thrown, unstable, forbidden, tooLong] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const raw = hostileText(random);
    const clean = i % 2 === 0 ? cleanText : cleanName;
    try {
      const once = clean(raw);
      if (once === undefined) continue;
      if (clean(once) !== once) unstable++;
      if (FORBIDDEN.test(once.replace(FLAGS, "")) || MARKS.test(once)) forbidden++;
      if ([...graphemes.segment(once)].length > LENGTH_MAX || Buffer.byteLength(once) > BYTES_MAX) tooLong++;
    } catch {
      thrown++;
    }
  }
  const harmed = HARMLESS.filter((line) => cleanText(line) !== line.normalize("NFC")).length;
  return { count, thrown, unstable, forbidden, tooLong, p99Us: timed(), samples: HARMLESS.length, harmed };
}

/** The longest lines there are, each another one. */
function timed(): number {
  const tookUs: number[] = [];
  for (let i = 0; i < WARM + TIMED; i++) {
    const line = `${i} ${WORDS[i % WORDS.length].repeat(LENGTH_MAX)}`.slice(0, LENGTH_MAX);
    const startMs = performance.now();
    cleanText(line);
    if (i >= WARM) tookUs.push((performance.now() - startMs) * 1000);
  }
  return percentile(tookUs, 0.99);
}
