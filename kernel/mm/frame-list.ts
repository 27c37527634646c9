// Doubly linked lists of frames, the links in two arrays that all lists share: a frame is in one list at most. (The same
// for swap slots in swap.ts.)
//
//    first (newest) ─► … ─► last (oldest)        −1 = none
//
// The `!` after reads: PFNs are below the frame count.

export class FrameLinks {
  readonly next: Int32Array;
  readonly previous: Int32Array;

  constructor(frames: number) {
    this.next = new Int32Array(frames);
    this.previous = new Int32Array(frames);
  }
}

export class FrameList {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  first = -1;
  last = -1;
  count = 0;

  constructor(links: FrameLinks) {
    this.#next = links.next;
    this.#previous = links.previous;
  }

  /** Enters a frame that is in no list as the newest. */
  push(pfn: number): void {
    const { first } = this;
    this.#next[pfn] = first;
    this.#previous[pfn] = -1;
    if (first >= 0) this.#previous[first] = pfn;
    else this.last = pfn;
    this.first = pfn;
    this.count++;
  }

  remove(pfn: number): void {
    const next = this.#next[pfn]!;
    const previous = this.#previous[pfn]!;
    if (previous >= 0) this.#next[previous] = next;
    else this.first = next;
    if (next >= 0) this.#previous[next] = previous;
    else this.last = previous;
    this.count--;
  }

  /** Makes it the newest. */
  renew(pfn: number): void {
    this.remove(pfn);
    this.push(pfn);
  }

  /** From the oldest to the newest. The list must not change meanwhile. */
  *oldestFirst(): Generator<number, void, undefined> {
    for (let pfn = this.last; pfn >= 0; pfn = this.#previous[pfn]!) yield pfn;
  }
}
