// A thread that cannot go on before storage has answered or a frame is free (kernel/mm/stall.ts): it sleeps without code
// that continues, and begins again where its registers say: at the instruction that faulted, or at the ecall whose call
// stopped short. Signals that would not end the process wait until that is over, as in Linux's state D.

import { EFAULT } from "../abi/errno.ts";
import { SIG_DFL, SIGKILL } from "../abi/signal.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { prefault } from "../mm/user-copy.ts";
import type { Kernel } from "./kernel.ts";
import { defaultAction } from "./signal-actions.ts";
import type { Thread } from "./thread.ts";
import { panic } from "../lib/panic.ts";

/** Puts the running thread to sleep until what its last operation waits for has come. */
export function sleepOnStall(k: Kernel, t: Thread): void {
  const { stall } = k.mm;
  if (stall === null) panic(`thread ${t.tid} waits for nothing`);
  k.mm.stall = null;
  t.stalled = true;
  k.sched.block(t.task, stall.queue, stall.key);
}

/** Whether the result of a system call means that it must be issued again once `k.mm.stall` is over. */
export function isStalled(k: Kernel, result: number): boolean {
  return result === MUST_WAIT || (result === -EFAULT && k.mm.stall !== null);
}

/**
 * For a call that changes something before it writes to the program's memory: MUST_WAIT when the `length` bytes at
 * `address` cannot be written now, so that nothing has been changed yet. 0 when they can, or never will.
 */
export function writableOrWait(
  k: Kernel,
  space: AddressSpace,
  address: number,
  length: number,
): number {
  if (address === 0 || prefault(space, address, length, true)) return 0;
  return k.mm.stall === null ? 0 : MUST_WAIT;
}

/** Whether a signal ends the process by default, so that it may end a wait for storage. */
export function isFatal(t: Thread, signo: number): boolean {
  if (signo === SIGKILL) return true;
  const handler = t.process.actions.handler[signo] ?? SIG_DFL;
  return handler === SIG_DFL && defaultAction(signo) === "terminate";
}

/** Whether such a signal waits for the thread. */
export function isDying(t: Thread): boolean {
  const { mask, process } = t;
  for (const pending of [t.pending, process.pending]) {
    const signo = pending.next(~mask.lo, ~mask.hi);
    if (signo !== 0 && isFatal(t, signo)) return true;
  }
  return false;
}
