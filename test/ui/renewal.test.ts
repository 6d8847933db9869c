import { describe, expect, test } from "vitest";
import { keepSeat, takeSeat } from "../../client/renewal.ts";
import { brokenStorage, storageWith } from "./fake-storage.ts";

const seat = { token: Uint8Array.from({ length: 16 }, (_, i) => i * 17), ackTick: 345 };
const NOW = 1_800_000_000_000;

describe("a page of another schema", () => {
  test("S31 takes its seat along, once, and nothing of it stays in the browser", () => {
    const storage = storageWith();
    expect(keepSeat({ storage, nowMs: NOW, room: "lake" }, seat)).toBe(true);
    expect(takeSeat({ storage, nowMs: NOW + 3000, room: "lake" })).toEqual(seat);
    expect(takeSeat({ storage, nowMs: NOW + 3000, room: "lake" })).toBeUndefined();
    expect(JSON.stringify({ ...storage })).not.toContain("255");
    expect(storage.getItem("shoal.seat")).toBeNull();
  });

  test("S31 loads itself once a minute at most, also if clocks are set back", () => {
    const storage = storageWith();
    const tryAt = (nowMs: number) => keepSeat({ storage, nowMs, room: "" }, seat);
    expect([NOW, NOW + 59_999, NOW - 30_000, NOW + 60_000, NOW + 60_001].map(tryAt)).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  test("S31 without a seat it still loads itself, and begins anew", () => {
    const storage = storageWith();
    expect(keepSeat({ storage, nowMs: NOW, room: "" }, undefined)).toBe(true);
    expect(takeSeat({ storage, nowMs: NOW, room: "" })).toBeUndefined();
  });

  test("S31 does not load itself where nothing can be kept: it could go on for ever", () => {
    for (const storage of [undefined, brokenStorage()]) {
      expect(keepSeat({ storage, nowMs: NOW, room: "" }, seat)).toBe(false);
      expect(takeSeat({ storage, nowMs: NOW, room: "" })).toBeUndefined();
    }
  });

  test.each([
    ["another room", { room: "lake" }],
    ["an hour later", { nowMs: NOW + 3_600_000 }],
  ])("S31 a seat is not for %s, and is gone then", (_, more) => {
    const storage = storageWith();
    keepSeat({ storage, nowMs: NOW, room: "" }, seat);
    expect(takeSeat({ storage, nowMs: NOW, room: "", ...more })).toBeUndefined();
    expect(storage.getItem("shoal.seat")).toBeNull();
  });

  test.each(["[", "null", "5", "{}", '{"room":"","token":["a"],"ackTick":1,"keptMs":1800000000000}'])(
    "S31 what is no seat (%s) is none",
    (kept) => {
      expect(takeSeat({ storage: storageWith({ "shoal.seat": kept }), nowMs: NOW, room: "" })).toBeUndefined();
    },
  );
});
