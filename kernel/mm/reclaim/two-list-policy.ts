// Two lists, as Linux has them (mm/vmscan.c): new pages are inactive; one that is found used twice is promoted to the
// active list; the inactive list's oldest unused page goes. When the active list is the longer one, its oldest pages are
// demoted. A single pass over much memory therefore does not push out what is used again and again.

import { type FrameLinks, FrameList } from "../frame-list.ts";
import type { HarvestAccess, ReclaimPolicy } from "./policy.ts";

/** Active pages looked at at a time. */
const DEMOTE = 32;

const INACTIVE = 0;
/** Inactive, and found used once. */
const USED_ONCE = 1;
const ACTIVE = 2;

export class TwoListPolicy implements ReclaimPolicy {
  readonly name = "two-list";
  readonly #accessed: HarvestAccess;
  readonly #active: FrameList;
  readonly #inactive: FrameList;
  /** By PFN; meaningful for frames that the policy knows. */
  readonly #state: Uint8Array;

  constructor(links: FrameLinks, accessed: HarvestAccess) {
    this.#accessed = accessed;
    this.#active = new FrameList(links);
    this.#inactive = new FrameList(links);
    this.#state = new Uint8Array(links.next.length);
  }

  get count(): number {
    return this.#active.count + this.#inactive.count;
  }

  get active(): number {
    return this.#active.count;
  }

  add(pfn: number): void {
    this.#state[pfn] = INACTIVE;
    this.#inactive.push(pfn);
  }

  remove(pfn: number): void {
    (this.#state[pfn] === ACTIVE ? this.#active : this.#inactive).remove(pfn);
  }

  choose(): number {
    const inactive = this.#inactive;
    // Every page is looked at twice at most before its turn comes: then nothing is unused, and the oldest goes.
    for (let left = 2 * this.count; left > 0; left--) {
      if (this.#isUneven) this.#demote();
      const pfn = inactive.last;
      if (pfn < 0 || !this.#accessed(pfn)) return pfn;
      if (this.#state[pfn] === USED_ONCE) {
        inactive.remove(pfn);
        this.#active.push(pfn);
        this.#state[pfn] = ACTIVE;
      } else {
        this.#state[pfn] = USED_ONCE;
        inactive.renew(pfn);
      }
    }
    return inactive.last >= 0 ? inactive.last : this.#active.last;
  }

  /** Whether the active list is the longer one. */
  get #isUneven(): boolean {
    return this.#active.count > this.#inactive.count;
  }

  /** Moves old active pages that were not used lately to the inactive list; they have its length to be used again. */
  #demote(): void {
    const active = this.#active;
    for (let left = DEMOTE; left > 0 && this.#isUneven; left--) {
      const pfn = active.last;
      if (this.#accessed(pfn)) {
        active.renew(pfn);
        continue;
      }
      active.remove(pfn);
      this.#inactive.push(pfn);
      this.#state[pfn] = INACTIVE;
    }
  }

  /** It joins the active list, so that the inactive one runs dry and the active pages have their turn too. */
  keep(pfn: number): void {
    this.remove(pfn);
    this.#active.push(pfn);
    this.#state[pfn] = ACTIVE;
  }

  *inOrder(): Generator<number, void, undefined> {
    yield* this.#inactive.oldestFirst();
    yield* this.#active.oldestFirst();
  }

  referenced(): void {}
}
