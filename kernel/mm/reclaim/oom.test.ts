import assert from "node:assert/strict";
import { test } from "node:test";
import { ENOMEM } from "../../abi/errno.ts";
import {
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_PRIVATE,
  MAP_SHARED,
  PROT_READ,
  PROT_WRITE,
} from "../../abi/mman.ts";
import { checkAccounting } from "../accounting.ts";
import type { AddressSpace } from "../address-space.ts";
import { FAULT_NO_MEMORY } from "../fault-result.ts";
import { anonymous, must, testMachine } from "../fixture.ts";
import type { TestMachine } from "../fixture.ts";
import { InodeObject } from "../inode-object.ts";
import { BufferSink } from "../../lib/io.ts";
import { badness, type OomCandidate, OOM_SCORE_ADJ_MIN } from "./oom.ts";
import { type SwapMachine, swapMachine } from "../swap/fixture.ts";

const BASE = 0x10000000;

/** A file that counts how often its pages are filled; page n is full of n. */
function file(m: TestMachine, pages: number): { object: InodeObject; fills: () => number } {
  let fills = 0;
  const object = new InodeObject(m.mm, "/bin/big", pages * 4096, (index, into, offset) => {
    fills++;
    into.fill(index, offset, offset + 4096);
    return 4096;
  });
  return { object, fills: () => fills };
}

/** Touches pages until one fails; returns how many worked. */
function hog(m: TestMachine, space: AddressSpace, pages: number): number {
  for (let page = 0; page < pages; page++) {
    if (m.write(space, BASE + page * 4096, 1) < 0) return page;
  }
  return pages;
}

test("clean page-cache pages are dropped when frames run short, and filled again when they are needed", () => {
  const m = testMachine(64);
  const { object, fills } = file(m, 40);
  const space = m.space();
  space.map({
    addr: BASE * 2,
    length: 40 * 4096,
    prot: PROT_READ,
    flags: MAP_PRIVATE | MAP_FIXED,
    object,
  });
  for (let page = 0; page < 40; page++) assert.equal(m.read(space, BASE * 2 + page * 4096), page);
  assert.equal(fills(), 40);
  anonymous(space, BASE, 40);
  assert.equal(hog(m, space, 40), 40);
  checkAccounting(m.mm);
  assert.ok(space.rssFile < 20);
  for (let page = 0; page < 40; page++) assert.equal(m.read(space, BASE * 2 + page * 4096), page);
  assert.ok(fills() > 40);
  assert.equal(hog(m, space, 40), 40, "private memory is never dropped");
  checkAccounting(m.mm);
});

test("reading a file larger than RAM works page by page", () => {
  const m = testMachine(48);
  const { object } = file(m, 200);
  const space = m.space();
  anonymous(space, BASE, 1);
  const bytes = new Uint8Array(200 * 4096);
  assert.equal(object.read(0, new BufferSink(bytes)), bytes.length);
  for (let page = 0; page < 200; page++) assert.equal(bytes[page * 4096 + 9], page);
  checkAccounting(m.mm);
});

test("a page that was used lately survives one that was not", () => {
  const m = testMachine(64);
  const { object } = file(m, 30);
  const space = m.space();
  const flags = MAP_PRIVATE | MAP_FIXED;
  space.map({ addr: BASE * 2, length: 30 * 4096, prot: PROT_READ, flags, object });
  for (let page = 0; page < 30; page++) object.getPage(page, false);
  m.read(space, BASE * 2 + 7 * 4096);
  anonymous(space, BASE, 40);
  assert.equal(hog(m, space, 30), 30);
  assert.notEqual(space.pageEntry(BASE * 2 + 7 * 4096), 0);
});

test("a private copy is made from the right page even when making room drops the cache", () => {
  const m = testMachine(48);
  const { object } = file(m, 20);
  const space = m.space();
  anonymous(space, BASE, 48);
  const prot = PROT_READ | PROT_WRITE;
  space.map({ addr: BASE * 2, length: 20 * 4096, prot, flags: MAP_PRIVATE | MAP_FIXED, object });
  let page = 0;
  while (m.mm.frames.free > m.mm.frames.reserve + 8) m.write(space, BASE + page++ * 4096, 1);
  for (let at = 1; at < 20; at++) {
    assert.equal(m.write(space, BASE * 2 + at * 4096, 99), 0);
    assert.equal(m.read(space, BASE * 2 + at * 4096 + 1), at);
    space.advise(BASE * 2 + at * 4096, 4096, 4);
    checkAccounting(m.mm);
  }
});

test("some pages of the cache stay, because programs that run from too few get nowhere", () => {
  const m = testMachine(256);
  const { object, fills } = file(m, 40);
  const space = m.space();
  const other = m.space();
  m.mm.setOomHandler({
    caller: () => undefined,
    candidates: () => [{ pid: other.pid, name: "hog", space: other, immune: false, adjustment: 0 }],
    kill: () => {},
  });
  const flags = MAP_PRIVATE | MAP_FIXED;
  space.map({ addr: BASE * 2, length: 40 * 4096, prot: PROT_READ, flags, object });
  for (let page = 0; page < 40; page++) m.read(space, BASE * 2 + page * 4096);
  anonymous(other, BASE, 256);
  assert.ok(hog(m, other, 256) < 256);
  // A program whose code fills what is left of the cache runs without reading it again and again.
  for (let page = 0; page < 12; page++) m.read(space, BASE * 2 + page * 4096);
  const before = fills();
  for (let turn = 0; turn < 100; turn++) m.read(space, BASE * 2 + (turn % 12) * 4096);
  assert.equal(fills(), before);
  checkAccounting(m.mm);
});

test("the out-of-memory killer takes the largest process, says so, and the asker goes on", () => {
  const m = testMachine(256);
  const [init, small, large] = [m.space(1), m.space(2), m.space(3)];
  const killed: number[] = [];
  const names = ["init", "small", "large"];
  m.mm.setOomHandler({
    caller: () => undefined,
    candidates: () =>
      [init, small, large].map((space, index) => ({
        pid: space.pid,
        name: names[index] ?? "",
        space,
        immune: index === 0,
        adjustment: 0,
      })),
    kill: (pid) => killed.push(pid),
  });
  for (const space of [init, small, large]) anonymous(space, BASE, 256);
  hog(m, large, 150);
  assert.equal(hog(m, small, 180), 180);
  assert.deepEqual(killed, [3]);
  assert.match(m.log.entries()[1]?.text ?? "", /Out of memory: Killed process 3 \(large\)/);
  assert.equal(m.write(large, BASE, 1), -FAULT_NO_MEMORY, "the victim does not run on");
  checkAccounting(m.mm);
  assert.ok(hog(m, small, 256) < 256, "then the asker itself is the largest");
  assert.deepEqual(killed, [3, 2]);
  small.release();
  large.release();
  checkAccounting(m.mm);
  assert.equal(hog(m, init, 150), 150);
});

test("with nobody to kill a fault fails and nothing is lost", () => {
  const m = testMachine(64);
  const space = m.space();
  anonymous(space, BASE, 64);
  const done = hog(m, space, 64);
  assert.ok(done < 64);
  assert.equal(m.write(space, BASE + done * 4096, 1), -FAULT_NO_MEMORY);
  const shared = space.map({
    addr: 0,
    length: 4096,
    prot: 3,
    flags: MAP_SHARED | MAP_ANONYMOUS,
  });
  assert.equal(m.read(space, shared), -FAULT_NO_MEMORY);
  checkAccounting(m.mm);
  space.unmap(BASE, 4 * 4096);
  assert.equal(m.write(space, shared, 1), 0, "a page and two tables");
});

test("fork without room for its page tables fails and changes nothing", () => {
  const m = testMachine(64);
  const space = m.space();
  anonymous(space, BASE, 64);
  hog(m, space, 64);
  while (m.mm.frames.free > 1) must(m.mm.createSpace(9));
  assert.equal(space.fork(5), -ENOMEM);
  assert.equal(m.mm.createSpace(10) === -ENOMEM || m.mm.frames.free === 0, true);
  checkAccounting(m.mm);
  assert.equal(m.write(space, BASE, 2), 0);
});

test("fork drops clean pages to make room for its page tables", () => {
  const m = testMachine(64);
  const { object } = file(m, 60);
  const space = m.space();
  for (let page = 0; page < 60; page++) object.getPage(page, false);
  anonymous(space, BASE, 4);
  hog(m, space, 4);
  const child = must(space.fork(2));
  assert.equal(m.read(child, BASE), 1);
  checkAccounting(m.mm);
});

function candidate(space: AddressSpace, adjustment = 0, immune = false): OomCandidate {
  return { pid: space.pid, name: `p${space.pid}`, space, immune, adjustment };
}

/** The killer may choose among these; the pids that it chose. */
function watch(m: TestMachine, candidates: readonly OomCandidate[]): number[] {
  const killed: number[] = [];
  m.mm.setOomHandler({
    caller: () => undefined,
    candidates: () => candidates.filter(({ space }) => m.mm.spaces.has(space.id)),
    kill: (pid) => killed.push(pid),
  });
  return killed;
}

/** Stores to pages until one fails; returns how many worked. */
async function hogSwap(m: SwapMachine, space: AddressSpace, pages: number): Promise<number> {
  for (let page = 0; page < pages; page++) {
    if ((await m.save(space, BASE + page * 4096, (page % 250) + 1)) !== 0) return page;
  }
  return pages;
}

test("what a process has in swap and its page tables count for the killer like what it has in RAM", async () => {
  const m = swapMachine({ frames: 256, slots: 512 });
  const [resident, swapped, sparse] = [m.space(), m.space(), m.space()];
  anonymous(swapped, BASE, 60);
  await hogSwap(m, swapped, 60);
  while (swapped.rss > 0) await m.evict(60);
  anonymous(resident, BASE, 50);
  await hogSwap(m, resident, 50);
  for (let table = 0; table < 20; table++) {
    anonymous(sparse, BASE + table * 512 * 4096, 1);
    await m.save(sparse, BASE + table * 512 * 4096, 1);
  }
  const scores = [resident, swapped, sparse].map((space) => badness(m.mm, candidate(space)));
  assert.deepEqual(scores, [50 + 3, 60 + 3, 20 + 22]);
});

test("oom_score_adj is thousandths of RAM and swap together, and its least value protects", () => {
  const m = swapMachine({ frames: 256, slots: 744 });
  const space = m.space();
  const base = badness(m.mm, candidate(space));
  assert.equal(badness(m.mm, candidate(space, 500)), base + 500);
  assert.equal(badness(m.mm, candidate(space, -999)), base - 999);
  assert.equal(badness(m.mm, candidate(space, OOM_SCORE_ADJ_MIN)), -Infinity);
  assert.equal(badness(m.mm, candidate(space, 1000, true)), -Infinity);
  m.mm.swap.on = false;
  assert.equal(badness(m.mm, candidate(space, 1000)), base + 256);
});

test("nobody is killed as long as swap takes pages", async () => {
  const m = swapMachine({ frames: 64, slots: 1024 });
  const [first, second] = [m.space(), m.space()];
  const killed = watch(m, [candidate(first), candidate(second)]);
  for (const space of [first, second]) anonymous(space, BASE, 300);
  assert.equal(await hogSwap(m, first, 300), 300);
  assert.equal(await hogSwap(m, second, 300), 300);
  assert.equal(await hogSwap(m, first, 300), 300);
  assert.deepEqual(killed, []);
  m.check();
});

test("when RAM and swap are full the largest goes, with all that it has in swap, and the asker goes on", async () => {
  const m = swapMachine({ frames: 64, slots: 128 });
  const [small, large] = [m.space(), m.space()];
  const killed = watch(m, [candidate(small), candidate(large)]);
  anonymous(large, BASE, 110);
  anonymous(small, BASE, 110);
  assert.equal(await hogSwap(m, large, 110), 110);
  assert.equal(await hogSwap(m, small, 100), 100);
  assert.deepEqual(killed, [large.pid]);
  assert.equal(large.swapped, 0);
  m.check();
  for (let page = 0; page < 100; page++)
    assert.equal(await m.load(small, BASE + page * 4096), page + 1);
  const report = m.log.entries().map(({ text }) => text);
  assert.match(report.find((text) => text.includes("swap free")) ?? "", / of 512kB swap free/);
  assert.match(report.find((text) => text.includes("Killed")) ?? "", /swap:[1-9]\d*kB/);
  large.release();
  await m.pass(1e9);
  m.check();
});

test("oom_score_adj decides who goes when both could", async () => {
  const m = swapMachine({ frames: 64, slots: 128 });
  const [small, large] = [m.space(), m.space()];
  const killed = watch(m, [candidate(small, 900), candidate(large)]);
  anonymous(small, BASE, 20);
  anonymous(large, BASE, 180);
  assert.equal(await hogSwap(m, small, 20), 20);
  await hogSwap(m, large, 180);
  assert.equal(killed[0], small.pid);
  m.check();
});

test("a victim whose pages are on their way leaves nothing behind", async () => {
  const m = swapMachine({ frames: 64, slots: 128 });
  const [asker, victim] = [m.space(), m.space()];
  const killed = watch(m, [candidate(asker, -900), candidate(victim)]);
  anonymous(victim, BASE, 40);
  anonymous(asker, BASE, 180);
  await hogSwap(m, victim, 40);
  m.mm.reclaim.squeeze(40);
  assert.ok(m.mm.swap.writer.busy);
  assert.ok((await hogSwap(m, asker, 180)) >= 150);
  assert.deepEqual(killed.slice(0, 1), [victim.pid]);
  victim.release();
  asker.release();
  await m.pass(1e9);
  m.check();
  assert.equal(m.mm.frames.free, 63);
  assert.equal(m.store.clusters.size, 0);
});
