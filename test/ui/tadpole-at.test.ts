import { describe, expect, test } from "vitest";
import { Camera } from "../../client/view/camera.ts";
import { tadpoleAt } from "../../client/view/tadpole-at.ts";
import { fakeReplica } from "./fake-replica.ts";

describe("the tadpole at a place of the screen", () => {
  const camera = new Camera({ calm: false });
  camera.resize(960, 640);
  camera.place(100, 100); // 1.8 pixels for a world unit; the middle of the screen is 480, 320.
  const replica = fakeReplica([
    { id: 1, name: "Ada", x: 100, y: 100 },
    { id: 2, name: "Bao", x: 150, y: 100 },
    { id: 3, name: "Chi", x: 160, y: 100 },
  ]);
  const at = (x: number, reach = 0) => tadpoleAt(replica, camera, { x, y: 320, reach });

  test("is never the own one", () => {
    expect(at(480, 20)).toBe(-1);
  });

  test("is within 6 world units of the head, as in the original", () => {
    expect(at(570 - 10.7)).toBe(1);
    expect(at(570 - 10.9)).toBe(-1);
  });

  test("may be further away if the pointer is a finger", () => {
    expect(at(570 - 25, 26)).toBe(1);
    expect(at(570 - 27, 26)).toBe(-1);
  });

  test("is the nearest of several", () => {
    expect(at(578, 26)).toBe(1);
    expect(at(581, 26)).toBe(2);
  });
});
