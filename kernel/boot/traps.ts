// What the kernel does when the hart traps for another reason than a system call: page faults go to memory management,
// everything that a program did wrong becomes the signal that Linux riscv64 sends (arch/riscv/kernel/traps.c, mm/fault.c).

import {
  BUS_ADRALN,
  BUS_ADRERR,
  ILL_ILLOPC,
  SEGV_ACCERR,
  SEGV_MAPERR,
  SIGBUS,
  SIGILL,
  SIGKILL,
  SIGSEGV,
  SIGTRAP,
  TRAP_BRKPT,
} from "../abi/signal.ts";
import {
  CAUSE_BREAKPOINT,
  CAUSE_ILLEGAL_INSTRUCTION,
  CAUSE_INSTRUCTION_ACCESS,
  CAUSE_INSTRUCTION_MISALIGNED,
  CAUSE_INSTRUCTION_PAGE_FAULT,
  CAUSE_LOAD_ACCESS,
  CAUSE_LOAD_MISALIGNED,
  CAUSE_LOAD_PAGE_FAULT,
  CAUSE_STORE_ACCESS,
  CAUSE_STORE_MISALIGNED,
  CAUSE_STORE_PAGE_FAULT,
} from "../abi/traps.ts";
import { HART_PC } from "../cpu/types.ts";
import { panic } from "../lib/panic.ts";
import {
  ACCESS_EXECUTE,
  ACCESS_READ,
  ACCESS_WRITE,
  type AccessKind,
  FAULT_ACCERR,
  FAULT_BUS,
  FAULT_IO,
  FAULT_MAPERR,
  FAULT_NO_MEMORY,
  FAULT_OK,
  FAULT_WAIT,
} from "../mm/fault-result.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { forceSignal, kernelSignal, sendSignal } from "../proc/signal-send.ts";
import { sleepOnStall } from "../proc/stall.ts";
import type { Thread } from "../proc/thread.ts";

/** High word of the first address beyond user space. */
const USER_END_HI = 64;

/** What becomes of a thread that trapped. */
export type TrapOutcome =
  /** The instruction can run again at once. */
  | "again"
  /** A signal is pending. */
  | "signal"
  /** The thread sleeps until the page is there, and then runs the instruction again. */
  | "asleep";

/** Answers a trap of `t`, which is no system call. */
export function handleTrap(k: Kernel, t: Thread, cause: number): TrapOutcome {
  switch (cause) {
    case CAUSE_LOAD_PAGE_FAULT:
      return pageFault(k, t, ACCESS_READ);
    case CAUSE_STORE_PAGE_FAULT:
      return pageFault(k, t, ACCESS_WRITE);
    case CAUSE_INSTRUCTION_PAGE_FAULT:
      return pageFault(k, t, ACCESS_EXECUTE);
    case CAUSE_ILLEGAL_INSTRUCTION:
      return signalAtPc(k, t, SIGILL, ILL_ILLOPC);
    case CAUSE_BREAKPOINT:
      return signalAtPc(k, t, SIGTRAP, TRAP_BRKPT);
    case CAUSE_INSTRUCTION_MISALIGNED:
    case CAUSE_LOAD_MISALIGNED:
    case CAUSE_STORE_MISALIGNED:
      return signalAtAddress(k, t, SIGBUS, BUS_ADRALN);
    case CAUSE_INSTRUCTION_ACCESS:
    case CAUSE_LOAD_ACCESS:
    case CAUSE_STORE_ACCESS:
      return signalAtAddress(k, t, SIGSEGV, SEGV_ACCERR);
    default:
      return panic(`the hart trapped with cause ${cause}, which user mode cannot raise`);
  }
}

function pageFault(k: Kernel, t: Thread, access: AccessKind): TrapOutcome {
  const hi = k.cpu.trapValueHi >>> 0;
  if (hi >= USER_END_HI) return signalAtAddress(k, t, SIGSEGV, SEGV_MAPERR);
  const result = spaceOf(t.process).fault(hi * 2 ** 32 + (k.cpu.trapValueLo >>> 0), access);
  switch (result) {
    case FAULT_OK:
      return "again";
    case FAULT_WAIT:
      sleepOnStall(k, t);
      return "asleep";
    case FAULT_IO:
      return signalAtAddress(k, t, SIGBUS, BUS_ADRERR);
    case FAULT_MAPERR:
      return signalAtAddress(k, t, SIGSEGV, SEGV_MAPERR);
    case FAULT_ACCERR:
      return signalAtAddress(k, t, SIGSEGV, SEGV_ACCERR);
    case FAULT_BUS:
      return signalAtAddress(k, t, SIGBUS, BUS_ADRERR);
    case FAULT_NO_MEMORY:
      sendSignal(k, t.process, kernelSignal(SIGKILL));
      return "signal";
  }
}

function signalAtAddress(k: Kernel, t: Thread, signo: number, code: number): TrapOutcome {
  forceSignal(t, { signo, code, addressLo: k.cpu.trapValueLo, addressHi: k.cpu.trapValueHi });
  return "signal";
}

function signalAtPc(k: Kernel, t: Thread, signo: number, code: number): TrapOutcome {
  const { hart } = k.cpu;
  forceSignal(t, { signo, code, addressLo: hart[HART_PC] ?? 0, addressHi: hart[HART_PC + 1] ?? 0 });
  return "signal";
}
