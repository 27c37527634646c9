// What a command line asks for, and what an option is.

import { C11, type Dialect } from "../parse/state.ts";
import type { MacroOption } from "../preprocess/preprocess.ts";
import type { Level } from "../optimize/optimize.ts";
import { WarningSwitches } from "../source/warnings.ts";
import { type DependencyOptions, noDependencies } from "./dependencies.ts";

export interface Input {
  readonly path: string;
  /** What -x said last: as the file's name says when undefined. */
  readonly language: string | undefined;
  /** -lNAME: looked for in folders. */
  readonly isLibrary: boolean;
}

export interface Command {
  inputs: Input[];
  /** Where to stop: before linking (-c), before assembling (-S), before compiling (-E), before lowering (-fsyntax-only). */
  stop: "link" | "object" | "assembly" | "preprocessed" | "checked";
  output: string | undefined;
  level: Level;
  /** Whether the linker makes shorter what it can. */
  relax: boolean;
  debug: boolean;
  functionSections: boolean;
  /** -fcommon: variables without a value are one in all units. */
  common: boolean;
  quoteFolders: string[];
  folders: string[];
  systemFolders: string[];
  /** -idirafter: behind the standard ones. */
  lastFolders: string[];
  /** -include: read before the file. */
  includes: string[];
  dependencies: DependencyOptions;
  /** Words of -Wl, and -Xlinker. */
  linkerWords: string[];
  libraryFolders: string[];
  macros: MacroOption[];
  warnings: WarningSwitches;
  /** What is to be said before anything is compiled: warnings that there are not. */
  notices: string[];
  mostErrors: number | undefined;
  dialect: Dialect;
  noMarkers: boolean;
  language: string | undefined;
  standardFolders: boolean;
  standardLibraries: boolean;
  strip: boolean;
  gcSections: boolean;
  entry: string | undefined;
  times: boolean;
  colour: boolean | undefined;
  help: boolean;
  version: boolean;
  /** -v */
  verbose: boolean;
  /** -dM: the macros instead of the text. */
  macrosOnly: boolean;
  /** -print-file-name=NAME and the like: a line to print instead of compiling. */
  questions: Question[];
}

export function emptyCommand(): Command {
  return {
    inputs: [],
    stop: "link",
    output: undefined,
    level: 0,
    relax: true,
    debug: false,
    functionSections: false,
    common: false,
    quoteFolders: [],
    folders: [],
    systemFolders: [],
    lastFolders: [],
    includes: [],
    dependencies: noDependencies(),
    linkerWords: [],
    libraryFolders: [],
    macros: [],
    warnings: new WarningSwitches(),
    notices: [],
    mostErrors: undefined,
    dialect: C11,
    noMarkers: false,
    language: undefined,
    standardFolders: true,
    standardLibraries: true,
    strip: false,
    gcSections: true,
    entry: undefined,
    times: false,
    colour: undefined,
    help: false,
    version: false,
    verbose: false,
    macrosOnly: false,
    questions: [],
  };
}

/** How an option's value stands: there is none; joined to it or in the next word; only joined; only in the next word. */
export type Shape = "alone" | "either" | "joined" | "next";

export interface Option {
  readonly name: string;
  readonly shape: Shape;
  /** For --help, as `VALUE: what it does`; undefined: not shown. */
  readonly help?: string;
  /** Changes the command, or says why not. */
  readonly apply: (command: Command, value: string) => string | void;
}

/** What is asked about the compiler itself. */
export type Question =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };
