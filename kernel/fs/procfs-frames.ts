// The binary files about pages: eight bytes each, little endian, read at multiples of eight.
// Specification: Linux's Documentation/admin-guide/mm/pagemap.rst, include/uapi/linux/kernel-page-flags.h.
//
//   /proc/PID/pagemap, one entry a virtual page          63      62     61        56       55        54 … 0
//                                                     present|swapped|file/shm|exclusive|soft-dirty|PFN or swap slot

import { EINVAL } from "../abi/errno.ts";
import { PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import {
  FRAME_ANON,
  FRAME_FILE,
  FRAME_FREE,
  FRAME_PAGE_TABLE,
  FRAME_SHMEM,
  FRAME_VDSO,
} from "../api/frames.ts";
import type { ByteSink } from "../lib/io.ts";
import type { FrameView, MachineView, MemoryView } from "./process-view.ts";

const ENTRY = 8;
const chunk = new Uint8Array(4096);
const words = new Uint32Array(chunk.buffer);

/** Makes entry `index`: its low word into `words[at]`, its high word into `words[at + 1]`. */
type Entry = (index: number, at: number) => void;

function readEntries(sink: ByteSink, position: number, count: number, entry: Entry): number {
  if (position % ENTRY !== 0 || sink.remaining % ENTRY !== 0) return -EINVAL;
  let done = 0;
  for (;;) {
    const first = (position + done) / ENTRY;
    const entries = Math.min(count - first, sink.remaining / ENTRY, chunk.length / ENTRY);
    if (entries <= 0) return done;
    for (let i = 0; i < entries; i++) entry(first + i, i * 2);
    const took = sink.put(chunk, 0, entries * ENTRY);
    done += took;
    if (took < entries * ENTRY) return done;
  }
}

const PRESENT = 1 << 31;
const SWAPPED = 1 << 30;
const SHARED = 1 << 29;
const EXCLUSIVE = 1 << 24;
const SOFT_DIRTY = 1 << 23;

export function readPagemap(memory: MemoryView, sink: ByteSink, position: number): number {
  return readEntries(sink, position, USER_END / PAGE_SIZE, (index, at) => {
    const page = memory.page(index * PAGE_SIZE);
    if (page === undefined) {
      words[at] = words[at + 1] = 0;
      return;
    }
    const high = Math.floor(page.pfn / 2 ** 32);
    words[at] = page.pfn;
    words[at + 1] =
      high |
      (page.present ? PRESENT : 0) |
      (page.swapped ? SWAPPED : 0) |
      (page.shared ? SHARED : 0) |
      (page.exclusive ? EXCLUSIVE : 0) |
      (page.softDirty ? SOFT_DIRTY : 0);
  });
}

export function readPageCounts(machine: MachineView, sink: ByteSink, position: number): number {
  return readEntries(sink, position, machine.frames, (pfn, at) => {
    words[at] = machine.frame(pfn).mappings;
    words[at + 1] = 0;
  });
}

const KPF_REFERENCED = 1 << 2;
const KPF_UPTODATE = 1 << 3;
const KPF_DIRTY = 1 << 4;
const KPF_LRU = 1 << 5;
const KPF_BUDDY = 1 << 10;
const KPF_MMAP = 1 << 11;
const KPF_ANON = 1 << 12;
const KPF_SWAPBACKED = 1 << 14;
const KPF_PGTABLE = 1 << 26;
/** Bit 32: the first of the high word. */
const KPF_RESERVED_HIGH = 1;

const flagsByKind: Readonly<Record<number, number>> = {
  [FRAME_FREE]: KPF_BUDDY,
  [FRAME_PAGE_TABLE]: KPF_PGTABLE,
  [FRAME_ANON]: KPF_UPTODATE | KPF_LRU | KPF_ANON | KPF_SWAPBACKED,
  [FRAME_FILE]: KPF_UPTODATE | KPF_LRU,
  [FRAME_SHMEM]: KPF_UPTODATE | KPF_LRU | KPF_SWAPBACKED,
};

function pageFlags(frame: FrameView): number {
  return (
    (flagsByKind[frame.kind] ?? 0) |
    (frame.mappings > 0 ? KPF_MMAP : 0) |
    (frame.dirty ? KPF_DIRTY : 0) |
    (frame.accessed ? KPF_REFERENCED : 0)
  );
}

export function readPageFlags(machine: MachineView, sink: ByteSink, position: number): number {
  return readEntries(sink, position, machine.frames, (pfn, at) => {
    const frame = machine.frame(pfn);
    words[at] = pageFlags(frame);
    words[at + 1] = frame.kind === FRAME_VDSO ? KPF_RESERVED_HIGH : 0;
  });
}
