// execve(2): finds the program (following #! lines), builds its address space, and only when nothing can fail any more
// gives it to the calling process.

import { E2BIG, EACCES, EISDIR, ELOOP, ENOEXEC } from "../abi/errno.ts";
import { O_RDONLY, X_OK } from "../abi/fcntl.ts";
import { SS_DISABLE } from "../abi/signal.ts";
import { EV_EXEC } from "../api/events.ts";
import { HART_PC } from "../cpu/types.ts";
import { readable } from "../fs/byte-string.ts";
import { type Dentry, pathOf } from "../fs/dentry.ts";
import type { File } from "../fs/file.ts";
import { permission } from "../fs/permission.ts";
import { BufferSink } from "../lib/io.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import { parseElf } from "./elf.ts";
import { type LoadedProgram, loadProgram } from "./exec-load.ts";
import type { Kernel } from "./kernel.ts";
import { endThreads, leaveSpace } from "./process-exit.ts";
import type { Process } from "./process.ts";
import { REG_SP } from "../abi/registers.ts";
import { setRegister } from "./registers.ts";
import type { Thread } from "./thread.ts";

/** Bytes of strings and pointers that argv and envp may have: a quarter of the default stack, as on Linux. */
export const ARG_MAX = 2 * 1024 * 1024;
/** MAX_ARG_STRLEN: one string, its NUL included. */
export const ARG_STRING_MAX = 131072;
const SCRIPT_LINE_MAX = 256;
const SCRIPT_DEPTH = 5;

export interface ExecRequest {
  /** As the program gave it: the name that scripts and AT_EXECFN get. */
  readonly path: string;
  /** Where a relative path begins; undefined for the current directory. */
  readonly base: Dentry | undefined;
  readonly argv: readonly string[];
  readonly envp: readonly string[];
}

export interface PreparedProgram extends LoadedProgram {
  readonly argv: readonly string[];
  readonly path: string;
  readonly executable: Dentry;
}

/** Everything up to the point of no return: the program ready to run in a space of its own; an errno, or MUST_WAIT. */
export function prepareExec(
  k: Kernel,
  process: Process,
  request: ExecRequest,
): PreparedProgram | number {
  let { path, argv } = request;
  let { base } = request;
  for (let depth = 0; ; depth++) {
    if (depth > SCRIPT_DEPTH) return -ELOOP;
    const file = openProgram(k, process, base, path);
    if (typeof file === "number") return file;
    k.mm.stall = null;
    const head = readAt(process, file, 0, SCRIPT_LINE_MAX);
    if (k.mm.stall !== null) {
      file.release();
      return MUST_WAIT;
    }
    if (head[0] !== 0x23 || head[1] !== 0x21) {
      const prepared = prepareElf(k, process, file, { ...request, argv }, path);
      file.release();
      return prepared;
    }
    file.release();
    const script = interpreterLine(head);
    if (script === null) {
      k.log.write(`exec ${path}: not executable: its #! line names no interpreter`);
      return -ENOEXEC;
    }
    argv = [script.interpreter, ...script.argument, path, ...argv.slice(1)];
    path = script.interpreter;
    base = undefined;
  }
}

function openProgram(
  k: Kernel,
  process: Process,
  base: Dentry | undefined,
  path: string,
): File | number {
  const dentry = k.vfs.lookup(process, base, path, true);
  if (typeof dentry === "number") return dentry;
  if (!dentry.inode.isRegular) return -EACCES;
  const allowed = permission(dentry.inode, process, X_OK);
  if (allowed < 0) return allowed;
  const file = k.vfs.openFile(process, dentry, O_RDONLY);
  return file === -EISDIR ? -EACCES : file;
}

/** "#! /bin/sh -e" gives the interpreter and at most one argument, as on Linux. */
function interpreterLine(
  head: Uint8Array,
): { interpreter: string; argument: readonly string[] } | null {
  const text = String.fromCharCode(...head.subarray(2));
  const line = /^[ \t]*([^\n]*)/.exec(text)?.[1]?.trimEnd() ?? "";
  const match = /^(\S+)(?:[ \t]+(.*))?$/.exec(line);
  if (match?.[1] === undefined) return null;
  return { interpreter: match[1], argument: match[2] === undefined ? [] : [match[2]] };
}

function readAt(process: Process, file: File, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const sink = new BufferSink(bytes);
  file.readAt(process, sink, offset);
  return bytes.subarray(0, sink.length);
}

function prepareElf(
  k: Kernel,
  process: Process,
  file: File,
  request: ExecRequest,
  path: string,
): PreparedProgram | number {
  const image = parseElf(
    (offset, length) => readAt(process, file, offset, length),
    file.inode.size,
  );
  if (k.mm.stall !== null) return MUST_WAIT;
  if (typeof image === "string") {
    k.log.write(`exec ${path}: not executable: ${image}`);
    return -ENOEXEC;
  }
  // Linux gives a program at least an empty argv[0].
  const argv = request.argv.length === 0 ? [""] : request.argv;
  const size = [...argv, ...request.envp].reduce((sum, text) => sum + text.length + 9, 0);
  if (size > ARG_MAX) return -E2BIG;
  const loaded = loadProgram(k, process, file, image, {
    argv,
    envp: request.envp,
    path: request.path,
  });
  if (typeof loaded === "number") return loaded;
  return { ...loaded, argv, path, executable: file.dentry };
}

/** The point of no return: the calling thread, which becomes the only one, begins the new program. */
export function commitExec(k: Kernel, thread: Thread, program: PreparedProgram): void {
  const { process } = thread;
  endThreads(k, process, thread, 0);
  leaveSpace(k, process);
  process.space = program.space;
  process.argv = program.argv;
  process.executable = program.executable;
  process.layout = program.layout;
  process.executed = true;
  process.comm = baseName(program.path).slice(0, 15);
  if (process.files.users > 1) {
    process.files.users--;
    process.files = process.files.clone();
  }
  process.files.closeForExec();
  process.actions.resetHandlers();
  thread.altStack = 0;
  thread.altStackSize = 0;
  thread.altStackFlags = SS_DISABLE;
  thread.clearTid = 0;
  const words = k.current === thread ? k.cpu.hart : thread.saved;
  words.fill(0);
  setRegister(words, HART_PC, program.entry);
  setRegister(words, REG_SP, program.sp);
  if (k.current === thread) program.space.activate();
  if (k.events.on) recordExec(k, process.pid, program);
  thread.tracee?.executes();
}

function recordExec({ events }: Kernel, pid: number, { path, executable }: PreparedProgram): void {
  const { inode } = executable;
  const file = events.text(readable(pathOf(executable)));
  events.emit(
    EV_EXEC,
    pid,
    events.text(path),
    file,
    inode.fileSystem.dev,
    inode.ino,
    inode.changed,
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
