// Signal sets on their way from user memory, and the temporary masks of rt_sigsuspend(2), ppoll(2) and pselect6(2).

import { EFAULT, EINVAL } from "../abi/errno.ts";
import { copyIn, copyOut } from "../mm/user-copy.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { SignalSet } from "../proc/signal-set.ts";
import type { Thread } from "../proc/thread.ts";

/** sizeof(sigset_t) in the kernel: the only size that calls accept. */
export const SIGSET_BYTES = 8;
const bytes = new Uint8Array(SIGSET_BYTES);
const view = new DataView(bytes.buffer);
const temporary = new SignalSet();

/** Reads a set; 0 or -EFAULT. */
export function readSet(t: Thread, address: number, into: SignalSet): number {
  if (copyIn(spaceOf(t.process), address, bytes, 0, SIGSET_BYTES) < SIGSET_BYTES) return -EFAULT;
  into.assign(view.getInt32(0, true), view.getInt32(4, true));
  return 0;
}

/** Writes a set; 0 or -EFAULT. */
export function writeSet(t: Thread, address: number, set: SignalSet): number {
  view.setInt32(0, set.lo, true);
  view.setInt32(4, set.hi, true);
  return copyOut(spaceOf(t.process), address, bytes, 0, SIGSET_BYTES) === SIGSET_BYTES
    ? 0
    : -EFAULT;
}

/**
 * Puts the set at `address` in place of the mask until the call goes back to the program, or until a handler has
 * returned. A call that is begun again finds the mask saved already.
 */
export function swapMask(t: Thread, address: number, size: number): number {
  if (size !== SIGSET_BYTES) return -EINVAL;
  if (readSet(t, address, temporary) < 0) return -EFAULT;
  if (!t.maskSaved) {
    t.savedMask.copy(t.mask);
    t.maskSaved = true;
  }
  t.mask.assignMask(temporary.lo, temporary.hi);
  return 0;
}
