/**
 * The names in one room: no two that people take for one another (SPEC G10). Knows the names and whose they are,
 * nothing of players. Whoever is away keeps the name.
 */
import { NAME_BYTES_MAX, NAME_GRAPHEMES_MAX } from "../../proto/limits.ts";
import { nameKeys } from "./look-alikes.ts";
import { cutText } from "./text.ts";

/** Namesakes that get a number; further ones are guests. Bounds the search at a join. */
const NUMBER_MAX = 999;

/** "Guest" and a number, by shape: the skeleton of 1 is l, and that of 0 is o. */
const GUEST = /^guest ?[\dlo]+$/;

/** The name of a player who gave none. */
export function guestName(id: number): string {
  return `Guest ${id}`;
}

export class TakenNames {
  /** Ids of the holders by both keys of their names. */
  readonly #holders = new Map<string, number>();

  /** Whether the player with this id may have the name. */
  isFree(name: string, id: number): boolean {
    const keys = nameKeys(name);
    return (name === guestName(id) || !GUEST.test(keys[1])) && this.#areFree(keys, id);
  }

  /** For a newcomer: the name, or with the first number behind it that nobody has, or the guest's name. */
  choose(name: string, id: number): string {
    if (this.isFree(name, id)) return name;
    const guest = guestName(id);
    if (GUEST.test(nameKeys(name)[1])) return guest;
    let base = "";
    let keys: readonly string[] = [];
    let suffixLength = 0;
    for (let number = 2; number <= NUMBER_MAX; number++) {
      const suffix = ` ${number}`;
      if (suffix.length !== suffixLength) {
        suffixLength = suffix.length;
        base = cutText(name, NAME_GRAPHEMES_MAX - suffixLength, NAME_BYTES_MAX - suffixLength);
        keys = nameKeys(base);
      }
      // Keys of the parts are keys of the whole: nothing folds over a space.
      const shape = keys[1] + suffix.replaceAll("0", "o").replaceAll("1", "l");
      if (GUEST.test(shape)) return guest;
      if (this.#areFree([keys[0] + suffix, shape], id)) return base + suffix;
    }
    return guest;
  }

  /** The name is that player's from now on; a name held before is given back by `release`. */
  take(name: string, id: number): void {
    for (const key of nameKeys(name)) this.#holders.set(key, id);
  }

  release(name: string, id: number): void {
    for (const key of nameKeys(name)) if (this.#holders.get(key) === id) this.#holders.delete(key);
  }

  #areFree(keys: readonly string[], id: number): boolean {
    return keys.every((key) => (this.#holders.get(key) ?? id) === id);
  }
}
