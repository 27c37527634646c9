// The frame that a handler runs on (arch/riscv/kernel/signal.c), and the way back. On the program's stack, or on the
// alternate one, growing down:
//
//    sp → +0    siginfo_t                                        128 bytes
//         +128  ucontext_t: flags, link, stack, mask             176
//         +304    pc, x1 … x31                                   256
//         +560    f0 … f31, fcsr (room for the widest format)    528
//         +1088 = FRAME_BYTES
//
// The handler gets (signo, &siginfo, &ucontext) in a0 to a2 and returns to the stub in the vDSO, which calls
// rt_sigreturn(2). The interrupted pc and registers are the frame's and nobody else's, so a handler may change them.

import { SA_ONSTACK, SS_AUTODISARM, SS_DISABLE, SS_ONSTACK } from "../abi/signal.ts";
import { SIGINFO_ADDR, SIGINFO_VALUE, siginfo, ucontext } from "../abi/structs.ts";
import { HART_F0, HART_PC, HART_WORDS } from "../cpu/types.ts";
import { copyIn, copyOut, prefault } from "../mm/user-copy.ts";
import type { Kernel } from "./kernel.ts";
import type { SignalInfo } from "./pending-signals.ts";
import { REG_A0, REG_A1, REG_A2, REG_RA, REG_SP } from "../abi/registers.ts";
import { setRegister, unsignedRegister } from "./registers.ts";
import { spaceOf } from "./process-fork.ts";
import type { SignalSet } from "./signal-set.ts";
import type { Thread } from "./thread.ts";
import { VDSO_ADDRESS } from "./vdso.ts";

export const FRAME_BYTES = siginfo.size + ucontext.size;

function offsetOf(
  layout: { readonly offsets: Readonly<Record<string, number>> },
  field: string,
): number {
  return layout.offsets[field] ?? 0;
}
const UC = siginfo.size;
const UC_SS_SP = UC + offsetOf(ucontext, "ss_sp");
const UC_SS_FLAGS = UC + offsetOf(ucontext, "ss_flags");
const UC_SS_SIZE = UC + offsetOf(ucontext, "ss_size");
const UC_MASK = UC + offsetOf(ucontext, "uc_sigmask");
const UC_GREGS = UC + offsetOf(ucontext, "gregs");
const UC_FPREGS = UC + offsetOf(ucontext, "fpregs");
const GREG_WORDS = HART_F0;

const frame = new Uint8Array(FRAME_BYTES);
const frameView = new DataView(frame.buffer);

/** Writes siginfo_t at the beginning of `view`. */
export function encodeSignalInfo(view: DataView, info: SignalInfo): void {
  for (let at = 0; at < siginfo.size; at += 4) view.setInt32(at, 0, true);
  view.setInt32(0, info.signo, true);
  view.setInt32(8, info.code, true);
  if (info.addressLo !== undefined) {
    view.setInt32(SIGINFO_ADDR, info.addressLo, true);
    view.setInt32(SIGINFO_ADDR + 4, info.addressHi ?? 0, true);
    return;
  }
  view.setInt32(16, info.pid ?? 0, true);
  view.setInt32(20, info.uid ?? 0, true);
  view.setInt32(SIGINFO_VALUE, info.valueLo ?? info.status ?? 0, true);
  view.setInt32(SIGINFO_VALUE + 4, info.valueHi ?? 0, true);
}

/** The same read back, as rt_sigqueueinfo(2) and PTRACE_SETSIGINFO take it. */
export function decodeSignalInfo(view: DataView): SignalInfo {
  return {
    signo: view.getInt32(0, true),
    code: view.getInt32(8, true),
    pid: view.getInt32(16, true),
    uid: view.getUint32(20, true),
    valueLo: view.getInt32(SIGINFO_VALUE, true),
    valueHi: view.getInt32(SIGINFO_VALUE + 4, true),
  };
}

/** Where the frame of a signal's handler goes; −1 when there is no room. */
function frameBase(thread: Thread, signo: number, sp: number): number {
  const { actions } = thread.process;
  const onAlt = onAltStack(thread, sp);
  let top = sp;
  if (
    ((actions.flags[signo] ?? 0) & SA_ONSTACK) !== 0 &&
    thread.altStackFlags !== SS_DISABLE &&
    !onAlt
  ) {
    top = thread.altStack + thread.altStackSize;
  }
  const base = Math.floor((top - FRAME_BYTES) / 16) * 16;
  // A handler on the alternate stack that would grow out of it must not run.
  return base < 0 || (onAlt && base < thread.altStack) ? -1 : base;
}

/** Whether the frame can be written now, or never; false: when `k.mm.stall` is over. */
export function isFrameReady(k: Kernel, thread: Thread, signo: number): boolean {
  const base = frameBase(thread, signo, unsignedRegister(k.cpu.hart, REG_SP));
  if (base < 0) return true;
  k.mm.stall = null;
  return prefault(spaceOf(thread.process), base, FRAME_BYTES, true) || k.mm.stall === null;
}

/**
 * Makes the current thread run its handler: `mask` is what rt_sigreturn restores. False when the stack cannot hold the
 * frame; nothing has changed then.
 */
export function enterHandler(
  k: Kernel,
  thread: Thread,
  info: SignalInfo,
  mask: SignalSet,
): boolean {
  const { hart } = k.cpu;
  const { actions } = thread.process;
  const sp = unsignedRegister(hart, REG_SP);
  const base = frameBase(thread, info.signo, sp);
  if (base < 0) return false;
  encodeSignalInfo(frameView, info);
  frame.fill(0, UC);
  setU64(UC_SS_SP, thread.altStack);
  frameView.setInt32(UC_SS_FLAGS, altStackState(thread, sp), true);
  setU64(UC_SS_SIZE, thread.altStackSize);
  frameView.setInt32(UC_MASK, mask.lo, true);
  frameView.setInt32(UC_MASK + 4, mask.hi, true);
  for (let word = 0; word < GREG_WORDS; word++)
    frameView.setInt32(UC_GREGS + 4 * word, hart[word] ?? 0, true);
  for (let word = HART_F0; word < HART_WORDS; word++) {
    frameView.setInt32(UC_FPREGS + 4 * (word - HART_F0), hart[word] ?? 0, true);
  }
  if (copyOut(spaceOf(thread.process), base, frame, 0, FRAME_BYTES) < FRAME_BYTES) return false;
  setRegister(hart, HART_PC, actions.handler[info.signo] ?? 0);
  setRegister(hart, REG_SP, base);
  setRegister(hart, REG_RA, VDSO_ADDRESS);
  setRegister(hart, REG_A0, info.signo);
  setRegister(hart, REG_A1, base);
  setRegister(hart, REG_A2, base + UC);
  if ((thread.altStackFlags & SS_AUTODISARM) !== 0) thread.altStackFlags = SS_DISABLE;
  return true;
}

/** rt_sigreturn(2): takes the frame that sp points at. False when it cannot be read. */
export function leaveHandler(k: Kernel, thread: Thread): boolean {
  const { hart } = k.cpu;
  const base = unsignedRegister(hart, REG_SP);
  if (copyIn(spaceOf(thread.process), base, frame, 0, FRAME_BYTES) < FRAME_BYTES) return false;
  for (let word = 0; word < GREG_WORDS; word++)
    hart[word] = frameView.getInt32(UC_GREGS + 4 * word, true);
  for (let word = HART_F0; word < HART_WORDS; word++) {
    hart[word] = frameView.getInt32(UC_FPREGS + 4 * (word - HART_F0), true);
  }
  // Bit 0 of an address to jump to does not exist.
  hart[HART_PC] = (hart[HART_PC] ?? 0) & ~1;
  thread.mask.assignMask(frameView.getInt32(UC_MASK, true), frameView.getInt32(UC_MASK + 4, true));
  const flags = frameView.getInt32(UC_SS_FLAGS, true) & ~SS_ONSTACK;
  thread.altStackFlags = flags;
  thread.altStack = getU64(UC_SS_SP);
  thread.altStackSize = getU64(UC_SS_SIZE);
  return true;
}

/** True while sp lies in the alternate stack. */
export function onAltStack(thread: Thread, sp: number): boolean {
  if ((thread.altStackFlags & (SS_DISABLE | SS_AUTODISARM)) !== 0) return false;
  return sp > thread.altStack && sp - thread.altStack <= thread.altStackSize;
}

/** ss_flags as sigaltstack(2) reports them. */
export function altStackState(thread: Thread, sp: number): number {
  return onAltStack(thread, sp) ? thread.altStackFlags | SS_ONSTACK : thread.altStackFlags;
}

function setU64(at: number, value: number): void {
  frameView.setUint32(at, value >>> 0, true);
  frameView.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
}

function getU64(at: number): number {
  return frameView.getUint32(at + 4, true) * 2 ** 32 + frameView.getUint32(at, true);
}
