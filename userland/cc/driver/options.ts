// The command line's words as data: one table says what each option is called, what it wants and what it does. Names are those
// that gcc and clang share, so that makefiles work.

import type { MacroOption } from "../preprocess/preprocess.ts";
import { C11, type Dialect } from "../parse/state.ts";
import { knownWarning, PEDANTIC, WarningSwitches } from "../source/warnings.ts";
import type { Level } from "../optimize/optimize.ts";
import { mostSimilar } from "../source/suggest.ts";

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
  quoteFolders: string[];
  folders: string[];
  systemFolders: string[];
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
}

function emptyCommand(): Command {
  return {
    inputs: [],
    stop: "link",
    output: undefined,
    level: 0,
    relax: true,
    debug: false,
    functionSections: false,
    quoteFolders: [],
    folders: [],
    systemFolders: [],
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
  };
}

/** How an option's value stands: there is none; joined to it or in the next word; only joined; only in the next word. */
type Shape = "alone" | "either" | "joined" | "next";

interface Option {
  readonly name: string;
  readonly shape: Shape;
  /** For --help, as `VALUE: what it does`; undefined: not shown. */
  readonly help?: string;
  /** Changes the command, or says why not. */
  readonly apply: (command: Command, value: string) => string | void;
}

const LANGUAGES = ["c", "cpp-output", "assembler", "assembler-with-cpp", "none"];
const C89: Dialect = { implicit: true, gnuInline: true };
const STANDARDS = /^(c|gnu|iso9899:)(89|90|99|11|17|18|1999|2011|2017|2018|1990|199409)$/;

function flag(name: string, help: string | undefined, apply: (command: Command) => void): Option {
  return { name, shape: "alone", apply, ...(help === undefined ? {} : { help }) };
}

/** What asks for what is so anyway, or what cannot change anything here. */
const HARMLESS = [
  "-pipe",
  "-pthread",
  "-static",
  "-no-pie",
  "-fno-pie",
  "-fno-pic",
  "-fno-PIE",
  "-fno-PIC",
  "-ffreestanding",
  "-fhosted",
  "-fbuiltin",
  "-fno-builtin",
  "-fno-common",
  "-fdata-sections",
  "-fno-data-sections",
  "-fno-stack-protector",
  "-fno-asynchronous-unwind-tables",
  "-fno-unwind-tables",
  "-fno-exceptions",
  "-fno-ident",
  "-fomit-frame-pointer",
  "-fno-omit-frame-pointer",
  "-fwrapv",
  "-fno-strict-overflow",
  "-fno-strict-aliasing",
  "-funsigned-char",
  "-fno-tree-loop-distribute-patterns",
  "-fno-schedule-insns2",
  "-fno-move-loop-invariants",
  "-fno-tree-switch-conversion",
  "-fno-plt",
  "-mcmodel=medlow",
  "-mstrict-align",
  // The start file is a member of libc: who has a _start does not get it.
  "-nostartfiles",
  "-g0",
];

const OPTIONS: readonly Option[] = [
  flag("-c", "compile and assemble, but do not link", (command) => void (command.stop = "object")),
  flag("-S", "compile to assembly", (command) => void (command.stop = "assembly")),
  flag("-E", "only preprocess", (command) => void (command.stop = "preprocessed")),
  flag("-P", "no line markers in what -E prints", (command) => void (command.noMarkers = true)),
  flag("-fsyntax-only", "only say what is wrong", (command) => void (command.stop = "checked")),
  {
    name: "-o",
    shape: "either",
    help: "FILE: where the result goes",
    apply: (command, value) => void (command.output = value),
  },
  {
    name: "-x",
    shape: "either",
    help: "LANGUAGE: what the files after it are: c, cpp-output, assembler, assembler-with-cpp, none",
    apply: (command, value) => {
      if (!LANGUAGES.includes(value))
        return `the language '${value}' is not one of ${LANGUAGES.join(", ")}`;
      command.language = value === "none" ? undefined : value;
      return undefined;
    },
  },
  {
    name: "-O",
    shape: "joined",
    help: "LEVEL: optimise: 0, 1, 2, or s for size; z, g, 3 are near ones of these",
    apply: (command, value) => {
      const level = ({ "": 1, 0: 0, 1: 1, 2: 2, 3: 2, s: "s", z: "s", g: 1, fast: 2 } as const)[
        value
      ];
      if (level === undefined) return `there is no optimisation level '${value}'`;
      command.level = level;
      return undefined;
    },
  },
  {
    name: "-g",
    shape: "joined",
    help: ": lines and names for debuggers",
    apply: (command, value) => {
      if (!/^(|[1-3]|gdb[1-3]?|dwarf(-4)?)$/.test(value)) return `'-g${value}' is not supported`;
      command.debug = true;
      return undefined;
    },
  },
  {
    name: "-I",
    shape: "either",
    help: "FOLDER: look for headers there",
    apply: (command, value) => void command.folders.push(value),
  },
  {
    name: "-iquote",
    shape: "either",
    help: 'FOLDER: look for headers there, of #include "…" only',
    apply: (command, value) => void command.quoteFolders.push(value),
  },
  {
    name: "-isystem",
    shape: "either",
    help: "FOLDER: look for headers there, after -I",
    apply: (command, value) => void command.systemFolders.push(value),
  },
  {
    name: "-D",
    shape: "either",
    help: "NAME[=VALUE]: define a macro",
    apply: (command, value) => {
      const at = value.indexOf("=");
      command.macros.push(
        at < 0
          ? { define: value, as: "1" }
          : { define: value.slice(0, at), as: value.slice(at + 1) },
      );
    },
  },
  {
    name: "-U",
    shape: "either",
    help: "NAME: forget a macro",
    apply: (command, value) => void command.macros.push({ undefine: value }),
  },
  flag(
    "-nostdinc",
    "no standard folders of headers",
    (command) => void (command.standardFolders = false),
  ),
  {
    name: "-L",
    shape: "either",
    help: "FOLDER: look for libraries there",
    apply: (command, value) => void command.libraryFolders.push(value),
  },
  {
    name: "-l",
    shape: "either",
    help: "NAME: link with libNAME.a",
    apply: (command, value) =>
      void command.inputs.push({ path: value, language: undefined, isLibrary: true }),
  },
  flag(
    "-nodefaultlibs",
    "link without libc",
    (command) => void (command.standardLibraries = false),
  ),
  flag("-nostdlib", "the same", (command) => void (command.standardLibraries = false)),
  flag("-s", "no symbols in the program", (command) => void (command.strip = true)),
  {
    name: "-e",
    shape: "either",
    help: "SYMBOL: where the program starts",
    apply: (command, value) => void (command.entry = value),
  },
  { name: "-Wl,", shape: "joined", help: "OPTION,…: for the linker", apply: linkerOptions },
  flag("-w", "no warnings", (command) => void (command.warnings.isQuiet = true)),
  flag("-Werror", "warnings are errors", (command) => command.warnings.set("error")),
  flag("-Wall", "the usual warnings; they are on anyway", (command) => command.warnings.set("all")),
  flag("-Wextra", "more warnings", (command) => command.warnings.set("extra")),
  flag("-pedantic", "warn of what GNU C adds to ISO C", (command) =>
    command.warnings.set("pedantic"),
  ),
  flag("-pedantic-errors", "the same as errors", (command) => {
    command.warnings.set("pedantic");
    for (const name of PEDANTIC) command.warnings.set(`error=${name}`);
  }),
  {
    name: "-Wno-",
    shape: "joined",
    help: "NAME: not this warning",
    apply: (command, value) => warningOption(command, `no-${value}`),
  },
  {
    name: "-W",
    shape: "joined",
    help: "NAME: this warning; error=NAME: as an error",
    apply: warningOption,
  },
  {
    name: "-ferror-limit=",
    shape: "joined",
    help: "COUNT: stop after so many errors; 0: never",
    apply: errorLimit,
  },
  { name: "-fmax-errors=", shape: "joined", apply: errorLimit },
  {
    name: "-std=",
    shape: "joined",
    help: "STANDARD: accepted; the language is C11 with GNU's extensions, and implicit int with c89",
    apply: (command, value) => {
      if (!STANDARDS.test(value)) return `there is no standard '${value}'`;
      command.dialect = /(8|9)[90]$|:1990$/.test(value) && !value.endsWith("99") ? C89 : C11;
      return undefined;
    },
  },
  flag("-ansi", undefined, (command) => void (command.dialect = C89)),
  flag("-fpermissive", "implicit int and implicit functions are warnings, as in C89", (command) => {
    command.dialect = { ...command.dialect, implicit: true };
  }),
  flag("-fgnu89-inline", "'inline' as gcc had it before C99", (command) => {
    command.dialect = { ...command.dialect, gnuInline: true };
  }),
  flag("-fno-gnu89-inline", undefined, (command) => {
    command.dialect = { ...command.dialect, gnuInline: false };
  }),
  {
    name: "-march=",
    shape: "joined",
    apply: (_command, value) =>
      /^rv64(ima(f|fd)?|g)?c?(_\w+)*$/.test(value)
        ? undefined
        : `the target is rv64imac, not ${value}`,
  },
  {
    name: "-mabi=",
    shape: "joined",
    apply: (_command, value) =>
      value === "lp64" ? undefined : `the target's ABI is lp64, not ${value}`,
  },
  { name: "-ffile-prefix-map=", shape: "joined", apply: () => {} },
  // No function is taken for the library's unless its name is written with __builtin_.
  { name: "-fno-builtin-", shape: "joined", apply: () => {} },
  flag(
    "-ffunction-sections",
    "a section for each function",
    (command) => void (command.functionSections = true),
  ),
  flag("-fno-function-sections", undefined, (command) => void (command.functionSections = false)),
  flag("-ftime-report", "say how long each stage took", (command) => void (command.times = true)),
  flag("-fdiagnostics-color", undefined, (command) => void (command.colour = true)),
  flag("-fdiagnostics-color=always", undefined, (command) => void (command.colour = true)),
  flag("-fno-diagnostics-color", undefined, (command) => void (command.colour = false)),
  flag("-fdiagnostics-color=never", undefined, (command) => void (command.colour = false)),
  flag("-fdiagnostics-color=auto", undefined, (command) => void (command.colour = undefined)),
  flag("-mno-relax", undefined, (command) => void (command.relax = false)),
  flag("-mrelax", undefined, (command) => void (command.relax = true)),
  ...HARMLESS.map((name) => flag(name, undefined, () => {})),
  flag("--help", "this text", (command) => void (command.help = true)),
  flag("--version", "who this is", (command) => void (command.version = true)),
];

function warningOption(command: Command, value: string): void {
  command.warnings.set(value);
  const { isKnown, similar } = knownWarning(value);
  if (isKnown) return;
  const name = value.replace(/^(no-)?(error=)?/, "");
  command.notices.push(
    `there is no warning '-W${name}'${similar === undefined ? "" : `; did you mean '-W${similar}'?`}`,
  );
}

function errorLimit(command: Command, value: string): string | undefined {
  if (!/^\d{1,9}$/.test(value)) return `'${value}' is no number of errors`;
  command.mostErrors = Number(value);
  return undefined;
}

/** The few of ld's options that make sense with one layout of programs. */
function linkerOptions(command: Command, value: string): string | undefined {
  const words = value.split(",");
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === "--gc-sections") command.gcSections = true;
    else if (word === "--no-gc-sections") command.gcSections = false;
    else if (word === "--relax") command.relax = true;
    else if (word === "--no-relax") command.relax = false;
    else if (word === "-s" || word === "--strip-all") command.strip = true;
    else if (word === "-e" || word === "--entry") command.entry = words[++index];
    else if (word === "-z") index++;
    else if (word !== "--build-id=none" && word !== "--no-warn-rwx-segments") {
      return `the linker has no option '${word}'`;
    }
  }
  return undefined;
}

/** Options by name; of those that are joined to a value the longest fits. */
const byName = new Map(OPTIONS.map((option) => [option.name, option]));
const joinable = OPTIONS.filter(({ shape }) => shape === "joined" || shape === "either").toSorted(
  (a, b) => b.name.length - a.name.length,
);

/** What the words ask for, or what is wrong with them. */
export function readCommand(words: readonly string[]): { command: Command; problems: string[] } {
  const command = emptyCommand();
  const problems: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("-") || word === "-") {
      command.inputs.push({ path: word, language: command.language, isLibrary: false });
      continue;
    }
    const exact = byName.get(word);
    const option = exact ?? joinable.find(({ name }) => word.startsWith(name));
    if (option === undefined) {
      problems.push(unknown(word));
      continue;
    }
    let value = word.slice(option.name.length);
    if (value === "" && (option.shape === "either" || option.shape === "next")) {
      const next = words[++index];
      if (next === undefined) {
        problems.push(`'${word}' wants a value`);
        continue;
      }
      value = next;
    }
    const problem = option.apply(command, value);
    if (typeof problem === "string") problems.push(problem);
  }
  return { command, problems };
}

const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^-M/, "lists of dependencies are not written"],
  [/^-(fPIC|fpic|fPIE|fpie|pie|shared)$/, "programs are static and lie where they are linked"],
  [/^-(m32|m64)$/, "the target is RV64"],
  [/^-fsanitize/, "there are no sanitizers"],
  [/^-include$/, "files are not included from the command line"],
];

function unknown(word: string): string {
  const why = REFUSED.find(([pattern]) => pattern.test(word));
  if (why !== undefined) return `'${word}' is not supported: ${why[1]}`;
  const similar = mostSimilar(word, byName.keys());
  return `unknown option '${word}'${similar === undefined ? "" : `; did you mean '${similar}'?`}`;
}

export function helpText(): string {
  const lines = [
    "usage: cc [OPTION…] FILE…",
    "Compiles C for RV64IMAC. Files: .c, .i, .S, .s, .o, .a",
    "",
  ];
  for (const { name, help, shape } of OPTIONS) {
    if (help === undefined) continue;
    const colon = shape === "alone" ? -1 : help.indexOf(":");
    const value = colon < 0 ? "" : help.slice(0, colon);
    const gap = shape === "joined" || value === "" ? "" : " ";
    lines.push(`  ${`${name}${gap}${value}`.padEnd(24)} ${help.slice(colon + 1).trimStart()}`);
  }
  return `${lines.join("\n")}\n`;
}
