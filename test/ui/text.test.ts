/** How the page counts, cuts and wraps text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clipped, countGraphemes, cutText, roomLeft } from "../../client/ui/graphemes.ts";
import { fill, languageFor, STRINGS } from "../../client/ui/strings.ts";
import { isRightToLeft, textLines } from "../../client/view/text-lines.ts";

const FAMILY = "👨‍👩‍👧‍👦";
const graphemesOf = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

describe("characters as readers count them", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["你好", 2],
    ["é", 1],
    ["e\u0301", 1],
    [FAMILY, 1],
    ["👍🏽🏳️‍🌈", 2],
  ])("%j has %i", (text, count) => {
    expect(countGraphemes(text)).toBe(count);
  });

  test("a text is cut between characters, at the limit of characters or of bytes", () => {
    expect(cutText("abc", 3, 3)).toBe("abc");
    expect(cutText("abcd", 3, 80)).toBe("abc");
    expect(cutText("你好吗", 20, 8)).toBe("你好");
    expect(cutText(FAMILY.repeat(3), 20, 60)).toBe(FAMILY.repeat(2));
    expect(cutText(FAMILY, 20, 24)).toBe("");
  });

  test("what a notice quotes ends in dots only if it was cut", () => {
    expect(clipped("Guest 17", 8)).toBe("Guest 17");
    expect(clipped("Guest 17!", 8)).toBe("Guest 17…");
  });

  test("G5 a chat line has room for 280 characters and 1120 bytes", () => {
    expect(roomLeft("")).toBe(280);
    expect(roomLeft("a".repeat(280))).toBe(0);
    expect(roomLeft("a".repeat(281))).toBe(-1);
    expect(roomLeft("𝕏".repeat(280))).toBe(0);
    expect(roomLeft(FAMILY.repeat(44))).toBe(236);
    // 45 families are 1125 bytes: too long for the server, however few characters they are.
    expect(roomLeft(FAMILY.repeat(45))).toBe(-1);
  });
});

describe("lines of a bubble", () => {
  const wrap = (text: string, width = 10, lines = 14) => textLines(text, width, lines, countGraphemes);

  test.each([
    ["hello", ["hello"]],
    ["hello there pond", ["hello", "there pond"]],
    ["abcdefghijklmnop", ["abcdefghij", "klmnop"]],
    ["a abcdefghijklmnop", ["a", "abcdefghij", "klmnop"]],
    ["hello there, pond", ["hello", "there,", "pond"]],
    ["a 很好，我们游泳吧！", ["a 很好，我们游泳", "吧！"]],
    ["saying (all) of", ["saying", "(all) of"]],
    ["   ", []],
    ["", []],
  ])("%j becomes %j", (text, lines) => {
    expect(wrap(text)).toEqual(lines);
  });

  test("more lines than fit end in an ellipsis", () => {
    expect(wrap("aaaaaaaaa bbbbbbbbb ccccccccc", 10, 2)).toEqual(["aaaaaaaaa", "bbbbbbbbb…"]);
  });

  test("Chinese breaks between characters and emoji never inside one", () => {
    expect(wrap("今天天气很好我们去池塘游泳吧", 6).join("")).toBe("今天天气很好我们去池塘游泳吧");
    expect(wrap(FAMILY.repeat(5), 2)).toEqual([FAMILY.repeat(2), FAMILY.repeat(2), FAMILY]);
  });

  test("no line is wider than the bubble and no character is lost (1000 random texts, seed 11)", () => {
    const texts = fc.string({ unit: "grapheme", maxLength: 80 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 12 }), (text, width) => {
        const lines = wrap(text, width, 1000);
        for (const line of lines) expect(graphemesOf(line).length).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(/\s/gu, "")).toBe(text.replaceAll(/\s/gu, ""));
      }),
      { numRuns: 1000, seed: 11 },
    );
  });

  test.each([
    ["שלום", true],
    ["123 مرحبا", true],
    ["hello שלום", false],
    ["你好", false],
    ["!?", false],
  ])("%j runs from right to left: %s", (text, isRtl) => {
    expect(isRightToLeft(text)).toBe(isRtl);
  });
});

describe("the page's words", () => {
  test.each([
    [["zh-CN", "en"], "zh-Hans"],
    [["zh"], "zh-Hans"],
    [["en-GB", "zh"], "en"],
    [["fr", "zh-TW"], "zh-Hans"],
    [["de"], "en"],
    [[], "en"],
  ])("for %j are in %s", (languages, tag) => {
    expect(languageFor(languages)).toBe(tag);
  });

  test("have the same places to fill in every language", () => {
    const places = (text: string) => (text.match(/\{\w+\}/gu) ?? []).sort();
    for (const [key, text] of Object.entries(STRINGS["zh-Hans"])) {
      expect(places(text), key).toEqual(places(STRINGS.en[key as keyof typeof STRINGS.en]));
    }
  });

  test("are filled with values that may look like places themselves", () => {
    expect(fill("“{name}” {count}", { name: "{count}", count: 3 })).toBe("“{count}” 3");
    expect(fill("{missing}!", {})).toBe("!");
  });
});
