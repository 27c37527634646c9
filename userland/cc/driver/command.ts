// `cc` as people know it: a command line, a status and what goes to the two outputs. Nothing here knows where the files are:
// the guest's file system, a browser's editor or the disk. Who has them either hands in functions (`runCommand`) or answers
// one request after the other (`commandSteps`), as it must who has to wait for them.

import { writeElf } from "../object/elf-write.ts";
import type { LinkInput } from "../link/resolve.ts";
import { bytesOfText } from "../source/byte-text.ts";
import { renderDiagnostics } from "../source/render.ts";
import { compileUnit, defaultOptions, type Compilation, type Language } from "./compile.ts";
import {
  cannotRead,
  problemOf,
  type ReadAnswer,
  readAhead,
  readFile,
  textOf,
  Unread,
} from "./files-read.ts";
import { dependencyRule } from "./dependencies.ts";
import { TARGET } from "./installed.ts";
import { addLinkInput, linkAll } from "./link-inputs.ts";
import type { Command, Input, Question } from "./option.ts";
import { helpText, readCommand } from "./options.ts";
import { withResponseFiles } from "./response-file.ts";
import {
  addTimes,
  type CommandAnswer,
  complain,
  errors,
  type Installation,
  type Session,
  type Steps,
  timesOf,
  write,
} from "./session.ts";

export interface Files {
  readonly read: (path: string) => ReadAnswer;
  /** What is wrong when it cannot be written. */
  readonly write: (path: string, bytes: Uint8Array, isProgram: boolean) => string | undefined;
}

/** The requests of a compilation, and at the end its status. */
export type CommandSteps = Steps<number>;

export interface CommandResult {
  readonly status: number;
  /** For the standard output: what -E without -o, --help and --version print. */
  readonly output: string;
  /** For the standard error output. */
  readonly messages: string;
}

export function runCommand(
  words: readonly string[],
  files: Files,
  installation: Installation,
): CommandResult {
  const steps = commandSteps(words, installation, files.read);
  let output = "";
  let messages = "";
  let answer: CommandAnswer;
  for (;;) {
    const { done, value } = steps.next(answer);
    if (done) return { status: value, output, messages };
    answer = undefined;
    if (value.kind === "read") answer = files.read(value.path);
    else if (value.kind === "write") answer = files.write(value.path, value.bytes, value.isProgram);
    else if (value.kind === "output") output += value.text;
    else messages += value.text;
  }
}

/**
 * The same for who answers when there is time. A file that is wanted in the midst of a stage is had from `readNow`; where
 * there is no such function it is requested, and the preprocessing begins anew.
 */
export function* commandSteps(
  words: readonly string[],
  installation: Installation,
  readNow?: Files["read"],
): CommandSteps {
  const given = yield* withResponseFiles(words);
  if (given === undefined) {
    yield errors(["the files that '@' names have no end"]);
    return 1;
  }
  const { command, problems } = readCommand(given);
  if (command.help || command.version) {
    const text = command.help ? helpText() : `${installation.version}\n`;
    yield { kind: "output", text };
    return 0;
  }
  if (command.questions.length > 0) {
    for (const question of command.questions) yield* answerTo(question, command, installation);
    return 0;
  }
  if (command.verbose)
    yield { kind: "messages", text: `${installation.version}\nTarget: ${TARGET}\n` };
  if (command.verbose && command.inputs.length === 0) return 0;
  if (command.macrosOnly && command.stop !== "preprocessed") {
    problems.push("-dM is about what -E prints");
  }
  if (command.inputs.length === 0) problems.push("there is no input file; try 'cc --help'");
  const sources = command.inputs.filter((input) => kindOf(input) !== "link");
  const needsKind = ({ path, language }: Input) => path === "-" && language === undefined;
  if (command.inputs.some(needsKind)) {
    if (command.stop !== "preprocessed" && command.dependencies.mode !== "only")
      problems.push("-E or -x is needed to read the standard input");
    command.inputs = command.inputs.map((input) =>
      needsKind(input) ? { ...input, language: "c" } : input,
    );
  }
  if (command.stop !== "link" && command.output !== undefined && sources.length > 1) {
    problems.push("one output (-o) cannot take what several files become");
  }
  if (command.times && installation.now === undefined) {
    problems.push("'-ftime-report' is not supported: there is no clock here");
  }
  if (problems.length > 0) {
    yield errors(problems);
    return 1;
  }
  const { notices, warnings } = command;
  if (notices.length > 0 && warnings.isWanted("unknown-warning-option")) {
    const lines = notices.map((line) => `cc: warning: ${line} [-Wunknown-warning-option]\n`);
    yield { kind: "messages", text: lines.join("") };
  }
  const session: Session = {
    command,
    installation,
    readNow,
    files: new Map(),
    texts: new Map(),
    times: new Map(),
    rules: new Map(),
    hasFailed: false,
  };
  if (command.dependencies.mode === "only") command.stop = "preprocessed";
  yield* work(session);
  if (command.times) yield { kind: "messages", text: timesOf(session) };
  return session.hasFailed ? 1 : 0;
}

function* work(session: Session): Steps<void> {
  const { command } = session;
  const inputs: LinkInput[] = [];
  for (const input of command.inputs) {
    const kind = kindOf(input);
    if (kind === "link") {
      if (command.stop === "link") yield* addLinkInput(session, input, inputs);
      continue;
    }
    if (kind === undefined) {
      yield complain(
        session,
        `'${input.path}' is of no kind that is known by its end; -x says what it is`,
      );
      continue;
    }
    const compilation = yield* compileInput(session, input, kind);
    if (compilation === undefined) continue;
    if (command.dependencies.mode !== "none" && compilation.isRead && compilation.isC)
      yield* writeDependencies(session, input, compilation);
    if (command.dependencies.mode === "only") continue;
    if (compilation.object !== undefined && command.stop === "link") {
      inputs.push({ kind: "object", object: compilation.object });
    } else {
      yield* writeCompilation(session, input, compilation);
    }
  }
  if (command.stop === "link" && !session.hasFailed) yield* linkAll(session, inputs);
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

interface Unit extends Compilation {
  /** Headers that are to be made yet (-MG). */
  readonly missing: readonly string[];
  /** Whether it can include files. */
  readonly isC: boolean;
}

function* compileInput(
  session: Session,
  input: Input,
  language: Language,
): Steps<Unit | undefined> {
  const { command, installation } = session;
  const file = yield* readFile(session, input.path);
  if (!(file instanceof Uint8Array)) {
    yield complain(session, cannotRead(input.path, file));
    return undefined;
  }
  if (session.readNow === undefined) yield* readAhead(session, input.path, systemFolders(session));
  for (;;) {
    try {
      const missing: string[] = [];
      const compilation = compile(session, input, language, missing);
      const { diagnostics, sources, times } = compilation;
      const colour = command.colour ?? installation.colour;
      const text = renderDiagnostics(diagnostics.list, sources, { colour });
      if (text !== "") yield { kind: "messages", text };
      if (diagnostics.errors > 0) session.hasFailed = true;
      addTimes(session, times);
      return { ...compilation, missing, isC: language === "c" || language === "assembly" };
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      yield* readFile(session, error.path);
      yield* readAhead(session, error.path, systemFolders(session));
    }
  }
}

function systemFolders({ command, installation }: Session): readonly string[] {
  const standard = command.standardFolders ? installation.headerFolders : [];
  return [...command.folders, ...command.systemFolders, ...standard, ...command.lastFolders];
}

function compile(
  session: Session,
  input: Input,
  language: Language,
  missing: string[],
): Compilation {
  const { command, installation } = session;
  const { now } = installation;
  return compileUnit(
    input.path,
    {
      read: (path) => textOf(session, path),
      problem: (path) => problemOf(session, path),
    },
    {
      ...defaultOptions,
      language,
      result: command.stop === "link" ? "object" : command.stop,
      level: command.level,
      debug: command.debug,
      functionSections: command.functionSections,
      common: command.common,
      relax: command.relax,
      quoteFolders: command.quoteFolders,
      systemFolders: systemFolders(session),
      ownFolders: command.folders.length,
      includes: command.includes,
      missing: command.dependencies.missing ? missing : undefined,
      macrosOnly: command.macrosOnly,
      macros: [
        ...(command.level === 0 ? [] : [{ define: "__OPTIMIZE__", as: "1" }]),
        ...(command.level === "s" ? [{ define: "__OPTIMIZE_SIZE__", as: "1" }] : []),
        ...command.macros,
      ],
      warnings: command.warnings,
      mostErrors: command.mostErrors,
      dialect: command.dialect,
      noMarkers: command.noMarkers,
      objectName: command.stop === "object" ? outputName(session, input, "o") : input.path,
      ...(now === undefined || !command.times ? {} : { now }),
    },
  );
}

/** What the unit became goes to a file, or to the standard output. */
function* writeCompilation(
  session: Session,
  input: Input,
  { object, text }: Compilation,
): Steps<void> {
  const { command } = session;
  if (object !== undefined) {
    yield* write(session, outputName(session, input, "o"), writeElf(object), false);
  } else if (text !== undefined && command.stop === "preprocessed" && isStandardOutput(command)) {
    yield { kind: "output", text };
  } else if (text !== undefined && command.output === "-") {
    yield { kind: "output", text };
  } else if (text !== undefined) {
    yield* write(session, outputName(session, input, "s"), bytesOfText(text), false);
  }
}

/** The rule for make: in place of a result, or beside it. */
function* writeDependencies(
  session: Session,
  input: Input,
  { sources, missing }: Unit,
): Steps<void> {
  const { dependencies, output, stop } = session.command;
  const isOnly = dependencies.mode === "only";
  const isNamed = output !== undefined && output !== "-" && !isOnly && stop !== "preprocessed";
  const target = isNamed && stop !== "checked" ? output : `${baseName(input.path)}.o`;
  const rule = dependencyRule(dependencies, target, sources, missing);
  let path = dependencies.file;
  if (path === undefined && isOnly) path = output ?? "-";
  path ??= besideOf(session.command, input);
  if (path === "-") yield { kind: "output", text: rule };
  else if (isOnly && session.rules.has(path)) {
    // The rules of several files go to one.
    const all = `${session.rules.get(path) ?? ""}${rule}`;
    session.rules.set(path, all);
    yield* write(session, path, bytesOfText(all), false);
  } else {
    session.rules.set(path, rule);
    yield* write(session, path, bytesOfText(rule), false);
  }
}

/** Where the rule goes that nobody has named a file for: beside what the unit becomes, as gcc has it. */
function besideOf({ output, stop }: Command, input: Input): string {
  if (output !== undefined && output !== "-") {
    const dot = output.lastIndexOf(".");
    return `${dot > output.lastIndexOf("/") + 1 ? output.slice(0, dot) : output}.d`;
  }
  const isProgram = stop === "link" || stop === "checked";
  return `${isProgram ? "a-" : ""}${baseName(input.path)}.d`;
}

/** Answers what is asked about the compiler itself, a line each. */
function* answerTo(question: Question, command: Command, installation: Installation): Steps<void> {
  let text = question.kind === "text" ? question.text : question.name;
  if (question.kind === "file") {
    const [headers = text] = installation.headerFolders;
    if (question.name === "include") text = headers;
    for (const folder of [...command.libraryFolders, ...installation.libraryFolders]) {
      const path = `${folder}/${question.name}`;
      if (!((yield { kind: "read", path }) instanceof Uint8Array)) continue;
      text = path;
      break;
    }
  }
  yield { kind: "output", text: `${text}\n` };
}

function isStandardOutput({ output }: Command): boolean {
  return output === undefined || output === "-";
}

function outputName({ command }: Session, { path }: Input, end: string): string {
  return command.output ?? `${baseName(path)}.${end}`;
}

/** A file's name without its folder and its end. */
function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? name : name.slice(0, dot);
}
