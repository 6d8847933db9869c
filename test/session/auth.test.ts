/** SPEC S18 and S27: which tokens say who a player is. Signed by the library that checks them, served by a real key server. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Authenticator, type AuthOptions, createAuthenticator } from "../../server/session/auth.ts";

/** Long enough for HS512, which is refused all the same. */
const SECRET = "a secret of the operator, of 32 bytes or more and here even of more than 64";
const NOW_S = 1_800_000_000;
const OTHER_SECRET = "another secret, which is as long as that one";

function authenticator(options: Partial<AuthOptions>): Authenticator {
  const made = createAuthenticator({
    secret: "",
    jwksUrl: "",
    issuer: "",
    audience: "",
    wallMs: () => NOW_S * 1000,
    nowMs: () => 0,
    ...options,
  });
  if (made === undefined) throw new Error("no authenticator");
  return made;
}

/** Good for an hour, unless `claims` say otherwise. */
function signed(claims: JWTPayload, secret = SECRET, alg = "HS256"): Promise<string> {
  return new SignJWT({ exp: NOW_S + 3600, ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret));
}

describe("a token signed with the shared secret", () => {
  const auth = authenticator({ secret: SECRET });

  test("S18 tells account and name", async () => {
    expect(await auth.check(await signed({ sub: "u-1", name: "Ada" }))).toEqual({
      identity: { account: "u-1", name: "Ada" },
    });
    expect(await auth.check(await signed({ sub: "u-1" }))).toEqual({ identity: { account: "u-1", name: undefined } });
  });

  test.each([
    ["no sub", {}],
    ["an empty sub", { sub: "" }],
    ["a sub of 129 bytes", { sub: "x".repeat(129) }],
    ["a sub of 65 characters and 130 bytes", { sub: "ü".repeat(65) }],
  ])("S27 %s is refused", async (_, claims) => {
    expect(await auth.check(await signed(claims))).toEqual({
      fault: "unauthorised",
      words: "the token's sub must be 1 to 128 bytes",
    });
  });

  test("S27 a sub of 128 bytes is taken, and a name that is no text is none", async () => {
    const token = await signed({ sub: "x".repeat(128), name: 7 });
    expect(await auth.check(token)).toEqual({ identity: { account: "x".repeat(128), name: undefined } });
  });

  test.each([
    ["exp 59 s ago", { exp: NOW_S - 59 }, true],
    ["exp 61 s ago", { exp: NOW_S - 61 }, false],
    ["nbf in 59 s", { nbf: NOW_S + 59 }, true],
    ["nbf in 61 s", { nbf: NOW_S + 61 }, false],
    ["neither said", { exp: undefined }, false],
    ["an exp that is no number", { exp: "never" as unknown as number }, false],
  ])("S27 clocks may differ by a minute: %s", async (_, claims, isTaken) => {
    const verdict = await auth.check(await signed({ sub: "u-1", ...claims }));
    expect(verdict.identity !== undefined).toBe(isTaken);
  });

  test("S27 a token without an end is refused, and the words say what it lacks", async () => {
    expect(await auth.check(await signed({ sub: "u-1", exp: undefined }))).toEqual({
      fault: "unauthorised",
      words: "the token must say when it expires (exp)",
    });
  });

  test("S27 another key, another algorithm, no signature, no token: none is taken, and no word of them is repeated", async () => {
    const unsigned = new UnsecuredJWT({ sub: "u-1", exp: NOW_S + 3600 }).encode();
    const tokens = [
      "",
      unsigned,
      await signed({ sub: "u-1" }, OTHER_SECRET),
      await signed({ sub: "u-1" }, SECRET, "HS512"),
      `${await signed({ sub: "u-1" })}x`,
    ];
    for (const token of tokens) {
      const verdict = await auth.check(token);
      if (verdict.identity !== undefined) throw new Error(`taken: ${token}`);
      expect(verdict.fault).toBe("unauthorised");
      if (token !== "") expect(verdict.words).not.toContain(token.slice(0, 10));
      expect(verdict.words.length).toBeLessThanOrEqual(90);
    }
  });

  test("S27 what exactly is wrong is for the log: another key and another issuer are told alike", async () => {
    const strict = authenticator({ secret: SECRET, issuer: "https://id.example", audience: "pond" });
    const good = { sub: "u-1", iss: "https://id.example", aud: "pond" };
    const tokens = [
      await signed(good, OTHER_SECRET),
      await signed({ ...good, iss: "https://evil.example" }),
      await signed({ ...good, aud: undefined }),
      "no token",
    ];
    const verdicts = await Promise.all(tokens.map((token) => strict.check(token)));
    expect(verdicts).toEqual(
      [
        "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
        "ERR_JWT_CLAIM_VALIDATION_FAILED: iss",
        "ERR_JWT_CLAIM_VALIDATION_FAILED: aud",
        "ERR_JWS_INVALID",
      ].map((cause) => ({ fault: "unauthorised", words: "the token is not valid", cause })),
    );
  });

  test("S27 no change of one character is taken (seed 3)", async () => {
    const token = await signed({ sub: "u-1" });
    const signature = token.lastIndexOf(".");
    // The last characters of each part hold spare bits, which decoders may ignore.
    const places = fc
      .integer({ min: 0, max: token.length - 1 })
      .filter((at) => at < signature || at < token.length - 2);
    await fc.assert(
      fc.asyncProperty(places, fc.constantFrom(..."abcXYZ019-_."), async (at, character) => {
        if (token[at] === character) return true;
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        const { identity } = await auth.check(changed);
        return identity === undefined;
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test("S27 whatever text comes, the verdict is that it is not valid (seed 4)", async () => {
    const part = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((text) => Buffer.from(text).toString("base64url")),
    );
    const texts = fc.oneof(
      part,
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join(".")),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const verdict = await auth.check(text);
        return verdict.identity === undefined && verdict.fault === "unauthorised";
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  test("S27 issuer and audience must be the configured ones", async () => {
    const strict = authenticator({ secret: SECRET, issuer: "https://id.example", audience: "pond" });
    const good = { sub: "u-1", iss: "https://id.example", aud: ["lake", "pond"] };
    expect((await strict.check(await signed(good))).identity?.account).toBe("u-1");
    for (const bad of [{ iss: "https://evil.example" }, { aud: "lake" }, { iss: undefined }, { aud: undefined }]) {
      expect((await strict.check(await signed({ ...good, ...bad }))).identity).toBeUndefined();
    }
  });
});

test("S18 without a secret or a key set nobody is asked", () => {
  const nothing = { secret: "", jwksUrl: "", issuer: "x", audience: "y", wallMs: Date.now, nowMs: () => 0 };
  expect(createAuthenticator(nothing)).toBeUndefined();
});

describe("a token signed with a key of a set", () => {
  /** A key server that answers what `answer` holds. */
  async function startKeys(keys: object[]) {
    const state = { status: 200, asked: 0, keys };
    const server: Server = createServer((_, response) => {
      state.asked++;
      response.writeHead(state.status, { "content-type": "application/json" });
      response.end(JSON.stringify({ keys: state.keys }));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const stop = () => {
      server.closeAllConnections();
      server.close();
    };
    onTestFinished(stop);
    return { state, stop, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json` };
  }

  async function makeKey(alg: string, kid: string) {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid, alg };
    const sign = (claims: JWTPayload) =>
      new SignJWT({ exp: NOW_S + 3600, ...claims }).setProtectedHeader({ alg, kid }).sign(privateKey);
    return { jwk, sign };
  }

  test("S27 by RS256, ES256 or EdDSA is taken, and the set is fetched once", async () => {
    const made = await Promise.all(["RS256", "ES256", "EdDSA"].map((alg) => makeKey(alg, alg)));
    const { state, url } = await startKeys(made.map(({ jwk }) => jwk));
    const auth = authenticator({ jwksUrl: url });
    const tokens = await Promise.all(made.map(({ sign }) => sign({ sub: "u-1" })));
    const verdicts = await Promise.all(tokens.map((token) => auth.check(token)));
    expect(verdicts.map(({ identity }) => identity?.account)).toEqual(["u-1", "u-1", "u-1"]);
    expect(state.asked).toBe(1);
  });

  test("S27 a public key is no shared secret, and an unknown key is no reason to fetch without end", async () => {
    const [known, unknown] = await Promise.all([makeKey("RS256", "a"), makeKey("RS256", "b")]);
    const { state, url } = await startKeys([known.jwk]);
    const auth = authenticator({ jwksUrl: url });
    const confused = new SignJWT({ sub: "u-1", exp: NOW_S + 3600 }).setProtectedHeader({ alg: "HS256", kid: "a" });
    const faults = [
      await auth.check(await confused.sign(new TextEncoder().encode(JSON.stringify(known.jwk)))),
      await auth.check(await unknown.sign({ sub: "u-1" })),
      await auth.check(await unknown.sign({ sub: "u-1" })),
      await auth.check(await unknown.sign({ sub: "u-1" })),
    ];
    expect(faults.map((verdict) => verdict.identity ?? verdict.fault)).toEqual(faults.map(() => "unauthorised"));
    expect(state.asked).toBe(1);
  });

  test("S18 keys that cannot be had are no fault of the token, and are not asked for at every hello", async () => {
    const clock = { nowMs: 0 };
    const key = await makeKey("ES256", "a");
    const { state, url } = await startKeys([key.jwk]);
    state.status = 503;
    const auth = authenticator({ jwksUrl: url, nowMs: () => clock.nowMs });
    const token = await key.sign({ sub: "u-1" });
    for (let i = 0; i < 5; i++) {
      expect(await auth.check(token)).toMatchObject({ fault: "unavailable" });
    }
    expect(state.asked).toBe(1);
    state.status = 200;
    clock.nowMs += 1001;
    expect((await auth.check(token)).identity?.account).toBe("u-1");
  });

  test("S18 a key that was good lets its players in while the set cannot be had", async () => {
    const [a, b] = await Promise.all([makeKey("ES256", "a"), makeKey("ES256", "b")]);
    const { stop, url } = await startKeys([a.jwk]);
    const auth = authenticator({ jwksUrl: url });
    expect((await auth.check(await a.sign({ sub: "u-1" }))).identity?.account).toBe("u-1");
    stop();
    expect((await auth.check(await a.sign({ sub: "u-2" }))).identity?.account).toBe("u-2");
    expect((await auth.check(await b.sign({ sub: "u-2" }))).identity).toBeUndefined();
  });
});
