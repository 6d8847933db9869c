import { expect, test } from "vitest";
import { closeReason } from "../../client/ui/close-reason.ts";
import { STRINGS } from "../../client/ui/strings.ts";
import { shoal } from "../../proto/gen/shoal.js";

const codes = Object.entries(shoal.CloseCode).filter(
  (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] !== 0,
);

test.each(codes)("S7 %s has words of its own kind in every language", (_, code) => {
  for (const strings of Object.values(STRINGS)) expect(closeReason(strings, code)).toMatch(/.{5,}/u);
});

test("S7 codes that say nothing, or that a later server made up, have none", () => {
  for (const code of [0, 1000, 1006, 4999, Number.NaN]) expect(closeReason(STRINGS.en, code)).toBeUndefined();
});
