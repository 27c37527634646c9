import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { patternPages, swapStoreContract } from "../../mm/swap/store-contract.ts";
import { openSwapFile, storeClusters, type SwapHandle } from "./swap-file.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-test-"));
after(() => rmSync(folder, { recursive: true }));

for (const { name, run } of swapStoreContract) {
  test(`a swap file: ${name}`, async () => {
    const store = await openSwapFile(folder);
    try {
      await run(store);
    } finally {
      // The case may have closed it.
      await store.close().catch(() => undefined);
    }
  });
}

/** A file of the host whose operations the test may replace. */
async function openHandle(): Promise<SwapHandle> {
  const file = await open(join(folder, "plain"), "w+");
  return {
    read: (...args) => file.read(...args),
    write: (...args) => file.write(...args),
    close: () => file.close(),
  };
}

const failure = (code: string): Error => Object.assign(new Error(`${code}: write`), { code });

test("no name of a swap file is left in its directory while it is open", async () => {
  const empty = mkdtempSync(join(folder, "empty-"));
  const store = await openSwapFile(empty);
  await store.write(1, patternPages(1), []);
  assert.deepEqual(readdirSync(empty), []);
  assert.deepEqual(await store.read(1), patternPages(1));
  await store.close();
});

test("where an open file cannot be deleted, it is deleted when it has been closed", async () => {
  const directory = mkdtempSync(join(folder, "late-"));
  let refusals = 0;
  const store = await openSwapFile(directory, async (path) => {
    if (refusals++ === 0) throw failure("EBUSY");
    rmSync(path);
  });
  await store.write(1, patternPages(1), []);
  assert.equal(readdirSync(directory).length, 1);
  await store.close();
  assert.deepEqual(readdirSync(directory), []);
});

test("a directory that is not there is named in the rejection", async () => {
  await assert.rejects(openSwapFile(join(folder, "missing")), {
    message: /^no swap file can be made: ENOENT: .*missing/,
  });
});

for (const code of ["ENOSPC", "EDQUOT", "EFBIG"]) {
  test(`${code} in the midst of a cluster is QuotaExceededError and leaves the older ones readable`, async () => {
    const handle = await openHandle();
    const store = storeClusters({
      ...handle,
      // Half of the cluster still fits.
      write: (bytes, offset, length, position) =>
        position >= 12 * 4096
          ? Promise.reject(failure(code))
          : handle.write(bytes, offset, Math.min(length, 4096), position),
    });
    await store.write(1, patternPages(1, 2, 3, 4), []);
    await store.write(2, patternPages(5, 6, 7, 8), []);
    const tooMuch = store.write(3, patternPages(...Array(8).keys()), [{ key: 1, places: [0] }]);
    await assert.rejects(tooMuch, { name: "QuotaExceededError", message: new RegExp(code) });
    assert.deepEqual(await store.read(1), patternPages(1, 2, 3, 4));
    assert.deepEqual(await store.read(2), patternPages(5, 6, 7, 8));
    await assert.rejects(store.read(3), { name: "NotFoundError" });
    // What could not be stored takes no room.
    await store.write(4, patternPages(9, 10, 11, 12), []);
    assert.deepEqual(await store.read(4), patternPages(9, 10, 11, 12));
    await store.close();
  });
}

test("another failure of the host keeps its name", async () => {
  const handle = await openHandle();
  const store = storeClusters({ ...handle, write: () => Promise.reject(failure("EIO")) });
  await assert.rejects(store.write(1, patternPages(1), []), { name: "Error", code: "EIO" });
  await store.close();
});

test("a host that writes and reads less than it is asked to is asked again", async () => {
  const handle = await openHandle();
  const store = storeClusters({
    ...handle,
    read: (into, offset, length, position) =>
      handle.read(into, offset, Math.min(length, 1000), position),
    write: (from, offset, length, position) =>
      handle.write(from, offset, Math.min(length, 1000), position),
  });
  await store.write(1, patternPages(1, 2), []);
  assert.deepEqual(await store.read(1), patternPages(1, 2));
  await store.close();
});

test("the place of a removed cluster is not given to another before its last reader has done", async () => {
  const handle = await openHandle();
  const waiting: (() => void)[] = [];
  const store = storeClusters({
    ...handle,
    read: async (...args) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return handle.read(...args);
    },
  });
  await store.write(1, patternPages(1, 2), []);
  const reading = [store.read(1), store.read(1)];
  await store.remove([1]);
  await store.write(2, patternPages(3, 4), []);
  for (const resolve of waiting) resolve();
  for (const pages of await Promise.all(reading)) assert.deepEqual(pages, patternPages(1, 2));
  await store.close();
});

test("bytes that somebody changes in the file are what is read, and a file cut short is not", async () => {
  const handle = await openHandle();
  const store = storeClusters(handle);
  await store.write(1, patternPages(1, 2), []);
  const other = await open(join(folder, "plain"), "r+");
  await other.write(Uint8Array.of(7), 0, 1, 5000);
  const expected = patternPages(1, 2);
  expected[5000] = 7;
  assert.deepEqual(await store.read(1), expected);
  await other.truncate(5000);
  await assert.rejects(store.read(1), { name: "DataError" });
  await other.close();
  await store.close();
});

test("the places of removed clusters are used again", async () => {
  const file = await open(join(folder, "plain"), "w+");
  const store = storeClusters(file);
  for (let key = 0; key < 50; key++) {
    await store.write(key, patternPages(...Array(1 + (key % 4)).keys()), []);
    if (key > 0) await store.remove([key - 1]);
  }
  const { size } = await file.stat();
  // Of 124 pages that were written, 7 were there at once; first fit leaves gaps.
  assert.ok(size <= 14 * 4096, `${size} bytes`);
  await store.close();
});
