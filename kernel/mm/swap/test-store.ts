// A swap store for tests: clusters in a map that the test may look into and change, answers as late as the test wants
// and failures when it wants. It watches over the interface: a kernel that breaks it is caught, not answered.

import { PAGE_SIZE } from "../../abi/sv39.ts";
import { panic } from "../../lib/panic.ts";
import { foldCluster, swapError } from "./cluster.ts";
import type { SwapStore } from "./store.ts";

export type SwapOperation = "write" | "read" | "remove" | "close";

export interface TestSwapStore extends SwapStore {
  /** What is stored, as the next read gives it. */
  readonly clusters: Map<number, Uint8Array>;
  /** Every broken rule of the interface, in words: a test ends with none. */
  readonly violations: readonly string[];
  /** Awaited before each operation takes effect; several may be under way. */
  delay: ((operation: SwapOperation, keys: readonly number[]) => Promise<void>) | undefined;
  /** What a write ends with instead of storing anything; undefined lets it through. */
  failWrites: ((key: number) => Error | undefined) | undefined;
  /** What a read ends with; reads of folded clusters are asked too. */
  failReads: ((key: number) => Error | undefined) | undefined;
}

export interface TestSwapOptions {
  /** Answers for missing clusters with "NotFoundError", as real stores do, and does not call it a violation. */
  readonly lenient?: boolean;
}

export function createTestSwapStore({ lenient = false }: TestSwapOptions = {}): TestSwapStore {
  const clusters = new Map<number, Uint8Array>();
  const violations: string[] = [];
  const used = new Set<number>();
  let closed = false;

  const violate = (what: string): never => {
    // Who asks may well take a rejection for a failure of the store, and go on.
    violations.push(what);
    return panic(`the swap store's interface was broken: ${what}`);
  };

  const begin = (operation: SwapOperation, keys: readonly number[]): void => {
    if (!closed) return;
    if (!lenient) violate(`${operation} ${keys.join(", ")} after close`);
    throw swapError("InvalidStateError", "the swap store is closed");
  };

  const find = (operation: SwapOperation, key: number): Uint8Array => {
    const cluster = clusters.get(key);
    if (cluster !== undefined) return cluster;
    if (!lenient) violate(`${operation} of cluster ${key}, which is not there`);
    throw swapError("NotFoundError", `there is no swap cluster ${key}`);
  };

  const store: TestSwapStore = {
    clusters,
    violations,
    delay: undefined,
    failWrites: undefined,
    failReads: undefined,

    async write(key, pages, folds) {
      begin("write", [key]);
      if (!Number.isSafeInteger(key) || key < 0) violate(`${key} is no key`);
      if (used.has(key)) violate(`key ${key} is used again`);
      used.add(key);
      if (pages.length % PAGE_SIZE !== 0) violate(`cluster ${key} has ${pages.length} bytes`);
      for (const fold of folds) {
        const { length } = find("write", fold.key);
        const outside = fold.places.find((place) => place < 0 || place * PAGE_SIZE >= length);
        if (outside !== undefined && !lenient)
          violate(`cluster ${fold.key} has no page ${outside} to fold`);
      }
      // The store takes the buffer over, as when it goes to another worker: who uses it afterwards finds it empty.
      const own = structuredClone(pages, { transfer: [pages.buffer as ArrayBuffer] });
      await store.delay?.("write", [key]);
      const failure = store.failWrites?.(key);
      if (failure !== undefined) throw failure;
      const cluster = await foldCluster(own, folds, async (old) => {
        const failure = store.failReads?.(old);
        if (failure !== undefined) throw failure;
        return find("write", old);
      });
      clusters.set(key, cluster);
    },

    async read(key) {
      begin("read", [key]);
      // Found now: a removal that is asked for later does not concern this read.
      const cluster = find("read", key);
      await store.delay?.("read", [key]);
      const failure = store.failReads?.(key);
      if (failure !== undefined) throw failure;
      return cluster.slice();
    },

    async remove(keys) {
      begin("remove", keys);
      for (const key of keys) if (!lenient) find("remove", key);
      await store.delay?.("remove", keys);
      for (const key of keys) clusters.delete(key);
    },

    async close() {
      begin("close", []);
      closed = true;
      await store.delay?.("close", []);
      clusters.clear();
    },
  };
  return store;
}
