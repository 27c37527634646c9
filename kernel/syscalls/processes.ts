// clone(2), execve(2), exit(2), wait4(2), waitid(2).

import { E2BIG, EACCES, EBADF, ECHILD, EFAULT, EINVAL, ENOENT, ENOSYS } from "../abi/errno.ts";
import { AT_EMPTY_PATH, AT_FDCWD, AT_SYMLINK_NOFOLLOW } from "../abi/fcntl.ts";
import {
  CLONE_CHILD_SETTID,
  CLONE_PARENT_SETTID,
  CLONE_VFORK,
  P_ALL,
  P_PGID,
  P_PID,
  WCONTINUED,
  WEXITED,
  WNOHANG,
  WNOWAIT,
  WSTOPPED,
  WUNTRACED,
} from "../abi/process.ts";
import { SIGCHLD } from "../abi/signal.ts";
import { rusage } from "../abi/structs.ts";
import { copyInString, copyOut, load64, store32 } from "../mm/user-copy.ts";
import { cloneThread, spaceOf } from "../proc/process-fork.ts";
import { exitGroup, exitThread } from "../proc/process-exit.ts";
import { ARG_MAX, ARG_STRING_MAX, commitExec, prepareExec } from "../proc/process-exec.ts";
import { type ChildSelector, type Collected, collectChild } from "../proc/process-wait.ts";
import type { ChildTotals } from "../proc/process.ts";
import type { Kernel } from "../proc/kernel.ts";
import { REG_A1 } from "../abi/registers.ts";
import { beginRestart, ERESTARTSYS, NO_RESULT } from "../proc/restart.ts";
import { encodeSignalInfo } from "../proc/signal-frame.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import { writableOrWait } from "../proc/stall.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";
import { baseOf, pathAt } from "./paths.ts";
import { SECOND } from "./times.ts";
import { UserStruct } from "./user-struct.ts";
import { waitOn } from "./waiting.ts";

function clone(
  k: Kernel,
  t: Thread,
  flags: number,
  parentTid: number,
  childTid: number,
): number | Promise<number> {
  const { restart } = t;
  // A vfork that is begun again has its child already and only waits.
  if (restart.active) return waitForVfork(k, t);
  // The new thread's number is written when it exists already; a fork copies a page that is there.
  const space = spaceOf(t.process);
  if ((flags & CLONE_PARENT_SETTID) !== 0 && writableOrWait(k, space, parentTid, 4) !== 0)
    return MUST_WAIT;
  if ((flags & CLONE_CHILD_SETTID) !== 0 && writableOrWait(k, space, childTid, 4) !== 0)
    return MUST_WAIT;
  const { hart } = k.cpu;
  const child = cloneThread(k, t, {
    flags: flags | 0,
    stackLo: hart[REG_A1] ?? 0,
    stackHi: hart[REG_A1 + 1] ?? 0,
    // The generic ABI of riscv has the TLS before the child's tid: a3.
    tlsLo: hart[REG_A1 + 4] ?? 0,
    tlsHi: hart[REG_A1 + 5] ?? 0,
    parentTid,
    childTid,
  });
  if (typeof child === "number") return child;
  if ((flags & CLONE_VFORK) === 0) return child.tid;
  beginRestart(restart);
  restart.child = child.tid;
  // Its tracer wants to know of the child before the wait for it begins.
  return t.task.state === "running" ? waitForVfork(k, t) : MUST_WAIT;
}

/** Sleeps until the child has its own memory or is gone. Only SIGKILL ends this early. */
async function waitForVfork(k: Kernel, t: Thread): Promise<number> {
  for (;;) {
    const child = k.processes.process(t.restart.child);
    if (child === undefined || !child.borrowsMemory) {
      t.tracee?.endsVfork(t.restart.child);
      return t.restart.child;
    }
    await k.sched.sleep(t.task, [child.vforkWait]);
  }
}

/** The strings that an argv or envp array points at, or an errno. `room` is what is left of ARG_MAX. */
function readStrings(t: Thread, array: number, room: { left: number }): string[] | number {
  const space = spaceOf(t.process);
  const strings: string[] = [];
  if (array === 0) return strings;
  for (let at = array; ; at += 8) {
    const pointer = load64(space, at);
    if (pointer < 0) return -EFAULT;
    if (pointer === 0) return strings;
    const text = copyInString(space, pointer, ARG_STRING_MAX);
    if (typeof text === "number") return text === -EFAULT ? -EFAULT : -E2BIG;
    room.left -= text.length + 1 + 8;
    if (room.left < 0) return -E2BIG;
    strings.push(text);
  }
}

function execve(
  k: Kernel,
  t: Thread,
  dirfd: number,
  pathname: number,
  argvAt: number,
  envpAt: number,
  flags: number,
): number {
  const path = pathAt(t, pathname);
  if (typeof path === "number") return path;
  if (path === "" && (flags & AT_EMPTY_PATH) !== 0)
    return executeDescriptor(k, t, dirfd, argvAt, envpAt);
  if (path === "") return -ENOENT;
  const base = baseOf(t, dirfd, path);
  if (typeof base === "number") return base;
  return execute(k, t, argvAt, envpAt, { path, base });
}

function executeDescriptor(
  k: Kernel,
  t: Thread,
  fd: number,
  argvAt: number,
  envpAt: number,
): number {
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  if (!file.inode.isRegular) return -EACCES;
  return execute(k, t, argvAt, envpAt, { path: `/proc/self/fd/${fd}`, base: undefined });
}

type ProgramName = Pick<Parameters<typeof prepareExec>[2], "path" | "base">;

function execute(k: Kernel, t: Thread, argvAt: number, envpAt: number, name: ProgramName): number {
  const room = { left: ARG_MAX };
  const argv = readStrings(t, argvAt, room);
  if (typeof argv === "number") return argv;
  const envp = readStrings(t, envpAt, room);
  if (typeof envp === "number") return envp;
  const program = prepareExec(k, t.process, { ...name, argv, envp });
  if (typeof program === "number") return program;
  commitExec(k, t, program);
  return NO_RESULT;
}

/** What wait4's pid argument means (wait(2)). */
function selectorOf(t: Thread, pid: number): ChildSelector {
  if (pid > 0) return { pid };
  if (pid === -1) return {};
  return { pgid: pid === 0 ? t.process.pgid : -pid };
}

/** Collects, or waits and collects; `report` writes what was found to the program. */
function waitForChild(
  k: Kernel,
  t: Thread,
  selector: ChildSelector,
  options: number,
  outputs: Outputs,
  report: (found: Collected | undefined) => number,
): number | Promise<number> {
  if (mustWait(k, t, outputs)) return MUST_WAIT;
  const found = collectChild(k, t.process, selector, options);
  if (found === "no children") return -ECHILD;
  if (found !== "none yet") return report(found);
  if ((options & WNOHANG) !== 0) return report(undefined);
  return waitLonger(k, t, selector, options, outputs, report);
}

/** Where the report goes: address and size by turns. */
type Outputs = readonly (readonly [address: number, size: number])[];

/** A child that is collected and cannot be told of would be lost. */
function mustWait(k: Kernel, t: Thread, outputs: Outputs): boolean {
  const space = spaceOf(t.process);
  return outputs.some(([address, size]) => writableOrWait(k, space, address, size) !== 0);
}

async function waitLonger(
  k: Kernel,
  t: Thread,
  selector: ChildSelector,
  options: number,
  outputs: Outputs,
  report: (found: Collected | undefined) => number,
): Promise<number> {
  for (;;) {
    const wake = await waitOn(k, t, [t.process.childWait]);
    if (mustWait(k, t, outputs)) return MUST_WAIT;
    const found = collectChild(k, t.process, selector, options);
    if (found === "no children") return -ECHILD;
    if (found !== "none yet") return report(found);
    if (wake === "interrupted") return -ERESTARTSYS;
  }
}

function wait4(
  k: Kernel,
  t: Thread,
  pid: number,
  statusAt: number,
  options: number,
  usageAt: number,
): number | Promise<number> {
  // __WNOTHREAD, __WCLONE and __WALL say nothing new here: every child is waited for alike.
  const ACCEPTED = WNOHANG | WUNTRACED | WCONTINUED | 0xe0000000;
  if ((options & ~ACCEPTED) !== 0) return -EINVAL;
  if (pid === -(2 ** 31)) return -3;
  const outputs = [
    [statusAt, 4],
    [usageAt, rusage.size],
  ] as const;
  const wanted = (options & ~0xe0000000) | WEXITED;
  return waitForChild(k, t, selectorOf(t, pid), wanted, outputs, (found) => {
    if (found === undefined) return 0;
    if (statusAt !== 0 && store32(spaceOf(t.process), statusAt, found.status) < 0) return -EFAULT;
    if (usageAt !== 0 && writeUsage(t, usageAt, found.totals) < 0) return -EFAULT;
    return found.pid;
  });
}

const infoBytes = new Uint8Array(128);
const infoView = new DataView(infoBytes.buffer);

function waitid(
  k: Kernel,
  t: Thread,
  which: number,
  id: number,
  infoAt: number,
  options: number,
  usageAt: number,
): number | Promise<number> {
  const KNOWN = WNOHANG | WSTOPPED | WEXITED | WCONTINUED | WNOWAIT;
  if (
    (options & ~(KNOWN | 0xe0000000)) !== 0 ||
    (options & (WSTOPPED | WEXITED | WCONTINUED)) === 0
  )
    return -EINVAL;
  let selector: ChildSelector;
  if (which === P_ALL) selector = {};
  else if (which === P_PID && id > 0) selector = { pid: id };
  else if (which === P_PGID && id >= 0) selector = { pgid: id === 0 ? t.process.pgid : id };
  else return -EINVAL;
  const outputs = [
    [infoAt, infoBytes.length],
    [usageAt, rusage.size],
  ] as const;
  return waitForChild(k, t, selector, options & KNOWN, outputs, (found) => {
    if (usageAt !== 0 && found !== undefined && writeUsage(t, usageAt, found.totals) < 0)
      return -EFAULT;
    if (infoAt === 0) return 0;
    encodeSignalInfo(
      infoView,
      found === undefined
        ? { signo: 0, code: 0 }
        : { signo: SIGCHLD, code: found.code, pid: found.pid, uid: found.uid, status: found.value },
    );
    // Linux writes the fields of SIGCHLD only and leaves the rest of siginfo_t alone.
    return copyOut(spaceOf(t.process), infoAt, infoBytes, 0, 28) === 28 ? 0 : -EFAULT;
  });
}

const usage = new UserStruct(rusage);

/** Writes struct rusage; the fields that nothing counts are 0. */
export function writeUsage(
  t: Thread,
  address: number,
  totals: ChildTotals,
  switches: { readonly voluntary: number; readonly involuntary: number } = {
    voluntary: 0,
    involuntary: 0,
  },
): number {
  usage.clear();
  for (const [name, time] of [
    ["ru_utime", totals.userTime],
    ["ru_stime", totals.systemTime],
  ] as const) {
    const seconds = Math.floor(time / SECOND);
    usage
      .set64(`${name}_sec`, seconds)
      .set64(`${name}_usec`, Math.floor((time - seconds * SECOND) / 1000));
  }
  usage.set64("ru_maxrss", Math.ceil(totals.peakResident / 1024));
  usage.set64("ru_minflt", totals.minorFaults).set64("ru_majflt", totals.majorFaults);
  usage.set64("ru_nvcsw", switches.voluntary).set64("ru_nivcsw", switches.involuntary);
  return usage.toUser(t, address);
}

export const processCalls = {
  clone: {
    args: {
      flags: "hex",
      stack: "address",
      parent_tid: "address",
      tls: "address",
      child_tid: "address",
    },
    partial:
      "fork, vfork, posix_spawn and threads; no namespaces, no CLONE_SIGHAND without CLONE_THREAD",
    run: (k, t, flags, _stack, parentTid, _tls, childTid) =>
      clone(k, t, flags, parentTid, childTid),
  },
  execve: {
    args: { pathname: "path", argv: "address", envp: "address" },
    partial:
      "static ELF64 executables (position-independent ones too) and #! scripts; no set-user-ID",
    run: (k, t, path, argv, envp) => execve(k, t, AT_FDCWD, path, argv, envp, 0),
  },
  execveat: {
    args: { dirfd: "fd", pathname: "path", argv: "address", envp: "address", flags: "hex" },
    partial: "as execve; AT_SYMLINK_NOFOLLOW is not implemented (ENOSYS)",
    run: (k, t, dirfd, path, argv, envp, flags) => {
      if ((flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW)) !== 0) return -EINVAL;
      return (flags & AT_SYMLINK_NOFOLLOW) !== 0
        ? -ENOSYS
        : execve(k, t, dirfd, path, argv, envp, flags);
    },
  },
  exit: {
    args: { status: "i32" },
    run: (k, t, status) => {
      // Who joins the thread waits for this word to become 0.
      const isLast = t.process.threads.length === 1;
      if (!isLast && writableOrWait(k, spaceOf(t.process), t.clearTid, 4) !== 0) return MUST_WAIT;
      const ending = (status & 0xff) << 8;
      if (t.tracee?.exits(ending) === true) return MUST_WAIT;
      exitThread(k, t, ending);
      return NO_RESULT;
    },
  },
  exit_group: {
    args: { status: "i32" },
    run: (k, t, status) => {
      const ending = (status & 0xff) << 8;
      if (t.tracee?.exits(ending) === true) return MUST_WAIT;
      exitGroup(k, t.process, ending);
      return NO_RESULT;
    },
  },
  wait4: {
    args: { pid: "pid", wstatus: "address", options: "hex", rusage: "address" },
    run: (k, t, pid, status, options, usageAt) => wait4(k, t, pid, status, options, usageAt),
  },
  waitid: {
    args: { idtype: "i32", id: "pid", infop: "address", options: "hex", rusage: "address" },
    partial: "no pidfds",
    run: (k, t, which, id, info, options, usageAt) =>
      waitid(k, t, which, id, info, options, usageAt),
  },
} satisfies Family;
