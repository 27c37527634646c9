// What every swap store must do, as a list of cases that needs no test library: it runs over the tests' store and the
// file in Node, and over IndexedDB in a browser.

import { PAGE_SIZE } from "../../abi/sv39.ts";
import type { SwapStore } from "./store.ts";

export interface ContractCase {
  readonly name: string;
  /** Uses a store of its own; rejects when the store does not do what it must. */
  readonly run: (store: SwapStore) => Promise<void>;
}

/** Pages of numbers that tell which page they are. */
export function patternPages(...ids: readonly number[]): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array((ids.length * PAGE_SIZE) / 4);
  ids.forEach((id, index) => {
    for (let word = 0; word < PAGE_SIZE / 4; word++)
      words[(index * PAGE_SIZE) / 4 + word] = Math.imul(id * 1024 + word + 1, 0x9e3779b1);
  });
  return new Uint8Array(words.buffer);
}

function expectPages(actual: Uint8Array, ...ids: readonly number[]): void {
  const expected = patternPages(...ids);
  if (actual.length !== expected.length)
    throw new Error(`a cluster of ${actual.length} bytes instead of ${expected.length}`);
  const differs = actual.findIndex((byte, index) => byte !== expected[index]);
  if (differs >= 0)
    throw new Error(`byte ${differs} is ${actual[differs]}, not ${expected[differs]}`);
}

async function expectRejection(name: string, request: Promise<unknown>): Promise<void> {
  const outcome = await request.then(
    () => "success",
    (error: unknown) => (error instanceof Error ? error.name : `a rejection with ${String(error)}`),
  );
  if (outcome !== name) throw new Error(`${outcome} instead of ${name}`);
}

const range = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** A few keys with clusters of eight pages, where page `place` of cluster `key` has the id `key * 100 + place`. */
async function writeEights(store: SwapStore, keys: readonly number[]): Promise<void> {
  await Promise.all(keys.map((key) => store.write(key, patternPages(...range(key * 100, 8)), [])));
}

export const swapStoreContract: readonly ContractCase[] = [
  {
    name: "a cluster is read as it was written, whatever its size",
    async run(store) {
      const sizes = [1, 16, 64, 256];
      for (const size of sizes) await store.write(size, patternPages(...range(size, size)), []);
      for (const size of sizes) expectPages(await store.read(size), ...range(size, size));
    },
  },
  {
    name: "of pages that are part of a larger array, only they are stored",
    async run(store) {
      const all = patternPages(...range(0, 8));
      await store.write(1, all.subarray(2 * PAGE_SIZE, 5 * PAGE_SIZE), []);
      expectPages(await store.read(1), 2, 3, 4);
    },
  },
  {
    name: "folded pages come behind the new ones, in the order in which they are named",
    async run(store) {
      await writeEights(store, [1, 2]);
      const folds = [
        { key: 2, places: [7, 0] },
        { key: 1, places: [3] },
        { key: 2, places: [0, 5] },
      ];
      await store.write(3, patternPages(1000, 1001), folds);
      expectPages(await store.read(3), 1000, 1001, 207, 200, 103, 200, 205);
    },
  },
  {
    name: "a cluster may be made of nothing but folded pages",
    async run(store) {
      await writeEights(store, [1]);
      await store.write(2, new Uint8Array(0), [{ key: 1, places: [6, 1] }]);
      expectPages(await store.read(2), 106, 101);
    },
  },
  {
    name: "folding changes nothing of the old cluster, and removing that nothing of the new one",
    async run(store) {
      await writeEights(store, [1]);
      await store.write(2, patternPages(50), [{ key: 1, places: [4] }]);
      expectPages(await store.read(1), ...range(100, 8));
      await store.remove([1]);
      expectPages(await store.read(2), 50, 104);
    },
  },
  {
    name: "a read of a cluster that was never written rejects with NotFoundError",
    async run(store) {
      await expectRejection("NotFoundError", store.read(1));
      await writeEights(store, [1]);
      await expectRejection("NotFoundError", store.read(2));
    },
  },
  {
    name: "a read of a removed cluster rejects with NotFoundError, its neighbours stay",
    async run(store) {
      await writeEights(store, [1, 2, 3, 4]);
      await store.remove([]);
      await store.remove([2, 4]);
      await expectRejection("NotFoundError", store.read(2));
      await expectRejection("NotFoundError", store.read(4));
      expectPages(await store.read(1), ...range(100, 8));
      expectPages(await store.read(3), ...range(300, 8));
    },
  },
  {
    name: "a write that folds a missing cluster stores nothing and rejects with NotFoundError",
    async run(store) {
      await writeEights(store, [1]);
      const folds = [
        { key: 1, places: [0] },
        { key: 7, places: [0] },
      ];
      await expectRejection("NotFoundError", store.write(2, patternPages(5), folds));
      await expectRejection("NotFoundError", store.read(2));
      expectPages(await store.read(1), ...range(100, 8));
    },
  },
  {
    name: "a write that folds a page its cluster does not have stores nothing and rejects with DataError",
    async run(store) {
      await writeEights(store, [1]);
      for (const [key, place] of [
        [2, 8],
        [3, -1],
      ] as const) {
        const folds = [{ key: 1, places: [0, place] }];
        await expectRejection("DataError", store.write(key, patternPages(5), folds));
        await expectRejection("NotFoundError", store.read(key));
      }
      expectPages(await store.read(1), ...range(100, 8));
    },
  },
  {
    name: "requests overlap and do not disturb one another",
    async run(store) {
      await writeEights(store, range(1, 20));
      const odd = range(1, 20).filter((key) => key % 2 === 1);
      const even = range(1, 20).filter((key) => key % 2 === 0);
      const folds = even.map((key) => ({ key, places: [key % 8] }));
      await Promise.all([
        ...odd.map(async (key) => expectPages(await store.read(key), ...range(key * 100, 8))),
        store.write(100, patternPages(7), folds),
        ...range(30, 10).map((key) => store.write(key, patternPages(key), [])),
        ...even.map(async (key) => expectPages(await store.read(key), ...range(key * 100, 8))),
      ]);
      await Promise.all([store.remove(odd), writeEights(store, range(200, 10))]);
      expectPages(await store.read(100), 7, ...even.map((key) => key * 100 + (key % 8)));
      for (const key of even) expectPages(await store.read(key), ...range(key * 100, 8));
      for (const key of range(30, 10)) expectPages(await store.read(key), key);
      for (const key of range(200, 10)) expectPages(await store.read(key), ...range(key * 100, 8));
    },
  },
  {
    name: "a read that was asked for before the removal gives the cluster, even while another is written",
    async run(store) {
      await writeEights(store, [1]);
      const reading = store.read(1);
      const removal = store.remove([1]);
      const writing = writeEights(store, [2, 3]);
      expectPages(await reading, ...range(100, 8));
      await Promise.all([removal, writing]);
      await expectRejection("NotFoundError", store.read(1));
    },
  },
  {
    name: "what was read belongs to the reader",
    async run(store) {
      await writeEights(store, [1]);
      (await store.read(1)).fill(0);
      expectPages(await store.read(1), ...range(100, 8));
    },
  },
  {
    name: "a long life of writes, folds and removals keeps every byte",
    async run(store) {
      const model = new Map<number, number[]>();
      let state = 1;
      const random = (below: number): number => {
        state = Math.imul(state, 1664525) + 1013904223;
        return (state >>> 8) % below;
      };
      for (let key = 0; key < 150; key++) {
        const old = [...model].filter(() => random(4) === 0).slice(0, 3);
        const folds = old.map(([from, ids]) => ({
          key: from,
          places: range(0, ids.length).filter(() => random(3) === 0),
        }));
        const kept = folds.flatMap((fold) =>
          fold.places.map((at) => model.get(fold.key)?.[at] ?? -1),
        );
        const ids = range(key * 64, 1 + random(24));
        await store.write(key, patternPages(...ids), folds);
        model.set(key, [...ids, ...kept]);
        const gone = old.map(([from]) => from);
        await store.remove(gone);
        for (const from of gone) model.delete(from);
        const [asked, expected] = [...model][random(model.size)] ?? [key, ids];
        expectPages(await store.read(asked), ...expected);
      }
      for (const [key, ids] of model) expectPages(await store.read(key), ...ids);
    },
  },
  {
    name: "a closed store answers no more",
    async run(store) {
      await writeEights(store, [1]);
      await store.close();
      const outcome = await store.write(2, patternPages(1), []).then(
        () => "success",
        () => "a rejection",
      );
      if (outcome === "success") throw new Error("a write after the end succeeded");
    },
  },
];
