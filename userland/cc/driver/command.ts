// `cc` as people know it: a command line, files that are handed in, a status and what goes to the two outputs. Nothing here
// knows where the files are: the guest's file system, a browser's editor or the disk.

import { isArchive, readArchive } from "../object/archive.ts";
import { readElf } from "../object/elf-read.ts";
import { writeElf } from "../object/elf-write.ts";
import type { ObjectFile } from "../object/object-file.ts";
import { link } from "../link/link.ts";
import type { LinkInput } from "../link/resolve.ts";
import { CompilationStopped } from "../source/diagnostics.ts";
import { renderDiagnostics } from "../source/render.ts";
import {
  compileUnit,
  defaultOptions,
  type Compilation,
  type Language,
  type StageTime,
} from "./compile.ts";
import { type Command, helpText, type Input, readCommand } from "./options.ts";

export interface Files {
  /** Undefined: there is none, or it cannot be read. */
  readonly read: (path: string) => Uint8Array | undefined;
  /** What is wrong when it cannot be written. */
  readonly write: (path: string, bytes: Uint8Array, isProgram: boolean) => string | undefined;
}

/** What a compiler finds where it is installed. */
export interface Installation {
  /** Folders of headers, in the order in which they are searched. */
  readonly headerFolders: readonly string[];
  /** Objects that come first in every program. */
  readonly startFiles: () => readonly ObjectFile[];
  /** Archives that come last in every program: each is a list of members. */
  readonly libraries: () => readonly (readonly ObjectFile[])[];
  /** Folders of archives for -l. */
  readonly libraryFolders: readonly string[];
  readonly version: string;
  readonly colour: boolean;
  readonly now?: () => number;
}

export interface CommandResult {
  readonly status: number;
  /** For the standard output: what -E without -o, --help and --version print. */
  readonly output: string;
  /** For the standard error output. */
  readonly messages: string;
}

interface Session {
  readonly command: Command;
  readonly files: Files;
  readonly installation: Installation;
  /** Texts that have been read, for all units: headers above all. */
  readonly texts: Map<string, string | undefined>;
  readonly times: Map<string, number>;
  output: string;
  messages: string;
  hasFailed: boolean;
}

const decoder = new TextDecoder();
/** Of bytes that come again for the next unit or the next command. */
const decoded = new WeakMap<Uint8Array, string>();
const encoder = new TextEncoder();

export function runCommand(
  words: readonly string[],
  files: Files,
  installation: Installation,
): CommandResult {
  const { command, problems } = readCommand(words);
  const fail = (lines: readonly string[]): CommandResult => ({
    status: 2,
    output: "",
    messages: lines.map((line) => `cc: error: ${line}\n`).join(""),
  });
  if (command.help) return { status: 0, output: helpText(), messages: "" };
  if (command.version) return { status: 0, output: `${installation.version}\n`, messages: "" };
  if (command.inputs.length === 0) problems.push("there is no input file; try 'cc --help'");
  const sources = command.inputs.filter((input) => kindOf(input) !== "link");
  if (command.stop !== "link" && command.output !== undefined && sources.length > 1) {
    problems.push("one output (-o) cannot take what several files become");
  }
  if (problems.length > 0) return fail(problems);
  const session: Session = {
    command,
    files,
    installation,
    texts: new Map(),
    times: new Map(),
    output: "",
    messages: "",
    hasFailed: false,
  };
  work(session);
  if (command.times) reportTimes(session);
  return {
    status: session.hasFailed ? 1 : 0,
    output: session.output,
    messages: session.messages,
  };
}

function work(session: Session): void {
  const { command } = session;
  const inputs: LinkInput[] = [];
  for (const input of command.inputs) {
    const kind = kindOf(input);
    if (kind === "link") {
      if (command.stop === "link") addLinkInput(session, input, inputs);
      continue;
    }
    if (kind === undefined) {
      complain(
        session,
        `'${input.path}' is of no kind that is known by its end; -x says what it is`,
      );
      continue;
    }
    const compilation = compileInput(session, input, kind);
    if (compilation === undefined) continue;
    if (compilation.object !== undefined && command.stop === "link") {
      inputs.push({ kind: "object", object: compilation.object });
    } else {
      writeCompilation(session, input, compilation);
    }
  }
  if (command.stop === "link" && !session.hasFailed) linkAll(session, inputs);
}

function complain(session: Session, message: string): void {
  for (const line of message.split("\n")) session.messages += `cc: error: ${line}\n`;
  session.hasFailed = true;
}

/** What a damaged file or the linker says; anything else is a bug of ours. */
function complainOf(session: Session, error: unknown): void {
  if (!(error instanceof CompilationStopped)) throw error;
  complain(session, error.message);
}

/** What a file is: a language, something for the linker, or nothing that is known. */
function kindOf({ path, language, isLibrary }: Input): Language | "link" | undefined {
  if (isLibrary) return "link";
  switch (language) {
    case "c":
      return "c";
    case "cpp-output":
      return "preprocessed-c";
    case "assembler":
      return "preprocessed-assembly";
    case "assembler-with-cpp":
      return "assembly";
    default:
      return kindByName(path);
  }
}

function kindByName(path: string): Language | "link" | undefined {
  switch (path.slice(path.lastIndexOf(".") + 1)) {
    case "c":
    case "h":
      return "c";
    case "i":
      return "preprocessed-c";
    case "S":
      return "assembly";
    case "s":
      return "preprocessed-assembly";
    case "o":
    case "a":
      return "link";
    default:
      return undefined;
  }
}

function readText(session: Session, path: string): string | undefined {
  const { texts } = session;
  if (texts.has(path)) return texts.get(path);
  const bytes = session.files.read(path);
  let text = bytes === undefined ? undefined : decoded.get(bytes);
  if (bytes !== undefined && text === undefined) {
    text = decoder.decode(bytes);
    decoded.set(bytes, text);
  }
  texts.set(path, text);
  return text;
}

function compileInput(session: Session, input: Input, language: Language): Compilation | undefined {
  const { command, installation } = session;
  if (readText(session, input.path) === undefined) {
    complain(session, `cannot read '${input.path}'`);
    return undefined;
  }
  const standard = command.standardFolders ? installation.headerFolders : [];
  const { now } = installation;
  const compilation = compileUnit(
    input.path,
    { read: (path) => readText(session, path) },
    {
      ...defaultOptions,
      language,
      result: command.stop === "link" ? "object" : command.stop,
      level: command.level,
      debug: command.debug,
      functionSections: command.functionSections,
      quoteFolders: command.quoteFolders,
      systemFolders: [...command.folders, ...command.systemFolders, ...standard],
      macros: [
        ...(command.level === 0 ? [] : [{ define: "__OPTIMIZE__", as: "1" }]),
        ...(command.level === "s" ? [{ define: "__OPTIMIZE_SIZE__", as: "1" }] : []),
        ...command.macros,
      ],
      warningsOff: command.warningsOff,
      noWarnings: command.noWarnings,
      warningsAreErrors: command.warningsAreErrors,
      noMarkers: command.noMarkers,
      objectName: command.stop === "object" ? outputName(session, input, "o") : input.path,
      ...(now === undefined || !command.times ? {} : { now }),
    },
  );
  const { diagnostics, sources, times } = compilation;
  const colour = command.colour ?? installation.colour;
  session.messages += renderDiagnostics(diagnostics.list, sources, { colour });
  if (diagnostics.errors > 0) session.hasFailed = true;
  addTimes(session, times);
  return compilation;
}

/** What the unit became goes to a file, or to the standard output. */
function writeCompilation(session: Session, input: Input, { object, text }: Compilation): void {
  const { command } = session;
  if (object !== undefined) {
    write(session, outputName(session, input, "o"), writeElf(object), false);
  } else if (text !== undefined && command.stop === "preprocessed" && isStandardOutput(command)) {
    session.output += text;
  } else if (text !== undefined && command.output === "-") {
    session.output += text;
  } else if (text !== undefined) {
    write(session, outputName(session, input, "s"), encoder.encode(text), false);
  }
}

function isStandardOutput({ output }: Command): boolean {
  return output === undefined || output === "-";
}

function outputName({ command }: Session, { path }: Input, end: string): string {
  if (command.output !== undefined) return command.output;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return `${dot <= 0 ? name : name.slice(0, dot)}.${end}`;
}

function write(session: Session, path: string, bytes: Uint8Array, isProgram: boolean): void {
  const problem = session.files.write(path, bytes, isProgram);
  if (problem !== undefined) complain(session, `cannot write '${path}': ${problem}`);
}

function addLinkInput(session: Session, input: Input, inputs: LinkInput[]): void {
  const path = input.isLibrary ? findLibrary(session, input.path) : input.path;
  const bytes = path === undefined ? undefined : session.files.read(path);
  if (path === undefined || bytes === undefined) {
    complain(
      session,
      input.isLibrary ? `there is no library '${input.path}'` : `cannot read '${input.path}'`,
    );
    return;
  }
  try {
    inputs.push(
      isArchive(bytes)
        ? { kind: "archive", members: readArchive(path, bytes) }
        : { kind: "object", object: readElf(path, bytes) },
    );
  } catch (error) {
    complainOf(session, error);
  }
}

function findLibrary({ command, files, installation }: Session, name: string): string | undefined {
  for (const folder of [...command.libraryFolders, ...installation.libraryFolders]) {
    const path = `${folder}/lib${name}.a`;
    if (files.read(path) !== undefined) return path;
  }
  return undefined;
}

function linkAll(session: Session, inputs: LinkInput[]): void {
  const { command, installation } = session;
  const began = installation.now?.() ?? 0;
  const start = command.startFiles ? installation.startFiles() : [];
  const libraries = command.standardLibraries ? installation.libraries() : [];
  const all: LinkInput[] = [
    ...start.map((object): LinkInput => ({ kind: "object", object })),
    ...inputs,
    ...libraries.map((members): LinkInput => ({ kind: "archive", members })),
  ];
  try {
    const { bytes } = link({
      inputs: all,
      gcSections: command.gcSections,
      relax: command.relax,
      strip: command.strip,
      ...(command.entry === undefined ? {} : { entry: command.entry }),
    });
    write(session, command.output ?? "a.out", bytes, true);
  } catch (error) {
    complainOf(session, error);
  }
  addTimes(session, [{ stage: "link", milliseconds: (installation.now?.() ?? 0) - began }]);
}

function addTimes({ times }: Session, more: readonly StageTime[]): void {
  for (const { stage, milliseconds } of more)
    times.set(stage, (times.get(stage) ?? 0) + milliseconds);
}

function reportTimes(session: Session): void {
  let total = 0;
  for (const [stage, milliseconds] of session.times) {
    total += milliseconds;
    session.messages += `${stage.padEnd(12)} ${milliseconds.toFixed(1).padStart(8)} ms\n`;
  }
  session.messages += `${"total".padEnd(12)} ${total.toFixed(1).padStart(8)} ms\n`;
}
