/** The hand that steers in simulations: like a person's, and the same for the same seed. */
import { describe, expect, test } from "vitest";
import { Swimmer } from "../../bench/feel/swimmer.ts";
import { seededRandom } from "../../proto/random.ts";

const FRAME_MS = 1000 / 60;
const MINUTES = 5;

/** What a hand does in the middle of the pond, frame by frame. */
function course(seed: number): { headingRad: number; swim: boolean }[] {
  const swimmer = new Swimmer(seededRandom(seed), 0);
  return Array.from({ length: MINUTES * 3600 }, (_, frame) => swimmer.steer(frame * FRAME_MS, 1, 0));
}

describe("a swimmer", () => {
  test("does the same for the same seed, and something else for another", () => {
    expect(course(1)).toEqual(course(1));
    expect(course(1)).not.toEqual(course(2));
  });

  test("holds and lets go, some pauses being long enough to come to rest in", () => {
    const steers = course(3);
    const pauses: number[] = [];
    let frames = 0;
    for (const { swim } of steers) {
      if (!swim) frames++;
      else if (frames > 0) {
        pauses.push(frames * FRAME_MS);
        frames = 0;
      }
    }
    expect(pauses.length / MINUTES).toBeGreaterThan(5);
    // A glide takes 2.3 s.
    expect(pauses.filter((ms) => ms > 3000).length / MINUTES).toBeGreaterThan(2);
    const share = steers.filter(({ swim }) => swim).length / steers.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.8);
  });

  test("turns smoothly, with sharp turns now and then", () => {
    const steers = course(4);
    const turns = steers.slice(1).map(({ headingRad }, i) => Math.abs(headingRad - steers[i].headingRad));
    const sharp = turns.filter((turn) => turn > 1).length;
    expect(sharp / MINUTES).toBeGreaterThan(4);
    expect(sharp / MINUTES).toBeLessThan(20);
    // Between them a hand's pace.
    const smooth = turns.filter((turn) => turn <= 1);
    expect(Math.max(...smooth)).toBeLessThan(0.05);
    expect(smooth.filter((turn) => turn > 0).length / smooth.length).toBeGreaterThan(0.9);
  });

  test("turns back when it is far from the middle and on the way out", () => {
    let inward = 0;
    let frames = 0;
    for (let seed = 0; seed < 20; seed++) {
      const swimmer = new Swimmer(seededRandom(seed), 0);
      for (let frame = 0; frame < 600; frame++) {
        const { headingRad } = swimmer.steer(frame * FRAME_MS, 0, 400);
        // A second to come round in.
        if (frame < 60) continue;
        frames++;
        if (Math.sin(headingRad) < 0) inward++;
      }
    }
    expect(inward / frames).toBeGreaterThan(0.8);
  });
});
