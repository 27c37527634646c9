// New processes and threads (clone(2), fork(2), vfork(2)). Everything that can fail is done before anything is visible:
// the number, then the copy of the address space (which reserves its frames first), then the rest without failing.

import { EAGAIN, EINVAL } from "../abi/errno.ts";
import {
  CLONE_CHILD_CLEARTID,
  CLONE_CHILD_SETTID,
  CLONE_FILES,
  CLONE_FS,
  CLONE_PARENT,
  CLONE_PARENT_SETTID,
  CLONE_SETTLS,
  CLONE_SIGHAND,
  CLONE_SYSVSEM,
  CLONE_DETACHED,
  CLONE_THREAD,
  CLONE_VFORK,
  CLONE_VM,
  CSIGNAL,
  RLIMIT_NPROC,
} from "../abi/process.ts";
import { SIGRTMAX, SS_DISABLE } from "../abi/signal.ts";
import { EV_FORK } from "../api/events.ts";
import type { FsContext } from "../fs/caller.ts";
import { panic } from "../lib/panic.ts";
import { store32 } from "../mm/user-copy.ts";
import type { Kernel } from "./kernel.ts";
import { Process } from "./process.ts";
import { Thread } from "./thread.ts";
import { REG_A0, REG_SP, REG_TP } from "../abi/registers.ts";
import { skipEcall } from "./registers.ts";

/** Flags that mean something here; CLONE_SYSVSEM and CLONE_DETACHED have nothing to act on. */
const KNOWN =
  CSIGNAL |
  CLONE_VM |
  CLONE_FS |
  CLONE_FILES |
  CLONE_SIGHAND |
  CLONE_VFORK |
  CLONE_PARENT |
  CLONE_THREAD |
  CLONE_SYSVSEM |
  CLONE_SETTLS |
  CLONE_PARENT_SETTID |
  CLONE_CHILD_CLEARTID |
  CLONE_DETACHED |
  CLONE_CHILD_SETTID;

/** clone(2)'s arguments; the two registers are [lo, hi] because a program may put anything there. */
export interface CloneRequest {
  readonly flags: number;
  readonly stackLo: number;
  readonly stackHi: number;
  readonly tlsLo: number;
  readonly tlsHi: number;
  readonly parentTid: number;
  readonly childTid: number;
}

/** Makes the new process or thread and lets it run. The thread, or an errno. */
export function cloneThread(k: Kernel, thread: Thread, request: CloneRequest): Thread | number {
  const { flags } = request;
  const why = refusal(flags);
  if (why !== null) {
    k.log.once(`clone ${flags}`, `clone: flags 0x${(flags >>> 0).toString(16)}: ${why}`);
    return -EINVAL;
  }
  const parent = thread.process;
  if (k.processes.tasks >= (parent.limits.soft[RLIMIT_NPROC] ?? Infinity)) return -EAGAIN;
  const tid = k.processes.allocate();
  if (tid < 0) {
    k.log.once("task limit", "fork: the limit of processes and threads is reached (EAGAIN)");
    return tid;
  }
  const process = (flags & CLONE_THREAD) !== 0 ? parent : forkProcess(k, parent, tid, flags);
  if (typeof process === "number") return process;
  const child = new Thread(tid, process, k.sched.createTask(tid));
  copyThread(k, thread, child, request);
  process.threads.push(child);
  k.processes.addThread(child);
  if ((flags & CLONE_PARENT_SETTID) !== 0) store32(spaceOf(parent), request.parentTid, tid);
  if ((flags & CLONE_CHILD_SETTID) !== 0) store32(spaceOf(process), request.childTid, tid);
  if ((flags & CLONE_CHILD_CLEARTID) !== 0) child.clearTid = request.childTid;
  if (k.events.on) k.events.emit(EV_FORK, parent.pid, tid);
  thread.tracee?.forks(child, flags);
  k.sched.ready(child.task);
  return child;
}

function refusal(flags: number): string | null {
  if ((flags & ~KNOWN) !== 0) return "namespaces and the other newer flags are not implemented";
  if ((flags & CSIGNAL) > SIGRTMAX) return "the exit signal is not a signal";
  if ((flags & CLONE_SIGHAND) !== 0 && (flags & CLONE_VM) === 0)
    return "CLONE_SIGHAND needs CLONE_VM";
  if ((flags & CLONE_THREAD) !== 0 && (flags & CLONE_SIGHAND) === 0)
    return "CLONE_THREAD needs CLONE_SIGHAND";
  if ((flags & CLONE_SIGHAND) !== 0 && (flags & CLONE_THREAD) === 0) {
    return "shared signal handlers without CLONE_THREAD are not implemented";
  }
  return null;
}

function forkProcess(k: Kernel, parent: Process, pid: number, flags: number): Process | number {
  const shared = (flags & CLONE_VM) !== 0;
  const original = spaceOf(parent);
  const space = shared ? original : original.fork(pid);
  if (typeof space === "number") return space;
  if (shared) original.retain();
  const isSibling = (flags & CLONE_PARENT) !== 0 && parent.parent !== undefined;
  const child = newProcess(k, pid, isSibling ? parent.parent : parent, shareFs(parent, flags));
  child.pgid = parent.pgid;
  child.sid = parent.sid;
  child.space = space;
  child.borrowsMemory = (flags & CLONE_VFORK) !== 0 && shared;
  if ((flags & CLONE_FILES) !== 0) {
    child.files = parent.files;
    child.files.users++;
  } else {
    child.files = parent.files.clone();
  }
  child.terminal = parent.terminal;
  child.actions.copy(parent.actions);
  child.limits.copy(parent.limits);
  child.oomAdjustment = parent.oomAdjustment;
  child.nice = parent.nice;
  child.uid = parent.uid;
  child.gid = parent.gid;
  child.comm = parent.comm;
  child.argv = parent.argv;
  child.executable = parent.executable;
  child.layout = parent.layout;
  child.exitSignal = flags & CSIGNAL;
  return child;
}

function shareFs(parent: Process, flags: number): FsContext {
  return (flags & CLONE_FS) !== 0 ? parent.fs : parent.fs.clone();
}

/** Enters a process into the table and among its parent's children. */
export function newProcess(
  k: Kernel,
  pid: number,
  parent: Process | undefined,
  fs: FsContext,
): Process {
  const process = new Process(pid, parent, fs, k.clock.now());
  parent?.children.add(process);
  k.processes.add(process);
  return process;
}

/** The new thread begins after the ecall with 0 in a0. `thread` has the hart. */
function copyThread(k: Kernel, thread: Thread, child: Thread, request: CloneRequest): void {
  const { saved } = child;
  saved.set(k.cpu.hart);
  skipEcall(saved);
  saved[REG_A0] = 0;
  saved[REG_A0 + 1] = 0;
  if (request.stackLo !== 0 || request.stackHi !== 0) {
    saved[REG_SP] = request.stackLo;
    saved[REG_SP + 1] = request.stackHi;
  }
  if ((request.flags & CLONE_SETTLS) !== 0) {
    saved[REG_TP] = request.tlsLo;
    saved[REG_TP + 1] = request.tlsHi;
  }
  child.mask.copy(thread.mask);
  // Memory that goes on being shared cannot have two threads on one alternate stack; vfork's parent sleeps.
  if ((request.flags & (CLONE_VM | CLONE_VFORK)) !== CLONE_VM) {
    child.altStack = thread.altStack;
    child.altStackSize = thread.altStackSize;
    child.altStackFlags = thread.altStackFlags;
  } else {
    child.altStackFlags = SS_DISABLE;
  }
}

/** The address space of a process that a thread of it relies on. */
export function spaceOf(process: Process): NonNullable<Process["space"]> {
  return process.space ?? panic(`process ${process.pid} has no address space`);
}
