import { describe, expect, test } from "vitest";
import { KnownNames, whisperLabel } from "../../client/ui/known-names.ts";
import { nearestPlayers } from "../../client/ui/near-list.ts";
import { fakeReplica } from "./fake-replica.ts";

describe("known names", () => {
  test("are those in sight, then the heard from the latest on, then the player; each id once", () => {
    const names = new KnownNames();
    const replica = fakeReplica([
      { id: 1, name: "Ada" },
      { id: 2, name: "Bao" },
    ]);
    for (const [id, name] of [
      [3, "Chi"],
      [2, "Bao before"],
      [4, "Dee"],
      [1, "Ada"],
      [3, "Chi"],
    ] as const) {
      names.hear(id, name);
    }
    expect([...names.list(replica)]).toEqual([
      { id: 2, name: "Bao", place: "in-sight" },
      { id: 3, name: "Chi", place: "heard" },
      { id: 4, name: "Dee", place: "heard" },
      { id: 1, name: "Ada", place: "self" },
    ]);
    names.forget();
    expect([...names.list(replica)]).toHaveLength(2);
  });

  test("remember 200 speakers and forget the longest silent", () => {
    const names = new KnownNames();
    for (let id = 10; id <= 210; id++) names.hear(id, `n${id}`);
    const ids = [...names.list(fakeReplica([]))].map(({ id }) => id);
    expect(ids).toHaveLength(200);
    expect(ids).not.toContain(10);
    expect(ids).toContain(11);
  });

  test("are completed with the id where another in sight has the same name", () => {
    const replica = fakeReplica([
      { id: 1, name: "Ada" },
      { id: 2, name: "ada" },
      { id: 3, name: "Bao" },
    ]);
    expect(whisperLabel(replica, { id: 2, name: "ada" })).toBe("ada#2");
    expect(whisperLabel(replica, { id: 3, name: "Bao" })).toBe("Bao");
    expect(whisperLabel(replica, { id: 9, name: "Bao" })).toBe("Bao#9");
  });
});

describe("the list of those near", () => {
  test("goes by distance, leaves out the player, and tells namesakes apart", () => {
    const replica = fakeReplica([
      { id: 1, name: "Ada", x: 100, y: 100 },
      { id: 2, name: "Zed", x: 103, y: 104 },
      { id: 3, name: "ada", x: 100, y: 150 },
      { id: 4, name: "Bao", x: 110, y: 100 },
    ]);
    expect(nearestPlayers(replica).map(({ label }) => label)).toEqual(["Zed", "Bao", "ada#3"]);
  });

  test("holds the nearest 40 of a crowd", () => {
    const crowd = Array.from({ length: 100 }, (_, i) => ({ id: i + 1, name: `n${i}`, x: i === 0 ? 0 : 100 - i }));
    const near = nearestPlayers(fakeReplica(crowd));
    expect(near).toHaveLength(40);
    expect(near[0].name).toBe("n99");
    expect(near[39].name).toBe("n60");
  });
});
