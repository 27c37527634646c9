// swapoff(2): everything comes back, or the call fails and nobody is worse off.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAP_ANONYMOUS, MAP_FIXED, MAP_PRIVATE } from "../../abi/mman.ts";
import { MAP_SHARED, PROT_NONE, PROT_READ, PROT_WRITE } from "../../abi/mman.ts";
import { BufferSource } from "../../lib/io.ts";
import type { ByteSource } from "../../lib/io.ts";
import { evict } from "../reclaim/evict.ts";
import { FAULT_IO } from "../fault-result.ts";
import { anonymous } from "../fixture.ts";
import { PTE_PRESENT } from "../page-entry.ts";
import { ShmemObject } from "../shmem-object.ts";
import { MUST_WAIT } from "../stall.ts";
import { BASE, type SwapMachine, swapMachine, swappedOut, takenBack, vastArea } from "./fixture.ts";
import { emptySwap } from "./off.ts";

const RW = PROT_READ | PROT_WRITE;

/** As the system call does it: true when everything is back, false when it fails. */
async function swapOff(m: SwapMachine): Promise<boolean> {
  m.mm.swap.on = false;
  const result = await m.call(() => {
    if (emptySwap(m.mm)) return 0;
    return m.mm.stall === null ? -1 : MUST_WAIT;
  });
  if (result !== 0) m.mm.swap.on = true;
  await m.pass(1e9);
  m.check();
  return result === 0;
}

function expectEmpty(m: SwapMachine): void {
  assert.equal(m.mm.swap.area.used, 0);
  assert.equal(m.store.clusters.size, 0);
  assert.equal(m.mm.totals().swapCache, 0);
}

test("all pages come back, of whatever rights and kind, and the store is empty", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 20);
  const child = await m.fork(space, 9);
  space.protect(BASE + 3 * 4096, 4096, PROT_NONE);
  space.protect(BASE + 4 * 4096, 4096, PROT_READ);
  const flags = MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED;
  space.map({ addr: BASE * 2, length: 4096, prot: RW, flags });
  await m.save(space, BASE * 2, 77);
  anonymous(space, BASE * 3, 1);
  await m.save(space, BASE * 3, 0);
  await m.evict(100);
  assert.ok(await swapOff(m));
  expectEmpty(m);
  assert.equal(space.swapped, 0);
  assert.equal(m.read(space, BASE * 2), 77);
  assert.equal(m.read(space, BASE * 3), 0);
  assert.equal(m.read(space, BASE + 4 * 4096), 5);
  for (let page = 0; page < 20; page++) assert.equal(m.read(child, BASE + page * 4096), page + 1);
  space.protect(BASE + 3 * 4096, 4096, RW);
  assert.equal(m.write(space, BASE + 3 * 4096, 9), 0);
  assert.equal(m.read(child, BASE + 3 * 4096), 4);
  m.check();
});

test("clean copies and pages on their way out are given up too", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  for (let page = 0; page < 4; page++) await m.load(space, BASE + page * 4096);
  anonymous(space, BASE * 2, 8);
  for (let page = 0; page < 8; page++) await m.save(space, BASE * 2 + page * 4096, page + 50);
  for (let page = 0; page < 8; page++) evict(m.mm, space.pageEntry(BASE * 2 + page * 4096) >>> 10);
  assert.ok(m.mm.swap.writer.busy);
  assert.ok(m.mm.swap.area.used > m.mm.swap.area.count.filter((count) => count > 0).length);
  assert.ok(await swapOff(m));
  expectEmpty(m);
  for (let page = 0; page < 8; page++) {
    assert.equal(m.read(space, BASE + page * 4096), page + 1);
    assert.equal(m.read(space, BASE * 2 + page * 4096), page + 50);
  }
});

test("a page that was taken back and is still being written is waited for", async () => {
  const m = swapMachine();
  await takenBack(m);
  m.mm.swap.on = false;
  assert.equal(emptySwap(m.mm), false);
  assert.equal(m.mm.stall?.queue, m.mm.shortage);
  assert.ok(await swapOff(m));
  expectEmpty(m);
});

test("when memory cannot take everything it fails, nobody is killed, and swap goes on", async () => {
  const m = swapMachine({ frames: 64, slots: 256 });
  const space = await swappedOut(m, 100);
  let candidates = 0;
  m.mm.setOomHandler({
    caller: () => undefined,
    candidates: () => {
      candidates++;
      return [{ pid: space.pid, name: "victim", space, immune: false, adjustment: 0 }];
    },
    kill: () => assert.fail("somebody was killed"),
  });
  assert.equal(m.mm.swap.fitsInRam(), false);
  assert.equal(await swapOff(m), false);
  assert.equal(candidates, 0);
  for (let page = 0; page < 100; page++)
    assert.equal(await m.load(space, BASE + page * 4096), page + 1);
  m.check();
});

test("it ends when shared memory does not fit either", async () => {
  const m = swapMachine({ frames: 64, slots: 256 });
  const object = new ShmemObject(m.mm, "/tmp/file", 0);
  const bytes = new Uint8Array(100 * 4096).fill(5);
  for (let done = 0; done < bytes.length;) {
    const source = new BufferSource(bytes.subarray(done));
    done += await m.call(() => object.write(done, source));
  }
  assert.equal(await swapOff(m), false);
  object.release();
  assert.ok(await swapOff(m));
  expectEmpty(m);
});

for (const kind of ["private", "shared"]) {
  test(`frames that are on their way to be free are waited for: a ${kind} page needs one`, async () => {
    const m = swapMachine({ frames: 64, slots: 256 });
    const space = m.space();
    const flags = (kind === "shared" ? MAP_SHARED : MAP_PRIVATE) | MAP_ANONYMOUS | MAP_FIXED;
    space.map({ addr: BASE * 2, length: 4096, prot: RW, flags });
    await m.save(space, BASE * 2, 7);
    await m.evict(1);
    anonymous(space, BASE, 100);
    for (let page = 0; m.write(space, BASE + page * 4096, 1) === 0; page++);
    // The last frames become page tables.
    while (typeof m.mm.createSpace(99) !== "number");
    assert.equal(m.mm.frames.free, 0);
    assert.ok(m.mm.swap.writer.busy);
    // Nobody wants what is on its way out: when it has gone, there is room.
    for (let page = 0; page < 100; page++) {
      const va = BASE + page * 4096;
      if ((space.pageEntry(va) & PTE_PRESENT) === 0) space.unmap(va, 4096);
    }
    assert.equal(m.mm.swap.area.used, 1);
    assert.ok(await swapOff(m));
    expectEmpty(m);
    assert.equal(m.read(space, BASE * 2), 7);
  });
}

test("a page beyond the end of a file, which a failed write has left, comes back too", async () => {
  const m = swapMachine();
  const object = new ShmemObject(m.mm, "/tmp/file", 0);
  const broken: ByteSource = { remaining: 10, take: () => 0 };
  assert.equal(object.write(5 * 4096, broken), 0);
  assert.equal(object.size, 0);
  assert.equal(object.pageCount, 1);
  await m.evict(10);
  assert.equal(m.mm.swap.area.used, 1);
  assert.ok(await swapOff(m));
  expectEmpty(m);
  object.release();
  m.check();
});

test("what the store has lost stays lost, and does not keep the rest from coming back", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 24);
  const lost = m.mm.swap.area.clusterOf(space.pageEntry(BASE) >>> 10) ?? assert.fail();
  m.store.failReads = (key) => (key === lost.key ? new Error("broken") : undefined);
  assert.equal(await m.load(space, BASE), -FAULT_IO);
  const others = [...lost.slots].filter((slot) => slot >= 0).length;
  assert.ok(await swapOff(m));
  assert.equal(space.swapped, 1 + others);
  for (let page = 0; page < 24; page++) {
    const isLost = (space.pageEntry(BASE + page * 4096) & PTE_PRESENT) === 0;
    assert.equal(await m.load(space, BASE + page * 4096), isLost ? -FAULT_IO : page + 1);
  }
  space.release();
  m.check();
  assert.equal(m.mm.swap.area.used, 0);
});

test("an area of hundreds of gigabytes is looked at only where page tables are", async () => {
  const m = swapMachine();
  const { space, length } = await vastArea(m);
  await m.evict(1);
  const began = performance.now();
  assert.ok(await swapOff(m));
  assert.ok(performance.now() - began < 500);
  assert.equal(m.read(space, BASE + length - 4096), 2);
});

test("what fits is what has no frame yet: clean copies, lost pages and an unused area need none", async () => {
  const m = swapMachine({ frames: 64, slots: 256 });
  const space = m.space();
  anonymous(space, BASE, 200);
  assert.ok(m.mm.swap.fitsInRam());
  m.mm.swap.on = false;
  while (m.mm.frames.free > 4) m.write(space, BASE + space.rssAnon * 4096, 1);
  m.mm.swap.on = true;
  assert.ok(m.mm.swap.fitsInRam(), "memory is short, but nothing is swapped out");
  await m.evict(10);
  assert.equal(m.mm.swap.fitsInRam(), false, "not without going below the watermark");
  space.unmap(BASE + 50 * 4096, 4096);
  for (let page = 40; page < 60; page++) space.unmap(BASE + page * 4096, 4096);
  assert.ok(m.mm.swap.fitsInRam());
  for (let page = 0; m.mm.swap.area.used < 100; page++) await m.save(space, BASE + page * 4096, 1);
  assert.equal(m.mm.swap.fitsInRam(), false);
});

test("swap that is on again takes pages as before", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  assert.ok(await swapOff(m));
  await m.evict(8);
  assert.equal(space.swapped, 0);
  m.mm.swap.on = true;
  await m.evict(8);
  assert.equal(space.swapped, 8);
  for (let page = 0; page < 8; page++)
    assert.equal(await m.load(space, BASE + page * 4096), page + 1);
  m.check();
});
