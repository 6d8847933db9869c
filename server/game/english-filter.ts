/**
 * The default filter: masks what most readers of English do not want to read. Words, the ways to write them and the
 * innocent words that hold them are a library's; this asks it only about texts that may have one.
 */
// Kept up to date by others: the words, and what must not be taken for one ("Scunthorpe").
import {
  englishDataset,
  englishRecommendedTransformers,
  type ParsedPattern,
  RegExpMatcher,
  SyntaxKind,
} from "obscenity";
import { type FilterText, mask } from "./word-filter.ts";

/** Innocent words that the library does not know of. */
const INNOCENT = ["shiitake", "shitake", "penistone"];

type PatternNode = ParsedPattern["nodes"][number];

export function englishFilter(): FilterText {
  const dataset = englishDataset.build();
  const whitelistedTerms = [...(dataset.whitelistedTerms ?? []), ...INNOCENT];
  const matcher = new RegExpMatcher({ ...dataset, whitelistedTerms, ...englishRecommendedTransformers });
  const isSuspect = suspicion(dataset.blacklistedTerms.map(({ pattern }) => pattern));
  return (text) => {
    if (!isSuspect(text)) return text;
    const matches = matcher.getAllMatches(text, true);
    if (matches.length === 0) return text;
    return mask(
      text,
      matches.map(({ startIndex, endIndex }) => ({ start: startIndex, end: endIndex + 1 })),
    );
  };
}

/**
 * Whether any pattern could match: all of them as one expression, without their word borders, over the text with the
 * library's own transformations. The library searches for each pattern and each innocent word on its own; most texts
 * are spared that: 13 instead of 42 microseconds for 280 letters.
 */
function suspicion(patterns: readonly ParsedPattern[]): (text: string) => boolean {
  const any = new RegExp(patterns.map(({ nodes }) => nodes.map(sourceOf).join("")).join("|"), "su");
  const steps = (englishRecommendedTransformers.blacklistMatcherTransformers ?? []).map((step) =>
    "factory" in step ? step.factory() : step,
  );
  return (text) => {
    let transformed = "";
    for (const character of text) {
      let code = character.codePointAt(0);
      for (const step of steps) code = code === undefined ? undefined : step.transform(code);
      if (code !== undefined) transformed += String.fromCodePoint(code);
    }
    for (const step of steps) if ("reset" in step) step.reset();
    return any.test(transformed);
  };
}

function sourceOf(node: PatternNode): string {
  switch (node.kind) {
    case SyntaxKind.Literal:
      return node.chars.map((code) => `\\u{${code.toString(16)}}`).join("");
    case SyntaxKind.Optional:
      return `(?:${sourceOf(node.childNode)})?`;
    case SyntaxKind.Wildcard:
      return ".";
    default:
      return node satisfies never;
  }
}
