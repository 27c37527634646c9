// A page comes back: who waits, what is read with it, who shares it, and what becomes of it when its owner does not wait.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PROT_READ } from "../../abi/mman.ts";
import { PTE_W } from "../../abi/sv39.ts";
import { FRAME_ANON } from "../../api/frames.ts";
import type { AddressSpace } from "../address-space.ts";
import { FAULT_WAIT } from "../fault-result.ts";
import { anonymous } from "../fixture.ts";
import { PTE_PRESENT } from "../page-entry.ts";
import { address, BASE, swapMachine, swappedOut, takenBack } from "./fixture.ts";

function isPresent(space: AddressSpace, page: number): boolean {
  return (space.pageEntry(address(page)) & PTE_PRESENT) !== 0;
}

test("a page that is swapped out is a major fault: the thread waits, and then has its byte", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  const minor = space.minorFaults;
  assert.equal(m.read(space, BASE), -FAULT_WAIT);
  assert.equal(m.mm.swap.reader.pages, 1);
  const task = m.wait();
  assert.equal(m.read(space, BASE), -FAULT_WAIT, "who comes later waits for the same read");
  assert.equal(m.mm.stall?.key, 0);
  m.check();
  await m.settle();
  assert.equal(task.state, "runnable");
  assert.equal(m.read(space, BASE), 1);
  assert.equal(space.majorFaults, 1);
  assert.equal(space.minorFaults, minor, "one fault, however often it was tried");
  assert.equal(m.mm.swap.in, 1);
  m.check();
});

test("neighbours in the cluster come with it, and finding one of them is a minor fault", async () => {
  const m = swapMachine({ frames: 256 });
  const space = await swappedOut(m, 8);
  assert.equal(await m.load(space, address(0)), 1);
  assert.equal(m.mm.swap.ahead, 7);
  assert.equal(space.rssAnon, 1);
  assert.equal(m.mm.totals().swapCache, 7);
  for (let page = 1; page < 8; page++) assert.equal(m.read(space, address(page)), page + 1);
  assert.equal(m.completions.pending, 0);
  assert.equal(space.majorFaults, 1);
  assert.equal(m.mm.swap.aheadUsed, 7);
  m.check();
});

test("shared memory has its neighbours read and used in the same way", async () => {
  const m = swapMachine({ frames: 256 });
  const space = m.space();
  const shared = 0x21;
  const start = space.map({ addr: 0, length: 8 * 4096, prot: 3, flags: shared });
  for (let page = 0; page < 8; page++) await m.save(space, start + page * 4096, page + 1);
  await m.evict(8);
  for (let page = 0; page < 8; page++)
    assert.equal(await m.load(space, start + page * 4096), page + 1);
  assert.equal(space.majorFaults, 1);
  assert.equal(m.mm.swap.aheadUsed, 7);
  m.check();
});

test("the window of neighbours grows while they are used and shrinks while they are not", async () => {
  const m = swapMachine({ frames: 4096, slots: 2048 });
  const { clusterPages } = m.mm.swap.writer;
  assert.equal(clusterPages, 64);
  const space = await swappedOut(m, 12 * 64);
  const aheadAt = async (page: number): Promise<number> => {
    const before = m.mm.swap.ahead;
    await m.load(space, address(page));
    return m.mm.swap.ahead - before + 1;
  };
  assert.equal(await aheadAt(0), 8, "at first");
  for (let page = 1; page < 8; page++) m.read(space, address(page));
  assert.equal(await aheadAt(64), 16, "seven of seven were used");
  for (let page = 65; page < 80; page++) m.read(space, address(page));
  assert.equal(await aheadAt(128), 32);
  assert.equal(await aheadAt(192), 16, "none was used");
  assert.equal(await aheadAt(256), 8);
  assert.equal(await aheadAt(320), 4, "the least");
  assert.equal(await aheadAt(384), 4);
  m.check();
});

test("the window lies around the page, not behind it", async () => {
  const m = swapMachine({ frames: 4096, slots: 2048 });
  const space = await swappedOut(m, 64);
  await m.load(space, address(29));
  await m.settle();
  const { swap } = m.mm;
  const at = (page: number): boolean =>
    isPresent(space, page) || swap.isAtHand(space.pageEntry(address(page)) >>> 10);
  const there = Array.from({ length: 64 }, (_, page) => page).filter(at);
  assert.deepEqual(there, [24, 25, 26, 27, 28, 29, 30, 31]);
});

test("who goes through whole clusters in order, forwards or backwards, finds the next ones there", async () => {
  for (const isForwards of [true, false]) {
    const m = swapMachine({ frames: 256 });
    const space = await swappedOut(m, 64);
    for (let turn = 0; turn < 64; turn++) {
      const page = isForwards ? turn : 63 - turn;
      assert.equal(await m.load(space, address(page)), page + 1);
      // Storage is as fast as the program.
      await m.settle();
    }
    assert.equal(space.majorFaults, 2, "one in each of the first two clusters");
    assert.equal(m.mm.swap.reader.expected, 0);
    m.check();
  }
});

test("frames for what is read before it is wanted are made in the background", async () => {
  const m = swapMachine({ frames: 128 });
  m.startBackground();
  const space = await swappedOut(m, 200);
  for (let page = 0; page < 200; page++) {
    assert.equal(await m.load(space, address(page)), (page % 255) + 1);
    await m.settle();
  }
  assert.ok(space.majorFaults < 60, `${space.majorFaults} major faults`);
  m.check();
});

test("nothing is read ahead when frames are short", async () => {
  const m = swapMachine({ frames: 64 });
  const space = await swappedOut(m, 8);
  const other = m.space();
  anonymous(other, BASE, 64);
  m.mm.swap.on = false;
  for (let page = 0; m.mm.frames.free > m.mm.reclaim.spare; page++)
    m.write(other, address(page), 1);
  m.mm.swap.on = true;
  assert.equal(await m.load(space, BASE), 1);
  assert.equal(m.mm.swap.ahead, 0);
  m.check();
});

test("processes that share a slot share one read, and the frame that comes of it", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  const child = await m.fork(space, 9);
  assert.equal(m.mm.swap.area.count[0], 2);
  assert.equal(m.read(space, BASE), -FAULT_WAIT);
  assert.equal(m.read(child, BASE), -FAULT_WAIT);
  assert.equal(m.completions.pending, 1);
  await m.settle();
  assert.equal(m.read(space, BASE), 1);
  assert.equal(space.pageEntry(BASE) & PTE_W, 0, "somebody else names the slot");
  assert.equal(m.read(child, BASE), 1);
  assert.equal(space.pageEntry(BASE) >>> 10, child.pageEntry(BASE) >>> 10);
  assert.equal(m.mm.swap.in, 1);
  m.check();
  assert.equal(m.write(child, BASE, 5), 0);
  assert.equal(m.read(space, BASE), 1);
  assert.equal(m.read(child, BASE), 5);
  m.check();
});

test("a store to a page whose slot others name makes a copy, and the slot keeps its page for them", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  const child = await m.fork(space, 9);
  assert.equal(await m.save(child, BASE, 5), 0);
  assert.equal(m.mm.swap.area.count[0], 1);
  assert.equal(await m.load(space, BASE), 1);
  assert.equal(await m.load(child, BASE), 5);
  m.check();
});

test("the last one to come back may write without a copy, and what is stored is old then", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  assert.equal(await m.save(space, BASE, 5), 0);
  assert.equal(m.mm.swap.area.used, 0, "a store gives the slot up");
  await m.pass(1e9);
  assert.equal(m.store.clusters.size, 0);
  m.check();
});

test("a page that comes back by a load keeps its slot as a clean copy while swap has room, and then not", async () => {
  const m = swapMachine({ slots: 8 });
  const space = await swappedOut(m, 6);
  for (let page = 0; page < 6; page++) assert.equal(await m.load(space, address(page)), page + 1);
  // Two of eight were given up while more than half of the slots were taken.
  assert.equal(m.mm.swap.area.used, 4);
  assert.equal(space.swapped, 0);
  m.check();
});

test("a page is taken back while it is being written, changed, and what changed is not lost", async () => {
  for (const stores of [false, true]) {
    const m = swapMachine();
    const space = m.space();
    anonymous(space, BASE, 1);
    await m.save(space, BASE, 1);
    m.mm.reclaim.squeeze(1);
    assert.equal(m.completions.pending, 1);
    const pfn = m.mm.swap.area.frame[0];
    assert.equal(stores ? m.write(space, BASE, 2) : m.read(space, BASE), stores ? 0 : 1);
    assert.equal(space.pageEntry(BASE) >>> 10, pfn, "there is nothing to wait for");
    assert.equal(m.mm.frames.kind[pfn ?? 0], FRAME_ANON);
    m.check();
    m.write(space, BASE + 1, 3);
    await m.settle();
    m.check();
    await m.evict(1);
    assert.equal(space.swapped, 1);
    assert.equal(await m.load(space, BASE), stores ? 2 : 1);
    assert.equal(await m.load(space, BASE + 1), 3);
    m.check();
  }
});

test("a page that is taken back and not changed needs no second write", async () => {
  const m = swapMachine();
  const space = await takenBack(m);
  await m.settle();
  await m.evict(1);
  assert.equal(m.mm.swap.out, 1);
  assert.equal(await m.load(space, BASE), 1);
  m.check();
});

test("an owner that exits while its page is written leaves nothing behind, and its slot is free at once", async () => {
  for (const takenBack of [false, true]) {
    const m = swapMachine();
    const space = m.space();
    anonymous(space, BASE, 1);
    await m.save(space, BASE, 1);
    m.mm.reclaim.squeeze(1);
    if (takenBack) m.read(space, BASE);
    space.release();
    m.check();
    const other = m.space();
    anonymous(other, BASE, 1);
    m.write(other, BASE, 2);
    // Another page goes the same way while the first is not there yet.
    m.mm.reclaim.squeeze(1);
    m.check();
    await m.pass(1e9);
    assert.equal(await m.load(other, BASE), 2);
    assert.equal(m.mm.totals().swapCache, 0);
    other.release();
    await m.pass(1e9);
    m.check();
    assert.equal(m.mm.frames.free, 127);
    assert.equal(m.store.clusters.size, 0);
  }
});

test("an owner that exits while its page is read leaves nothing behind, though its slot has a new owner", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  assert.equal(m.read(space, BASE), -FAULT_WAIT);
  const task = m.wait();
  m.scheduler.exit(task);
  space.release();
  assert.equal(m.mm.swap.area.used, 0);
  m.check();
  const other = m.space();
  anonymous(other, BASE, 1);
  m.write(other, BASE, 2);
  m.mm.reclaim.squeeze(1);
  assert.equal(other.pageEntry(BASE) >>> 10, 0, "the same slot");
  m.check();
  await m.pass(1e9);
  m.check();
  assert.equal(await m.load(other, BASE), 2);
  other.release();
  await m.pass(1e9);
  assert.equal(m.mm.frames.free, 127);
  assert.equal(m.store.clusters.size, 0);
});

test("a page that is unmapped while another thread waits for it wakes that thread, which finds nothing", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  assert.equal(m.read(space, BASE), -FAULT_WAIT);
  const task = m.wait();
  space.unmap(BASE, 4096);
  await m.settle();
  assert.equal(task.state, "runnable");
  m.check();
});

test("pages that two threads wait for in one cluster come with one read each time it is asked for", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 4);
  assert.equal(m.read(space, address(0)), -FAULT_WAIT);
  const first = m.wait();
  assert.equal(m.read(space, address(3)), -FAULT_WAIT);
  const second = m.wait();
  assert.equal(m.completions.pending, 1);
  await m.settle();
  assert.deepEqual([first.state, second.state], ["runnable", "runnable"]);
  assert.equal(m.read(space, address(0)), 1);
  assert.equal(m.read(space, address(3)), 4);
  m.check();
});

test("a page that somebody has waited for does not go before he has had his turn, as long as others can", async () => {
  const m = swapMachine({ frames: 64 });
  m.startBackground();
  const space = await swappedOut(m, 20);
  assert.equal(m.read(space, address(0)), -FAULT_WAIT);
  m.wait();
  await m.settle();
  const slot = space.pageEntry(BASE) >>> 10;
  assert.ok(m.mm.swap.isAtHand(slot));
  const other = m.space();
  anonymous(other, BASE, 100);
  const before = m.mm.swap.out;
  for (let page = 0; page < 90; page++) assert.equal(await m.save(other, address(page), 1), 0);
  assert.ok(m.mm.swap.out - before > 30);
  assert.ok(m.mm.swap.isAtHand(slot));
  assert.equal(m.read(space, BASE), 1);
  m.check();
});

test("the background reclaimer does not take the page from a waiting thread for ever, when nothing else can go", async () => {
  const m = swapMachine({ frames: 40, slots: 16 });
  m.startBackground();
  const space = await swappedOut(m, 8);
  const other = m.space();
  anonymous(other, BASE, 40);
  m.mm.swap.on = false;
  for (let page = 0; m.mm.frames.free > 7; page++) m.write(other, address(page), 1);
  m.mm.swap.on = true;
  // From now on nothing can be written: all that could go is the page that has just come.
  m.store.failWrites = () => new Error("broken");
  m.mm.reclaim.squeeze(8);
  await m.settle();
  assert.ok(m.mm.swap.writer.resting);
  let reads = 0;
  m.store.failReads = () => {
    reads++;
    return undefined;
  };
  for (let page = 0; page < 3; page++) assert.equal(await m.load(space, address(page)), page + 1);
  assert.ok(reads <= 6, `${reads} reads`);
  m.check();
});

test("MADV_WILLNEED reads what is swapped out while frames are plenty, and nobody waits", async () => {
  const m = swapMachine({ frames: 256 });
  const space = await swappedOut(m, 24);
  assert.equal(space.advise(BASE, 24 * 4096, 3), 0);
  assert.equal(m.mm.stall, null);
  assert.equal(m.mm.swap.reader.pages, 24);
  assert.equal(m.completions.pending, 3, "three clusters of eight");
  await m.settle();
  for (let page = 0; page < 24; page++) assert.equal(m.read(space, address(page)), page + 1);
  assert.equal(space.majorFaults, 0);
  m.check();
});

test("a fault on a page that MADV_WILLNEED has asked for waits for the same read", async () => {
  const m = swapMachine({ frames: 256 });
  const space = await swappedOut(m, 1);
  space.advise(BASE, 4096, 3);
  assert.equal(m.read(space, BASE), -FAULT_WAIT);
  const task = m.wait();
  assert.equal(m.completions.pending, 1);
  await m.settle();
  assert.equal(task.state, "runnable");
  assert.equal(m.read(space, BASE), 1);
  m.check();
});

test("MADV_WILLNEED over an area of hundreds of gigabytes looks only where page tables are", async () => {
  const m = swapMachine({ frames: 256 });
  const space = m.space();
  const noReserve = 0x4000;
  const length = 2 ** 37;
  assert.equal(space.map({ addr: BASE, length, prot: 3, flags: 0x32 | noReserve }), BASE);
  await m.save(space, BASE, 1);
  await m.save(space, BASE + length - 4096, 2);
  await m.evict(2);
  assert.equal(space.swapped, 2);
  const began = performance.now();
  assert.equal(space.advise(BASE, length, 3), 0);
  assert.ok(performance.now() - began < 500);
  await m.settle();
  assert.equal(m.read(space, BASE), 1);
  assert.equal(m.read(space, BASE + length - 4096), 2);
  m.check();
});

test("what comes back has the rights of its area, whatever they were when it went", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  space.protect(BASE, 4096, PROT_READ);
  assert.equal(await m.load(space, BASE), 1);
  assert.equal(space.pageEntry(BASE) & PTE_W, 0);
  space.protect(BASE, 4096, 3);
  assert.equal(await m.save(space, BASE, 2), 0);
  m.check();
});
