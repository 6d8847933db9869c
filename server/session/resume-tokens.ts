/**
 * Who may go on with which session: 128 random bits each, of which only a hash is kept, so that a dump of this process's
 * memory lets nobody in. A token is good for one use; the one used dies when the client has shown that it got the next one. Knows
 * nothing of connections.
 *
 * No time tells a guess how near it was: it is looked up by its hash, and which bits of a hash come close to a stored one is not
 * for the guesser to choose. So nothing here compares secrets byte by byte.
 */
import { createHash, randomBytes } from "node:crypto";
import { RESUME_TOKEN_BYTES } from "../../proto/limits.ts";

export class ResumeTokens<Owner> {
  readonly #owners = new Map<string, Owner>();
  /** Hashes of each owner's tokens, the newest last. */
  readonly #hashes = new Map<Owner, string[]>();

  /** A token that nobody owns yet. */
  create(): Uint8Array {
    return randomBytes(RESUME_TOKEN_BYTES);
  }

  /** `owner` may come back with `token` from now on. */
  give(token: Uint8Array, owner: Owner): void {
    const hash = hashOf(token);
    this.#owners.set(hash, owner);
    const hashes = this.#hashes.get(owner);
    if (hashes === undefined) this.#hashes.set(owner, [hash]);
    else hashes.push(hash);
  }

  find(token: Uint8Array): Owner | undefined {
    return this.#owners.get(hashOf(token));
  }

  /** All tokens of `from` are those of `to`. */
  pass(from: Owner, to: Owner): void {
    const hashes = this.#hashes.get(from) ?? [];
    this.#hashes.delete(from);
    this.#hashes.set(to, hashes);
    for (const hash of hashes) this.#owners.set(hash, to);
  }

  /** The owner has the newest token: older ones die. */
  confirm(owner: Owner): void {
    const hashes = this.#hashes.get(owner);
    if (hashes === undefined) return;
    while (hashes.length > 1) this.#owners.delete(hashes.shift() ?? "");
  }

  revoke(owner: Owner): void {
    for (const hash of this.#hashes.get(owner) ?? []) this.#owners.delete(hash);
    this.#hashes.delete(owner);
  }
}

function hashOf(token: Uint8Array): string {
  return createHash("sha256").update(token).digest("base64");
}
