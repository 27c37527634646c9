// Out of memory: no free frame, nothing that could go, nothing on its way out. The killer picks the process with the most
// memory, resident, swapped and in page tables, shifted by its oom_score_adj (Linux mm/oom_kill.c, proc_pid_oom_score_adj(5)),
// says whom and why, and takes its memory at once, so that the fault that asked can go on without waiting for the victim
// to run its exit.

import { EV_OOM } from "../../api/events.ts";
import type { AddressSpace } from "../address-space.ts";
import type { MemoryManager } from "../memory-manager.ts";
import type { FrameWait } from "../stall.ts";

/** Processes with this adjustment are never chosen. */
export const OOM_SCORE_ADJ_MIN = -1000;

export interface OomCandidate {
  readonly pid: number;
  readonly name: string;
  readonly space: AddressSpace;
  /** pid 1 and the like. */
  readonly immune: boolean;
  /** −1000 to 1000, thousandths of all memory. */
  readonly adjustment: number;
}

export interface OomCaller {
  readonly space: AddressSpace | undefined;
  readonly frameWait: FrameWait;
}

/** How the killer reaches processes, which stand above memory. */
export interface OomHandler {
  candidates(): Iterable<OomCandidate>;
  /** Whose fault or call is under way; undefined when the kernel acts for itself. */
  caller(): OomCaller | undefined;
  /** Sends a SIGKILL that takes effect before the process runs in user mode again. */
  kill(pid: number): void;
}

/** Pages that killing the process would free: what it has in RAM and in swap, and its page tables. */
function pagesOf(space: AddressSpace): number {
  return space.rss + space.swapped + space.pageTables;
}

/** How bad the process is, in pages; −Infinity: never to be chosen. */
export function badness(mm: MemoryManager, candidate: OomCandidate): number {
  const { space, immune, adjustment } = candidate;
  if (immune || space.reaped || adjustment === OOM_SCORE_ADJ_MIN) return -Infinity;
  const all = mm.frames.count + mm.swap.total;
  return pagesOf(space) + Math.trunc((adjustment * all) / 1000);
}

/**
 * Tries to find memory for a fault in `space`. True: something was freed, try again. False: frames will come free, and
 * `mm.stall` says what to wait for; or `space`'s own process was chosen; or there is nobody left to choose.
 */
export function relieve(space: AddressSpace): boolean {
  return relieveFor(space.mm, space);
}

/** The same for what the kernel itself needs in a system call. */
export function relieveKernel(mm: MemoryManager): boolean {
  return relieveFor(mm, mm.oomHandler?.caller()?.space);
}

function relieveFor(mm: MemoryManager, space: AddressSpace | undefined): boolean {
  mm.stall = null;
  if (space?.reaped === true) return false;
  if (mm.stallForFrames() || mm.oomHandler === undefined) return false;
  let victim: OomCandidate | undefined;
  let worst = -Infinity;
  const candidates = [...mm.oomHandler.candidates()];
  for (const candidate of candidates) {
    const pages = badness(mm, candidate);
    if (pages > worst) {
      worst = pages;
      victim = candidate;
    }
  }
  if (victim === undefined) return false;
  report(victim);
  mm.oomKills++;
  const caller = mm.oomHandler.caller();
  if (caller !== undefined) caller.frameWait.since = Infinity;
  // Whoever shares the space dies with it (vfork).
  for (const candidate of candidates) {
    if (candidate.space === victim.space) mm.oomHandler.kill(candidate.pid);
  }
  if (victim.space === space) {
    // Its fault or call is on the kernel's stack, so its memory goes when it exits.
    return false;
  }
  victim.space.reap();
  return true;
}

function report(victim: OomCandidate): void {
  const { space, pid, name, adjustment } = victim;
  const { mm } = space;
  const kilobytes = (pages: number): string => `${pages * 4}kB`;
  const { total, used } = mm.swap.status();
  const why =
    total === 0
      ? "no swap"
      : `${kilobytes(Math.max(0, total - used))} of ${kilobytes(total)} swap free`;
  mm.log.alert(`out of memory: ${mm.frames.free} of ${mm.frames.count} frames free, ${why}`);
  mm.log.alert(
    `Out of memory: Killed process ${pid} (${name}) total-vm:${kilobytes(space.pages)}, ` +
      `anon-rss:${kilobytes(space.rssAnon)}, file-rss:${kilobytes(space.rssFile)}, ` +
      `shmem-rss:${kilobytes(space.rssShmem)}, swap:${kilobytes(space.swapped)}, ` +
      `pgtables:${kilobytes(space.pageTables)} oom_score_adj:${adjustment}`,
  );
  if (mm.events.on) mm.events.emit(EV_OOM, pid, pagesOf(space));
}
