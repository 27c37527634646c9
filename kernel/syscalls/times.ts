// Times between the machine's nanoseconds and the structures of time(7).

import { EFAULT, EINVAL } from "../abi/errno.ts";
import { itimerval, timespec, timeval } from "../abi/structs.ts";
import type { Thread } from "../proc/thread.ts";
import { UserStruct } from "./user-struct.ts";

/** Nanoseconds in a second. */
export const SECOND = 1e9;
const spec = new UserStruct(timespec);
const val = new UserStruct(timeval);
const interval = new UserStruct(itimerval);

/** A time in nanoseconds from a struct timespec, since `sinceSeconds` (0 when that has passed), or -EFAULT, -EINVAL. Longer than
 * 2^53 ns is Infinity. */
export function readTimespec(t: Thread, address: number, sinceSeconds = 0): number {
  if (spec.fromUser(t, address) < 0) return -EFAULT;
  const seconds = spec.i64("tv_sec");
  const nanoseconds = spec.i64("tv_nsec");
  if (seconds < 0 || nanoseconds < 0 || nanoseconds >= SECOND) return -EINVAL;
  const passed = seconds - sinceSeconds;
  if (passed < 0) return 0;
  return passed > Number.MAX_SAFE_INTEGER / SECOND - 1 ? Infinity : passed * SECOND + nanoseconds;
}

/** Writes seconds and nanoseconds apart, because time since 1970 in nanoseconds is not exact. */
export function writeTimespec(
  t: Thread,
  address: number,
  nanoseconds: number,
  plusSeconds = 0,
): number {
  const seconds = Math.floor(nanoseconds / SECOND);
  spec.set64("tv_sec", seconds + plusSeconds).set64("tv_nsec", nanoseconds - seconds * SECOND);
  return spec.toUser(t, address);
}

export function writeTimeval(
  t: Thread,
  address: number,
  nanoseconds: number,
  plusSeconds = 0,
): number {
  const seconds = Math.floor(nanoseconds / SECOND);
  val.set64("tv_sec", seconds + plusSeconds);
  val.set64("tv_usec", Math.floor((nanoseconds - seconds * SECOND) / 1000));
  return val.toUser(t, address);
}

export interface IntervalTime {
  /** Nanoseconds. */
  readonly interval: number;
  readonly value: number;
}

export function readItimerval(t: Thread, address: number): IntervalTime | number {
  if (interval.fromUser(t, address) < 0) return -EFAULT;
  const parts = ["it_interval", "it_value"].map((name) => {
    const seconds = interval.i64(`${name}_sec`);
    const micros = interval.i64(`${name}_usec`);
    if (seconds < 0 || micros < 0 || micros >= 1e6) return -1;
    return Math.min(seconds * SECOND + micros * 1000, Number.MAX_SAFE_INTEGER);
  });
  const [every = -1, value = -1] = parts;
  return every < 0 || value < 0 ? -EINVAL : { interval: every, value };
}

export function writeItimerval(t: Thread, address: number, time: IntervalTime): number {
  for (const [name, nanoseconds] of [
    ["it_interval", time.interval],
    ["it_value", time.value],
  ] as const) {
    const seconds = Math.floor(nanoseconds / SECOND);
    interval.set64(`${name}_sec`, seconds);
    interval.set64(`${name}_usec`, Math.floor((nanoseconds - seconds * SECOND) / 1000));
  }
  return interval.toUser(t, address);
}
