// A tracer's access to the memory of its tracee: it may read and write what the tracee itself may not (FOLL_FORCE in
// Linux's mm/gup.c), which is how a breakpoint gets into code. A page that others share is never written so.

import { copyIn, copyOut } from "../../mm/user-copy.ts";
import { PROT_READ, PROT_WRITE } from "../../abi/mman.ts";
import { PAGE_MASK, PAGE_SIZE } from "../../abi/sv39.ts";
import type { AddressSpace } from "../../mm/address-space.ts";

/** Reads into `bytes`; returns how many. */
export function peek(space: AddressSpace, address: number, bytes: Uint8Array): number {
  return forced(space, address, bytes.length, PROT_READ, (at, from, count) =>
    copyIn(space, at, bytes, from, count),
  );
}

/** Writes `bytes`; returns how many. */
export function poke(space: AddressSpace, address: number, bytes: Uint8Array): number {
  return forced(space, address, bytes.length, PROT_READ | PROT_WRITE, (at, from, count) =>
    copyOut(space, at, bytes, from, count),
  );
}

function forced(
  space: AddressSpace,
  address: number,
  length: number,
  rights: number,
  copy: (at: number, from: number, count: number) => number,
): number {
  let done = 0;
  while (done < length) {
    const at = address + done;
    const page = at - (at % PAGE_SIZE);
    const count = Math.min(length - done, PAGE_SIZE - (at & PAGE_MASK));
    const vma = space.areas.find(at);
    if (vma === undefined) break;
    const { prot, shared } = vma;
    const lacks = (rights & ~prot) !== 0;
    if (lacks && shared && (rights & PROT_WRITE) !== 0) break;
    // What the page may be is as it was before anybody else runs.
    if (lacks && space.protect(page, PAGE_SIZE, prot | rights) < 0) break;
    const moved = copy(at, done, count);
    if (lacks) space.protect(page, PAGE_SIZE, prot);
    done += moved;
    if (moved < count) break;
  }
  return done;
}
