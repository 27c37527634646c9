// Files of the machine for its owner: written and read whole by a task of the kernel, which waits like a program does when
// pages are swapped out or memory is short.

import { EFAULT, errnoName, errnoTable } from "../abi/errno.ts";
import { ELF_MAGIC } from "../abi/elf.ts";
import { O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY } from "../abi/fcntl.ts";
import type { File } from "../fs/file.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import type { Kernel } from "../proc/kernel.ts";
import type { Task } from "../sched/task.ts";
import { sleepUntilThere } from "./kernel-tasks.ts";

/** A failure that carries an errno, for owners of the machine (guests get numbers). */
export class MachineError extends Error {
  override readonly name = "MachineError";
  readonly errno: number;

  constructor(what: string, result: number) {
    const name = errnoName(result);
    const entry = Object.entries(errnoTable).find(([key]) => key === name);
    super(`${what}: ${entry?.[1][1] ?? name}`);
    this.errno = -result;
  }
}

/** Repeats `operation` until it need not wait any more. */
export async function whenPossible<Result>(
  k: Kernel,
  task: Task,
  operation: () => Result | number,
): Promise<Result | number> {
  for (;;) {
    const result = operation();
    if (result !== MUST_WAIT) return result;
    await sleepUntilThere(k, task);
  }
}

async function opened(
  k: Kernel,
  task: Task,
  path: string,
  flags: number,
  mode: number,
): Promise<File> {
  const { vfs, processes } = k;
  const open = (): File | number => vfs.open(processes.init, undefined, path, flags, mode);
  const file = await whenPossible(k, task, open);
  if (typeof file === "number") throw new MachineError(path, file);
  return file;
}

/** Writes a file, whole; executable when it begins like an ELF program. Throws a MachineError. */
export async function storeFile(
  k: Kernel,
  task: Task,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const { init } = k.processes;
  const isProgram =
    bytes.length >= 4 &&
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === ELF_MAGIC;
  const mode = isProgram ? 0o755 : 0o644;
  const file = await opened(k, task, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
  try {
    const source = new BufferSource(bytes);
    while (source.remaining > 0) {
      const done = await whenPossible(k, task, () => file.writeNext(init, source));
      if (done <= 0) throw new MachineError(path, done === 0 ? -EFAULT : done);
    }
    if (isProgram) k.vfs.chmod(init, file.dentry, 0o755);
  } finally {
    file.release();
  }
}

const CHUNK = 65536;

/** Reads a file, whole. Throws a MachineError. */
export async function loadFile(k: Kernel, task: Task, path: string): Promise<Uint8Array> {
  const { init } = k.processes;
  const file = await opened(k, task, path, O_RDONLY, 0);
  const chunks: Uint8Array[] = [];
  try {
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const done = await whenPossible(k, task, () => file.readNext(init, new BufferSink(chunk)));
      if (done < 0) throw new MachineError(path, done);
      if (done === 0) break;
      chunks.push(chunk.subarray(0, done));
    }
  } finally {
    file.release();
  }
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
