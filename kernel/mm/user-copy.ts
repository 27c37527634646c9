// The kernel's own accesses to user memory. They obey the same PTEs as the hart: a page that is missing or copy-on-write
// goes through the fault path, A and D are set, and code decoded from a written frame is dropped. All of them are
// synchronous and stop short at a bad address; `space.lastFault` says why.
//
// The `!` after reads of RAM: a physical address comes from a PTE of a frame inside RAM.

import { EFAULT, ENAMETOOLONG } from "../abi/errno.ts";
import {
  PAGE_MASK,
  PAGE_SIZE,
  PTE_A,
  PTE_D,
  PTE_R,
  PTE_U,
  PTE_V,
  PTE_W,
  USER_END,
} from "../abi/sv39.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import type { AddressSpace } from "./address-space.ts";
import { ACCESS_READ, ACCESS_WRITE, FAULT_MAPERR, FAULT_OK } from "./fault-result.ts";

const READABLE = PTE_V | PTE_U | PTE_R;
const WRITABLE = PTE_V | PTE_U | PTE_R | PTE_W;

/** Byte offset in RAM of the byte at `va`, readable now; −1 when the address is bad. */
function readAt(space: AddressSpace, va: number): number {
  for (;;) {
    if (!(va >= 0 && va < USER_END)) return bad(space);
    const word = space.table.find((va / PAGE_SIZE) | 0);
    if (word >= 0) {
      const words = space.mm.cpu.ram.u32;
      const entry = words[word]!;
      if ((entry & READABLE) === READABLE) {
        if ((entry & PTE_A) === 0) words[word] = entry | PTE_A;
        return (entry >>> 10) * PAGE_SIZE + (va & PAGE_MASK);
      }
    }
    const result = space.fault(va, ACCESS_READ);
    if (result !== FAULT_OK) {
      space.lastFault = result;
      return -1;
    }
  }
}

/** The same for writing: the page is private or shared, never copy-on-write any more. */
function writeAt(space: AddressSpace, va: number): number {
  for (;;) {
    if (!(va >= 0 && va < USER_END)) return bad(space);
    const word = space.table.find((va / PAGE_SIZE) | 0);
    if (word >= 0) {
      const { cpu } = space.mm;
      const entry = cpu.ram.u32[word]!;
      if ((entry & WRITABLE) === WRITABLE) {
        cpu.ram.u32[word] = entry | PTE_A | PTE_D;
        const pfn = entry >>> 10;
        if (cpu.codeFrames[pfn] !== 0) cpu.dropCode(pfn);
        return pfn * PAGE_SIZE + (va & PAGE_MASK);
      }
    }
    const result = space.fault(va, ACCESS_WRITE);
    if (result !== FAULT_OK) {
      space.lastFault = result;
      return -1;
    }
  }
}

function bad(space: AddressSpace): number {
  space.lastFault = FAULT_MAPERR;
  return -1;
}

/** Below this many bytes a loop beats TypedArray.set, which allocates a view. */
const SMALL = 64;

function copyBytes(
  to: Uint8Array,
  toAt: number,
  from: Uint8Array,
  fromAt: number,
  length: number,
): void {
  if (length <= SMALL) {
    for (let index = 0; index < length; index++) to[toAt + index] = from[fromAt + index]!;
  } else if (to === from) {
    to.copyWithin(toAt, fromAt, fromAt + length);
  } else {
    to.set(from.subarray(fromAt, fromAt + length), toAt);
  }
}

/** Copies to user memory; returns the bytes done. */
export function copyOut(
  space: AddressSpace,
  va: number,
  from: Uint8Array,
  offset: number,
  length: number,
): number {
  const ram = space.mm.cpu.ram.u8;
  let done = 0;
  while (done < length) {
    const at = writeAt(space, va + done);
    if (at < 0) break;
    const count = Math.min(length - done, PAGE_SIZE - (at & PAGE_MASK));
    copyBytes(ram, at, from, offset + done, count);
    done += count;
  }
  return done;
}

/** Copies from user memory; returns the bytes done. */
export function copyIn(
  space: AddressSpace,
  va: number,
  into: Uint8Array,
  offset: number,
  length: number,
): number {
  const ram = space.mm.cpu.ram.u8;
  let done = 0;
  while (done < length) {
    const at = readAt(space, va + done);
    if (at < 0) break;
    const count = Math.min(length - done, PAGE_SIZE - (at & PAGE_MASK));
    copyBytes(into, offset + done, ram, at, count);
    done += count;
  }
  return done;
}

/** Makes user memory zero; returns the bytes done. */
export function clearUser(space: AddressSpace, va: number, length: number): number {
  let done = 0;
  while (done < length) {
    const at = writeAt(space, va + done);
    if (at < 0) break;
    const count = Math.min(length - done, PAGE_SIZE - (at & PAGE_MASK));
    space.mm.cpu.ram.u8.fill(0, at, at + count);
    done += count;
  }
  return done;
}

/** Makes sure that user memory can be read, or written, now. False: `space.lastFault` says why not. */
export function prefault(
  space: AddressSpace,
  va: number,
  length: number,
  forWriting: boolean,
): boolean {
  for (let at = va; at < va + length; at = at - (at & PAGE_MASK) + PAGE_SIZE) {
    if ((forWriting ? writeAt(space, at) : readAt(space, at)) < 0) return false;
  }
  return true;
}

/** The byte at `va`, or −EFAULT. */
export function load8(space: AddressSpace, va: number): number {
  const at = readAt(space, va);
  return at < 0 ? -EFAULT : space.mm.cpu.ram.u8[at]!;
}

/** The unsigned 16 bits at `va`, or −EFAULT. */
export function load16(space: AddressSpace, va: number): number {
  const low = load8(space, va);
  if (low < 0) return low;
  const high = load8(space, va + 1);
  return high < 0 ? high : low | (high << 8);
}

/** The unsigned 32 bits at `va`, or −EFAULT. */
export function load32(space: AddressSpace, va: number): number {
  if ((va & 3) === 0) {
    const at = readAt(space, va);
    return at < 0 ? -EFAULT : space.mm.cpu.ram.u32[at >>> 2]!;
  }
  const low = load16(space, va);
  if (low < 0) return low;
  const high = load16(space, va + 2);
  return high < 0 ? high : low + high * 0x10000;
}

/** The unsigned 64 bits at `va` as a number, exact below 2^53; −EFAULT. */
export function load64(space: AddressSpace, va: number): number {
  const low = load32(space, va);
  if (low < 0) return low;
  const high = load32(space, va + 4);
  return high < 0 ? high : low + high * 2 ** 32;
}

const scratch = new Uint8Array(8);

function storeScratch(space: AddressSpace, va: number, length: number): number {
  return copyOut(space, va, scratch, 0, length) === length ? 0 : -EFAULT;
}

/** Stores the low 8 bits; 0 or −EFAULT. */
export function store8(space: AddressSpace, va: number, value: number): number {
  const at = writeAt(space, va);
  if (at < 0) return -EFAULT;
  space.mm.cpu.ram.u8[at] = value;
  return 0;
}

/** Stores the low 16 bits; 0 or −EFAULT. */
export function store16(space: AddressSpace, va: number, value: number): number {
  scratch[0] = value;
  scratch[1] = value >>> 8;
  return storeScratch(space, va, 2);
}

/** Stores 32 bits; 0 or −EFAULT. */
export function store32(space: AddressSpace, va: number, value: number): number {
  if ((va & 3) === 0) {
    const at = writeAt(space, va);
    if (at < 0) return -EFAULT;
    space.mm.cpu.ram.u32[at >>> 2] = value;
    return 0;
  }
  putWord(0, value);
  return storeScratch(space, va, 4);
}

/** Stores two words, the low one first; 0 or −EFAULT. */
export function store64(space: AddressSpace, va: number, low: number, high: number): number {
  putWord(0, low);
  putWord(4, high);
  return storeScratch(space, va, 8);
}

function putWord(at: number, value: number): void {
  scratch[at] = value;
  scratch[at + 1] = value >>> 8;
  scratch[at + 2] = value >>> 16;
  scratch[at + 3] = value >>> 24;
}

/**
 * The bytes up to a NUL as a byte string (one character a byte), at most `max` with the NUL; −EFAULT, or −ENAMETOOLONG
 * when there is no NUL among them.
 */
export function copyInString(space: AddressSpace, va: number, max: number): string | number {
  const ram = space.mm.cpu.ram.u8;
  let text = "";
  let left = max;
  let at = va;
  while (left > 0) {
    const from = readAt(space, at);
    if (from < 0) return -EFAULT;
    const count = Math.min(left, PAGE_SIZE - (from & PAGE_MASK));
    for (let index = from; index < from + count; index++) {
      const byte = ram[index]!;
      if (byte === 0) return text;
      text += String.fromCharCode(byte);
    }
    at += count;
    left -= count;
  }
  return -ENAMETOOLONG;
}

/** The ranges of an iovec, walked from front to back. Most calls have one, so one needs no array. */
abstract class UserRanges {
  readonly space: AddressSpace;
  remaining: number;
  /** What is left of the range in turn. */
  #va: number;
  #left: number;
  /** The ranges behind it, address and length by turns; `#next` is the index of the first. */
  #later: number[] | undefined;
  #next = 0;

  constructor(space: AddressSpace, va: number, length: number) {
    this.space = space;
    this.#va = va;
    this.#left = length;
    this.remaining = length;
  }

  /** Adds a range at the end. */
  add(va: number, length: number): void {
    this.#later ??= [];
    this.#later.push(va, length);
    this.remaining += length;
  }

  /** Copies `count` bytes between `va` and `bytes[at…]`; returns how many it did. */
  protected abstract copy(va: number, bytes: Uint8Array, at: number, count: number): number;

  /** Copies between the next `length` bytes of the ranges and `bytes[offset…]`. */
  protected walk(bytes: Uint8Array, offset: number, length: number): number {
    let moved = 0;
    while (moved < length) {
      if (this.#left === 0) {
        if (!this.#advance()) break;
        continue;
      }
      const count = Math.min(this.#left, length - moved);
      const did = this.copy(this.#va, bytes, offset + moved, count);
      moved += did;
      this.remaining -= did;
      this.#va += did;
      this.#left -= did;
      if (did < count) break;
    }
    return moved;
  }

  /** Whether `test` holds for each range that is left. */
  protected every(test: (va: number, length: number) => boolean): boolean {
    if (this.#left > 0 && !test(this.#va, this.#left)) return false;
    const later = this.#later ?? [];
    for (let at = this.#next; at < later.length; at += 2) {
      if (!test(later[at] ?? 0, later[at + 1] ?? 0)) return false;
    }
    return true;
  }

  #advance(): boolean {
    const va = this.#later?.[this.#next];
    if (va === undefined) return false;
    this.#va = va;
    this.#left = this.#later?.[this.#next + 1] ?? 0;
    this.#next += 2;
    return true;
  }
}

/** User memory to be filled: what read(2) hands to a file. */
export class UserSink extends UserRanges implements ByteSink {
  put(from: Uint8Array, offset: number, length: number): number {
    return this.walk(from, offset, length);
  }

  protected override copy(va: number, bytes: Uint8Array, at: number, count: number): number {
    return copyOut(this.space, va, bytes, at, count);
  }
}

/** User memory to be read: what write(2) hands to a file. */
export class UserSource extends UserRanges implements ByteSource {
  take(into: Uint8Array, offset: number, length: number): number {
    return this.walk(into, offset, length);
  }

  /** Makes sure that all of it can be taken now; false when not. */
  prefault(): boolean {
    return this.every((va, length) => prefault(this.space, va, length, false));
  }

  protected override copy(va: number, bytes: Uint8Array, at: number, count: number): number {
    return copyIn(this.space, va, bytes, at, count);
  }
}
