// Signals sent and not yet taken, for one thread or for a whole process (signal(7), "Queueing and delivery semantics"):
// a standard signal is pending once, real-time signals queue up. Lower numbers are taken first, except that a fault's
// signals go before all others, because the instruction that raised them has not run.

import { SIGBUS, SIGFPE, SIGILL, SIGRTMIN, SIGSEGV, SIGSYS, SIGTRAP } from "../abi/signal.ts";
import { SignalSet } from "./signal-set.ts";

/** What siginfo_t says of one signal. Absent fields are 0. */
export interface SignalInfo {
  readonly signo: number;
  /** SI_USER, SEGV_MAPERR, CLD_EXITED …: who or what sent it. */
  readonly code: number;
  readonly pid?: number;
  readonly uid?: number;
  readonly status?: number;
  /** si_addr of a fault, as two words: a guest may touch any 64-bit address. */
  readonly addressLo?: number;
  readonly addressHi?: number;
  /** si_value of rt_sigqueueinfo(2), as two words. */
  readonly valueLo?: number;
  readonly valueHi?: number;
}

const SYNCHRONOUS = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGSYS].reduce(
  (set, signo) => set | (1 << (signo - 1)),
  0,
);

export class PendingSignals {
  /** Which signals have an entry in the queue. */
  readonly set = new SignalSet();
  /** In the order of arrival. */
  readonly #queue: SignalInfo[] = [];

  get length(): number {
    return this.#queue.length;
  }

  add(info: SignalInfo): void {
    if (info.signo < SIGRTMIN && this.set.has(info.signo)) return;
    this.set.add(info.signo);
    this.#queue.push(info);
  }

  /** True when a signal outside `blocked` waits. */
  hasUnblocked(blocked: SignalSet): boolean {
    return ((this.set.lo & ~blocked.lo) | (this.set.hi & ~blocked.hi)) !== 0;
  }

  /** The number of the next signal whose bit is set in the wanted words, 0 for none. */
  next(wantedLo: number, wantedHi: number): number {
    let lo = this.set.lo & wantedLo;
    const hi = this.set.hi & wantedHi;
    if ((lo & SYNCHRONOUS) !== 0) lo &= SYNCHRONOUS;
    if (lo !== 0) return 32 - Math.clz32(lo & -lo);
    if (hi !== 0) return 64 - Math.clz32(hi & -hi);
    return 0;
  }

  /** The next signal whose bit is set in the wanted words; it stays pending. */
  peek(wantedLo: number, wantedHi: number): SignalInfo | undefined {
    const signo = this.next(wantedLo, wantedHi);
    return signo === 0 ? undefined : this.#queue.find((info) => info.signo === signo);
  }

  /** Takes the next signal whose bit is set in the wanted words. */
  take(wantedLo: number, wantedHi: number): SignalInfo | undefined {
    const signo = this.next(wantedLo, wantedHi);
    if (signo === 0) return undefined;
    const at = this.#queue.findIndex((info) => info.signo === signo);
    const [info] = this.#queue.splice(at, 1);
    if (!this.#queue.some((other) => other.signo === signo)) this.set.delete(signo);
    return info;
  }

  /** Forgets a signal however often it waits. */
  discard(signo: number): void {
    if (!this.set.has(signo)) return;
    this.set.delete(signo);
    for (let at = this.#queue.length - 1; at >= 0; at--) {
      if (this.#queue[at]?.signo === signo) this.#queue.splice(at, 1);
    }
  }

  clear(): void {
    this.set.assign(0, 0);
    this.#queue.length = 0;
  }
}
