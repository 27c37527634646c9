// futex(2): wait, wake and requeue. The word is compared and the thread enqueued without anything in between.

import { EFAULT, EINVAL, ENOSYS, ETIMEDOUT } from "../abi/errno.ts";
import {
  FUTEX_CLOCK_REALTIME,
  FUTEX_CMD_MASK,
  FUTEX_CMP_REQUEUE,
  FUTEX_PRIVATE_FLAG,
  FUTEX_REQUEUE,
  FUTEX_WAIT,
  FUTEX_WAIT_BITSET,
  FUTEX_WAKE,
  FUTEX_WAKE_BITSET,
} from "../abi/process.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { beginRestart, ERESTARTSYS, ERESTART_RESTARTBLOCK } from "../proc/restart.ts";
import { signalPending, type Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";
import { readTimespec } from "./times.ts";

/** What a wait needs to be looked at again. */
interface FutexWait {
  readonly address: number;
  readonly expected: number;
  readonly isPrivate: boolean;
  readonly bitset: number;
}

function futex(
  k: Kernel,
  t: Thread,
  address: number,
  operation: number,
  value: number,
  timeout: number,
  second: number,
  third: number,
): number | Promise<number> {
  const space = spaceOf(t.process);
  const isPrivate = (operation & FUTEX_PRIVATE_FLAG) !== 0;
  const command = operation & FUTEX_CMD_MASK;
  switch (command) {
    case FUTEX_WAIT:
      return wait(
        k,
        t,
        { address, expected: value, isPrivate, bitset: -1 },
        timeout,
        operation,
        false,
      );
    case FUTEX_WAIT_BITSET:
      if (third === 0) return -EINVAL;
      return wait(
        k,
        t,
        { address, expected: value, isPrivate, bitset: third | 0 },
        timeout,
        operation,
        true,
      );
    case FUTEX_WAKE:
      return k.futexes.wake(space, address, value | 0, isPrivate);
    case FUTEX_WAKE_BITSET:
      return k.futexes.wake(space, address, value | 0, isPrivate, third | 0);
    case FUTEX_REQUEUE:
      // The fourth register is not a time here but how many move on.
      return k.futexes.requeue(space, address, second, value | 0, timeout | 0, isPrivate);
    case FUTEX_CMP_REQUEUE:
      return k.futexes.requeue(space, address, second, value | 0, timeout | 0, isPrivate, third);
    default:
      k.log.once(`futex ${command}`, `futex: operation ${command} is not implemented (ENOSYS)`);
      return -ENOSYS;
  }
}

function wait(
  k: Kernel,
  t: Thread,
  request: FutexWait,
  timeout: number,
  operation: number,
  absolute: boolean,
): number | Promise<number> {
  // Time since 1970 in nanoseconds is too large to be exact: the machine's own is taken.
  const since = absolute && (operation & FUTEX_CLOCK_REALTIME) !== 0 ? k.clock.bootSeconds : 0;
  const time = timeout === 0 ? Infinity : readTimespec(t, timeout, since);
  if (time < 0) return time === -EFAULT ? -EFAULT : -EINVAL;
  if (beginRestart(t.restart)) t.restart.deadline = absolute ? time : k.clock.now() + time;
  const queue = k.futexes.prepareWait(
    spaceOf(t.process),
    request.address,
    request.expected,
    request.isPrivate,
  );
  if (typeof queue === "number") return queue;
  const { deadline } = t.restart;
  if (deadline <= k.clock.now()) return -ETIMEDOUT;
  if (signalPending(t)) return -ERESTARTSYS;
  return k.sched.sleep(t.task, [queue], deadline, 0, request.bitset).then((wake) => {
    if (wake === "woken") return 0;
    if (wake === "timeout") return -ETIMEDOUT;
    return deadline === Infinity ? -ERESTARTSYS : -ERESTART_RESTARTBLOCK;
  });
}

export const futexCalls = {
  futex: {
    args: {
      uaddr: "address",
      op: "i32",
      val: "u32",
      timeout: "address",
      uaddr2: "address",
      val3: "u32",
    },
    partial:
      "wait, wake, requeue and their bitset forms; no FUTEX_WAKE_OP, no priority inheritance",
    run: (k, t, address, operation, value, timeout, second, third) =>
      futex(k, t, address, operation, value, timeout, second, third),
  },
} satisfies Family;
