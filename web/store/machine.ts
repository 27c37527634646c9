// The machine's state as the page last saw it, pulled while somebody looks. Each pull starts when the previous one has
// been answered and drawn, at most thirty times a second; a hidden page or a closed view pulls nothing.

import { effect, signal } from "@preact/signals";
import type {
  FrameDetail,
  MachineStatus,
  ProcessState,
  SlotDetail,
  SpaceInfo,
} from "../client/api.ts";
import type { PageClient, Vitrine } from "../client/vitrine.ts";
import { pullFaults, recordFaults } from "./faults.ts";
import { pullGrids } from "./grids.ts";
import { choosePair } from "./pair.ts";
import { chooseFrame, chooseSlot, chosenPair, selectedFrame, selectedSlot, view } from "./view.ts";

export const status = signal<MachineStatus | null>(null);
/** Whether the machine worked since the pull before. */
export const busy = signal(false);
export const frameDetail = signal<FrameDetail | null>(null);
export const slotDetail = signal<SlotDetail | null>(null);
/** The two address spaces of the sharing picture. A space stays after its process has ended, so that a short program
 * can be looked at; `ended` says so. */
export interface PairSide {
  readonly space: SpaceInfo;
  readonly name: string;
  readonly state: ProcessState;
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
/** But no longer than this: an answer waits behind keys that are being typed, for seconds, and costs nothing meanwhile. */
const MOST_REST_MS = 1000;
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
      const pages = (space?.pages.length ?? 0) + (space?.swapped.length ?? 0);
      if (space !== null && process !== undefined && pages > 0) {
        return { space, name: process.name, state: process.state, ended: false };
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
    chooseFrame(-1);
  }
  if (selectedSlot.value >= seen.swap.total) {
    notice(
      seen.swap.total === 0
        ? "This machine has no swap."
        : `There is no slot ${selectedSlot.value}: the swap area has ${seen.swap.total}, from 0 on.`,
    );
    chooseSlot(-1);
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

async function pull(client: PageClient): Promise<void> {
  const { vitrine } = client;
  const seen = await vitrine.status();
  busy.value = seen.instructions - (status.value?.instructions ?? 0) > BUSY_INSTRUCTIONS;
  status.value = seen;
  forgetWhatIsNot(seen);
  if (seen.panic !== null) fail(seen.panic);
  switch (view.value) {
    case "sharing":
      await pullPair(vitrine, seen);
      break;
    case "frames":
      await pullGrids(vitrine, seen);
      break;
    case "faults":
      await pullFaults(client, seen);
  }
  const pfn = selectedFrame.value;
  frameDetail.value = pfn >= 0 && pfn < seen.memory.frames ? await vitrine.frame(pfn) : null;
  const slot = selectedSlot.value;
  slotDetail.value = slot >= 0 && slot < seen.swap.total ? await vitrine.slot(slot) : null;
}

/** Begins to pull; never ends, but rests while the page is hidden or the machine's pane is. */
export function follow(client: PageClient, visible: () => boolean): void {
  effect(() => recordFaults(client.listening, view.value === "faults"));
  const again = (took: number): void =>
    void setTimeout(
      () => requestAnimationFrame(() => void turn()),
      Math.max(INTERVAL_MS, Math.min(REST * took, MOST_REST_MS)),
    );
  const turn = async (): Promise<void> => {
    const began = performance.now();
    if (!document.hidden && visible() && failure.value === null) {
      try {
        await pull(client);
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error));
      }
    }
    again(performance.now() - began);
  };
  void turn();
}
