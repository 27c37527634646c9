// One page leaves RAM, or does not:
//
//   a page of a file         its bytes are in the image: the frame is free at once
//   a page that is stored    clean since it was read or written: the frame is free at once
//   a page of zeros          gets a slot that says so: no write, the frame is free at once
//   any other                gets a slot and goes into the next cluster; the frame is free when that is stored
//
// Every mapping is found by the reverse map. A private page's entries name the slot from now on; shared memory's object
// does, and its mappings' entries become empty. The `!` after reads: PFNs below the frame count, links from the reverse
// map, words inside RAM.

import { PAGE_SIZE, PTE_A, PTE_D } from "../../abi/sv39.ts";
import { EV_EVICT } from "../../api/events.ts";
import { FRAME_ANON, FRAME_FILE, FRAME_SHMEM, FRAME_SWAP_CACHE } from "../../api/frames.ts";
import { AHEAD, CHANGED, WANTED } from "../frames.ts";
import type { MemoryManager } from "../memory-manager.ts";
import { swapEntry } from "../page-entry.ts";
import { flushPage } from "../unmap.ts";
import { VM_LOCKED } from "../vma.ts";

/** The page stays. */
export const STAYS = 0;
/** The page is gone, but its frame is free only when its bytes are stored. */
export const LEAVING = 1;
/** Its frame is free. */
export const FREED = 2;
/** It could go, but as much as may be is on its way already. */
export const BUSY = 3;
export type Eviction = 0 | 1 | 2 | 3;

/** Whether some mapping used the frame since the last call; clears the accessed bits. */
export function harvestAccess(mm: MemoryManager, pfn: number): boolean {
  const { reverse, cpu } = mm;
  let used = false;
  for (let link = reverse.head[pfn]!; link !== 0; link = reverse.next[link]!) {
    const word = (reverse.tableOf(link) << 10) | ((link & 511) << 1);
    if ((cpu.ram.u32[word]! & PTE_A) === 0) continue;
    cpu.ram.u32[word]! &= ~PTE_A;
    flushLink(mm, link);
    used = true;
  }
  return used;
}

function flushLink(mm: MemoryManager, link: number): void {
  const { frames, reverse, spaces } = mm;
  const table = reverse.tableOf(link);
  const space = spaces.get(frames.ownerId[table]!);
  const page = frames.ownerIndex[table]! + (link & 511);
  if (space !== undefined) flushPage(space, page * PAGE_SIZE);
}

/** Evicts the page in a reclaimable frame, if it can go. */
export function evict(mm: MemoryManager, pfn: number): Eviction {
  const { frames } = mm;
  const kind = frames.kind[pfn]!;
  // Of file and shared pages the object has a reference, of the swap cache's the cache.
  const owned = kind === FRAME_ANON ? 0 : 1;
  if (frames.refcount[pfn]! - frames.mapcount[pfn]! !== owned) return STAYS;
  if (mm.hasLocks && isLocked(mm, pfn)) return STAYS;
  if (kind === FRAME_FILE) return dropFilePage(mm, pfn);
  return swapPage(mm, pfn, kind);
}

/** Whether mlock(2) keeps the page in RAM. */
function isLocked(mm: MemoryManager, pfn: number): boolean {
  return mm
    .mappersOf(pfn)
    .some(({ space, address }) => ((space.find(address)?.flags ?? 0) & VM_LOCKED) !== 0);
}

function dropFilePage(mm: MemoryManager, pfn: number): Eviction {
  const { frames } = mm;
  if (frames.byKind[FRAME_FILE]! <= mm.reclaim.keptFilePages) return STAYS;
  if (mm.events.on) record(mm, pfn, -1);
  unmapEverywhere(mm, pfn);
  mm.objects.get(frames.ownerId[pfn]!)?.evict(frames.ownerIndex[pfn]!);
  return FREED;
}

function swapPage(mm: MemoryManager, pfn: number, kind: number): Eviction {
  const { frames, swap } = mm;
  const { area, writer } = swap;
  // Clean pages too: swapoff(2) would have to bring them back, each in the place of another, and never come to its end.
  if (!swap.on) return STAYS;
  const known = frames.slot[pfn]!;
  const isClean = known >= 0 && area.isStored(known) && !isChanged(mm, pfn);
  if (!isClean && known < 0 && swap.isFull()) return STAYS;
  const isZero = !isClean && isAllZeros(mm, pfn);
  if (!isClean && !isZero && !writer.hasRoom) return writer.resting ? STAYS : BUSY;
  const slot = known >= 0 ? known : swap.allocate();
  if (slot < 0) return STAYS;
  if (mm.events.on) record(mm, pfn, slot);
  if (known < 0) swap.attach(pfn, slot);
  // Until the end one reference more than the mappings': the transfer's, or this function's.
  if (kind === FRAME_ANON) frames.get(pfn);
  leaveMappings(mm, pfn, kind, slot);
  frames.setKind(pfn, FRAME_SWAP_CACHE);
  frames.flags[pfn]! &= ~(CHANGED | WANTED | AHEAD);
  mm.lru.remove(pfn);
  if (isClean || isZero) {
    if (isZero) {
      area.storeZeros(slot);
      swap.zerosOut++;
    }
    swap.detach(pfn);
    frames.put(pfn);
    return FREED;
  }
  writer.add(pfn, slot);
  return LEAVING;
}

/** Takes the page out of every mapping; what named the frame names the slot. */
function leaveMappings(mm: MemoryManager, pfn: number, kind: number, slot: number): void {
  if (kind === FRAME_SHMEM) {
    const { ownerId, ownerIndex } = mm.frames;
    const object = mm.objects.get(ownerId[pfn]!);
    unmapEverywhere(mm, pfn);
    // The object's reference to the frame is the transfer's now, and its entry names the slot.
    object?.swappedOut(ownerIndex[pfn]!, slot);
    mm.swap.retain(slot);
  } else if (kind === FRAME_ANON) {
    const { reverse, spaces, frames } = mm;
    for (let link = reverse.head[pfn]!; link !== 0; link = reverse.head[pfn]!) {
      flushLink(mm, link);
      const table = reverse.tableOf(link);
      mm.swap.retain(slot);
      spaces
        .get(frames.ownerId[table]!)
        ?.table.swapOut((table << 10) | ((link & 511) << 1), swapEntry(slot));
    }
  }
}

function unmapEverywhere(mm: MemoryManager, pfn: number): void {
  const { frames, reverse, spaces } = mm;
  for (let link = reverse.head[pfn]!; link !== 0; link = reverse.head[pfn]!) {
    flushLink(mm, link);
    const table = reverse.tableOf(link);
    // A fault may hold the word of an entry in this table, so that it stays even if it is empty now.
    spaces.get(frames.ownerId[table]!)?.table.clear((table << 10) | ((link & 511) << 1));
  }
}

/** Whether somebody wrote to the page since it was stored. */
function isChanged(mm: MemoryManager, pfn: number): boolean {
  const { reverse, cpu, frames } = mm;
  if ((frames.flags[pfn]! & CHANGED) !== 0) return true;
  for (let link = reverse.head[pfn]!; link !== 0; link = reverse.next[link]!) {
    const word = (reverse.tableOf(link) << 10) | ((link & 511) << 1);
    if ((cpu.ram.u32[word]! & PTE_D) !== 0) return true;
  }
  return false;
}

function isAllZeros(mm: MemoryManager, pfn: number): boolean {
  const words = mm.cpu.ram.u32;
  const end = (pfn + 1) << 10;
  for (let at = pfn << 10; at < end; at++) if (words[at] !== 0) return false;
  return true;
}

function record(mm: MemoryManager, pfn: number, slot: number): void {
  const { reverse, frames, spaces, events } = mm;
  const link = reverse.head[pfn]!;
  const table = reverse.tableOf(link);
  const space = link === 0 ? undefined : spaces.get(frames.ownerId[table]!);
  const address = space === undefined ? -1 : (frames.ownerIndex[table]! + (link & 511)) * PAGE_SIZE;
  events.emit(EV_EVICT, space?.pid ?? 0, pfn, slot, address);
}
