/**
 * The player's name, colour and gender, kept in the browser between visits. Storage may be forbidden or hold anything:
 * then the player gets a fresh look.
 */
import { NAME_BYTES_MAX, NAME_GRAPHEMES_MAX } from "../../proto/limits.ts";
import { cutText } from "./graphemes.ts";

const KEY = "shoal.look";

export interface PlayerLook {
  /** Empty: the server gives a name. */
  readonly name: string;
  /** 0xRRGGBB. */
  readonly colour: number;
  /** As in game.proto: 0 none, 1 female, 2 male, 3 other. */
  readonly gender: number;
}

/** Colours that stay readable on every hue of the water. */
export const SWATCHES: readonly number[] = [
  0xffd166, 0xff9f68, 0xff7f8e, 0xf79bd3, 0xc9a2ff, 0x8fb4ff, 0x6fdcf2, 0x74e8b6, 0xb9e769, 0xf4f1e8,
];

export function loadLook(storage: Storage | undefined, random: () => number): PlayerLook {
  const fresh = { name: "", colour: SWATCHES[Math.floor(random() * SWATCHES.length)], gender: 0 };
  try {
    return checkLook(JSON.parse(storage?.getItem(KEY) ?? "null")) ?? fresh;
  } catch {
    return fresh;
  }
}

export function saveLook(storage: Storage | undefined, look: PlayerLook): void {
  try {
    storage?.setItem(KEY, JSON.stringify(look));
  } catch {
    // Full or forbidden: the look lives as long as the page.
  }
}

export function forgetLook(storage: Storage | undefined): void {
  try {
    storage?.removeItem(KEY);
  } catch {
    // Forbidden: then nothing was kept either.
  }
}

/** The page's storage, or undefined where the browser forbids even asking. */
export function pageStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

/** What lives as long as the tab, reloads included; undefined where the browser forbids even asking. */
export function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

function checkLook(value: unknown): PlayerLook | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { name, colour, gender } = value as Record<string, unknown>;
  if (typeof name !== "string" || !isIntegerBelow(colour, 0x1000000) || !isIntegerBelow(gender, 4)) return undefined;
  return { name: cutText(name, NAME_GRAPHEMES_MAX, NAME_BYTES_MAX), colour, gender };
}

function isIntegerBelow(value: unknown, end: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < end;
}
