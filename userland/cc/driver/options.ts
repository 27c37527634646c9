// The command line's words as data: one table says what each option is called, what it wants and what it does. Names are those
// that gcc and clang share, so that makefiles work.

import { C11, type Dialect } from "../parse/state.ts";
import { knownWarning, PEDANTIC } from "../source/warnings.ts";
import { mostSimilar } from "../source/suggest.ts";
import { DEPENDENCY_OPTIONS } from "./dependency-options.ts";
import { isHarmless } from "./harmless-options.ts";
import { TARGET } from "./installed.ts";
import { linkerOptions } from "./linker-options.ts";
import { type Command, emptyCommand, type Option } from "./option.ts";

const LANGUAGES = ["c", "cpp-output", "assembler", "assembler-with-cpp", "none"];
const C89: Dialect = { implicit: true, gnuInline: true };
const STANDARDS = /^(c|gnu|iso9899:)(89|90|99|11|17|18|2x|23|1999|2011|2017|2018|1990|199409)$/;

function flag(name: string, help: string | undefined, apply: (command: Command) => void): Option {
  return { name, shape: "alone", apply, ...(help === undefined ? {} : { help }) };
}

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
      const name = /^[2-9]\d*$/.test(value) ? 2 : value;
      const level = ({ "": 1, 0: 0, 1: 1, 2: 2, s: "s", z: "s", g: 1, fast: 2 } as const)[name];
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
      if (
        !/^(|[1-3]|gdb[1-3]?|dwarf(-[2-5])?|line-tables-only|strict-dwarf|no-strict-dwarf)$/.test(
          value,
        )
      )
        return `'-g${value}' is not supported`;
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
    name: "-idirafter",
    shape: "either",
    apply: (command, value) => void command.lastFolders.push(value),
  },
  {
    name: "-include",
    shape: "either",
    help: "FILE: read it first, as by #include",
    apply: (command, value) => void command.includes.push(value),
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
  {
    name: "-Wl,",
    shape: "joined",
    help: "OPTION,…: for the linker; -Xlinker OPTION",
    apply: (command, value) => void command.linkerWords.push(...value.split(",")),
  },
  {
    name: "-Xlinker",
    shape: "next",
    apply: (command, value) => void command.linkerWords.push(value),
  },
  { name: "-Wp,", shape: "joined", apply: preprocessorOptions },
  ...DEPENDENCY_OPTIONS,
  flag("-w", "no warnings", (command) => void (command.warnings.isQuiet = true)),
  flag("-Wfatal-errors", undefined, (command) => void (command.mostErrors = 1)),
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
  flag("-fcommon", "variables without a value are one in all units", (command) => {
    command.common = true;
  }),
  flag("-fno-common", undefined, (command) => void (command.common = false)),
  flag("-pthread", undefined, (command) => {
    command.macros.push({ define: "_REENTRANT", as: "1" });
  }),
  flag("-dM", "with -E: the macros at the end of the file", (command) => {
    command.macrosOnly = true;
  }),
  flag("-v", "say who this is before compiling", (command) => void (command.verbose = true)),
  flag("-dumpmachine", undefined, (command) => {
    command.questions.push({ kind: "text", text: TARGET });
  }),
  {
    name: "-print-file-name=",
    shape: "joined",
    help: "NAME: say where a library is",
    apply: (command, name) => void command.questions.push({ kind: "file", name }),
  },
  {
    name: "-print-prog-name=",
    shape: "joined",
    apply: (command, text) => void command.questions.push({ kind: "text", text }),
  },
  flag("--help", "this text", (command) => void (command.help = true)),
  flag("--version", "who this is", (command) => void (command.version = true)),
];

/** -Wp,-MMD,FILE is -MMD -MF FILE. */
function preprocessorOptions(command: Command, value: string): string | undefined {
  const words = value.split(",");
  const [first = "", file, ...rest] = words;
  if ((first === "-MD" || first === "-MMD") && file !== undefined && rest.length === 0) {
    byName.get(first)?.apply(command, "");
    command.dependencies.file = file;
    return undefined;
  }
  const { command: inner, problems } = readCommand(words);
  command.macros.push(...inner.macros);
  command.folders.push(...inner.folders);
  const isForeign = words.some((word) => !/^-[DUI]/.test(word));
  return problems[0] ?? (isForeign ? `'-Wp,${value}' is not supported` : undefined);
}

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
      if (!isHarmless(word)) problems.push(unknown(word));
      // Its name=value may be the next word.
      if (word === "--param") index++;
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
  const problem = linkerOptions(command, command.linkerWords);
  if (problem !== undefined) problems.push(problem);
  const { mode, file, targets, quotedTargets, phony, missing } = command.dependencies;
  const isAbout =
    file !== undefined || targets.length + quotedTargets.length > 0 || phony || missing;
  if (isAbout && mode === "none")
    problems.push("-MF, -MT, -MQ, -MP and -MG are about what -M, -MM, -MD or -MMD writes");
  return { command, problems };
}

const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^-(pie|static-pie|shared|shared-libgcc)$/, "programs are static and lie where they are linked"],
  [/^-r$/, "objects are not linked to an object"],
  [/^-T/, "programs have one layout; there are no linker scripts"],
  [/^-(m32|m64)$/, "the target is RV64"],
  [/^-fsanitize/, "there are no sanitizers"],
  [/^-fsigned-char$|^-fno-unsigned-char$/, "char is unsigned, as RISC-V's ABI has it"],
  [/^-f(short-enums|pack-struct|short-wchar)/, "it would change how structures lie in memory"],
  [/^-f(profile|test-coverage)|^--?coverage|^-pg?$/, "programs are not instrumented"],
  [/^-finstrument-functions/, "programs are not instrumented"],
  [/^-imacros$|^-save-temps|^-###$|^-B$|^-specs/, "it is one of gcc's that nobody has missed here"],
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
