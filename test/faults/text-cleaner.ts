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
const MARKS = /\p{M}{4}/u;
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
      if (FORBIDDEN.test(once) || MARKS.test(once)) forbidden++;
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
    const line = `${i} ${"the quick brown fox jumps over the lazy dog ".repeat(7)}`.slice(0, LENGTH_MAX);
    const startMs = performance.now();
    cleanText(line);
    if (i >= WARM) tookUs.push((performance.now() - startMs) * 1000);
  }
  return percentile(tookUs, 0.99);
}
