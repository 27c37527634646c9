// swapoff(2): every page that is swapped out comes back, so that the area can be given up. The area takes no more pages
// while this goes on; a step that must wait stops short (stall.ts) and the call begins anew, finding less to do.

import { PAGE_SIZE } from "../../abi/sv39.ts";
import type { AddressSpace } from "../address-space.ts";
import { FAULT_OK } from "../fault-result.ts";
import type { MemoryManager } from "../memory-manager.ts";
import { PTE_PRESENT } from "../page-entry.ts";
import { handleSwapIn } from "../fault.ts";

/** Brings everything back. False: it must wait (`mm.stall`), or there is no memory for it. */
export function emptySwap(mm: MemoryManager): boolean {
  for (const space of mm.spaces.values()) if (!emptySpace(space)) return false;
  for (const object of mm.objects.values()) {
    const pages = [...object.cachedPages()];
    for (const [index, entry] of pages) {
      // A page that the store has lost stays lost.
      if (entry >= 0 || mm.swap.area.isLost(~entry)) continue;
      if (object.bringBack(index) < 0) return false;
    }
  }
  // Frames give up the slots that they keep.
  const isOver = mm.swap.releaseKept();
  if (isOver) mm.swap.writer.removeDead();
  return isOver;
}

function emptySpace(space: AddressSpace): boolean {
  const { mm, table } = space;
  const words = mm.cpu.ram.u32;
  for (const vma of space.vmas()) {
    const beyond = vma.end / PAGE_SIZE;
    let vpn = table.nextTable(vma.start / PAGE_SIZE, beyond);
    for (; vpn < beyond && table.swapped > 0; vpn = table.nextTable(vpn + 1, beyond)) {
      const entry = words[table.find(vpn)] ?? 0;
      if (entry === 0 || (entry & PTE_PRESENT) !== 0) continue;
      if (mm.swap.area.isLost(entry >>> 10)) continue;
      if (handleSwapIn(space, vma, vpn * PAGE_SIZE) !== FAULT_OK) return false;
    }
  }
  return true;
}
