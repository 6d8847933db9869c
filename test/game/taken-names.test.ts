import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { nameKeys } from "../../server/game/look-alikes.ts";
import { TakenNames } from "../../server/game/taken-names.ts";
import { ServerHarness } from "../session/server-harness.ts";

const { NoticeCode } = shoal;

const areAlike = (a: string, b: string) => nameKeys(a).some((key) => nameKeys(b).includes(key));

describe("names that people take for one another", () => {
  test.each([
    ["Ada", "ADA"],
    ["Ada", "Аdа"], // Cyrillic А and а
    ["Ada", "Ａｄａ"],
    ["Ada", "𝔄𝔡𝔞"],
    ["Ada", "Ⓐⓓⓐ"],
    ["Ada", "ᗅda"],
    ["paypal", "PAYPAI"],
    ["Paul", "PauI"],
    ["Paul", "Pau1"],
    ["Zoë", "Zoe\u0308"],
    ["Straße", "STRASSE"],
    ["ΟΔΟΣ", "οδος"],
    ["OTTO", "0tt0"],
    ["modern", "rnodern"],
    ["ﬁsh", "fish"],
    ["می\u200cخواهم", "میخواهم"],
    ["Ada\u200d", "Ada"],
    ["❤\ufe0f", "❤"],
    ["Νikos", "Nikos"], // Greek capital nu
  ])("G10 %s and %s are alike", (a, b) => {
    expect(areAlike(a, b)).toBe(true);
  });

  test.each([
    ["Ada", "Ida"],
    ["Zoe", "Zoë"],
    ["Bao", "Bao Bao"],
    ["王小明", "王小朋"],
    ["Ada 2", "Ada 3"],
    ["ليلى", "ليلا"],
    ["さくら", "サクラ"],
    ["👩‍🚀", "👨‍🚀"],
  ])("G10 %s and %s are not", (a, b) => {
    expect(areAlike(a, b)).toBe(false);
  });
});

describe("taken names", () => {
  test("G10 the first number from 2 on makes a namesake's name free, within 20 characters and 80 bytes", () => {
    const names = new TakenNames();
    const join = (name: string, id: number) => {
      const chosen = names.choose(name, id);
      names.take(chosen, id);
      return chosen;
    };
    expect([1, 2, 3].map((id) => join("Ada", id))).toEqual(["Ada", "Ada 2", "Ada 3"]);
    expect(join("АDА", 4)).toBe("АDА 4");
    expect([5, 6].map((id) => join("x".repeat(20), id))).toEqual(["x".repeat(20), `${"x".repeat(18)} 2`]);
    const family = "👨‍👩‍👧‍👦".repeat(3);
    expect([7, 8].map((id) => join(family, id))).toEqual([family, `${family} 2`]);
    const crowd = Array.from({ length: 120 }, (_, i) => join("crowd", 100 + i));
    expect(new Set(crowd).size).toBe(120);
    expect(crowd[119]).toBe("crowd 120");
    names.release("Ada 2", 2);
    expect(join("ada", 9)).toBe("ada 2");
  });

  test("G10 a guest's name is only for the player with that id, however it is written", () => {
    const names = new TakenNames();
    expect(names.choose("Guest 17", 17)).toBe("Guest 17");
    for (const name of ["Guest 17", "guest 17", "GUEST17", "Guеst l7", "Ｇｕｅｓｔ １７"]) {
      expect(names.choose(name, 4), name).toBe("Guest 4");
      expect(names.isFree(name, 4), name).toBe(false);
    }
    names.take("Guest", 5);
    expect(names.choose("Guest", 6)).toBe("Guest 6");
    expect(names.isFree("Guesthouse", 7)).toBe(true);
  });

  test("G10 a name is given back by its holder only", () => {
    const names = new TakenNames();
    names.take("Ada", 1);
    names.release("Ada", 2);
    expect(names.isFree("ada", 2)).toBe(false);
    expect(names.isFree("ADA", 1)).toBe(true);
    names.release("Ada", 1);
    expect(names.isFree("ada", 2)).toBe(true);
  });
});

describe("names in a room", () => {
  test("G10 a newcomer gets a number, a change is refused with a notice and leaves the look as it was", () => {
    const server = new ServerHarness();
    const [ada, twin, bao] = ["Ada", "аdа", "Bao"].map((name) => server.join(name));
    server.tick(20, ada, twin, bao);
    expect(ada.names()).toEqual(["Ada", "Bao", "аdа 2"]);
    bao.tell({ events: [{ look: { name: "ADA", colour: 1 } }] });
    server.tick(1, ada, twin, bao);
    expect(bao.notices()).toEqual([NoticeCode.NOTICE_CODE_NAME_TAKEN]);
    expect(bao.replica.entity(bao.slot)?.tadpole?.look).toMatchObject({ name: "Bao", colour: 0x88ccff });
    // Another way to write one's own is one's own.
    ada.tell({ events: [{ look: { name: "ADA", colour: 2 } }] });
    server.tick(1, ada, twin, bao);
    expect(bao.names()).toEqual(["ADA", "Bao", "аdа 2"]);
  });

  test("G10 who has a number keeps it while only the colour changes, and gets the name when it is free", () => {
    const server = new ServerHarness();
    const [ada, twin] = ["Ada", "Ada"].map((name) => server.join(name));
    server.tick(20, ada, twin);
    twin.tell({ events: [{ look: { name: "Ada", colour: 7 } }] });
    server.tick(20, ada, twin);
    expect(twin.notices()).toEqual([]);
    expect(twin.replica.entity(twin.slot)?.tadpole?.look).toMatchObject({ name: "Ada 2", colour: 7 });
    ada.connection.close(1000, "");
    server.tick(2, twin);
    twin.tell({ events: [{ look: { name: "Ada", colour: 8 } }] });
    server.tick(2, twin);
    expect(twin.names()).toEqual(["Ada"]);
  });

  test("G10 a change that waits for its turn is refused if somebody else was faster", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(20, ada, bao);
    ada.tell({ events: [{ look: { name: "Chi" } }, { look: { name: "Dee" } }] });
    server.tick(1, ada, bao);
    bao.tell({ events: [{ look: { name: "Dee" } }] });
    server.tick(20, ada, bao);
    expect(ada.names()).toEqual(["Chi", "Dee"]);
    expect([ada.notices(), bao.notices()]).toEqual([[NoticeCode.NOTICE_CODE_NAME_TAKEN], []]);
  });

  test("G10 who is away keeps the name, and who resumes, too, whatever was asked for at first", () => {
    const server = new ServerHarness();
    const [ada, twin, watcher] = ["Ada", "Ada", "Watcher"].map((name) => server.join(name));
    server.tick(20, ada, twin, watcher);
    twin.connection.close(1006, "");
    ada.connection.close(1000, "");
    const late = server.join("Ada 2");
    server.tick(2, watcher, late);
    expect(watcher.names()).toEqual(["Ada 2", "Ada 2 2", "Watcher"]);
    const back = server.join("Ada", { resumeToken: twin.welcome.resumeToken });
    server.tick(20, watcher, late, back);
    expect(back.welcome.resumed).toBe(true);
    expect(watcher.names()).toEqual(["Ada 2", "Ada 2 2", "Watcher"]);
    expect(back.notices()).toEqual([]);
  });
});
