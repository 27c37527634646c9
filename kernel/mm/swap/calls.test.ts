// The calls that change address spaces, over pages that are not there.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  MADV_DONTFORK,
  MADV_DONTNEED,
  MADV_PAGEOUT,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_PRIVATE,
  MAP_SHARED,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  MS_SYNC,
  PROT_NONE,
  PROT_READ,
  PROT_WRITE,
} from "../../abi/mman.ts";
import { FAULT_ACCERR, FAULT_MAPERR, FAULT_WAIT } from "../fault-result.ts";
import { anonymous } from "../fixture.ts";
import { MUST_WAIT } from "../stall.ts";
import { address, BASE, type SwapMachine, swapMachine, swappedOut, vastArea } from "./fixture.ts";

const RW = PROT_READ | PROT_WRITE;

/** Time passes until the store has nothing that nobody wants. */
async function expectStored(m: SwapMachine, slots: number, clusters: number): Promise<void> {
  await m.pass(1e9);
  m.check();
  assert.equal(m.mm.swap.area.used, slots);
  assert.equal(m.store.clusters.size, clusters);
}

test("munmap of swapped pages frees their slots, and clusters without a page go from the store", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 16);
  await expectStored(m, 16, 2);
  space.unmap(address(2), 4 * 4096);
  await expectStored(m, 12, 2);
  space.unmap(address(0), 8 * 4096);
  await expectStored(m, 8, 1);
  assert.equal(await m.load(space, address(8)), 9);
  assert.equal(m.read(space, address(3)), -FAULT_MAPERR);
  space.release();
  await expectStored(m, 0, 0);
});

test("a new mapping over swapped pages begins as zeros", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 4);
  anonymous(space, address(1), 2);
  assert.equal(m.read(space, address(1)), 0);
  assert.equal(await m.load(space, address(3)), 4);
  assert.equal(space.swapped, 1);
  m.check();
});

test("MADV_DONTNEED forgets swapped pages: they are zeros, and nothing is read", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  assert.equal(space.advise(BASE, 8 * 4096, MADV_DONTNEED), 0);
  assert.equal(space.swapped, 0);
  for (let page = 0; page < 8; page++) assert.equal(m.read(space, address(page)), 0);
  assert.equal(m.mm.swap.in, 0);
  await expectStored(m, 0, 0);
});

test("MADV_DONTNEED of a page that is being read or written leaves nothing behind", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  assert.equal(m.read(space, BASE), -FAULT_WAIT);
  space.advise(BASE, 4096, MADV_DONTNEED);
  m.check();
  assert.equal(m.write(space, BASE, 5), 0);
  m.mm.reclaim.squeeze(1);
  space.advise(BASE, 4096, MADV_DONTNEED);
  m.check();
  assert.equal(m.read(space, BASE), 0);
  await m.pass(1e9);
  assert.equal(m.mm.totals().swapCache, 0);
  m.check();
});

test("MADV_PAGEOUT evicts the pages of a range, but those that others map and those that are locked", async () => {
  const m = swapMachine();
  const space = m.space();
  anonymous(space, BASE, 6);
  for (let page = 0; page < 4; page++) await m.save(space, address(page), page + 1);
  const child = await m.fork(space, 9);
  await m.save(space, address(1), 2);
  await m.save(space, address(2), 3);
  assert.equal(space.lock(address(2), address(3), true), 0);
  assert.equal(space.advise(BASE, 6 * 4096, MADV_PAGEOUT), 0);
  assert.equal(space.swapped, 1);
  m.check();
  await m.settle();
  for (let page = 0; page < 4; page++) {
    assert.equal(await m.load(space, address(page)), page + 1);
    assert.equal(await m.load(child, address(page)), page + 1);
  }
  m.check();
});

test("MADV_PAGEOUT of an area of hundreds of gigabytes looks only where page tables are", async () => {
  const m = swapMachine();
  const { space, length } = await vastArea(m);
  const began = performance.now();
  assert.equal(space.advise(BASE, length, MADV_PAGEOUT), 0);
  assert.ok(performance.now() - began < 500);
  assert.equal(space.swapped, 1);
  await m.settle();
  m.check();
});

test("mprotect changes what a swapped page allows, without reading it", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 2);
  assert.equal(space.protect(BASE, 2 * 4096, PROT_NONE), 0);
  assert.equal(m.read(space, BASE), -FAULT_ACCERR);
  assert.equal(space.protect(BASE, 4096, PROT_READ), 0);
  assert.equal(await m.load(space, BASE), 1);
  assert.equal(m.write(space, BASE, 9), -FAULT_ACCERR);
  assert.equal(space.protect(BASE, 2 * 4096, RW), 0);
  assert.equal(await m.save(space, BASE, 9), 0);
  assert.equal(await m.load(space, address(1)), 2);
  m.check();
});

test("mremap moves the names of slots, and the pages are read where they are then", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 4);
  assert.equal(await m.load(space, address(2)), 3);
  const flags = MREMAP_MAYMOVE | MREMAP_FIXED;
  const target = address(600);
  assert.equal(space.remap(BASE, 4 * 4096, 6 * 4096, flags, target), target);
  m.check();
  assert.equal(space.swapped, 3);
  for (let page = 0; page < 6; page++) {
    assert.equal(await m.load(space, target + page * 4096), page < 4 ? page + 1 : 0);
  }
  assert.equal(m.read(space, BASE), -FAULT_MAPERR);
  m.check();
});

test("mremap that makes a mapping smaller frees the slots of what is cut off", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  assert.equal(space.remap(BASE, 8 * 4096, 3 * 4096, 0, 0), BASE);
  await expectStored(m, 3, 1);
  for (let page = 0; page < 3; page++) assert.equal(await m.load(space, address(page)), page + 1);
});

test("a page may be moved while it is read", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  assert.equal(m.read(space, BASE), -FAULT_WAIT);
  const task = m.wait();
  const flags = MREMAP_MAYMOVE | MREMAP_FIXED;
  const target = address(50);
  assert.equal(space.remap(BASE, 4096, 4096, flags, target), target);
  await m.settle();
  assert.equal(task.state, "runnable");
  assert.equal(m.read(space, target), 1);
  assert.equal(m.read(space, BASE), -FAULT_MAPERR);
  m.check();
});

test("fork shares the slots of swapped pages, and whoever writes has a page of his own", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  const child = await m.fork(space, 9);
  assert.equal(child.swapped, 8);
  assert.equal(m.mm.swap.area.used, 8);
  for (let page = 0; page < 8; page++) {
    assert.equal(await m.save(child, address(page), page + 100), 0);
    assert.equal(await m.load(space, address(page)), page + 1);
    assert.equal(await m.load(child, address(page)), page + 100);
  }
  m.check();
  space.release();
  for (let page = 0; page < 8; page++) assert.equal(await m.load(child, address(page)), page + 100);
  child.release();
  await expectStored(m, 0, 0);
});

test("fork while pages are on their way in either direction", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 10);
  // In another cluster than page 0.
  assert.equal(await m.save(space, address(9), 99), 0);
  assert.equal(m.read(space, address(0)), -FAULT_WAIT);
  m.mm.reclaim.squeeze(20);
  assert.ok(m.mm.swap.writer.pages > 0);
  assert.ok(m.mm.swap.reader.pages > 0);
  const child = await m.fork(space, 9);
  m.check();
  for (const each of [space, child]) {
    assert.equal(await m.load(each, address(0)), 1);
    assert.equal(await m.load(each, address(9)), 99);
  }
  m.check();
});

test("what MADV_DONTFORK keeps from the child does not count as named by it", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 4);
  space.advise(address(1), 2 * 4096, MADV_DONTFORK);
  const child = await m.fork(space, 9);
  assert.equal(child.swapped, 2);
  assert.equal(m.read(child, address(1)), -FAULT_MAPERR);
  m.check();
  space.release();
  await m.pass(1e9);
  assert.equal(m.mm.swap.area.used, 2);
  m.check();
});

test("fork waits for the frames of its page tables while pages are on their way out, and then happens whole", async () => {
  const m = swapMachine({ frames: 64 });
  const space = m.space();
  // Many page tables, with one page each.
  for (let table = 0; table < 12; table++) {
    const va = BASE + table * 512 * 4096;
    anonymous(space, va, 1);
    await m.save(space, va, table + 1);
  }
  const other = m.space();
  anonymous(other, BASE, 40);
  for (let page = 0; page < 40; page++) await m.save(other, address(page), 1);
  assert.ok(m.mm.frames.free < space.pageTables);
  assert.equal(space.fork(9), MUST_WAIT);
  m.check();
  const child = await m.fork(space, 9);
  m.check();
  for (let table = 0; table < 12; table++)
    assert.equal(await m.load(child, BASE + table * 512 * 4096), table + 1);
});

test("mincore says of a swapped page that it is not there, unless it is at hand", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  const vector = address(100);
  anonymous(space, vector, 1);
  await m.save(space, vector, 0);
  const facts = async (): Promise<number[]> => {
    assert.equal(space.mincore(BASE, 8 * 4096, vector), 0);
    return [...(await m.bytes(space, vector, 8))];
  };
  assert.deepEqual(await facts(), [0, 0, 0, 0, 0, 0, 0, 0]);
  await m.load(space, BASE);
  assert.deepEqual(await facts(), [1, 1, 1, 1, 1, 1, 1, 1], "its neighbours came with it");
  m.mm.reclaim.squeeze(100);
  await m.settle();
  await m.save(space, vector, 0);
  assert.equal(m.read(space, address(0)), -FAULT_WAIT);
  assert.equal(space.mincore(BASE, 4096, vector), 0);
  assert.equal(m.read(space, vector), 0, "on its way is not there");
  await m.settle();
  m.check();
});

test("mincore of shared memory knows what its object has in swap", async () => {
  const m = swapMachine();
  const space = m.space();
  const start = space.map({
    addr: BASE,
    length: 3 * 4096,
    prot: RW,
    flags: MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED,
  });
  const vector = address(100);
  anonymous(space, vector, 1);
  await m.save(space, start, 1);
  await m.save(space, start + 4096, 2);
  await m.evict(1);
  await m.save(space, vector, 0);
  assert.equal(space.mincore(start, 3 * 4096, vector), 0);
  assert.deepEqual([...(await m.bytes(space, vector, 3))], [0, 1, 0]);
  m.check();
});

test("msync of swapped pages has nothing to do", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 2);
  assert.equal(space.msync(BASE, 2 * 4096, MS_SYNC), 0);
  assert.equal(m.completions.pending, 0);
  assert.equal(space.swapped, 2);
});

test("a program's new image leaves nothing of the old one in swap", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  space.map({
    addr: BASE,
    length: 8 * 4096,
    prot: RW,
    flags: MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
  });
  space.release();
  await expectStored(m, 0, 0);
  assert.equal(m.mm.frames.free, 127);
});

test("the heap that brk gives back frees its slots", async () => {
  const m = swapMachine();
  const space = m.space();
  space.setBrk(BASE);
  assert.equal(space.moveBrk(BASE + 8 * 4096), BASE + 8 * 4096);
  for (let page = 0; page < 8; page++) await m.save(space, address(page), page + 1);
  await m.evict(8);
  assert.equal(space.moveBrk(BASE + 3 * 4096), BASE + 3 * 4096);
  await expectStored(m, 3, 1);
  assert.equal(space.moveBrk(BASE + 8 * 4096), BASE + 8 * 4096);
  assert.equal(m.read(space, address(5)), 0);
  assert.equal(await m.load(space, address(2)), 3);
  m.check();
});

test("a kernel copy over swapped pages stops short, says what it waits for, and is whole in the end", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 20);
  const bytes = await m.bytes(space, BASE, 20 * 4096);
  for (let page = 0; page < 20; page++) assert.equal(bytes[page * 4096], page + 1);
  await m.evict(40);
  await m.fill(space, BASE + 100, new Uint8Array(10 * 4096).fill(7));
  assert.equal(await m.load(space, BASE), 1);
  assert.equal(await m.load(space, BASE + 100), 7);
  assert.equal(await m.load(space, address(10) + 99), 7);
  assert.equal(await m.load(space, address(10) + 100), 0);
  m.check();
});
