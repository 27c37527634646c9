// An address space as /proc shows it (kernel/fs/process-view.ts): computed when asked, from the VMAs and the page tables.

import { PROT_EXEC, PROT_WRITE } from "../abi/mman.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { FRAME_ANON } from "../api/frames.ts";
import type { WalkLevel } from "../cpu/types.ts";
import { inodeOfObject } from "../fs/object-inodes.ts";
import type { MemoryView, PageView, VmaView } from "../fs/process-view.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { limitCommand, limitText } from "../mm/reclaim/frame-limit.ts";
import { PTE_PRESENT } from "../mm/page-entry.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import { copyIn } from "../mm/user-copy.ts";
import { type Vma, VM_LOCKED, vmaLabel, vmaOffset } from "../mm/vma.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";

export function memoryView(k: Kernel, process: Process, space: AddressSpace): MemoryView {
  const total = (wanted: (vma: Vma) => boolean): number =>
    space.vmas().reduce((sum, vma) => (wanted(vma) ? sum + vma.end - vma.start : sum), 0);
  const isStack = (vma: Vma): boolean => vma.growsDown;
  const isCode = (vma: Vma): boolean => (vma.prot & PROT_EXEC) !== 0;
  const resident = space.rss * PAGE_SIZE;
  return {
    *vmas() {
      for (const vma of space.vmas()) yield vmaView(space, vma);
    },
    page: (address) => pageView(k, space, address),
    walk: (address): readonly WalkLevel[] => k.cpu.walk(space.root, address).levels,
    size: space.pages * PAGE_SIZE,
    peakSize: space.pages * PAGE_SIZE,
    anonymous: space.rssAnon * PAGE_SIZE,
    file: space.rssFile * PAGE_SIZE,
    shared: space.rssShmem * PAGE_SIZE,
    peakResident: resident,
    swapped: space.swapped * PAGE_SIZE,
    locked: total((vma) => (vma.flags & VM_LOCKED) !== 0),
    pageTables: space.pageTables * PAGE_SIZE,
    data: total((vma) => (vma.prot & PROT_WRITE) !== 0 && !vma.shared && !isStack(vma)),
    stack: total(isStack),
    code: total((vma) => isCode(vma) && vma.start < space.startBrk),
    library: total((vma) => isCode(vma) && vma.start >= space.startBrk),
    ...process.layout,
    startBreak: space.startBrk,
    startStack: space.startStack,
    read: (address, into) => {
      k.mm.stall = null;
      const done = copyIn(space, address, into, 0, into.length);
      return done < into.length && k.mm.stall !== null ? MUST_WAIT : done;
    },
    frameLimit: () => limitText(space),
    limitFrames: (line) => limitCommand(space, line),
  };
}

function vmaView(space: AddressSpace, vma: Vma): VmaView {
  const inode = vma.object === null ? undefined : inodeOfObject(vma.object);
  return {
    start: vma.start,
    end: vma.end,
    prot: vma.prot,
    shared: vma.shared,
    offset: vmaOffset(vma),
    dev: inode?.fileSystem.dev ?? 0,
    ino: inode?.ino ?? 0,
    name: vmaLabel(space, vma),
  };
}

function pageView(k: Kernel, space: AddressSpace, address: number): PageView | undefined {
  const entry = space.pageEntry(address);
  const pfn = entry >>> 10;
  if ((entry & PTE_PRESENT) === 0) {
    if (entry === 0) return sharedPageView(space, address);
    const exclusive = k.mm.swap.area.count[pfn] === 1;
    return { present: false, swapped: true, shared: false, softDirty: false, exclusive, pfn };
  }
  const { frames } = k.mm;
  return {
    present: true,
    swapped: false,
    shared: frames.kind[pfn] !== FRAME_ANON,
    softDirty: false,
    exclusive: frames.mapcount[pfn] === 1,
    pfn,
  };
}

/** A page of shared memory that no entry of this space names: its object may have it in swap (as Linux's pagemap says). */
function sharedPageView(space: AddressSpace, address: number): PageView | undefined {
  const vma = space.find(address);
  if (vma === undefined || vma.object === null || !vma.shared) return undefined;
  const slot = vma.object.slotOf(vma.indexOf(address));
  if (slot < 0) return undefined;
  return {
    present: false,
    swapped: true,
    shared: true,
    softDirty: false,
    exclusive: false,
    pfn: slot,
  };
}
