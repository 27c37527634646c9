// Stack growth: a fault below a VM_GROWSDOWN area extends it, up to the stack limit and not closer than the guard gap
// to what lies below (Linux mm/mmap.c expand_downwards).

import { PAGE_SIZE } from "../abi/sv39.ts";
import type { AddressSpace } from "./address-space.ts";
import { MMAP_MIN_ADDR, STACK_GUARD_GAP } from "./layout.ts";
import { mayGrow } from "./map.ts";
import type { Vma } from "./vma.ts";

/** The area that holds `va` after growing; undefined when there is no stack above or it may not grow so far. */
export function growStack(space: AddressSpace, va: number): Vma | undefined {
  const { areas } = space;
  const index = areas.indexAfter(va);
  const vma = areas.list[index];
  if (vma === undefined || !vma.growsDown) return undefined;
  const start = va - (va % PAGE_SIZE);
  if (start < MMAP_MIN_ADDR || vma.end - start > space.limits.stack) return undefined;
  if (!mayGrow(space, vma.start - start)) return undefined;
  const below = areas.list[index - 1];
  // An area without any rights is a guard of its own and may come closer.
  const gap = below === undefined || below.growsDown || below.prot === 0 ? 0 : STACK_GUARD_GAP;
  if (below !== undefined && start - below.end < gap) return undefined;
  space.generation++;
  areas.growDown(vma, start);
  return vma;
}
