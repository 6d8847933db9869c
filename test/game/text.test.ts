import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanName, cleanText, cutText } from "../../server/game/text.ts";
import { ServerHarness } from "../session/server-harness.ts";

/** More for a night: FUZZ_RUNS=1000000 npx vitest run test/game/text.test.ts */
const FUZZ_RUNS = Number(process.env["FUZZ_RUNS"] ?? 20_000);

/** What never comes out: controls, bidi controls, separators, surrogates, and what nobody sees. */
const NEVER =
  /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u00ad\u2060-\u2064\u115f\u1160\u3164\uffa0\u2800\ufeff]/u;
const TOO_MANY_MARKS = /[\p{Mn}\p{Me}]{4}|\p{M}{7}/u;

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

  test.each([
    ["a joiner between letters", "Ad\u200da", "Ada"],
    ["a non-joiner at the end", "Ada\u200c", "Ada"],
    ["a selector behind a letter", "A\ufe0fda", "Ada"],
    ["joiners in a row behind an Arabic letter", "م\u200c\u200c\u200dی", "م\u200cی"],
    ["marks that joiners part", `a${"\u0316\u0317\u0318\u200d".repeat(9)}b`, "a\u0316\u0317\u0318b"],
    ["a hundred marks", `a${"\u0316".repeat(100)}`, "a\u0316\u0316\u0316"],
    ["letters that nobody sees", "a\u3164\u115f\uffa0b", "ab"],
    ["an invisible flag", "\u{1f3f4}\u{e0061}\u{e007f}", "\u{1f3f4}"],
    ["a joiner that a cut of marks leaves alone", "क\u0334\u0334\u0334\u094d\u200d", "क\u0334\u0334\u0334"],
  ])("G2 takes away %s", (_, raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  test("G2 a line of 64 KiB in one character, or twice as long as a line may be, is refused before it is cleaned", () => {
    expect(cleanText(`a${"\u0301".repeat(32_768)}`)).toBeUndefined();
    expect(cleanName(`क${"\u0947".repeat(159)}`)).toBe(`क${"\u0947".repeat(3)}`);
    expect(cleanName(`क${"\u0947".repeat(160)}`)).toBeUndefined();
    expect(cleanText(`x${"\u200b".repeat(2239)}`)).toBe("x");
    expect(cleanText(`x${"\u200b".repeat(2240)}`)).toBeUndefined();
  });

  test.each([
    ["280 emoji of 4 bytes", "🐸".repeat(280), true],
    ["281 emoji", "🐸".repeat(281), false],
    ["280 letters with marks that do not compose", "x\u0316".repeat(280), true],
    ["281 of them", "x\u0316".repeat(281), false],
    ["140 flags of two code points", "🇨🇦".repeat(140), true],
    ["280 Chinese characters", "好".repeat(280), true],
    ["281 of them", "好".repeat(281), false],
    ["1121 bytes in 40 characters", "👨‍👩‍👧‍👦".repeat(44) + "abcde".repeat(5), false],
  ])("G5 %s", (_, text, isSaid) => {
    expect(cleanText(text)).toBe(isSaid ? text : undefined);
  });

  test("cuts at whole characters, by their number and their bytes, and leaves no space at the end", () => {
    expect(cutText("ab cd", 3, 80)).toBe("ab");
    expect(cutText("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 20, 30)).toBe("👨‍👩‍👧‍👦");
    expect(cutText("short", 20, 80)).toBe("short");
  });

  test("G2 cleaning twice is cleaning once, and nothing forbidden comes out", () => {
    const wild = fc.string({ unit: "binary", maxLength: 60 });
    const nasty = fc.constantFrom(
      ..."\u202e \u200b \u0301 \ud800 \u0000 a 👍 \u200d \u2067 \u200c \ufe0f \u094d क م \u{1f3fd} \u{1f1e6} \u1100 \u1161 \u0344 \u0958".split(
        " ",
      ),
      " ",
      "\u3000",
      "\u2028",
    );
    const texts = fc.oneof(
      wild,
      fc.array(nasty, { maxLength: 40 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (raw) => {
        const once = cleanText(raw);
        if (once === undefined) return;
        expect(cleanText(once)).toBe(once);
        expect(once).not.toMatch(NEVER);
        expect(once).not.toMatch(TOO_MANY_MARKS);
        expect(once.normalize("NFC")).toBe(once);
      }),
      { numRuns: FUZZ_RUNS, seed: 7 },
    );
  });
});

describe("scripts as they are written", () => {
  const ARABIC =
    "السلام عليكم|صباح الخير|كيف حالك؟|شكرًا جزيلًا|مع السلامة|أهلًا وسهلًا|بِسْمِ اللَّهِ|مُحَمَّد|لَا إِلَٰهَ|القُرْآن|می‌خواهم|نمی‌دانم|کتاب‌ها|خانه‌ای|رفته‌ام|این‌جا|هم‌چنین|اُردُو زبان|پاکستان|ہم‌سایہ|ئۇيغۇرچە|كوردی‌یە|۱۲۳۴|ﻻ إله|طفلٌ صغيرٌ|مدرسةٌ|أنتِ|هُنَاكَ|يَوْمًا|بیت‌المقدس|علی‌رضا|مرحبا، أهلا؛ نعم؟|سؤال|رئيس|شيء|إنْ شاء الله|عبدُالله|ﷺ|نەورۆز|سڀ ڪجھه|پښتو|ڪتاب|ټول|ښه|آب|آن‌ها|بچه‌ها|دانش‌آموز|نیم‌فاصله|گفت‌وگو";
  const THAI =
    "สวัสดีครับ|ขอบคุณค่ะ|ภาษาไทย|กรุงเทพฯ|น้ำ|ผู้ใหญ่|เด็กๆ|ที่นี่|เมื่อวานนี้|ไม่เป็นไร|ก๋วยเตี๋ยว|ต้มยำกุ้ง|เชียงใหม่|ปู่ย่าตายาย|ศิลปะ|กตัญญู|สิทธิ์|พิพิธภัณฑ์|วันจันทร์|โทรศัพท์|คอมพิวเตอร์|อร่อยมาก|รักเธอ|ฝนตก|แม่น้ำ|หิมะ|ป้า|ปิ๊ง|กู้|ซื้อ|ชื่อ|มือถือ|ยี่สิบ|ห้าสิบ|๑๒๓|ญี่ปุ่น|ฐานะ|ฏีกา|ณ เดช|ฤดู|ทฤษฎี|จ๋าจ๊ะ|โอ๊ย|อึ้ง|ปั๊ม|ตั๋ว|เก้าอี้|ผีเสื้อ|ที่รัก|ก็ได้";
  const INDIC =
    "नमस्ते|धन्यवाद|कैसे हो?|हिन्दी|संस्कृतम्|क्षत्रिय|ज्ञान|श्रीमान्|विद्या|द्वार|राष्ट्र|क्‍ष|र्‍य|कृष्ण|ऋषि|ॐ|अँधेरा|हँसना|ज़िन्दगी|फ़िल्म|पढ़ना|मराठी भाषा|दुःख|आत्मा|मुंबई|१२३|लक्ष्मी|स्त्री|उद्‌गम|বাংলা|ধন্যবাদ|র‍্যাব|কৎবেল|ਪੰਜਾਬੀ|ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ|ગુજરાતી|ଓଡ଼ିଆ|தமிழ்|நன்றி|తెలుగు|ధన్యవాదాలు|ಕನ್ನಡ|ನಮಸ್ಕಾರ|മലയാളം|നന്ദി|අයුබෝවන්|ශ්‍රී ලංකා|ක්‍රීඩා|မြန်မာ|မျှော်လင့်ချက်";
  const EMOJI =
    "👨‍👩‍👧‍👦|👩‍🚀|👩🏽‍🚀|🏳️‍🌈|🏴‍☠️|❤️‍🔥|👁️‍🗨️|🧑‍🤝‍🧑|👩‍❤️‍💋‍👨|🤦🏿‍♂️|🇨🇦|🇯🇵🇫🇷|1️⃣|#️⃣|*️⃣|☎️|☺︎|✌🏻|👍🏽|🏴󠁧󠁢󠁥󠁮󠁧󠁿|🏴󠁧󠁢󠁳󠁣󠁴󠁿|🏴󠁧󠁢󠁷󠁬󠁳󠁿|🐻‍❄️|🧑🏾‍🎄|👨🏻‍🦱|🙋🏼‍♀️|💂‍♀️|🐦‍⬛|😶‍🌫️|😮‍💨|🫱🏻‍🫲🏿|🧜🏽‍♂️|👯‍♀️|🕵️‍♀️|⛹🏿‍♀️|🏋️‍♂️|⚕️|♾️|©️|™️|〰️|㊗️|🀄|🃏|🧑‍⚕️|👩‍⚖️|👨‍✈️|🧔🏻‍♀️|👪|🫠";
  const samples = [ARABIC, THAI, INDIC, EMOJI].flatMap((list) => list.split("|"));

  test("G2 200 words and emoji come out as they went in, as lines and as names", () => {
    expect(samples).toHaveLength(200);
    const harmed = samples.filter((sample) => cleanText(sample.normalize("NFC")) !== sample.normalize("NFC"));
    expect(harmed.map((sample) => `${sample} ${hexOf(sample)} became ${hexOf(cleanText(sample) ?? "")}`)).toEqual([]);
    expect(samples.filter((sample) => cleanName(sample) !== cleanText(sample))).toEqual([]);
  });
});

describe("bytes that are no text", () => {
  /** A client frame that says these bytes. */
  const saying = (bytes: readonly number[]) => [
    0x2a,
    bytes.length + 4,
    0x0a,
    bytes.length + 2,
    0x0a,
    bytes.length,
    ...bytes,
  ];

  test.each([
    ["overlong", [0xc0, 0x80, 0x61]],
    ["overlong in three bytes", [0xe0, 0x80, 0xaf, 0x61]],
    ["a surrogate in UTF-8", [0xed, 0xa0, 0x80, 0x61]],
    ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80, 0x61]],
    ["a byte that never is", [0xff, 0x61]],
    ["cut short", [0x61, 0xf0, 0x9f]],
    ["a tail without a head", [0x80, 0x61]],
  ])("G2 a line of bad UTF-8 (%s) ends the connection or says nothing forbidden", (_, bytes) => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    server.receive(ada.connection, Uint8Array.from(saying(bytes)));
    server.tick(2, bao);
    for (const line of bao.heard()) expect(line).toBe("Ada: a");
    if (ada.connection.closed !== undefined) expect(ada.connection.closed.code).toBe(4500);
    expect(server.failures).toEqual([]);
    // Good ones are said: the bytes above are what differs.
    server.receive(bao.connection, Uint8Array.from(saying([0x62])));
    server.tick(2, bao);
    expect(bao.heard()).toContain("Bao: b");
  });
});

function hexOf(text: string): string {
  return [...text].map((character) => character.codePointAt(0)?.toString(16)).join(" ");
}
