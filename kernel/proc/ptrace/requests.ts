// The requests of ptrace(2), each as kernel/ptrace.c of Linux checks and answers it. riscv has no hardware to step by, so
// PTRACE_SINGLESTEP is EIO there and here.

import { copyIn, copyOut, load64, store64 } from "../../mm/user-copy.ts";
import { decodeSignalInfo, encodeSignalInfo } from "../signal-frame.ts";
import { sendSignal, sendToThread } from "../signal-send.ts";
import type { Kernel } from "../kernel.ts";
import { EFAULT, EINVAL, EIO, EPERM, ESRCH } from "../../abi/errno.ts";
import {
  NT_PRFPREG,
  NT_PRSTATUS,
  PTRACE_ATTACH,
  PTRACE_CONT,
  PTRACE_DETACH,
  PTRACE_EVENT_STOP,
  PTRACE_GETEVENTMSG,
  PTRACE_GETREGSET,
  PTRACE_GETSIGINFO,
  PTRACE_GETSIGMASK,
  PTRACE_GET_SYSCALL_INFO,
  PTRACE_INTERRUPT,
  PTRACE_KILL,
  PTRACE_LISTEN,
  PTRACE_O_EXITKILL,
  PTRACE_O_TRACEEXIT,
  PTRACE_PEEKDATA,
  PTRACE_PEEKTEXT,
  PTRACE_POKEDATA,
  PTRACE_POKETEXT,
  PTRACE_SEIZE,
  PTRACE_SETOPTIONS,
  PTRACE_SETREGSET,
  PTRACE_SETSIGINFO,
  PTRACE_SETSIGMASK,
  PTRACE_SYSCALL,
  PTRACE_TRACEME,
} from "../../abi/ptrace.ts";
import { SIGKILL, SIGRTMAX, SIGSTOP, SI_KERNEL } from "../../abi/signal.ts";
import type { AddressSpace } from "../../mm/address-space.ts";
import { MUST_WAIT } from "../../mm/stall.ts";
import type { SignalInfo } from "../pending-signals.ts";
import { REG_A0 } from "../../abi/registers.ts";
import type { Thread } from "../thread.ts";
import type { Tracing } from "../tracing.ts";
import { callInfo } from "./call-info.ts";
import { peek, poke } from "./tracee-memory.ts";
import { readRegisters, writeRegisters } from "./tracee-registers.ts";
import { startTracing, TracedThread } from "./tracee.ts";

const KNOWN_OPTIONS = PTRACE_O_EXITKILL | (2 * PTRACE_O_TRACEEXIT - 1);
/** SIGSET_BYTES, and the word that PEEK and POKE move. */
const WORD = 8;
/** sizeof(siginfo_t). */
const INFO_BYTES = 128;

const infoBytes = new Uint8Array(INFO_BYTES);
const infoView = new DataView(infoBytes.buffer);
const word = new Uint8Array(WORD);
const wordView = new DataView(word.buffer);

/** One request to a tracee that stands still. */
export interface TraceRequest {
  readonly k: Kernel;
  readonly tracee: TracedThread;
  /** The tracer's memory, and the tracee's. */
  readonly space: AddressSpace;
  readonly traced: AddressSpace;
  readonly address: number;
  readonly data: number;
}

export function createTracing(k: Kernel): Tracing {
  return { request: (...words) => request(k, ...words) };
}

function request(
  k: Kernel,
  t: Thread,
  what: number,
  tid: number,
  address: number,
  data: number,
): number {
  if (what === PTRACE_TRACEME) return traceMe(k, t);
  const thread = k.processes.thread(tid);
  if (thread === undefined) return tid === 1 ? -EPERM : -ESRCH;
  if (what === PTRACE_ATTACH) return attach(k, t, thread);
  if (what === PTRACE_SEIZE) return seize(k, t, thread, address, data);
  const { tracee } = thread;
  if (!(tracee instanceof TracedThread) || tracee.tracer !== t.process) return -ESRCH;
  if (what === PTRACE_KILL) {
    sendSignal(k, thread.process, { signo: SIGKILL, code: SI_KERNEL });
    return 0;
  }
  if (what === PTRACE_INTERRUPT) {
    if (!tracee.seized) return -EIO;
    tracee.interrupt();
    return 0;
  }
  const { space } = t.process;
  const { space: traced } = thread.process;
  if (!tracee.isStopped || tracee.listening || space === undefined || traced === undefined)
    return -ESRCH;
  return ofStopped({ k, tracee, space, traced, address, data }, what);
}

function ofStopped(r: TraceRequest, what: number): number {
  const { tracee, data } = r;
  switch (what) {
    case PTRACE_PEEKTEXT:
    case PTRACE_PEEKDATA:
      return peekWord(r);
    case PTRACE_POKETEXT:
    case PTRACE_POKEDATA:
      return pokeWord(r);
    case PTRACE_CONT:
    case PTRACE_SYSCALL:
      if (data > SIGRTMAX) return -EIO;
      passSignal(tracee, data);
      tracee.tracesCalls = what === PTRACE_SYSCALL;
      tracee.resume();
      return 0;
    case PTRACE_DETACH:
      if (data > SIGRTMAX) return -EIO;
      passSignal(tracee, data);
      tracee.release();
      return 0;
    case PTRACE_LISTEN:
      if (tracee.stop === undefined || tracee.stop.code >> 8 !== PTRACE_EVENT_STOP) return -EIO;
      tracee.listening = true;
      return 0;
    case PTRACE_SETOPTIONS:
      if (!areOptions(data)) return -EINVAL;
      tracee.options = data;
      return 0;
    case PTRACE_GETEVENTMSG:
      return store64(r.space, data, tracee.message, 0);
    case PTRACE_GETSIGINFO:
      return getInfo(r);
    case PTRACE_SETSIGINFO:
      return setInfo(r);
    case PTRACE_GETREGSET:
    case PTRACE_SETREGSET:
      return registerSet(r, what === PTRACE_SETREGSET);
    case PTRACE_GETSIGMASK:
    case PTRACE_SETSIGMASK:
      return signalMask(r, what === PTRACE_SETSIGMASK);
    case PTRACE_GET_SYSCALL_INFO:
      return callInfo(r);
    default:
      return -EIO;
  }
}

function areOptions(data: number): boolean {
  return data < 2 ** 31 && (data & ~KNOWN_OPTIONS) === 0;
}

function traceMe(k: Kernel, t: Thread): number {
  const { parent } = t.process;
  // Nobody would ever let go on what init traces.
  if (t.tracee !== undefined || parent === undefined || parent.pid === 1) return -EPERM;
  startTracing(k, t, parent, false);
  return 0;
}

function mayTrace(t: Thread, thread: Thread): boolean {
  return (
    thread.process !== t.process &&
    thread.tracee === undefined &&
    (t.process.uid === 0 || t.process.uid === thread.process.uid)
  );
}

function attach(k: Kernel, t: Thread, thread: Thread): number {
  if (!mayTrace(t, thread)) return -EPERM;
  startTracing(k, thread, t.process, false).adoptStop();
  sendToThread(k, thread, { signo: SIGSTOP, code: SI_KERNEL });
  return 0;
}

function seize(k: Kernel, t: Thread, thread: Thread, address: number, data: number): number {
  if (address !== 0 || !areOptions(data)) return -EIO;
  if (!mayTrace(t, thread)) return -EPERM;
  const tracee = startTracing(k, thread, t.process, true);
  tracee.options = data;
  tracee.adoptStop();
  return 0;
}

/** The signal that the tracer lets through; its own, if it is another than that which stopped the tracee. */
function signalToPass(tracee: TracedThread, signo: number): SignalInfo | undefined {
  const info = tracee.stop?.info;
  if (signo === 0 || info?.signo === signo) return signo === 0 ? undefined : info;
  return { signo, code: 0, pid: tracee.tracer.pid, uid: tracee.tracer.uid };
}

/** Takes the signal along from stops that can take one: a signal's replaces that signal, a call's is a new one. */
function passSignal(tracee: TracedThread, signo: number): void {
  const { thread, stop } = tracee;
  if (stop?.kind === "signal") {
    const info = signalToPass(tracee, signo);
    // The tracer's own choice waits, too, where the program has blocked it.
    if (info !== undefined && thread.mask.has(info.signo)) thread.pending.add(info);
    else tracee.passed = info;
    thread.summoned ||= tracee.passed !== undefined;
  } else if (signo !== 0 && (stop?.kind === "entry" || stop?.kind === "exit")) {
    thread.pending.add({ signo, code: SI_KERNEL });
  }
}

function peekWord({ k, space, traced, address, data }: TraceRequest): number {
  const { mm } = k;
  mm.stall = null;
  if (peek(traced, address, word) < WORD) return mm.stall === null ? -EIO : MUST_WAIT;
  return copyOut(space, data, word, 0, WORD) === WORD ? 0 : -EFAULT;
}

/** The word itself is the fourth argument. */
function pokeWord({ k, traced, address }: TraceRequest): number {
  const { cpu, mm } = k;
  wordView.setInt32(0, cpu.hart[REG_A0 + 6] ?? 0, true);
  wordView.setInt32(4, cpu.hart[REG_A0 + 7] ?? 0, true);
  mm.stall = null;
  if (poke(traced, address, word) === WORD) return 0;
  return mm.stall === null ? -EIO : MUST_WAIT;
}

function getInfo({ space, tracee, data }: TraceRequest): number {
  const { stop } = tracee;
  if (stop?.info === undefined) return -EINVAL;
  encodeSignalInfo(infoView, stop.info);
  return copyOut(space, data, infoBytes, 0, INFO_BYTES) < INFO_BYTES ? -EFAULT : 0;
}

function setInfo({ space, tracee, data }: TraceRequest): number {
  const { stop } = tracee;
  if (copyIn(space, data, infoBytes, 0, INFO_BYTES) < INFO_BYTES) return -EFAULT;
  if (stop?.info === undefined) return -EINVAL;
  stop.info = decodeSignalInfo(infoView);
  return 0;
}

/** `data` points at an iovec, whose length comes back as what there was. */
function registerSet({ k, space, tracee, address, data }: TraceRequest, writing: boolean): number {
  const base = load64(space, data);
  const room = load64(space, data + WORD);
  if (base < 0 || room < 0) return -EFAULT;
  if ((address !== NT_PRSTATUS && address !== NT_PRFPREG) || room % WORD !== 0) return -EINVAL;
  const floating = address === NT_PRFPREG;
  const bytes = readRegisters(k, tracee, floating);
  const count = Math.min(room, bytes.length);
  if (writing) {
    const wanted = new Uint8Array(count);
    if (copyIn(space, base, wanted, 0, count) < count) return -EFAULT;
    writeRegisters(k, tracee, floating, wanted);
  } else if (copyOut(space, base, bytes, 0, count) < count) {
    return -EFAULT;
  }
  return store64(space, data + WORD, count, 0);
}

function signalMask({ space, tracee, address, data }: TraceRequest, writing: boolean): number {
  if (address !== WORD) return -EINVAL;
  const { mask } = tracee.thread;
  if (!writing) return store64(space, data, mask.lo, mask.hi);
  if (copyIn(space, data, word, 0, WORD) < WORD) return -EFAULT;
  mask.assignMask(wordView.getInt32(0, true), wordView.getInt32(4, true));
  return 0;
}
