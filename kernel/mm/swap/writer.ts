// Swap-out: evicted pages gather to a cluster, which goes to the store as one value. Sparse clusters are folded into it:
// the store takes their live pages over, and what is left of them is removed.
//
// A page stays in its frame until its cluster is stored, so that a failed write loses nothing: it is tried again in
// another cluster, and then the page simply stays where it is. At most a mebibyte is on its way at a time.

import { EV_SWAP_WRITE } from "../../api/events.ts";
import { createTimer, type Timer } from "../../sched/timers.ts";
import { WRITING } from "../frames.ts";
import type { Cluster } from "./area.ts";
import type { Swap } from "./swap.ts";

/** Pages of a full cluster. */
const CLUSTER_PAGES = 64;
/** Pages on their way at a time: 1 MiB. */
const MOST_IN_FLIGHT = 256;
/** Tries of a write before swap-out rests. */
const TRIES = 3;
/** How long it rests (ns). */
const REST_NS = 5e9;

interface Page {
  readonly pfn: number;
  readonly slot: number;
}

interface Folded {
  readonly slot: number;
  readonly from: Cluster;
  readonly place: number;
}

export class SwapWriter {
  readonly #swap: Swap;
  /** Pages in a cluster of this machine: a small one must not have all of its frames on the way out. */
  readonly clusterPages: number;
  readonly #mostInFlight: number;
  #gathered: Page[] = [];
  /** Pages gathered and on their way. */
  pages = 0;
  #writes = 0;
  #keys = 0;
  /** Swap-out rests: the store failed again and again, or is full. */
  resting = false;
  readonly #wake: Timer;

  constructor(swap: Swap) {
    this.#swap = swap;
    const frames = swap.mm.frames.count;
    this.clusterPages = Math.max(8, Math.min(CLUSTER_PAGES, frames >>> 5));
    this.#mostInFlight = Math.min(MOST_IN_FLIGHT, this.clusterPages * 4);
    this.#wake = createTimer(() => this.#resume());
    // A process that ends leaves many clusters dead at once: they go in one request.
    let isComing = false;
    swap.area.onDeath = () => {
      if (isComing) return;
      isComing = true;
      queueMicrotask(() => {
        isComing = false;
        this.removeDead();
      });
    };
  }

  /** Whether another page may be queued now. */
  get hasRoom(): boolean {
    return !this.resting && this.pages < this.#mostInFlight;
  }

  /** Whether a write is under way whose end will free frames. */
  get busy(): boolean {
    return this.pages > 0;
  }

  /** Queues the page of an unmapped frame; the caller has given the transfer a reference. */
  add(pfn: number, slot: number): void {
    const { mm, area } = this.#swap;
    mm.frames.flags[pfn]! |= WRITING;
    // The number of the write that will take it: what is stored for the slot is old already.
    area.beginWrite(slot, this.#writes + 1);
    this.#gathered.push({ pfn, slot });
    this.pages++;
    if (this.#gathered.length >= this.clusterPages) this.flush();
  }

  /** Sends what has been gathered. */
  flush(): void {
    if (this.#gathered.length === 0) return;
    const pages = this.#gathered;
    this.#gathered = [];
    this.#write(pages, 1);
  }

  #write(pages: readonly Page[], attempt: number): void {
    const { mm, area, parts } = this.#swap;
    const number = ++this.#writes;
    const key = ++this.#keys;
    const bytes = new Uint8Array(pages.length * 4096);
    pages.forEach(({ pfn, slot }, place) => {
      // On a later try the slot may be somebody else's by now; the frame is still here.
      if (mm.frames.slot[pfn] === slot) area.beginWrite(slot, number);
      bytes.set(mm.cpu.ram.u8.subarray(pfn * 4096, (pfn + 1) * 4096), place * 4096);
    });
    const folded: Folded[] = [];
    const folds = area.toFold(this.clusterPages >>> 1).map((from) => {
      const places: number[] = [];
      from.slots.forEach((slot, place) => {
        if (slot < 0) return;
        places.push(place);
        folded.push({ slot, from, place });
      });
      // Nobody may remove it before its pages are in the new one.
      from.reads++;
      return { key: from.key, places };
    });
    const letGo = (): void => {
      for (const from of new Set(folded.map((page) => page.from))) from.reads--;
    };
    parts.completions.start(
      this.#swap.due(pages.length + folded.length),
      parts.store.write(key, bytes, folds),
      () => {
        letGo();
        this.#stored(key, number, pages, folded);
      },
      (error) => {
        letGo();
        this.#failed(key, number, pages, attempt, error);
      },
    );
  }

  #stored(key: number, number: number, pages: readonly Page[], folded: readonly Folded[]): void {
    const swap = this.#swap;
    const { mm, area } = swap;
    const { frames, lru } = mm;
    area.stores(
      key,
      number,
      pages.map(({ slot }) => slot),
      folded,
    );
    if (!this.resting) swap.trouble = null;
    swap.out += pages.length;
    this.pages -= pages.length;
    for (const { pfn } of pages) {
      frames.flags[pfn]! &= ~WRITING;
      // Somebody may have taken the page back meanwhile: then it goes on living in its frame.
      if (frames.refcount[pfn] !== 1) lru.add(pfn);
      frames.put(pfn);
    }
    if (mm.events.on) mm.events.emit(EV_SWAP_WRITE, 0, key, pages.length + folded.length, 0);
    this.removeDead();
    mm.framesFreed();
  }

  #failed(
    key: number,
    number: number,
    pages: readonly Page[],
    attempt: number,
    error: Error,
  ): void {
    const swap = this.#swap;
    const { mm, area } = swap;
    if (mm.events.on) mm.events.emit(EV_SWAP_WRITE, 0, key, pages.length, 1);
    const isFull = error.name === "QuotaExceededError";
    if (!isFull && attempt < TRIES) {
      // Pages whose owners are gone or have changed them need not be written any more, but one frame more is no harm.
      mm.log.write(`swap: cluster ${key} could not be written (${error.message}); trying another`);
      this.#write(pages, attempt + 1);
      return;
    }
    this.pages -= pages.length;
    this.#rest(isFull, error);
    for (const { pfn, slot } of pages) {
      area.endWrite(slot, number);
      mm.frames.flags[pfn]! &= ~WRITING;
      mm.lru.add(pfn);
      // The page stays in its frame, whose last reference this is unless somebody has taken the page back: as long as
      // entries name its slot its bytes are here and nowhere else (Swap.abandoned), and else nobody wants it.
      mm.frames.put(pfn);
    }
    // Clusters that were to be folded may have died meanwhile: their room is needed now.
    this.removeDead();
    mm.framesFreed();
  }

  #rest(isFull: boolean, error: Error): void {
    const swap = this.#swap;
    this.resting = true;
    swap.parts.scheduler.setTimer(this.#wake, swap.parts.now() + REST_NS);
    swap.report(
      isFull
        ? `the browser or disk gives no more room than ${Math.round(swap.area.stored / 256)} MiB; pages stay in memory until some is free`
        : `pages cannot be written (${error.message}); they stay in memory, and it is tried again`,
    );
  }

  #resume(): void {
    this.resting = false;
    this.#swap.mm.framesFreed();
  }

  /** Removes clusters that hold no page any more. */
  removeDead(): void {
    const { area, parts, mm } = this.#swap;
    const keys = area.takeDead();
    if (keys.length === 0) return;
    // Nothing of the machine waits for it or can notice when it is done.
    parts.store.remove(keys).catch((error: unknown) => {
      mm.log.write(`swap: old clusters could not be removed (${String(error)})`);
    });
  }
}
