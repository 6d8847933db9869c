import { describe, expect, test } from "vitest";
import {
  bytes,
  bytesPerSecond,
  count,
  distance,
  milliseconds,
  percent,
  perSecond,
  type Quantity,
} from "../../client/overlay/quantity.ts";

const written = ({ text, unit }: Quantity) => `${text} ${unit}`.trim();

describe("quantities", () => {
  test.each([
    [milliseconds(0), "0.0 ms"],
    [milliseconds(12.34), "12.3 ms"],
    [milliseconds(99.94), "99.9 ms"],
    [milliseconds(99.96), "100 ms"],
    [milliseconds(-86_400_123.4), "-86400123 ms"],
    [milliseconds(Number.NaN), "– ms"],
    [perSecond(19.97), "20.0 /s"],
    [bytesPerSecond(0), "0 B/s"],
    [bytesPerSecond(999), "999 B/s"],
    [bytesPerSecond(1000), "1.0 kB/s"],
    [bytesPerSecond(123_456), "123 kB/s"],
    [bytesPerSecond(Number.NaN), "– kB/s"],
    [bytes(48.6), "49 B"],
    [count(3), "3"],
    [percent(0.125), "12.5 %"],
    [distance("units")(2.04), "2.0 units"],
    [perSecond(Number.POSITIVE_INFINITY), "– /s"],
  ])("%o is written %s", (quantity, text) => {
    expect(written(quantity)).toBe(text);
  });
});
