// ITIMER_VIRTUAL and ITIMER_PROF (setitimer(2)): SIGVTALRM and SIGPROF when the threads of a process have used so much of the
// processor, and again every interval. They are compared with the times that the process is charged, not with a clock, so
// the loop that runs a thread looks at them (boot/executor.ts); a process that sleeps uses nothing.

import { SIGPROF, SIGVTALRM } from "../abi/signal.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { kernelSignal, sendSignal } from "./signal-send.ts";

/** In nanoseconds of CPU time; `due` is Infinity for a timer that is off. */
interface CpuTimer {
  due: number;
  interval: number;
}

export interface CpuTimers {
  /** User time. */
  readonly virtual: CpuTimer;
  /** User and system time. */
  readonly profiling: CpuTimer;
}

type Which = keyof CpuTimers;

function used(process: Process, which: Which): number {
  return process.userTime + (which === "profiling" ? process.systemTime : 0);
}

/** Sets the timer to fire after `value` ns of CPU time (0: never), then every `interval` ns (0: once). */
export function setCpuTimer(process: Process, which: Which, value: number, interval: number): void {
  process.cpuTimers ??= {
    virtual: { due: Infinity, interval: 0 },
    profiling: { due: Infinity, interval: 0 },
  };
  const timer = process.cpuTimers[which];
  timer.due = value === 0 ? Infinity : used(process, which) + value;
  timer.interval = interval;
}

/** What is left, and the interval, in nanoseconds. */
export function getCpuTimer(process: Process, which: Which): { value: number; interval: number } {
  const { due, interval } = process.cpuTimers?.[which] ?? { due: Infinity, interval: 0 };
  const value = due === Infinity ? 0 : Math.max(1000, due - used(process, which));
  return { value, interval };
}

/** Nanoseconds of CPU time until one fires; Infinity for never. */
export function cpuTimeLeft(process: Process): number {
  const timers = process.cpuTimers;
  if (timers === undefined) return Infinity;
  return Math.min(
    timers.virtual.due - used(process, "virtual"),
    timers.profiling.due - used(process, "profiling"),
  );
}

/** Sends the signals that are due. */
export function expireCpuTimers(k: Kernel, process: Process, timers: CpuTimers): void {
  expire(k, process, timers.virtual, used(process, "virtual"), SIGVTALRM);
  expire(k, process, timers.profiling, used(process, "profiling"), SIGPROF);
}

function expire(k: Kernel, process: Process, timer: CpuTimer, now: number, signo: number): void {
  if (now < timer.due) return;
  // Intervals that have passed unseen are skipped: the signal is pending once only.
  const missed = Math.floor((now - timer.due) / timer.interval);
  timer.due = timer.interval === 0 ? Infinity : timer.due + (missed + 1) * timer.interval;
  sendSignal(k, process, kernelSignal(signo));
}
