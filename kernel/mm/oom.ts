// Out of memory: no free frame and no clean page left to drop. The killer picks the process with the most resident pages
// and page tables (Linux mm/oom_kill.c), says whom and why, and takes its memory at once, so that the fault that asked
// can go on without waiting for the victim to run its exit.

import { EV_OOM } from "../api/events.ts";
import type { AddressSpace } from "./address-space.ts";

export interface OomCandidate {
  readonly pid: number;
  readonly name: string;
  readonly space: AddressSpace;
  /** pid 1 and the like. */
  readonly immune: boolean;
}

/** How the killer reaches processes, which stand above memory. */
export interface OomHandler {
  candidates(): Iterable<OomCandidate>;
  /** Sends a SIGKILL that takes effect before the process runs in user mode again. */
  kill(pid: number): void;
}

/**
 * Tries to find memory for `space` by killing. True: something was freed, try again. False: `space`'s own process was
 * chosen, or there is nobody left to choose.
 */
export function relieve(space: AddressSpace): boolean {
  const { mm } = space;
  if (space.reaped || mm.oomHandler === undefined) return false;
  let victim: OomCandidate | undefined;
  let worst = -1;
  const candidates = [...mm.oomHandler.candidates()];
  for (const candidate of candidates) {
    if (candidate.immune || candidate.space.reaped) continue;
    const pages = candidate.space.rss + candidate.space.pageTables;
    if (pages > worst) {
      worst = pages;
      victim = candidate;
    }
  }
  if (victim === undefined) return false;
  report(victim);
  // Whoever shares the space dies with it (vfork).
  for (const candidate of candidates) {
    if (candidate.space === victim.space) mm.oomHandler.kill(candidate.pid);
  }
  if (victim.space === space) {
    // Its fault is on the kernel's stack, so its memory goes when it exits.
    return false;
  }
  victim.space.reap();
  return true;
}

function report(victim: OomCandidate): void {
  const { space, pid, name } = victim;
  const { mm } = space;
  const kilobytes = (pages: number): string => `${pages * 4}kB`;
  mm.log.write(
    `Out of memory: Killed process ${pid} (${name}) total-vm:${kilobytes(space.pages)}, ` +
      `anon-rss:${kilobytes(space.rssAnon)}, file-rss:${kilobytes(space.rssFile)}, ` +
      `shmem-rss:${kilobytes(space.rssShmem)}, pgtables:${kilobytes(space.pageTables)}`,
  );
  if (mm.events.on) mm.events.emit(EV_OOM, pid, space.rss + space.pageTables);
}
