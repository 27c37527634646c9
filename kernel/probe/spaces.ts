// Address spaces as panels and tests see them: areas, pages that have a frame, and the walk of one address.

import { PAGE_SIZE } from "../abi/sv39.ts";
import type { PageInfo, PageWalk, SpaceInfo, SwappedPage, VmaInfo } from "../api/snapshot.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { PTE_PRESENT } from "../mm/page-entry.ts";
import { vmaLabel, vmaOffset, vmaPermissions } from "../mm/vma.ts";
import type { Kernel } from "../proc/kernel.ts";
import { frameKind } from "./frames.ts";
import { eachSwapped } from "./swap.ts";

/** What process `pid` maps; null when there is no such process or it has no memory (init, zombies). */
export function spaceInfo(k: Kernel, pid: number): SpaceInfo | null {
  const space = k.processes.process(pid)?.space;
  return space === undefined
    ? null
    : { pid, vmas: areasOf(space), pages: pagesOf(k, space), swapped: swappedOf(space) };
}

function areasOf(space: AddressSpace): VmaInfo[] {
  return space.vmas().map((vma) => ({
    start: vma.start,
    end: vma.end,
    permissions: vmaPermissions(vma),
    offset: vmaOffset(vma),
    name: vmaLabel(space, vma),
  }));
}

function swappedOf(space: AddressSpace): SwappedPage[] {
  const swapped: SwappedPage[] = [];
  eachSwapped(space, (address, slot) => swapped.push({ address, slot }));
  return swapped;
}

/** Entries of a page table, and pages that a table of the lowest level covers. */
const TABLE_BYTES = 512 * PAGE_SIZE;

function pagesOf(k: Kernel, space: AddressSpace): PageInfo[] {
  const pages: PageInfo[] = [];
  const { mapcount } = k.mm.frames;
  for (const vma of space.vmas()) {
    for (let address = vma.start; address < vma.end; address += PAGE_SIZE) {
      const entry = space.pageEntry(address);
      if ((entry & PTE_PRESENT) !== 0) {
        const pfn = entry >>> 10;
        pages.push({
          address,
          pfn,
          kind: frameKind(k, pfn),
          bits: entry & 0x3ff,
          mappings: mapcount[pfn] ?? 0,
        });
      } else if (
        address % TABLE_BYTES === 0 &&
        vma.end - address > TABLE_BYTES &&
        !hasTable(k, space, address)
      ) {
        // Two MiB without a table: nothing to find there.
        address += TABLE_BYTES - PAGE_SIZE;
      }
    }
  }
  return pages;
}

function hasTable(k: Kernel, space: AddressSpace, address: number): boolean {
  return k.cpu.walk(space.root, address).levels.length === 3;
}

/** The walk of `address` in the tables of `pid`, as far as it goes; null without such tables. */
export function pageWalk(k: Kernel, pid: number, address: number): PageWalk | null {
  const space = k.processes.process(pid)?.space;
  if (space === undefined) return null;
  const { levels, pfn } = k.cpu.walk(space.root, address);
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");
  return {
    address,
    levels: levels.map(({ level, tablePfn, index, pteLo, pteHi }) => ({
      level,
      table: tablePfn,
      index,
      entry: hex(pteHi) + hex(pteLo),
    })),
    pfn: pfn ?? -1,
  };
}
