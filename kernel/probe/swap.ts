// The swap area as panels and tests see it (kernel/api/snapshot.ts): read from the slots and the page tables themselves.

import { PAGE_SIZE } from "../abi/sv39.ts";
import { SLOT_FREE, type SlotDetail, type SwapGrid, type SwapStatus } from "../api/snapshot.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { PTE_PRESENT } from "../mm/page-entry.ts";
import { LEAF_SPAN } from "../mm/page-table.ts";
import type { Kernel } from "../proc/kernel.ts";
import { pidsBySpace } from "./frames.ts";

const MOST_PIDS = 0xffff;

export function swapStatus(k: Kernel): SwapStatus {
  return { ...k.mm.swap.status(), policy: k.mm.lru.name };
}

/** Calls `visit` for every private page of the space that is swapped out. */
export function eachSwapped(
  space: AddressSpace,
  visit: (address: number, slot: number) => void,
): void {
  const { table, mm } = space;
  const words = mm.cpu.ram.u32;
  let left = table.swapped;
  for (const vma of space.vmas()) {
    const beyond = vma.end / PAGE_SIZE;
    let vpn = table.nextTable(vma.start / PAGE_SIZE, beyond);
    while (left > 0 && vpn < beyond) {
      const leaf = table.leafTable(vpn);
      const end = Math.min(beyond, (vpn | (LEAF_SPAN - 1)) + 1);
      for (; vpn < end; vpn++) {
        const entry = words[(leaf << 10) | ((vpn & 511) << 1)] ?? 0;
        if (entry === 0 || (entry & PTE_PRESENT) !== 0) continue;
        visit(vpn * PAGE_SIZE, entry >>> 10);
        left--;
      }
      vpn = table.nextTable(vpn, beyond);
    }
  }
}

export function swapGrid(k: Kernel): SwapGrid {
  const { area } = k.mm.swap;
  const state = new Uint8Array(area.size);
  const references = new Uint8Array(area.size);
  const owner = new Uint16Array(area.size);
  for (let slot = 0; slot < area.size; slot++) {
    state[slot] = area.stateOf(slot);
    references[slot] = Math.min(area.count[slot] ?? 0, 255);
  }
  for (const [space, [pid = 0]] of pidsBySpace(k)) {
    eachSwapped(space, (_address, slot) => {
      owner[slot] = Math.min(pid, MOST_PIDS);
    });
  }
  return { state, references, owner };
}

/** What memory objects name the slot: the first of them. */
function ownerOf(k: Kernel, slot: number): string {
  for (const object of k.mm.objects.values()) {
    for (const [, entry] of object.cachedPages()) if (entry === ~slot) return object.name;
  }
  return "";
}

/** One slot. A number that is no slot's gives a free one. */
export function slotDetail(k: Kernel, slot: number): SlotDetail {
  const { area } = k.mm.swap;
  const nothing = {
    slot,
    state: SLOT_FREE,
    references: 0,
    cluster: -1,
    place: -1,
    frame: -1,
    holders: [],
    owner: "",
  };
  if (!Number.isInteger(slot) || slot < 0 || slot >= area.size) return nothing;
  const cluster = area.clusterOf(slot);
  const holders: { pid: number; address: number }[] = [];
  for (const [space, pids] of pidsBySpace(k)) {
    eachSwapped(space, (address, named) => {
      if (named === slot) for (const pid of pids) holders.push({ pid, address });
    });
  }
  return {
    slot,
    state: area.stateOf(slot),
    references: area.count[slot] ?? 0,
    cluster: cluster?.key ?? -1,
    place: cluster === undefined ? -1 : area.placeOf(slot),
    frame: area.frame[slot] ?? -1,
    holders: holders.toSorted((a, b) => a.pid - b.pid || a.address - b.address),
    owner: holders.length > 0 ? "" : ownerOf(k, slot),
  };
}
