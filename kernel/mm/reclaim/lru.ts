// Which frames can be reclaimed at all, and which policy orders each. Pages of files and pages that need swap are ordered
// apart, as on Linux: without swap, or when it is full, nobody should have to look through memory that cannot go. A frame
// limit (frame-limit.ts) has a policy of its own. Frames of page tables, pipes and the vDSO are in no policy, nor is a
// frame while it is read or written.

import { ESRCH } from "../../abi/errno.ts";
import { FRAME_ANON, FRAME_FILE, FRAME_SHMEM } from "../../api/frames.ts";
import { FrameLinks } from "../frame-list.ts";
import { ClockPolicy, FifoPolicy, type HarvestAccess, type ReclaimPolicy } from "./policy.ts";
import { TwoListPolicy } from "./two-list-policy.ts";

/** The policies that can be chosen for the whole machine. */
export const policyNames = ["two-list", "clock", "fifo"] as const;
export type PolicyName = (typeof policyNames)[number];

/** Kinds whose frames are reclaimable from the moment they are allocated. */
const RECLAIMABLE = (1 << FRAME_ANON) | (1 << FRAME_FILE) | (1 << FRAME_SHMEM);

const NOBODY = 0;
const FILE = 1;
const SWAP_BACKED = 2;

export class Lru {
  readonly links: FrameLinks;
  readonly #accessed: HarvestAccess;
  /** By index: nobody's, the machine's two, then those of frame limits; undefined where one has ended. */
  readonly #policies: (ReclaimPolicy | undefined)[];
  /** By PFN: the index of the policy that has it. */
  readonly #policyOf: Uint8Array;

  constructor(frames: number, accessed: HarvestAccess) {
    this.links = new FrameLinks(frames);
    this.#accessed = accessed;
    this.#policyOf = new Uint8Array(frames);
    this.#policies = [undefined, this.#make("two-list"), this.#make("two-list")];
  }

  #make(name: PolicyName): ReclaimPolicy {
    switch (name) {
      case "two-list":
        return new TwoListPolicy(this.links, this.#accessed);
      case "clock":
        return new ClockPolicy(this.links, this.#accessed);
      case "fifo":
        return new FifoPolicy(this.links);
    }
  }

  // The constructor sets both and nobody takes them away.

  /** Pages of files, which can be dropped. */
  get file(): ReclaimPolicy {
    return this.#policies[FILE]!;
  }

  /** Anonymous and shared pages and the swap cache. */
  get swapBacked(): ReclaimPolicy {
    return this.#policies[SWAP_BACKED]!;
  }

  /** By index, as `policyOf` gives it; undefined where none is. */
  get policies(): readonly (ReclaimPolicy | undefined)[] {
    return this.#policies;
  }

  /** The name of the policy in force. */
  get name(): string {
    return this.file.name;
  }

  /** Pages that a policy of the machine has, and of those the active ones, as far as it knows such. */
  get count(): number {
    return this.file.count + this.swapBacked.count;
  }

  get active(): number {
    return [this.file, this.swapBacked].reduce(
      (sum, policy) => sum + (policy instanceof TwoListPolicy ? policy.active : 0),
      0,
    );
  }

  /** Hands all pages to another policy, in the order in which they would have gone. */
  use(name: PolicyName): void {
    if (name === this.name) return;
    for (const index of [FILE, SWAP_BACKED]) {
      const before = this.#policies[index]!;
      const pages = [...before.inOrder()];
      const next = this.#make(name);
      for (const pfn of pages) before.remove(pfn);
      for (const pfn of pages) next.add(pfn);
      this.#policies[index] = next;
    }
  }

  /** A frame was allocated for `kind`. */
  allocated(pfn: number, kind: number): void {
    if (((1 << kind) & RECLAIMABLE) !== 0)
      this.#enter(pfn, kind === FRAME_FILE ? FILE : SWAP_BACKED);
  }

  #enter(pfn: number, index: number): void {
    this.#policyOf[pfn] = index;
    this.#policies[index]?.add(pfn);
  }

  /** A page that needs swap can go from now on. */
  add(pfn: number): void {
    this.#enter(pfn, SWAP_BACKED);
  }

  /** Takes the frame out of whatever policy has it. */
  remove(pfn: number): void {
    const index = this.#policyOf[pfn]!;
    if (index === NOBODY) return;
    this.#policyOf[pfn] = NOBODY;
    this.#policies[index]?.remove(pfn);
  }

  has(pfn: number): boolean {
    return this.#policyOf[pfn] !== NOBODY;
  }

  /** A policy for a part of memory; its index, or −ESRCH when there are too many. */
  addPolicy(policy: ReclaimPolicy): number {
    let index = this.#policies.indexOf(undefined, SWAP_BACKED);
    if (index < 0) index = this.#policies.length;
    if (index > 255) return -ESRCH;
    this.#policies[index] = policy;
    return index;
  }

  /** Ends such a policy; its pages are the machine's again. */
  endPolicy(index: number): void {
    const policy = this.#policies[index];
    if (policy === undefined) return;
    const pages = [...policy.inOrder()];
    for (const pfn of pages) {
      policy.remove(pfn);
      this.add(pfn);
    }
    this.#policies[index] = undefined;
  }

  /** Moves a frame from the policy that has it to another. */
  move(pfn: number, index: number): void {
    this.remove(pfn);
    this.#enter(pfn, index);
  }

  /** The index of the policy that has the frame, 0 for none. */
  policyOf(pfn: number): number {
    return this.#policyOf[pfn]!;
  }
}
