// brk(2), mmap(2), munmap(2), mprotect(2), mremap(2), madvise(2), mincore(2), msync(2), the mlock(2) family,
// riscv_flush_icache(2) and membarrier(2).

import { EACCES, EBADF, EINVAL, ENOMEM, EOPNOTSUPP } from "../abi/errno.ts";
import {
  MAP_ANONYMOUS,
  MAP_DENYWRITE,
  MAP_EXECUTABLE,
  MAP_FIXED,
  MAP_FIXED_NOREPLACE,
  MAP_GROWSDOWN,
  MAP_HUGETLB,
  MAP_LOCKED,
  MAP_NONBLOCK,
  MAP_NORESERVE,
  MAP_POPULATE,
  MAP_PRIVATE,
  MAP_SHARED,
  MAP_SHARED_VALIDATE,
  MAP_STACK,
  MAP_TYPE,
  MCL_CURRENT,
  MCL_FUTURE,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from "../abi/mman.ts";
import { PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";

/** Flags that every kind of mapping knows; MAP_SHARED_VALIDATE refuses all others. */
const KNOWN_FLAGS =
  MAP_TYPE |
  MAP_FIXED |
  MAP_ANONYMOUS |
  MAP_GROWSDOWN |
  MAP_DENYWRITE |
  MAP_EXECUTABLE |
  MAP_LOCKED |
  MAP_NORESERVE |
  MAP_POPULATE |
  MAP_NONBLOCK |
  MAP_STACK |
  MAP_HUGETLB |
  MAP_FIXED_NOREPLACE;
const ALL_PROT = PROT_READ | PROT_WRITE | PROT_EXEC;

function mmap(
  k: Kernel,
  t: Thread,
  addr: number,
  length: number,
  prot: number,
  flags: number,
  fd: number,
  offset: number,
): number {
  const space = spaceOf(t.process);
  if (offset % PAGE_SIZE !== 0) return -EINVAL;
  if ((flags & MAP_HUGETLB) !== 0) {
    k.log.once("MAP_HUGETLB", "mmap: huge pages are not implemented (ENOMEM)");
    return -ENOMEM;
  }
  if ((flags & MAP_ANONYMOUS) !== 0) return space.map({ addr, length, prot, flags });
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  const kind = flags & MAP_TYPE;
  if (kind === MAP_SHARED_VALIDATE && (flags & ~KNOWN_FLAGS) !== 0) return -EOPNOTSUPP;
  const shared = kind === MAP_SHARED || kind === MAP_SHARED_VALIDATE;
  if (!shared && kind !== MAP_PRIVATE) return -EINVAL;
  if (!file.readable) return -EACCES;
  if (offset < 0) return -EINVAL;
  const object = file.mapObject(shared);
  if (typeof object === "number") {
    // Zero stands for memory of the caller's own: /dev/zero.
    return object < 0 ? object : space.map({ addr, length, prot, flags: flags | MAP_ANONYMOUS });
  }
  const maxProt = shared && !file.writable ? ALL_PROT & ~PROT_WRITE : ALL_PROT;
  const name = file.mappingName;
  return space.map({ addr, length, prot, flags, object, offset, maxProt, name });
}

/** mlock's test that the range is mapped; all pages are resident once touched, because nothing is swapped. */
function lock(t: Thread, addr: number, length: number): number {
  const space = spaceOf(t.process);
  const start = addr - (addr % PAGE_SIZE);
  const end = Math.ceil((addr + length) / PAGE_SIZE) * PAGE_SIZE;
  if (end > USER_END) return -ENOMEM;
  for (let address = start; address < end; address += PAGE_SIZE) {
    const vma = space.find(address);
    if (vma === undefined) return -ENOMEM;
    if ((vma.prot & ALL_PROT) === 0) return -ENOMEM;
    if (space.fault(address, (vma.prot & PROT_WRITE) !== 0 && !vma.shared ? 1 : 0) !== 0)
      return -ENOMEM;
  }
  return 0;
}

export const memoryCalls = {
  brk: { args: { addr: "address" }, run: (_k, t, addr) => spaceOf(t.process).moveBrk(addr) },
  mmap: {
    args: {
      addr: "address",
      length: "size",
      prot: "hex",
      flags: "hex",
      fd: "fd",
      offset: "offset",
    },
    partial: "no huge pages (ENOMEM); MAP_LOCKED pages are populated",
    run: (k, t, addr, length, prot, flags, fd, offset) =>
      mmap(k, t, addr, length, prot, flags, fd, offset),
  },
  munmap: {
    args: { addr: "address", length: "size" },
    run: (_k, t, addr, length) => spaceOf(t.process).unmap(addr, length),
  },
  mprotect: {
    args: { addr: "address", len: "size", prot: "hex" },
    run: (_k, t, addr, length, prot) => spaceOf(t.process).protect(addr, length, prot),
  },
  mremap: {
    args: {
      old_address: "address",
      old_size: "size",
      new_size: "size",
      flags: "hex",
      new_address: "address",
    },
    run: (_k, t, old, oldSize, newSize, flags, wanted) =>
      spaceOf(t.process).remap(old, oldSize, newSize, flags, wanted),
  },
  madvise: {
    args: { addr: "address", length: "size", advice: "i32" },
    run: (_k, t, addr, length, advice) => spaceOf(t.process).advise(addr, length, advice),
  },
  mincore: {
    args: { addr: "address", length: "size", vec: "address" },
    run: (_k, t, addr, length, vec) => spaceOf(t.process).mincore(addr, length, vec),
  },
  msync: {
    args: { addr: "address", length: "size", flags: "hex" },
    run: (_k, t, addr, length, flags) => spaceOf(t.process).msync(addr, length, flags),
  },
  mlock: {
    args: { addr: "address", len: "size" },
    partial: "populates; there is no swap to keep pages from, and no limit",
    run: (_k, t, addr, length) => lock(t, addr, length),
  },
  munlock: {
    args: { addr: "address", len: "size" },
    partial: "checks its arguments",
    run: (_k, _t, addr, length) => (addr + length > USER_END ? -ENOMEM : 0),
  },
  mlockall: {
    args: { flags: "hex" },
    partial: "checks its arguments",
    run: (_k, _t, flags) =>
      flags === 0 || (flags & ~(MCL_CURRENT | MCL_FUTURE | 4)) !== 0 ? -EINVAL : 0,
  },
  munlockall: { args: {}, partial: "there is nothing to undo", run: () => 0 },
  riscv_flush_icache: {
    args: { start: "address", end: "address", flags: "hex" },
    partial: "flushes everything, whatever the range: there is one hart",
    run: (k, _t, _start, _end, flags) => {
      if ((flags & ~1) !== 0) return -EINVAL;
      k.cpu.flushCode();
      return 0;
    },
  },
  membarrier: {
    args: { cmd: "i32", flags: "hex", cpu_id: "i32" },
    partial: "the query says that no command is supported: with one hart none is needed",
    run: (_k, _t, command, flags) => (command === 0 && flags === 0 ? 0 : -EINVAL),
  },
} satisfies Family;
