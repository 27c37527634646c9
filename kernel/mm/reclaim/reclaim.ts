// When frames run short: watermarks, the background reclaimer, and reclaim by whoever needs a frame.
//
//    free frames
//      │   high ─ the background reclaimer stops
//      │   low  ─ it is woken
//      │   reserve ─ only page tables and swap-in go below; everybody else reclaims first, or waits, or somebody is killed
//      0
//
// Reclaim asks the policy (policy.ts) for the next page and evicts it (evict.ts). It never waits: a page that must
// be written leaves its mappings now and its frame later.

import type { Task } from "../../sched/task.ts";
import { WaitQueue } from "../../sched/wait-queue.ts";
import { BUSY, evict, FREED, LEAVING, STAYS } from "./evict.ts";
import { FRAME_SWAP_CACHE } from "../../api/frames.ts";
import { WANTED } from "../frames.ts";
import type { MemoryManager } from "../memory-manager.ts";
import type { FrameWait } from "../stall.ts";

/**
 * Pages of files that stay. Programs run from the page cache: with a few pages for all of them each instruction's page
 * would drive out the page of its data, and nobody would get anywhere (and nobody be killed, since something could always
 * be freed).
 */
const KEPT_FILE_PAGES = 24;
/** While pages of files are more than one in so many of the others, they go first. */
const FILE_SHARE = 8;
/** Pages that go, in times of RAM or altogether, while a thread waits for a frame, before it counts as in vain. */
const FUTILE_ROUNDS = 16;
const FUTILE_PAGES = 16_384;
/** Pages that the background reclaimer looks at before others have their turn. */
const BACKGROUND_STEPS = 512;

export interface ReclaimCounts {
  /** Pages looked at, and pages that went. */
  scanned: number;
  stolen: number;
}

export class Reclaim {
  readonly #mm: MemoryManager;
  readonly low: number;
  readonly high: number;
  /** Above this many free frames neighbours of a page that is swapped in are kept. */
  readonly spare: number;
  readonly background: ReclaimCounts = { scanned: 0, stolen: 0 };
  readonly direct: ReclaimCounts = { scanned: 0, stolen: 0 };
  /** The background reclaimer sleeps here. */
  readonly #sleep = new WaitQueue();
  /** Frames that somebody needs at once, beyond the watermark. */
  #wanted = 0;
  /** A page of the file cache is replaced by another: one may go even when no more are there than stay. */
  #replacing = false;

  constructor(mm: MemoryManager) {
    this.#mm = mm;
    const { count, reserve } = mm.frames;
    this.low = reserve + Math.max(8, Math.min(512, count >>> 7));
    this.high = this.low + 2 * mm.swap.writer.clusterPages;
    this.spare = (reserve + this.low) >>> 1;
    mm.frames.low = this.low;
    mm.frames.onLow = () => this.#wake();
  }

  #wake(): void {
    const { scheduler } = this.#mm.swap.parts;
    // It shall have its turn before whoever allocates takes the last frames.
    if (scheduler.wake(this.#sleep) > 0) scheduler.yieldSoon = true;
  }

  /** A read was begun that will bring more pages than are wanted: there shall be frames for them when it is over. */
  foresee(): void {
    const { frames, swap } = this.#mm;
    if (frames.free < this.low + swap.reader.expected) this.#wake();
  }

  /** How many frames the background reclaimer wants to be free. */
  get #goal(): number {
    return this.high + this.#wanted + this.#mm.swap.reader.expected;
  }

  get keptFilePages(): number {
    const kept = Math.min(KEPT_FILE_PAGES, this.#mm.frames.count >>> 4);
    return this.#replacing ? kept - 1 : kept;
  }

  /**
   * Frees some frames now, or starts what must be written for that: a cluster's worth, or `least` if that is more.
   * `replacing`: for a page of the file cache. Returns how many are free that were not.
   */
  now(least = 0, replacing = false): number {
    this.#replacing = replacing && this.#mm.lru.file.count === this.keptFilePages;
    const goal = Math.max(least, this.#mm.swap.writer.clusterPages);
    const freed = this.#run(goal, Infinity, this.direct);
    this.#replacing = false;
    return freed;
  }

  /** Whether frames will come free without anybody's doing: pages are on their way out. */
  get isUnderWay(): boolean {
    return this.#mm.swap.writer.busy;
  }

  /**
   * Whether a thread that needs a frame now has waited for frames while so many pages went that it will never have as many
   * at a time as its instruction or its call needs: everybody only takes them from everybody else, since nearly all are page
   * tables. Then memory has ended, although pages come and go. Otherwise its wait begins here, if it has not begun.
   */
  waitsInVain(wait: FrameWait): boolean {
    const stolen = this.background.stolen + this.direct.stolen;
    if (wait.since === Infinity) wait.since = stolen;
    return stolen - wait.since > Math.max(FUTILE_PAGES, FUTILE_ROUNDS * this.#mm.frames.count);
  }

  /** Frees frames until `count` are free. Whether they are. */
  makeFree(count: number): boolean {
    const { frames } = this.#mm;
    const missing = count - frames.free;
    if (missing > 0) this.now(missing);
    if (frames.free >= count) {
      this.#wanted = 0;
      return true;
    }
    // Until then the background reclaimer goes on beyond its watermark.
    this.#wanted = Math.min(count, frames.count >>> 1);
    return false;
  }

  /** Test only: evicts pages although there is no need. */
  squeeze(pages: number): void {
    this.#run(pages, 2 * pages, this.direct);
  }

  /** Evicts until `goal` pages have gone or are going, in at most `steps` steps. Returns how many frames are free now. */
  #run(goal: number, steps: number, counts: ReclaimCounts): number {
    const { lru, swap } = this.#mm;
    const isInBackground = counts === this.background;
    let freed = 0;
    let leaving = 0;
    // Two rounds without success, the first of which may only have cleared accessed bits: nothing can go.
    let fileTries = 2 * lru.file.count;
    let swapTries = swap.on && swap.hasPlace ? 2 * lru.swapBacked.count : 0;
    for (let left = steps; left > 0 && freed + leaving < goal; left--) {
      if (lru.file.count <= this.keptFilePages) fileTries = 0;
      if (fileTries <= 0 && swapTries <= 0) break;
      const isFile = fileTries > 0 && (swapTries <= 0 || this.#isFilesTurn());
      const policy = isFile ? lru.file : lru.swapBacked;
      const pfn = policy.choose();
      counts.scanned++;
      const isSpared = this.#isAwaited(pfn) && (isInBackground || swapTries > lru.swapBacked.count);
      const outcome = pfn < 0 || isSpared ? STAYS : evict(this.#mm, pfn);
      if (outcome === BUSY) break;
      if (outcome === STAYS) {
        if (pfn >= 0) policy.keep(pfn);
        if (isFile) fileTries--;
        else swapTries = swap.hasPlace ? swapTries - 1 : 0;
        continue;
      }
      counts.stolen++;
      if (outcome === FREED) freed++;
      if (outcome === LEAVING) leaving++;
    }
    swap.writer.flush();
    return freed;
  }

  /**
   * Whether a thread has waited for the page and has not had its turn since. It stays until nothing else can go: the
   * thread would only ask for it again, and when the rest of memory cannot be written, for ever.
   */
  #isAwaited(pfn: number): boolean {
    const { frames } = this.#mm;
    return frames.kind[pfn] === FRAME_SWAP_CACHE && (frames.flags[pfn]! & WANTED) !== 0;
  }

  /** Dropping a page of a file costs no write, but programs run from them: they go first while they are many. */
  #isFilesTurn(): boolean {
    const { file, swapBacked } = this.#mm.lru;
    return this.#replacing || file.count * FILE_SHARE > swapBacked.count;
  }

  /** The background reclaimer: an endless task of the kernel. */
  async runInBackground(
    task: Task,
    sleep: (task: Task, queues: readonly WaitQueue[]) => Promise<unknown>,
  ): Promise<void> {
    const mm = this.#mm;
    for (;;) {
      await sleep(task, [this.#sleep]);
      while (mm.frames.free < this.#goal) {
        // What is on its way out counts: when it is there, it is looked again.
        if (mm.frames.free + mm.swap.writer.pages < this.#goal) {
          const before = this.background.stolen;
          this.#run(mm.swap.writer.clusterPages, BACKGROUND_STEPS, this.background);
          if (this.background.stolen !== before) continue;
        }
        if (!this.isUnderWay) break;
        await sleep(task, [mm.shortage]);
      }
      this.#wanted = 0;
    }
  }
}
