import { describe, expect, test } from "vitest";
import { MuteList } from "../../client/ui/mute-list.ts";
import { brokenStorage, storageWith } from "./fake-storage.ts";

function listWith(storage: Storage | undefined = storageWith(), room = "") {
  let changes = 0;
  const list = new MuteList({
    storage,
    room,
    onChange: () => {
      changes++;
    },
  });
  return { list, storage, changes: () => changes };
}

const eve = { id: 5, name: "Eve" };

describe("muted players", () => {
  test("G13 are muted by id under every name while the room lives", () => {
    const { list, changes } = listWith();
    list.enter(3, false);
    list.mute(eve);
    expect([list.isMuted(5), list.isMuted(6)]).toEqual([true, false]);
    list.note(5, "Angel");
    list.note(6, "Eve");
    expect(list.isMuted(5)).toBe(true);
    // The name is free again: who takes it has done nothing.
    expect(list.isMuted(6)).toBe(false);
    expect(changes()).toBe(1);
  });

  test("G13 stay so when the page is loaded again, also after a change of name", () => {
    const { list, storage } = listWith();
    list.enter(3, false);
    list.mute(eve);
    const again = listWith(storage).list;
    again.enter(3, false);
    expect(again.isMuted(5)).toBe(true);
    again.note(5, "Angel");
    const third = listWith(storage).list;
    third.enter(4, false);
    expect(third.isMuted(5)).toBe(false);
    third.note(9, "ANGEL");
    expect(third.isMuted(9)).toBe(true);
  });

  test("G13 an id of another life of the room, or of another room, is somebody else's; a guest's name, too", () => {
    const { list, storage } = listWith();
    list.enter(3, false);
    list.mute(eve);
    list.mute({ id: 7, name: "Guest 7" });
    list.enter(4, false);
    list.note(5, "Bao");
    list.note(7, "Guest 7");
    expect([list.isMuted(5), list.isMuted(7)]).toEqual([false, false]);
    const elsewhere = listWith(storage, "lake").list;
    elsewhere.enter(3, false);
    elsewhere.note(5, "Eve");
    expect(elsewhere.isMuted(5)).toBe(false);
  });

  test("G13 a session that goes on in a restored room keeps whom it muted", () => {
    const { list, storage } = listWith();
    list.enter(3, false);
    list.mute({ id: 7, name: "Guest 7" });
    list.enter(8, true);
    expect(list.isMuted(7)).toBe(true);
    const again = listWith(storage).list;
    again.enter(8, false);
    expect(again.isMuted(7)).toBe(true);
  });

  test("G13 are those of every tab of a browser, each of which may mute and unmute", () => {
    const storage = storageWith();
    const [one, other] = [listWith(storage), listWith(storage)];
    for (const { list } of [one, other]) list.enter(3, false);
    one.list.mute(eve);
    other.list.mute({ id: 6, name: "Mallory" });
    expect(other.list.isMuted(5)).toBe(true);
    expect(one.list.isMuted(6)).toBe(false);
    // As the browser tells it.
    one.list.reload();
    expect(one.list.isMuted(6)).toBe(true);
    expect(one.changes()).toBe(2);
    one.list.reload();
    expect(one.changes()).toBe(2);
    other.list.unmute(eve);
    one.list.mute({ id: 8, name: "Trudy" });
    const later = listWith(storage).list;
    later.enter(3, false);
    expect([5, 6, 8].map((id) => later.isMuted(id))).toEqual([false, true, true]);
  });

  test("G13 stay hidden in each tab while the room is restored, whichever is back first", () => {
    const storage = storageWith();
    const one = listWith(storage).list;
    const shown: boolean[] = [];
    const other = new MuteList({ storage, room: "", onChange: () => shown.push(!other.isMuted(7)) });
    const guest = { id: 7, name: "Guest 7" };
    for (const list of [one, other]) list.enter(3, false);
    one.mute(guest);
    other.reload();
    for (const epoch of [4, 5]) {
      one.enter(epoch, true);
      other.reload();
      expect([one, other].map((list) => list.isMuted(7))).toEqual([true, true]);
    }
    one.mute(eve);
    other.reload();
    other.enter(5, true);
    // What the log hides is asked for when something changed.
    expect(shown).toEqual([false, false, false, false, false]);
    expect([5, 7].map((id) => other.isMuted(id))).toEqual([true, true]);
    one.reload();
    expect([5, 7].map((id) => one.isMuted(id))).toEqual([true, true]);
    one.enter(6, true);
    other.reload();
    other.unmute(guest);
    one.reload();
    other.enter(6, true);
    expect([one, other].map((list) => list.isMuted(7))).toEqual([false, false]);
    expect(other.list()).toEqual([expect.objectContaining(eve)]);
  });

  test("G13 unmuted in one tab, nobody is muted again by another that has not been told yet", () => {
    const storage = storageWith();
    const [one, other] = [listWith(storage), listWith(storage)];
    for (const { list } of [one, other]) list.enter(3, false);
    for (const [id, heardName] of [
      [5, "Angel"],
      [9, "eve"],
    ] as const) {
      one.list.mute(eve);
      other.list.reload();
      one.list.unmute(eve);
      // The same player under another name; another one under the same.
      other.list.note(id, heardName);
      expect([other.list.isMuted(5), other.list.isMuted(id)]).toEqual([false, false]);
      one.list.reload();
      expect(one.list.list()).toEqual([]);
    }
    expect(other.changes()).toBe(4);
  });

  test("stay muted where storage is full: what it still holds is not newer", () => {
    const full = { ...storageWith(), setItem: brokenStorage().setItem };
    const { list } = listWith(full);
    list.enter(3, false);
    list.mute(eve);
    list.mute({ id: 6, name: "Mallory" });
    list.reload();
    expect([5, 6].map((id) => list.isMuted(id))).toEqual([true, true]);
  });

  test("are heard again when they are unmuted, by id or by name", () => {
    const { list, storage } = listWith();
    list.enter(3, false);
    list.mute(eve);
    list.enter(4, false);
    list.note(11, "eve");
    expect(list.isMuted(11)).toBe(true);
    list.unmute({ id: 11, name: "eve" });
    expect(list.isMuted(11)).toBe(false);
    expect(list.list()).toEqual([]);
    expect(listWith(storage).list.list()).toEqual([]);
  });

  test("are at most 200; the longest muted are forgotten", () => {
    const { list, storage } = listWith();
    list.enter(1, false);
    for (let id = 1; id <= 201; id++) list.mute({ id, name: `n${id}` });
    const kept = listWith(storage).list.list();
    expect(kept).toHaveLength(200);
    expect(kept.map(({ id }) => id)).not.toContain(1);
  });

  test.each([
    ["nothing", undefined],
    ["something else", storageWith({ "shoal.muted": '{"a":1}' })],
    ["broken words", storageWith({ "shoal.muted": "[" })],
    ["wrong entries", storageWith({ "shoal.muted": '[null,5,{"id":"5"}]' })],
    ["wrong epochs", storageWith({ "shoal.muted": '[{"room":"","epoch":1,"was":5,"id":5,"name":"Eve"}]' })],
    ["what refuses everything", brokenStorage()],
  ])("live as long as the page where storage holds %s", (_, storage) => {
    const { list } = listWith(storage);
    list.enter(1, false);
    expect(list.list()).toEqual([]);
    list.mute(eve);
    expect(list.isMuted(5)).toBe(true);
  });
});
