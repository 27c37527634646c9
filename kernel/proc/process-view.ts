// Processes as /proc shows them (kernel/fs/process-view.ts).

import { type SyscallName, syscallNumbers } from "../abi/syscall-numbers.ts";
import { SIGRTMAX, SIG_DFL, SIG_IGN } from "../abi/signal.ts";
import { EACCES } from "../abi/errno.ts";
import type { File } from "../fs/file.ts";
import { badness } from "../mm/reclaim/oom.ts";
import type {
  ProcessProvider,
  ProcessStateLetter,
  ProcessView,
  SignalWords,
  ThreadView,
} from "../fs/process-view.ts";
import type { Kernel } from "./kernel.ts";
import { MAX_PENDING_SIGNALS } from "./limits.ts";
import { memoryView } from "./memory-view.ts";
import type { Process } from "./process.ts";
import { SignalSet } from "./signal-set.ts";
import type { Thread } from "./thread.ts";

const callNames = new Map<number, SyscallName>(
  (Object.entries(syscallNumbers) as [SyscallName, number][]).map(([name, number]) => [
    number,
    name,
  ]),
);

/** The system call a sleeping thread is in; empty when it does not sleep. */
export function waitingIn(thread: Thread): string {
  if (thread.task.state !== "sleeping") return "";
  return thread.stalled ? "page fault" : (callNames.get(thread.call) ?? "");
}

/** It waits for storage or for a free frame. */
function isBlocked({ task, stalled }: Thread): boolean {
  return stalled && task.state === "sleeping";
}

export function stateLetter(process: Process): ProcessStateLetter {
  if (process.zombie) return "Z";
  if (process.threads[0]?.tracee?.isStopped === true) return "t";
  if (process.stopped) return "T";
  const running = process.threads.some(
    ({ task }) => task.state === "running" || task.state === "runnable",
  );
  if (running) return "R";
  return process.threads.some(isBlocked) ? "D" : "S";
}

/** Thousandths of all memory, from 0 (never) to 2000 (Linux fs/proc/base.c proc_oom_score). */
function oomScore(k: Kernel, process: Process): number {
  const { space, comm, pid, oomAdjustment } = process;
  if (space === undefined) return 0;
  const points = badness(k.mm, {
    pid,
    name: comm,
    space,
    immune: pid === 1,
    adjustment: oomAdjustment,
  });
  if (points === -Infinity) return 0;
  const all = k.mm.frames.count + k.mm.swap.total;
  return Math.max(0, Math.trunc(((1000 + Math.trunc((points * 1000) / all)) * 2) / 3));
}

export function createProcessProvider(k: Kernel): ProcessProvider {
  return {
    pids: () => [...k.processes.all()].map(({ pid }) => pid).toSorted((a, b) => a - b),
    process: (pid) => {
      const process = k.processes.process(pid);
      return process === undefined ? undefined : processView(k, process);
    },
  };
}

function processView(k: Kernel, process: Process): ProcessView {
  const { childTotals, limits, pending, space, terminal } = process;
  const ids = [process.uid, process.uid, process.uid, process.uid] as const;
  const groupIds = [process.gid, process.gid, process.gid, process.gid] as const;
  return {
    pid: process.pid,
    ppid: process.parent?.pid ?? 0,
    pgid: process.pgid,
    sid: process.sid,
    terminal: terminal?.rdev ?? 0,
    foreground: terminal?.foreground ?? -1,
    state: stateLetter(process),
    comm: process.comm,
    memory: space === undefined ? undefined : memoryView(k, process, space),
    executable: process.executable,
    cwd: process.zombie ? undefined : process.fs.cwd,
    root: process.zombie ? undefined : process.fs.root,
    files: () => openFiles(process),
    file: (fd) => (process.zombie ? undefined : process.files.get(fd)),
    fileTableSize: Math.max(64, process.files.size),
    threads: () => process.threads.map((thread) => threadView(process, thread)),
    umask: process.fs.umask,
    uids: ids,
    gids: groupIds,
    groups: process.groups,
    userTime: process.userTime,
    systemTime: process.systemTime,
    childrenUserTime: childTotals.userTime,
    childrenSystemTime: childTotals.systemTime,
    startTime: process.startTime,
    minorFaults: process.minorFaults,
    majorFaults: process.majorFaults,
    childrenMinorFaults: childTotals.minorFaults,
    childrenMajorFaults: childTotals.majorFaults,
    nice: process.nice,
    queuedSignals: pending.length,
    queuedSignalsLimit: MAX_PENDING_SIGNALS,
    sharedPending: [pending.set.lo, pending.set.hi],
    ignored: signalsWith(process, (handler) => handler === SIG_IGN),
    oomAdjustment: process.oomAdjustment,
    oomScore: oomScore(k, process),
    setOomAdjustment: (value) => {
      // Only root may make itself less likely to be chosen; there is no other way to it.
      if (value < process.oomAdjustment && k.current?.process.uid !== 0) return -EACCES;
      process.oomAdjustment = value;
      return 0;
    },
    caught: signalsWith(process, (handler) => handler !== SIG_IGN && handler !== SIG_DFL),
    limits: () =>
      [...limits.soft].map((soft, resource) => [soft, limits.hard[resource] ?? Infinity] as const),
    tracerPid: process.tracee?.tracer.pid ?? 0,
    exitSignal: process.exitSignal,
    exitCode: process.exitStatus,
  };
}

function signalsWith(process: Process, wanted: (handler: number) => boolean): SignalWords {
  const set = new SignalSet();
  for (let signo = 1; signo <= SIGRTMAX; signo++) {
    if (wanted(process.actions.handler[signo] ?? SIG_DFL)) set.add(signo);
  }
  return [set.lo, set.hi];
}

function* openFiles(process: Process): Iterable<readonly [number, File]> {
  if (process.zombie) return;
  for (const fd of process.files.numbers()) {
    const file = process.files.get(fd);
    if (file !== undefined) yield [fd, file];
  }
}

function threadView(process: Process, thread: Thread): ThreadView {
  const { task } = thread;
  const state =
    thread.tracee?.isStopped === true
      ? "t"
      : process.stopped
        ? "T"
        : task.state === "sleeping"
          ? "S"
          : "R";
  return {
    tid: thread.tid,
    comm: process.comm,
    state,
    userTime: thread.userTime,
    systemTime: thread.systemTime,
    startTime: process.startTime,
    voluntarySwitches: thread.voluntarySwitches,
    involuntarySwitches: thread.involuntarySwitches,
    pending: [thread.pending.set.lo, thread.pending.set.hi],
    blocked: [thread.mask.lo, thread.mask.hi],
    waitingIn: waitingIn(thread) || "0",
  };
}
