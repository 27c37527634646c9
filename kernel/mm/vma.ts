// A virtual memory area: one contiguous range of an address space with the same rights and the same backing.

import { PROT_EXEC, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { PAGE_SHIFT } from "../abi/sv39.ts";
import type { AddressSpace } from "./address-space.ts";
import type { MemoryObject } from "./memory-object.ts";

/** MAP_SHARED: stores are seen by everybody who maps the object. */
export const VM_SHARED = 1;
/** A stack: it grows by faults below its start. */
export const VM_GROWSDOWN = 2;
/** MADV_DONTFORK. */
export const VM_DONTFORK = 4;
/** Counted as memory that may have to be found: private and writable at some time. Keeps areas from merging as on Linux. */
export const VM_ACCOUNT = 8;
export const VM_NORESERVE = 16;
/** mlock(2): its pages stay in RAM. */
export const VM_LOCKED = 32;

export const PROT_ALL = PROT_READ | PROT_WRITE | PROT_EXEC;

export class Vma {
  readonly space: AddressSpace;
  /** First address, page aligned. Changed only by VmaSet and by stack growth. */
  start: number;
  /** First address beyond, page aligned, above start. */
  end: number;
  /** PROT_READ, PROT_WRITE, PROT_EXEC. */
  prot: number;
  /** What mprotect may ever set. */
  maxProt: number;
  /** VM_*. */
  flags: number;
  /** Page index in the object of `start`. Private anonymous memory: the virtual page number it was made at. */
  pgoff: number;
  /** The backing; null for private anonymous memory. The area holds a reference. */
  readonly object: MemoryObject | null;
  /** A name that the object does not give. */
  readonly name: string;
  /** Some page of it was written since it was made (what Linux knows by anon_vma). Owner: the fault. */
  written = false;

  constructor(
    space: AddressSpace,
    start: number,
    end: number,
    prot: number,
    maxProt: number,
    flags: number,
    pgoff: number,
    object: MemoryObject | null,
    name: string,
  ) {
    this.space = space;
    this.start = start;
    this.end = end;
    this.prot = prot;
    this.maxProt = maxProt;
    this.flags = flags;
    this.pgoff = pgoff;
    this.object = object;
    this.name = name;
  }

  get shared(): boolean {
    return (this.flags & VM_SHARED) !== 0;
  }

  get growsDown(): boolean {
    return (this.flags & VM_GROWSDOWN) !== 0;
  }

  get pages(): number {
    return (this.end - this.start) / 4096;
  }

  /** Page index in the object of the page that holds `va`. */
  indexOf(va: number): number {
    return this.pgoff + Math.floor((va - this.start) / 4096);
  }
}

/** Whether `b`, which begins where `a` ends, is simply more of the same. */
export function mergeable(a: Vma, b: Vma): boolean {
  return (
    a.end === b.start &&
    a.prot === b.prot &&
    a.flags === b.flags &&
    a.object === b.object &&
    a.maxProt === b.maxProt &&
    a.name === b.name &&
    a.pgoff + a.pages === b.pgoff
  );
}

/** `rw-p` as in /proc/PID/maps. */
export function vmaPermissions(vma: Vma): string {
  return (
    ((vma.prot & PROT_READ) === 0 ? "-" : "r") +
    ((vma.prot & PROT_WRITE) === 0 ? "-" : "w") +
    ((vma.prot & PROT_EXEC) === 0 ? "-" : "x") +
    (vma.shared ? "s" : "p")
  );
}

/** The last column of /proc/PID/maps: a path, `[heap]`, `[stack]`, `[vdso]`, or empty. */
export function vmaLabel(space: AddressSpace, vma: Vma): string {
  if (vma.name !== "") return vma.name;
  if (vma.object !== null) return vma.object.name;
  if (vma.start < space.brk && vma.end > space.startBrk) return "[heap]";
  return vma.start <= space.startStack && vma.end >= space.startStack && vma.growsDown
    ? "[stack]"
    : "";
}

/** The offset column of /proc/PID/maps, in bytes: 0 for anonymous private memory. */
export function vmaOffset(vma: Vma): number {
  return vma.object === null ? 0 : vma.pgoff * 2 ** PAGE_SHIFT;
}
