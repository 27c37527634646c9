import assert from "node:assert/strict";
import { test } from "node:test";
import {
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_PRIVATE,
  MAP_SHARED,
  PROT_EXEC,
  PROT_NONE,
  PROT_READ,
  PROT_WRITE,
} from "../abi/mman.ts";
import { PTE_A, PTE_D, PTE_R, PTE_U, PTE_V, PTE_W, USER_END } from "../abi/sv39.ts";
import { decodeEvent } from "../api/events.ts";
import { EVENT_ROW } from "../lib/event-stream.ts";
import { BufferSource } from "../lib/io.ts";
import { checkAccounting } from "./accounting.ts";
import { FAULT_ACCERR, FAULT_BUS, FAULT_MAPERR } from "./fault-result.ts";
import { anonymous, must, testMachine } from "./fixture.ts";
import { InodeObject } from "./inode-object.ts";
import { ShmemObject } from "./shmem-object.ts";
import { copyOut } from "./user-copy.ts";

const BASE = 0x10000000;
const RW = PROT_READ | PROT_WRITE;

/** A file of two and a half pages; page n is full of n + 1. */
function file(machine: ReturnType<typeof testMachine>): InodeObject {
  return new InodeObject(machine.mm, "/file", 4096 * 2.5, (index, into, offset) => {
    const count = index === 2 ? 2048 : 4096;
    into.fill(index + 1, offset, offset + count);
    return count;
  });
}

test("private anonymous memory begins as zeros, one frame a touched page", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 8);
  assert.equal(space.rssAnon, 0);
  assert.equal(m.read(space, BASE + 5), 0);
  assert.equal(m.write(space, BASE + 4096, 7), 0);
  assert.equal(m.read(space, BASE + 4096), 7);
  assert.equal(space.rssAnon, 2);
  assert.equal(space.minorFaults, 2);
  const entry = space.pageEntry(BASE + 4096);
  assert.equal(entry & 0x3ff, PTE_V | PTE_R | PTE_W | PTE_U | PTE_A | PTE_D);
  checkAccounting(m.mm);
});

test("an address outside every area is MAPERR, a forbidden access is ACCERR", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 1);
  assert.equal(m.read(space, BASE - 1), -FAULT_MAPERR);
  assert.equal(m.read(space, USER_END), -FAULT_MAPERR);
  assert.equal(m.read(space, 0), -FAULT_MAPERR);
  assert.equal(m.execute(space, BASE), -FAULT_ACCERR);
  space.protect(BASE, 4096, PROT_READ);
  assert.equal(m.write(space, BASE, 1), -FAULT_ACCERR);
  space.protect(BASE, 4096, PROT_NONE);
  assert.equal(m.read(space, BASE), -FAULT_ACCERR);
});

test("PROT_WRITE alone maps readable memory, because W without R is a reserved entry", () => {
  const m = testMachine();
  const space = m.space();
  space.map({
    addr: BASE,
    length: 4096,
    prot: PROT_WRITE,
    flags: MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
  });
  assert.equal(m.write(space, BASE, 9), 0);
  assert.equal(m.read(space, BASE), 9);
});

test("after a fork both sides see the old bytes, and the first write of either copies one frame", () => {
  const m = testMachine();
  const parent = m.space();
  anonymous(parent, BASE, 2);
  m.write(parent, BASE, 1);
  m.write(parent, BASE + 4096, 2);
  const child = must(parent.fork(99));
  checkAccounting(m.mm);
  assert.equal(parent.pageEntry(BASE) >>> 10, child.pageEntry(BASE) >>> 10);
  m.write(child, BASE, 50);
  assert.notEqual(parent.pageEntry(BASE) >>> 10, child.pageEntry(BASE) >>> 10);
  assert.equal(m.read(parent, BASE), 1);
  assert.equal(m.read(child, BASE + 4096), 2);
  const before = parent.pageEntry(BASE) >>> 10;
  m.write(parent, BASE, 60);
  assert.equal(parent.pageEntry(BASE) >>> 10, before, "the last owner keeps its frame");
  assert.equal(m.read(child, BASE), 50);
  checkAccounting(m.mm);
  child.release();
  checkAccounting(m.mm);
  parent.release();
  checkAccounting(m.mm);
  assert.equal(m.mm.totals().free, m.mm.totals().frames - 1, "all but the vDSO");
});

test("fork flushes the parent's translations, so that its own next write is copied too", () => {
  const m = testMachine();
  const parent = m.space();
  anonymous(parent, BASE, 40);
  for (let page = 0; page < 40; page++) m.write(parent, BASE + page * 4096, page);
  const child = must(parent.fork(2));
  for (let page = 0; page < 40; page++) m.write(parent, BASE + page * 4096, 100);
  for (let page = 0; page < 40; page++) assert.equal(m.read(child, BASE + page * 4096), page);
});

test("shared anonymous memory is one object: fork shares its frames and they stay writable", () => {
  const m = testMachine();
  const parent = m.space();
  const at = parent.map({ addr: 0, length: 8192, prot: RW, flags: MAP_SHARED | MAP_ANONYMOUS });
  m.write(parent, at, 1);
  const child = must(parent.fork(2));
  const faults = child.minorFaults;
  m.write(child, at, 2);
  m.write(child, at + 4096, 3);
  assert.equal(m.read(parent, at), 2);
  assert.equal(m.read(parent, at + 4096), 3);
  assert.equal(parent.pageEntry(at) >>> 10, child.pageEntry(at) >>> 10);
  assert.equal(child.minorFaults - faults, 1, "only the page that nobody had touched");
  parent.release();
  assert.equal(m.read(child, at), 2);
  child.release();
  checkAccounting(m.mm);
  assert.equal(m.mm.totals().shared, 0);
});

test("a private file page is the cache's frame until it is written", () => {
  const m = testMachine();
  const object = file(m);
  const space = m.space();
  const other = m.space();
  for (const each of [space, other]) {
    each.map({ addr: BASE, length: 3 * 4096, prot: RW, flags: MAP_PRIVATE | MAP_FIXED, object });
  }
  assert.equal(m.read(space, BASE), 1);
  assert.equal(m.read(other, BASE), 1);
  assert.equal(space.majorFaults, 1);
  assert.equal(other.majorFaults, 0);
  assert.equal(space.pageEntry(BASE) >>> 10, other.pageEntry(BASE) >>> 10);
  m.write(space, BASE, 77);
  assert.equal(m.read(other, BASE), 1);
  assert.equal(m.read(space, BASE + 1), 1);
  assert.equal(m.read(space, BASE), 77);
  m.write(other, BASE + 4096, 5);
  assert.equal(m.read(other, BASE + 4097), 2);
  checkAccounting(m.mm);
});

test("SIGBUS begins at the first whole page past the end; the tail of the last page is zero", () => {
  const m = testMachine();
  const object = file(m);
  const space = m.space();
  space.map({
    addr: BASE,
    length: 5 * 4096,
    prot: PROT_READ,
    flags: MAP_SHARED | MAP_FIXED,
    object,
    maxProt: PROT_READ | PROT_EXEC,
  });
  assert.equal(m.read(space, BASE + 2 * 4096), 3);
  assert.equal(m.read(space, BASE + 2 * 4096 + 2048), 0);
  assert.equal(m.read(space, BASE + 3 * 4096), -FAULT_BUS);
});

test("a private view shows later writes to the file until it is copied", () => {
  const m = testMachine();
  const object = new ShmemObject(m.mm, "/tmp/x", 8192);
  const shared = m.space();
  const apart = m.space();
  shared.map({ addr: BASE, length: 8192, prot: RW, flags: MAP_SHARED | MAP_FIXED, object });
  apart.map({ addr: BASE, length: 8192, prot: RW, flags: MAP_PRIVATE | MAP_FIXED, object });
  m.write(shared, BASE, 1);
  assert.equal(m.read(apart, BASE), 1);
  m.write(shared, BASE, 2);
  assert.equal(m.read(apart, BASE), 2);
  m.write(apart, BASE + 1, 9);
  m.write(shared, BASE, 3);
  assert.equal(m.read(apart, BASE), 2);
  assert.equal(m.read(shared, BASE + 1), 0);
  checkAccounting(m.mm);
});

test("truncation removes pages beyond the end from every mapping, copied ones too", () => {
  const m = testMachine();
  const object = new ShmemObject(m.mm, "/tmp/x", 3 * 4096);
  const space = m.space();
  space.map({ addr: BASE, length: 3 * 4096, prot: RW, flags: MAP_PRIVATE | MAP_FIXED, object });
  const shared = space.map({ addr: 0, length: 3 * 4096, prot: RW, flags: MAP_SHARED, object });
  m.write(space, shared, 1);
  m.write(space, shared + 3000, 2);
  m.write(space, BASE + 4096, 8);
  m.write(space, BASE + 2 * 4096, 9);
  object.truncate(2000);
  assert.equal(m.read(space, BASE + 2 * 4096), -FAULT_BUS);
  assert.equal(m.read(space, BASE + 4096), -FAULT_BUS);
  assert.equal(m.read(space, shared + 4096), -FAULT_BUS);
  object.truncate(3 * 4096);
  assert.equal(m.read(space, shared), 1);
  assert.equal(m.read(space, shared + 3000), 0, "cut bytes come back as zeros");
  assert.equal(m.read(space, BASE + 4096), 0);
  checkAccounting(m.mm);
});

test("code that was decoded from a frame is dropped when the kernel writes there or the frame is reused", () => {
  const m = testMachine();
  const space = m.space();
  space.map({
    addr: BASE,
    length: 4096,
    prot: RW | PROT_EXEC,
    flags: MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
  });
  m.write(space, BASE, 1);
  assert.equal(m.execute(space, BASE), 1);
  copyOut(space, BASE, Uint8Array.of(2), 0, 1);
  assert.equal(m.execute(space, BASE), 2);
  space.unmap(BASE, 4096);
  anonymous(space, BASE, 1);
  space.protect(BASE, 4096, RW | PROT_EXEC);
  assert.equal(m.execute(space, BASE), 0);
});

test("code in a file's frame is dropped when write(2) or truncation changes the frame", () => {
  const m = testMachine();
  const space = m.space();
  const object = new ShmemObject(m.mm, "/tmp/x", 4096);
  const prot = PROT_READ | PROT_EXEC;
  space.map({ addr: BASE, length: 4096, prot, flags: MAP_SHARED | MAP_FIXED, object });
  assert.equal(m.execute(space, BASE + 20), 0);
  assert.equal(object.write(20, new BufferSource(Uint8Array.of(5))), 1);
  assert.equal(m.execute(space, BASE + 20), 5);
  object.truncate(10);
  object.truncate(4096);
  assert.equal(m.execute(space, BASE + 20), 0);
});

test("more spaces than TLB banks never see each other's memory", () => {
  const m = testMachine();
  const spaces = Array.from({ length: 7 }, () => m.space());
  for (const space of spaces) {
    anonymous(space, BASE, 1);
    m.write(space, BASE, space.id);
  }
  for (const space of [...spaces, ...spaces.toReversed()]) {
    assert.equal(m.read(space, BASE), space.id);
  }
  for (const space of spaces.slice(0, 6)) space.release();
  const next = m.space();
  anonymous(next, BASE, 1);
  assert.equal(m.read(next, BASE), 0);
  checkAccounting(m.mm);
});

test("a PTE that is changed in RAM and flushed is obeyed", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 2);
  m.write(space, BASE, 1);
  m.write(space, BASE + 4096, 2);
  const word = space.table.find(BASE / 4096);
  const before = m.cpu.ram.u32[word] ?? 0;
  m.cpu.ram.u32[word] = space.pageEntry(BASE + 4096);
  m.cpu.flushPage(space.bank, BASE);
  assert.equal(m.read(space, BASE), 2);
  m.cpu.ram.u32[word] = before;
  m.cpu.flushPage(space.bank, BASE);
  assert.equal(m.read(space, BASE), 1);
  checkAccounting(m.mm);
});

test("every fault is one event that says what was done", () => {
  const m = testMachine();
  const seen: string[] = [];
  m.events.listen((rows, count, texts) => {
    for (let row = 0; row < count; row++) {
      const event = decodeEvent(rows, row * EVENT_ROW, texts);
      if (event.kind === "fault") seen.push(`${event.pid} ${event.access} ${event.outcome}`);
    }
  });
  const parent = m.space(7);
  const object = file(m);
  anonymous(parent, BASE, 1);
  const at = parent.map({ addr: 0, length: 4096, prot: RW, flags: MAP_PRIVATE, object });
  m.write(parent, BASE, 1);
  m.read(parent, at);
  m.write(parent, at, 1);
  const child = must(parent.fork(8));
  m.write(child, BASE, 2);
  m.write(parent, BASE, 3);
  m.read(child, 0x5000);
  m.events.flush();
  assert.deepEqual(seen, [
    "7 write zero",
    "7 read file",
    "7 write copy",
    "8 write copy",
    "7 write reuse",
    "8 read unmapped",
  ]);
});
