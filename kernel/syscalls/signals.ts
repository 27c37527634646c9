// rt_sigaction(2) and its family, kill(2), tgkill(2), sigaltstack(2), rt_sigreturn(2).

import { EAGAIN, EFAULT, EINVAL, ENOMEM, EPERM, ESRCH } from "../abi/errno.ts";
import {
  SA_NOCLDSTOP,
  SA_NOCLDWAIT,
  SA_NODEFER,
  SA_ONSTACK,
  SA_RESETHAND,
  SA_RESTART,
  SA_SIGINFO,
  MINSIGSTKSZ,
  SIGCONT,
  SIGKILL,
  SIGRTMAX,
  SIGRTMIN,
  SIGSEGV,
  SIGSTOP,
  SIG_BLOCK,
  SIG_SETMASK,
  SIG_UNBLOCK,
  SI_TKILL,
  SI_USER,
  SS_AUTODISARM,
  SS_DISABLE,
  SS_ONSTACK,
} from "../abi/signal.ts";
import { sigactionLayout, siginfo, stackT } from "../abi/structs.ts";
import { copyIn, copyOut } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { MAX_PENDING_SIGNALS } from "../proc/limits.ts";
import type { SignalInfo } from "../proc/pending-signals.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Process } from "../proc/process.ts";
import { REG_SP } from "../abi/registers.ts";
import { unsignedRegister } from "../proc/registers.ts";
import { beginRestart, ERESTARTNOHAND, NO_RESULT } from "../proc/restart.ts";
import {
  altStackState,
  decodeSignalInfo,
  encodeSignalInfo,
  leaveHandler,
  onAltStack,
} from "../proc/signal-frame.ts";
import {
  forceSignal,
  kernelSignal,
  sendSignal,
  sendToThread,
  userSignal,
} from "../proc/signal-send.ts";
import { SignalSet } from "../proc/signal-set.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import { writableOrWait } from "../proc/stall.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";
import { readSet, SIGSET_BYTES, swapMask, writeSet } from "./signal-mask.ts";
import { readTimespec } from "./times.ts";
import { UserStruct } from "./user-struct.ts";
import { waitOn } from "./waiting.ts";

const action = new UserStruct(sigactionLayout);
const stack = new UserStruct(stackT);
const scratch = new SignalSet();
/** SA_UNSUPPORTED and SA_EXPOSE_TAGBITS are cleared, as Linux clears flags it does not know. */
const SA_KNOWN =
  SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_ONSTACK | SA_RESTART | SA_NODEFER | SA_RESETHAND;

function isSignal(signo: number): boolean {
  return signo >= 1 && signo <= SIGRTMAX;
}

function sigaction(t: Thread, signo: number, newAt: number, oldAt: number, size: number): number {
  if (size !== SIGSET_BYTES) return -EINVAL;
  const { actions } = t.process;
  if (newAt !== 0 && action.fromUser(t, newAt) < 0) return -EFAULT;
  if (!isSignal(signo) || (newAt !== 0 && (signo === SIGKILL || signo === SIGSTOP))) return -EINVAL;
  const handler = action.u64("sa_handler");
  const flags = action.u32("sa_flags");
  const maskAt = action.offset("sa_mask");
  const maskLo = action.view.getInt32(maskAt, true);
  const maskHi = action.view.getInt32(maskAt + 4, true);
  const old = { handler: actions.handler[signo] ?? 0, flags: actions.flags[signo] ?? 0 };
  const oldLo = actions.maskLo[signo] ?? 0;
  const oldHi = actions.maskHi[signo] ?? 0;
  if (newAt !== 0) {
    actions.handler[signo] = handler;
    actions.flags[signo] = flags & SA_KNOWN;
    scratch.assignMask(maskLo, maskHi);
    actions.maskLo[signo] = scratch.lo;
    actions.maskHi[signo] = scratch.hi;
    if (actions.ignores(signo)) {
      t.process.pending.discard(signo);
      for (const thread of t.process.threads) thread.pending.discard(signo);
    }
  }
  if (oldAt === 0) return 0;
  action.clear().set64("sa_handler", old.handler).set64("sa_flags", old.flags);
  action.view.setInt32(maskAt, oldLo, true);
  action.view.setInt32(maskAt + 4, oldHi, true);
  return action.toUser(t, oldAt);
}

function sigprocmask(t: Thread, how: number, setAt: number, oldAt: number, size: number): number {
  if (size !== SIGSET_BYTES) return -EINVAL;
  const { mask } = t;
  const beforeLo = mask.lo;
  const beforeHi = mask.hi;
  if (setAt !== 0) {
    if (readSet(t, setAt, scratch) < 0) return -EFAULT;
    if (how === SIG_BLOCK) mask.assignMask(mask.lo | scratch.lo, mask.hi | scratch.hi);
    else if (how === SIG_UNBLOCK) mask.assignMask(mask.lo & ~scratch.lo, mask.hi & ~scratch.hi);
    else if (how === SIG_SETMASK) mask.assignMask(scratch.lo, scratch.hi);
    else return -EINVAL;
  }
  if (oldAt === 0) return 0;
  scratch.assign(beforeLo, beforeHi);
  return writeSet(t, oldAt, scratch);
}

function sigpending(t: Thread, address: number, size: number): number {
  if (size > SIGSET_BYTES) return -EINVAL;
  const { set: own } = t.pending;
  const { set: shared } = t.process.pending;
  scratch.assign((own.lo | shared.lo) & t.mask.lo, (own.hi | shared.hi) & t.mask.hi);
  return writeSet(t, address, scratch);
}

function sigsuspend(k: Kernel, t: Thread, maskAt: number, size: number): number | Promise<number> {
  const error = swapMask(t, maskAt, size);
  if (error < 0) return error;
  beginRestart(t.restart);
  return untilSignal(k, t);
}

async function untilSignal(k: Kernel, t: Thread): Promise<number> {
  for (;;) if ((await waitOn(k, t, [])) === "interrupted") return -ERESTARTNOHAND;
}

const infoBytes = new Uint8Array(siginfo.size);
const infoView = new DataView(infoBytes.buffer);

function writeInfo(t: Thread, address: number, info: SignalInfo): number {
  encodeSignalInfo(infoView, info);
  return copyOut(spaceOf(t.process), address, infoBytes, 0, siginfo.size) === siginfo.size
    ? 0
    : -EFAULT;
}

function sigtimedwait(
  k: Kernel,
  t: Thread,
  setAt: number,
  infoAt: number,
  timeoutAt: number,
  size: number,
): number | Promise<number> {
  if (size !== SIGSET_BYTES) return -EINVAL;
  const wanted = new SignalSet();
  if (readSet(t, setAt, scratch) < 0) return -EFAULT;
  wanted.assignMask(scratch.lo, scratch.hi);
  const relative = timeoutAt === 0 ? Infinity : readTimespec(t, timeoutAt);
  if (relative < 0) return relative;
  const found = takeAwaited(k, t, wanted, infoAt);
  if (found !== 0) return found;
  if (relative === 0) return -EAGAIN;
  if (beginRestart(t.restart)) t.restart.deadline = k.clock.now() + relative;
  t.awaited.copy(wanted);
  return waitForAwaited(k, t, wanted, infoAt);
}

/** The number of a signal that was there, 0 for none. */
function takeAwaited(k: Kernel, t: Thread, wanted: SignalSet, infoAt: number): number {
  // A signal that is taken and cannot be told of would be lost.
  const wait = writableOrWait(k, spaceOf(t.process), infoAt, siginfo.size);
  if (wait !== 0) return wait;
  const info = t.pending.take(wanted.lo, wanted.hi) ?? t.process.pending.take(wanted.lo, wanted.hi);
  if (info === undefined) return 0;
  if (infoAt !== 0 && writeInfo(t, infoAt, info) < 0) return -EFAULT;
  return info.signo;
}

async function waitForAwaited(
  k: Kernel,
  t: Thread,
  wanted: SignalSet,
  infoAt: number,
): Promise<number> {
  const wake = await waitOn(k, t, [], t.restart.deadline);
  t.awaited.assign(0, 0);
  const found = takeAwaited(k, t, wanted, infoAt);
  if (found !== 0) return found;
  return wake === "timeout" ? -EAGAIN : -ERESTARTNOHAND;
}

function kill(k: Kernel, t: Thread, pid: number, signo: number): number {
  if (signo < 0 || signo > SIGRTMAX) return -EINVAL;
  const targets = killTargets(k, t.process, pid);
  if (targets.length === 0) return -ESRCH;
  const allowed = targets.filter((target) => maySignal(t.process, target, signo));
  if (allowed.length === 0) return -EPERM;
  if (signo !== 0)
    for (const target of allowed) sendSignal(k, target, userSignal(t, signo, SI_USER));
  return 0;
}

/** kill(2), ERRORS: root may, and everybody his own; SIGCONT is for the whole session, so that a shell can go on with any job. */
function maySignal(caller: Process, target: Process, signo: number): boolean {
  return (
    caller.uid === 0 ||
    caller.uid === target.uid ||
    (signo === SIGCONT && caller.sid === target.sid)
  );
}

function killTargets(k: Kernel, caller: Process, pid: number): Process[] {
  if (pid > 0) {
    const one = k.processes.process(pid);
    return one === undefined ? [] : [one];
  }
  if (pid === -1)
    return [...k.processes.all()].filter((process) => process.pid !== 1 && process !== caller);
  return pid === -(2 ** 31) ? [] : k.processes.group(pid === 0 ? caller.pgid : -pid);
}

function tgkill(k: Kernel, t: Thread, tgid: number, tid: number, signo: number): number {
  if (tid <= 0 || tgid === 0 || tgid < -1) return -EINVAL;
  const target = k.processes.thread(tid);
  const inGroup = tgid === -1 || target?.process.pid === tgid;
  if (target === undefined || !inGroup)
    return zombieLeader(k, tgid, tid) && signo >= 0 && signo <= SIGRTMAX ? 0 : -ESRCH;
  if (signo < 0 || signo > SIGRTMAX) return -EINVAL;
  if (!maySignal(t.process, target.process, signo)) return -EPERM;
  if (signo !== 0) sendToThread(k, target, userSignal(t, signo, SI_TKILL));
  return 0;
}

/** A zombie's thread can still be named; a signal to it is lost. */
function zombieLeader(k: Kernel, tgid: number, tid: number): boolean {
  return k.processes.process(tid)?.zombie === true && (tgid === -1 || tgid === tid);
}

function queueInfo(k: Kernel, t: Thread, pid: number, signo: number, infoAt: number): number {
  if (copyIn(spaceOf(t.process), infoAt, infoBytes, 0, siginfo.size) < siginfo.size) return -EFAULT;
  const code = infoView.getInt32(8, true);
  // Only the kernel and kill may claim to be the kernel and kill.
  if ((code >= 0 || code === SI_TKILL) && pid !== t.process.pid) return -EPERM;
  if (signo < 0 || signo > SIGRTMAX) return -EINVAL;
  const target = k.processes.process(pid);
  if (target === undefined) return -ESRCH;
  if (!maySignal(t.process, target, signo)) return -EPERM;
  if (signo === 0) return 0;
  if (signo >= SIGRTMIN && target.pending.length >= MAX_PENDING_SIGNALS) return -EAGAIN;
  sendSignal(k, target, { ...decodeSignalInfo(infoView), signo });
  return 0;
}

function sigaltstack(k: Kernel, t: Thread, newAt: number, oldAt: number): number {
  const sp = unsignedRegister(k.cpu.hart, REG_SP);
  const old = { sp: t.altStack, flags: altStackState(t, sp), size: t.altStackSize };
  if (newAt !== 0) {
    if (stack.fromUser(t, newAt) < 0) return -EFAULT;
    if (onAltStack(t, sp)) return -EPERM;
    const flags = stack.i32("ss_flags");
    const mode = flags & ~SS_AUTODISARM;
    if (mode !== 0 && mode !== SS_ONSTACK && mode !== SS_DISABLE) return -EINVAL;
    const size = stack.u64("ss_size");
    if (mode !== SS_DISABLE && size < MINSIGSTKSZ) return -ENOMEM;
    t.altStack = mode === SS_DISABLE ? 0 : stack.u64("ss_sp");
    t.altStackSize = mode === SS_DISABLE ? 0 : size;
    t.altStackFlags = mode === SS_ONSTACK ? flags & ~SS_ONSTACK : flags;
  }
  if (oldAt === 0) return 0;
  stack.clear().set64("ss_sp", old.sp).setI32("ss_flags", old.flags).set64("ss_size", old.size);
  return stack.toUser(t, oldAt);
}

export const signalCalls = {
  rt_sigaction: {
    args: { signum: "signal", act: "address", oldact: "address", sigsetsize: "size" },
    outputs: { oldact: action.layout.size },
    run: (_k, t, signo, newAt, oldAt, size) => sigaction(t, signo, newAt, oldAt, size),
  },
  rt_sigprocmask: {
    args: { how: "i32", set: "address", oldset: "address", sigsetsize: "size" },
    outputs: { oldset: SIGSET_BYTES },
    run: (_k, t, how, setAt, oldAt, size) => sigprocmask(t, how, setAt, oldAt, size),
  },
  rt_sigpending: {
    args: { set: "address", sigsetsize: "size" },
    run: (_k, t, address, size) => sigpending(t, address, size),
  },
  rt_sigsuspend: {
    args: { mask: "address", sigsetsize: "size" },
    run: (k, t, mask, size) => sigsuspend(k, t, mask, size),
  },
  rt_sigtimedwait: {
    args: { set: "address", info: "address", timeout: "address", sigsetsize: "size" },
    run: (k, t, setAt, infoAt, timeoutAt, size) =>
      sigtimedwait(k, t, setAt, infoAt, timeoutAt, size),
  },
  rt_sigqueueinfo: {
    args: { tgid: "pid", sig: "signal", info: "address" },
    run: (k, t, pid, signo, infoAt) => queueInfo(k, t, pid, signo, infoAt),
  },
  rt_sigreturn: {
    args: {},
    run: (k, t) => {
      if (leaveHandler(k, t)) return NO_RESULT;
      if (k.mm.stall !== null) return MUST_WAIT;
      forceSignal(t, kernelSignal(SIGSEGV));
      return NO_RESULT;
    },
  },
  sigaltstack: {
    args: { ss: "address", old_ss: "address" },
    outputs: { old_ss: stack.layout.size },
    run: (k, t, newAt, oldAt) => sigaltstack(k, t, newAt, oldAt),
  },
  kill: { args: { pid: "pid", sig: "signal" }, run: (k, t, pid, signo) => kill(k, t, pid, signo) },
  tkill: {
    args: { tid: "pid", sig: "signal" },
    run: (k, t, tid, signo) => tgkill(k, t, -1, tid, signo),
  },
  tgkill: {
    args: { tgid: "pid", tid: "pid", sig: "signal" },
    run: (k, t, tgid, tid, signo) => (tgid <= 0 ? -EINVAL : tgkill(k, t, tgid, tid, signo)),
  },
} satisfies Family;
