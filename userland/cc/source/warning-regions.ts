// Which warnings are wanted where: `#pragma GCC diagnostic` changes it from one place of a text on. Places are numbers of one
// space (sources.ts), in which a file that is included stands behind the one that includes it; so what holds is noted at the
// beginning of each file and again behind its end, and the nearest note before a place tells.

import { type Loc, NOWHERE, type Sources } from "./sources.ts";
import type { WarningSwitches } from "./warnings.ts";

interface Region {
  readonly from: Loc;
  readonly switches: WarningSwitches;
}

/** Pragmas that push without end are a mistake or worse. */
const MOST_PUSHED = 1000;

export class WarningRegions {
  /** The command line's. */
  readonly #first: WarningSwitches;
  #now: WarningSwitches;
  /** What the last region has. */
  #noted: WarningSwitches;
  #isReading = false;
  readonly #stack: WarningSwitches[] = [];
  readonly #regions: Region[] = [];
  /** By place; what a macro's body says stands all at one place, the macro's. */
  readonly #inMacros = new Map<Loc, WarningSwitches[]>();
  #isSorted = true;
  /** The system's headers, and what #pragma GCC system_header says is one. */
  readonly #foreign: { readonly from: Loc; readonly to: Loc }[] = [];

  constructor(switches: WarningSwitches) {
    this.#first = this.#now = this.#noted = switches;
  }

  /** Whether no pragma has said anything: there is nothing to note then. */
  get isPlain(): boolean {
    return this.#regions.length === 0 && this.#now === this.#first;
  }

  /** What holds where the preprocessor is. */
  get now(): WarningSwitches {
    return this.#now;
  }

  /** Whether there was room for it. */
  push(): boolean {
    if (this.#stack.length >= MOST_PUSHED) return false;
    this.#stack.push(this.#now);
    return true;
  }

  /** Whether something was pushed; what the command line said holds if not. */
  pop(): boolean {
    const before = this.#stack.pop();
    this.#now = before ?? this.#first;
    return before !== undefined;
  }

  /** From here on these hold; the files so far have had what the command line says. */
  change(switches: WarningSwitches, sources: Sources): void {
    if (this.#regions.length === 0) {
      for (const { base } of sources.files) this.#add(base, this.#first);
    }
    this.#now = switches;
  }

  /**
   * The next token that the parser will see; `isElsewhere`: the one before was in another file, `isExpanded`: a macro has made it
   * or had it as an argument. Such tokens do not come in the order of the text: what a macro's pragmas say is noted of each.
   */
  note(loc: Loc, isElsewhere: boolean, isExpanded: boolean): void {
    if (this.#now === this.#noted && !isElsewhere) return;
    if (isExpanded) {
      const others = this.#inMacros.get(loc);
      if (others === undefined) this.#inMacros.set(loc, [this.#now]);
      else if (!others.includes(this.#now)) others.push(this.#now);
      return;
    }
    this.#noted = this.#now;
    this.#add(loc, this.#now);
  }

  /** A file, or the rest of one, that is the system's. */
  addForeign(from: Loc, to: Loc): void {
    this.#foreign.push({ from, to });
  }

  /** Whether nobody here can do anything about what is wrong at this place. */
  isForeign(loc: Loc): boolean {
    return this.#foreign.some(({ from, to }) => from <= loc && loc <= to);
  }

  #add(from: Loc, switches: WarningSwitches): void {
    if ((this.#regions.at(-1)?.from ?? 0) > from) this.#isSorted = false;
    this.#regions.push({ from, switches });
  }

  /** Until all has been read, what holds is what the last pragma said. */
  set isReading(isReading: boolean) {
    this.#isReading = isReading;
  }

  /** What decides about a warning at this place. What a macro turns off for a part of it is off for all of it. */
  at(loc: Loc, option: string): WarningSwitches {
    if (this.#isReading) return this.#now;
    const inMacro = this.#inMacros.get(loc);
    if (inMacro !== undefined)
      return inMacro.find((switches) => !switches.isWanted(option)) ?? inMacro[0] ?? this.#first;
    const regions = this.#sorted();
    let low = 0;
    let high = loc === NOWHERE ? 0 : regions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((regions[middle]?.from ?? Infinity) <= loc) low = middle + 1;
      else high = middle;
    }
    return regions[low - 1]?.switches ?? this.#first;
  }

  #sorted(): readonly Region[] {
    // What was noted last of one place holds behind it: the order of equals stays.
    if (!this.#isSorted) this.#regions.sort((a, b) => a.from - b.from);
    this.#isSorted = true;
    return this.#regions;
  }
}
