// Who runs how much: sched_yield(2), getpriority(2), sched_setscheduler(2) and their families. There is one policy, SCHED_OTHER,
// and one hart; nice values weigh (proc/nice.ts) and belong to the process, as POSIX says.

import { EACCES, EFAULT, EINVAL, EPERM, ESRCH } from "../abi/errno.ts";
import {
  PRIO_PGRP,
  PRIO_PROCESS,
  PRIO_USER,
  SCHED_BATCH,
  SCHED_FIFO,
  SCHED_IDLE,
  SCHED_OTHER,
  SCHED_RESET_ON_FORK,
  SCHED_RR,
} from "../abi/process.ts";
import { copyOut, load32, store32 } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { clampNice } from "../proc/nice.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Process } from "../proc/process.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";

/** The process of a thread or process id, the caller's own for 0; undefined for none. */
function processOf(k: Kernel, t: Thread, pid: number): Process | undefined {
  if (pid === 0) return t.process;
  // Init and zombies have no threads.
  return k.processes.thread(pid)?.process ?? k.processes.process(pid);
}

/** Whom setpriority(2) and getpriority(2) mean. */
function chosen(k: Kernel, t: Thread, which: number, who: number): Process[] | number {
  const { process: self } = t;
  if (which === PRIO_PROCESS) {
    const one = processOf(k, t, who);
    return one === undefined ? [] : [one];
  }
  if (which === PRIO_PGRP) return k.processes.group(who === 0 ? self.pgid : who);
  if (which !== PRIO_USER) return -EINVAL;
  const uid = who === 0 ? self.uid : who;
  return [...k.processes.all()].filter((process) => process.uid === uid && process.pid !== 1);
}

function setpriority(k: Kernel, t: Thread, which: number, who: number, value: number): number {
  const processes = chosen(k, t, which, who);
  if (typeof processes === "number") return processes;
  if (processes.length === 0) return -ESRCH;
  const nice = clampNice(value);
  const { uid } = t.process;
  let result = 0;
  for (const process of processes) {
    if (uid !== 0 && uid !== process.uid) result = -EPERM;
    else if (uid !== 0 && nice < process.nice) result = -EACCES;
    else process.nice = nice;
  }
  return result;
}

/** The call's result is never negative: 20 − the least nice value. */
function getpriority(k: Kernel, t: Thread, which: number, who: number): number {
  const processes = chosen(k, t, which, who);
  if (typeof processes === "number") return processes;
  if (processes.length === 0) return -ESRCH;
  return 20 - Math.min(...processes.map((process) => process.nice));
}

/** The policies without priorities of their own; the others need what nobody here has. */
function setPolicy(k: Kernel, t: Thread, pid: number, policy: number, paramAt: number): number {
  if (paramAt === 0 || pid < 0) return -EINVAL;
  const priority = load32(spaceOf(t.process), paramAt);
  if (priority < 0) return -EFAULT;
  const process = processOf(k, t, pid);
  if (process === undefined) return -ESRCH;
  const range = priorities(policy);
  if (range === undefined || priority < range.least || priority > range.most) return -EINVAL;
  const isAllowed = t.process.uid === 0 || t.process.uid === process.uid;
  return policy === SCHED_OTHER && isAllowed ? 0 : -EPERM;
}

function priorities(policy: number): { least: number; most: number } | undefined {
  if (policy === SCHED_FIFO || policy === SCHED_RR) return { least: 1, most: 99 };
  return policy === SCHED_OTHER || policy === SCHED_BATCH || policy === SCHED_IDLE
    ? { least: 0, most: 0 }
    : undefined;
}

const ONE_POLICY = "SCHED_OTHER only; the other policies are refused, to root too (EPERM)";
const ONE_HART = 1;

export const scheduleCalls = {
  sched_yield: {
    args: {},
    run: async (k, t) => {
      await k.sched.sleep(t.task, [], k.clock.now());
      return 0;
    },
  },
  sched_getaffinity: {
    args: { pid: "pid", cpusetsize: "size", mask: "address" },
    run: (k, t, pid, size, address) => {
      if (pid !== 0 && k.processes.thread(pid) === undefined) return -ESRCH;
      if (size < 8 || size % 8 !== 0) return -EINVAL;
      const bytes = new Uint8Array(8);
      bytes[0] = ONE_HART;
      return copyOut(spaceOf(t.process), address, bytes, 0, 8) === 8 ? 8 : -EFAULT;
    },
  },
  sched_setscheduler: {
    args: { pid: "pid", policy: "i32", param: "address" },
    partial: ONE_POLICY,
    run: (k, t, pid, policy, paramAt) =>
      policy < 0 ? -EINVAL : setPolicy(k, t, pid, policy & ~SCHED_RESET_ON_FORK, paramAt),
  },
  sched_setparam: {
    args: { pid: "pid", param: "address" },
    partial: ONE_POLICY,
    run: (k, t, pid, paramAt) => setPolicy(k, t, pid, SCHED_OTHER, paramAt),
  },
  sched_getscheduler: {
    args: { pid: "pid" },
    run: (k, t, pid) => {
      if (pid < 0) return -EINVAL;
      return processOf(k, t, pid) === undefined ? -ESRCH : SCHED_OTHER;
    },
  },
  sched_getparam: {
    args: { pid: "pid", param: "address" },
    run: (k, t, pid, paramAt) => {
      if (paramAt === 0 || pid < 0) return -EINVAL;
      if (processOf(k, t, pid) === undefined) return -ESRCH;
      return store32(spaceOf(t.process), paramAt, 0);
    },
  },
  sched_get_priority_max: {
    args: { policy: "i32" },
    run: (_k, _t, policy) => priorities(policy)?.most ?? -EINVAL,
  },
  sched_get_priority_min: {
    args: { policy: "i32" },
    run: (_k, _t, policy) => priorities(policy)?.least ?? -EINVAL,
  },
  setpriority: {
    args: { which: "i32", who: "pid", prio: "i32" },
    partial: "a nice value belongs to the whole process, not to one thread",
    run: (k, t, which, who, value) => setpriority(k, t, which, who, value),
  },
  getpriority: {
    args: { which: "i32", who: "pid" },
    run: (k, t, which, who) => getpriority(k, t, which, who),
  },
} satisfies Family;
