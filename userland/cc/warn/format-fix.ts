// What a conversion of printf or scanf should be for an argument, and where it stands in the text of the program: the string's
// bytes are followed back through escape sequences and adjacent literals.

import { integerOf } from "../types/conversions.ts";
import type { Type } from "../types/type.ts";
import type { Loc, Span } from "../source/sources.ts";
import type { Report } from "./report.ts";

/** The place of each byte of the string and the end's; undefined where macros or comments are between. */
export function bytePlaces(report: Report, span: Span): readonly Loc[] | undefined {
  const file = report.sources.fileOf(span.loc);
  if (file === undefined) return undefined;
  const text = file.text.slice(span.loc - file.base, span.end - file.base);
  const places: Loc[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? "")) {
      at++;
      continue;
    }
    if (text[at++] !== '"') return undefined;
    while (text[at] !== '"') {
      const piece = /^(?:\\(?:x[0-9A-Fa-f]+|[0-7]{1,3}|[^uU\n])|[\x20-\x7e\t])/.exec(
        text.slice(at, at + 16),
      );
      if (piece === null) return undefined;
      places.push(span.loc + at);
      at += piece[0].length;
    }
    at++;
  }
  places.push(span.loc + text.length - 1);
  return places;
}

const LENGTHS: Readonly<Record<string, string>> = {
  "signed char": "hh",
  "unsigned char": "hh",
  short: "h",
  "unsigned short": "h",
  int: "",
  "unsigned int": "",
  long: "l",
  "unsigned long": "l",
  "long long": "ll",
  "unsigned long long": "ll",
};

/** Length and letter for a value that is printed; undefined: there is none. `letter` is the one that was written. */
export function printedAs(type: Type, letter: string): string | undefined {
  if (type.kind === "pointer")
    return integerOf(type.to)?.size === 1 && type.to.kind === "integer" ? "s" : "p";
  const own = integerOf(type);
  if (own === undefined) return undefined;
  if (own.name === "char") return "c";
  const sign = own.signed ? "d" : "u";
  const form = "xXo".includes(letter) ? letter : letter === "i" && own.signed ? "i" : sign;
  if (type.alias?.name === "size_t") return `z${"xXo".includes(letter) ? letter : "u"}`;
  if (type.alias?.name === "ssize_t") return `z${form}`;
  if (type.alias?.name === "ptrdiff_t") return `t${form}`;
  // Narrow types have become an int.
  return own.size < 4
    ? "xXo".includes(letter)
      ? letter
      : "d"
    : `${LENGTHS[own.name] ?? ""}${form}`;
}

/** The same for a place that is read into. */
export function scannedAs(type: Type, letter: string): string | undefined {
  if (type.kind !== "pointer") return undefined;
  const own = integerOf(type.to);
  if (own === undefined || own.name === "bool") return undefined;
  if (own.name === "char") return letter === "c" ? "c" : "s";
  const sign = own.signed ? "d" : "u";
  const form = "xXo".includes(letter) ? letter : letter === "i" && own.signed ? "i" : sign;
  return `${LENGTHS[own.name] ?? ""}${form}`;
}
