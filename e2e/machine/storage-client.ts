// What storage.spec.ts loads into an empty page of the site, or into a worker of it: the kernel worker's side of the
// storage worker, and IndexedDB itself to look at what has become of it.

import { openRemoteSwapStore, type RemoteSwapStore } from "../../kernel/boot/remote-swap-store.ts";
import { patternPages, swapStoreContract } from "../../kernel/mm/swap/store-contract.ts";

const OBJECT_STORE = "clusters";

let opened: RemoteSwapStore | undefined;

const storage = {
  patternPages,

  /** Starts a storage worker, which `store` then is; its database's name. */
  async open(): Promise<string> {
    opened = await openRemoteSwapStore();
    return opened.name;
  },

  get store(): RemoteSwapStore {
    if (opened === undefined) throw new Error("nothing is open");
    return opened;
  },

  /** Runs a case of the contract over a store of its own. */
  async runCase(name: string): Promise<void> {
    const found = swapStoreContract.find((entry) => entry.name === name);
    if (found === undefined) throw new Error(`there is no case "${name}"`);
    await found.run(await openRemoteSwapStore());
  },

  /** "Name: text" of a rejection, or "success". */
  outcomeOf: (request: Promise<unknown>): Promise<string> =>
    request.then(
      () => "success",
      (error: unknown) => String(error),
    ),

  /** The ids below 1000 of a cluster's pages, as `patternPages` makes them; undefined for any other page. */
  idsOf: (cluster: Uint8Array): (number | undefined)[] =>
    Array.from({ length: cluster.length / 4096 }, (_, place) => {
      const page = cluster.subarray(place * 4096, (place + 1) * 4096);
      const candidates = Array.from({ length: 1000 }, (_, id) => id);
      return candidates.find((id) => patternPages(id).every((byte, at) => byte === page[at]));
    }),

  /** The names of all databases of the origin. */
  async databases(): Promise<string[]> {
    return (await indexedDB.databases()).map(({ name }) => name ?? "").toSorted();
  },

  /** What lies in a machine's database under a key. */
  async peek(name: string, key: number): Promise<unknown> {
    const database = await connect(name);
    const request = database.transaction(OBJECT_STORE).objectStore(OBJECT_STORE).get(key);
    const value = await settled<unknown>(request);
    database.close();
    return value;
  },

  /** Puts something else in its place; undefined removes it. */
  async poke(name: string, key: number, value: unknown): Promise<void> {
    const database = await connect(name);
    const objects = database.transaction(OBJECT_STORE, "readwrite").objectStore(OBJECT_STORE);
    if (value === undefined) await settled(objects.delete(key));
    else await settled(objects.put(value, key));
    database.close();
  },

  /** Makes a database of this name and leaves a connection open, which does not yield to a deletion. */
  async occupy(name: string): Promise<void> {
    await connect(name);
  },
};

function connect(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name);
  request.addEventListener("upgradeneeded", () => {
    if (!request.result.objectStoreNames.contains(OBJECT_STORE))
      request.result.createObjectStore(OBJECT_STORE);
  });
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () =>
      reject(request.error ?? new Error("a request failed without a reason")),
    );
  });
}

declare global {
  // Reached by `globalThis` in a page and in a worker alike, which only a `var` can be.
  // oxlint-disable-next-line no-var
  var storage: StorageClient;
}
type StorageClient = typeof storage;

globalThis.storage = storage;
