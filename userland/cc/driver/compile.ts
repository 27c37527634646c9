// One translation unit through the stages: C, preprocessed C, assembly or preprocessed assembly to an object, to assembly or to
// preprocessed text. What is wrong with it is in the diagnostics; the result is there when no error is.

import { assemble } from "../assemble/assemble.ts";
import type { AsmItem } from "../assemble/item.ts";
import { parseAssembly } from "../assemble/parse.ts";
import { printAssembly } from "../assemble/print.ts";
import { lower } from "../lower/lower.ts";
import { translateDiagnostics, translateItems, translator } from "./assembly-places.ts";
import type { ObjectFile } from "../object/object-file.ts";
import { type Level, optimize } from "../optimize/optimize.ts";
import { parse } from "../parse/parse.ts";
import { C11, type Dialect } from "../parse/state.ts";
import { macrosOf, preprocess, type MacroOption } from "../preprocess/preprocess.ts";
import { printMacros } from "../preprocess/print-macros.ts";
import { printTokens } from "../preprocess/print-tokens.ts";
import type { Host } from "../preprocess/state.ts";
import { generate } from "../riscv/generate.ts";
import { CompilationStopped, Diagnostics } from "../source/diagnostics.ts";
import { NOWHERE, Sources } from "../source/sources.ts";
import type { WarningSwitches } from "../source/warnings.ts";

/** What is in a file, as its name's end or -x says. */
export type Language = "c" | "preprocessed-c" | "assembly" | "preprocessed-assembly";

/** Where compilation ends: before which stage. */
export type Result = "preprocessed" | "checked" | "assembly" | "object";

export interface CompileOptions {
  readonly language: Language;
  readonly result: Result;
  readonly level: Level;
  readonly debug: boolean;
  readonly functionSections: boolean;
  /** -fcommon: variables without a value are common symbols, of which the linker makes one. */
  readonly common: boolean;
  /** Whether the linker may make shorter what it can. */
  readonly relax: boolean;
  readonly quoteFolders: readonly string[];
  readonly systemFolders: readonly string[];
  readonly ownFolders: number;
  readonly includes: readonly string[];
  /** Takes the names of missing headers (-MG). */
  readonly missing: string[] | undefined;
  /** -dM: the macros are the preprocessed text. */
  readonly macrosOnly: boolean;
  readonly macros: readonly MacroOption[];
  /** Undefined: those that are on from the beginning. */
  readonly warnings: WarningSwitches | undefined;
  /** -ferror-limit; undefined: as many as make sense on a screen. */
  readonly mostErrors: number | undefined;
  readonly dialect: Dialect;
  /** -P: no line markers in preprocessed text. */
  readonly noMarkers: boolean;
  /** What the linker's messages call the object. */
  readonly objectName: string;
  /** A clock in milliseconds: there are times of the stages then. */
  readonly now?: () => number;
}

export interface StageTime {
  readonly stage: string;
  readonly milliseconds: number;
}

export interface Compilation {
  readonly sources: Sources;
  readonly diagnostics: Diagnostics;
  /** Of result "object". */
  readonly object: ObjectFile | undefined;
  /** Of results "assembly" and "preprocessed". */
  readonly text: string | undefined;
  /** Whether the file and all that it includes have been read. */
  readonly isRead: boolean;
  readonly times: readonly StageTime[];
}

export const defaultOptions: CompileOptions = {
  language: "c",
  result: "object",
  level: 0,
  debug: false,
  functionSections: false,
  common: false,
  relax: true,
  quoteFolders: [],
  systemFolders: [],
  ownFolders: 0,
  includes: [],
  missing: undefined,
  macrosOnly: false,
  macros: [],
  warnings: undefined,
  mostErrors: undefined,
  dialect: C11,
  noMarkers: false,
  objectName: "",
};

/** Runs a stage and notes how long it took. */
type Run = <T>(stage: string, work: () => T) => T;

export function compileUnit(file: string, host: Host, options: CompileOptions): Compilation {
  const sources = new Sources();
  const diagnostics = new Diagnostics(options.warnings, options.mostErrors);
  const times: StageTime[] = [];
  const { now } = options;
  const run: Run = (stage, work) => {
    if (now === undefined) return work();
    const began = now();
    const result = work();
    times.push({ stage, milliseconds: now() - began });
    return result;
  };
  let made: Made = {};
  const context: Context = { sources, diagnostics, run, isRead: false };
  try {
    made = stages(file, host, options, context);
  } catch (error) {
    // It has been reported; whatever else comes out of a stage is a bug of the compiler and goes on.
    if (!(error instanceof CompilationStopped)) throw error;
  }
  const isGood = diagnostics.errors === 0;
  return {
    sources,
    diagnostics,
    object: isGood ? made.object : undefined,
    text: isGood ? made.text : undefined,
    isRead: context.isRead,
    times,
  };
}

interface Made {
  object?: ObjectFile;
  text?: string;
}

interface Context {
  readonly sources: Sources;
  readonly diagnostics: Diagnostics;
  readonly run: Run;
  isRead: boolean;
}

function stages(file: string, host: Host, options: CompileOptions, context: Context): Made {
  const isAssembly =
    options.language === "assembly" || options.language === "preprocessed-assembly";
  return isAssembly
    ? assemblyStages(file, host, options, context)
    : cStages(file, host, options, context);
}

function cStages(file: string, host: Host, options: CompileOptions, context: Context): Made {
  const { sources, diagnostics, run } = context;
  const input = { ...options, sources, diagnostics, host, file };
  if (options.macrosOnly) {
    const text = printMacros(run("preprocess", () => macrosOf(input)));
    context.isRead = true;
    return { text };
  }
  const tokens = run("preprocess", () => preprocess(input));
  context.isRead = true;
  if (options.result === "preprocessed") {
    return { text: printTokens(tokens, sources, { markers: !options.noMarkers }) };
  }
  const before = diagnostics.list.length;
  const unit = run("parse", () => parse(tokens, diagnostics, options.dialect, sources));
  diagnostics.mergeFirst(before);
  if (diagnostics.errors > 0 || options.result === "checked") return {};
  const module = run("lower", () => lower(unit, diagnostics));
  // The optimiser may take for granted that the module is whole.
  if (diagnostics.errors > 0) return {};
  run("optimize", () => optimize(module, options.level));
  const { debug, functionSections, common } = options;
  const items = run("generate", () =>
    generate(module, { debug, functionSections, common, diagnostics }),
  );
  return finish(items, options, context);
}

function assemblyStages(file: string, host: Host, options: CompileOptions, context: Context): Made {
  const { sources, diagnostics, run } = context;
  if (options.language === "preprocessed-assembly") {
    const text = host.read(file);
    if (text === undefined) return diagnostics.fatal(NOWHERE, `cannot read '${file}'`);
    const { base } = sources.add(file, text);
    const items = run("read", () => parseAssembly(text, base, diagnostics));
    context.isRead = true;
    return finish(items, options, context);
  }
  const tokens = run("preprocess", () =>
    preprocess({
      ...options,
      macros: [{ define: "__ASSEMBLER__", as: "1" }, ...options.macros],
      sources,
      diagnostics,
      host,
      file,
      isAssembly: true,
    }),
  );
  context.isRead = true;
  const isWanted = options.result === "preprocessed";
  const text = printTokens(tokens, sources, { markers: !isWanted || !options.noMarkers });
  if (isWanted) return { text };
  const { base } = sources.add(file, text);
  const translate = translator(text, base, sources);
  const before = diagnostics.list.length;
  try {
    const items = run("read", () => parseAssembly(text, base, diagnostics));
    return finish(translateItems(items, translate), options, context);
  } finally {
    translateDiagnostics(diagnostics.list, before, translate);
  }
}

function finish(
  items: AsmItem[],
  options: CompileOptions,
  { sources, diagnostics, run }: Context,
): Made {
  if (diagnostics.errors > 0) return {};
  if (options.result === "assembly")
    return { text: run("print", () => printAssembly(items, sources)) };
  const object = run("assemble", () =>
    assemble(
      items,
      options.objectName,
      diagnostics,
      options.debug ? { sources } : undefined,
      options.relax,
    ),
  );
  return { object };
}
