// What the parts of the kernel above memory and files share: the machine's singletons, handed to every operation of
// proc and to every system call. kernel/boot puts one together.

import type { Cpu } from "../cpu/types.ts";
import type { File } from "../fs/file.ts";
import type { Vfs } from "../fs/vfs.ts";
import type { FutexTable } from "../ipc/futex.ts";
import type { EventStream } from "../lib/event-stream.ts";
import type { KernelLog } from "../lib/kernel-log.ts";
import type { MemoryManager } from "../mm/memory-manager.ts";
import type { Completions } from "../sched/completions.ts";
import type { Scheduler } from "../sched/scheduler.ts";
import type { MachineClock } from "./clock.ts";
import type { ProcessTable } from "./process-table.ts";
import type { Thread } from "./thread.ts";
import type { Tracing } from "./tracing.ts";

/** Who writes down every system call of the machine. */
export interface CallTrace {
  /** The registers in `words` and the memory are still the caller's. */
  begin(thread: Thread, number: number, words: Int32Array): void;
  end(thread: Thread, number: number, result: number): void;
  killed(thread: Thread, signo: number): void;
}

export interface Kernel {
  readonly cpu: Cpu;
  readonly mm: MemoryManager;
  readonly sched: Scheduler;
  /** What the host does for the machine, storage above all. */
  readonly completions: Completions;
  readonly clock: MachineClock;
  readonly events: EventStream;
  readonly log: KernelLog;
  readonly vfs: Vfs;
  readonly processes: ProcessTable;
  readonly futexes: FutexTable;
  /** Fills with random bytes: seeded, or the host's. */
  readonly randomBytes: (into: Uint8Array) => void;
  /** Makes the two ends of a pipe (kernel/ipc/pipe.ts with its services bound). */
  readonly createPipe: (flags: number) => { readonly read: File; readonly write: File } | number;
  /** Tells the terminals that a session has lost its leader (kernel/dev). */
  readonly leaderExits: (sid: number) => void;
  /** Whose registers the hart holds and whose address space it uses; undefined before the first and after an exit. */
  current: Thread | undefined;
  /** Context switches since boot. */
  switches: number;
  /** Told of each system call, when somebody asked (`--strace`). */
  trace: CallTrace | undefined;
  /** ptrace(2), from the first call of it on. */
  tracing: Tracing | undefined;
}
