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

  /** Tokens that are good. */
  get size(): number {
    return this.#owners.size;
  }

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

  /**
   * `to` goes on in place of `from`, whose client came with `used`, one of its tokens if any, and is told `fresh`. Only these two are good
   * from now on: who came with `used` has none of those that were given meanwhile, and who comes again and again makes no more of them.
   */
  renew(from: Owner, to: Owner, used: Uint8Array | undefined, fresh: Uint8Array): void {
    this.revoke(from);
    if (used !== undefined) this.give(used, to);
    this.give(fresh, to);
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
