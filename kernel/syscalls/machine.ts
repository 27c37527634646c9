// The machine and its limits: uname(2), sysinfo(2), getrlimit(2), getrusage(2), prctl(2), getrandom(2),
// riscv_hwprobe(2) and what C libraries ask for at start.

import { EFAULT, EINVAL, ENOSYS, EPERM, ESRCH } from "../abi/errno.ts";
import {
  GRND_INSECURE,
  GRND_NONBLOCK,
  GRND_RANDOM,
  PR_GET_NAME,
  PR_SET_NAME,
  PR_SET_PDEATHSIG,
  RLIM_NLIMITS,
  RLIMIT_NOFILE,
  RUSAGE_CHILDREN,
  RUSAGE_SELF,
  RUSAGE_THREAD,
} from "../abi/process.ts";
import { rlimit, sysinfo, utsname } from "../abi/structs.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { copyIn, copyInString, copyOut, store32 } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { MAX_DESCRIPTORS } from "../proc/fd-table.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { applyLimits, type Process } from "../proc/process.ts";
import { uts } from "../proc/uts.ts";
import type { Thread } from "../proc/thread.ts";
import { setWide } from "./user-struct.ts";
import type { Family } from "./definition.ts";
import { writeUsage } from "./processes.ts";
import { SECOND } from "./times.ts";
import { UserStruct } from "./user-struct.ts";

const names = new UserStruct(utsname);
const info = new UserStruct(sysinfo);
const limit = new UserStruct(rlimit);

function uname(t: Thread, address: number): number {
  names.clear();
  names
    .setText("sysname", uts.sysname)
    .setText("nodename", uts.nodename)
    .setText("release", uts.release);
  names
    .setText("version", uts.version)
    .setText("machine", uts.machine)
    .setText("domainname", uts.domainname);
  return names.toUser(t, address);
}

function writeSysinfo(k: Kernel, t: Thread, address: number): number {
  const totals = k.mm.totals();
  info.clear();
  info.set64("uptime", Math.floor(k.clock.now() / SECOND));
  info.set64("totalram", totals.frames * PAGE_SIZE).set64("freeram", totals.free * PAGE_SIZE);
  info.set64("sharedram", totals.shared * PAGE_SIZE).set64("bufferram", totals.buffers * PAGE_SIZE);
  const swap = k.mm.swap.status();
  info.set64("totalswap", swap.total * PAGE_SIZE);
  info.set64("freeswap", Math.max(0, swap.total - swap.used) * PAGE_SIZE);
  info.setU16("procs", k.processes.threadCount).setI32("mem_unit", 1);
  return info.toUser(t, address);
}

/** prlimit64, getrlimit and setrlimit. */
function prlimit(
  k: Kernel,
  t: Thread,
  pid: number,
  resource: number,
  newAt: number,
  oldAt: number,
): number {
  const target = pid === 0 ? t.process : k.processes.process(pid);
  if (resource >= RLIM_NLIMITS) return -EINVAL;
  if (target === undefined) return -ESRCH;
  const { soft, hard } = target.limits;
  const old = { soft: soft[resource] ?? Infinity, hard: hard[resource] ?? Infinity };
  if (newAt !== 0) {
    if (limit.fromUser(t, newAt) < 0) return -EFAULT;
    const error = setLimit(
      target,
      resource,
      unlimited(limit.u64("rlim_cur")),
      unlimited(limit.u64("rlim_max")),
    );
    if (error < 0) return error;
  }
  if (oldAt === 0) return 0;
  limit.set64("rlim_cur", old.soft).set64("rlim_max", old.hard);
  return limit.toUser(t, oldAt);
}

/** All ones is RLIM_INFINITY; as a double it has been rounded to 2^64. */
function unlimited(value: number): number {
  return value >= 2 ** 64 - 2 ** 11 ? Infinity : value;
}

function setLimit(process: Process, resource: number, soft: number, hard: number): number {
  if (soft > hard) return -EINVAL;
  if (resource === RLIMIT_NOFILE && hard > MAX_DESCRIPTORS) return -EPERM;
  if (process.uid !== 0 && hard > (process.limits.hard[resource] ?? Infinity)) return -EPERM;
  process.limits.soft[resource] = soft;
  process.limits.hard[resource] = hard;
  if (process.space !== undefined) applyLimits(process, process.space);
  return 0;
}

function getrusage(t: Thread, who: number, address: number): number {
  const { process } = t;
  if (who === RUSAGE_CHILDREN) return writeUsage(t, address, process.childTotals);
  if (who !== RUSAGE_SELF && who !== RUSAGE_THREAD) return -EINVAL;
  const threads = who === RUSAGE_SELF ? process.threads : [t];
  const space = spaceOf(process);
  return writeUsage(
    t,
    address,
    {
      userTime: who === RUSAGE_SELF ? process.userTime : t.userTime,
      systemTime: who === RUSAGE_SELF ? process.systemTime : t.systemTime,
      minorFaults: process.minorFaults,
      majorFaults: process.majorFaults,
      peakResident: (space.rssAnon + space.rssFile + space.rssShmem) * PAGE_SIZE,
    },
    {
      voluntary: threads.reduce((sum, thread) => sum + thread.voluntarySwitches, 0),
      involuntary: threads.reduce((sum, thread) => sum + thread.involuntarySwitches, 0),
    },
  );
}

const NAME_BYTES = 16;

function prctl(t: Thread, option: number, argument: number): number {
  const space = spaceOf(t.process);
  switch (option) {
    case PR_SET_NAME: {
      const name = copyInString(space, argument, NAME_BYTES);
      if (typeof name === "string") t.process.comm = name.slice(0, NAME_BYTES - 1);
      else {
        // Longer names are cut, which copyInString refuses.
        const bytes = new Uint8Array(NAME_BYTES - 1);
        if (copyIn(space, argument, bytes, 0, bytes.length) < bytes.length) return -EFAULT;
        t.process.comm = String.fromCharCode(...bytes);
      }
      return 0;
    }
    case PR_GET_NAME: {
      const bytes = new Uint8Array(NAME_BYTES);
      for (let i = 0; i < t.process.comm.length; i++) bytes[i] = t.process.comm.charCodeAt(i);
      return copyOut(space, argument, bytes, 0, NAME_BYTES) === NAME_BYTES ? 0 : -EFAULT;
    }
    case PR_SET_PDEATHSIG:
      return -ENOSYS;
    default:
      return -EINVAL;
  }
}

const RANDOM_CHUNK = 65536;

function getrandom(k: Kernel, t: Thread, address: number, length: number, flags: number): number {
  if ((flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) !== 0) return -EINVAL;
  if ((flags & GRND_RANDOM) !== 0 && (flags & GRND_INSECURE) !== 0) return -EINVAL;
  const wanted = Math.min(length, 0x7fffffff);
  const chunk = new Uint8Array(Math.min(wanted, RANDOM_CHUNK));
  let done = 0;
  while (done < wanted) {
    const count = Math.min(chunk.length, wanted - done);
    k.randomBytes(chunk.subarray(0, count));
    const copied = copyOut(spaceOf(t.process), address + done, chunk, 0, count);
    done += copied;
    if (copied < count) break;
  }
  return done === 0 && wanted > 0 ? -EFAULT : done;
}

/** Keys of riscv_hwprobe(2) that have an answer here. */
const HWPROBE_BASE_BEHAVIOR = 3;
const HWPROBE_BASE_IMA = 1;
const HWPROBE_IMA_EXT_0 = 4;
const HWPROBE_IMA_C = 2;
const HWPROBE_MAX_PAIRS = 64;

function hwprobe(t: Thread, pairs: number, count: number, flags: number): number {
  if (flags !== 0 || count > HWPROBE_MAX_PAIRS) return -EINVAL;
  const space = spaceOf(t.process);
  const bytes = new Uint8Array(16 * count);
  if (copyIn(space, pairs, bytes, 0, bytes.length) < bytes.length) return -EFAULT;
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += 16) {
    const key = view.getInt32(at, true);
    const known = view.getInt32(at + 4, true) === key >> 31 && key >= 0 && key <= 6;
    if (!known) view.setInt32(at, -1, true);
    if (!known) view.setInt32(at + 4, -1, true);
    setWide(
      view,
      at + 8,
      key === HWPROBE_BASE_BEHAVIOR
        ? HWPROBE_BASE_IMA
        : key === HWPROBE_IMA_EXT_0
          ? HWPROBE_IMA_C
          : 0,
    );
  }
  return copyOut(space, pairs, bytes, 0, bytes.length) === bytes.length ? 0 : -EFAULT;
}

export const machineCalls = {
  uname: { args: { buf: "address" }, run: (_k, t, address) => uname(t, address) },
  sysinfo: {
    args: { info: "address" },
    partial: "no load averages",
    run: (k, t, address) => writeSysinfo(k, t, address),
  },
  getrlimit: {
    args: { resource: "u32", rlim: "address" },
    run: (k, t, resource, address) =>
      address === 0 ? -EFAULT : prlimit(k, t, 0, resource, 0, address),
  },
  setrlimit: {
    args: { resource: "u32", rlim: "address" },
    partial: "stack, address space, descriptors and processes are enforced; the others are kept",
    run: (k, t, resource, address) =>
      address === 0 ? -EFAULT : prlimit(k, t, 0, resource, address, 0),
  },
  prlimit64: {
    args: { pid: "pid", resource: "u32", new_limit: "address", old_limit: "address" },
    outputs: { old_limit: rlimit.size },
    partial: "as setrlimit",
    run: (k, t, pid, resource, newAt, oldAt) => prlimit(k, t, pid, resource, newAt, oldAt),
  },
  getrusage: {
    args: { who: "i32", usage: "address" },
    run: (_k, t, who, address) => getrusage(t, who, address),
  },
  prctl: {
    args: { option: "i32", arg2: "address" },
    partial: "PR_SET_NAME, PR_GET_NAME",
    run: (_k, t, option, argument) => prctl(t, option, argument),
  },
  getcpu: {
    args: { cpu: "address", node: "address" },
    run: (_k, t, cpu, node) => {
      for (const address of [cpu, node]) {
        if (address !== 0 && store32(spaceOf(t.process), address, 0) < 0) return -EFAULT;
      }
      return 0;
    },
  },
  set_robust_list: {
    args: { head: "address", len: "size" },
    partial: "kept nowhere: a dead thread's robust mutexes stay locked",
    run: (_k, _t, _head, size) => (size === 24 ? 0 : -EINVAL),
  },
  getrandom: {
    args: { buf: "address", buflen: "size", flags: "hex" },
    run: (k, t, address, length, flags) => getrandom(k, t, address, length, flags),
  },
  riscv_hwprobe: {
    args: {
      pairs: "address",
      pair_count: "size",
      cpusetsize: "size",
      cpus: "address",
      flags: "hex",
    },
    partial: "base behaviour and the base extensions; every other known key answers 0",
    run: (_k, t, pairs, count, _size, _cpus, flags) => hwprobe(t, pairs, count, flags),
  },
} satisfies Family;
