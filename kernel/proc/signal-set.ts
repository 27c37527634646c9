// A set of signals as two words, the kernel's sigset_t (signal(7)): signal n is bit n - 1.
//
//    hi: 64 … 33      lo: 32 … 1

import { SIGKILL, SIGSTOP } from "../abi/signal.ts";

export class SignalSet {
  lo = 0;
  hi = 0;

  has(signo: number): boolean {
    const word = signo <= 32 ? this.lo : this.hi;
    return ((word >>> ((signo - 1) & 31)) & 1) !== 0;
  }

  add(signo: number): void {
    if (signo <= 32) this.lo |= 1 << (signo - 1);
    else this.hi |= 1 << (signo - 33);
  }

  delete(signo: number): void {
    if (signo <= 32) this.lo &= ~(1 << (signo - 1));
    else this.hi &= ~(1 << (signo - 33));
  }

  assign(lo: number, hi: number): void {
    this.lo = lo | 0;
    this.hi = hi | 0;
  }

  /** A mask that programs set: SIGKILL and SIGSTOP cannot be blocked. */
  assignMask(lo: number, hi: number): void {
    this.lo = lo & ~((1 << (SIGKILL - 1)) | (1 << (SIGSTOP - 1)));
    this.hi = hi | 0;
  }

  copy(from: SignalSet): void {
    this.lo = from.lo;
    this.hi = from.hi;
  }
}
