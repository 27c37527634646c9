import assert from "node:assert/strict";
import { test } from "node:test";

import { swapError } from "./cluster.ts";
import { patternPages, swapStoreContract } from "./store-contract.ts";
import { createTestSwapStore } from "./test-store.ts";

for (const { name, run } of swapStoreContract) {
  test(`the tests' store: ${name}`, async () => {
    const store = createTestSwapStore({ lenient: true });
    await run(store);
    assert.deepEqual(store.violations, []);
  });
}

test("what breaks the interface is a panic and stays on record", async () => {
  const store = createTestSwapStore();
  await store.write(1, patternPages(1, 2), []);
  await store.write(2, patternPages(3), []);
  await store.remove([2]);
  const broken = [
    () => store.write(1, patternPages(1), []),
    () => store.write(3, new Uint8Array(100), []),
    () => store.write(4, patternPages(1), [{ key: 1, places: [2] }]),
    () => store.write(5, patternPages(1), [{ key: 2, places: [0] }]),
    () => store.read(2),
    () => store.read(9),
    () => store.remove([1, 2]),
  ];
  for (const [index, request] of broken.entries()) {
    await assert.rejects(request, { name: "KernelPanic" }, String(index));
    assert.equal(store.violations.length, index + 1);
  }
  await store.close();
  await assert.rejects(store.read(1), { name: "KernelPanic" });
});

test("a read that is asked for before its write has succeeded breaks the interface", async () => {
  const store = createTestSwapStore();
  const writing = store.write(1, patternPages(1), []);
  await assert.rejects(store.read(1), { name: "KernelPanic" });
  await writing;
  assert.deepEqual(await store.read(1), patternPages(1));
});

test("pages that were handed over are gone", async () => {
  const store = createTestSwapStore();
  const pages = patternPages(1);
  const writing = store.write(1, pages, []);
  assert.equal(pages.length, 0);
  await writing;
});

test("an operation takes effect when its delay is over", async () => {
  const store = createTestSwapStore();
  const asked: string[] = [];
  let go = (): void => {};
  store.delay = (operation, keys) => {
    asked.push(`${operation} ${keys.join(",")}`);
    return new Promise((resolve) => (go = resolve));
  };
  const writing = store.write(1, patternPages(1), []);
  assert.equal(store.clusters.size, 0);
  go();
  await writing;
  assert.equal(store.clusters.size, 1);
  const removal = store.remove([1]);
  assert.equal(store.clusters.size, 1);
  go();
  await removal;
  assert.equal(store.clusters.size, 0);
  assert.deepEqual(asked, ["write 1", "remove 1"]);
});

test("failures come as they are ordered, and store nothing", async () => {
  const store = createTestSwapStore();
  await store.write(1, patternPages(1), []);
  store.failWrites = (key) => (key === 2 ? swapError("QuotaExceededError", "full") : undefined);
  await assert.rejects(store.write(2, patternPages(2), []), { name: "QuotaExceededError" });
  await store.write(3, patternPages(3), []);
  store.failReads = (key) => (key === 1 ? swapError("DataError", "broken") : undefined);
  await assert.rejects(store.read(1), { name: "DataError" });
  await assert.rejects(store.write(4, patternPages(4), [{ key: 1, places: [0] }]), {
    name: "DataError",
  });
  assert.deepEqual([...store.clusters.keys()], [1, 3]);
  assert.deepEqual(store.violations, []);
});

test("what a test changes in a cluster is what is read", async () => {
  const store = createTestSwapStore();
  await store.write(1, patternPages(1), []);
  store.clusters.get(1)?.fill(7);
  assert.deepEqual(await store.read(1), new Uint8Array(4096).fill(7));
});
