// Does the arithmetic of memory add up? Rebuilds every count from the page tables, the objects and the frame kinds and
// compares: free + page tables + buffers + vDSO + distinct anonymous, file and shared frames = RAM, each frame's
// references and mappings are those found, and the reverse map names exactly the PTEs that exist. Slow; for tests.

import { PTE_V } from "../abi/sv39.ts";
import { FRAME_BUFFER, FRAME_FREE, FRAME_PAGE_TABLE, frameKindNames } from "../api/frames.ts";
import { panic } from "../lib/panic.ts";
import type { AddressSpace } from "./address-space.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { PTE_LEAF } from "./page-entry.ts";

/** Panics with the first difference. */
export function checkAccounting(mm: MemoryManager): void {
  const { frames } = mm;
  const found = {
    references: new Int32Array(frames.count),
    /** Mappings of each frame as "space:page" names. */
    mappings: new Map<number, string[]>(),
  };
  for (const space of mm.spaces.values()) walkSpace(mm, space, found);
  for (const object of mm.objects.values()) {
    for (const [index, pfn] of object.cachedPages()) {
      found.references[pfn] = (found.references[pfn] ?? 0) + 1;
      expect(frames.kind[pfn], object.frameKind, "kind of a cached frame", pfn);
      expect(frames.ownerId[pfn], object.id, "owner of a cached frame", pfn);
      expect(frames.ownerIndex[pfn], index, "index of a cached frame", pfn);
    }
    for (const vma of object.mappers()) {
      if (!vma.space.areas.list.includes(vma)) panic("an object knows a dead area", object.id);
    }
  }
  const byKind = new Int32Array(frameKindNames.length);
  for (let pfn = 0; pfn < frames.count; pfn++) {
    const kind = frames.kind[pfn] ?? 0;
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    const mappings = found.mappings.get(pfn) ?? [];
    expect(frames.mapcount[pfn], mappings.length, "mapcount", pfn);
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
}

function walkSpace(mm: MemoryManager, space: AddressSpace, found: Found): void {
  const words = mm.cpu.ram.u32;
  const resident = new Int32Array(space.table.resident.length);
  let tables = 0;
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
      const kind = mm.frames.kind[pfn] ?? 0;
      resident[kind] = (resident[kind] ?? 0) + 1;
      found.references[pfn] = (found.references[pfn] ?? 0) + 1;
      const names = found.mappings.get(pfn) ?? [];
      names.push(`${space.id}:${page}`);
      found.mappings.set(pfn, names);
      if (space.find(page * 4096) === undefined) panic("a PTE outside every area", page * 4096);
    }
    expect(mm.tableEntries[table], used, "entries of a page table", table);
  };
  visit(space.root, 2, 0);
  expect(space.pageTables, tables, "page tables of a space", space.id);
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
