// When frames run short: who is woken, who waits, and how much is looked at.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAP_FIXED, MAP_PRIVATE, PROT_READ } from "../../abi/mman.ts";
import type { AddressSpace } from "../address-space.ts";
import { FAULT_WAIT } from "../fault-result.ts";
import { anonymous } from "../fixture.ts";
import { InodeObject } from "../inode-object.ts";
import { policyNames } from "./lru.ts";
import { MUST_WAIT } from "../stall.ts";
import { address, BASE, type SwapMachine, swapMachine } from "../swap/fixture.ts";

/** Stores to pages [from, to), each its number and one. */
async function fill(m: SwapMachine, space: AddressSpace, from: number, to: number): Promise<void> {
  for (let page = from; page < to; page++)
    assert.equal(await m.save(space, address(page), (page % 250) + 1), 0);
}

async function expectBytes(m: SwapMachine, space: AddressSpace, pages: number): Promise<void> {
  for (let page = 0; page < pages; page++)
    assert.equal(await m.load(space, address(page)), (page % 250) + 1);
}

/** A file of so many pages, all of them mapped and there. */
function cachedFile(m: SwapMachine, pages: number): AddressSpace {
  const object = new InodeObject(m.mm, "/bin/file", pages * 4096, (index, into, offset) => {
    into.fill(index + 1, offset, offset + 4096);
    return 4096;
  });
  const space = m.space();
  const flags = MAP_PRIVATE | MAP_FIXED;
  space.map({ addr: BASE * 2, length: pages * 4096, prot: PROT_READ, flags, object });
  for (let page = 0; page < pages; page++) m.read(space, BASE * 2 + page * 4096);
  return space;
}

test("the background reclaimer wakes at the low watermark, makes room up to the high one, and sleeps", async () => {
  const m = swapMachine({ frames: 256 });
  m.startBackground();
  const { reclaim, frames } = m.mm;
  const space = m.space();
  anonymous(space, BASE, 256);
  let page = 0;
  while (frames.free > reclaim.low) await m.save(space, address(page++), 1);
  assert.equal(reclaim.background.scanned, 0);
  await m.save(space, address(page++), 1);
  assert.ok(m.scheduler.yieldSoon, "it shall have its turn soon");
  assert.ok(m.mm.swap.writer.busy);
  while (await m.step());
  assert.ok(frames.free >= reclaim.high);
  assert.ok(frames.free < reclaim.high + m.mm.swap.writer.clusterPages, `${frames.free} are free`);
  assert.equal(reclaim.direct.stolen, 0);
  m.check();
});

test("while it keeps up nobody has to reclaim for himself", async () => {
  const m = swapMachine({ frames: 512, slots: 4096 });
  m.startBackground();
  const space = m.space();
  anonymous(space, BASE, 2000);
  for (let page = 0; page < 2000; page++) {
    await m.save(space, address(page), (page % 250) + 1);
    // Storage is as fast as the program.
    if (page % 8 === 7) await m.settle();
  }
  assert.equal(m.mm.reclaim.direct.stolen, 0);
  assert.ok(m.mm.reclaim.background.stolen > 1500);
  await expectBytes(m, space, 2000);
  m.check();
});

test("without it whoever needs a frame reclaims, and waits when all that can go is on its way", async () => {
  const m = swapMachine({ frames: 64 });
  const space = m.space();
  anonymous(space, BASE, 200);
  let page = 0;
  let result = 0;
  while (result === 0) result = m.write(space, address(page++), 1);
  assert.equal(result, -FAULT_WAIT);
  assert.equal(m.mm.stall?.queue, m.mm.shortage);
  assert.ok(m.mm.swap.writer.busy);
  m.check();
  await fill(m, space, 0, 200);
  await expectBytes(m, space, 200);
  m.check();
});

test("pages of files go first while they are many, because dropping them costs no write", async () => {
  const m = swapMachine({ frames: 256 });
  const files = cachedFile(m, 100);
  const space = m.space();
  anonymous(space, BASE, 100);
  await fill(m, space, 0, 100);
  m.mm.reclaim.squeeze(60);
  assert.equal(files.rssFile, 40);
  assert.equal(m.completions.pending, 0);
  m.mm.reclaim.squeeze(60);
  assert.ok(m.completions.pending > 0);
  assert.equal(files.rssFile, m.mm.reclaim.keptFilePages);
  await m.settle();
  m.check();
});

test("a program that runs from the last pages of files goes on although all others are dirty", async () => {
  const m = swapMachine({ frames: 256 });
  const files = cachedFile(m, 60);
  const space = m.space();
  anonymous(space, BASE, 400);
  for (let page = 0; page < 400; page++) {
    await m.save(space, address(page), (page % 250) + 1);
    const at = page % 60;
    assert.equal(await m.load(files, BASE * 2 + at * 4096), at + 1);
  }
  await expectBytes(m, space, 400);
  m.check();
});

test("room for page tables is waited for, and the background reclaimer goes on until it is there", async () => {
  const m = swapMachine({ frames: 256 });
  m.startBackground();
  const space = m.space();
  anonymous(space, BASE, 256);
  await fill(m, space, 0, 200);
  await m.settle();
  const wanted = m.mm.reclaim.high + 40;
  assert.ok(m.mm.frames.free < wanted);
  assert.equal(m.mm.makeFree(wanted), MUST_WAIT);
  assert.equal(await m.call(() => m.mm.makeFree(wanted)), 0);
  assert.ok(m.mm.frames.free >= wanted);
  m.check();
});

test("more page tables than RAM could ever have are refused, though not before all that could go has gone", async () => {
  const m = swapMachine({ frames: 64 });
  const space = m.space();
  anonymous(space, BASE, 64);
  await fill(m, space, 0, 40);
  const result = await m.call(() => m.mm.makeFree(64));
  assert.equal(result, -12);
  assert.equal(space.rssAnon, 0);
  await expectBytes(m, space, 40);
  m.check();
});

test("switching the policy while memory is short keeps every page", async () => {
  const m = swapMachine({ frames: 96, slots: 1024 });
  m.startBackground();
  const files = cachedFile(m, 20);
  const space = m.space();
  anonymous(space, BASE, 300);
  for (let turn = 0; turn < 60; turn++) {
    m.mm.lru.use(policyNames[turn % policyNames.length] ?? "fifo");
    assert.equal(m.mm.lru.name, policyNames[turn % policyNames.length]);
    await fill(m, space, turn * 5, turn * 5 + 5);
    const back = (turn * 37) % (turn * 5 + 5);
    assert.equal(await m.load(space, address(back)), (back % 250) + 1);
    assert.equal(await m.load(files, BASE * 2 + (turn % 20) * 4096), (turn % 20) + 1);
    m.check();
  }
  await expectBytes(m, space, 300);
});

test("pages that are used survive those that are not, under each policy that looks at use", async () => {
  for (const policy of ["two-list", "clock"] as const) {
    const m = swapMachine({ frames: 256 });
    m.mm.lru.use(policy);
    const space = m.space();
    anonymous(space, BASE, 100);
    await fill(m, space, 0, 100);
    // The first look clears the bits of all; twice, for a policy that wants to see a page used twice.
    for (let look = 0; look < 2; look++) {
      m.mm.reclaim.squeeze(1);
      for (let page = 0; page < 20; page++) await m.load(space, address(page));
    }
    m.mm.reclaim.squeeze(40);
    await m.settle();
    const there = Array.from({ length: 20 }, (_, page) => space.pageEntry(address(page)) & 1);
    assert.equal(there.filter((bit) => bit !== 0).length, 20, policy);
    m.check();
  }
});

test("how much is looked at for a page does not depend on the size of RAM", async () => {
  const looks: number[] = [];
  for (const frames of [512, 8192]) {
    const m = swapMachine({ frames, slots: 16_384 });
    const space = m.space();
    anonymous(space, BASE, frames);
    await fill(m, space, 0, frames - 200);
    // Nobody has used them since the last look.
    while (m.mm.lru.swapBacked.choose() < 0);
    const before = m.mm.reclaim.direct.scanned;
    m.mm.reclaim.squeeze(32);
    looks.push(m.mm.reclaim.direct.scanned - before);
    await m.settle();
  }
  assert.deepEqual(looks, [32, 32]);
});
