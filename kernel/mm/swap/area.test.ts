// The swap area against a naive model: what is in the store is a token for each page that was ever written.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SLOT_BAD, SLOT_CACHED, SLOT_FREE, SLOT_STORED } from "../../api/snapshot.ts";
import { SLOT_WRITING, SLOT_ZERO } from "../../api/snapshot.ts";
import { KernelPanic } from "../../lib/panic.ts";
import { type Cluster, SwapArea } from "./area.ts";

const SLOTS = 24;
/** Live pages folded at a time, at the most. */
const FOLD = 4;

/** Where a slot's page is: a number is the token that the store has, an object the write that it is in. */
type Where = "nowhere" | "zeros" | "lost" | number | { readonly write: number };

interface Folded {
  readonly slot: number;
  readonly from: Cluster;
  readonly place: number;
  readonly token: number;
}

interface Write {
  readonly key: number;
  readonly own: readonly { readonly slot: number; readonly token: number }[];
  readonly folded: readonly Folded[];
}

class Model {
  readonly area = new SwapArea(SLOTS);
  readonly slots = new Map<number, Where>();
  /** By key: the tokens of its pages. */
  readonly store = new Map<number, readonly number[]>();
  readonly writes: Write[] = [];
  readonly reads: Cluster[] = [];
  #tokens = 0;
  #keys = 0;

  allocate(): void {
    const slot = this.area.allocate();
    if (this.slots.size === SLOTS) {
      assert.equal(slot, -1);
      return;
    }
    assert.ok(slot >= 0 && slot < SLOTS && !this.slots.has(slot));
    this.area.count[slot] = 1;
    this.slots.set(slot, "nowhere");
  }

  release(slot: number): void {
    this.area.count[slot] = 0;
    this.area.release(slot);
    this.slots.delete(slot);
  }

  /** Pages of some slots go into a cluster, with what is worth folding. */
  write(slots: readonly number[]): void {
    const { area } = this;
    const key = ++this.#keys;
    const own = slots.map((slot) => ({ slot, token: ++this.#tokens }));
    for (const { slot } of own) {
      area.beginWrite(slot, key);
      this.slots.set(slot, { write: key });
    }
    const folded: Folded[] = [];
    const chosen = area.toFold(FOLD);
    for (const from of chosen) {
      assert.ok(from.live * 2 <= from.slots.length, "a cluster that is not sparse");
      from.reads++;
      from.slots.forEach((slot, place) => {
        if (slot < 0) return;
        folded.push({ slot, from, place, token: this.#tokenAt(from.key, place) });
      });
    }
    assert.ok(folded.length <= FOLD);
    this.writes.push({ key, own, folded });
  }

  #tokenAt(key: number, place: number): number {
    return this.store.get(key)?.[place] ?? assert.fail(`cluster ${key} is not there`);
  }

  /** The store has the answer to one of the writes. */
  endWrite(which: number, succeeds: boolean): void {
    const [write] = this.writes.splice(which % Math.max(1, this.writes.length), 1);
    if (write === undefined) return;
    const { area } = this;
    const { key, own, folded } = write;
    for (const from of new Set(folded.map((page) => page.from))) from.reads--;
    if (succeeds) {
      // The folded pages are read now: their clusters must still be there.
      const read = folded.map(({ from, place }) => this.#tokenAt(from.key, place));
      assert.deepEqual(
        read,
        folded.map(({ token }) => token),
      );
      this.store.set(
        key,
        [...own, ...folded].map(({ token }) => token),
      );
      area.stores(
        key,
        key,
        own.map(({ slot }) => slot),
        folded,
      );
    } else {
      for (const { slot } of own) area.endWrite(slot, key);
    }
    for (const { slot, token } of own) {
      const where = this.slots.get(slot);
      if (typeof where === "object" && where.write === key)
        this.slots.set(slot, succeeds ? token : "nowhere");
    }
  }

  beginRead(slot: number): void {
    const cluster = this.area.clusterOf(slot);
    if (cluster === undefined) return;
    cluster.reads++;
    this.reads.push(cluster);
  }

  endRead(which: number): void {
    const [cluster] = this.reads.splice(which % Math.max(1, this.reads.length), 1);
    if (cluster === undefined) return;
    assert.ok(this.store.has(cluster.key), "a cluster was removed while it was read");
    cluster.reads--;
  }

  removeDead(): void {
    for (const key of this.area.takeDead()) {
      assert.ok(this.store.delete(key), `cluster ${key} was removed before`);
    }
  }

  check(): void {
    const { area } = this;
    assert.equal(area.used, this.slots.size);
    const live = new Map<number, number>();
    for (let slot = 0; slot < SLOTS; slot++) {
      const where = this.slots.get(slot);
      const cluster = area.clusterOf(slot);
      assert.equal(cluster !== undefined, typeof where === "number", `cluster of slot ${slot}`);
      if (cluster !== undefined) {
        assert.equal(this.#tokenAt(cluster.key, area.placeOf(slot)), where);
        assert.equal(area.clusters.get(cluster.key), cluster);
        live.set(cluster.key, (live.get(cluster.key) ?? 0) + 1);
      }
      assert.equal(area.isStored(slot), typeof where === "number" || where === "zeros");
      assert.equal(area.isZeros(slot), where === "zeros");
      assert.equal(area.isLost(slot), where === "lost");
      assert.equal(area.isWriting(slot), typeof where === "object");
    }
    let stored = 0;
    for (const [key, cluster] of area.clusters) {
      assert.equal(cluster.live, live.get(key));
      assert.equal(cluster.slots.length, this.store.get(key)?.length);
      stored += cluster.slots.length;
    }
    assert.equal(area.clusters.size, live.size);
    assert.equal(area.stored, stored);
  }
}

/** Those that come more often stand more often. */
const KINDS =
  "allocate allocate allocate release write write write succeed succeed succeed fail zeros lose read endRead dead";

const step = fc.record({
  kind: fc.constantFrom(...KINDS.split(" ")),
  which: fc.nat(SLOTS - 1),
  count: fc.integer({ min: 1, max: 10 }),
});

test("whatever is written, folded, lost, freed and read, each slot finds its page, and clusters go with their last one", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150, size: "max" }), (steps) => {
      const model = new Model();
      const { area } = model;
      for (const { kind, which, count } of steps) {
        const slots = [...model.slots.keys()];
        const slot = slots[which % Math.max(1, slots.length)] ?? -1;
        if (kind === "allocate") model.allocate();
        else if (kind === "succeed" || kind === "fail") model.endWrite(which, kind === "succeed");
        else if (kind === "endRead") model.endRead(which);
        else if (kind === "dead") model.removeDead();
        else if (slot < 0) continue;
        else if (kind === "release") model.release(slot);
        else if (kind === "write") model.write(slots.slice(which % slots.length).slice(0, count));
        else if (kind === "read") model.beginRead(slot);
        else if (kind === "zeros") {
          area.storeZeros(slot);
          model.slots.set(slot, "zeros");
        } else {
          area.lose(slot);
          model.slots.set(slot, "lost");
        }
        model.check();
      }
      while (model.writes.length > 0) model.endWrite(0, true);
      while (model.reads.length > 0) model.endRead(0);
      const left = [...model.slots.keys()];
      for (const slot of left) model.release(slot);
      model.removeDead();
      model.check();
      assert.equal(model.store.size, 0, "nothing is left in the store");
    }),
    { numRuns: 300 },
  );
});

/** An area whose cluster `key` holds `count` new slots, for each key. */
function filled(...counts: readonly number[]): { area: SwapArea; slots: number[][] } {
  const area = new SwapArea(256);
  const slots = counts.map((count, index) => {
    const own = Array.from({ length: count }, () => area.allocate());
    for (const slot of own) {
      area.count[slot] = 1;
      area.beginWrite(slot, index + 1);
    }
    area.stores(index + 1, index + 1, own, []);
    return own;
  });
  return { area, slots };
}

function kill(area: SwapArea, slots: readonly number[]): void {
  for (const slot of slots) {
    area.count[slot] = 0;
    area.release(slot);
  }
}

test("a slot that is freed is handed out again, the lowest first at the beginning", () => {
  const area = new SwapArea(4);
  assert.deepEqual(
    [0, 1, 2, 3, -1].map(() => area.allocate()),
    [0, 1, 2, 3, -1],
  );
  area.release(2);
  assert.equal(area.used, 3);
  assert.equal(area.allocate(), 2);
});

test("freeing a slot that somebody names or a frame has is a kernel bug", () => {
  const area = new SwapArea(4);
  const slot = area.allocate();
  area.count[slot] = 1;
  assert.throws(() => area.release(slot), KernelPanic);
  area.count[slot] = 0;
  area.frame[slot] = 9;
  assert.throws(() => area.release(slot), KernelPanic);
});

test("clusters are folded when half of their pages have died, the oldest first, whole ones only", () => {
  const { area, slots } = filled(8, 8, 8);
  const [first = [], second = [], third = []] = slots;
  kill(area, first.slice(0, 3));
  assert.deepEqual(area.toFold(8), [], "most of it is alive");
  kill(area, second.slice(0, 4));
  kill(area, first.slice(3, 5));
  kill(area, third.slice(0, 6));
  const keys = (most: number): number[] => area.toFold(most).map(({ key }) => key);
  assert.deepEqual(keys(7), [2, 1], "the third has two pages more");
  assert.deepEqual(keys(7), [3], "each is folded once");
  assert.deepEqual(keys(7), []);
  kill(area, second.slice(4, 5));
  assert.deepEqual(keys(7), [2], "until another of its pages dies");
});

test("a sparse cluster with more pages than can be folded does not keep others from it", () => {
  const { area, slots } = filled(96, 8);
  const [large = [], small = []] = slots;
  kill(area, large.slice(0, 48));
  kill(area, small.slice(0, 5));
  assert.deepEqual(
    area.toFold(32).map(({ key }) => key),
    [2],
  );
  kill(area, large.slice(48, 64));
  assert.deepEqual(
    area.toFold(32).map(({ key }) => key),
    [1],
  );
});

test("the death of a cluster is told at once, and its key comes when nobody reads it any more", () => {
  const { area, slots } = filled(2, 2);
  const [first = [], second = []] = slots;
  let deaths = 0;
  area.onDeath = () => deaths++;
  const reading = area.clusterOf(first[0] ?? -1) ?? assert.fail("nothing is stored");
  reading.reads++;
  kill(area, first);
  kill(area, second);
  assert.equal(deaths, 2);
  assert.equal(area.stored, 0);
  assert.deepEqual(area.takeDead(), [2]);
  reading.reads--;
  assert.deepEqual(area.takeDead(), [1]);
  assert.deepEqual(area.takeDead(), []);
});

test("what panels show of a slot is where its page is", () => {
  const { area, slots } = filled(2);
  const [[stored = -1, cached = -1] = []] = slots;
  assert.equal(area.stateOf(stored), SLOT_STORED);
  area.frame[cached] = 5;
  assert.equal(area.stateOf(cached), SLOT_CACHED);
  area.beginWrite(cached, 9);
  assert.equal(area.stateOf(cached), SLOT_WRITING);
  const other = area.allocate();
  assert.equal(area.stateOf(other), SLOT_FREE);
  area.storeZeros(other);
  assert.equal(area.stateOf(other), SLOT_ZERO);
  area.lose(other);
  assert.equal(area.stateOf(other), SLOT_BAD);
});
