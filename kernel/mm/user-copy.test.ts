import assert from "node:assert/strict";
import { test } from "node:test";
import { EFAULT, ENAMETOOLONG, EROFS } from "../abi/errno.ts";
import { MAP_FIXED, MAP_PRIVATE, MAP_SHARED, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { PTE_A, PTE_D, USER_END } from "../abi/sv39.ts";
import { checkAccounting } from "./accounting.ts";
import { FAULT_ACCERR, FAULT_MAPERR } from "./fault-result.ts";
import { anonymous, must, testMachine } from "./fixture.ts";
import { InodeObject } from "./inode-object.ts";
import { ShmemObject } from "./shmem-object.ts";
import {
  clearUser,
  copyIn,
  copyInString,
  copyOut,
  load16,
  load32,
  load64,
  load8,
  store16,
  store32,
  store64,
  store8,
  UserSink,
  UserSource,
} from "./user-copy.ts";

const BASE = 0x10000000;
const bytes = (count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, at) => at % 251);

test("copies cross pages, fault pages in and stop short where memory ends", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 2);
  const from = bytes(9000);
  assert.equal(copyOut(space, BASE + 100, from, 0, 8000), 8000);
  const back = new Uint8Array(8000);
  assert.equal(copyIn(space, BASE + 100, back, 0, 8000), 8000);
  assert.deepEqual(back, from.subarray(0, 8000));
  assert.equal(copyOut(space, BASE + 8000, from, 0, 1000), 192);
  assert.equal(space.lastFault, FAULT_MAPERR);
  assert.equal(copyIn(space, BASE - 1, back, 0, 10), 0);
  assert.equal(copyIn(space, USER_END - 1, back, 0, 10), 0);
  assert.equal(copyIn(space, -4096, back, 0, 10), 0);
  assert.equal(clearUser(space, BASE, 4096), 4096);
  assert.equal(load8(space, BASE + 200), 0);
});

test("the kernel's writes break copy-on-write and set A and D like the hart's", () => {
  const m = testMachine();
  const parent = m.space();
  anonymous(parent, BASE, 1);
  m.write(parent, BASE, 1);
  const child = must(parent.fork(2));
  assert.equal(store8(parent, BASE, 2), 0);
  assert.equal(m.read(child, BASE), 1);
  assert.equal(parent.pageEntry(BASE) & (PTE_A | PTE_D), PTE_A | PTE_D);
  assert.equal(m.read(parent, BASE), 2);
  checkAccounting(m.mm);
});

test("writing to read-only memory is refused", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 1);
  space.protect(BASE, 4096, PROT_READ);
  assert.equal(store8(space, BASE, 1), -EFAULT);
  assert.equal(space.lastFault, FAULT_ACCERR);
});

test("words are little-endian and may straddle pages", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 2);
  for (const va of [BASE + 8, BASE + 4093]) {
    assert.equal(store32(space, va, 0x89abcdef), 0);
    assert.equal(load32(space, va), 0x89abcdef);
    assert.equal(load16(space, va + 1), 0xabcd);
    assert.equal(load8(space, va + 3), 0x89);
    assert.equal(store64(space, va, -1, 5), 0);
    assert.equal(load64(space, va), 5 * 2 ** 32 + 0xffffffff);
    assert.equal(store16(space, va, 0x1234), 0);
    assert.equal(load16(space, va), 0x1234);
  }
  assert.equal(store64(space, BASE + 8188, 1, 2), -EFAULT);
  assert.equal(load64(space, BASE + 8188), -EFAULT);
  assert.equal(load32(space, 0), -EFAULT);
});

test("strings end at NUL, at a bad address or at the limit", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 2);
  copyOut(
    space,
    BASE + 4090,
    Uint8Array.from([..."naïve.txt\0"].map((c) => c.charCodeAt(0))),
    0,
    10,
  );
  assert.equal(copyInString(space, BASE + 4090, 4096), "naïve.txt");
  assert.equal(copyInString(space, BASE + 4090, 9), -ENAMETOOLONG);
  assert.equal(copyInString(space, BASE + 4090, 10), "naïve.txt");
  copyOut(space, BASE + 8190, Uint8Array.of(65, 66), 0, 2);
  assert.equal(copyInString(space, BASE + 8190, 4096), -EFAULT);
  assert.equal(copyInString(space, 0, 4096), -EFAULT);
});

test("a file is read into and written from the ranges of an iovec", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 8);
  const object = new ShmemObject(m.mm, "/tmp/x", 0);
  copyOut(space, BASE, bytes(10000), 0, 10000);
  const source = new UserSource(space, BASE, 3);
  source.add(BASE + 3, 0);
  source.add(BASE + 3, 9997);
  assert.equal(object.write(5, source), 10000);
  assert.equal(source.remaining, 0);
  assert.equal(object.size, 10005);
  const sink = new UserSink(space, BASE + 20000, 100);
  sink.add(BASE + 30000, 20000);
  assert.equal(object.read(5, sink), 2768 + 100, "up to the end of user memory");
  assert.equal(load8(space, BASE + 30000), 100);
  assert.equal(load8(space, BASE + 20000 + 99), 99);
  checkAccounting(m.mm);
});

test("a file mapped into the buffer that it is read into is safe", () => {
  const m = testMachine();
  const space = m.space();
  const object = new ShmemObject(m.mm, "/tmp/x", 8192);
  const prot = PROT_READ | PROT_WRITE;
  space.map({ addr: BASE, length: 8192, prot, flags: MAP_SHARED | MAP_FIXED, object });
  copyOut(space, BASE, bytes(4096), 0, 4096);
  assert.equal(object.read(0, new UserSink(space, BASE + 4096, 4096)), 4096);
  assert.equal(load8(space, BASE + 4096 + 77), 77);
});

test("an image's file cannot be written through the object", () => {
  const m = testMachine();
  const space = m.space();
  anonymous(space, BASE, 1);
  const object = new InodeObject(m.mm, "/bin/x", 4096, () => 0);
  assert.equal(object.write(0, new UserSource(space, BASE, 4)), -EROFS);
  space.map({ addr: BASE, length: 4096, prot: 3, flags: MAP_PRIVATE | MAP_FIXED, object });
  assert.equal(store8(space, BASE, 1), 0);
  checkAccounting(m.mm);
});
