// The swap area: which slot holds which page, who refers to it, and where in the store its bytes are.
//
// A slot is a page's name while it has no frame: page-table entries and memory objects hold slot numbers. Where the bytes
// are is looked up, so that a page can move to another cluster without anybody who names it noticing:
//
//    slot ─► cluster, place      a cluster is one value in the store, written once; it dies with its last live page
//         ─► frame               the swap cache: the same bytes in a frame, if there is one
//         ─► count               entries that name the slot
//
// A slot without references and without a frame is free. With a frame that is mapped and no references it is kept as the
// frame's clean copy: evicting the page again costs no write. The `!` after reads: slots come from `allocate`.

import {
  SLOT_BAD,
  SLOT_CACHED,
  SLOT_FREE,
  SLOT_STORED,
  SLOT_WRITING,
  SLOT_ZERO,
} from "../../api/snapshot.ts";
import { panic } from "../../lib/panic.ts";

/** No bytes in the store. */
const NOWHERE = -1;
/** A page of zeros: nothing is stored for it. */
const ZEROS = -2;
/** The store has lost it. */
const LOST = -3;

export interface Cluster {
  readonly key: number;
  /** The slot at each place, −1 where the page is dead. */
  readonly slots: Int32Array;
  /** Places whose page is alive. */
  live: number;
  /** Reads under way: the cluster is not removed from the store meanwhile. */
  reads: number;
}

export class SwapArea {
  /** Slots. */
  readonly size: number;
  /** Slots that are not free. */
  used = 0;
  /** Entries that name each slot. */
  readonly count: Int32Array;
  /** The frame that has the slot's page, −1 for none. */
  readonly frame: Int32Array;
  readonly #cluster: Int32Array;
  readonly #place: Uint8Array;
  /** The number of the write that the page is in, 0 for none. */
  readonly #write: Uint32Array;
  readonly #free: Int32Array;
  readonly #clusters = new Map<number, Cluster>();
  /** Clusters with at least half of their pages dead, oldest first. */
  readonly #sparse = new Set<Cluster>();
  /** Clusters without a live page, to be removed from the store. */
  readonly #dead: Cluster[] = [];
  /** Told when a cluster has lost its last page. */
  onDeath: () => void = () => {};
  /** Pages in the store, dead ones included. */
  stored = 0;

  constructor(size: number) {
    this.size = size;
    this.count = new Int32Array(size);
    this.frame = new Int32Array(size).fill(-1);
    this.#cluster = new Int32Array(size).fill(NOWHERE);
    this.#place = new Uint8Array(size);
    this.#write = new Uint32Array(size);
    this.#free = new Int32Array(size);
    for (let index = 0; index < size; index++) this.#free[index] = size - 1 - index;
  }

  get clusters(): ReadonlyMap<number, Cluster> {
    return this.#clusters;
  }

  /** A slot that nobody names yet; −1 when all are taken. */
  allocate(): number {
    if (this.used === this.size) return -1;
    const slot = this.#free[this.size - this.used - 1]!;
    this.used++;
    return slot;
  }

  /** Gives a slot back that has neither references nor a frame. */
  release(slot: number): void {
    if (this.count[slot] !== 0 || this.frame[slot] !== -1) panic("a slot in use was freed", slot);
    this.forget(slot);
    this.used--;
    this.#free[this.size - this.used - 1] = slot;
  }

  /** The bytes in the store, if any, are no longer the slot's: they are old, or nobody wants them. */
  forget(slot: number): void {
    this.#write[slot] = 0;
    const key = this.#cluster[slot]!;
    this.#cluster[slot] = NOWHERE;
    if (key < 0) return;
    const cluster = this.#clusters.get(key) ?? panic("a slot lies in no cluster", slot, key);
    cluster.slots[this.#place[slot]!] = -1;
    this.#lose(cluster);
  }

  /** One page of the cluster has died. */
  #lose(cluster: Cluster): void {
    cluster.live--;
    if (cluster.live === 0) {
      this.#clusters.delete(cluster.key);
      this.#sparse.delete(cluster);
      this.stored -= cluster.slots.length;
      this.#dead.push(cluster);
      this.onDeath();
    } else if (cluster.live * 2 <= cluster.slots.length) {
      this.#sparse.add(cluster);
    }
  }

  /** The slot's page consists of zeros. */
  storeZeros(slot: number): void {
    this.forget(slot);
    this.#cluster[slot] = ZEROS;
  }

  isZeros(slot: number): boolean {
    return this.#cluster[slot] === ZEROS;
  }

  /** The store cannot give the page back. */
  lose(slot: number): void {
    this.forget(slot);
    this.#cluster[slot] = LOST;
  }

  isLost(slot: number): boolean {
    return this.#cluster[slot] === LOST;
  }

  /** Whether the page can be had without a frame: it is in the store, or zeros. */
  isStored(slot: number): boolean {
    const key = this.#cluster[slot]!;
    return key >= 0 || key === ZEROS;
  }

  /** The slot's page is in the write `number` from now on; what was stored before is old. */
  beginWrite(slot: number, number: number): void {
    this.forget(slot);
    this.#write[slot] = number;
  }

  isWriting(slot: number): boolean {
    return this.#write[slot] !== 0;
  }

  /** The write `number` has failed. */
  endWrite(slot: number, number: number): void {
    if (this.#write[slot] === number) this.#write[slot] = 0;
  }

  /** The cluster that has the slot's page; undefined when none has. */
  clusterOf(slot: number): Cluster | undefined {
    const key = this.#cluster[slot]!;
    return key < 0 ? undefined : this.#clusters.get(key);
  }

  placeOf(slot: number): number {
    return this.#place[slot]!;
  }

  /**
   * The write `number` has put a cluster into the store: `own` are the slots it was for, `folded` the slots whose pages
   * were taken over from the cluster beside each. Pages that have died or changed since are dead in it.
   */
  stores(
    key: number,
    number: number,
    own: readonly number[],
    folded: readonly { readonly slot: number; readonly from: Cluster; readonly place: number }[],
  ): void {
    const slots = new Int32Array(own.length + folded.length).fill(-1);
    const cluster: Cluster = { key, slots, live: slots.length, reads: 0 };
    this.#clusters.set(key, cluster);
    this.stored += slots.length;
    const moved: (readonly [Cluster, number])[] = [];
    own.forEach((slot, place) => {
      if (this.#write[slot] !== number) return;
      this.#write[slot] = 0;
      slots[place] = slot;
    });
    folded.forEach(({ slot, from, place }, index) => {
      if (from.slots[place] !== slot || this.#clusters.get(from.key) !== from) return;
      slots[own.length + index] = slot;
      moved.push([from, place]);
    });
    for (let place = 0; place < slots.length; place++) {
      const slot = slots[place]!;
      if (slot < 0) continue;
      this.#cluster[slot] = key;
      this.#place[slot] = place;
    }
    for (const [from, place] of moved) {
      from.slots[place] = -1;
      this.#lose(from);
    }
    for (const slot of slots) if (slot < 0) this.#lose(cluster);
  }

  /** Live pages of sparse clusters, `most` at the most, whole clusters only: what is worth folding into the next one. */
  toFold(most: number): readonly Cluster[] {
    const chosen: Cluster[] = [];
    let pages = 0;
    for (const cluster of this.#sparse) {
      // Too large for any: it must not keep the others from their turn, and its next death brings it back.
      if (cluster.live > most) this.#sparse.delete(cluster);
      else if (pages + cluster.live > most) break;
      else {
        pages += cluster.live;
        chosen.push(cluster);
      }
    }
    // A cluster is folded once: should the write fail, its next death brings it back.
    for (const cluster of chosen) this.#sparse.delete(cluster);
    return chosen;
  }

  /** Keys to remove from the store. Clusters that are being read come later. */
  takeDead(): readonly number[] {
    if (this.#dead.length === 0) return [];
    const ready = this.#dead.filter(({ reads }) => reads === 0);
    const waiting = this.#dead.filter(({ reads }) => reads > 0);
    this.#dead.length = 0;
    this.#dead.push(...waiting);
    return ready.map(({ key }) => key);
  }

  /** SLOT_* of kernel/api/snapshot.ts. */
  stateOf(slot: number): number {
    if (this.isWriting(slot)) return SLOT_WRITING;
    const key = this.#cluster[slot]!;
    if (key === LOST) return SLOT_BAD;
    if (this.frame[slot]! >= 0) return SLOT_CACHED;
    if (key === ZEROS) return SLOT_ZERO;
    return key >= 0 ? SLOT_STORED : SLOT_FREE;
  }
}
