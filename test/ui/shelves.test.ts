import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ShelfPlace, Shelves } from "../../client/view/shelves.ts";

describe("shelves", () => {
  test("are filled from the first on, and refuse what finds no room", () => {
    const shelves = new Shelves({ count: 2, width: 100 });
    expect(shelves.take(60)).toEqual({ shelf: 0, x: 0, width: 60 });
    expect(shelves.take(60)).toEqual({ shelf: 1, x: 0, width: 60 });
    expect(shelves.take(40)).toEqual({ shelf: 0, x: 60, width: 40 });
    expect(shelves.take(41)).toBeUndefined();
    expect(shelves.take(40)).toEqual({ shelf: 1, x: 60, width: 40 });
    expect(shelves.take(1)).toBeUndefined();
  });

  test("never give one place to two, and are whole again when everything was given back (500 runs, seed 5)", () => {
    const steps = fc.array(fc.record({ width: fc.integer({ min: 1, max: 60 }), leaves: fc.nat(10) }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(steps, (list) => {
        const shelves = new Shelves({ count: 3, width: 100 });
        const held: ShelfPlace[] = [];
        for (const { width, leaves } of list) {
          const place = shelves.take(width);
          if (place !== undefined) {
            expect(place.x + place.width).toBeLessThanOrEqual(100);
            for (const other of held) {
              const isApart = place.x + place.width <= other.x || other.x + other.width <= place.x;
              expect(place.shelf !== other.shelf || isApart).toBe(true);
            }
            held.push(place);
          }
          if (leaves < held.length) shelves.give(held.splice(leaves, 1)[0]);
        }
        for (const place of held) shelves.give(place);
        for (let shelf = 0; shelf < 3; shelf++) expect(shelves.take(100)).toEqual({ shelf, x: 0, width: 100 });
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});
