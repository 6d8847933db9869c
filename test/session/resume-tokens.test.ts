/** Who has which token: threats T4 and T5. */
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { ResumeTokens } from "../../server/session/resume-tokens.ts";

const GUESSES = 100_000;

interface Owner {
  readonly name: string;
  tokenHashes: Uint8Array[];
}

function owner(name: string): Owner {
  return { name, tokenHashes: [] };
}

test("S13 T5 guesses find nobody, and neither does any neighbour of a good token", () => {
  const tokens = new ResumeTokens<Owner>();
  const good = Array.from({ length: 100 }, () => tokens.create());
  for (const [i, token] of good.entries()) tokens.give(token, owner(`player ${i}`));
  let found = 0;
  for (let i = 0; i < GUESSES; i++) if (tokens.find(randomBytes(16)) !== undefined) found++;
  for (let bit = 0; bit < 128; bit++) {
    const neighbour = Uint8Array.from(good[0]);
    neighbour[bit >> 3] ^= 1 << (bit & 7);
    if (tokens.find(neighbour) !== undefined) found++;
  }
  expect(found).toBe(0);
  expect(tokens.find(good[7])?.name).toBe("player 7");
});

test("S13 none is made twice", () => {
  const tokens = new ResumeTokens<Owner>();
  const made = Array.from({ length: 1000 }, () => tokens.create());
  expect(new Set(made.map((token) => token.toString())).size).toBe(1000);
  for (const token of made) expect(token.length).toBe(16);
});

test("S13 of an owner who goes nothing is left", () => {
  const tokens = new ResumeTokens<Owner>();
  const [first, second, third] = Array.from({ length: 3 }, () => tokens.create());
  const [ada, byAnotherLine, again] = ["Ada", "Ada by another line", "Ada again"].map(owner);
  tokens.give(first, ada);
  tokens.renew(ada, byAnotherLine, first, second);
  expect([first, second].map((token) => tokens.find(token))).toEqual([byAnotherLine, byAnotherLine]);
  tokens.renew(byAnotherLine, again, first, third);
  expect(tokens.find(second)).toBeUndefined();
  tokens.confirm(again);
  expect([first, third].map((token) => tokens.find(token))).toEqual([undefined, again]);
  tokens.revoke(again);
  expect(tokens.size).toBe(0);
});
