/**
 * Who a player is, where the operator asks: reads and checks the JSON Web Token of a hello (SPEC S18, S27). No token and nothing of
 * one appears in what it answers. Knows nothing of connections, sessions or what the identity is good for.
 */
// jose: JWT and JWKS after RFC 7515 to 7519, without dependencies; a home-made check of signatures would be a hole.
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Identity } from "../room/game.ts";

/** Clocks of whoever signs and of this server may differ by so much, s. */
const CLOCK_TOLERANCE_S = 60;
const ACCOUNT_BYTES_MAX = 128;
const KEYS_TIMEOUT_MS = 2000;
/** A key that is not in the set lets it be fetched again, at most once in this time. */
const KEYS_COOLDOWN_MS = 30_000;
/** The set is fetched anew when it is so old. */
const KEYS_AGE_MAX_MS = 600_000;
/** A fetch failed: nobody causes another one so soon. */
const KEYS_FAILURE_PAUSE_MS = 1000;

/** What became of a check. `words` are for a close frame: at most 90 bytes, nothing of the token in them. */
export type Verdict = { readonly identity: Identity } | Refused;

interface Refused {
  readonly identity?: undefined;
  readonly fault: "unauthorised" | "unavailable";
  readonly words: string;
  /** What exactly is wrong, for the operator alone: whoever guesses at tokens need not know. */
  readonly cause?: string;
}

export interface Authenticator {
  /** Never rejects. */
  check(token: string): Promise<Verdict>;
}

export interface AuthOptions {
  /** HS256, at least 32 bytes; empty: `jwksUrl`. */
  readonly secret: string;
  /** Address of a JSON Web Key Set (RFC 7517). */
  readonly jwksUrl: string;
  /** Wanted `iss` and `aud`; empty: any. */
  readonly issuer: string;
  readonly audience: string;
  /** The wall clock, ms since 1970: tokens expire by it. */
  readonly wallMs: () => number;
  /** Monotonic, ms. */
  readonly nowMs: () => number;
}

/** The keys could not be had: says nothing about the token. */
class KeysUnavailable extends Error {}

/** Undefined where nobody is asked who they are. */
export function createAuthenticator(options: AuthOptions): Authenticator | undefined {
  const { secret, jwksUrl, issuer, audience, wallMs } = options;
  if (secret === "" && jwksUrl === "") return undefined;
  const isShared = secret !== "";
  const key = new TextEncoder().encode(secret);
  const getKey: JWTVerifyGetKey = isShared ? async () => key : remoteKeys(jwksUrl, options.nowMs);
  // Named, so that no token chooses: a public key taken for a shared secret is the oldest hole of JWT (RFC 8725 section 2.1).
  const algorithms = isShared ? ["HS256"] : ["RS256", "ES256", "EdDSA"];
  const claims = { ...(issuer && { issuer }), ...(audience && { audience }) };
  return {
    async check(token) {
      if (token === "") return unauthorised("this server asks who players are: sign in");
      try {
        const currentDate = new Date(wallMs());
        // A token that never expires is a password that cannot be changed: one that was seen once is good for ever.
        const requiredClaims = ["exp"];
        const checks = { algorithms, ...claims, requiredClaims, currentDate, clockTolerance: CLOCK_TOLERANCE_S };
        const { payload } = await jwtVerify(token, getKey, checks);
        return identify(payload["sub"], payload["name"]);
      } catch (error) {
        if (error instanceof KeysUnavailable) {
          return { fault: "unavailable", words: "who players are cannot be checked at the moment" };
        }
        return refused(error);
      }
    },
  };
}

function refused(error: unknown): Refused {
  if (error instanceof errors.JWTExpired) return unauthorised("the token has expired: sign in again");
  const claim = error instanceof errors.JWTClaimValidationFailed ? error.claim : undefined;
  if (error instanceof errors.JWTClaimValidationFailed && claim === "exp" && error.reason === "missing") {
    return unauthorised("the token must say when it expires (exp)");
  }
  // The library's code and the name of a claim that was asked for: nothing that was sent.
  const code = error instanceof errors.JOSEError ? error.code : "unreadable";
  return { ...unauthorised("the token is not valid"), cause: claim === undefined ? code : `${code}: ${claim}` };
}

function identify(account: unknown, name: unknown): Verdict {
  if (typeof account !== "string" || account === "" || Buffer.byteLength(account) > ACCOUNT_BYTES_MAX) {
    return unauthorised(`the token's sub must be 1 to ${ACCOUNT_BYTES_MAX} bytes`);
  }
  return { identity: { account, name: typeof name === "string" && name !== "" ? name : undefined } };
}

function unauthorised(words: string): Refused {
  return { fault: "unauthorised", words };
}

/** The keys of a set somewhere else. While it cannot be had, those had last still count: a key that was good lets its players in. */
function remoteKeys(url: string, nowMs: () => number): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: KEYS_TIMEOUT_MS,
    cooldownDuration: KEYS_COOLDOWN_MS,
    cacheMaxAge: KEYS_AGE_MAX_MS,
  });
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  const lastKnown: JWTVerifyGetKey = async (header, token) => {
    const known = remote.jwks();
    if (known === undefined) throw new KeysUnavailable();
    try {
      return await createLocalJWKSet(known)(header, token);
    } catch {
      throw new KeysUnavailable();
    }
  };
  return async (header, token) => {
    if (nowMs() < pausedUntilMs) return lastKnown(header, token);
    try {
      return await remote(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      pausedUntilMs = nowMs() + KEYS_FAILURE_PAUSE_MS;
      return lastKnown(header, token);
    }
  };
}

/** The set was had, and holds no key for this token. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
