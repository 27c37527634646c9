// mmap(2) and the areas that exec makes. The order of the checks is Linux's (mm/mmap.c do_mmap), because programs see
// it: a call with two faults gets the errno of the first.

import { EACCES, EEXIST, EINVAL, ENOMEM, EOPNOTSUPP, EPERM } from "../abi/errno.ts";
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
  PROT_READ,
  PROT_WRITE,
} from "../abi/mman.ts";
import { PAGE_MASK, PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import { EV_MAP } from "../api/events.ts";
import type { AddressSpace } from "./address-space.ts";
import { MAX_MAP_COUNT, MMAP_MIN_ADDR, STACK_INITIAL, STACK_TOP } from "./layout.ts";
import type { MemoryObject } from "./memory-object.ts";
import { ShmemObject } from "./shmem-object.ts";
import { pageAlign, removeRange } from "./unmap.ts";
import { PROT_ALL, VM_ACCOUNT, VM_GROWSDOWN, VM_NORESERVE, VM_SHARED, Vma } from "./vma.ts";

export interface MapRequest {
  /** Bytes; a hint unless MAP_FIXED. */
  readonly addr: number;
  /** Bytes; rounds up to whole pages. */
  readonly length: number;
  /** PROT_*. */
  readonly prot: number;
  /** MAP_*. */
  readonly flags: number;
  /** What to map; absent for anonymous memory. */
  readonly object?: MemoryObject;
  /** Bytes into the object, page aligned. */
  readonly offset?: number;
  /** PROT_* that the mapping may ever have: a shared mapping of a read-only descriptor lacks PROT_WRITE. */
  readonly maxProt?: number;
  /** A label that the object does not give. */
  readonly name?: string;
}

/** Flags that MAP_SHARED_VALIDATE knows (include/linux/mman.h, LEGACY_MAP_MASK); it refuses others. */
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
  MAP_HUGETLB;

/** What Linux calls the object behind MAP_SHARED|MAP_ANONYMOUS. */
const SHARED_ANONYMOUS_NAME = "/dev/zero (deleted)";

/** The address that was mapped, or a negative errno. Bringing pages in at once is the caller's, since it may have to wait. */
export function map(space: AddressSpace, request: MapRequest): number {
  const offset = request.offset ?? 0;
  if (offset % PAGE_SIZE !== 0 || request.length === 0) return -EINVAL;
  const length = pageAlign(request.length);
  if (length > USER_END || space.areas.list.length >= MAX_MAP_COUNT) return -ENOMEM;
  const start = place(space, request, length);
  if (start < 0) return start;
  const flags = areaFlags(request);
  if (flags < 0) return flags;
  const prot = request.prot & PROT_ALL;
  const maxProt = request.maxProt ?? PROT_ALL;
  if ((prot & ~maxProt) !== 0) return -EACCES;
  if ((request.flags & MAP_HUGETLB) !== 0 || !mayGrow(space, length)) return -ENOMEM;
  if (!mayCommit(space, flags, prot, length)) return -ENOMEM;

  if ((request.flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) !== 0) {
    removeRange(space, start, start + length);
  }
  addArea(space, start, length, prot, maxProt, flags, request, offset);
  return start;
}

/** Where the mapping goes, or a negative errno. */
function place(space: AddressSpace, request: MapRequest, length: number): number {
  const { addr, flags } = request;
  if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) === 0) {
    const hint = addr === 0 ? 0 : Math.max(pageAlign(addr), MMAP_MIN_ADDR);
    const hole = space.areas.findHole(hint, length);
    return hole < 0 ? -ENOMEM : hole;
  }
  if (addr < 0 || addr > USER_END - length) return -ENOMEM;
  if ((addr & PAGE_MASK) !== 0) return -EINVAL;
  if (addr < MMAP_MIN_ADDR) return -EPERM;
  if ((flags & MAP_FIXED_NOREPLACE) !== 0 && space.areas.meets(addr, addr + length)) return -EEXIST;
  return addr;
}

/** VM_* for the request, or a negative errno for a type that does not exist. */
function areaFlags(request: MapRequest): number {
  const { flags } = request;
  const type = flags & MAP_TYPE;
  const shared =
    type === MAP_SHARED || (type === MAP_SHARED_VALIDATE && request.object !== undefined);
  if (!shared && type !== MAP_PRIVATE) return -EINVAL;
  if (type === MAP_SHARED_VALIDATE && (flags & ~KNOWN_FLAGS) !== 0) return -EOPNOTSUPP;
  const growsDown = (flags & MAP_GROWSDOWN) !== 0;
  if (growsDown && (shared || request.object !== undefined)) return -EINVAL;
  const noReserve = (flags & MAP_NORESERVE) !== 0;
  const account = !shared && !noReserve && (request.prot & PROT_WRITE) !== 0;
  return (
    (shared ? VM_SHARED : 0) |
    (growsDown ? VM_GROWSDOWN : 0) |
    (noReserve ? VM_NORESERVE : 0) |
    (account ? VM_ACCOUNT : 0)
  );
}

/** Whether RLIMIT_AS allows `length` bytes more. */
export function mayGrow(space: AddressSpace, length: number): boolean {
  return space.areas.pages * PAGE_SIZE + length <= space.limits.as;
}

/** Overcommit as Linux does it by default: only what could not possibly fit is refused. */
function mayCommit(space: AddressSpace, flags: number, prot: number, length: number): boolean {
  const counted = (flags & VM_SHARED) !== 0 || (prot & PROT_WRITE) !== 0;
  return !counted || (flags & VM_NORESERVE) !== 0 || fitsAtAll(space, length);
}

/** Whether RAM and swap together could hold so many bytes. */
export function fitsAtAll({ mm }: AddressSpace, length: number): boolean {
  return length / PAGE_SIZE <= mm.frames.count + mm.swap.total;
}

function addArea(
  space: AddressSpace,
  start: number,
  length: number,
  prot: number,
  maxProt: number,
  flags: number,
  request: MapRequest,
  offset: number,
): void {
  const end = start + length;
  const name = request.name ?? "";
  let object = request.object ?? null;
  let pgoff = offset / PAGE_SIZE;
  let ownObject: MemoryObject | undefined;
  if (object === null) {
    if ((flags & VM_SHARED) !== 0) {
      object = ownObject = new ShmemObject(space.mm, SHARED_ANONYMOUS_NAME, length);
      pgoff = 0;
    } else {
      pgoff = start / PAGE_SIZE;
    }
  }
  space.generation++;
  space.areas.insert(new Vma(space, start, end, prot, maxProt, flags, pgoff, object, name));
  // The area holds its own reference now.
  ownObject?.release();
  const { events } = space.mm;
  if (events.on) events.emit(EV_MAP, space.pid, start, end, prot, request.flags);
}

/** The stack of a new program, which ends at STACK_TOP and grows by faults. Returns STACK_TOP or −ENOMEM. */
export function mapStack(space: AddressSpace): number {
  const start = STACK_TOP - STACK_INITIAL;
  if (space.areas.meets(start, STACK_TOP)) return -ENOMEM;
  const prot = PROT_READ | PROT_WRITE;
  const request = {
    addr: start,
    length: STACK_INITIAL,
    prot,
    flags: MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN,
  };
  addArea(space, start, STACK_INITIAL, prot, PROT_ALL, VM_GROWSDOWN | VM_ACCOUNT, request, 0);
  space.startStack = STACK_TOP;
  return STACK_TOP;
}
