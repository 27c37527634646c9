// What one system call is: its arguments' types, which decode the registers and print them for strace, how much of it is
// implemented, and the handler. The families export tables of these; table.ts puts them together.

import type { Kernel } from "../proc/kernel.ts";
import type { Thread } from "../proc/thread.ts";

/**
 * How an argument register becomes a number (and how strace prints it):
 *
 *   i32, fd, pid, signal   the low word, signed            octal, hex, u32   the low word, unsigned
 *   address, path, text    unsigned; what is no user address stays too large for one (EFAULT)
 *   size                   unsigned, saturating at 2^53 - 1
 *   offset                 signed, saturating at ±(2^53 - 1)
 */
export type ArgumentType =
  | "i32"
  | "fd"
  | "pid"
  | "signal"
  | "u32"
  | "octal"
  | "hex"
  | "address"
  | "path"
  | "size"
  | "offset";

/**
 * A result, or a promise when the call must wait. Results are numbers or negative errnos; -ERESTART… codes and NO_RESULT
 * as in proc/restart.ts. Before it waits a handler has done nothing that `thread.restart` does not say; nor before it
 * returns -EFAULT or MUST_WAIT because a page is not there yet, since it is called again then (proc/stall.ts).
 */
export type Handler = (
  k: Kernel,
  t: Thread,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
) => number | Promise<number>;

export interface Syscall {
  /** In the order of the registers a0 … a5. */
  readonly args: Readonly<Record<string, ArgumentType>>;
  /**
   * Arguments that point at memory which the call writes after it has changed something: their sizes in bytes. The
   * dispatcher sees to it that this memory can be written before the call begins (see dispatch.ts).
   */
  readonly outputs?: Readonly<Record<string, number>>;
  /** What is missing, for the documentation; absent means complete. */
  readonly partial?: string;
  readonly run: Handler;
}

export type Family = Readonly<Record<string, Syscall>>;
