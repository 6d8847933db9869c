/** Tokens as an operator's sign-in would make them: JWTs (RFC 7519) by HS256. */
import { createHmac } from "node:crypto";

/** Of servers of these tests, and of nothing else. */
export const AUTH_SECRET = "a secret for one run of the faults, long enough for HS256";

/** Good from now on, for so long. */
export function signedToken(subject: string, seconds: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const nowS = Math.floor(Date.now() / 1000);
  const claims = { sub: subject, name: "Racer", iat: nowS, nbf: nowS, exp: nowS + seconds };
  const head = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${head}.${createHmac("sha256", AUTH_SECRET).update(head).digest("base64url")}`;
}
