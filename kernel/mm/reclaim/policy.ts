// Who goes first when frames run short. A policy sees what the hardware sees: which pages there are, in which order they
// came, and whether they were accessed since it last asked. It decides nothing but the order; whether a page can go at
// all is evict.ts's business.

import { type FrameLinks, FrameList } from "../frame-list.ts";

/** Whether some mapping of the frame was used since the last call; clears the accessed bits. */
export type HarvestAccess = (pfn: number) => boolean;

export interface ReclaimPolicy {
  /** As /proc/sys/vm/policy spells it. */
  readonly name: string;
  /** Frames that it knows. */
  readonly count: number;
  /** A page came into the frame. */
  add(pfn: number): void;
  /** The frame is free, or on its way out. */
  remove(pfn: number): void;
  /** The page to evict next, which stays known until `remove`; −1 when there is none. */
  choose(): number;
  /** The chosen page cannot go now: it is the last to be chosen again. */
  keep(pfn: number): void;
  /** All frames, the next to go first; for handing them to another policy. */
  inOrder(): Iterable<number>;
  /** One reference of a reference string has been made (frame-limit.ts). */
  referenced(): void;
}

/** First in, first out: the oldest page goes, used or not. */
export class FifoPolicy implements ReclaimPolicy {
  readonly name: string = "fifo";
  protected readonly pages: FrameList;

  constructor(links: FrameLinks) {
    this.pages = new FrameList(links);
  }

  get count(): number {
    return this.pages.count;
  }

  add(pfn: number): void {
    this.pages.push(pfn);
  }

  remove(pfn: number): void {
    this.pages.remove(pfn);
  }

  choose(): number {
    return this.pages.last;
  }

  keep(pfn: number): void {
    this.pages.renew(pfn);
  }

  inOrder(): Iterable<number> {
    return this.pages.oldestFirst();
  }

  referenced(): void {}
}

/** First in, first out, but for what was used. */
abstract class AccessPolicy extends FifoPolicy {
  protected readonly accessed: HarvestAccess;

  constructor(links: FrameLinks, accessed: HarvestAccess) {
    super(links);
    this.accessed = accessed;
  }
}

/** The clock, or second chance: a page that was used since the hand last passed stays for another round. */
export class ClockPolicy extends AccessPolicy {
  override readonly name: string = "clock";

  override choose(): number {
    const { pages } = this;
    // After one round every bit is clear.
    for (let left = pages.count; left > 0; left--) {
      if (!this.accessed(pages.last)) break;
      pages.renew(pages.last);
    }
    return pages.last;
  }
}

/** Least recently used, exactly: only where somebody says after each reference that it was made. */
export class LruPolicy extends AccessPolicy {
  override readonly name: string = "lru";

  override referenced(): void {
    const used = [...this.pages.oldestFirst()].filter((pfn) => this.accessed(pfn));
    for (const pfn of used) this.pages.renew(pfn);
  }
}

/** Belady's optimum: the page goes that will not be needed for longest. It must be told the future. */
export class OptPolicy extends FifoPolicy {
  override readonly name: string = "opt";
  readonly #pageOf: (pfn: number) => number;
  readonly #future: number[] = [];
  /** References made so far. */
  #at = 0;

  /** `pageOf` gives the number by which the reference string calls the page in a frame. */
  constructor(links: FrameLinks, pageOf: (pfn: number) => number) {
    super(links);
    this.#pageOf = pageOf;
  }

  /** Appends references to come. */
  foretell(pages: readonly number[]): void {
    for (const page of pages) this.#future.push(page);
  }

  override referenced(): void {
    this.#at++;
  }

  override choose(): number {
    let chosen = -1;
    let farthest = -1;
    for (const pfn of this.pages.oldestFirst()) {
      const next = this.#future.indexOf(this.#pageOf(pfn), this.#at);
      const distance = next < 0 ? Infinity : next;
      if (distance > farthest) {
        farthest = distance;
        chosen = pfn;
      }
    }
    return chosen;
  }
}
