/** What a press on the water means: a swim, or a tap on a tadpole. The surface and the clock are fakes. */
import { describe, expect, test } from "vitest";
import { listenToPointer, type PointerPlace } from "../../client/input/pointer-steering.ts";

/** A surface with one target: all that lies left of x = 100. */
function pond() {
  let nowMs = 5000;
  const taps: PointerPlace[] = [];
  const surface = Object.assign(new EventTarget(), {
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture: () => {},
  });
  // Only what is above is used.
  const pointer = listenToPointer(surface as unknown as HTMLElement, {
    now: () => nowMs,
    onMove: () => {},
    onPress: () => {},
    isTarget: ({ x }) => x < 100,
    onTap: (place) => taps.push(place),
  });
  const send = (type: string, x: number, more: object = {}) => {
    const parts = { clientX: x, clientY: 50, button: 0, pointerId: 1, pointerType: "mouse", ...more };
    const event = Object.defineProperty(new Event(type), "timeStamp", { value: nowMs });
    surface.dispatchEvent(Object.assign(event, parts));
  };
  const wait = (ms: number) => {
    nowMs += ms;
  };
  return { pointer, taps, send, wait };
}

describe("a press on the open water", () => {
  test("swims at once, until it ends", () => {
    const { pointer, taps, send } = pond();
    send("pointerdown", 300);
    expect(pointer.isPressed).toBe(true);
    send("pointerup", 300);
    expect(pointer.isPressed).toBe(false);
    expect(taps).toEqual([]);
  });

  test("ends with the focus of the page", () => {
    const { pointer, send } = pond();
    send("pointerdown", 300);
    pointer.releaseAll();
    expect(pointer.isPressed).toBe(false);
  });

  test("belongs to the first finger; a second one and other buttons change nothing", () => {
    const { pointer, send } = pond();
    send("pointerdown", 300, { button: 2 });
    expect(pointer.isPressed).toBe(false);
    send("pointerdown", 300);
    send("pointerdown", 400, { pointerId: 2 });
    send("pointermove", 450, { pointerId: 2 });
    expect(pointer.position?.x).toBe(300);
    send("pointerup", 400, { pointerId: 2 });
    expect(pointer.isPressed).toBe(true);
  });
});

describe("a press on a tadpole", () => {
  test.each([
    ["is a tap if it ends within 250 ms", 249, 1],
    ["is none if it ends later", 250, 0],
  ])("%s", (_, afterMs, count) => {
    const { pointer, taps, send, wait } = pond();
    send("pointerdown", 50);
    expect(pointer.isPressed).toBe(false);
    wait(afterMs);
    expect(pointer.isPressed).toBe(count === 0);
    send("pointerup", 50);
    expect(taps).toHaveLength(count);
    expect(pointer.isPressed).toBe(false);
  });

  test.each([
    ["a tremble of 10 pixels is still a tap", 60, false],
    ["a move of 11 pixels is a swim", 61, true],
  ])("%s", (_, x, isSwim) => {
    const { pointer, taps, send } = pond();
    send("pointerdown", 50);
    send("pointermove", x);
    expect(pointer.isPressed).toBe(isSwim);
    send("pointerup", x);
    expect(taps).toHaveLength(isSwim ? 0 : 1);
  });

  test("that the system takes away is neither", () => {
    const { pointer, taps, send } = pond();
    send("pointerdown", 50);
    send("pointercancel", 50);
    expect(taps).toEqual([]);
    expect(pointer.isPressed).toBe(false);
  });
});

describe("a resting pointer", () => {
  test("hovers only as a mouse, over the surface, with no button pressed", () => {
    const { pointer, send } = pond();
    expect(pointer.hover).toBeUndefined();
    send("pointermove", 300);
    expect(pointer.hover).toMatchObject({ x: 300 });
    send("pointerdown", 300);
    expect(pointer.hover).toBeUndefined();
    send("pointerup", 300);
    send("pointerleave", 300);
    expect(pointer.hover).toBeUndefined();
    send("pointermove", 320, { pointerType: "touch" });
    expect(pointer.hover).toBeUndefined();
  });
});
