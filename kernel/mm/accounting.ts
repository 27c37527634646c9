// Does the arithmetic of memory add up? Rebuilds every count from the page tables, the objects and the frame kinds and
// compares: free + page tables + buffers + vDSO + distinct anonymous, file, shared and swap-cache frames = RAM, each
// frame's references and mappings are those found, the reverse map names exactly the PTEs that exist, and each swap slot
// is named as often as it says. Slow; for tests.

import { PTE_V } from "../abi/sv39.ts";
import {
  FRAME_ANON,
  FRAME_BUFFER,
  FRAME_FILE,
  FRAME_FREE,
  FRAME_PAGE_TABLE,
  FRAME_SHMEM,
  FRAME_SWAP_CACHE,
  frameKindNames,
} from "../api/frames.ts";
import { panic } from "../lib/panic.ts";
import type { AddressSpace } from "./address-space.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { IN_TRANSFER, READING, WRITING } from "./frames.ts";
import { PTE_LEAF, PTE_PRESENT } from "./page-entry.ts";

/** Panics with the first difference. */
export function checkAccounting(mm: MemoryManager): void {
  const { frames } = mm;
  const found = {
    references: new Int32Array(frames.count),
    /** Mappings of each frame as "space:page" names. */
    mappings: new Map<number, string[]>(),
    /** Entries that name each swap slot. */
    slots: new Int32Array(mm.swap.area.size),
  };
  for (const space of mm.spaces.values()) walkSpace(mm, space, found);
  for (const object of mm.objects.values()) {
    for (const [index, entry] of object.cachedPages()) {
      if (entry < 0) {
        found.slots[~entry] = (found.slots[~entry] ?? 0) + 1;
        continue;
      }
      const pfn = entry;
      found.references[pfn] = (found.references[pfn] ?? 0) + 1;
      expect(frames.kind[pfn], object.frameKind, "kind of a cached frame", pfn);
      expect(frames.ownerId[pfn], object.id, "owner of a cached frame", pfn);
      expect(frames.ownerIndex[pfn], index, "index of a cached frame", pfn);
    }
    for (const vma of object.mappers()) {
      if (!vma.space.areas.list.includes(vma)) panic("an object knows a dead area", object.id);
    }
  }
  checkSlots(mm, found);
  const byKind = new Int32Array(frameKindNames.length);
  for (let pfn = 0; pfn < frames.count; pfn++) {
    const kind = frames.kind[pfn] ?? 0;
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    const mappings = found.mappings.get(pfn) ?? [];
    expect(frames.mapcount[pfn], mappings.length, "mapcount", pfn);
    if ((frames.flags[pfn]! & IN_TRANSFER) !== 0 || kind === FRAME_SWAP_CACHE) {
      found.references[pfn] = (found.references[pfn] ?? 0) + 1;
    }
    if (kind === FRAME_BUFFER) {
      if ((frames.refcount[pfn] ?? 0) < 1) panic("a buffer without references", pfn);
    } else {
      expect(frames.refcount[pfn], found.references[pfn], `refcount (${kindName(kind)})`, pfn);
    }
    if (kind === FRAME_FREE) expect(frames.refcount[pfn], 0, "refcount of a free frame", pfn);
    const named = mm.mappersOf(pfn).map((m) => `${m.space.id}:${m.address / 4096}`);
    expect(named.toSorted().join(), mappings.toSorted().join(), "reverse map", pfn);
  }
  for (let kind = 0; kind < byKind.length; kind++) {
    expect(frames.byKind[kind], byKind[kind], `frames of kind ${kindName(kind)}`, kind);
  }
}

interface Found {
  readonly references: Int32Array;
  readonly mappings: Map<number, string[]>;
  readonly slots: Int32Array;
}

function checkSlots(mm: MemoryManager, found: Found): void {
  const { frames, swap, lru } = mm;
  const { area } = swap;
  let used = 0;
  for (let slot = 0; slot < area.size; slot++) {
    expect(area.count[slot], found.slots[slot], "references of a swap slot", slot);
    const pfn = area.frame[slot] ?? -1;
    if (pfn >= 0) expect(frames.slot[pfn], slot, "slot of a cached frame", pfn);
    const named = (area.count[slot] ?? 0) > 0;
    if (named || pfn >= 0) used++;
    if (named && pfn < 0 && !area.isStored(slot) && !area.isLost(slot)) {
      panic("a page is neither in RAM nor in the store", slot);
    }
    const cluster = area.clusterOf(slot);
    if (cluster !== undefined) {
      expect(cluster.slots[area.placeOf(slot)], slot, "slot at a place of a cluster", cluster.key);
    }
  }
  expect(area.used, used, "used swap slots", -1);
  for (const cluster of area.clusters.values()) {
    const live = cluster.slots.filter((slot) => slot >= 0).length;
    expect(cluster.live, live, "live pages of a cluster", cluster.key);
  }
  checkPolicies(mm);
  const reclaimable: number[] = [FRAME_ANON, FRAME_FILE, FRAME_SHMEM, FRAME_SWAP_CACHE];
  for (let pfn = 0; pfn < frames.count; pfn++) {
    const slot = frames.slot[pfn]!;
    if (slot >= 0) expect(area.frame[slot], pfn, "frame of a slot", slot);
    const isReclaimable =
      reclaimable.includes(frames.kind[pfn]!) && (frames.flags[pfn]! & IN_TRANSFER) === 0;
    // A frame in a transfer may be in a policy or not.
    if ((frames.flags[pfn]! & IN_TRANSFER) === 0) {
      expect(lru.has(pfn), isReclaimable, "presence in a reclaim policy", pfn);
    }
  }
}

/** Each reclaimable frame is in the list of its policy, once, and what is in a transfer is counted there. */
function checkPolicies({ lru, frames, swap }: MemoryManager): void {
  let listed = 0;
  for (const [index, policy] of lru.policies.entries()) {
    const pages = policy === undefined ? [] : [...policy.inOrder()];
    for (const pfn of pages) expect(lru.policyOf(pfn), index, "policy of a frame", pfn);
    expect(policy?.count ?? 0, pages.length, "frames of a policy", index);
    listed += pages.length;
  }
  let known = 0;
  let writing = 0;
  let reading = 0;
  for (let pfn = 0; pfn < frames.count; pfn++) {
    if (lru.has(pfn)) known++;
    if ((frames.flags[pfn]! & WRITING) !== 0) writing++;
    if ((frames.flags[pfn]! & READING) !== 0) reading++;
  }
  expect(listed, known, "frames in policies", -1);
  expect(swap.writer.pages, writing, "pages on their way out", -1);
  expect(swap.reader.pages, reading, "pages on their way in", -1);
}

function walkSpace(mm: MemoryManager, space: AddressSpace, found: Found): void {
  const words = mm.cpu.ram.u32;
  const resident = new Int32Array(space.table.resident.length);
  let tables = 0;
  let swapped = 0;
  const visit = (table: number, level: number, firstPage: number): void => {
    tables++;
    found.references[table] = (found.references[table] ?? 0) + 1;
    expect(mm.frames.kind[table], FRAME_PAGE_TABLE, "kind of a page table", table);
    expect(mm.frames.ownerId[table], space.id, "owner of a page table", table);
    expect(mm.frames.ownerIndex[table], firstPage, "first page of a page table", table);
    let used = 0;
    for (let index = 0; index < 512; index++) {
      const entry = words[table * 1024 + index * 2] ?? 0;
      expect(words[table * 1024 + index * 2 + 1], 0, "high word of a PTE", table);
      if (entry === 0) continue;
      used++;
      const pfn = entry >>> 10;
      const page = firstPage + index * 512 ** level;
      if (level > 0) {
        if ((entry & PTE_V) === 0 || (entry & PTE_LEAF) !== 0) panic("a strange pointer", entry);
        visit(pfn, level - 1, page);
        continue;
      }
      if (space.find(page * 4096) === undefined) panic("a PTE outside every area", page * 4096);
      if ((entry & PTE_PRESENT) === 0) {
        swapped++;
        found.slots[pfn] = (found.slots[pfn] ?? 0) + 1;
        continue;
      }
      const kind = mm.frames.kind[pfn] ?? 0;
      resident[kind] = (resident[kind] ?? 0) + 1;
      found.references[pfn] = (found.references[pfn] ?? 0) + 1;
      const names = found.mappings.get(pfn) ?? [];
      names.push(`${space.id}:${page}`);
      found.mappings.set(pfn, names);
    }
    expect(mm.tableEntries[table], used, "entries of a page table", table);
  };
  visit(space.root, 2, 0);
  expect(space.pageTables, tables, "page tables of a space", space.id);
  expect(space.swapped, swapped, "swapped pages of a space", space.id);
  expect(space.table.resident.join(), resident.join(), "resident pages of a space", space.id);
  let pages = 0;
  let before = 0;
  for (const vma of space.vmas()) {
    if (vma.start < before || vma.end <= vma.start) panic("areas out of order", vma.start);
    before = vma.end;
    pages += vma.pages;
    if (vma.object !== null && !vma.object.mappers().has(vma)) {
      panic("an object does not know an area", vma.start);
    }
  }
  expect(space.pages, pages, "pages of a space", space.id);
}

function kindName(kind: number): string {
  return frameKindNames[kind] ?? String(kind);
}

function expect(has: unknown, should: unknown, what: string, which: number): void {
  if (has !== should)
    panic(`${what} is wrong`, `${which}: has ${String(has)}, should be ${String(should)}`);
}
