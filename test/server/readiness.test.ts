import { expect, test } from "vitest";
import { Readiness } from "../../server/readiness.ts";

test("O1 a server is ready while no reason holds against it; those that last come first", () => {
  const readiness = new Readiness();
  expect(readiness.reasons).toEqual([]);
  readiness.set("stalled", true);
  readiness.set("draining", true);
  expect(readiness.reasons).toEqual(["draining", "stalled"]);
  readiness.set("draining", false);
  readiness.set("stalled", false);
  expect(readiness.reasons).toEqual([]);
});

test("O1 a reason that is a question is asked each time", () => {
  const readiness = new Readiness();
  let isFull = true;
  readiness.set("full", () => isFull);
  expect(readiness.reasons).toEqual(["full"]);
  isFull = false;
  expect(readiness.reasons).toEqual([]);
});
