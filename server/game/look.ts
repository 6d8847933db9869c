/** What players choose about their tadpole, checked and cleaned (SPEC G1). Pure. */
import { shoal } from "../../proto/gen/shoal.js";
import { cleanName } from "./text.ts";

export const COLOUR_MAX = 0xffffff;

/** A look that everyone may see. */
export interface CleanLook {
  readonly name: string;
  readonly colour: number;
  readonly gender: shoal.Gender;
}

/** The cleaned look, or why it cannot be used. An empty name becomes `guestName`. */
export function cleanLook(look: shoal.Look.$Properties, guestName: string): CleanLook | string {
  const colour = look.colour ?? 0;
  const gender = look.gender ?? shoal.Gender.GENDER_UNSPECIFIED;
  if (colour > COLOUR_MAX) return "colour is above 0xffffff";
  if (!(gender in shoal.Gender)) return "no such gender";
  const raw = look.name ?? "";
  const name = raw === "" ? guestName : cleanName(raw);
  if (name === undefined) return "name is empty or longer than 20 characters";
  return { name, colour, gender };
}
