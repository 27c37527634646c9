// The preprocessor (C11 6.10): a file's text, and what it includes, to the tokens that the parser reads.

import { Diagnostics } from "../source/diagnostics.ts";
import { NOWHERE, Sources } from "../source/sources.ts";
import { followDirective } from "./directives.ts";
import { nextExpanded } from "./expand.ts";
import { type Found, openFile } from "./include.ts";
import { MOST_EXPANSION, MOST_TEXT, MOST_TOKENS } from "./limits.ts";
import { type DynamicName, type Macro, makeMacro } from "./macro.ts";
import { pragmaOperator } from "./pragma.ts";
import { predefinedText } from "./predefined.ts";
import { enterFile, type Host, type State, nextToken } from "./state.ts";
import type { Token } from "./token.ts";

export interface PreprocessOptions {
  readonly sources: Sources;
  readonly diagnostics: Diagnostics;
  readonly host: Host;
  /** The file, as the host and messages name it. */
  readonly file: string;
  /** -iquote: only for #include "name", behind the folder of the file that includes. */
  readonly quoteFolders: readonly string[];
  /** -I, then those of the system: for both forms. */
  readonly systemFolders: readonly string[];
  /** How many of systemFolders, from the first, are -I's: warnings are about the files in these. */
  readonly ownFolders?: number;
  readonly macros: readonly MacroOption[];
  /** -include: read before the file, and looked for where the compiler is called. */
  readonly includes?: readonly string[];
  /** Takes the names of headers that are not there, which is no error then (-MG). */
  readonly missing?: string[] | undefined;
  /** Assembly that wants preprocessing (.S): the same but for comments and quotes that are not C's. */
  readonly isAssembly?: boolean;
}

/** -D and -U, in their order. `define` may have parameters: "square(x)". */
export type MacroOption =
  | { readonly define: string; readonly as: string }
  | { readonly undefine: string };

const DYNAMIC: readonly DynamicName[] = [
  "__LINE__",
  "__FILE__",
  "__FILE_NAME__",
  "__BASE_FILE__",
  "__COUNTER__",
  "__INCLUDE_LEVEL__",
];

const FEATURES = [
  "__has_include",
  "__has_include_next",
  "__has_attribute",
  "__has_builtin",
  "__has_c_attribute",
];

/** What messages and __FILE__ call it. */
export const STANDARD_INPUT = "<stdin>";
const NO_FILE: Found = { name: "<built-in>", path: "", nextFolder: 0, isOwn: true };
const COMMAND_LINE: Found = { name: "<command line>", path: "", nextFolder: 0, isOwn: true };

function makeState(
  options: Omit<PreprocessOptions, "file" | "macros">,
  macros: Map<string, Macro>,
  found: Found,
  text: string,
): State {
  const state: Omit<State, "frame"> & { frame: State["frame"] | undefined } = {
    sources: options.sources,
    diagnostics: options.diagnostics,
    host: options.host,
    unreadable: undefined,
    isAssembly: options.isAssembly ?? false,
    macros,
    pushedMacros: new Map(),
    poisoned: new Set(),
    pack: 0,
    packStack: [],
    quoteFolders: options.quoteFolders,
    folders: [...options.quoteFolders, ...options.systemFolders],
    ownFolders: options.ownFolders ?? 0,
    missing: options.missing,
    files: new Map(),
    guards: new Map(),
    once: new Set(),
    frames: [],
    frame: undefined,
    context: undefined,
    isLooking: false,
    collecting: 0,
    argumentDepth: 0,
    carrySpaced: false,
    carryStartsLine: false,
    budget: MOST_EXPANSION,
    counter: 0,
    included: 0,
    textLeft: MOST_TEXT,
    directive: (hash) => followDirective(full, hash),
  };
  const frame = openFile(state, found, text, NOWHERE);
  const full: State = Object.assign(state, { frame });
  full.frames.push(frame);
  return full;
}

let predefined: ReadonlyMap<string, Macro> | undefined;

/** The compiler's own macros; read once. */
function readPredefined(): ReadonlyMap<string, Macro> {
  const options = {
    sources: new Sources(),
    diagnostics: new Diagnostics(),
    host: { read: () => undefined },
    quoteFolders: [],
    systemFolders: [],
  };
  const macros = new Map<string, Macro>();
  for (const name of DYNAMIC) {
    macros.set(name, makeMacro(name, NOWHERE, undefined, false, [], name));
  }
  for (const name of FEATURES) {
    macros.set(name, makeMacro(name, NOWHERE, undefined, false, [], "feature"));
  }
  nextToken(makeState(options, macros, NO_FILE, predefinedText()));
  const own = [...macros.values()].map((macro): [string, Macro] => [
    macro.name,
    { ...macro, loc: NOWHERE, origin: { macro: macro.name, loc: NOWHERE } },
  ]);
  return new Map(own);
}

function commandLine(macros: readonly MacroOption[]): string {
  const lines = macros.map((option) =>
    "define" in option ? `#define ${option.define} ${option.as}` : `#undef ${option.undefine}`,
  );
  return lines.map((line) => `${line.replaceAll("\n", " ")}\n`).join("");
}

/** All tokens; the last one is the "end". */
export function preprocess(options: PreprocessOptions): Token[] {
  return read(options).tokens;
}

/** The macros that there are at the file's end. */
export function macrosOf(options: PreprocessOptions): Iterable<Macro> {
  return read(options).macros.values();
}

function read(options: PreprocessOptions): { tokens: Token[]; macros: ReadonlyMap<string, Macro> } {
  const { file } = options;
  const diagnostics: Diagnostics = options.diagnostics;
  const text = options.host.read(file);
  if (text === undefined) diagnostics.fatal(NOWHERE, `cannot read '${file}'`);
  predefined ??= readPredefined();
  // Whoever read before may have stopped in the midst of an expansion.
  for (const macro of predefined.values()) macro.disabled = false;
  const macros = new Map(predefined);
  const main = { name: file === "-" ? STANDARD_INPUT : file, path: file, nextFolder: 0 };
  const state = makeState(options, macros, main, text);
  if (options.macros.length > 0) {
    const { frame } = state;
    state.frame = openFile(state, COMMAND_LINE, commandLine(options.macros), NOWHERE);
    nextToken(state);
    state.frame = frame;
  }
  const { includes = [] } = options;
  if (includes.length > 0) {
    // As if it were above the file, which is read when it ends.
    const lines = includes.map((name) => `#include "${name}"\n`).join("");
    enterFile(state, openFile(state, COMMAND_LINE, lines, NOWHERE), NOWHERE);
  }
  diagnostics.regions.isReading = true;
  try {
    return { tokens: readAll(state), macros };
  } finally {
    diagnostics.regions.isReading = false;
  }
}

function readAll(state: State): Token[] {
  const tokens: Token[] = [];
  const { regions } = state.diagnostics;
  let { frame } = state;
  for (;;) {
    const token = nextExpanded(state);
    if (token.kind === "identifier") {
      if (token.text === "_Pragma") {
        pragmaOperator(state, token);
        continue;
      }
      if (state.poisoned.size > 0 && state.poisoned.has(token.text)) {
        const end = token.loc + token.text.length;
        state.diagnostics.error(token.loc, `'${token.text}' is poisoned`, { end });
      }
    }
    if (!regions.isPlain) {
      regions.note(token.loc, state.frame !== frame, state.context !== undefined);
      frame = state.frame;
    }
    const isPacked = state.pack !== 0 && (token.text === "struct" || token.text === "union");
    tokens.push(isPacked ? { ...token, pack: state.pack } : token);
    if (token.kind === "end") return tokens;
    if (tokens.length > MOST_TOKENS) {
      const most = MOST_TOKENS.toLocaleString("en");
      state.diagnostics.fatal(token.loc, `the program has more than ${most} tokens`);
    }
  }
}
