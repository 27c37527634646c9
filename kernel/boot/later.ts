// What a machine has beyond its first prompt: the calls that no shell makes before it, and /proc. In the page this is a
// chunk of its own, loaded while the prompt is already there (docs/decisions/image-in-two-parts.md).

import { DEV_PROC, kernelCaller, mountAt } from "../fs/root-tree.ts";
import { ProcFs } from "../fs/procfs.ts";
import type { Kernel } from "../proc/kernel.ts";
import { createMachineView } from "../proc/machine-view.ts";
import { createProcessProvider } from "../proc/process-view.ts";
import { laterCalls } from "../syscalls/later-calls.ts";
import { addLastCalls } from "../syscalls/table.ts";

/** Between slices, or before the first. */
export function installLater(kernel: Kernel): void {
  addLastCalls(laterCalls);
  const { vfs, clock } = kernel;
  const proc = new ProcFs(DEV_PROC, clock, {
    processes: createProcessProvider(kernel),
    machine: createMachineView(kernel),
    mounts: () => vfs.mounts(),
    devices: vfs.devices,
  });
  mountAt(vfs, kernelCaller(vfs), "/proc", proc, "proc");
}
