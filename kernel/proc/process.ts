// A process: what its threads share. It is created by fork (process-fork.ts) or by boot, given a program by execve
// (process-exec.ts), ends in process-exit.ts and is forgotten when its parent has waited for it (process-wait.ts).

import type { Dentry } from "../fs/dentry.ts";
import type { Caller, ControllingTerminal, FsContext } from "../fs/caller.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { copyIn, copyOut } from "../mm/user-copy.ts";
import { WaitQueue } from "../sched/wait-queue.ts";
import type { Timer } from "../sched/timers.ts";
import { SIGCHLD } from "../abi/signal.ts";
import type { CpuTimers } from "./cpu-timers.ts";
import { FdTable } from "./fd-table.ts";
import { ResourceLimits } from "./limits.ts";
import { PendingSignals } from "./pending-signals.ts";
import { SignalActions } from "./signal-actions.ts";
import type { Thread } from "./thread.ts";
import type { Tracee, Tracees } from "./tracing.ts";

/** How wait4(2) and waitid(2) are told of a change of state that nobody has collected yet. */
export type StopReport = "none" | "stopped" | "continued";

/** Times and faults of children that have been waited for, in nanoseconds and counts. */
export interface ChildTotals {
  userTime: number;
  systemTime: number;
  minorFaults: number;
  majorFaults: number;
  peakResident: number;
}

export class Process implements Caller {
  readonly pid: number;
  /** pid 1's parent is itself undefined; every other process has one, init after its own has ended. */
  parent: Process | undefined;
  readonly children = new Set<Process>();
  /** In the order of creation; empty for init and for zombies. */
  readonly threads: Thread[] = [];
  pgid: number;
  sid: number;
  /** Undefined for init and for zombies. One reference is this process's. */
  space: AddressSpace | undefined;
  files: FdTable;
  fs: FsContext;
  terminal: ControllingTerminal | undefined;
  readonly actions = new SignalActions();
  /** Signals sent to the process as a whole. */
  readonly pending = new PendingSignals();
  readonly limits = new ResourceLimits();
  uid = 0;
  gid = 0;
  readonly groups: readonly number[] = [0];

  /** At most 15 bytes: the program's name, or what prctl(PR_SET_NAME) said. */
  comm = "";
  /** The arguments of the last execve. Only for the kernel's own reports: /proc reads the program's memory. */
  argv: readonly string[] = [];
  #executable: Dentry | undefined;
  /** Borders that execve set, for /proc/PID/stat and cmdline. */
  layout = NO_LAYOUT;
  /** True once it has called execve: its parent may not move it to another process group then. */
  executed = false;

  /** All threads are stopped, or will be as soon as they come to it. */
  stopped = false;
  /** Which change of state its parent may still collect. */
  report: StopReport = "none";
  /** The signal that stopped it. */
  stopSignal = 0;
  zombie = false;
  /** Its first thread's tracer's hold, also on the zombie until the tracer has seen it; and whom it traces itself. */
  tracee: Tracee | undefined;
  tracees: Tracees | undefined;
  /** −20 to 19: how much of the processor it leaves to others (nice.ts); inherited. */
  nice = 0;
  /** −1000 to 1000: how much sooner or later than its size says the out-of-memory killer shall choose it; inherited. */
  oomAdjustment = 0;
  /** As wait4 reports it: exit code << 8, or the signal that ended it. */
  exitStatus = 0;
  /** Sent to the parent at the end; 0 for none (clone(2), CSIGNAL). */
  exitSignal = SIGCHLD;
  /** Parents wait here for a child's change of state. */
  readonly childWait = new WaitQueue();
  /** The vfork(2) parent waits here until the child has left its memory. */
  readonly vforkWait = new WaitQueue();
  /** True while this process borrows its parent's memory (vfork). */
  borrowsMemory = false;
  /** Told of the end by the one who spawned it from outside (boot); the process is then reaped at once. */
  onExit: ((status: number) => void) | undefined;

  /** ITIMER_REAL: when it fires next is in `timer`, then every `interval` ns. */
  timer: Timer | undefined;
  timerInterval = 0;
  /** ITIMER_VIRTUAL and ITIMER_PROF; undefined until one was set. */
  cpuTimers: CpuTimers | undefined;
  readonly startTime: number;
  /** Totals of threads that have ended. */
  endedUserTime = 0;
  endedSystemTime = 0;
  endedMinorFaults = 0;
  endedMajorFaults = 0;
  readonly childTotals: ChildTotals = {
    userTime: 0,
    systemTime: 0,
    minorFaults: 0,
    majorFaults: 0,
    peakResident: 0,
  };

  constructor(pid: number, parent: Process | undefined, fs: FsContext, startTime: number) {
    this.pid = pid;
    this.parent = parent;
    this.pgid = parent?.pgid ?? pid;
    this.sid = parent?.sid ?? pid;
    this.files = new FdTable();
    this.fs = fs;
    this.startTime = startTime;
  }

  /** The file it runs, undefined for init and after the end. Nobody may write to it meanwhile (ETXTBSY, open(2)). */
  get executable(): Dentry | undefined {
    return this.#executable;
  }

  set executable(dentry: Dentry | undefined) {
    if (this.#executable !== undefined) this.#executable.inode.executing--;
    if (dentry !== undefined) dentry.inode.executing++;
    this.#executable = dentry;
  }

  signalBlockedOrIgnored(signo: number): boolean {
    return this.actions.ignores(signo) || this.threads.every((thread) => thread.mask.has(signo));
  }

  copyIn(address: number, into: Uint8Array, offset: number, length: number): number {
    return this.space === undefined ? 0 : copyIn(this.space, address, into, offset, length);
  }

  copyOut(address: number, from: Uint8Array, offset: number, length: number): number {
    return this.space === undefined ? 0 : copyOut(this.space, address, from, offset, length);
  }

  get userTime(): number {
    return this.threads.reduce((sum, thread) => sum + thread.userTime, this.endedUserTime);
  }

  get systemTime(): number {
    return this.threads.reduce((sum, thread) => sum + thread.systemTime, this.endedSystemTime);
  }

  get minorFaults(): number {
    return this.endedMinorFaults + (this.space?.minorFaults ?? 0);
  }

  get majorFaults(): number {
    return this.endedMajorFaults + (this.space?.majorFaults ?? 0);
  }
}

/** Where execve put things, as addresses. */
export interface ProgramLayout {
  readonly startCode: number;
  readonly endCode: number;
  readonly startData: number;
  readonly endData: number;
  readonly argStart: number;
  readonly argEnd: number;
  readonly envStart: number;
  readonly envEnd: number;
}

export const NO_LAYOUT: ProgramLayout = {
  startCode: 0,
  endCode: 0,
  startData: 0,
  endData: 0,
  argStart: 0,
  argEnd: 0,
  envStart: 0,
  envEnd: 0,
};

/** Tells an address space the limits of the process that runs in it. */
export function applyLimits(process: Process, space: AddressSpace): void {
  const { stack, data, addressSpace } = process.limits;
  space.limits = { stack, data, as: addressSpace };
}
