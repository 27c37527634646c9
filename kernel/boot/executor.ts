// Runs one thread for a slice: instructions, traps, system calls, signals, until it must wait, ends, or has had its
// share. Everything here is synchronous; machine-loop.ts lets the promises of waiting calls run.

import { CAUSE_ECALL_USER } from "../abi/traps.ts";
import { EV_SWITCH } from "../api/events.ts";
import { TRAP_BUDGET } from "../cpu/types.ts";
import { cpuTimeLeft, expireCpuTimers } from "../proc/cpu-timers.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { isRestart } from "../proc/restart.ts";
import { isDying, isStalled, sleepOnStall } from "../proc/stall.ts";
import { deliverSignals } from "../proc/signal-deliver.ts";
import { signalPending, type Thread } from "../proc/thread.ts";
import { complete, invoke } from "../syscalls/dispatch.ts";
import { handleTrap } from "./traps.ts";

/** Instructions that a thread may run before another that is ready has its turn: about a millisecond. */
export const SLICE = 250_000;
/** What a trap takes of a slice, in instructions, so that a loop of cheap system calls is not a long one. */
const TRAP_COST = 100;
/** Accounted user time of one instruction (ns) where the clock is the host's. */
const NOMINAL_NS = 3;
/** Accounted system time of one trap (ns). */
const TRAP_NS = 500;

export class Executor {
  readonly #k: Kernel;
  readonly #userNs: number;
  /** Instructions in a slice. */
  slice = SLICE;
  /** What has been run since somebody set it to 0, in instructions; traps count as TRAP_COST. */
  spent = 0;

  constructor(kernel: Kernel, realTime: boolean) {
    this.#k = kernel;
    this.#userNs = realTime ? NOMINAL_NS : kernel.clock.perInstruction;
  }

  /** Gives the hart to `t`: its registers and its address space. */
  switchTo(t: Thread): void {
    const k = this.#k;
    if (k.current === t) return;
    const { hart } = k.cpu;
    const previous = k.current;
    previous?.saved.set(hart);
    hart.set(t.saved);
    k.current = t;
    k.switches++;
    spaceOf(t.process).activate();
    if (k.events.on) k.events.emit(EV_SWITCH, t.process.pid, t.tid, previous?.tid ?? 0);
  }

  /** The call of `t` has `result`: completes it and acts on signals. True when the thread can go on. */
  finishCall(t: Thread, result: number): boolean {
    if (isStalled(this.#k, result)) {
      t.call = -1;
      t.recall = true;
      // A tracer may have stopped it instead.
      if (t.task.state === "running") sleepOnStall(this.#k, t);
      return false;
    }
    complete(this.#k, t, result);
    t.tracee?.leavesCall(result);
    if (t.task.state !== "running") return false;
    return this.#toUser(t, isRestart(result) ? result : 0);
  }

  /** Issues the call that the registers hold. True when it has come to its end and the thread can go on. */
  startCall(t: Thread): boolean {
    if (t.tracee?.entersCall() === true) return false;
    const result = invoke(this.#k, t);
    if (typeof result === "number") return this.finishCall(t, result);
    t.finished = false;
    const entry = ++t.entry;
    result.then(
      (value) => {
        if (t.entry !== entry) return;
        t.result = value;
        t.finished = true;
      },
      (error: unknown) => this.onFailure(error),
    );
    return false;
  }

  /** A handler threw after its first wait: the machine's loop rethrows it. */
  onFailure: (error: unknown) => void = (error) => {
    throw error;
  };

  /** Runs until the thread waits, ends or stops (false), or its slice is over (true). It has the hart. */
  run(t: Thread): boolean {
    const k = this.#k;
    const { cpu, sched, clock, completions } = k;
    t.stalled = false;
    if (t.recall) {
      // The call that stopped short comes before any signal, as if it had waited inside.
      t.recall = false;
      if (!isDying(t) && !this.startCall(t)) return false;
    }
    if ((signalPending(t) || t.maskSaved) && !this.#toUser(t, 0)) return false;
    const now = clock.now();
    cpu.setTime(cpu.totalRetired(), Math.floor(now / 100), clock.perInstruction / 100);
    let left = this.slice;
    while (left > 0) {
      const cause = cpu.run(this.#budget(t, left));
      const { retired } = cpu;
      left -= retired;
      if (retired > 0) t.frameWait.since = Infinity;
      this.spent += retired;
      t.instructions += retired;
      t.userTime += retired * this.#userNs;
      if (cause !== TRAP_BUDGET) {
        clock.trap();
        left -= TRAP_COST;
        this.spent += TRAP_COST;
        t.systemTime += TRAP_NS;
        if (cause === CAUSE_ECALL_USER) {
          if (!this.startCall(t)) return false;
        } else {
          const outcome = handleTrap(k, t, cause);
          if (outcome === "asleep") return false;
          if (outcome === "signal" && !this.#toUser(t, 0)) return false;
        }
        if (sched.yieldSoon) return true;
      }
      const { cpuTimers } = t.process;
      if (cpuTimers !== undefined) {
        expireCpuTimers(k, t.process, cpuTimers);
        if (signalPending(t) && !this.#toUser(t, 0)) return false;
      }
      const due = sched.nextDeadline();
      if (due !== Infinity && due <= clock.now()) {
        sched.expire(clock.now());
        if (signalPending(t) && !this.#toUser(t, 0)) return false;
      }
      // The machine's loop must deliver what storage has for us.
      const answered = completions.nextDue;
      if (answered !== Infinity && answered <= clock.now()) return true;
    }
    return true;
  }

  /** Instructions to run now: what is left of the slice, but not beyond the next deadline. */
  #budget(t: Thread, left: number): number {
    const { sched, clock, completions } = this.#k;
    const due = Math.min(sched.nextDeadline(), completions.nextDue);
    if (due === Infinity && t.process.cpuTimers === undefined) return left;
    const untilDue = Math.ceil((due - clock.now()) / clock.perInstruction);
    const untilSignal = Math.ceil(cpuTimeLeft(t.process) / this.#userNs);
    return Math.max(1, Math.min(left, untilDue, untilSignal));
  }

  /** Signals before the program goes on. `interrupted` is the -ERESTART… code of a call that was cut short. */
  #toUser(t: Thread, interrupted: number): boolean {
    if (interrupted === 0 && !t.maskSaved && !signalPending(t)) return true;
    return deliverSignals(this.#k, t, interrupted) === "run";
  }
}
