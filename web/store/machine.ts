// The machine's state as the page last saw it, pulled while somebody looks. Each pull starts when the previous one has
// been answered and drawn, at most thirty times a second; a hidden page or a closed view pulls nothing.

import { signal } from "@preact/signals";
import type { FrameDetail, FrameGrid, MachineStatus, SpaceInfo } from "../client/api.ts";
import type { Vitrine } from "../client/vitrine.ts";
import { choosePair } from "./pair.ts";
import { chosenPair, selectedFrame, view } from "./view.ts";

export const status = signal<MachineStatus | null>(null);
export const grid = signal<FrameGrid | null>(null);
export const frameDetail = signal<FrameDetail | null>(null);
/** The two address spaces of the sharing picture. A space stays after its process has ended, so that a short program
 * can be looked at; `ended` says so. */
export interface PairSide {
  readonly space: SpaceInfo;
  readonly name: string;
  readonly ended: boolean;
}
export const pair = signal<readonly [PairSide | null, PairSide | null]>([null, null]);
/** Why the machine stands still for good: a kernel panic or a lost worker. */
export const failure = signal<string | null>(null);
/** Messages from the kernel to the person, newest last. */
export const notices = signal<readonly string[]>([]);

const INTERVAL_MS = 33;

export function notice(text: string): void {
  notices.value = [...notices.value.slice(-4), text];
}

export function dismissNotices(): void {
  notices.value = [];
}

async function pullPair(vitrine: Vitrine, seen: MachineStatus): Promise<void> {
  const before = pair.value;
  const shown: readonly [number, number] = [before[0]?.space.pid ?? 0, before[1]?.space.pid ?? 0];
  const wanted = choosePair(seen.processes, shown, chosenPair.value);
  const sides = await Promise.all(
    wanted.map(async (pid, index): Promise<PairSide | null> => {
      if (pid === 0) return null;
      const process = seen.processes.find((candidate) => candidate.pid === pid);
      const space =
        process === undefined || process.state === "zombie" ? null : await vitrine.space(pid);
      if (space !== null && process !== undefined && space.pages.length > 0) {
        return { space, name: process.name, ended: false };
      }
      const old = before[index];
      return old?.space.pid === pid ? { ...old, ended: true } : null;
    }),
  );
  pair.value = [sides[0] ?? null, sides[1] ?? null];
}

async function pull(vitrine: Vitrine): Promise<void> {
  const seen = await vitrine.status();
  status.value = seen;
  if (seen.panic !== null) failure.value = seen.panic;
  if (view.value === "frames") grid.value = await vitrine.grid();
  else await pullPair(vitrine, seen);
  const pfn = selectedFrame.value;
  frameDetail.value = pfn >= 0 && pfn < seen.memory.frames ? await vitrine.frame(pfn) : null;
}

/** Begins to pull; never ends, but rests while the page is hidden or the machine's pane is. */
export function follow(vitrine: Vitrine, visible: () => boolean): void {
  const again = (): void =>
    void setTimeout(() => requestAnimationFrame(() => void turn()), INTERVAL_MS);
  const turn = async (): Promise<void> => {
    if (!document.hidden && visible() && failure.value === null) {
      try {
        await pull(vitrine);
      } catch (error) {
        failure.value = error instanceof Error ? error.message : String(error);
      }
    }
    again();
  };
  void turn();
}
