// What an editor wants to know of a text that is being written: is it C, and where not. Nothing is made of it. Files that it
// includes come from whoever has them; those that are not known yet are named, and the check is asked for again with them.

import { compileUnit, defaultOptions } from "./compile.ts";
import { GUEST_HEADERS } from "./installed.ts";
import type { Diagnostic, Severity } from "../source/diagnostics.ts";
import { type Loc, NOWHERE, type Sources } from "../source/sources.ts";

/** A piece of the text: offsets in UTF-16 units, `to` behind its last one. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

export interface CheckMessage {
  readonly severity: Severity;
  /** One sentence without a full stop; where a better spelling is known it says so ("did you mean 'count'?"). */
  readonly message: string;
  /** Of warnings: -Wno-OPTION turns it off. */
  readonly option: string | undefined;
  /** The file that it is about, as it was named; undefined when it is about none. */
  readonly file: string | undefined;
  /** From 1, the column in UTF-16 units; 0 when it is about no place. */
  readonly line: number;
  readonly column: number;
  /** What is to be marked in the checked text: what is meant or, if that is in an included file, the #include. Undefined
   * when it is about no place in the text. Empty only at the end of a line. */
  readonly range: TextRange | undefined;
  /** What would mend it: this in the range's place (`from` = `to`: put in there). Only of the checked text. */
  readonly fix: (TextRange & { readonly text: string }) | undefined;
  /** What else to look at: where something is declared, which macro was expanded. They have none themselves. */
  readonly notes: readonly CheckMessage[];
}

export type CheckResult =
  | { readonly kind: "checked"; readonly messages: readonly CheckMessage[] }
  /** These files are asked for; `known` must say of each what is in it, or that there is none. */
  | { readonly kind: "wanted"; readonly paths: readonly string[] };

/** Thrown out of the preprocessor at a file that nobody has said anything about. */
class Unknown extends Error {}

/**
 * Checks `text`, which is or would be the file `path`. Those of /usr/include come from `headers`, all other files from
 * `known`; undefined there: there is no such file.
 */
export function check(
  path: string,
  text: string,
  headers: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, string | undefined>,
): CheckResult {
  const paths: string[] = [];
  const read = (wanted: string): string | undefined => {
    if (wanted === path) return text;
    if (wanted.startsWith(`${GUEST_HEADERS}/`)) return headers.get(wanted);
    if (known.has(wanted)) return known.get(wanted);
    paths.push(wanted);
    throw new Unknown(wanted);
  };
  try {
    const { diagnostics, sources } = compileUnit(
      path,
      { read },
      { ...defaultOptions, result: "checked", systemFolders: [GUEST_HEADERS] },
    );
    const messages = diagnostics.list.map((diagnostic) => messageOf(diagnostic, path, sources));
    return { kind: "checked", messages };
  } catch (error) {
    if (error instanceof Unknown) return { kind: "wanted", paths };
    throw error;
  }
}

function messageOf(diagnostic: Diagnostic, path: string, sources: Sources): CheckMessage {
  const { severity, message, option, loc, end, fix, notes } = diagnostic;
  const place = sources.locate(loc);
  const fixed = fix === undefined ? undefined : rangeOf(fix.from, fix.to, path, sources);
  return {
    severity,
    message,
    option,
    file: place?.file.name,
    line: place?.line ?? 0,
    column: place?.column ?? 0,
    range:
      rangeOf(loc, Math.max(end, behindOne(loc, sources)), path, sources) ??
      includeOf(loc, path, sources),
    fix: fix === undefined || fixed === undefined ? undefined : { ...fixed, text: fix.text },
    notes: notes.map((note) => messageOf(note, path, sources)),
  };
}

/** Behind the character at a place; the place itself at the end of its line. */
function behindOne(loc: Loc, sources: Sources): Loc {
  const place = sources.locate(loc);
  return place !== undefined && place.column <= place.text.length ? loc + 1 : loc;
}

/** Undefined when it is not in the file `path`. */
function rangeOf(from: Loc, to: Loc, path: string, sources: Sources): TextRange | undefined {
  const file = sources.fileOf(from);
  if (file === undefined || file.name !== path || file.includedAt !== NOWHERE) return undefined;
  return { from: from - file.base, to: Math.min(to - file.base, file.text.length) };
}

/** The #include line of the file `path` through which a place's file came. */
function includeOf(loc: Loc, path: string, sources: Sources): TextRange | undefined {
  for (let file = sources.fileOf(loc); file !== undefined;) {
    const at = file.includedAt;
    const place = sources.locate(at);
    if (place === undefined) return undefined;
    file = place.file;
    if (file.name !== path || file.includedAt !== NOWHERE) continue;
    const start = at - file.base - (place.column - 1);
    return { from: start, to: start + place.text.length };
  }
  return undefined;
}
