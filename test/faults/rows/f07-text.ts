/** F7: lines as nobody means them: what comes out is clean, stays so, and costs next to nothing; what people write comes out unharmed. */
import { cleanMany } from "../decoder-process.ts";
import { atMost, exactly } from "../figure.ts";
import type { Row } from "../row.ts";

const STRINGS = 100_000;
const SEED = 11;

export const text: Row = {
  id: "F7",
  title: "unicode tricks in names and lines (seed 11)",
  control: { without: "cleanText", misses: ["with a forbidden code point"] },
  async run(context) {
    const cleaned = await cleanMany({
      kind: "text",
      count: context.isControl ? 2000 : context.count(STRINGS),
      seed: SEED,
      without: context.options.control?.without,
    });
    return [
      exactly(0, `thrown of ${cleaned.count} random strings`, cleaned.thrown),
      exactly(0, "changed again by cleaning twice", cleaned.unstable),
      exactly(0, "with a forbidden code point, or more than 3 marks on a base", cleaned.forbidden),
      exactly(0, "longer than 280 characters or 1120 bytes", cleaned.tooLong),
      atMost(50, "cleaning 280 characters, p99", cleaned.p99Us, "us"),
      exactly(0, `changed of ${cleaned.samples} samples of emoji, Arabic, Thai, Devanagari and others`, cleaned.harmed),
    ];
  },
};
