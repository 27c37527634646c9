// The store fails, is full, is slow, or has lost what it was given: nothing that is in memory is lost, and what is lost
// is lost for its owner only.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAP_ANONYMOUS, MAP_FIXED, MAP_SHARED, PROT_READ, PROT_WRITE } from "../../abi/mman.ts";
import { FRAME_SWAP_CACHE } from "../../api/frames.ts";
import { BufferSink } from "../../lib/io.ts";
import { EIO } from "../../abi/errno.ts";
import type { AddressSpace } from "../address-space.ts";
import { FAULT_IO, FAULT_NO_MEMORY, FAULT_WAIT } from "../fault-result.ts";
import { anonymous } from "../fixture.ts";
import { ShmemObject } from "../shmem-object.ts";
import { swapError } from "./cluster.ts";
import { address, BASE, type SwapMachine, swapMachine, swappedOut, withPages } from "./fixture.ts";

const RW = PROT_READ | PROT_WRITE;
/** Longer than swap-out rests. */
const REST = 6e9;

async function expectBytes(m: SwapMachine, space: AddressSpace, pages: number): Promise<void> {
  for (let page = 0; page < pages; page++)
    assert.equal(await m.load(space, address(page)), page + 1);
  m.check();
}

/** The next `count` writes fail. */
function failWrites(
  m: SwapMachine,
  count: number,
  name: "AbortError" | "QuotaExceededError",
): void {
  let left = count;
  m.store.failWrites = () => (left-- > 0 ? swapError(name, "ordered by the test") : undefined);
}

/** Every try to read a cluster that `isBad` fails. */
function failReads(m: SwapMachine, isBad: (key: number) => boolean): void {
  m.store.failReads = (key) => (isBad(key) ? swapError("DataError", "broken") : undefined);
}

function logged(m: SwapMachine): string {
  return m.log
    .entries()
    .map(({ text }) => text)
    .join("\n");
}

test("a write that fails is tried again in another cluster, and nobody notices", async () => {
  const m = swapMachine();
  const space = await withPages(m, 8);
  failWrites(m, 2, "AbortError");
  await m.evict(8);
  assert.equal(space.swapped, 8);
  assert.deepEqual([...m.store.clusters.keys()], [3]);
  assert.equal(m.mm.swap.trouble, null);
  assert.equal(m.mm.totals().swapCache, 0);
  await expectBytes(m, space, 8);
});

test("after three failures pages stay in memory and swap-out rests, and then it goes on", async () => {
  const m = swapMachine();
  const space = await withPages(m, 8);
  failWrites(m, 3, "AbortError");
  m.mm.reclaim.squeeze(8);
  await m.settle();
  const { swap } = m.mm;
  assert.ok(swap.writer.resting);
  assert.equal(swap.writer.busy, false);
  assert.match(swap.trouble ?? "", /pages cannot be written \(ordered by the test\)/);
  assert.equal(m.store.clusters.size, 0);
  assert.equal(m.mm.totals().swapCache, 8, "unmapped, but here");
  assert.equal(m.mm.frames.kind[swap.area.frame[0] ?? 0], FRAME_SWAP_CACHE);
  m.check();
  m.mm.reclaim.squeeze(8);
  assert.equal(m.completions.pending, 0, "nothing is tried while it rests");
  for (let page = 0; page < 4; page++) assert.equal(m.read(space, address(page)), page + 1);
  m.check();
  await m.pass(REST);
  assert.equal(swap.writer.resting, false);
  await m.evict(16);
  await m.evict(16);
  assert.equal(space.swapped, 8);
  assert.equal(swap.trouble, null);
  assert.equal(m.mm.totals().swapCache, 0);
  await expectBytes(m, space, 8);
});

test("trouble lasts as long as swap-out rests, even if another write succeeds meanwhile", async () => {
  const m = swapMachine();
  await withPages(m, 16);
  let writes = 0;
  // Of two clusters under way the first fails for good, the second is stored.
  m.store.failWrites = () => (writes++ === 0 ? swapError("QuotaExceededError", "full") : undefined);
  m.mm.reclaim.squeeze(16);
  await m.settle();
  assert.equal(m.store.clusters.size, 1);
  assert.ok(m.mm.swap.writer.resting);
  assert.notEqual(m.mm.swap.trouble, null);
  m.check();
});

test("pages that were taken back while their write failed are neither lost nor left behind", async () => {
  for (const end of ["stays", "exits", "is cut off"]) {
    const m = swapMachine();
    const object = new ShmemObject(m.mm, "/tmp/file", 4096);
    const space = await withPages(m, 1);
    const flags = MAP_SHARED | MAP_FIXED;
    space.map({ addr: BASE * 2, length: 4096, prot: RW, flags, object });
    await m.save(space, BASE * 2, 2);
    failWrites(m, 3, "AbortError");
    m.mm.reclaim.squeeze(2);
    assert.equal(m.read(space, BASE), 1);
    assert.equal(m.read(space, BASE * 2), 2);
    if (end === "exits") space.release();
    if (end === "is cut off") object.truncate(0);
    m.check();
    await m.settle();
    assert.ok(m.mm.swap.writer.resting);
    m.check();
    if (end !== "exits") {
      assert.equal(m.read(space, BASE), 1);
      space.release();
    }
    object.release();
    m.check();
    assert.equal(m.mm.frames.free, 127, `nothing is left when it ${end}`);
    assert.equal(m.mm.swap.area.used, 0);
  }
});

test("a page whose write failed and whose slot another process names stays for that one when the first exits", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  const child = await m.fork(space, 9);
  failWrites(m, 3, "AbortError");
  m.mm.reclaim.squeeze(1);
  assert.equal(m.read(space, BASE), 1);
  space.release();
  await m.settle();
  m.check();
  assert.equal(m.read(child, BASE), 1, "nothing to wait for");
  assert.equal(child.rssAnon, 1);
  m.check();
  child.release();
  m.check();
  assert.equal(m.mm.frames.free, 127);
});

test("a page whose write failed stays for the other process even when the first has it mapped, and then exits", async () => {
  const m = swapMachine();
  const space = await withPages(m, 1);
  const child = await m.fork(space, 9);
  failWrites(m, 3, "AbortError");
  m.mm.reclaim.squeeze(1);
  await m.settle();
  assert.equal(m.read(space, BASE), 1);
  space.release();
  m.check();
  assert.equal(m.mm.totals().swapCache, 1);
  assert.equal(m.read(child, BASE), 1);
  m.check();
});

test("out of room in the middle: what was stored before can be read, new pages stay, and it goes on when there is room", async () => {
  const m = swapMachine({ frames: 128, slots: 512 });
  const space = await swappedOut(m, 32);
  const stored = m.store.clusters.size;
  m.store.failWrites = () => swapError("QuotaExceededError", "full");
  const other = m.space();
  anonymous(other, BASE, 32);
  for (let page = 0; page < 32; page++) await m.save(other, address(page), page + 1);
  await m.evict(32);
  assert.equal(m.store.clusters.size, stored, "a full store is not tried again at once");
  assert.match(m.mm.swap.trouble ?? "", /gives no more room/);
  assert.match(logged(m), /gives no more room/);
  m.check();
  await expectBytes(m, other, 32);
  await expectBytes(m, space, 32);
  m.store.failWrites = undefined;
  await m.pass(REST);
  await m.evict(100);
  await m.evict(100);
  assert.equal(other.rssAnon, 0);
  assert.equal(m.mm.swap.trouble, null);
  await expectBytes(m, other, 32);
  await expectBytes(m, space, 32);
});

test("a full store hears at once of clusters that have died while they were to be folded", async () => {
  const m = swapMachine({ realTime: true });
  const space = await swappedOut(m, 8);
  for (let page = 0; page < 5; page++) space.unmap(address(page), 4096);
  const other = await withPages(m, 8);
  m.store.failWrites = () => swapError("QuotaExceededError", "full");
  let answer = (): void => {};
  m.store.delay = (operation) =>
    operation === "write" ? new Promise((resolve) => (answer = resolve)) : Promise.resolve();
  m.mm.reclaim.squeeze(8);
  // The last pages of the cluster die long before the answer.
  space.release();
  await m.pass(1e9);
  assert.deepEqual([...m.store.clusters.keys()], [1]);
  answer();
  await m.settle();
  assert.deepEqual([...m.store.clusters.keys()], []);
  m.check();
  await expectBytes(m, other, 8);
});

test("while swap-out rests memory can still run out, and somebody pays for it", async () => {
  const m = swapMachine({ frames: 64 });
  const space = m.space();
  anonymous(space, BASE, 100);
  m.store.failWrites = () => swapError("AbortError", "broken");
  let page = 0;
  let result = 0;
  while (result === 0) result = await m.save(space, address(page++), 1);
  assert.equal(result, -FAULT_NO_MEMORY);
  assert.ok(m.mm.swap.writer.resting);
  for (let at = 0; at < page - 1; at++) assert.equal(await m.load(space, address(at)), 1);
  m.check();
});

test("a read that fails twice succeeds the third time, and nobody notices", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  let left = 2;
  failReads(m, () => left-- > 0);
  await expectBytes(m, space, 8);
  assert.equal(m.mm.swap.trouble, null);
});

test("a read that fails three times costs the page that was asked for, and no other", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  let left = 3;
  failReads(m, () => left-- > 0);
  assert.equal(await m.load(space, address(3)), -FAULT_IO);
  assert.equal(m.read(space, address(3)), -FAULT_IO, "for good, and at once");
  assert.match(m.mm.swap.trouble ?? "", /cluster 1 cannot be read \(broken\)/);
  m.check();
  for (const page of [0, 1, 2, 4, 5, 6, 7])
    assert.equal(await m.load(space, address(page)), page + 1);
  m.check();
  space.unmap(address(3), 4096);
  anonymous(space, address(3), 1);
  assert.equal(m.read(space, address(3)), 0);
  m.check();
});

test("a cluster that is read before it is wanted and cannot be is nobody's trouble", async () => {
  const m = swapMachine({ frames: 256 });
  const space = await swappedOut(m, 32);
  const { area } = m.mm.swap;
  const keyOf = (page: number): number =>
    area.clusterOf(space.pageEntry(address(page)) >>> 10)?.key ?? assert.fail("not stored");
  assert.deepEqual([0, 8, 16, 24].map(keyOf), [1, 2, 3, 4]);
  let tries = 0;
  failReads(m, (key) => key === 3 && ++tries > 0);
  for (let page = 0; page < 9; page++) assert.equal(await m.load(space, address(page)), page + 1);
  await m.settle();
  assert.equal(tries, 1, "read ahead, and not tried again");
  assert.equal(m.mm.swap.trouble, null);
  assert.equal(logged(m), "");
  m.check();
  m.store.failReads = undefined;
  await expectBytes(m, space, 32);
});

test("who wants a page of a cluster that is being read ahead waits for that read, with all of its tries", async () => {
  const m = swapMachine({ frames: 256 });
  const space = await swappedOut(m, 32);
  let tries = 0;
  failReads(m, (key) => key === 3 && ++tries < 3);
  for (let page = 0; page < 9; page++) assert.equal(await m.load(space, address(page)), page + 1);
  assert.ok(m.completions.pending > 0, "the next cluster is being read");
  assert.equal(m.read(space, address(16)), -FAULT_WAIT);
  assert.equal(await m.load(space, address(16)), 17);
  assert.equal(tries, 3);
  m.check();
});

test("all who wait for a lost page hear of it, and so does a child that has its slot", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 1);
  const child = await m.fork(space, 9);
  failReads(m, () => true);
  assert.equal(m.read(space, BASE), -FAULT_WAIT);
  const first = m.wait();
  assert.equal(m.read(child, BASE), -FAULT_WAIT);
  const second = m.wait();
  await m.settle();
  assert.deepEqual([first.state, second.state], ["runnable", "runnable"]);
  assert.equal(m.read(space, BASE), -FAULT_IO);
  assert.equal(m.write(child, BASE, 1), -FAULT_IO);
  const grandchild = await m.fork(child, 10);
  assert.equal(m.read(grandchild, BASE), -FAULT_IO);
  m.check();
  for (const each of [space, child, grandchild]) each.release();
  await m.pass(1e9);
  assert.equal(m.mm.swap.area.used, 0);
  assert.equal(m.store.clusters.size, 0);
  m.check();
});

test("lost shared memory is SIGBUS for mappings and EIO for read(2), and can be cut off", async () => {
  const m = swapMachine();
  const object = new ShmemObject(m.mm, "/tmp/file", 2 * 4096);
  const space = m.space();
  space.map({ addr: BASE, length: 2 * 4096, prot: RW, flags: MAP_SHARED | MAP_FIXED, object });
  await m.save(space, BASE, 1);
  await m.save(space, address(1), 2);
  await m.evict(2);
  let left = 3;
  failReads(m, () => left-- > 0);
  assert.equal(await m.load(space, BASE), -FAULT_IO);
  assert.equal(object.read(0, new BufferSink(new Uint8Array(4096))), -EIO);
  assert.equal(await m.load(space, address(1)), 2);
  m.check();
  object.truncate(0);
  object.truncate(4096);
  assert.equal(m.read(space, BASE), 0);
  object.release();
  m.check();
});

test("a cluster that is missing costs its pages without another try", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 16);
  let reads = 0;
  m.store.failReads = (key) => {
    if (key !== 1) return undefined;
    reads++;
    return swapError("NotFoundError", "gone");
  };
  const { area } = m.mm.swap;
  const isGone = (page: number): boolean =>
    area.clusterOf(space.pageEntry(address(page)) >>> 10)?.key === 1;
  const gone = Array.from({ length: 16 }, (_, page) => page).filter(isGone);
  assert.equal(gone.length, 8);
  for (let page = 0; page < 16; page++) {
    assert.equal(await m.load(space, address(page)), gone.includes(page) ? -FAULT_IO : page + 1);
  }
  assert.equal(reads, 8);
  await m.pass(1e9);
  m.check();
});

test("a cluster of a wrong size is not believed", async () => {
  for (const bytes of [0, 4096, 8 * 4096 - 1, 9 * 4096]) {
    const m = swapMachine();
    const space = await swappedOut(m, 8);
    m.store.clusters.set(1, new Uint8Array(bytes).fill(9));
    assert.equal(await m.load(space, BASE), -FAULT_IO);
    assert.match(m.mm.swap.trouble ?? "", new RegExp(`cluster 1 has ${bytes} bytes`));
    m.check();
  }
});

test("a page that was folded while its old cluster could not be read is read from the new one", async () => {
  const m = swapMachine({ realTime: true });
  const space = await swappedOut(m, 8);
  for (let page = 0; page < 4; page++) space.unmap(address(page), 4096);
  const gates: { readonly what: string; readonly open: () => void }[] = [];
  m.store.delay = (operation, keys) =>
    new Promise((open) => {
      gates.push({ what: `${operation} ${keys.join()}`, open });
    });
  const open = async (what: string): Promise<void> => {
    const at = gates.findIndex((gate) => gate.what === what);
    assert.ok(at >= 0, `${what} is not among ${gates.map((gate) => gate.what).join("; ")}`);
    gates.splice(at, 1)[0]?.open();
    await m.step();
  };
  assert.equal(m.read(space, address(5)), -FAULT_WAIT);
  const task = m.wait();
  const other = await withPages(m, 8);
  m.mm.reclaim.squeeze(8);
  // The write reads cluster 1 in the store itself, and succeeds.
  await open("write 2");
  assert.equal(m.mm.swap.area.clusterOf(space.pageEntry(address(6)) >>> 10)?.key, 2);
  failReads(m, (key) => key === 1);
  for (let attempt = 0; attempt < 3; attempt++) await open("read 1");
  m.check();
  assert.equal(task.state, "sleeping", "it waits on, for another read");
  await open("read 2");
  assert.equal(task.state, "runnable");
  assert.equal(m.read(space, address(5)), 6);
  m.store.delay = undefined;
  for (const gate of gates) gate.open();
  await m.settle();
  for (let page = 4; page < 8; page++) assert.equal(await m.load(space, address(page)), page + 1);
  await expectBytes(m, other, 8);
});

test("sparse clusters are folded into new ones, whose failure leaves the old ones as they were", async () => {
  const m = swapMachine({ frames: 256 });
  const space = await swappedOut(m, 16);
  const sparse = [...m.mm.swap.area.clusters.keys()];
  for (let page = 0; page < 16; page += 4) space.unmap(address(page), 3 * 4096);
  const other = await withPages(m, 8);
  failWrites(m, 3, "AbortError");
  await m.evict(8);
  await m.pass(REST);
  assert.deepEqual([...m.store.clusters.keys()], sparse);
  // Another death brings a sparse cluster back.
  space.unmap(address(3), 4096);
  await m.evict(16);
  await m.pass(1e9);
  m.check();
  assert.ok(!m.store.clusters.has(sparse[0] ?? 0), "folded and removed");
  for (const page of [7, 11, 15]) assert.equal(await m.load(space, address(page)), page + 1);
  await expectBytes(m, other, 8);
});

test("a fold that cannot read an old cluster does not keep new pages from being written", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  for (let page = 0; page < 5; page++) space.unmap(address(page), 4096);
  const other = await withPages(m, 8);
  failReads(m, (key) => key === 1);
  await m.evict(8);
  assert.equal(other.swapped, 8, "the second try folds nothing");
  m.store.failReads = undefined;
  await expectBytes(m, other, 8);
  for (let page = 5; page < 8; page++) assert.equal(await m.load(space, address(page)), page + 1);
});

test("a removal that fails is written to the log and forgotten", async () => {
  const m = swapMachine();
  const space = await swappedOut(m, 8);
  m.store.delay = (operation) =>
    operation === "remove" ? Promise.reject(new Error("busy")) : Promise.resolve();
  space.release();
  await m.pass(1e9);
  assert.match(logged(m), /old clusters could not be removed .*busy/);
  m.check();
});

test("with a slow store everybody waits, in real time as in virtual time, and gets his bytes", async () => {
  for (const realTime of [true, false]) {
    const m = swapMachine({ frames: 64, realTime });
    m.store.delay = async (_operation, [key = 0]) => {
      for (let hops = 0; hops < 10 * (key % 4); hops++) await Promise.resolve();
    };
    const space = await withPages(m, 100);
    await expectBytes(m, space, 100);
    for (let page = 99; page >= 0; page--) await m.save(space, address(page), page + 1);
    await expectBytes(m, space, 100);
    space.release();
    await m.settle();
    m.check();
  }
});

test("anonymous shared memory keeps its bytes through failures too", async () => {
  const m = swapMachine({ frames: 64 });
  const space = m.space();
  const flags = MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED;
  space.map({ addr: BASE, length: 100 * 4096, prot: RW, flags });
  let writes = 0;
  m.store.failWrites = () => (writes++ % 3 === 0 ? swapError("AbortError", "flaky") : undefined);
  let reads = 0;
  failReads(m, () => reads++ % 3 === 0);
  for (let page = 0; page < 100; page++)
    assert.equal(await m.save(space, address(page), page + 1), 0);
  const child = await m.fork(space, 9);
  await expectBytes(m, child, 100);
  space.release();
  child.release();
  await m.pass(1e9);
  assert.equal(m.store.clusters.size, 0);
  m.check();
});
