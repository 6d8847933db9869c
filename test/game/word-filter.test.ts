import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { englishFilter } from "../../server/game/english-filter.ts";
import { pondGame } from "../../server/game/pond.ts";
import { chainFilters, noFilter, wordListFilter } from "../../server/game/word-filter.ts";
import { readWordsFile } from "../../server/game/words-file.ts";
import { ServerHarness } from "../session/server-harness.ts";

const english = englishFilter();

describe("the English filter", () => {
  test.each([
    ["what the fuck", "what the ****"],
    ["FUCK off", "**** off"],
    ["fuuuuuck", "********"],
    ["you sh1t", "you ****"],
    ["ｆｕｃｋ", "****"],
    ["nothing wrong here", "nothing wrong here"],
  ])("G11 shows %j as %j", (text, shown) => {
    expect(english(text)).toBe(shown);
  });

  test.each([
    "Scunthorpe",
    "class",
    "classic assassin assesses the grass",
    "Essex and Sussex",
    "a cocktail in Cockermouth",
    "analysis of the canal",
    "therapist",
    "Matsushita",
    "pen is mightier",
    "button, mutton, glutton",
    "I passed the basement",
    "shiitake",
    "Penistone",
    "cumulative document",
    "Dickens, Hitchcock",
    "arsenal parsed",
    "title, constitution",
    "peacock, woodcock",
    "Saturday night",
    "مرحبا بالجميع",
    "今天天气很好",
    "नमस्ते दुनिया",
    "👨‍👩‍👧‍👦 🏳️‍🌈",
  ])("G11 leaves %j alone", (text) => {
    expect(english(text)).toBe(text);
  });

  test("G11 filtering twice is filtering once", () => {
    for (const text of ["what the fuck", "fuuuck shit", "a fuck\u0301 b"])
      expect(english(english(text))).toBe(english(text));
  });
});

describe("a list of words", () => {
  const list = wordListFilter(["Scheiße", "дурак", "傻瓜", "ばか", "ควาย", "böse sache", "aff"]);

  test.each([
    ["so eine Scheiße!", "so eine *******!"],
    ["SCHEISSE", "********"],
    ["ты дурак?", "ты *****?"],
    ["ты дypaк?", "ты *****?"], // two letters are Latin
    ["ДУРАК", "*****"],
    ["你这个傻瓜啊", "你这个**啊"],
    ["おばかさん", "お**さん"],
    ["เจ้าควายเอ๋ย", "เจ้า****เอ๋ย"],
    ["eine böse Sache, das", "eine **********, das"],
    ["aff aff", "*** ***"],
    ["ａｆｆ", "***"],
    ["aff\u0302!", "***!"],
  ])("G11 shows %j as %j", (text, shown) => {
    expect(list(text)).toBe(shown);
  });

  test.each(["Scheißerei", "дурака", "Giraffe", "affin", "kaff", "böse", "böse  sachen", ""])(
    "G11 leaves %j alone: words match whole",
    (text) => {
      expect(list(text)).toBe(text);
    },
  );

  test("G11 the longest word wins, and a word inside a folded character is none", () => {
    expect(wordListFilter(["傻", "傻瓜"])("傻瓜")).toBe("**");
    // "m" looks like "rn": a word that ends within it is not there.
    expect(wordListFilter(["ar"])("am")).toBe("am");
    expect(wordListFilter(["arn"])("am")).toBe("**");
  });

  test("G11 filters in a row all take effect; none changes nothing", () => {
    expect(chainFilters([english, list])("fuck, aff")).toBe("****, ***");
    expect(chainFilters([])).toBe(noFilter);
  });
});

describe("the file of words", () => {
  const folder = mkdtempSync(join(tmpdir(), "shoal-words-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (content: string | Uint8Array) => {
    const path = join(folder, "words.txt");
    writeFileSync(path, content);
    return path;
  };

  test("has one word a line, comments, and maybe a byte order mark", () => {
    expect(readWordsFile(file("\ufeff# a list\r\n дурак \n\n傻瓜 # in Chinese\nC#\n"))).toEqual([
      "дурак",
      "傻瓜",
      "C#",
    ]);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["that is not UTF-8", Uint8Array.of(0x61, 0xff), /is not UTF-8/],
    ["of more than 1 MiB", "x\n".repeat(600_000), /larger than 1 MiB/],
    ["with a word of 65 characters", `ok\n${"x".repeat(65)}`, /line 2 is longer than 64/],
    ["of more than 20,000 words", "x\n".repeat(20_001), /more than 20000 words/],
  ])("a file %s is refused with words", (_, content, words) => {
    expect(() => readWordsFile(file(content))).toThrow(words);
  });

  test("a file that is not there is refused with words", () => {
    expect(() => readWordsFile(join(folder, "none.txt"))).toThrow(/WORDS_FILE cannot be read/);
  });
});

describe("the filter in the pond", () => {
  const filter = wordListFilter(["badword"]);

  test("G11 masks lines, shouts, whispers and names, at joining and later", () => {
    const server = new ServerHarness({ createGame: pondGame({ spawnRange: 150, filter }) });
    const [bad, bao] = ["Badword", "Bao"].map((name) => server.join(name));
    server.tick(1, bad, bao);
    expect(bao.names()).toEqual(["*******", "Bao"]);
    const events = [{ say: { text: "a BADWORD" } }, { shout: { text: "badword!" } }];
    bad.tell({ events: [...events, { whisper: { toId: bao.id, text: "badword?" } }] });
    bao.tell({ events: [{ look: { name: "badword" } }] });
    server.tick(20, bad, bao);
    expect(bao.heard()).toEqual(["*******: a *******", "*******: *******!", "*******: *******?"]);
    // Masked, both have one name.
    expect(bao.names()).toEqual(["*******", "Bao"]);
  });

  test("G12 a filter that throws is felt in its room only", () => {
    const server = new ServerHarness({
      createGame: pondGame({
        spawnRange: 150,
        filter: (text) => {
          if (text === "boom") throw new Error("a broken filter");
          return text;
        },
      }),
    });
    const ada = server.join("Ada");
    const other = server.join("Bao", { room: "other" });
    server.tick(2, ada, other);
    ada.tell({ events: [{ say: { text: "boom" } }] });
    other.tell({ events: [{ say: { text: "all is well" } }] });
    const tick = server.rooms.tick;
    server.tick(3, other);
    expect(server.failures).toHaveLength(1);
    expect(other.heard()).toEqual(["Bao: all is well"]);
    expect(server.rooms.get("other")?.tick).toBe(tick + 3);
    expect(other.connection.isOpen).toBe(true);
  });
});
