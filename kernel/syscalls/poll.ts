// Waiting for several files at once: ppoll(2), pselect6(2). The set of files is looked at again after every wake.

import { EBADF, EFAULT, EINVAL } from "../abi/errno.ts";
import {
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  POLLPRI,
  POLLRDNORM,
  POLLWRNORM,
  RLIMIT_NOFILE,
} from "../abi/process.ts";
import { pollfd } from "../abi/structs.ts";
import { copyIn, copyOut, load64 } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { beginRestart, ERESTARTNOHAND } from "../proc/restart.ts";
import type { Thread } from "../proc/thread.ts";
import type { WaitQueue } from "../sched/wait-queue.ts";
import type { Family } from "./definition.ts";
import { swapMask } from "./signal-mask.ts";
import { readTimespec } from "./times.ts";
import { waitOn } from "./waiting.ts";

/** One descriptor and the bits that are waited for; `revents` is filled in. */
interface Interest {
  readonly fd: number;
  readonly events: number;
  revents: number;
}

/** Fills in revents; how many have some. */
function look(t: Thread, interests: readonly Interest[]): number {
  let ready = 0;
  for (const interest of interests) {
    interest.revents = 0;
    if (interest.fd < 0) continue;
    const file = t.process.files.get(interest.fd);
    const held = file === undefined ? POLLNVAL : file.poll();
    interest.revents = held & (interest.events | POLLERR | POLLHUP | POLLNVAL);
    if (interest.revents !== 0) ready++;
  }
  return ready;
}

function queuesOf(t: Thread, interests: readonly Interest[]): WaitQueue[] {
  const queues = new Set<WaitQueue>();
  for (const { fd, events } of interests) {
    if (fd < 0) continue;
    for (const queue of t.process.files.get(fd)?.waitQueues(events) ?? []) queues.add(queue);
  }
  return [...queues];
}

/** Begins or resumes a call: its deadline and its signal mask. An errno, or 0. */
function begin(k: Kernel, t: Thread, timeout: number, mask: number, maskSize: number): number {
  const relative = timeout === 0 ? Infinity : readTimespec(t, timeout);
  if (relative < 0) return relative;
  const error = mask === 0 ? 0 : swapMask(t, mask, maskSize);
  if (error < 0) return error;
  if (beginRestart(t.restart)) t.restart.deadline = k.clock.now() + relative;
  return 0;
}

async function sleepUntilReady(
  k: Kernel,
  t: Thread,
  interests: readonly Interest[],
): Promise<number> {
  for (;;) {
    const wake = await waitOn(k, t, queuesOf(t, interests), t.restart.deadline);
    const ready = look(t, interests);
    if (ready > 0) return ready;
    if (wake === "interrupted") return -ERESTARTNOHAND;
    if (wake === "timeout") return 0;
  }
}

function ppoll(
  k: Kernel,
  t: Thread,
  fds: number,
  count: number,
  timeout: number,
  mask: number,
  size: number,
): number | Promise<number> {
  if (count > (t.process.limits.soft[RLIMIT_NOFILE] ?? 0)) return -EINVAL;
  const bytes = new Uint8Array(count * pollfd.size);
  if (copyIn(spaceOf(t.process), fds, bytes, 0, bytes.length) < bytes.length) return -EFAULT;
  const error = begin(k, t, timeout, mask, size);
  if (error < 0) return error;
  const view = new DataView(bytes.buffer);
  const interests: Interest[] = [];
  for (let at = 0; at < bytes.length; at += pollfd.size) {
    interests.push({
      fd: view.getInt32(at, true),
      events: view.getInt16(at + 4, true),
      revents: 0,
    });
  }
  const finish = (ready: number): number => {
    if (ready < 0) return ready;
    interests.forEach(({ revents }, index) =>
      view.setInt16(index * pollfd.size + 6, revents, true),
    );
    return copyOut(spaceOf(t.process), fds, bytes, 0, bytes.length) === bytes.length
      ? ready
      : -EFAULT;
  };
  const ready = look(t, interests);
  if (ready > 0 || t.restart.deadline <= k.clock.now()) return finish(ready);
  return sleepUntilReady(k, t, interests).then(finish);
}

/** What select's three sets mean in poll's bits. */
const SELECT_BITS = [
  POLLIN | POLLRDNORM | POLLHUP | POLLERR,
  POLLOUT | POLLWRNORM | POLLERR,
  POLLPRI,
] as const;

function pselect6(
  k: Kernel,
  t: Thread,
  nfds: number,
  sets: readonly number[],
  timeout: number,
  sigmask: number,
): number | Promise<number> {
  if (nfds < 0) return -EINVAL;
  const width = Math.min(nfds, t.process.limits.descriptors);
  const space = spaceOf(t.process);
  const setBytes = Math.ceil(width / 64) * 8;
  const wanted: Uint8Array[] = [];
  for (const address of sets) {
    const bytes = new Uint8Array(setBytes);
    if (address !== 0 && copyIn(space, address, bytes, 0, setBytes) < setBytes) return -EFAULT;
    wanted.push(bytes);
  }
  // The sixth argument points at the mask's address and its size, because there are only six registers.
  const mask = sigmask === 0 ? 0 : load64(space, sigmask);
  const maskSize = sigmask === 0 ? 0 : load64(space, sigmask + 8);
  if (mask < 0 || maskSize < 0) return -EFAULT;
  const interests: Interest[] = [];
  for (let fd = 0; fd < width; fd++) {
    let events = 0;
    wanted.forEach((bytes, set) => {
      if (((bytes[fd >> 3] ?? 0) & (1 << (fd & 7))) !== 0) events |= SELECT_BITS[set] ?? 0;
    });
    if (events === 0) continue;
    if (t.process.files.get(fd) === undefined) return -EBADF;
    interests.push({ fd, events, revents: 0 });
  }
  const error = begin(k, t, timeout, mask, maskSize);
  if (error < 0) return error;
  const finish = (ready: number): number => {
    if (ready < 0) return ready;
    let bits = 0;
    for (const [set, address] of sets.entries()) {
      const bytes = new Uint8Array(setBytes);
      for (const { fd, revents } of interests) {
        const asked = ((wanted[set]?.[fd >> 3] ?? 0) & (1 << (fd & 7))) !== 0;
        if (!asked || (revents & (SELECT_BITS[set] ?? 0)) === 0) continue;
        bytes[fd >> 3] = (bytes[fd >> 3] ?? 0) | (1 << (fd & 7));
        bits++;
      }
      if (address !== 0 && copyOut(spaceOf(t.process), address, bytes, 0, setBytes) < setBytes)
        return -EFAULT;
    }
    return bits;
  };
  const ready = look(t, interests);
  if (ready > 0 || t.restart.deadline <= k.clock.now()) return finish(ready);
  return sleepUntilReady(k, t, interests).then(finish);
}

export const pollCalls = {
  ppoll: {
    args: { fds: "address", nfds: "u32", tmo_p: "address", sigmask: "address", sigsetsize: "size" },
    partial: "the remaining time is not written back",
    run: (k, t, fds, count, timeout, mask, size) => ppoll(k, t, fds, count, timeout, mask, size),
  },
  pselect6: {
    args: {
      nfds: "i32",
      readfds: "address",
      writefds: "address",
      exceptfds: "address",
      timeout: "address",
      sigmask: "address",
    },
    partial: "the remaining time is not written back",
    run: (k, t, nfds, reads, writes, excepts, timeout, mask) =>
      pselect6(k, t, nfds, [reads, writes, excepts], timeout, mask),
  },
} satisfies Family;
