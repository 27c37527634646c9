// -E: tokens as text again, with lines where they were and `# line "file"` where they are not. White space is put between tokens
// that would otherwise be read as one.

import type { Loc, Sources } from "../source/sources.ts";
import { IN_IDENTIFIER } from "./characters.ts";
import type { Token } from "./token.ts";

/** Without -P there are line markers; with it only the lines that have something. */
export interface PrintOptions {
  readonly markers: boolean;
}

/** As many empty lines are printed rather than a marker. */
const MOST_EMPTY_LINES = 8;

export function printTokens(
  tokens: readonly Token[],
  sources: Sources,
  { markers }: PrintOptions = { markers: true },
): string {
  const out: string[] = [];
  let base = -1;
  let line = 1;
  let pack = 0;
  let before: Token | undefined;
  for (const token of tokens) {
    if (token.kind === "end") break;
    if ((token.text === "struct" || token.text === "union") && (token.pack ?? 0) !== pack) {
      pack = token.pack ?? 0;
      out.push(`\n#pragma pack(${pack === 0 ? "" : pack})\n`);
      line += 2;
    }
    if (token.startsLine) {
      if (before !== undefined) {
        out.push("\n");
        line++;
      }
      const place = markers ? sources.locate(token.loc) : undefined;
      if (place !== undefined) {
        const skipped = place.line - line;
        if (place.file.base !== base || skipped < 0 || skipped > MOST_EMPTY_LINES) {
          out.push(`# ${place.line} "${place.file.name.replaceAll(/["\\]/g, "\\$&")}"\n`);
          base = place.file.base;
        } else {
          out.push("\n".repeat(skipped));
        }
        line = place.line;
        if (place.column > 1) out.push(" ".repeat(Math.min(place.column - 1, 100)));
      } else if (token.spaced) {
        out.push(" ");
      }
    } else if (token.spaced || (before !== undefined && wouldJoin(before, token, sources))) {
      out.push(" ");
    }
    out.push(token.text);
    before = token;
  }
  if (out.length > 0) out.push("\n");
  return out.join("");
}

/** Behind the token, as far as it stands in a file; -1: it does not, as the number that `__LINE__` becomes. */
function endOf(token: Token, sources: Sources): Loc {
  const file = token.from === undefined ? sources.fileOf(token.loc) : undefined;
  const isThere = file?.text.startsWith(token.text, token.loc - file.base) === true;
  return isThere ? token.loc + token.text.length : -1;
}

/** Whether two tokens without white space between them could be read as other ones. */
function wouldJoin(left: Token, right: Token, sources: Sources): boolean {
  // They were read so.
  if (endOf(left, sources) === right.loc && endOf(right, sources) >= 0) return false;
  const first = right.text.charCodeAt(0);
  const isWordLike = first >= 128 || IN_IDENTIFIER[first] === 1;
  switch (left.kind) {
    case "identifier":
      return isWordLike || right.kind === "string" || right.kind === "character";
    case "number":
      return isWordLike || first === 46 || first === 43 || first === 45;
    case "punctuator":
      if (left.text === "." && right.kind === "number") return true;
      return right.kind === "punctuator" && joins(left.text, right.text);
    case "other":
      return true;
    default:
      return isWordLike && left.kind === "string";
  }
}

function joins(left: string, right: string): boolean {
  const first = right[0];
  if (first === "=") return true;
  switch (left[left.length - 1]) {
    case "+":
    case "&":
    case "|":
    case "#":
    case ".":
    case ">":
      return first === left[left.length - 1];
    case "-":
      return first === "-" || first === ">";
    case "/":
      return first === "/" || first === "*";
    case "<":
      return first === "<" || first === ":" || first === "%";
    case "%":
      return first === ":" || first === ">";
    case ":":
      return first === ">";
    default:
      return false;
  }
}
