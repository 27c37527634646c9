// Bytes of shared memory far from each other, as lseek(2) allows: holes take no frames. And its pages in swap.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { checkAccounting } from "./accounting.ts";
import { MAP_FIXED, MAP_PRIVATE, MAP_SHARED, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { FAULT_BUS } from "./fault-result.ts";
import { testMachine } from "./fixture.ts";
import { ShmemObject } from "./shmem-object.ts";
import { MUST_WAIT } from "./stall.ts";
import { type SwapMachine, swapMachine } from "./swap/fixture.ts";

const BASE = 0x10000000;

test("a byte at the far end of a hole is kept, and its frame knows its place", () => {
  const m = testMachine(64);
  const object = new ShmemObject(m.mm, "hole", 0);
  const far = 2 ** 52;
  assert.equal(object.write(far, new BufferSource(Uint8Array.of(7))), 1);
  const back = new Uint8Array(1);
  assert.equal(object.read(far, new BufferSink(back)), 1);
  assert.deepEqual(back, Uint8Array.of(7));
  checkAccounting(m.mm);
  object.truncate(0);
  checkAccounting(m.mm);
});

/** A file whose page n is full of n + 1. */
async function file(m: SwapMachine, pages: number): Promise<ShmemObject> {
  const object = new ShmemObject(m.mm, "/tmp/file", 0);
  for (let page = 0; page < pages; page++) await write(m, object, page * 4096, 4096, page + 1);
  return object;
}

async function write(
  m: SwapMachine,
  object: ShmemObject,
  at: number,
  length: number,
  value: number,
): Promise<void> {
  const bytes = new Uint8Array(length).fill(value);
  assert.equal(await m.call(() => object.write(at, new BufferSource(bytes))), length);
}

/** All bytes of the file, read in as many calls as it takes. */
async function contents(m: SwapMachine, object: ShmemObject): Promise<Uint8Array> {
  const bytes = new Uint8Array(object.size);
  for (let done = 0; done < bytes.length;) {
    const rest = bytes.subarray(done);
    const count = await m.call(() => object.read(done, new BufferSink(rest)));
    assert.ok(count > 0);
    done += count;
  }
  return bytes;
}

async function swapOut(m: SwapMachine, object: ShmemObject): Promise<void> {
  await m.evict(100);
  await m.evict(100);
  for (const [index, entry] of object.cachedPages()) assert.ok(entry < 0, `page ${index} is there`);
}

test("read(2) and write(2) bring pages back from swap, and say that they must wait", async () => {
  const m = swapMachine();
  const object = await file(m, 12);
  await swapOut(m, object);
  const bytes = new Uint8Array(12 * 4096);
  assert.equal(object.read(0, new BufferSink(bytes)), MUST_WAIT);
  m.check();
  await m.settle();
  assert.equal(object.read(0, new BufferSink(bytes)), 8 * 4096, "one cluster");
  assert.equal(m.mm.stall?.queue, m.mm.swap.arrivals, "short, and it says why");
  await m.settle();
  const all = await contents(m, object);
  assert.deepEqual(
    all,
    Uint8Array.from({ length: 12 * 4096 }, (_, at) => Math.floor(at / 4096) + 1),
  );
  await swapOut(m, object);
  await write(m, object, 3 * 4096 + 10, 20, 99);
  const changed = await contents(m, object);
  assert.deepEqual(
    [9, 10, 29, 30].map((at) => changed[3 * 4096 + at]),
    [4, 99, 99, 4],
  );
  object.release();
  m.check();
});

test("a read that stops for want of a frame says so, because a program takes a short read for the end", async () => {
  const m = swapMachine({ frames: 64 });
  const object = await file(m, 8);
  await swapOut(m, object);
  const space = m.space();
  const prot = PROT_READ | PROT_WRITE;
  space.map({ addr: BASE, length: 100 * 4096, prot, flags: MAP_PRIVATE | 0x20 | MAP_FIXED });
  // Every frame is taken, and what could go is on its way out.
  for (let page = 0; m.write(space, BASE + page * 4096, 1) === 0; page++);
  assert.ok(m.mm.swap.writer.busy);
  assert.equal(object.isResident(0), false);
  const bytes = new Uint8Array(8 * 4096);
  for (let done = 0; done < bytes.length;) {
    m.mm.stall = null;
    const count = object.read(done, new BufferSink(bytes.subarray(done)));
    assert.ok(count > 0 || count === MUST_WAIT);
    if (count > 0) done += count;
    if (done < bytes.length) {
      assert.ok(m.mm.stall !== null, `nothing says why the read stopped at ${done}`);
      const task = m.wait();
      while (task.state === "sleeping") assert.ok(await m.step());
      m.scheduler.exit(task);
    }
    // Nobody else may have the frames that have come free.
    for (let page = 0; m.write(space, BASE + page * 4096, 1) === 0 && page < 99; page++);
  }
  m.check();
});

test("a hole stays a hole: reading it takes neither frame nor slot", async () => {
  const m = swapMachine();
  const object = new ShmemObject(m.mm, "/tmp/hole", 0);
  await write(m, object, 100 * 4096, 10, 7);
  await swapOut(m, object);
  const free = m.mm.frames.free;
  const bytes = new Uint8Array(100 * 4096).fill(1);
  assert.equal(object.read(0, new BufferSink(bytes)), bytes.length);
  assert.ok(bytes.every((byte) => byte === 0));
  assert.equal(m.mm.frames.free, free);
  assert.equal(m.mm.swap.area.used, 1);
});

test("truncation frees the slots of pages that are cut off, whether they are out, on their way out or on their way in", async () => {
  const m = swapMachine();
  const object = await file(m, 24);
  await swapOut(m, object);
  const bytes = new Uint8Array(4096);
  assert.equal(object.read(20 * 4096, new BufferSink(bytes)), MUST_WAIT);
  object.truncate(4 * 4096);
  m.check();
  assert.equal(m.mm.swap.area.used, 4);
  await write(m, object, 5 * 4096, 4096, 55);
  m.mm.reclaim.squeeze(10);
  object.truncate(4 * 4096);
  m.check();
  await m.pass(1e9);
  assert.equal(m.mm.swap.area.used, 4);
  assert.equal(m.store.clusters.size, 1);
  object.truncate(30 * 4096);
  const all = await contents(m, object);
  assert.ok(all.subarray(4 * 4096).every((byte) => byte === 0));
  assert.equal(all[4 * 4096 - 1], 4);
  m.check();
});

test("the tail of a page that is cut in swap is zero when the file grows again, however often it is cut", async () => {
  const m = swapMachine();
  const object = await file(m, 2);
  await swapOut(m, object);
  object.truncate(4096 + 1000);
  object.truncate(4096 + 3000);
  object.truncate(4096 + 2000);
  object.truncate(2 * 4096);
  assert.equal(m.mm.swap.in, 0, "nothing is read for it");
  const all = await contents(m, object);
  assert.deepEqual([...new Set(all.subarray(0, 4096))], [1]);
  assert.deepEqual([...new Set(all.subarray(4096, 4096 + 1000))], [2]);
  assert.deepEqual([...new Set(all.subarray(4096 + 1000))], [0]);
  await swapOut(m, object);
  assert.deepEqual(await contents(m, object), all, "what it became is what is stored");
  m.check();
});

test("what is written behind a cut is kept, and a page that is cut off whole begins anew", async () => {
  const m = swapMachine();
  const object = await file(m, 1);
  await swapOut(m, object);
  object.truncate(100);
  await write(m, object, 200, 10, 9);
  const all = await contents(m, object);
  assert.deepEqual(
    [99, 100, 199, 200, 209].map((at) => all[at]),
    [1, 0, 0, 9, 9],
  );
  await swapOut(m, object);
  object.truncate(50);
  object.truncate(0);
  object.truncate(4096);
  assert.ok((await contents(m, object)).every((byte) => byte === 0));
  m.check();
});

test("a mapping beyond the cut gets SIGBUS, and private copies of what is cut off go with it", async () => {
  const m = swapMachine();
  const object = await file(m, 4);
  const space = m.space();
  const prot = PROT_READ | PROT_WRITE;
  space.map({ addr: BASE, length: 4 * 4096, prot, flags: MAP_SHARED | MAP_FIXED, object });
  const own = BASE * 2;
  space.map({ addr: own, length: 4 * 4096, prot, flags: MAP_PRIVATE | MAP_FIXED, object });
  for (let page = 0; page < 4; page++) await m.save(space, own + page * 4096, 100 + page);
  await m.evict(100);
  await m.evict(100);
  assert.equal(space.swapped, 4);
  object.truncate(2 * 4096);
  assert.equal(space.swapped, 2);
  for (const start of [BASE, own]) assert.equal(m.read(space, start + 2 * 4096), -FAULT_BUS);
  assert.equal(await m.load(space, BASE + 4096), 2);
  assert.equal(await m.load(space, own + 4096), 101);
  assert.equal(await m.load(space, own + 4096 + 1), 2);
  m.check();
});
