import assert from "node:assert/strict";
import { test } from "node:test";
import {
  EACCES,
  EEXIST,
  EFAULT,
  EINVAL,
  ENOMEM,
  EOPNOTSUPP,
  EPERM,
  errnoName,
} from "../abi/errno.ts";
import {
  MADV_DONTFORK,
  MADV_DONTNEED,
  MADV_FREE,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_FIXED_NOREPLACE,
  MAP_GROWSDOWN,
  MAP_PRIVATE,
  MAP_SHARED,
  MAP_SHARED_VALIDATE,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  MS_ASYNC,
  MS_SYNC,
  PROT_GROWSDOWN,
  PROT_NONE,
  PROT_READ,
  PROT_WRITE,
} from "../abi/mman.ts";
import { USER_END } from "../abi/sv39.ts";
import { checkAccounting } from "./accounting.ts";
import { FAULT_ACCERR, FAULT_MAPERR } from "./fault-result.ts";
import { anonymous, areas, must, testMachine } from "./fixture.ts";
import { MMAP_BASE, STACK_TOP } from "./layout.ts";
import { ShmemObject } from "./shmem-object.ts";
import { load8 } from "./user-copy.ts";
import { vmaLabel, vmaOffset, vmaPermissions } from "./vma.ts";

const BASE = 0x10000000;
const RW = PROT_READ | PROT_WRITE;
const ANON = MAP_PRIVATE | MAP_ANONYMOUS;

test("mappings go top-down below the stack's room, the length rounded up to pages", () => {
  const m = testMachine();
  const space = m.space();
  const first = space.map({ addr: 0, length: 1, prot: RW, flags: ANON });
  assert.equal(first, MMAP_BASE - 4096);
  const second = space.map({ addr: 0, length: 5000, prot: PROT_READ, flags: ANON });
  assert.equal(second, MMAP_BASE - 3 * 4096);
  space.unmap(first, 4096);
  const third = space.map({ addr: 0, length: 4096, prot: RW, flags: ANON });
  assert.equal(third, first, "the highest hole is used first");
});

test("the README's mmap: its address, its frame, its entry, and what fork makes of it", () => {
  const m = testMachine();
  const space = m.space();
  assert.equal(m.mm.vdso.mapInto(space), 0x3ff7fff000);
  const p = space.map({ addr: 0, length: 8192, prot: RW, flags: ANON });
  assert.equal(p, 0x3ff7ffd000);
  m.execute(space, 0x3ff7fff000);
  const tables = space.pageTables;
  m.write(space, p + 4096, 7);
  assert.equal(space.pageTables, tables, "the vDSO's tables serve it too");
  const word = space.table.find(0x3ff7ffe);
  assert.equal((word & 1023) >>> 1, 510);
  const frame = space.pageEntry(p + 4096) >>> 10;
  assert.equal(space.pageEntry(p + 4096) & 0x3ff, 0x48cd7 & 0x3ff);
  const child = must(space.fork(2));
  assert.equal(space.pageEntry(p + 4096) & 0x3ff, 0x48cd3 & 0x3ff);
  assert.equal(child.pageEntry(p + 4096) & 0x3ff, 0x48c93 & 0x3ff);
  assert.deepEqual(
    m.mm.mappersOf(frame).map((mapper) => [mapper.space.id, mapper.address]),
    [
      [child.id, 0x3ff7ffe000],
      [space.id, 0x3ff7ffe000],
    ],
  );
  checkAccounting(m.mm);
});

test("an address without MAP_FIXED is a hint", () => {
  const m = testMachine();
  const space = m.space();
  assert.equal(space.map({ addr: BASE + 5, length: 4096, prot: RW, flags: ANON }), BASE + 4096);
  assert.equal(
    space.map({ addr: BASE + 4096, length: 4096, prot: RW, flags: ANON }),
    MMAP_BASE - 4096,
  );
  assert.equal(space.map({ addr: 1, length: 4096, prot: RW, flags: ANON }), 0x10000);
});

test("mmap refuses what Linux refuses, with Linux's errno", () => {
  const m = testMachine();
  const space = m.space();
  const object = new ShmemObject(m.mm, "/tmp/x", 4096);
  const at = BASE;
  anonymous(space, at, 1);
  const cases: [number, Parameters<typeof space.map>[0]][] = [
    [EINVAL, { addr: 0, length: 0, prot: RW, flags: ANON }],
    [EINVAL, { addr: 0, length: 1, prot: RW, flags: MAP_ANONYMOUS }],
    [EINVAL, { addr: 0, length: 1, prot: RW, flags: MAP_ANONYMOUS | MAP_SHARED_VALIDATE }],
    [EINVAL, { addr: 0, length: 1, prot: RW, flags: MAP_SHARED, object, offset: 12 }],
    [EINVAL, { addr: at + 1, length: 1, prot: RW, flags: ANON | MAP_FIXED }],
    [EINVAL, { addr: 0, length: 1, prot: RW, flags: MAP_PRIVATE | MAP_GROWSDOWN, object }],
    [EPERM, { addr: 0, length: 1, prot: RW, flags: ANON | MAP_FIXED }],
    [ENOMEM, { addr: 0, length: USER_END * 2, prot: RW, flags: ANON }],
    [ENOMEM, { addr: USER_END, length: 1, prot: RW, flags: ANON | MAP_FIXED }],
    [ENOMEM, { addr: 0, length: 1024 * 4096, prot: RW, flags: ANON }],
    [EEXIST, { addr: at, length: 4096, prot: RW, flags: ANON | MAP_FIXED_NOREPLACE }],
    [EOPNOTSUPP, { addr: 0, length: 1, prot: RW, flags: MAP_SHARED_VALIDATE | (1 << 28), object }],
    [EACCES, { addr: 0, length: 1, prot: RW, flags: MAP_SHARED, object, maxProt: PROT_READ }],
  ];
  for (const [errno, request] of cases) {
    assert.equal(errnoName(space.map(request)), errnoName(errno), JSON.stringify(request.flags));
  }
  assert.ok(space.map({ addr: 0, length: 1, prot: RW, flags: ANON | (1 << 28) }) > 0, "ignored");
  assert.equal(
    space.map({ addr: at + 4096, length: 4096, prot: RW, flags: ANON | MAP_FIXED_NOREPLACE }),
    at + 4096,
  );
});

test("MAP_FIXED replaces what was there", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 4);
  for (let page = 0; page < 4; page++) m.write(space, BASE + page * 4096, 1);
  anonymous(space, BASE + 4096, 2);
  assert.deepEqual(
    [0, 1, 2, 3].map((page) => m.read(space, BASE + page * 4096)),
    [1, 0, 0, 1],
  );
  checkAccounting(m.mm);
});

test("munmap over holes succeeds; it splits areas, and neighbours of the same kind merge again", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 8);
  assert.equal(areas(space, BASE), "0-8:3");
  assert.equal(space.unmap(BASE + 2 * 4096, 2 * 4096), 0);
  assert.equal(areas(space, BASE), "0-2:3 4-8:3");
  assert.equal(space.unmap(BASE + 4096, 5 * 4096), 0);
  assert.equal(areas(space, BASE), "0-1:3 6-8:3");
  anonymous(space, BASE + 4096, 5);
  assert.equal(areas(space, BASE), "0-8:3");
  assert.equal(space.unmap(BASE + 100, 4096), -EINVAL);
  assert.equal(space.unmap(BASE, 0), -EINVAL);
  assert.equal(space.unmap(USER_END, 4096), -EINVAL);
  assert.equal(space.unmap(BASE + 64 * 4096, 4096), 0);
});

test("nothing of a large unmapped range can be reached through an old translation", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 40);
  for (let page = 0; page < 40; page++) m.write(space, BASE + page * 4096, 1);
  space.unmap(BASE, 40 * 4096);
  for (let page = 0; page < 40; page++) {
    assert.equal(m.write(space, BASE + page * 4096, 1), -FAULT_MAPERR);
  }
});

test("split and merge keep each page's place in its file", () => {
  const m = testMachine();
  const space = m.space();
  const object = new ShmemObject(m.mm, "/tmp/x", 16 * 4096);
  space.map({
    addr: BASE,
    length: 8 * 4096,
    prot: RW,
    flags: MAP_SHARED | MAP_FIXED,
    object,
    offset: 4 * 4096,
  });
  for (let page = 0; page < 8; page++) m.write(space, BASE + page * 4096, page);
  space.unmap(BASE + 2 * 4096, 4096);
  space.protect(BASE + 5 * 4096, 4096, PROT_READ);
  assert.deepEqual(
    space.vmas().map((vma) => [vmaPermissions(vma), vmaOffset(vma) / 4096]),
    [
      ["rw-s", 4],
      ["rw-s", 7],
      ["r--s", 9],
      ["rw-s", 10],
    ],
  );
  assert.equal(m.read(space, BASE + 6 * 4096), 6);
  space.protect(BASE + 5 * 4096, 4096, RW);
  assert.equal(areas(space, BASE), "0-2:3 3-8:3");
  const apart = { addr: BASE + 2 * 4096, length: 4096, prot: RW, object, offset: 0 };
  space.map({ ...apart, flags: MAP_SHARED | MAP_FIXED });
  assert.equal(areas(space, BASE), "0-2:3 2-3:3 3-8:3", "another offset does not merge");
  checkAccounting(m.mm);
});

test("mprotect changes what comes before a hole and then says ENOMEM", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 2);
  anonymous(space, BASE + 3 * 4096, 2);
  m.write(space, BASE + 4096, 5);
  assert.equal(space.protect(BASE + 4096, 4 * 4096, PROT_READ), -ENOMEM);
  assert.equal(areas(space, BASE), "0-1:3 1-2:1 3-5:3");
  assert.equal(m.write(space, BASE + 4096, 1), -FAULT_ACCERR);
  assert.equal(m.read(space, BASE + 4096), 5);
  assert.equal(space.protect(BASE, 4096, 64), -EINVAL);
  assert.equal(space.protect(BASE + 1, 4096, RW), -EINVAL);
  assert.equal(space.protect(BASE, 0, RW), 0);
  assert.equal(space.protect(BASE + 64 * 4096, 4096, RW), -ENOMEM);
});

test("PROT_NONE keeps the pages: they come back with their bytes", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 20);
  for (let page = 0; page < 20; page++) m.write(space, BASE + page * 4096, page + 1);
  space.protect(BASE, 20 * 4096, PROT_NONE);
  assert.equal(space.rssAnon, 20);
  for (let page = 0; page < 20; page++) {
    assert.equal(m.read(space, BASE + page * 4096), -FAULT_ACCERR);
  }
  const child = must(space.fork(2));
  space.protect(BASE, 20 * 4096, RW);
  assert.equal(m.write(space, BASE, 99), 0);
  child.protect(BASE, 4096, PROT_READ);
  assert.equal(m.read(child, BASE), 1);
  checkAccounting(m.mm);
});

test("a shared mapping of a read-only descriptor never becomes writable", () => {
  const m = testMachine();
  const space = m.space();
  const object = new ShmemObject(m.mm, "/tmp/x", 4096);
  const flags = MAP_SHARED | MAP_FIXED;
  space.map({ addr: BASE, length: 4096, prot: PROT_READ, flags, object, maxProt: PROT_READ });
  assert.equal(space.protect(BASE, 4096, RW), -EACCES);
  assert.equal(m.write(space, BASE, 1), -FAULT_ACCERR);
});

test("brk grows and shrinks the heap, and a call that cannot be met returns the old break", () => {
  const m = testMachine();
  const space = m.space();
  space.setBrk(BASE + 100);
  assert.equal(space.moveBrk(0), BASE + 100);
  assert.equal(space.moveBrk(BASE + 10000), BASE + 10000);
  assert.equal(m.write(space, BASE + 9999, 4), 0);
  const heap = space.find(BASE + 4096);
  assert.equal(heap === undefined ? "" : vmaLabel(space, heap), "[heap]");
  anonymous(space, BASE + 8 * 4096, 1);
  assert.equal(space.moveBrk(BASE + 7 * 4096 + 1), BASE + 10000, "into a mapping");
  assert.equal(space.moveBrk(BASE + 4096), BASE + 4096);
  assert.equal(m.read(space, BASE + 9999), -FAULT_MAPERR);
  space.moveBrk(BASE + 10000);
  assert.equal(m.read(space, BASE + 9999), 0, "memory given back comes again as zeros");
  checkAccounting(m.mm);
});

test("the stack grows down by faults to its limit and keeps its distance from what lies below", () => {
  const m = testMachine(4096);
  const space = m.space();
  assert.equal(space.mapStack(), STACK_TOP);
  const vma = space.find(STACK_TOP - 1);
  assert.equal(vma === undefined ? "" : vmaLabel(space, vma), "[stack]");
  assert.equal(m.write(space, STACK_TOP - 1_000_000, 1), 0);
  assert.equal(m.write(space, STACK_TOP - 8 * 1024 * 1024, 1), 0);
  assert.equal(m.write(space, STACK_TOP - 8 * 1024 * 1024 - 1, 1), -FAULT_MAPERR);
  const low = m.space();
  low.mapStack();
  const below = STACK_TOP - 4 * 1024 * 1024;
  anonymous(low, below, 1);
  const nearest = below + 4096 + 256 * 4096;
  assert.equal(m.write(low, nearest - 1, 1), -FAULT_MAPERR);
  assert.equal(m.write(low, nearest, 1), 0);
  checkAccounting(m.mm);
});

test("MADV_DONTNEED gives zeros for private memory and keeps what is shared", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 2);
  const shared = space.map({ addr: 0, length: 4096, prot: RW, flags: MAP_SHARED | MAP_ANONYMOUS });
  const object = new ShmemObject(m.mm, "/tmp/x", 4096);
  const apart = space.map({ addr: 0, length: 4096, prot: RW, flags: MAP_PRIVATE, object });
  for (const va of [BASE, shared, apart]) m.write(space, va, 6);
  for (const va of [BASE, shared, apart]) {
    assert.equal(space.advise(va, 4096, MADV_DONTNEED), 0);
  }
  assert.equal(m.read(space, BASE), 0);
  assert.equal(m.read(space, shared), 6);
  assert.equal(m.read(space, apart), 0, "the file's byte");
  assert.equal(space.advise(BASE, 8 * 4096, MADV_DONTNEED), -ENOMEM);
  assert.equal(space.advise(BASE, 4096, MADV_FREE), -EINVAL);
  assert.equal(space.advise(BASE + 1, 4096, MADV_DONTNEED), -EINVAL);
  checkAccounting(m.mm);
});

test("MADV_DONTFORK leaves an area out of the child", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 3);
  for (let page = 0; page < 3; page++) m.write(space, BASE + page * 4096, 1);
  space.advise(BASE + 4096, 4096, MADV_DONTFORK);
  const child = must(space.fork(2));
  assert.equal(m.read(child, BASE), 1);
  assert.equal(m.read(child, BASE + 4096), -FAULT_MAPERR);
  assert.equal(m.read(space, BASE + 4096), 1);
  checkAccounting(m.mm);
});

test("mremap grows in place when it can, else moves the pages with their frames", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 2);
  m.write(space, BASE, 1);
  m.write(space, BASE + 4096, 2);
  assert.equal(space.remap(BASE, 2 * 4096, 4 * 4096, 0, 0), BASE);
  assert.equal(areas(space, BASE), "0-4:3");
  anonymous(space, BASE + 4 * 4096, 1);
  space.protect(BASE + 4 * 4096, 4096, PROT_READ);
  assert.equal(space.remap(BASE, 4 * 4096, 6 * 4096, 0, 0), -ENOMEM);
  const frame = space.pageEntry(BASE) >>> 10;
  assert.equal(m.read(space, BASE), 1);
  const moved = space.remap(BASE, 4 * 4096, 6 * 4096, MREMAP_MAYMOVE, 0);
  assert.equal(moved, MMAP_BASE - 6 * 4096);
  assert.equal(space.pageEntry(moved) >>> 10, frame);
  assert.equal(m.read(space, moved + 4096), 2);
  assert.equal(m.read(space, BASE), -FAULT_MAPERR);
  assert.equal(space.remap(moved, 6 * 4096, 4096, 0, 0), moved);
  assert.equal(m.read(space, moved + 4096), -FAULT_MAPERR);
  const fixed = MREMAP_MAYMOVE | MREMAP_FIXED;
  assert.equal(space.remap(moved, 4096, 4096, fixed, BASE), BASE);
  assert.equal(m.read(space, BASE), 1);
  checkAccounting(m.mm);
});

test("mremap to a smaller size gives the tail back first, whatever lies there", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 3);
  anonymous(space, BASE + 4 * 4096, 2);
  m.write(space, BASE, 1);
  const fixed = MREMAP_MAYMOVE | MREMAP_FIXED;
  assert.equal(space.remap(BASE, 5 * 4096, 2 * 4096, fixed, BASE + 4096), -EINVAL, "overlap");
  assert.equal(space.remap(BASE, 5 * 4096, 4 * 4096, fixed, BASE + 64 * 4096), -EFAULT);
  assert.equal(areas(space, BASE), "0-3:3 4-6:3");
  const to = BASE + 64 * 4096;
  assert.equal(space.remap(BASE, 5 * 4096, 2 * 4096, fixed, to), to);
  assert.equal(areas(space, BASE), "5-6:3 64-66:3");
  assert.equal(m.read(space, to), 1);
  checkAccounting(m.mm);
});

test("mincore says which pages are in memory, msync checks its arguments", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 3);
  m.write(space, BASE + 4096, 1);
  assert.equal(space.mincore(BASE, 3 * 4096, BASE), 0);
  assert.deepEqual([load8(space, BASE), load8(space, BASE + 1), load8(space, BASE + 2)], [0, 1, 0]);
  assert.equal(space.mincore(BASE, 4 * 4096, BASE), -ENOMEM);
  assert.equal(space.msync(BASE, 4096, MS_SYNC), 0);
  assert.equal(space.msync(BASE, 4096, MS_SYNC | MS_ASYNC), -EINVAL);
  assert.equal(space.msync(BASE, 5 * 4096, MS_SYNC), -ENOMEM);
});

test("PROT_GROWSDOWN reaches down to the start of a stack", () => {
  const m = testMachine();
  const space = m.space();
  space.mapStack();
  assert.equal(space.protect(STACK_TOP - 4096, 4096, PROT_READ | PROT_GROWSDOWN), 0);
  assert.equal(space.vmas().length, 1);
  assert.equal(space.vmas()[0]?.prot, PROT_READ);
});

test("more mappings than top-down can place continue upward", () => {
  const m = testMachine();
  const space = m.space();
  const below = MMAP_BASE - 0x10000;
  const reserve = { prot: PROT_NONE, flags: ANON };
  assert.equal(space.map({ addr: 0, length: below, ...reserve }), 0x10000);
  const length = 64 * 1024 * 1024;
  assert.equal(space.map({ addr: 0, length, ...reserve }), MMAP_BASE);
  assert.equal(space.map({ addr: 0, length: length * 2, ...reserve }), -ENOMEM);
});
