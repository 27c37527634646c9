// The grids of the Frames panel: all frames at every pull, all slots when something may have changed there, and what went
// out and came back between two of them.

import { batch, signal } from "@preact/signals";
import type { FrameGrid, MachineStatus, SwapGrid, SwapStatus } from "../client/api.ts";
import type { Vitrine } from "../client/vitrine.ts";
import {
  addBurst,
  type Burst,
  type Changes,
  frameChanges,
  type Moved,
  slotChanges,
} from "./flash.ts";

export const grid = signal<FrameGrid | null>(null);
/** Null when there is no swap area. */
export const swapGrid = signal<SwapGrid | null>(null);
/** Changes that are still to be seen, in cells. */
export const flashes = signal<{
  readonly frames: readonly Burst[];
  readonly slots: readonly Burst[];
}>({ frames: [], slots: [] });

/** After a pause longer than this, because nobody looked, the grids are not compared with those before it. */
const LONGEST_MS = 1000;
/** A swap area in which nothing is counted as changed is still looked at, the less often the larger it is. */
const SLOTS_PER_MS = 1000;

interface Pulled<Grid> {
  readonly grid: Grid;
  readonly swap: SwapStatus;
  readonly at: number;
}

let lastFrames: Pulled<FrameGrid> | undefined;
let lastSlots: Pulled<SwapGrid> | undefined;

const counters = ["total", "used", "clusters", "writing", "reading", "out", "in"] as const;

/** Whether the slots may differ from those pulled `elapsed` ms ago, when the machine counted `before`. */
export function slotsMayDiffer(before: SwapStatus, now: SwapStatus, elapsed: number): boolean {
  return (
    now.writing + now.reading > 0 ||
    counters.some((name) => before[name] !== now[name]) ||
    elapsed > now.total / SLOTS_PER_MS
  );
}

export async function pullGrids(vitrine: Vitrine, seen: MachineStatus): Promise<void> {
  const { swap, processes } = seen;
  const began = performance.now();
  if (began - (lastFrames?.at ?? 0) > LONGEST_MS) lastFrames = lastSlots = undefined;
  if (lastSlots !== undefined && lastSlots.swap.total !== swap.total) lastSlots = undefined;
  const wanted =
    swap.total > 0 &&
    (lastSlots === undefined || slotsMayDiffer(lastSlots.swap, swap, began - lastSlots.at));
  const [frames, slots] = await Promise.all([
    vitrine.grid(),
    wanted ? vitrine.swapGrid() : undefined,
  ]);
  const at = performance.now();
  const pids = new Set(processes.map(({ pid }) => pid));
  const changes = <Grid>(
    before: Pulled<Grid> | undefined,
    after: Grid | undefined,
    tell: (before: Grid, after: Grid, moved: Moved, alive: (pid: number) => boolean) => Changes,
  ): Changes => {
    if (before === undefined || after === undefined) return { leaving: [], returning: [] };
    const moved = { out: swap.out - before.swap.out, in: swap.in - before.swap.in };
    return tell(before.grid, after, moved, (pid) => pids.has(pid));
  };
  const shown = flashes.peek();
  const frameBursts = addBurst(shown.frames, changes(lastFrames, frames, frameChanges), at);
  const slotBursts = addBurst(shown.slots, changes(lastSlots, slots, slotChanges), at);
  const lists = [shown.frames, shown.slots, frameBursts, slotBursts];
  batch(() => {
    // Nothing to be seen before and after: nothing is drawn again for it.
    if (lists.some(({ length }) => length > 0))
      flashes.value = { frames: frameBursts, slots: slotBursts };
    grid.value = frames;
    if (swap.total === 0) swapGrid.value = null;
    else if (slots !== undefined) swapGrid.value = slots;
  });
  lastFrames = { grid: frames, swap, at };
  if (slots !== undefined) lastSlots = { grid: slots, swap, at };
}
