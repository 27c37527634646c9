// Swap-in: a fault reads the whole cluster that its page is in, and the page's neighbours in it are kept as long as there
// are frames for them and experience says that they will be wanted. Pages that left memory one after another are mostly
// wanted in that order again: when whole clusters are, one after the other, the next few are read before they are wanted.

import { EV_SWAP_IN, EV_SWAP_READ } from "../../api/events.ts";
import { FRAME_SWAP_CACHE } from "../../api/frames.ts";
import { AHEAD, READING } from "../frames.ts";
import type { Cluster } from "./area.ts";
import type { Swap } from "./swap.ts";

/** Tries of a read before the page is given up. */
const TRIES = 3;
/** Neighbours kept at first. */
const FIRST_WINDOW = 8;
/** Clusters that are read before they are wanted: in a small machine their pages would be gone before. */
const FEWEST_AHEAD = 2;
const MOST_AHEAD = 4;
/** Frames for each of them. */
const FRAMES_PER_CLUSTER_AHEAD = 2048;
/** Clusters that are remembered to see who goes through them in order. */
const REMEMBERED = 4;

interface Wanted {
  readonly slot: number;
  readonly pfn: number;
  readonly place: number;
}

interface Read {
  readonly cluster: Cluster;
  readonly wanted: Wanted[];
  /** Places of the pages that are kept, wanted or not. */
  readonly first: number;
  readonly end: number;
}

export class SwapReader {
  readonly #swap: Swap;
  /** Reads under way by cluster. */
  readonly #reads = new Map<Cluster, Read>();
  /** Pages asked for and not there yet. */
  pages = 0;
  /** Neighbours that reads under way are to bring, at the most: so many frames more shall be free. */
  expected = 0;
  /** How many pages of a cluster are kept, halved at each decision; and how often read-ahead was right since the last. */
  #window = 2 * FIRST_WINDOW;
  #hits = 0;
  /** Keys of the clusters that were last used, the latest first. */
  readonly #used: number[] = [];
  readonly #clustersAhead: number;

  constructor(swap: Swap) {
    this.#swap = swap;
    const affordable = Math.floor(swap.mm.frames.count / FRAMES_PER_CLUSTER_AHEAD);
    this.#clustersAhead = Math.max(FEWEST_AHEAD, Math.min(MOST_AHEAD, affordable));
  }

  /** Somebody found a page that was read ahead. */
  hit(slot: number): void {
    this.#hits++;
    this.#swap.aheadUsed++;
    this.use(slot);
  }

  /** Somebody wants a page that is stored. */
  use(slot: number): void {
    const used = this.#used;
    const { area } = this.#swap;
    const cluster = area.clusterOf(slot);
    if (cluster === undefined || used.includes(cluster.key)) return;
    const { key } = cluster;
    let step = 0;
    if (used.includes(key - 1)) step = 1;
    else if (used.includes(key + 1)) step = -1;
    used.unshift(key);
    if (used.length > REMEMBERED) used.pop();
    if (step === 0 || this.#window < cluster.slots.length) return;
    for (let index = 1; index <= this.#clustersAhead; index++) {
      const next = area.clusters.get(key + index * step);
      if (next === undefined || this.#reads.has(next)) continue;
      if (next.slots.some((slot) => this.#isMissing(slot)))
        this.#begin(next, [], 0, next.slots.length);
    }
  }

  /** Whether the slot of a cluster's place is somebody's and its page in no frame. */
  #isMissing(slot: number): boolean {
    const { area } = this.#swap;
    return slot >= 0 && area.frame[slot] === -1 && area.count[slot]! > 0;
  }

  /** Begins to read the slot's page into the frame, which has been allocated for the swap cache. */
  start(slot: number, pfn: number): void {
    this.#swap.attach(pfn, slot);
    this.#want(slot, pfn);
  }

  /** Adds the page to the read of its cluster, which begins now if it is not under way. */
  #want(slot: number, pfn: number): void {
    const { area, mm } = this.#swap;
    const cluster = area.clusterOf(slot);
    if (cluster === undefined)
      throw new Error("unreachable: the caller asked whether the slot is stored");
    mm.frames.flags[pfn]! |= READING;
    this.pages++;
    const wanted = { slot, pfn, place: area.placeOf(slot) };
    const known = this.#reads.get(cluster);
    if (known !== undefined) {
      known.wanted.push(wanted);
      return;
    }
    const window = this.#decideWindow(cluster.slots.length);
    this.#begin(cluster, [wanted], wanted.place - (wanted.place % window), window);
  }

  #begin(cluster: Cluster, wanted: Wanted[], first: number, window: number): void {
    const read = { cluster, wanted, first, end: Math.min(first + window, cluster.slots.length) };
    this.#reads.set(cluster, read);
    cluster.reads++;
    this.expected += read.end - first;
    this.#swap.mm.reclaim.foresee();
    this.#issue(read, 1);
  }

  #issue(read: Read, attempt: number): void {
    const { parts } = this.#swap;
    const { key, slots } = read.cluster;
    parts.completions.start(
      this.#swap.due(slots.length),
      parts.store.read(key),
      (bytes) => {
        if (bytes.length === slots.length * 4096) this.#arrived(read, bytes);
        else this.#failed(read, TRIES, new Error(`cluster ${key} has ${bytes.length} bytes`));
      },
      (error) => this.#failed(read, error.name === "NotFoundError" ? TRIES : attempt, error),
    );
  }

  #end(read: Read): void {
    const { cluster, wanted } = read;
    this.#reads.delete(cluster);
    this.expected -= read.end - read.first;
    cluster.reads--;
    this.pages -= wanted.length;
    for (const { pfn } of wanted) this.#swap.mm.frames.flags[pfn]! &= ~READING;
  }

  #arrived(read: Read, bytes: Uint8Array): void {
    const swap = this.#swap;
    const { mm, area, parts } = swap;
    const { frames } = mm;
    const { cluster, wanted } = read;
    this.#end(read);
    for (const { slot, pfn, place } of wanted) {
      if (area.frame[slot] !== pfn) {
        // Whoever wanted it is gone.
        frames.put(pfn);
        continue;
      }
      this.#fill(pfn, slot, bytes, place, 1);
    }
    const kept = wanted.length + this.#readAhead(read, bytes);
    swap.in += kept;
    if (mm.events.on) mm.events.emit(EV_SWAP_READ, 0, cluster.key, kept, 0);
    for (const { slot } of wanted) parts.scheduler.wake(swap.arrivals, Infinity, slot);
    swap.writer.removeDead();
  }

  #fill(pfn: number, slot: number, bytes: Uint8Array, place: number, wanted: number): void {
    const { mm } = this.#swap;
    mm.cpu.ram.u8.set(bytes.subarray(place * 4096, (place + 1) * 4096), pfn * 4096);
    mm.lru.add(pfn);
    if (mm.events.on) mm.events.emit(EV_SWAP_IN, 0, pfn, slot, wanted);
  }

  /** Keeps neighbours of the wanted pages. Returns how many. */
  #readAhead({ cluster, first, end }: Read, bytes: Uint8Array): number {
    const swap = this.#swap;
    const { mm } = swap;
    const { frames } = mm;
    let kept = 0;
    for (let at = first; at < end; at++) {
      const slot = cluster.slots[at]!;
      if (!this.#isMissing(slot)) continue;
      if (frames.free <= mm.reclaim.spare) break;
      const pfn = frames.alloc(FRAME_SWAP_CACHE);
      if (pfn < 0) break;
      swap.attach(pfn, slot);
      this.#fill(pfn, slot, bytes, at, 0);
      frames.flags[pfn]! |= AHEAD;
      kept++;
    }
    swap.ahead += kept;
    return kept;
  }

  /** Twice as many pages as before when they were wanted, half as many when not (Linux mm/swap_state.c). */
  #decideWindow(most: number): number {
    const wanted = this.#hits + 2;
    this.#hits = 0;
    let window = 4;
    while (window < wanted) window *= 2;
    this.#window = Math.max(window, this.#window >>> 1);
    return Math.max(1, Math.min(this.#window, most));
  }

  #failed(read: Read, attempt: number, error: Error): void {
    const swap = this.#swap;
    const { mm, area, parts } = swap;
    const { cluster, wanted } = read;
    if (mm.events.on) mm.events.emit(EV_SWAP_READ, 0, cluster.key, 0, 1);
    // What nobody waits for is not tried again: who wants it later asks himself.
    if (attempt < TRIES && wanted.length > 0) {
      this.#issue(read, attempt + 1);
      return;
    }
    this.#end(read);
    let lost = 0;
    for (const { slot, pfn } of wanted) {
      if (area.frame[slot] === pfn && area.clusterOf(slot) !== cluster) {
        // It has been folded into another cluster meanwhile.
        this.#want(slot, pfn);
        continue;
      }
      if (area.frame[slot] === pfn) {
        area.lose(slot);
        swap.detach(pfn);
        lost++;
      }
      mm.frames.put(pfn);
      parts.scheduler.wake(swap.arrivals, Infinity, slot);
    }
    if (lost > 0)
      swap.report(
        `cluster ${cluster.key} cannot be read (${error.message}); who needs a page of it gets SIGBUS`,
      );
    swap.writer.removeDead();
  }
}
