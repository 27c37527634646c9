// Clocks and sleeping: clock_gettime(2), nanosleep(2), setitimer(2), times(2). Time is the machine's (proc/clock.ts).

import { EFAULT, EINVAL, EOPNOTSUPP, EPERM } from "../abi/errno.ts";
import {
  CLOCK_BOOTTIME,
  CLOCK_MONOTONIC,
  CLOCK_MONOTONIC_COARSE,
  CLOCK_MONOTONIC_RAW,
  CLOCK_PROCESS_CPUTIME_ID,
  CLOCK_REALTIME,
  CLOCK_REALTIME_COARSE,
  CLOCK_THREAD_CPUTIME_ID,
  ITIMER_PROF,
  ITIMER_REAL,
  ITIMER_VIRTUAL,
  TIMER_ABSTIME,
} from "../abi/process.ts";
import { itimerval, tms } from "../abi/structs.ts";
import { clearUser } from "../mm/user-copy.ts";
import { CLOCK_TICKS } from "../proc/exec-stack.ts";
import { getCpuTimer, setCpuTimer } from "../proc/cpu-timers.ts";
import { getIntervalTimer, setIntervalTimer } from "../proc/interval-timer.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { beginRestart, ERESTARTNOHAND, ERESTART_RESTARTBLOCK } from "../proc/restart.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";
import {
  type IntervalTime,
  readItimerval,
  readTimespec,
  SECOND,
  writeItimerval,
  writeTimespec,
  writeTimeval,
} from "./times.ts";
import { UserStruct } from "./user-struct.ts";
import { waitOn } from "./waiting.ts";

/** Nanoseconds of a clock, without the seconds since 1970 that the real-time clocks have on top; -EINVAL for none. */
function readClock(k: Kernel, t: Thread, clock: number): number {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
      return k.clock.read();
    case CLOCK_PROCESS_CPUTIME_ID:
      return t.process.userTime + t.process.systemTime;
    case CLOCK_THREAD_CPUTIME_ID:
      return t.userTime + t.systemTime;
    default:
      return -EINVAL;
  }
}

function isRealtime(clock: number): boolean {
  return clock === CLOCK_REALTIME || clock === CLOCK_REALTIME_COARSE;
}

function clockGettime(k: Kernel, t: Thread, clock: number, address: number): number {
  const now = readClock(k, t, clock);
  return now < 0
    ? now
    : writeTimespec(t, address, now, isRealtime(clock) ? k.clock.bootSeconds : 0);
}

/** Sleeps until an absolute machine time. `remainAt` gets what is left when a handler ends the sleep. */
function sleepUntil(
  k: Kernel,
  t: Thread,
  deadline: number,
  absolute: boolean,
  remainAt: number,
): number | Promise<number> {
  if (deadline <= k.clock.now()) {
    // The time is over: still let the others run, as a sleep of nothing does.
    return 0;
  }
  return wait(k, t, deadline, absolute, remainAt);
}

async function wait(
  k: Kernel,
  t: Thread,
  deadline: number,
  absolute: boolean,
  remainAt: number,
): Promise<number> {
  const wake = await waitOn(k, t, [], deadline);
  if (wake !== "interrupted") return 0;
  if (absolute) return -ERESTARTNOHAND;
  const left = Math.max(0, deadline - k.clock.now());
  if (remainAt !== 0 && writeTimespec(t, remainAt, left) < 0) return -EFAULT;
  return -ERESTART_RESTARTBLOCK;
}

function nanosleep(
  k: Kernel,
  t: Thread,
  clock: number,
  flags: number,
  requestAt: number,
  remainAt: number,
): number | Promise<number> {
  if (clock === CLOCK_THREAD_CPUTIME_ID) return -EINVAL;
  if (
    clock === CLOCK_PROCESS_CPUTIME_ID ||
    clock === CLOCK_MONOTONIC_RAW ||
    clock === CLOCK_REALTIME_COARSE ||
    clock === CLOCK_MONOTONIC_COARSE
  ) {
    return -EOPNOTSUPP;
  }
  if (readClock(k, t, clock) < 0) return -EINVAL;
  const isAbsolute = (flags & TIMER_ABSTIME) !== 0;
  const time = readTimespec(
    t,
    requestAt,
    isAbsolute && isRealtime(clock) ? k.clock.bootSeconds : 0,
  );
  if (time < 0) return time;
  if (isAbsolute) return sleepUntil(k, t, time, true, 0);
  if (beginRestart(t.restart)) t.restart.deadline = k.clock.now() + time;
  return sleepUntil(k, t, t.restart.deadline, false, remainAt);
}

/** What is left of a timer, or -EINVAL for none. */
function currentTimer(k: Kernel, t: Thread, which: number): IntervalTime | number {
  if (which === ITIMER_REAL) return getIntervalTimer(k, t.process);
  if (which === ITIMER_VIRTUAL) return getCpuTimer(t.process, "virtual");
  return which === ITIMER_PROF ? getCpuTimer(t.process, "profiling") : -EINVAL;
}

function setitimer(k: Kernel, t: Thread, which: number, newAt: number, oldAt: number): number {
  const wanted = newAt === 0 ? { interval: 0, value: 0 } : readItimerval(t, newAt);
  if (typeof wanted === "number") return wanted;
  const old = currentTimer(k, t, which);
  if (typeof old === "number") return old;
  const { value, interval } = wanted;
  if (which === ITIMER_REAL) setIntervalTimer(k, t.process, value, interval);
  else setCpuTimer(t.process, which === ITIMER_VIRTUAL ? "virtual" : "profiling", value, interval);
  return oldAt === 0 ? 0 : writeItimerval(t, oldAt, old);
}

const ticks = new UserStruct(tms);

function times(k: Kernel, t: Thread, address: number): number {
  const perTick = SECOND / CLOCK_TICKS;
  const inTicks = (nanoseconds: number): number => Math.floor(nanoseconds / perTick);
  if (address !== 0) {
    const { process } = t;
    ticks
      .set64("tms_utime", inTicks(process.userTime))
      .set64("tms_stime", inTicks(process.systemTime));
    ticks.set64("tms_cutime", inTicks(process.childTotals.userTime));
    ticks.set64("tms_cstime", inTicks(process.childTotals.systemTime));
    if (ticks.toUser(t, address) < 0) return -EFAULT;
  }
  return inTicks(k.clock.now());
}

export const timeCalls = {
  clock_gettime: {
    args: { clockid: "i32", tp: "address" },
    partial: "no clocks of other processes",
    run: (k, t, clock, address) => clockGettime(k, t, clock, address),
  },
  clock_getres: {
    args: { clockid: "i32", res: "address" },
    run: (k, t, clock, address) => {
      if (readClock(k, t, clock) < 0) return -EINVAL;
      return address === 0 ? 0 : writeTimespec(t, address, 1);
    },
  },
  clock_settime: {
    args: { clockid: "i32", tp: "address" },
    partial: "the clock cannot be set (EPERM)",
    run: (_k, t, clock, address) => {
      const time = readTimespec(t, address);
      if (time < 0) return time;
      return isRealtime(clock) ? -EPERM : -EINVAL;
    },
  },
  nanosleep: {
    args: { req: "address", rem: "address" },
    run: (k, t, requestAt, remainAt) => nanosleep(k, t, CLOCK_MONOTONIC, 0, requestAt, remainAt),
  },
  clock_nanosleep: {
    args: { clockid: "i32", flags: "hex", request: "address", remain: "address" },
    partial: "no CPU-time clocks",
    run: (k, t, clock, flags, requestAt, remainAt) =>
      nanosleep(k, t, clock, flags, requestAt, remainAt),
  },
  gettimeofday: {
    args: { tv: "address", tz: "address" },
    run: (k, t, address, zoneAt) => {
      if (address !== 0 && writeTimeval(t, address, k.clock.read(), k.clock.bootSeconds) < 0)
        return -EFAULT;
      // The zone is UTC: two words of zeros.
      return zoneAt !== 0 && clearUser(spaceOf(t.process), zoneAt, 8) < 8 ? -EFAULT : 0;
    },
  },
  setitimer: {
    args: { which: "i32", new_value: "address", old_value: "address" },
    outputs: { old_value: itimerval.size },
    run: (k, t, which, newAt, oldAt) => setitimer(k, t, which, newAt, oldAt),
  },
  getitimer: {
    args: { which: "i32", curr_value: "address" },
    run: (k, t, which, address) => {
      const timer = currentTimer(k, t, which);
      return typeof timer === "number" ? timer : writeItimerval(t, address, timer);
    },
  },
  times: { args: { buf: "address" }, run: (k, t, address) => times(k, t, address) },
} satisfies Family;
