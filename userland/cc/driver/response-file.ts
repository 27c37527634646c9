// @FILE on the command line: the words in the file take its place (gcc's manual, "Overall Options"). White space separates them,
// quotes keep it, a backslash takes the next character as it is; the words may name such files in turn.

import { textOfBytes } from "../source/byte-text.ts";
import type { ReadAnswer } from "./files-read.ts";

/** Files and words beyond these are a file that names itself. */
const MOST_FILES = 100;
const MOST_WORDS = 100_000;

type Reading<Result> = Generator<
  { readonly kind: "read"; readonly path: string },
  Result,
  ReadAnswer | string
>;

/** The words with those of the files; what names no file stays what it is. Undefined: there is no end. */
export function* withResponseFiles(words: readonly string[]): Reading<string[] | undefined> {
  const out: string[] = [];
  const left = [...words].reverse();
  let files = 0;
  for (;;) {
    const word = left.pop();
    if (word === undefined) return out;
    const path = word.startsWith("@") ? word.slice(1) : "";
    const answer = path === "" ? undefined : yield { kind: "read", path };
    if (!(answer instanceof Uint8Array)) {
      out.push(word);
      continue;
    }
    left.push(...wordsOf(textOfBytes(answer)).reverse());
    if (++files > MOST_FILES || left.length + out.length > MOST_WORDS) return undefined;
  }
}

function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    let character = text[at] ?? "";
    if (character === "\\") character = text[++at] ?? "";
    else if (quote === "" && /[ \t\n\r\f\v]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    } else if (quote === "" && (character === "'" || character === '"')) {
      quote = character;
      word ??= "";
      continue;
    } else if (character === quote) {
      quote = "";
      continue;
    }
    word = (word ?? "") + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}
