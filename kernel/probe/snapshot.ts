// The whole machine at one instant, as plain data (kernel/api/snapshot.ts). Reads the live state and changes nothing.

import type { MachineStatus, ProcessInfo, ProcessState, Snapshot } from "../api/snapshot.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import type { Kernel } from "../proc/kernel.ts";
import { stateLetter, waitingIn } from "../proc/process-view.ts";
import type { Process } from "../proc/process.ts";
import { usedFrames } from "./frames.ts";
import { spaceInfo } from "./spaces.ts";
import { swapStatus } from "./swap.ts";

/** What the loop knows and the kernel does not. */
export interface MachineCondition {
  readonly paused: boolean;
  readonly panic: string | null;
}

function stateOf(process: Process): ProcessState {
  const letter = stateLetter(process);
  if (letter === "Z") return "zombie";
  if (letter === "T" || letter === "t") return "stopped";
  if (letter === "D") return "blocked";
  return letter === "R" ? "running" : "sleeping";
}

function processInfo(process: Process): ProcessInfo {
  const { space } = process;
  const [main] = process.threads;
  return {
    pid: process.pid,
    parent: process.parent?.pid ?? 0,
    group: process.pgid,
    session: process.sid,
    name: process.comm,
    command: process.argv,
    state: stateOf(process),
    virtual: (space?.pages ?? 0) * PAGE_SIZE,
    resident: space?.rss ?? 0,
    anonymous: space?.rssAnon ?? 0,
    file: space?.rssFile ?? 0,
    shared: space?.rssShmem ?? 0,
    pageTables: space?.pageTables ?? 0,
    swapped: space?.swapped ?? 0,
    minorFaults: process.minorFaults,
    majorFaults: process.majorFaults,
    waitingIn: main === undefined ? "" : waitingIn(main),
  };
}

export function machineStatus(k: Kernel, condition: MachineCondition): MachineStatus {
  const current = k.sched.current;
  return {
    time: k.clock.now(),
    instructions: k.cpu.totalRetired(),
    paused: condition.paused,
    panic: condition.panic,
    memory: k.mm.totals(),
    swap: swapStatus(k),
    processes: [...k.processes.all()].map(processInfo).toSorted((a, b) => a.pid - b.pid),
    running: current === undefined ? 0 : (k.processes.thread(current.tid)?.process.pid ?? 0),
  };
}

export function machineSnapshot(k: Kernel, condition: MachineCondition): Snapshot {
  const spaces = [...k.processes.all()]
    .map(({ pid }) => spaceInfo(k, pid))
    .filter((space) => space !== null)
    .toSorted((a, b) => a.pid - b.pid);
  return { ...machineStatus(k, condition), frames: usedFrames(k), spaces };
}
