import { expect, test } from "vitest";
import { bannedUntilMs, closeReason, lastingCode } from "../../client/ui/close-reason.ts";
import { STRINGS } from "../../client/ui/strings.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { banWords } from "../../server/admin/bans.ts";

const codes = Object.entries(shoal.CloseCode).filter(
  (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] !== 0,
);

test.each(codes)("S7 %s has words of its own kind in every language", (_, code) => {
  for (const strings of Object.values(STRINGS)) expect(closeReason(strings, code)).toMatch(/.{5,}/u);
});

test("S7 codes that say nothing, or that a later server made up, have none", () => {
  for (const code of [0, 1000, 1006, 4999, Number.NaN]) expect(closeReason(STRINGS.en, code)).toBeUndefined();
});

test("S7 a restart lasts for half a minute of tries that fail without a word", () => {
  const { CLOSE_CODE_RESTARTING, CLOSE_CODE_ROOM_FULL } = shoal.CloseCode;
  expect(lastingCode(1006, 29_999)).toBe(CLOSE_CODE_RESTARTING);
  expect(lastingCode(1006, 30_000)).toBe(1006);
  expect(lastingCode(1006, Number.NaN)).toBe(1006);
  expect(lastingCode(CLOSE_CODE_ROOM_FULL, 0)).toBe(CLOSE_CODE_ROOM_FULL);
});

test("A4 the end of a ban is read from what the server says of it", () => {
  const untilMs = Date.UTC(2031, 4, 6, 7, 8);
  const ban = { target: { account: "ada" }, reason: "until 2040-01-01T00:00Z", sinceMs: 0 };
  expect(bannedUntilMs(banWords({ ...ban, untilMs }))).toBe(untilMs);
  for (const words of [banWords({ ...ban, untilMs: undefined }), "banned", "", "banned until 2031-99-99T00:00Z"]) {
    expect(bannedUntilMs(words)).toBeUndefined();
  }
});
