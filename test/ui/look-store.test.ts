import { describe, expect, test } from "vitest";
import { forgetLook, loadLook, type PlayerLook, SWATCHES, saveLook } from "../../client/ui/look-store.ts";
import { brokenStorage, storageWith } from "./fake-storage.ts";

const KEY = "shoal.look";

const fresh = { name: "", colour: SWATCHES[0], gender: 0 };
const load = (storage: Storage | undefined) => loadLook(storage, () => 0);

describe("the look that a browser keeps", () => {
  test("comes back as it was saved, until it is forgotten", () => {
    const storage = storageWith();
    const look: PlayerLook = { name: "Ada 爱达", colour: 0x123456, gender: 3 };
    saveLook(storage, look);
    expect(load(storage)).toEqual(look);
    forgetLook(storage);
    expect(load(storage)).toEqual(fresh);
  });

  test.each([
    "",
    "{",
    "null",
    "7",
    "[]",
    "{}",
    '{"name":7,"colour":1,"gender":0}',
    '{"name":"a","colour":16777216,"gender":0}',
    '{"name":"a","colour":-1,"gender":0}',
    '{"name":"a","colour":1.5,"gender":0}',
    '{"name":"a","colour":1,"gender":4}',
    '{"name":"a","colour":1}',
  ])("is a fresh one if the storage holds %j", (text) => {
    expect(load(storageWith({ [KEY]: text }))).toEqual(fresh);
  });

  test("G1 has a name cut to 20 characters and 80 bytes", () => {
    const withName = (name: string) =>
      load(storageWith({ [KEY]: JSON.stringify({ name, colour: 1, gender: 0 }) })).name;
    expect(withName("a".repeat(21))).toBe("a".repeat(20));
    expect(withName("👨‍👩‍👧‍👦".repeat(4))).toBe("👨‍👩‍👧‍👦".repeat(3));
  });

  test("lives without storage, and with one that refuses", () => {
    for (const storage of [undefined, brokenStorage()]) {
      saveLook(storage, fresh);
      forgetLook(storage);
      expect(load(storage)).toEqual(fresh);
    }
  });

  test("has a colour of the swatches whatever the dice say", () => {
    for (const dice of [0, 0.5, 0.999_999_999]) {
      expect(SWATCHES).toContain(loadLook(undefined, () => dice).colour);
    }
  });
});
