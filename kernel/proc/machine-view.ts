// The whole machine as /proc shows it (kernel/fs/process-view.ts).

import { PAGE_SIZE, PTE_A, PTE_D } from "../abi/sv39.ts";
import { FRAME_FILE } from "../api/frames.ts";
import type { MachineView, MemoryTotalsView } from "../fs/process-view.ts";
import type { Kernel } from "./kernel.ts";
import type { Thread } from "./thread.ts";
import { uts } from "./uts.ts";

export function createMachineView(k: Kernel): MachineView {
  return {
    get uptime() {
      return k.clock.now();
    },
    get idle() {
      return k.clock.idle;
    },
    get user() {
      return sum(k, (thread) => thread.userTime) + ended(k, "userTime");
    },
    get system() {
      return sum(k, (thread) => thread.systemTime) + ended(k, "systemTime");
    },
    bootSeconds: k.clock.bootSeconds,
    get contextSwitches() {
      return k.switches;
    },
    get forks() {
      return k.processes.created;
    },
    get running() {
      return sum(k, ({ task }) => (task.state === "running" || task.state === "runnable" ? 1 : 0));
    },
    blocked: 0,
    get threads() {
      return k.processes.threadCount;
    },
    get lastPid() {
      return k.processes.last;
    },
    // Nothing samples the run queue.
    loads: [0, 0, 0],
    release: uts.release,
    version: uts.version,
    isa: uts.isa,
    commandLine: "",
    memory: () => memoryTotals(k),
    frames: k.mm.frames.count,
    frame: (pfn) => frameView(k, pfn),
    counters: () => counters(k),
  };
}

function sum(k: Kernel, of: (thread: Thread) => number): number {
  let total = 0;
  for (const process of k.processes.all())
    for (const thread of process.threads) total += of(thread);
  return total;
}

/** What threads and processes that are gone have used; init's children totals are everybody's in the end. */
function ended(k: Kernel, which: "userTime" | "systemTime"): number {
  const own = which === "userTime" ? "endedUserTime" : "endedSystemTime";
  let total = 0;
  for (const process of k.processes.all()) total += process.childTotals[which] + process[own];
  return total;
}

function memoryTotals(k: Kernel): MemoryTotalsView {
  const totals = k.mm.totals();
  return {
    total: totals.frames * PAGE_SIZE,
    free: totals.free * PAGE_SIZE,
    pageTables: totals.pageTables * PAGE_SIZE,
    anonymous: totals.anonymous * PAGE_SIZE,
    file: totals.file * PAGE_SIZE,
    shared: totals.shared * PAGE_SIZE,
    buffers: totals.buffers * PAGE_SIZE,
    mapped: mappedFilePages(k) * PAGE_SIZE,
    swapTotal: 0,
    swapFree: 0,
    committed: committed(k),
  };
}

function mappedFilePages(k: Kernel): number {
  const { kind, mapcount, count } = k.mm.frames;
  let pages = 0;
  for (let pfn = 0; pfn < count; pfn++)
    if (kind[pfn] === FRAME_FILE && (mapcount[pfn] ?? 0) > 0) pages++;
  return pages;
}

function committed(k: Kernel): number {
  let bytes = 0;
  for (const space of k.mm.spaces.values()) {
    for (const vma of space.vmas())
      if (!vma.shared && (vma.maxProt & vma.prot & 2) !== 0) bytes += vma.end - vma.start;
  }
  return bytes;
}

function frameView(k: Kernel, pfn: number): ReturnType<MachineView["frame"]> {
  const { frames } = k.mm;
  let bits = 0;
  for (const mapper of k.mm.mappersOf(pfn)) bits |= mapper.bits;
  return {
    mappings: frames.mapcount[pfn] ?? 0,
    kind: frames.kind[pfn] ?? 0,
    dirty: (bits & PTE_D) !== 0,
    accessed: (bits & PTE_A) !== 0,
  };
}

function* counters(k: Kernel): Iterable<readonly [string, number]> {
  const totals = k.mm.totals();
  yield ["nr_free_pages", totals.free];
  yield ["nr_anon_pages", totals.anonymous];
  yield ["nr_mapped", mappedFilePages(k)];
  yield ["nr_file_pages", totals.file + totals.shared];
  yield ["nr_shmem", totals.shared];
  yield ["nr_page_table_pages", totals.pageTables];
  let minor = 0;
  let major = 0;
  for (const process of k.processes.all()) {
    minor += process.minorFaults + process.childTotals.minorFaults;
    major += process.majorFaults + process.childTotals.majorFaults;
  }
  yield ["pgfault", minor + major];
  yield ["pgmajfault", major];
}
