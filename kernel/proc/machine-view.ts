// The whole machine as /proc shows it (kernel/fs/process-view.ts).

import { PAGE_SIZE, PTE_A, PTE_D } from "../abi/sv39.ts";
import { EINVAL } from "../abi/errno.ts";
import { FRAME_FILE } from "../api/frames.ts";
import { policyNames } from "../mm/reclaim/lru.ts";
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
    get blocked() {
      return sum(k, ({ task, stalled }) => (stalled && task.state === "sleeping" ? 1 : 0));
    },
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
    policy: () => k.mm.lru.name,
    setPolicy: (name) => {
      const known = policyNames.find((policy) => policy === name);
      if (known === undefined) return -EINVAL;
      k.mm.lru.use(known);
      return 0;
    },
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
  const swap = k.mm.swap.status();
  return {
    total: totals.frames * PAGE_SIZE,
    free: totals.free * PAGE_SIZE,
    pageTables: totals.pageTables * PAGE_SIZE,
    anonymous: totals.anonymous * PAGE_SIZE,
    file: totals.file * PAGE_SIZE,
    shared: totals.shared * PAGE_SIZE,
    buffers: totals.buffers * PAGE_SIZE,
    mapped: mappedFilePages(k) * PAGE_SIZE,
    swapTotal: swap.total * PAGE_SIZE,
    swapFree: Math.max(0, swap.total - swap.used) * PAGE_SIZE,
    swapCached: swapCached(k) * PAGE_SIZE,
    writeback: swap.writing * PAGE_SIZE,
    active: k.mm.lru.active * PAGE_SIZE,
    inactive: (k.mm.lru.count - k.mm.lru.active) * PAGE_SIZE,
    committed: committed(k),
  };
}

function swapCached(k: Kernel): number {
  const { slot } = k.mm.frames;
  let pages = 0;
  for (let pfn = 0; pfn < slot.length; pfn++) if ((slot[pfn] ?? -1) >= 0) pages++;
  return pages;
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
  const { swap, reclaim, lru } = k.mm;
  yield ["nr_inactive", lru.count - lru.active];
  yield ["nr_active", lru.active];
  yield ["nr_writeback", swap.writer.pages];
  yield ["nr_swapcached", swapCached(k)];
  yield ["pgfault", minor + major];
  yield ["pgmajfault", major];
  yield ["pswpin", swap.in];
  yield ["pswpout", swap.out];
  yield ["swpin_zero", swap.zerosIn];
  yield ["swpout_zero", swap.zerosOut];
  yield ["swap_ra", swap.ahead];
  yield ["swap_ra_hit", swap.aheadUsed];
  yield ["pgscan_kswapd", reclaim.background.scanned];
  yield ["pgscan_direct", reclaim.direct.scanned];
  yield ["pgsteal_kswapd", reclaim.background.stolen];
  yield ["pgsteal_direct", reclaim.direct.stolen];
  yield ["oom_kill", k.mm.oomKills];
}
