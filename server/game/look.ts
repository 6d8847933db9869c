/** What players choose about their tadpole, checked and cleaned (SPEC G1). Pure. */
import { shoal } from "../../proto/gen/shoal.js";
import { NAME_GRAPHEMES_MAX } from "../../proto/limits.ts";
import { cleanName } from "./text.ts";
import { type FilterText, filtered } from "./word-filter.ts";

export const COLOUR_MAX = 0xffffff;
/** UTF-16 units of an account's name that are looked at when it is too long. */
const GIVEN_NAME_UNITS_MAX = 256;

/** A look that everyone may see. */
export interface CleanLook {
  readonly name: string;
  readonly colour: number;
  readonly gender: shoal.Gender;
}

/** What the cleaned look is made with. */
export interface LookRules {
  /** What an empty name becomes. */
  readonly guestName: string;
  /** Clean already, and in place of the look's own: the player's account has it. */
  readonly givenName?: string | undefined;
  readonly filter: FilterText;
}

/** The cleaned look, or why it cannot be used. */
export function cleanLook(look: shoal.Look.$Properties, rules: LookRules): CleanLook | string {
  const { guestName, givenName, filter } = rules;
  const colour = look.colour ?? 0;
  const gender = look.gender ?? shoal.Gender.GENDER_UNSPECIFIED;
  if (colour > COLOUR_MAX) return "colour is above 0xffffff";
  if (!(gender in shoal.Gender)) return "no such gender";
  const raw = givenName ?? look.name ?? "";
  const name = raw === "" ? guestName : filtered(raw, cleanName, filter);
  if (name === undefined) return "name is empty or longer than 20 characters";
  return { name, colour, gender };
}

/** An account's name as everyone may see it, cut where it is too long; undefined if nothing of it can be shown. */
export function givenNameOf(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  // So many code points are within the limits of characters and of bytes, whatever they are.
  return cleanName(raw) ?? cleanName([...raw.slice(0, GIVEN_NAME_UNITS_MAX)].slice(0, NAME_GRAPHEMES_MAX).join(""));
}
