/**
 * An operator's list of words to mask: UTF-8, one word or phrase a line, `#` begins a comment. Read once, at the start.
 */
import { readFileSync, statSync } from "node:fs";

/** A list is read whole and kept in memory. */
const FILE_BYTES_MAX = 1024 * 1024;
const WORDS_MAX = 20_000;
const WORD_CHARACTERS_MAX = 64;

/** Throws an Error, with words for the operator, for a file that is missing, too large or no such list. */
export function readWordsFile(path: string): string[] {
  return readWords(decode(readBytes(path), path), path);
}

function readBytes(path: string): Uint8Array {
  try {
    // A size that is only read afterwards could be anything.
    if (statSync(path).size <= FILE_BYTES_MAX) return readFileSync(path);
  } catch (error) {
    throw new Error(`WORDS_FILE cannot be read: ${error instanceof Error ? error.message : "unknown"}`);
  }
  throw new Error(`WORDS_FILE ${path} is larger than 1 MiB`);
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    // Takes a byte order mark away.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`WORDS_FILE ${path} is not UTF-8`);
  }
}

function readWords(text: string, path: string): string[] {
  const words: string[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const word = line.replace(/(?:^|\s)#.*$/, "").trim();
    if (word === "") continue;
    if ([...word].length > WORD_CHARACTERS_MAX) {
      throw new Error(`WORDS_FILE ${path}: line ${i + 1} is longer than ${WORD_CHARACTERS_MAX} characters`);
    }
    words.push(word);
    if (words.length > WORDS_MAX) throw new Error(`WORDS_FILE ${path} has more than ${WORDS_MAX} words`);
  }
  return words;
}
