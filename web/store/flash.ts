// Which cells changed because a page went out to the swap area or came back, told from two grids that were pulled one
// after the other. What two grids cannot tell for certain counts only as far as the machine's own counters allow it, so a
// process that ends or frees memory does not look like one that is swapped out. A page that took the frame of another of
// the same process between two pulls is not seen in the frames; its slots tell of it.

import {
  type FrameGrid,
  frameKindNames,
  SLOT_CACHED,
  SLOT_FREE,
  SLOT_STORED,
  SLOT_ZERO,
  type SwapGrid,
} from "../client/api.ts";

const FREE = frameKindNames.indexOf("free");
const ANON = frameKindNames.indexOf("anon");
const FILE = frameKindNames.indexOf("file");
const SHARED = frameKindNames.indexOf("shared");
const SWAP_CACHE = frameKindNames.indexOf("swap-cache");

/** Cells by number. `leaving`: the page left its frame, or came into the slot; `returning`: the other way. */
export interface Changes {
  readonly leaving: readonly number[];
  readonly returning: readonly number[];
}

/** Changes that were seen at one time, in milliseconds of the page's clock. */
export interface Burst extends Changes {
  readonly at: number;
}

/** Pages that went out and came in since the grid before, as the machine counts them. */
export interface Moved {
  readonly out: number;
  readonly in: number;
}

/** How long a change is shown. */
export const FLASH_MS = 700;
/** More changes of one kind at one time would only be a blur. */
const MOST = 4096;

/** `alive` tells of a pid whether its process is still there. */
export function frameChanges(
  before: FrameGrid,
  after: FrameGrid,
  moved: Moved,
  alive: (pid: number) => boolean,
): Changes {
  const leaving: number[] = [];
  const returning: number[] = [];
  const dropped: number[] = [];
  const perhapsLeaving: number[] = [];
  const perhapsReturning: number[] = [];
  const swappable = (grid: FrameGrid, pfn: number): boolean =>
    (grid.kind[pfn] === ANON || grid.kind[pfn] === SHARED) && (grid.mappings[pfn] ?? 0) > 0;
  for (let pfn = 0; pfn < after.kind.length; pfn++) {
    const was = before.kind[pfn] ?? FREE;
    const is = after.kind[pfn] ?? FREE;
    if (was === is && before.owner[pfn] === after.owner[pfn]) continue;
    if (is === SWAP_CACHE) {
      if (swappable(before, pfn)) leaving.push(pfn);
      else if (was === FREE && moved.in > 0) returning.push(pfn);
    } else if (was === SWAP_CACHE) {
      if (swappable(after, pfn)) returning.push(pfn);
    } else if (was === FILE) {
      if (is !== FILE) dropped.push(pfn);
    } else if (swappable(before, pfn)) {
      if (alive(before.owner[pfn] ?? 0)) perhapsLeaving.push(pfn);
    } else if (was === FREE && swappable(after, pfn)) perhapsReturning.push(pfn);
  }
  if (leaving.length + perhapsLeaving.length <= moved.out) leaving.push(...perhapsLeaving);
  if (returning.length + perhapsReturning.length <= moved.in) returning.push(...perhapsReturning);
  return bounded([...leaving, ...dropped], returning);
}

export function slotChanges(
  before: SwapGrid,
  after: SwapGrid,
  moved: Moved,
  alive: (pid: number) => boolean,
): Changes {
  const leaving: number[] = [];
  const returning: number[] = [];
  for (let slot = 0; slot < after.state.length; slot++) {
    const was = before.state[slot] ?? SLOT_FREE;
    const is = after.state[slot] ?? SLOT_FREE;
    if (was === is) continue;
    const owner = before.owner[slot] ?? 0;
    if (was === SLOT_FREE) leaving.push(slot);
    else if (is === SLOT_CACHED && (was === SLOT_STORED || was === SLOT_ZERO)) returning.push(slot);
    else if (is === SLOT_FREE && moved.in > 0 && (owner === 0 || alive(owner)))
      returning.push(slot);
  }
  return bounded(leaving, returning);
}

function bounded(leaving: readonly number[], returning: readonly number[]): Changes {
  return { leaving: leaving.slice(0, MOST), returning: returning.slice(0, MOST) };
}

/** The bursts that are still shown at `now`, `changes` added when there are any. */
export function addBurst(bursts: readonly Burst[], changes: Changes, now: number): Burst[] {
  const shown = bursts.filter(({ at }) => now - at < FLASH_MS);
  const some = changes.leaving.length + changes.returning.length > 0;
  return some ? [...shown, { ...changes, at: now }] : shown;
}
