// What the compiler has to say about a program. Stages report here and go on; who drives them asks at the end whether there
// were errors. How it looks on a terminal is render.ts's business, in an editor the editor's.

import { type Loc, NOWHERE } from "./sources.ts";
import { WarningRegions } from "./warning-regions.ts";
import { type WarningName, WarningSwitches } from "./warnings.ts";

export type Severity = "error" | "warning" | "note";

export interface Fix {
  /** The text from `from` to before `to` is to be replaced by this. */
  readonly from: Loc;
  readonly to: Loc;
  readonly text: string;
}

export interface Diagnostic {
  readonly severity: Severity;
  readonly loc: Loc;
  /** Behind the last character of what is underlined; `loc` alone gets a caret when this is not larger. */
  readonly end: Loc;
  /** One sentence without a full stop, in lower case, as compilers say it. */
  readonly message: string;
  /** The option that turns it off: `unused-variable` is -Wno-unused-variable. Errors have none, unless they are warnings that
   * shall be errors: `error,-Wunused-variable`. */
  readonly option?: string;
  /** What it is about elsewhere: "previous declaration is here". */
  readonly notes: readonly Diagnostic[];
  readonly fix?: Fix;
}

/** Thrown when there have been so many errors that more would only be noise, or after an error that nothing can follow. */
export class CompilationStopped extends Error {}

export interface MoreToSay {
  readonly end?: Loc;
  readonly notes?: readonly { readonly loc: Loc; readonly message: string }[];
  readonly fix?: Fix;
}

const MOST_ERRORS = 20;

export class Diagnostics {
  readonly list: Diagnostic[] = [];
  errors = 0;
  /** Errors that are no warnings which shall be errors: what they are about could not be read. */
  mistakes = 0;
  warnings = 0;
  readonly regions: WarningRegions;
  /** The macro whose expansion stands at a place, for all that the preprocessor has expanded. */
  readonly expansions = new Map<Loc, { readonly macro: string; readonly loc: Loc }>();
  /** After so many errors the rest is not said (-ferror-limit); 0: all are. */
  readonly #mostErrors: number;
  #lastError: Loc = NOWHERE;
  /** A comment without an end has taken the rest of a file along: what is missing behind it is no news. */
  isCut = false;

  constructor(switches = new WarningSwitches(), mostErrors = MOST_ERRORS) {
    this.regions = new WarningRegions(switches);
    this.#mostErrors = mostErrors;
  }

  /** What is wrong at a place is said once: a second error there is an echo of the first. */
  error(loc: Loc, message: string, more: MoreToSay = {}): void {
    if (loc === this.#lastError && loc !== NOWHERE) return;
    this.#lastError = loc;
    this.mistakes++;
    this.#error(loc, message, more, undefined);
  }

  #error(loc: Loc, message: string, more: MoreToSay, option: string | undefined): void {
    this.#add("error", loc, message, more, option);
    if (++this.errors === this.#mostErrors)
      this.fatal(loc, "too many errors; the rest is not shown");
  }

  /** An error after which nothing makes sense. */
  fatal(loc: Loc, message: string, more: MoreToSay = {}): never {
    this.#add("error", loc, message, more, undefined);
    this.errors++;
    throw new CompilationStopped(message);
  }

  warning(option: WarningName, loc: Loc, message: string, more: MoreToSay = {}): void {
    const switches = this.regions.at(loc, option);
    if (!switches.isWanted(option)) return;
    const isSaidAnywhere = option.startsWith("#") || switches.isNamed("system-headers");
    if (!isSaidAnywhere && this.regions.isForeign(loc)) return;
    if (switches.isError(option)) {
      this.#error(loc, message, more, `error,-W${option}`);
      return;
    }
    this.warnings++;
    this.#add("warning", loc, message, more, option);
  }

  /** Brings the first `count` messages, which an earlier stage had about the same files, into the order of the text. */
  mergeFirst(count: number): void {
    const earlier = this.list.slice(0, count);
    const later = this.list.slice(count);
    if (earlier.length === 0 || later.length === 0) return;
    this.list.length = 0;
    let next = 0;
    for (const diagnostic of later) {
      while ((earlier[next]?.loc ?? Infinity) <= diagnostic.loc && next < earlier.length) {
        const one = earlier[next++];
        if (one !== undefined) this.list.push(one);
      }
      this.list.push(diagnostic);
    }
    this.list.push(...earlier.slice(next));
  }

  #add(
    severity: Severity,
    loc: Loc,
    message: string,
    { end = loc, notes = [], fix }: MoreToSay,
    option: string | undefined,
  ): void {
    const macro = this.expansions.get(loc);
    // Of the compiler's own macros there is no definition to be seen.
    const inMacro =
      macro === undefined || macro.loc === 0
        ? []
        : [{ loc: macro.loc, message: `in the expansion of macro '${macro.macro}', defined here` }];
    this.list.push({
      severity,
      loc,
      end,
      message,
      notes: [...inMacro, ...notes].map((note) => ({
        severity: "note",
        loc: note.loc,
        end: note.loc,
        message: note.message,
        notes: [],
      })),
      ...(option === undefined ? {} : { option }),
      ...(fix === undefined ? {} : { fix }),
    });
  }
}
