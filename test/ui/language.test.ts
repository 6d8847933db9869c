import { describe, expect, test } from "vitest";
import { Language } from "../../client/ui/language.ts";
import { brokenStorage, storageWith } from "./fake-storage.ts";

const KEY = "shoal.language";

describe("the page's language", () => {
  test("is the browser's until the player chooses, and then the player's on every visit", () => {
    const storage = storageWith();
    const language = new Language({ preferred: ["zh-CN", "en"], storage });
    expect(language.tag).toBe("zh-Hans");
    language.choose("en");
    expect(language.tag).toBe("en");
    expect(new Language({ preferred: ["zh-CN", "en"], storage }).tag).toBe("en");
  });

  test.each(["", "klingon", "constructor", "EN"])("%j kept by somebody else is the browser's choice", (kept) => {
    expect(new Language({ preferred: ["zh"], storage: storageWith({ [KEY]: kept }) }).tag).toBe("zh-Hans");
  });

  test.each([
    ["no storage", undefined],
    ["a storage that refuses", brokenStorage()],
  ])("changes with %s, too", (_, storage) => {
    const language = new Language({ preferred: ["en"], storage });
    language.choose("zh-Hans");
    expect(language.strings.close).toBe("关闭");
  });

  test("is told to every follower at once and at every change", () => {
    const language = new Language({ preferred: ["en"], storage: undefined });
    const shown: string[] = [];
    language.follow((strings) => shown.push(`a ${strings.close}`));
    language.follow((strings) => shown.push(`b ${strings.close}`));
    language.choose("zh-Hans");
    language.choose("en");
    expect(shown).toEqual(["a Close", "b Close", "a 关闭", "b 关闭", "a Close", "b Close"]);
  });
});
