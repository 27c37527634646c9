// ITIMER_REAL (setitimer(2), alarm(2)): SIGALRM at a moment of the machine's time, and again every interval. Deadlines
// are absolute, so a late one does not make the next late.

import { SIGALRM } from "../abi/signal.ts";
import { createTimer } from "../sched/timers.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { kernelSignal, sendSignal } from "./signal-send.ts";

/** Sets the timer to fire in `value` ns (0: never), then every `interval` ns (0: once). */
export function setIntervalTimer(
  k: Kernel,
  process: Process,
  value: number,
  interval: number,
): void {
  process.timer ??= createTimer((due) => fire(k, process, due));
  process.timerInterval = interval;
  k.sched.setTimer(process.timer, value === 0 ? Infinity : k.clock.now() + value);
}

/** What is left, and the interval, in nanoseconds. */
export function getIntervalTimer(k: Kernel, process: Process): { value: number; interval: number } {
  const due = process.timer?.due ?? Infinity;
  if (due === Infinity) return { value: 0, interval: process.timerInterval };
  return { value: Math.max(1000, due - k.clock.now()), interval: process.timerInterval };
}

function fire(k: Kernel, process: Process, due: number): void {
  sendSignal(k, process, kernelSignal(SIGALRM));
  if (process.timerInterval === 0 || process.timer === undefined) return;
  // Intervals that have passed unseen are skipped: SIGALRM is pending once only.
  const missed = Math.floor((k.clock.now() - due) / process.timerInterval);
  k.sched.setTimer(process.timer, due + (missed + 1) * process.timerInterval);
}
