// The browser's storage worker: swapped pages as values in IndexedDB. A worker of its own, because an IndexedDB request
// takes several turns of the event loop, and the kernel worker's turns are up to 8 ms apart while a program runs.
// kernel/boot/remote-swap-store.ts starts it and speaks to it through comlink.

import { expose, transfer } from "comlink";
import { get, promisifyRequest } from "idb-keyval";
import { foldCluster, swapError } from "../mm/swap/cluster.ts";
import type { SwapStore } from "../mm/swap/store.ts";
import { createSwapDatabase, type SwapDatabase } from "./swap-database.ts";

export interface StorageWorker extends SwapStore {
  /** Makes the machine's database. Comes before every other request; rejects with a sentence when that cannot be. */
  open(): Promise<{ readonly name: string }>;
}

let database: SwapDatabase | undefined;

/** Bytes of each cluster as written: a value of another size is not a cluster, and its pages are not handed out. */
const sizes = new Map<number, number>();

function opened(): SwapDatabase {
  if (database === undefined) throw swapError("InvalidStateError", "the swap store is not open");
  return database;
}

async function read(key: number): Promise<Uint8Array<ArrayBuffer>> {
  const size = sizes.get(key);
  const value: unknown = await get(key, opened().store);
  if (value === undefined) throw swapError("NotFoundError", `there is no swap cluster ${key}`);
  if (!isBytes(value) || value.length !== size)
    throw swapError("DataError", `swap cluster ${key} is not what was written`);
  return value;
}

/** A change of the database that waits for its transaction. */
interface Change {
  readonly make: (objects: IDBObjectStore) => void;
  readonly done: () => void;
  readonly failed: (reason: unknown) => void;
}

/** Changes that are asked for while a transaction is under way share the next one: most of its cost is its own. */
const waiting: Change[] = [];
let isCommitting = false;

function change(make: Change["make"]): Promise<void> {
  return new Promise((done, failed) => {
    waiting.push({ make, done, failed });
    if (!isCommitting) void commitWaiting();
  });
}

async function commitWaiting(): Promise<void> {
  isCommitting = true;
  while (waiting.length > 0) await commit(waiting.splice(0));
  isCommitting = false;
}

/** Settles all of the changes; never rejects. */
async function commit(changes: readonly Change[]): Promise<void> {
  try {
    await opened().store("readwrite", (objects) => {
      for (const { make } of changes) make(objects);
      return promisifyRequest(objects.transaction);
    });
    for (const { done } of changes) done();
  } catch (error) {
    // All of a transaction fails: each may do better alone.
    if (changes.length > 1) for (const one of changes) await commit([one]);
    else changes[0]?.failed(error);
  }
}

/** IndexedDB holds no shared memory. */
function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array;
}

const worker: StorageWorker = {
  async open() {
    if (database !== undefined)
      throw swapError("InvalidStateError", "the swap store is open already");
    database = await createSwapDatabase();
    return { name: database.name };
  },

  async write(key, pages, folds) {
    // A value takes its whole buffer along into IndexedDB.
    const own = pages.length === pages.buffer.byteLength ? pages : pages.slice();
    const cluster = await foldCluster(own, folds, read);
    await change((objects) => objects.put(cluster, key));
    sizes.set(key, cluster.length);
  },

  async read(key) {
    const cluster = await read(key);
    return transfer(cluster, [cluster.buffer]);
  },

  async remove(keys) {
    await change((objects) => {
      for (const key of keys) objects.delete(key);
    });
    for (const key of keys) sizes.delete(key);
  },

  async close() {
    const closing = opened();
    database = undefined;
    await closing.delete();
  },
};

// A request that cannot be read would wait for ever. As an uncaught error it reaches who started this worker.
addEventListener("messageerror", () => {
  throw new Error("a request to the storage worker could not be read");
});

expose(worker);
