// Frames as panels and tests see them (kernel/api/snapshot.ts): who maps each, whose it is, where in its owner it lies.

import { PAGE_SIZE, PTE_A, PTE_D } from "../abi/sv39.ts";
import {
  FRAME_ANON,
  FRAME_BUFFER,
  FRAME_FREE,
  FRAME_PAGE_TABLE,
  FRAME_SWAP_CACHE,
  FRAME_VDSO,
  type FrameKind,
  frameKindNames,
} from "../api/frames.ts";
import type { FrameDetail, FrameGrid, FrameInfo, FrameMapping } from "../api/snapshot.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import type { Kernel } from "../proc/kernel.ts";

const DIRTY = 1;
const ACCESSED = 2;
const MOST = 0xffff;

export function frameKind(k: Kernel, pfn: number): FrameKind {
  return frameKindNames[k.mm.frames.kind[pfn] ?? FRAME_FREE] ?? "free";
}

/** The pids that use a space: one, unless it is shared (vfork, threads of old style). */
export function pidsBySpace(k: Kernel): ReadonlyMap<AddressSpace, readonly number[]> {
  const pids = new Map<AddressSpace, number[]>();
  for (const { pid, space } of k.processes.all()) {
    if (space === undefined) continue;
    const known = pids.get(space);
    if (known === undefined) pids.set(space, [pid]);
    else known.push(pid);
  }
  return pids;
}

/** All frames as parallel arrays. */
export function frameGrid(k: Kernel): FrameGrid {
  const { frames } = k.mm;
  const pids = pidsBySpace(k);
  const count = frames.count;
  const kind = frames.kind.slice(0, count);
  const mappings = new Uint16Array(count);
  const owner = new Uint16Array(count);
  const flags = new Uint8Array(count);
  for (let pfn = 0; pfn < count; pfn++) {
    if (kind[pfn] === FRAME_PAGE_TABLE) owner[pfn] = tableOwner(k, pids, pfn);
    const mapped = frames.mapcount[pfn] ?? 0;
    if (mapped === 0) continue;
    mappings[pfn] = Math.min(mapped, MOST);
    let bits = 0;
    let first = 0;
    for (const mapper of k.mm.mappersOf(pfn)) {
      bits |= mapper.bits;
      first = pids.get(mapper.space)?.[0] ?? first;
    }
    owner[pfn] = first;
    flags[pfn] = ((bits & PTE_D) !== 0 ? DIRTY : 0) | ((bits & PTE_A) !== 0 ? ACCESSED : 0);
  }
  return { kind, mappings, owner, flags };
}

function tableOwner(
  k: Kernel,
  pids: ReadonlyMap<AddressSpace, readonly number[]>,
  pfn: number,
): number {
  const space = k.mm.spaces.get(k.mm.frames.ownerId[pfn] ?? 0);
  return space === undefined ? 0 : (pids.get(space)?.[0] ?? space.pid);
}

export function frameInfo(
  k: Kernel,
  pids: ReadonlyMap<AddressSpace, readonly number[]>,
  pfn: number,
): FrameInfo {
  const { frames } = k.mm;
  const mappings: FrameMapping[] = [];
  for (const { space, address, bits } of k.mm.mappersOf(pfn)) {
    for (const pid of pids.get(space) ?? []) mappings.push({ pid, address, bits });
  }
  mappings.sort((a, b) => a.pid - b.pid || a.address - b.address);
  return {
    pfn,
    kind: frameKind(k, pfn),
    references: frames.refcount[pfn] ?? 0,
    mappings,
    ...ownerOf(k, pids, pfn, mappings),
  };
}

function ownerOf(
  k: Kernel,
  pids: ReadonlyMap<AddressSpace, readonly number[]>,
  pfn: number,
  mappings: readonly FrameMapping[],
): { readonly owner: string; readonly offset: number } {
  const { frames } = k.mm;
  const place = (frames.ownerIndex[pfn] ?? 0) * PAGE_SIZE;
  switch (frames.kind[pfn]) {
    case FRAME_FREE:
      return { owner: "", offset: 0 };
    case FRAME_PAGE_TABLE:
      return { owner: `page table of pid ${tableOwner(k, pids, pfn)}`, offset: place };
    case FRAME_ANON: {
      const users = [...new Set(mappings.map(({ pid }) => pid))];
      const owner =
        users.length === 0 ? "private memory" : `private memory of pid ${users.join(", ")}`;
      return { owner, offset: mappings[0]?.address ?? 0 };
    }
    case FRAME_BUFFER:
      return { owner: "pipe", offset: 0 };
    case FRAME_SWAP_CACHE:
      return { owner: `swap slot ${frames.slot[pfn] ?? -1}`, offset: 0 };
    case FRAME_VDSO:
      return { owner: "[vdso]", offset: 0 };
    default: {
      const object = k.mm.objects.get(frames.ownerId[pfn] ?? 0);
      return { owner: object?.name ?? "", offset: place };
    }
  }
}

/** One frame with its bytes. A number that is no frame's gives an empty, free one. */
export function frameDetail(k: Kernel, pfn: number): FrameDetail {
  const bytes = k.cpu.ram.u8.slice(pfn * PAGE_SIZE, (pfn + 1) * PAGE_SIZE);
  return { ...frameInfo(k, pidsBySpace(k), pfn), bytes };
}

/** Every frame that is in use. */
export function usedFrames(k: Kernel): FrameInfo[] {
  const pids = pidsBySpace(k);
  const used: FrameInfo[] = [];
  for (let pfn = 0; pfn < k.mm.frames.count; pfn++) {
    if (k.mm.frames.kind[pfn] !== FRAME_FREE) used.push(frameInfo(k, pids, pfn));
  }
  return used;
}
