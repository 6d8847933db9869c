/**
 * Slips of the finger in the environment: DATA_DIRR sets nothing, and nobody would notice before the state is missed. Pure. With care, as
 * an environment is full of names that are others' business: HOME is no HOST, and NAME no GAME.
 */

/** Names that are shorter are one letter away from too many words: of these only a letter hit twice or two changed about count. */
const LONG_LETTERS_MIN = 6;

export interface NearName {
  readonly given: string;
  readonly meant: string;
}

/** Names among `given` that are one slip away from one of `known`; those that are set themselves were not meant. */
export function nearNames(given: readonly string[], known: readonly string[]): NearName[] {
  const near: NearName[] = [];
  for (const name of given) {
    if (known.includes(name)) continue;
    const meant = known.find((one) => !given.includes(one) && isSlip(name, one));
    if (meant !== undefined) near.push({ given: name, meant });
  }
  return near;
}

/** Hardly anybody gets the first letter wrong. */
function isSlip(name: string, meant: string): boolean {
  if (name[0] !== meant[0]) return false;
  const isLong = meant.length >= LONG_LETTERS_MIN;
  if (name.length === meant.length + 1) return isWithoutOne(name, meant, isLong ? "any" : "doubled");
  if (name.length === meant.length && isTransposed(name, meant)) return true;
  if (!isLong) return false;
  return name.length === meant.length ? differingAt(name, meant).length === 1 : isWithoutOne(meant, name, "any");
}

/** Whether `longer` is `shorter` with one letter more: any, or one that stands beside its like. */
function isWithoutOne(longer: string, shorter: string, which: "any" | "doubled"): boolean {
  if (longer.length !== shorter.length + 1) return false;
  const differs = [...shorter].findIndex((letter, i) => letter !== longer[i]);
  const at = differs === -1 ? shorter.length : differs;
  if (which === "doubled" && longer[at] !== longer[at - 1]) return false;
  return longer.slice(at + 1) === shorter.slice(at);
}

function isTransposed(name: string, meant: string): boolean {
  const [first, second, ...more] = differingAt(name, meant);
  if (more.length > 0 || second !== first + 1) return false;
  return name[first] === meant[second] && name[second] === meant[first];
}

/** Of two names of one length. */
function differingAt(name: string, meant: string): number[] {
  return [...name].flatMap((letter, i) => (letter === meant[i] ? [] : [i]));
}
