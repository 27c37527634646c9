import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ESRCH } from "../../abi/errno.ts";
import { FRAME_ANON, FRAME_BUFFER, FRAME_FILE, FRAME_PAGE_TABLE } from "../../api/frames.ts";
import { FRAME_SHMEM, FRAME_SWAP_CACHE, FRAME_VDSO } from "../../api/frames.ts";
import { Lru, policyNames } from "./lru.ts";
import { FifoPolicy } from "./policy.ts";

const FRAMES = 40;

test("handing all pages to another policy loses none and changes nothing of who goes first", () => {
  const pages = fc.uniqueArray(fc.record({ pfn: fc.nat(FRAMES - 1), isFile: fc.boolean() }), {
    selector: ({ pfn }) => pfn,
  });
  const names = fc.array(fc.constantFrom(...policyNames), { maxLength: 6 });
  fc.assert(
    fc.property(pages, fc.array(fc.nat(FRAMES - 1)), names, (all, used, switches) => {
      const accessed = new Set(used);
      const lru = new Lru(FRAMES, (pfn) => accessed.delete(pfn));
      for (const { pfn, isFile } of all) lru.allocated(pfn, isFile ? FRAME_FILE : FRAME_ANON);
      // Some order that is not that of their coming.
      for (const policy of [lru.file, lru.swapBacked]) {
        const chosen = policy.choose();
        if (chosen >= 0) policy.keep(chosen);
      }
      const before = [[...lru.file.inOrder()], [...lru.swapBacked.inOrder()]];
      for (const name of switches) {
        lru.use(name);
        assert.equal(lru.name, name);
        assert.deepEqual([[...lru.file.inOrder()], [...lru.swapBacked.inOrder()]], before);
        assert.equal(lru.count, all.length);
      }
      for (const { pfn } of all) {
        assert.ok(lru.has(pfn));
        lru.remove(pfn);
      }
      assert.equal(lru.count, 0);
    }),
  );
});

test("only pages that can go are in a policy: of files in one, what needs swap in the other", () => {
  const lru = new Lru(8, () => false);
  for (const kind of [FRAME_PAGE_TABLE, FRAME_BUFFER, FRAME_VDSO, FRAME_SWAP_CACHE]) {
    lru.allocated(0, kind);
    assert.equal(lru.has(0), false);
    // Freeing it is no error.
    lru.remove(0);
  }
  lru.allocated(1, FRAME_FILE);
  lru.allocated(2, FRAME_ANON);
  lru.allocated(3, FRAME_SHMEM);
  // A page of the swap cache is there only when it has been read.
  lru.add(4);
  assert.deepEqual([...lru.file.inOrder()], [1]);
  assert.deepEqual([...lru.swapBacked.inOrder()], [2, 3, 4]);
});

test("a policy for a part of memory takes frames from the machine's, and its end gives them back", () => {
  const lru = new Lru(8, () => false);
  for (let pfn = 0; pfn < 6; pfn++) lru.allocated(pfn, FRAME_ANON);
  const own = new FifoPolicy(lru.links);
  const index = lru.addPolicy(own);
  for (const pfn of [1, 3]) lru.move(pfn, index);
  assert.deepEqual([...own.inOrder()], [1, 3]);
  assert.deepEqual([...lru.swapBacked.inOrder()], [0, 2, 4, 5]);
  assert.equal(lru.policyOf(3), index);
  lru.use("fifo");
  assert.deepEqual([...own.inOrder()], [1, 3], "another policy of the machine does not concern it");
  lru.remove(1);
  lru.endPolicy(index);
  assert.deepEqual([...lru.swapBacked.inOrder()], [0, 2, 4, 5, 3]);
  assert.equal(lru.addPolicy(new FifoPolicy(lru.links)), index, "its place is free again");
});

test("there are no more policies than a byte can tell apart", () => {
  const lru = new Lru(8, () => false);
  for (let index = 3; index <= 255; index++) {
    assert.equal(lru.addPolicy(new FifoPolicy(lru.links)), index);
  }
  assert.equal(lru.addPolicy(new FifoPolicy(lru.links)), -ESRCH);
  lru.endPolicy(7);
  assert.equal(lru.addPolicy(new FifoPolicy(lru.links)), 7);
});
