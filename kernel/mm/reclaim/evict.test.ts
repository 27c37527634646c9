// One page leaves RAM, or does not: what each kind of page costs, and what keeps it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAP_ANONYMOUS, MAP_FIXED, MAP_PRIVATE, MAP_SHARED } from "../../abi/mman.ts";
import { PROT_NONE, PROT_READ, PROT_WRITE } from "../../abi/mman.ts";
import { BufferSource } from "../../lib/io.ts";
import type { AddressSpace } from "../address-space.ts";
import { BUSY, evict, type Eviction, FREED, LEAVING, STAYS } from "./evict.ts";
import { anonymous } from "../fixture.ts";
import { InodeObject } from "../inode-object.ts";
import { PTE_PRESENT, swapEntry } from "../page-entry.ts";
import { ShmemObject } from "../shmem-object.ts";
import { BASE, type SwapMachine, swapMachine, withPages } from "../swap/fixture.ts";

const RW = PROT_READ | PROT_WRITE;

function frameAt(space: AddressSpace, va: number): number {
  const entry = space.pageEntry(va);
  assert.ok((entry & PTE_PRESENT) !== 0, "no frame");
  return entry >>> 10;
}

/** Evicts the page at `va`, and sends what has been gathered. */
function evictAt(m: SwapMachine, space: AddressSpace, va: number): Eviction {
  const result = evict(m.mm, frameAt(space, va));
  m.mm.swap.writer.flush();
  return result;
}

test("a dirty page names its slot at once, and its frame is free when the store has it", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  const free = m.mm.frames.free;
  assert.equal(evictAt(m, space, BASE), LEAVING);
  assert.equal(space.pageEntry(BASE), swapEntry(0));
  assert.equal(space.rssAnon, 0);
  assert.equal(space.swapped, 1);
  assert.equal(m.mm.frames.free, free);
  assert.equal(m.mm.totals().swapCache, 1);
  m.check();
  await m.settle();
  assert.equal(m.mm.frames.free, free + 1);
  assert.equal(m.store.clusters.get(1)?.[0], 1);
  assert.equal(m.mm.swap.out, 1);
  m.check();
});

test("a page that was read and not changed since goes without a write", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  await m.evict(1);
  assert.equal(await m.load(space, BASE), 1);
  assert.equal(evictAt(m, space, BASE), FREED);
  assert.equal(m.completions.pending, 0);
  assert.equal(m.mm.swap.out, 1);
  assert.equal(await m.load(space, BASE), 1);
  // A store goes by the hardware: no fault tells of it, only the dirty bit does.
  const faults = space.minorFaults;
  assert.equal(m.write(space, BASE, 9), 0);
  assert.equal(space.minorFaults, faults);
  assert.equal(evictAt(m, space, BASE), LEAVING);
  await m.settle();
  assert.equal(await m.load(space, BASE), 9);
  m.check();
});

test("a page that was changed in a mapping that is gone is written again", async () => {
  const m = swapMachine();
  const object = new ShmemObject(m.mm, "/tmp/file", 4096);
  const space = m.space();
  const map = { addr: BASE, length: 4096, prot: RW, flags: MAP_SHARED | MAP_FIXED, object };
  space.map(map);
  await m.save(space, BASE, 1);
  await m.evict(1);
  await m.load(space, BASE);
  m.write(space, BASE, 2);
  space.unmap(BASE, 4096);
  await m.evict(1);
  assert.equal(m.mm.swap.out, 2);
  space.map(map);
  assert.equal(await m.load(space, BASE), 2);
  object.release();
  m.check();
});

test("a page of zeros costs a slot and no I/O, and comes back as zeros", async () => {
  const m = swapMachine();
  const space = m.space();
  anonymous(space, BASE, 1);
  m.write(space, BASE, 0);
  assert.equal(evictAt(m, space, BASE), FREED);
  assert.equal(m.completions.pending, 0);
  assert.equal(m.mm.swap.zerosOut, 1);
  assert.equal(m.mm.swap.area.used, 1);
  assert.equal(m.read(space, BASE + 9), 0, "nothing to wait for");
  assert.equal(m.mm.swap.zerosIn, 1);
  assert.equal(space.majorFaults, 0);
  assert.equal(evictAt(m, space, BASE), FREED, "still the same zeros");
  assert.equal(m.read(space, BASE), 0);
  m.write(space, BASE, 5);
  assert.equal(evictAt(m, space, BASE), LEAVING);
  await m.settle();
  assert.equal(await m.load(space, BASE), 5);
  m.check();
});

test("a page that was stored and became zeros is forgotten by the store", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  await m.evict(1);
  await m.load(space, BASE);
  m.write(space, BASE, 0);
  assert.equal(evictAt(m, space, BASE), FREED);
  await m.pass(1e9);
  assert.equal(m.store.clusters.size, 0);
  assert.equal(await m.load(space, BASE), 0);
  m.check();
});

test("shared memory leaves all its mappings, and its object names the slot", async () => {
  const m = swapMachine();
  const object = new ShmemObject(m.mm, "/tmp/file", 4096);
  const spaces = [m.space(), m.space()];
  const map = { addr: BASE, length: 4096, prot: RW, flags: MAP_SHARED | MAP_FIXED, object };
  for (const space of spaces) space.map(map);
  const [first, second] = spaces;
  assert.ok(first !== undefined && second !== undefined);
  await m.save(first, BASE, 7);
  assert.equal(await m.load(second, BASE), 7);
  assert.equal(evictAt(m, first, BASE), LEAVING);
  for (const space of spaces) {
    assert.equal(space.pageEntry(BASE), 0);
    assert.equal(space.swapped, 0, "swap of shared memory is nobody's own");
    assert.equal(space.rssShmem, 0);
  }
  assert.equal(object.slotOf(0), 0);
  assert.equal(m.mm.swap.area.count[0], 1);
  m.check();
  await m.settle();
  assert.equal(await m.load(second, BASE), 7);
  assert.equal(await m.load(first, BASE), 7);
  object.release();
  m.check();
});

test("a private page that several processes share takes one slot, which all of them name", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  const child = await m.fork(space, 9);
  const grandchild = await m.fork(child, 10);
  assert.equal(evictAt(m, child, BASE), LEAVING);
  for (const each of [space, child, grandchild]) {
    assert.equal(each.pageEntry(BASE), swapEntry(0));
    assert.equal(each.swapped, 1);
  }
  assert.equal(m.mm.swap.area.count[0], 3);
  m.check();
});

test("mlocked pages stay, whoever locked them, until they are unlocked", async () => {
  const m = swapMachine();
  const space = await withPages(m, 2);
  const child = await m.fork(space, 9);
  assert.equal(space.lock(BASE, BASE + 4096, true), 0);
  assert.equal(evictAt(m, child, BASE), STAYS, "the parent has the same frame");
  assert.equal(evictAt(m, child, BASE + 4096), LEAVING);
  await m.evict(100);
  assert.equal(space.rssAnon, 1);
  assert.equal(space.unlockAll(), 0);
  assert.equal(evictAt(m, space, BASE), LEAVING);
  await m.settle();
  m.check();
});

test("a page that the kernel holds stays", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  const pfn = frameAt(space, BASE);
  m.mm.frames.get(pfn);
  assert.equal(evictAt(m, space, BASE), STAYS);
  m.mm.frames.put(pfn);
  assert.equal(evictAt(m, space, BASE), LEAVING);
  await m.settle();
  m.check();
});

test("pages of files are dropped, but for the few that programs run from", async () => {
  const m = swapMachine();
  const object = new InodeObject(m.mm, "/bin/file", 40 * 4096, (index, into, offset) => {
    into.fill(index + 1, offset, offset + 4096);
    return 4096;
  });
  const space = m.space();
  const flags = MAP_PRIVATE | MAP_FIXED;
  space.map({ addr: BASE, length: 40 * 4096, prot: PROT_READ, flags, object });
  for (let page = 0; page < 40; page++) m.read(space, BASE + page * 4096);
  assert.equal(evictAt(m, space, BASE), FREED);
  assert.equal(space.pageEntry(BASE), 0);
  m.mm.reclaim.squeeze(100);
  assert.equal(m.mm.totals().file, m.mm.reclaim.keptFilePages);
  assert.equal(m.completions.pending, 0);
  for (let page = 0; page < 40; page++) assert.equal(m.read(space, BASE + page * 4096), page + 1);
  object.release();
  m.check();
});

test("a private copy of a file's page is private memory: it is written", async () => {
  const m = swapMachine();
  const object = new InodeObject(m.mm, "/bin/file", 4096, (_index, into, offset) => {
    into.fill(1, offset, offset + 4096);
    return 4096;
  });
  const space = m.space();
  space.map({ addr: BASE, length: 4096, prot: RW, flags: MAP_PRIVATE | MAP_FIXED, object });
  await m.save(space, BASE, 9);
  assert.equal(evictAt(m, space, BASE), LEAVING);
  await m.settle();
  assert.equal(await m.load(space, BASE), 9);
  assert.equal(await m.load(space, BASE + 1), 1);
  object.release();
  m.check();
});

test("a page without any rights goes and comes back like others", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  space.protect(BASE, 4096, PROT_NONE);
  assert.equal(evictAt(m, space, BASE), LEAVING);
  await m.settle();
  space.protect(BASE, 4096, RW);
  assert.equal(await m.load(space, BASE), 1);
  m.check();
});

test("with as many pages on their way as may be the next one is told to wait, but clean ones and zeros go", async () => {
  const m = swapMachine({ frames: 256 });
  const space = await withPages(m, 100);
  anonymous(space, BASE * 2, 1);
  m.write(space, BASE * 2, 0);
  // Four clusters of eight pages.
  for (let page = 0; page < 32; page++)
    assert.equal(evict(m.mm, frameAt(space, BASE + page * 4096)), LEAVING);
  assert.equal(evict(m.mm, frameAt(space, BASE + 32 * 4096)), BUSY);
  assert.equal(evict(m.mm, frameAt(space, BASE * 2)), FREED);
  await m.settle();
  assert.equal(evict(m.mm, frameAt(space, BASE + 32 * 4096)), LEAVING);
  m.mm.swap.writer.flush();
  await m.settle();
  assert.equal(m.store.clusters.size, 5);
  m.check();
});

test("when swap is full pages stay, and slots that frames keep as clean copies are given up first", async () => {
  const m = swapMachine({ slots: 4 });
  const space = await withPages(m, 6);
  // Two come back with their slots: less than half of the slots are taken.
  for (const page of [0, 1]) evictAt(m, space, BASE + page * 4096);
  await m.settle();
  for (const page of [0, 1]) assert.equal(await m.load(space, BASE + page * 4096), page + 1);
  assert.equal(m.mm.swap.area.used, 2);
  for (const page of [2, 3]) assert.equal(evictAt(m, space, BASE + page * 4096), LEAVING);
  assert.equal(evictAt(m, space, BASE + 4 * 4096), LEAVING, "in place of a clean copy");
  assert.equal(evictAt(m, space, BASE + 5 * 4096), LEAVING);
  assert.equal(evictAt(m, space, BASE), STAYS);
  assert.equal(m.mm.swap.area.used, 4);
  await m.settle();
  m.check();
  for (let page = 0; page < 6; page++)
    assert.equal(await m.load(space, BASE + page * 4096), page + 1);
  m.check();
});

test("after swapoff nothing goes, clean copies included", async () => {
  const m = swapMachine();
  const space = await withPages(m, 2);
  await m.evict(1);
  await m.load(space, BASE);
  m.mm.swap.on = false;
  for (const page of [0, 1]) assert.equal(evictAt(m, space, BASE + page * 4096), STAYS);
  m.check();
});

test("bytes that the kernel writes to a file's page while it goes are not lost", async () => {
  const m = swapMachine();
  const object = new ShmemObject(m.mm, "/tmp/file", 4096);
  const write = (value: number): number | Promise<number> =>
    m.call(() => object.write(0, new BufferSource(new Uint8Array(100).fill(value))));
  await write(1);
  m.mm.reclaim.squeeze(1);
  assert.equal(object.slotOf(0), 0);
  await write(2);
  await m.settle();
  await m.evict(1);
  const space = m.space();
  space.map({ addr: BASE, length: 4096, prot: RW, flags: MAP_SHARED | MAP_FIXED, object });
  assert.equal(await m.load(space, BASE + 99), 2);
  assert.equal(await m.load(space, BASE + 100), 0);
  object.release();
  m.check();
});

test("what the hart has cached of an evicted page is flushed", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  assert.equal(m.read(space, BASE), 1);
  evictAt(m, space, BASE);
  await m.settle();
  const other = m.space();
  anonymous(other, BASE, 100, MAP_ANONYMOUS);
  // Its old frame is somebody else's.
  for (let page = 0; page < 60; page++) m.write(other, BASE + page * 4096, 99);
  assert.equal(await m.load(space, BASE), 1);
  m.check();
});
