// The slots of the swap area: what their states are called, which of them are drawn, and what they are in words.

import {
  SLOT_BAD,
  SLOT_CACHED,
  SLOT_FREE,
  SLOT_STORED,
  SLOT_WRITING,
  SLOT_ZERO,
  type SlotDetail,
  type SwapGrid,
} from "../client/api.ts";
import { formatCount } from "../ui/format.ts";

interface SlotStyle {
  /** As the legend says it; also the class of its swatch, with `slot-` before it. */
  readonly label: string;
  readonly letter: string;
}

const styleOf: Readonly<Record<number, SlotStyle>> = {
  [SLOT_FREE]: { label: "free", letter: "" },
  [SLOT_ZERO]: { label: "zeros", letter: "0" },
  [SLOT_STORED]: { label: "stored", letter: "W" },
  [SLOT_CACHED]: { label: "cached", letter: "C" },
  [SLOT_WRITING]: { label: "writing", letter: ">" },
  [SLOT_BAD]: { label: "lost", letter: "!" },
};
const unknown: SlotStyle = { label: "unknown", letter: "?" };

/** `state` is a SLOT_* number. */
export const slotStyle = (state: number): SlotStyle => styleOf[state] ?? unknown;

/** The states as the legend lists them. */
export const legendStates = [
  SLOT_STORED,
  SLOT_ZERO,
  SLOT_WRITING,
  SLOT_CACHED,
  SLOT_BAD,
  SLOT_FREE,
] as const;

/** How many slots have each state, by SLOT_* number. */
export function countSlots({ state }: SwapGrid): readonly number[] {
  const counts = [0, 0, 0, 0, 0, 0];
  for (const one of state) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
}

/** Fewer are not drawn: the picture would change its scale with every page. */
const LEAST_SHOWN = 1024;

/**
 * How many slots, from slot 0 on, are drawn: all that are in use and the one that is `chosen`, rounded up to a power of
 * two. `before` is what was drawn last, which stays until a quarter of it would do.
 */
export function shownSlots({ state }: SwapGrid, chosen: number, before: number): number {
  let end = state.length;
  while (end > chosen + 1 && state[end - 1] === SLOT_FREE) end--;
  const wanted = Math.min(
    state.length,
    Math.max(LEAST_SHOWN, 2 ** Math.ceil(Math.log2(Math.max(1, end)))),
  );
  return wanted < before && before <= state.length && before < 4 * wanted ? before : wanted;
}

export interface SlotCells {
  readonly state: Uint8Array;
  readonly owner: Uint16Array;
  /** How many slots of the cell are in use. */
  readonly used: Uint8Array | Uint32Array;
}

/** The states of a cell's slots, counted; the last index is the largest SLOT_* number. */
type StateCounts = Uint32Array;

/** What a cell of several slots shows: a lost or a writing one if there is any, else what most of those in use are. */
function stateOfCell(counts: StateCounts): number {
  if ((counts[SLOT_BAD] ?? 0) > 0) return SLOT_BAD;
  if ((counts[SLOT_WRITING] ?? 0) > 0) return SLOT_WRITING;
  let most = SLOT_FREE;
  for (const state of [SLOT_STORED, SLOT_CACHED, SLOT_ZERO]) {
    if ((counts[state] ?? 0) > (most === SLOT_FREE ? 0 : (counts[most] ?? 0))) most = state;
  }
  return most;
}

/** The first `shown` slots as cells of `each`. */
export function slotCells(grid: SwapGrid, shown: number, each: number): SlotCells {
  if (each === 1) {
    const state = grid.state.subarray(0, shown);
    return { state, owner: grid.owner.subarray(0, shown), used: state };
  }
  const count = Math.ceil(shown / each);
  const cells = {
    state: new Uint8Array(count),
    owner: new Uint16Array(count),
    used: new Uint32Array(count),
  };
  const counts: StateCounts = new Uint32Array(6);
  for (let cell = 0; cell < count; cell++) {
    const first = cell * each;
    const end = Math.min(first + each, shown);
    counts.fill(0);
    for (let slot = first; slot < end; slot++) {
      const its = grid.state[slot] ?? SLOT_FREE;
      counts[its] = (counts[its] ?? 0) + 1;
    }
    const free = counts[SLOT_FREE] ?? 0;
    if (free === end - first) continue;
    const state = stateOfCell(counts);
    cells.state[cell] = state;
    cells.used[cell] = end - first - free;
    cells.owner[cell] = grid.owner[grid.state.indexOf(state, first)] ?? 0;
  }
  return cells;
}

/** The slot that a click on the cell of `first` chooses: the first whose state the cell shows. */
export function slotInCell(grid: SwapGrid, first: number, each: number): number {
  const part = grid.state.subarray(first, first + each);
  const [shown] = slotCells({ ...grid, state: part }, part.length, Math.max(2, each)).state;
  return first + Math.max(0, part.indexOf(shown ?? SLOT_FREE));
}

/** What is where, without the owner: `stored in cluster 3`. */
export function slotPlace(state: number, detail: SlotDetail | null): string {
  const stored = detail === null ? "stored" : `stored in cluster ${detail.cluster}`;
  const frame = detail === null || detail.frame < 0 ? "a frame" : `frame ${detail.frame}`;
  switch (state) {
    case SLOT_STORED:
      return stored;
    case SLOT_CACHED:
      return `${stored}, and in ${frame} too`;
    case SLOT_WRITING:
      return `in ${frame}, on its way to the store`;
    case SLOT_ZERO:
      return "a page of zeros, for which nothing is stored";
    case SLOT_BAD:
      return "lost by the store";
    default:
      return "free";
  }
}

/** Where a slot's bytes are, for its details, which name the frame elsewhere. */
export function slotBytes({ state, cluster, place }: SlotDetail): string {
  switch (state) {
    case SLOT_STORED:
    case SLOT_CACHED:
      return `stored in cluster ${cluster}, page ${place} of it`;
    case SLOT_WRITING:
      return "on their way to the store";
    case SLOT_ZERO:
      return "all zeros, so nothing is stored";
    case SLOT_BAD:
      return "lost by the store: who touches the page gets SIGBUS";
    default:
      return "none";
  }
}

/** `slot 12: stored in cluster 3, pid 7`. `detail` makes it exact when it is that slot's. */
export function describeSlot(grid: SwapGrid, slot: number, detail: SlotDetail | null): string {
  const state = grid.state[slot] ?? SLOT_FREE;
  const known = detail?.slot === slot && detail.state === state ? detail : null;
  const parts = [`slot ${slot}: ${slotPlace(state, known)}`];
  if (state === SLOT_FREE) return parts.join();
  const owner = grid.owner[slot] ?? 0;
  const references = grid.references[slot] ?? 0;
  if (owner !== 0) parts.push(`pid ${owner}`);
  else if (references > 0) parts.push(known?.owner || "shared memory or a file");
  if (references > 1) parts.push(`${references} references`);
  return parts.join(", ");
}

/** Several slots in one cell: `slots 32 to 47: 12 stored, 4 free`. */
export function describeCell(grid: SwapGrid, first: number, each: number): string {
  const last = Math.min(first + each, grid.state.length) - 1;
  const part = grid.state.subarray(first, last + 1);
  const counts = countSlots({ ...grid, state: part });
  const parts = legendStates.filter((state) => (counts[state] ?? 0) > 0);
  const said = parts.map((state) => `${counts[state]} ${slotStyle(state).label}`);
  return `slots ${first} to ${last}: ${said.join(", ")}`;
}

/** Which slots are on show and what a cell is, in a sentence. */
export function describeShown(shown: number, total: number, each: number): string {
  const cell =
    each === 1
      ? "A cell is a slot of 4 KiB."
      : `A cell stands for ${each} slots, the fainter the more of them are free.`;
  return shown < total
    ? `${cell} Slots 0 to ${formatCount(shown - 1)} are shown, the others of ${formatCount(total)} are free.`
    : cell;
}
