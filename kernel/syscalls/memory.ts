// brk(2), mmap(2), munmap(2), mprotect(2), mremap(2), madvise(2), mincore(2), msync(2), the mlock(2) family,
// riscv_flush_icache(2) and membarrier(2).

import {
  EACCES,
  EBADF,
  EBUSY,
  EINVAL,
  ENOMEM,
  EOPNOTSUPP,
  EOVERFLOW,
  EPERM,
} from "../abi/errno.ts";
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
  MCL_ONFAULT,
  MLOCK_ONFAULT,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from "../abi/mman.ts";
import { PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import { MAX_FILE_SIZE } from "../fs/file.ts";
import { SWAP_DEVICE } from "../fs/root-tree.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { ACCESS_READ, ACCESS_WRITE, FAULT_OK } from "../mm/fault-result.ts";
import { PTE_PRESENT } from "../mm/page-entry.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import { emptySwap } from "../mm/swap/off.ts";
import { pageAlign } from "../mm/unmap.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { beginRestart } from "../proc/restart.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";
import { pathAt } from "./paths.ts";

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
  if (t.restart.active) return populate(k, t, t.restart.mapped, length);
  const start = mapAny(k, t, space, addr, length, prot, flags, fd, offset);
  if (start < 0) return start;
  const locks = (flags & MAP_LOCKED) !== 0 || space.locksFuture;
  if (locks) space.lock(start, start + pageAlign(length), true);
  const populates = locks || (flags & (MAP_POPULATE | MAP_NONBLOCK)) === MAP_POPULATE;
  if (!populates || (prot & ALL_PROT) === 0) return start;
  return populate(k, t, start, length);
}

function mapAny(
  k: Kernel,
  t: Thread,
  space: AddressSpace,
  addr: number,
  length: number,
  prot: number,
  flags: number,
  fd: number,
  offset: number,
): number {
  // Beyond MAX_FILE_SIZE the lower bits are lost: it is too far wherever it points.
  if (offset % PAGE_SIZE !== 0 && Math.abs(offset) < MAX_FILE_SIZE) return -EINVAL;
  if ((flags & MAP_HUGETLB) !== 0) {
    k.log.once("MAP_HUGETLB", "mmap: huge pages are not implemented (ENOMEM)");
    return -ENOMEM;
  }
  if ((flags & MAP_ANONYMOUS) !== 0) return space.map({ addr, length, prot, flags });
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  if (length === 0) return -EINVAL; // before it is asked whether the file can be mapped
  if (offset < 0 || offset + length > MAX_FILE_SIZE) return -EOVERFLOW;
  const kind = flags & MAP_TYPE;
  if (kind === MAP_SHARED_VALIDATE && (flags & ~KNOWN_FLAGS) !== 0) return -EOPNOTSUPP;
  const shared = kind === MAP_SHARED || kind === MAP_SHARED_VALIDATE;
  if (!shared && kind !== MAP_PRIVATE) return -EINVAL;
  if (!file.readable) return -EACCES;
  const object = file.mapObject(shared);
  if (typeof object === "number") {
    // Zero stands for memory of the caller's own: /dev/zero.
    return object < 0 ? object : space.map({ addr, length, prot, flags: flags | MAP_ANONYMOUS });
  }
  const maxProt = shared && !file.writable ? ALL_PROT & ~PROT_WRITE : ALL_PROT;
  const name = file.mappingName;
  return space.map({ addr, length, prot, flags, object, offset, maxProt, name });
}

/** Brings the pages of [start, end) into RAM: 0, MUST_WAIT, or −ENOMEM where that does not work. */
function bringIn(k: Kernel, t: Thread, start: number, end: number): number {
  const space = spaceOf(t.process);
  for (let address = start; address < end; address += PAGE_SIZE) {
    const vma = space.find(address);
    if (vma === undefined || (vma.prot & ALL_PROT) === 0) return -ENOMEM;
    if ((space.pageEntry(address) & PTE_PRESENT) !== 0) continue;
    k.mm.stall = null;
    const writes = (vma.prot & PROT_WRITE) !== 0 && !vma.shared;
    if (space.fault(address, writes ? ACCESS_WRITE : ACCESS_READ) === FAULT_OK) continue;
    return k.mm.stall === null ? -ENOMEM : MUST_WAIT;
  }
  return 0;
}

/** mlock(2): the pages come into RAM and stay there. */
function lock(k: Kernel, t: Thread, addr: number, length: number, onFault: boolean): number {
  const space = spaceOf(t.process);
  const start = addr - (addr % PAGE_SIZE);
  const end = Math.ceil((addr + length) / PAGE_SIZE) * PAGE_SIZE;
  if (end > USER_END) return -ENOMEM;
  const error = space.lock(start, end, true);
  return error < 0 || onFault ? error : bringIn(k, t, start, end);
}

/** The mapping is made; MAP_POPULATE and MAP_LOCKED now bring its pages in, and what that meets is nobody's error. */
function populate(k: Kernel, t: Thread, start: number, length: number): number {
  const end = start + Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
  if (bringIn(k, t, start, end) !== MUST_WAIT) return start;
  beginRestart(t.restart);
  t.restart.mapped = start;
  return MUST_WAIT;
}

/** swapon(2) and swapoff(2) know one device. */
function swapDevice(k: Kernel, t: Thread, address: number): number {
  const path = pathAt(t, address);
  if (typeof path === "number") return path;
  const dentry = k.vfs.lookup(t.process, undefined, path, true);
  if (typeof dentry === "number") return dentry;
  if (t.process.uid !== 0) return -EPERM;
  return dentry.inode.rdev === SWAP_DEVICE && k.mm.swap.area.size > 0 ? 0 : -EINVAL;
}

function swapon(k: Kernel, t: Thread, address: number): number {
  const error = swapDevice(k, t, address);
  if (error < 0) return error;
  if (k.mm.swap.on) return -EBUSY;
  k.mm.swap.on = true;
  return 0;
}

/** Everything comes back into RAM; what goes out meanwhile cannot be, since the area is off from the first moment. */
function swapoff(k: Kernel, t: Thread, address: number): number {
  const error = swapDevice(k, t, address);
  if (error < 0) return error;
  const { mm } = k;
  if (!mm.swap.on && !t.restart.active) return -EINVAL;
  if (!t.restart.active && !mm.swap.fitsInRam()) return -ENOMEM;
  beginRestart(t.restart);
  t.restart.emptying = true;
  mm.swap.on = false;
  mm.stall = null;
  if (emptySwap(mm)) return 0;
  if (mm.stall !== null) return MUST_WAIT;
  mm.swap.on = true;
  return -ENOMEM;
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
    partial: "no huge pages (ENOMEM)",
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
    partial: "RLIMIT_MEMLOCK is not obeyed",
    run: (k, t, addr, length) => lock(k, t, addr, length, false),
  },
  mlock2: {
    args: { addr: "address", len: "size", flags: "hex" },
    partial: "RLIMIT_MEMLOCK is not obeyed",
    run: (k, t, addr, length, flags) =>
      (flags & ~MLOCK_ONFAULT) !== 0 ? -EINVAL : lock(k, t, addr, length, flags !== 0),
  },
  munlock: {
    args: { addr: "address", len: "size" },
    run: (_k, t, addr, length) => {
      const start = addr - (addr % PAGE_SIZE);
      const end = pageAlign(addr + length);
      return end > USER_END ? -ENOMEM : spaceOf(t.process).lock(start, end, false);
    },
  },
  mlockall: {
    args: { flags: "hex" },
    partial: "RLIMIT_MEMLOCK is not obeyed",
    run: (k, t, flags) => {
      const known = MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT;
      if ((flags & (MCL_CURRENT | MCL_FUTURE)) === 0 || (flags & ~known) !== 0) return -EINVAL;
      const space = spaceOf(t.process);
      space.locksFuture = (flags & MCL_FUTURE) !== 0;
      if ((flags & MCL_CURRENT) === 0) return 0;
      for (const { start, end, prot } of space.vmas().slice()) {
        space.lock(start, end, true);
        const error = prot === 0 || (flags & MCL_ONFAULT) !== 0 ? 0 : bringIn(k, t, start, end);
        if (error === MUST_WAIT) return error;
      }
      return 0;
    },
  },
  munlockall: { args: {}, run: (_k, t) => spaceOf(t.process).unlockAll() },
  swapon: {
    args: { path: "path", flags: "hex" },
    partial: "the machine's one swap area, /dev/swap; priorities are accepted and have no effect",
    run: (k, t, path) => swapon(k, t, path),
  },
  swapoff: { args: { path: "path" }, run: (k, t, path) => swapoff(k, t, path) },
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
