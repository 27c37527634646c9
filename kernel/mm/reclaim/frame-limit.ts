// A limit on the frames of one range of private memory, with a policy of its own: the machine in small on which a
// reference string is run (refstring(1)). The pages are really evicted, to swap, and really come back; what is special is
// only that few frames are allowed, and that somebody says after each reference that it was made, so that policies which
// no hardware could afford can be exact.
//
// The interface is a file of words, /proc/PID/frame_limit:
//
//    limit ADDRESS LENGTH FRAMES POLICY     fifo, lru, clock, opt; replaces an earlier limit
//    future PAGE …                          references to come, counted from the start of the range; for opt
//    reference                              one reference was made
//    off

import { EAGAIN, EBUSY, EINVAL, ENOMEM } from "../../abi/errno.ts";
import { PAGE_SIZE } from "../../abi/sv39.ts";
import type { AddressSpace } from "../address-space.ts";
import { BUSY, evict, harvestAccess, STAYS } from "./evict.ts";
import type { FrameLinks } from "../frame-list.ts";
import { WRITING } from "../frames.ts";
import { FRAME_ANON } from "../../api/frames.ts";
import type { MemoryManager } from "../memory-manager.ts";
import { PTE_PRESENT } from "../page-entry.ts";
import { ClockPolicy, FifoPolicy, LruPolicy, OptPolicy, type ReclaimPolicy } from "./policy.ts";
import { VM_SHARED } from "../vma.ts";

/** Frames that limits may hold back from the machine's reclaim: an eighth of RAM. */
const SHARE = 8;

export class FrameLimit {
  readonly space: AddressSpace;
  readonly start: number;
  readonly end: number;
  /** Frames allowed. */
  readonly frames: number;
  readonly policy: ReclaimPolicy;
  /** Its index among the policies of Lru. */
  readonly index: number;
  /** Pages that had to be brought in, and pages that had to go for them. */
  faults = 0;
  evictions = 0;

  constructor(
    space: AddressSpace,
    start: number,
    end: number,
    frames: number,
    policy: ReclaimPolicy,
    index: number,
  ) {
    this.space = space;
    this.start = start;
    this.end = end;
    this.frames = frames;
    this.policy = policy;
    this.index = index;
  }

  get #mm(): MemoryManager {
    return this.space.mm;
  }

  /** Evicts until one more page may come. False: it must wait until some have been written (`mm.stall`). */
  makeRoom(): boolean {
    const { policy } = this;
    let left = policy.count;
    while (policy.count >= this.frames && left > 0) {
      const pfn = policy.choose();
      const outcome = evict(this.#mm, pfn);
      this.#mm.swap.writer.flush();
      if (outcome === BUSY) return !this.#mm.stallForFrames();
      if (outcome === STAYS) {
        policy.keep(pfn);
        left--;
      } else {
        this.evictions++;
      }
    }
    return true;
  }

  /** As `makeRoom` for a page that was swapped out; one that is not even written yet must wait until it is. */
  mayReturn(slot: number): boolean {
    const { swap, frames } = this.#mm;
    const pfn = swap.area.frame[slot] ?? -1;
    if (pfn >= 0 && (frames.flags[pfn]! & WRITING) !== 0) return !this.#mm.stallForFrames();
    return swap.isAtHand(slot) ? this.makeRoom() : true;
  }

  /** Takes over the pages that are there already. */
  adopt(): void {
    const { lru, frames } = this.#mm;
    const { table } = this.space;
    const beyond = this.end / PAGE_SIZE;
    let vpn = table.nextTable(this.start / PAGE_SIZE, beyond);
    for (; vpn < beyond; vpn = table.nextTable(vpn + 1, beyond)) {
      const entry = this.space.pageEntry(vpn * PAGE_SIZE);
      const pfn = entry >>> 10;
      if ((entry & PTE_PRESENT) !== 0 && frames.kind[pfn] === FRAME_ANON && lru.has(pfn)) {
        lru.move(pfn, this.index);
      }
    }
  }

  /** A page of the range was copied, because it must not be shared any more: no reference had to wait for it. */
  copied(pfn: number): void {
    this.#mm.lru.move(pfn, this.index);
  }

  /** A page of the range was mapped. */
  loaded(pfn: number): void {
    if (this.#mm.lru.policyOf(pfn) === this.index) return;
    this.faults++;
    this.#mm.lru.move(pfn, this.index);
  }
}

/** The virtual page that a private frame is mapped at, counted from `start`. */
function pageIn(mm: MemoryManager, pfn: number, start: number): number {
  const [mapper] = mm.mappersOf(pfn);
  return mapper === undefined ? -1 : (mapper.address - start) / PAGE_SIZE;
}

function makePolicy(space: AddressSpace, name: string, start: number): ReclaimPolicy | undefined {
  const { mm } = space;
  const { links }: { links: FrameLinks } = mm.lru;
  const accessed = (pfn: number): boolean => harvestAccess(mm, pfn);
  switch (name) {
    case "fifo":
      return new FifoPolicy(links);
    case "lru":
      return new LruPolicy(links, accessed);
    case "clock":
      return new ClockPolicy(links, accessed);
    case "opt":
      return new OptPolicy(links, (pfn) => pageIn(mm, pfn, start));
    default:
      return undefined;
  }
}

function heldBack(mm: MemoryManager): number {
  let frames = 0;
  for (const { limit } of mm.spaces.values()) frames += limit?.frames ?? 0;
  return frames;
}

function begin(space: AddressSpace, words: readonly string[]): number {
  const { mm } = space;
  const [address, length, frames] = words.slice(0, 3).map(Number);
  const name = words[3];
  if (words.length !== 4 || address === undefined || length === undefined) return -EINVAL;
  if (frames === undefined || name === undefined) return -EINVAL;
  if (![address, length, frames].every((value) => Number.isSafeInteger(value))) return -EINVAL;
  if (address < 0 || address % PAGE_SIZE !== 0 || length <= 0 || frames < 1) return -EINVAL;
  const end = address + Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
  const policy = makePolicy(space, name, address);
  if (policy === undefined) return -EINVAL;
  for (let at = address; at < end;) {
    const vma = space.find(at);
    if (vma === undefined || vma.object !== null || (vma.flags & VM_SHARED) !== 0) return -ENOMEM;
    at = vma.end;
  }
  endFrameLimit(space);
  // Without swap nothing could go.
  if (!mm.swap.on || heldBack(mm) + frames > mm.frames.count / SHARE) return -ENOMEM;
  const index = mm.lru.addPolicy(policy);
  if (index < 0) return -EBUSY;
  space.limit = new FrameLimit(space, address, end, frames, policy, index);
  space.limit.adopt();
  return 0;
}

/** Does what one line of /proc/PID/frame_limit asks for: 0, −EINVAL, −ENOMEM, −EBUSY (too many limits), −EAGAIN (none is set). */
export function limitCommand(space: AddressSpace, line: string): number {
  const [verb, ...words] = line.trim().split(/\s+/);
  if (verb === "limit") return begin(space, words);
  const { limit } = space;
  if (limit === null) return verb === "off" ? 0 : -EAGAIN;
  switch (verb) {
    case "off":
      endFrameLimit(space);
      return 0;
    case "reference":
      limit.policy.referenced();
      return 0;
    case "future": {
      const pages = words.map(Number);
      if (!(limit.policy instanceof OptPolicy) || !pages.every(Number.isSafeInteger))
        return -EINVAL;
      limit.policy.foretell(pages);
      return 0;
    }
    default:
      return -EINVAL;
  }
}

/** What /proc/PID/frame_limit shows. */
export function limitText({ limit }: AddressSpace): string {
  if (limit === null) return "policy none\n";
  return (
    `policy ${limit.policy.name}\nframes ${limit.frames}\nresident ${limit.policy.count}\n` +
    `faults ${limit.faults}\nevictions ${limit.evictions}\n`
  );
}

/** Ends the limit of a space, if it has one; its pages are like all others again. */
export function endFrameLimit(space: AddressSpace): void {
  const { limit } = space;
  if (limit === null) return;
  space.limit = null;
  space.mm.lru.endPolicy(limit.index);
}
