// A run of `cc`: what it was asked, what it has read so far, and what it may ask of whoever has the files.

import type { ObjectFile } from "../object/object-file.ts";
import { CompilationStopped } from "../source/diagnostics.ts";
import type { StageTime } from "./compile.ts";
import type { FilesRead, ReadAnswer } from "./files-read.ts";
import type { Command } from "./option.ts";

/** What the compiler wants of who has the files. "-" is the standard input. */
export type CommandRequest =
  | { readonly kind: "read"; readonly path: string }
  | {
      readonly kind: "write";
      readonly path: string;
      readonly bytes: Uint8Array;
      readonly isProgram: boolean;
    }
  /** For the standard output: what -E without -o, --help and --version print. */
  | { readonly kind: "output"; readonly text: string }
  /** For the standard error output. */
  | { readonly kind: "messages"; readonly text: string };

/** To "read" what has been read, to "write" what is wrong; nothing to the others. */
export type CommandAnswer = ReadAnswer | string;

/** What a compiler finds where it is installed. */
export interface Installation {
  /** Folders of headers, in the order in which they are searched. */
  readonly headerFolders: readonly string[];
  /** Archives that come last in every program: where they are, or their members. */
  readonly libraries: readonly (string | (() => readonly ObjectFile[]))[];
  /** Folders of archives for -l. */
  readonly libraryFolders: readonly string[];
  readonly version: string;
  readonly colour: boolean;
  readonly now?: () => number;
}

export interface Session extends FilesRead {
  readonly command: Command;
  readonly installation: Installation;
  readonly times: Map<string, number>;
  /** The rules for make so far, by the files they are in. */
  readonly rules: Map<string, string>;
  hasFailed: boolean;
}

export type Steps<Result> = Generator<CommandRequest, Result, CommandAnswer>;

export function errors(lines: readonly string[]): CommandRequest {
  return { kind: "messages", text: lines.map((line) => `cc: error: ${line}\n`).join("") };
}

export function complain(session: Session, message: string): CommandRequest {
  session.hasFailed = true;
  return errors(message.split("\n"));
}

/** What a damaged file or the linker says; anything else is a bug of ours. */
export function complainOf(session: Session, error: unknown): CommandRequest {
  if (!(error instanceof CompilationStopped)) throw error;
  return complain(session, error.message);
}

export function* write(
  session: Session,
  path: string,
  bytes: Uint8Array,
  isProgram: boolean,
): Steps<void> {
  const problem = yield { kind: "write", path, bytes, isProgram };
  if (typeof problem === "string") yield complain(session, `cannot write '${path}': ${problem}`);
}

export function addTimes({ times }: Session, more: readonly StageTime[]): void {
  for (const { stage, milliseconds } of more)
    times.set(stage, (times.get(stage) ?? 0) + milliseconds);
}

export function timesOf(session: Session): string {
  const lines: string[] = [];
  let total = 0;
  const add = (name: string, milliseconds: number): void => {
    lines.push(`${name.padEnd(12)} ${milliseconds.toFixed(1).padStart(8)} ms\n`);
  };
  for (const [stage, milliseconds] of session.times) {
    total += milliseconds;
    add(stage, milliseconds);
  }
  add("total", total);
  return lines.join("");
}
