// The machine's state as the page last saw it, pulled while somebody looks. Each pull starts when the previous one has
// been answered and drawn, at most thirty times a second; a hidden page or a closed view pulls nothing.

import { signal } from "@preact/signals";
import type { FrameDetail, FrameGrid, MachineStatus, SpaceInfo } from "../client/api.ts";
import type { Vitrine } from "../client/vitrine.ts";
import { choosePair } from "./pair.ts";
import { chosenPair, selectedFrame, view } from "./view.ts";

export const status = signal<MachineStatus | null>(null);
/** Whether the machine worked since the pull before. */
export const busy = signal(false);
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
/** Why the machine stands still for good: it never started, a kernel panic, a lost worker. */
export interface Failure {
  readonly reason: string;
  /** False when it never ran. */
  readonly started: boolean;
}
export const failure = signal<Failure | null>(null);
/** Messages from the kernel to the person, newest last. */
export const notices = signal<readonly string[]>([]);

const INTERVAL_MS = 33;
/** Looking takes at most a fifth of the time: after a pull that took 20 ms the next waits for 80. */
const REST = 4;
/** A machine that retires more instructions than this from one pull to the next is busy, even if nobody holds the hart
 * in the moment of looking, as in a loop of short programs. */
const BUSY_INSTRUCTIONS = 100_000;

/** Says that the machine has stopped for good; the first reason is the one that counts. */
export function fail(reason: string): void {
  failure.value ??= { reason, started: status.value !== null };
}

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

/** What a link asked for may be gone, or never have been there in this machine. */
function forgetWhatIsNot(seen: MachineStatus): void {
  if (selectedFrame.value >= seen.memory.frames) {
    notice(
      `There is no frame ${selectedFrame.value}: this machine has ${seen.memory.frames}, from 0 on.`,
    );
    selectedFrame.value = -1;
  }
  const chosen = chosenPair.value;
  const known = (pid: number): boolean =>
    seen.processes.some((process) => process.pid === pid) ||
    pair.value.some((side) => side?.space.pid === pid);
  if (chosen !== null && !chosen.every(known)) {
    notice(`Process ${chosen.find((pid) => !known(pid)) ?? 0} is not there; the newest are shown.`);
    chosenPair.value = null;
  }
}

async function pull(vitrine: Vitrine): Promise<void> {
  const seen = await vitrine.status();
  busy.value = seen.instructions - (status.value?.instructions ?? 0) > BUSY_INSTRUCTIONS;
  status.value = seen;
  forgetWhatIsNot(seen);
  if (seen.panic !== null) fail(seen.panic);
  if (view.value === "frames") grid.value = await vitrine.grid();
  else await pullPair(vitrine, seen);
  const pfn = selectedFrame.value;
  frameDetail.value = pfn >= 0 && pfn < seen.memory.frames ? await vitrine.frame(pfn) : null;
}

/** Begins to pull; never ends, but rests while the page is hidden or the machine's pane is. */
export function follow(vitrine: Vitrine, visible: () => boolean): void {
  const again = (took: number): void =>
    void setTimeout(
      () => requestAnimationFrame(() => void turn()),
      Math.max(INTERVAL_MS, REST * took),
    );
  const turn = async (): Promise<void> => {
    const began = performance.now();
    if (!document.hidden && visible() && failure.value === null) {
      try {
        await pull(vitrine);
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error));
      }
    }
    again(performance.now() - began);
  };
  void turn();
}
