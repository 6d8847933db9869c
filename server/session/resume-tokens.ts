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

/** Whom tokens are of: it carries their hashes, as they are saved with it. */
export interface TokenOwner {
  /** SHA-256 of each token that is good, the newest last. */
  tokenHashes: Uint8Array[];
}

export class ResumeTokens<Owner extends TokenOwner> {
  /** By hash. */
  readonly #owners = new Map<string, Owner>();

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
    owner.tokenHashes.push(hash);
    this.#owners.set(keyOf(hash), owner);
  }

  find(token: Uint8Array): Owner | undefined {
    return this.#owners.get(keyOf(hashOf(token)));
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

  /** `owner` brought its hashes along: it was saved. */
  adopt(owner: Owner): void {
    for (const hash of owner.tokenHashes) this.#owners.set(keyOf(hash), owner);
  }

  /** All tokens of `from` are those of `to`, and `to` has no others. */
  pass(from: Owner, to: Owner): void {
    this.revoke(to);
    to.tokenHashes = from.tokenHashes;
    from.tokenHashes = [];
    this.adopt(to);
  }

  /** The owner has the newest token: older ones die. False if there are none. */
  confirm(owner: Owner): boolean {
    if (owner.tokenHashes.length < 2) return false;
    for (const hash of owner.tokenHashes.splice(0, owner.tokenHashes.length - 1)) this.#owners.delete(keyOf(hash));
    return true;
  }

  revoke(owner: Owner): void {
    for (const hash of owner.tokenHashes) this.#owners.delete(keyOf(hash));
    owner.tokenHashes = [];
  }
}

function hashOf(token: Uint8Array): Uint8Array {
  // Copied from Node's pool, as it stays.
  return new Uint8Array(createHash("sha256").update(token).digest());
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString("latin1");
}
