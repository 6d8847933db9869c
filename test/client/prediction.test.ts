/** The own entity ahead of the server: exact where both know the same, eased where they did not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Prediction } from "../../client/sync/prediction.ts";
import { motionArrays, motionRules, POSITION_STEPS, roundingAt, steer } from "../../proto/motion.ts";

const TICK_HZ = 20;
const rules = motionRules(TICK_HZ, 2048, 2048);
const START = { x: 1024 * POSITION_STEPS, y: 1024 * POSITION_STEPS, heading: 0, speed: 0, thrust: 0 };

interface Input {
  wanted: number;
  swim: boolean;
}

/** The server's way under the same inputs, from the tick after `from` on. */
function serverAt(inputs: readonly Input[], ticks: number): typeof START {
  const m = motionArrays(1);
  m.x[0] = START.x;
  m.y[0] = START.y;
  for (let tick = 1; tick <= ticks; tick++) {
    const { wanted, swim } = inputs[tick - 1];
    steer(m, 0, wanted, swim, rules, roundingAt(tick));
  }
  return { x: m.x[0], y: m.y[0], heading: m.heading[0], speed: m.speed[0], thrust: m.thrust[0] };
}

function begun(): Prediction {
  const prediction = new Prediction(rules);
  prediction.begin(0, START);
  return prediction;
}

const input = fc.record({ wanted: fc.integer({ min: 0, max: 65535 }), swim: fc.boolean() });

describe("prediction", () => {
  test("I6 M5 the same inputs in the same ticks give the server's motion to the last bit", () => {
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 100 }), (inputs) => {
        const prediction = begun();
        for (let tick = 1; tick <= inputs.length; tick++) {
          prediction.steer(inputs[tick - 1].wanted, inputs[tick - 1].swim);
          prediction.advance(tick);
        }
        for (const tick of [1, Math.ceil(inputs.length / 2), inputs.length]) {
          expect(prediction.reconcile(tick, serverAt(inputs, tick))).toBe(0);
        }
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  test("I6 an input that the server took later is replayed from the server's truth, and then all agree again", () => {
    const prediction = begun();
    const mine = Array.from({ length: 20 }, (_, i) => ({ wanted: 0, swim: i >= 5 }));
    const theirs = mine.map((one, i) => (i < 8 ? { wanted: 0, swim: false } : one));
    for (let tick = 1; tick <= 12; tick++) {
      prediction.steer(mine[tick - 1].wanted, mine[tick - 1].swim);
      prediction.advance(tick);
    }
    // Three ticks of swimming, 5 units each.
    expect(prediction.reconcile(9, serverAt(theirs, 9))).toBeCloseTo(15, 1);
    prediction.advance(20);
    expect(prediction.reconcile(20, serverAt(theirs, 20))).toBe(0);
  });

  test("I6 a correction moves nothing on the screen at once, and all of it in the end", () => {
    const prediction = begun();
    const drawn = { x: 0, y: 0, heading: 0, speed: 0 };
    prediction.steer(0, true);
    prediction.advance(10);
    prediction.draw(10.5, 0.016, drawn);
    const before = drawn.x;
    prediction.reconcile(10, { ...serverAt(Array(10).fill({ wanted: 0, swim: true }), 10), y: START.y + 320 });
    prediction.draw(10.5, 0, drawn);
    expect(drawn.x).toBeCloseTo(before, 5);
    expect(drawn.y).toBeCloseTo(1024, 5);
    prediction.draw(10.5, 0.1, drawn);
    expect(drawn.y).toBeGreaterThan(1026);
    expect(drawn.y).toBeLessThan(1034);
    prediction.draw(10.5, 5, drawn);
    expect(drawn.y).toBeCloseTo(1034, 3);
  });

  test("I6 a truth that differs in thrust or heading alone is taken, and turns nothing at once", () => {
    const prediction = begun();
    const drawn = { x: 0, y: 0, heading: 0, speed: 0 };
    prediction.advance(10);
    prediction.draw(10, 0.016, drawn);
    expect(prediction.reconcile(10, { ...START, thrust: 1, speed: 800 })).toBe(0);
    prediction.reconcile(10, { ...START, heading: 16384 });
    prediction.draw(10, 0, drawn);
    expect(Math.cos(drawn.heading)).toBeCloseTo(1, 3);
    prediction.draw(10, 2, drawn);
    expect(Math.cos(drawn.heading)).toBeCloseTo(0, 2);
  });

  test("I6 a leap of the game's is shown at once", () => {
    const prediction = begun();
    const drawn = { x: 0, y: 0, heading: 0, speed: 0 };
    prediction.advance(10);
    prediction.draw(10, 0.016, drawn);
    prediction.reconcile(10, { ...START, x: 0 });
    prediction.draw(10, 0.016, drawn);
    expect(drawn.x).toBe(0);
  });

  test("I6 what is pressed shows in the same frame, and no frame leaps further than swimming goes", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), (part) => {
        const prediction = begun();
        const drawn = { x: 0, y: 0, heading: 0, speed: 0 };
        prediction.advance(10);
        prediction.draw(10 + part, 1 / 60, drawn);
        const rest = drawn.x;
        prediction.steer(0, true);
        let last = rest;
        for (let frame = 1; frame <= 30; frame++) {
          const tick = 10 + part + (frame * TICK_HZ) / 60;
          prediction.advance(Math.floor(tick));
          prediction.draw(tick, 1 / 60, drawn);
          expect(drawn.x).toBeGreaterThan(last);
          expect(drawn.x - last).toBeLessThan(2.6);
          last = drawn.x;
        }
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  test("I6 ticks that are too many to make are not made, and counted", () => {
    const prediction = begun();
    expect(prediction.advance(100)).toBe(0);
    expect(prediction.advance(100 + 1000)).toBeGreaterThan(800);
    expect(prediction.tick).toBe(1100);
  });

  test("I6 when the server's time jumps back, nothing moves on the screen and ticks are made again", () => {
    const prediction = begun();
    const drawn = { x: 0, y: 0, heading: 0, speed: 0 };
    prediction.steer(0, true);
    prediction.advance(60);
    prediction.draw(60.5, 0.016, drawn);
    const before = drawn.x;
    prediction.goBack(20);
    prediction.draw(20.5, 0, drawn);
    expect(drawn.x).toBeCloseTo(before, 3);
    prediction.advance(22);
    expect(prediction.tick).toBe(22);
  });

  test("I6 a truth of a tick that is not remembered begins anew from there", () => {
    const prediction = begun();
    prediction.advance(50);
    expect(prediction.reconcile(60, { ...START, x: START.x + 320 })).toBeNaN();
    expect(prediction.tick).toBe(60);
    prediction.advance(70);
    expect(prediction.reconcile(70, { ...START, x: START.x + 320 })).toBe(0);
  });
});
