// What a process does with each signal (sigaction(2)), and what signals do when nobody said (signal(7), "Standard
// signals").

import {
  SA_NODEFER,
  SIGCHLD,
  SIGCONT,
  SIGKILL,
  SIGRTMAX,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGURG,
  SIGWINCH,
  SIG_DFL,
  SIG_IGN,
} from "../abi/signal.ts";
import type { SignalSet } from "./signal-set.ts";

/** The default dispositions. Core dumps are not written, so "core" is "terminate" with the core bit unset. */
export type DefaultAction = "terminate" | "ignore" | "stop" | "continue";

export function defaultAction(signo: number): DefaultAction {
  switch (signo) {
    case SIGCHLD:
    case SIGURG:
    case SIGWINCH:
      return "ignore";
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
      return "stop";
    case SIGCONT:
      return "continue";
    default:
      return "terminate";
  }
}

export class SignalActions {
  /** SIG_DFL, SIG_IGN or the handler's address, by signal number. */
  readonly handler = new Float64Array(SIGRTMAX + 1);
  /** SA_* bits. */
  readonly flags = new Uint32Array(SIGRTMAX + 1);
  /** What is blocked while the handler runs, two words each. */
  readonly maskLo = new Int32Array(SIGRTMAX + 1);
  readonly maskHi = new Int32Array(SIGRTMAX + 1);

  /** True when sending the signal has no effect: ignored, or its default is to do nothing. */
  ignores(signo: number): boolean {
    const handler = this.handler[signo] ?? SIG_DFL;
    if (handler === SIG_IGN) return true;
    return handler === SIG_DFL && defaultAction(signo) === "ignore";
  }

  copy(from: SignalActions): void {
    this.handler.set(from.handler);
    this.flags.set(from.flags);
    this.maskLo.set(from.maskLo);
    this.maskHi.set(from.maskHi);
  }

  /** exec: handlers go, what is ignored stays ignored. */
  resetHandlers(): void {
    for (let signo = 1; signo <= SIGRTMAX; signo++) {
      if (this.handler[signo] !== SIG_IGN) this.handler[signo] = SIG_DFL;
      this.flags[signo] = 0;
      this.maskLo[signo] = 0;
      this.maskHi[signo] = 0;
    }
  }

  /** Adds what the handler of `signo` runs with to the mask. */
  blockFor(signo: number, mask: SignalSet): void {
    mask.assignMask(mask.lo | (this.maskLo[signo] ?? 0), mask.hi | (this.maskHi[signo] ?? 0));
    if (((this.flags[signo] ?? 0) & SA_NODEFER) === 0 && signo !== SIGKILL && signo !== SIGSTOP)
      mask.add(signo);
  }
}
