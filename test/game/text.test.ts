import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanName, cleanText } from "../../server/game/text.ts";

describe("text", () => {
  test.each([
    ["中文名字", "中文名字"],
    ["مرحبا بالعالم", "مرحبا بالعالم"],
    ["नमस्ते", "नमस्ते"],
    ["ภาษาไทย", "ภาษาไทย"],
    ["👨‍👩‍👧‍👦 👍🏽 🏳️‍🌈", "👨‍👩‍👧‍👦 👍🏽 🏳️‍🌈"],
    ["می‌خواهم", "می‌خواهم"],
    ["e\u0301", "é"],
  ])("G2 leaves %s readable", (raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  test.each([
    ["a\u202eb", "ab"],
    ["a\u0000b\u0007", "ab"],
    ["a\u2028b", "a b"],
    ["a \t\r\n b", "a b"],
    ["\ufeffa\u200b", "a"],
    ["\ud800x", "x"],
    [`z${"\u0301\u0302\u0303\u0304\u0305"}`, "ź\u0302\u0303\u0304"],
    ["<b>&amp;\"'", "<b>&amp;\"'"],
    ["Ada\u{e0041}", "Ada"],
    ["A\u2800d\u034fa\u180b", "Ada"],
    ["a\ue000b\ufffdc", "abc"],
    ["\u2764\ufe0f", "\u2764\ufe0f"],
  ])("G2 cleans %j to %j", (raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  test("G2 names count characters as readers do, and bytes", () => {
    expect(cleanName("é".repeat(20))).toBe("é".repeat(20));
    expect(cleanName("é".repeat(21))).toBeUndefined();
    expect(cleanName("𝕏".repeat(20))).toBe("𝕏".repeat(20));
    expect(cleanName("👍🏽".repeat(11))).toBeUndefined();
    expect(cleanName("\u200d\u200d")).toBeUndefined();
  });

  test("G2 cleaning twice is cleaning once, and nothing forbidden comes out", () => {
    const wild = fc.string({ unit: "binary", maxLength: 60 });
    const nasty = fc.constantFrom("\u202e", "\u200b", "\u0301", "\ud800", "\u0000", " ", "a", "👍", "\u200d", "\u2067");
    const texts = fc.oneof(
      wild,
      fc.array(nasty, { maxLength: 40 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (raw) => {
        const once = cleanText(raw);
        if (once === undefined) return;
        expect(cleanText(once)).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u);
        expect(once).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 20_000, seed: 7 },
    );
  });
});
