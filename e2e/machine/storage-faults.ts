// What comes before the storage worker's own code when storage is to misbehave: it stands between the kernel's worker and
// the storage worker, and between that and IndexedDB. A test says what goes wrong through a BroadcastChannel.

import type { StorageFaults } from "./faulty-site.ts";

/** A request to the storage worker, as comlink sends it. */
interface Request {
  readonly path?: readonly string[];
}

let faults: StorageFaults = globalThis.firstFaults;
/** Requests that are kept, each as what lets it through. */
const kept: (() => void)[] = [];
let requests = 0;
let puts = 0;
/** How the clusters begin whose writes have failed, and the keys of those that consist of pages of the program hog. */
const failed = new Set<string>();
const ofHog = new Set<IDBValidKey>();

new BroadcastChannel("storage-faults").addEventListener("message", ({ data }) => {
  faults = data as StorageFaults;
  if (faults.hold !== true) for (const letThrough of kept.splice(0)) letThrough();
});

// ---------------------------------------------------------------------------------------------------------------------
// Requests: late, kept, or the last

const passed = new WeakSet<Event>();

addEventListener("message", (event) => {
  const [operation = ""] = (event.data as Request).path ?? [];
  if (passed.has(event) || !["write", "read", "remove"].includes(operation)) return;
  requests++;
  if (requests === faults.crashAt) {
    event.stopImmediatePropagation();
    setTimeout(() => {
      throw new Error("out of luck");
    });
    return;
  }
  if (faults.hold !== true && faults.delay === undefined) return;
  event.stopImmediatePropagation();
  const letThrough = (): void => {
    const again = new MessageEvent("message", { data: event.data as unknown });
    passed.add(again);
    dispatchEvent(again);
  };
  if (faults.hold === true) kept.push(letThrough);
  else setTimeout(letThrough, faults.delay);
});

// ---------------------------------------------------------------------------------------------------------------------
// IndexedDB: transactions that are aborted, values that cannot be read

/** In a page of hog each word is as far from the next as the first from the second. */
function isHogs(cluster: unknown): boolean {
  if (!(cluster instanceof Uint8Array)) return false;
  const words = new BigUint64Array(cluster.slice().buffer);
  for (let page = 0; page < words.length; page += 512) {
    const at = (index: number): bigint => words[page + index] ?? 0n;
    const step = BigInt.asUintN(64, at(1) - at(0));
    for (const index of [1, 2, 100, 510])
      if (step === 0n || BigInt.asUintN(64, at(index + 1) - at(index)) !== step) return false;
  }
  return true;
}

/** Whether this write is to fail: from one on all of them, or one in so many but never the same pages twice. */
function isToFail(value: unknown): boolean {
  puts++;
  if (faults.failWritesFrom !== undefined) return puts >= faults.failWritesFrom;
  if (faults.abortOneIn === undefined || puts % faults.abortOneIn !== 0) return false;
  const start = value instanceof Uint8Array ? value.subarray(0, 256).join() : "";
  if (failed.has(start)) return false;
  failed.add(start);
  return true;
}

/** The method as it was. */
const put = Reflect.get(IDBObjectStore.prototype, "put");
const get = Reflect.get(IDBObjectStore.prototype, "get");

IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
  const request = put.call(this, value, key);
  if (isToFail(value)) request.addEventListener("success", () => this.transaction.abort());
  else if (key !== undefined && isHogs(value)) ofHog.add(key);
  return request;
};

IDBObjectStore.prototype.get = function (key: IDBValidKey | IDBKeyRange) {
  if (faults.loseHogs === true && ofHog.has(key as IDBValidKey))
    throw new DOMException("the disk is broken here", "UnknownError");
  return get.call(this, key);
};

if (faults.denied === true) {
  IDBFactory.prototype.open = () => {
    throw new DOMException("not in this mode", "SecurityError");
  };
}

declare global {
  /** What goes wrong from the start; said by who serves this file. */
  // oxlint-disable-next-line no-var -- what a `const` declares is not in `globalThis`
  var firstFaults: StorageFaults;
}
