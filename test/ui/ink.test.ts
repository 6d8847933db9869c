/** Contrast of what is written in the water itself: WCAG 2.2, 1.4.3, on the brightest water of every hue. */
import { describe, expect, test } from "vitest";
import { writeOklch } from "../../client/view/colour.ts";
import { BUBBLE_INKS, type Ink, NAME_INK, NAME_RIM, OWN_NAME_INK } from "../../client/view/ink.ts";

const AA = 4.5;

/** Brighter than any place of the water: its middle colour and three fifths of its light, at once. As in water.ts. */
const WATERS: readonly Ink[] = Array.from({ length: 72 }, (_, i) => {
  const hueRad = (i / 72) * 2 * Math.PI;
  const rgb = new Float32Array(6);
  writeOklch(rgb, 0, 0.33, 0.075, hueRad);
  writeOklch(rgb, 3, 0.78, 0.1, hueRad - 0.45);
  const channel = (at: number) => Math.min(255, 255 * (rgb[at] + 0.6 * rgb[at + 3]));
  return [channel(0), channel(1), channel(2), 1];
});

function over([r, g, b, a]: Ink, paper: Ink): Ink {
  return [r * a + paper[0] * (1 - a), g * a + paper[1] * (1 - a), b * a + paper[2] * (1 - a), 1];
}

function luminance([r, g, b]: Ink): number {
  const linear = (value: number) => (value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(a: Ink, b: Ink): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (light + 0.05) / (dark + 0.05);
}

describe("text in the water has AA contrast", () => {
  test.each(Object.entries(BUBBLE_INKS))("in a bubble: %s", (_, { fill, ink }) => {
    for (const water of WATERS) expect(contrast(ink, over(fill, water))).toBeGreaterThanOrEqual(AA);
  });

  test.each([
    ["others' names", NAME_INK],
    ["the own name", OWN_NAME_INK],
    ["the name that is pointed at", [180, 242, 238, 1] as const],
  ])("in the rim around %s", (_, ink) => {
    for (const water of WATERS) expect(contrast(ink, over(NAME_RIM, water))).toBeGreaterThanOrEqual(AA);
  });
});
