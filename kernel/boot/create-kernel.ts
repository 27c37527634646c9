// Puts the kernel's parts together, in the order of their ranks.

import { PAGE_SIZE } from "../abi/sv39.ts";
import { createCpu } from "../cpu/cpu.ts";
import { PtsFileSystem } from "../dev/pts-file-system.ts";
import { Ptys } from "../dev/pty.ts";
import { registerTerminals } from "../dev/register.ts";
import type { ImageFs } from "../fs/image-fs.ts";
import { DEV_PIPE, DEV_PTS, makeRootTree } from "../fs/root-tree.ts";
import { FutexTable } from "../ipc/futex.ts";
import { Pipes } from "../ipc/pipe.ts";
import { EventStream } from "../lib/event-stream.ts";
import { KernelLog } from "../lib/kernel-log.ts";
import { MemoryManager } from "../mm/memory-manager.ts";
import type { SwapStore } from "../mm/swap/store.ts";
import { MachineClock, REAL_TIME_RATES, VIRTUAL_RATES } from "../proc/clock.ts";
import type { Kernel } from "../proc/kernel.ts";
import { ProcessTable } from "../proc/process-table.ts";
import { createSessionHooks } from "../proc/session-hooks.ts";
import { installOomHandler } from "../proc/oom-handler.ts";
import { fillVdso } from "../proc/vdso.ts";
import { Completions } from "../sched/completions.ts";
import { Scheduler } from "../sched/scheduler.ts";
import { createInit } from "./init.ts";

export interface KernelOptions {
  readonly ramBytes: number;
  /** Bytes of swap, and where they go. */
  readonly swapBytes: number;
  readonly swapStore: SwapStore;
  /** The root image, a cpio archive (newc). */
  readonly image: Uint8Array;
  readonly realTime: boolean;
  /** Seconds since 1970. */
  readonly bootSeconds: number;
  readonly randomBytes: (into: Uint8Array) => void;
}

export interface KernelParts {
  readonly kernel: Kernel;
  readonly ptys: Ptys;
  /** The root file system, which takes further archives of the image. */
  readonly image: ImageFs;
}

/** A kernel with its file tree and pid 1, and nothing running. */
export function createKernel(options: KernelOptions): KernelParts {
  const cpu = createCpu({ ramBytes: options.ramBytes });
  const rates = options.realTime ? REAL_TIME_RATES : VIRTUAL_RATES;
  const clock = new MachineClock(() => cpu.totalRetired(), rates, options.bootSeconds);
  const now = (): number => clock.now();
  const events = new EventStream(now);
  const log = new KernelLog(now);
  const sched = new Scheduler(now);
  const completions = new Completions(!options.realTime);
  const mm = new MemoryManager({
    cpu,
    events,
    log,
    swap: {
      slots: Math.floor(options.swapBytes / PAGE_SIZE),
      store: options.swapStore,
      completions,
      scheduler: sched,
      now,
    },
  });
  const processes = new ProcessTable();
  const pipes = new Pipes(DEV_PIPE, clock, mm, sched);
  // The tree shows processes and processes live in the tree: the kernel object exists first, its vfs comes last.
  const parts: { -readonly [Key in keyof Kernel]: Kernel[Key] } & {
    vfs: Kernel["vfs"] | undefined;
  } = {
    cpu,
    mm,
    sched,
    completions,
    clock,
    events,
    log,
    processes,
    vfs: undefined as unknown as Kernel["vfs"],
    futexes: new FutexTable(sched),
    randomBytes: options.randomBytes,
    createPipe: (flags) => pipes.create(flags),
    leaderExits: (sid) => ptys.leaderExits(sid),
    current: undefined,
    switches: 0,
    trace: undefined,
    tracing: undefined,
  };
  const kernel: Kernel = parts;
  const ptys = new Ptys({ scheduler: sched, hooks: createSessionHooks(kernel), now });
  const tree = makeRootTree({
    archive: options.image,
    clock,
    mm,
    random: (into, from, length) => options.randomBytes(into.subarray(from, from + length)),
    pts: () => new PtsFileSystem(DEV_PTS, clock, ptys),
  });
  parts.vfs = tree.vfs;
  tree.vfs.openFifo = pipes.open;
  registerTerminals(tree.vfs.devices, ptys, () => ptys.indices()[0] ?? -1);
  fillVdso(mm);
  installOomHandler(kernel);
  createInit(kernel);
  return { kernel, ptys, image: tree.image };
}
