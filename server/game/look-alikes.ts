/**
 * Which names people take for one another: the same after compatibility forms and case are folded, or the same to the eye
 * (Unicode TR39 section 4, skeletons). Keys are for comparing only, never for showing. Pure.
 */
import { createRequire } from "node:module";

/** Unicode's confusables.txt as JSON: from each character to what it looks like. The package keeps it up to date. */
const data: unknown = createRequire(import.meta.url)("unhomoglyph/data.json");

const IGNORABLE = /\p{Default_Ignorable_Code_Point}+/gu;
const PROTOTYPES = readPrototypes(data);

/**
 * Two names are alike if they have a key in common. The first is by letters: "ADA" and "ada". The second is by shape:
 * "Ada" and "Аdа" with Cyrillic letters, "Paul" and "PauI" with a capital i.
 */
export function nameKeys(name: string): readonly [folded: string, skeleton: string] {
  const compatible = name.normalize("NFKC").replace(IGNORABLE, "");
  return [foldCase(compatible), skeletonOf(compatible)];
}

/** What one character of a text counts as where words are looked for: no case, no forms, its look-alike's letter. */
export function foldCharacter(character: string): string {
  return shapesOf(foldCase(character.normalize("NFKC"))).toLowerCase();
}

/** Shapes are compared as written, then once more in lower case: most who see "PAYPAI" read what "paypal" says. */
function skeletonOf(compatible: string): string {
  return shapesOf(foldCase(shapesOf(compatible))).toLowerCase();
}

function shapesOf(text: string): string {
  let shapes = "";
  for (const character of text.normalize("NFD")) shapes += PROTOTYPES.get(character) ?? character;
  return shapes.normalize("NFC");
}

/** Upper case first: "ß" and "ss", "ς" and "σ" are one. */
function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase().normalize("NFKC");
}

function readPrototypes(table: unknown): ReadonlyMap<string, string> {
  if (typeof table !== "object" || table === null) throw new TypeError("unhomoglyph's table is no object");
  return new Map(Object.entries(table).map(([from, to]) => [from, String(to)]));
}
