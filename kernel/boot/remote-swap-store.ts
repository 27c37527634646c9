// The kernel worker's side of the storage worker (kernel/boot/storage-worker.ts).

import { transfer, wrap } from "comlink";
import type { SwapStore } from "../mm/swap/store.ts";
import type { StorageWorker } from "./storage-worker.ts";

export interface RemoteSwapStore extends SwapStore {
  /** The IndexedDB database in which the clusters are. */
  readonly name: string;
}

/**
 * Starts the storage worker, which lies beside this bundle, and makes the machine's database. Rejects with a sentence
 * when the worker cannot be loaded or IndexedDB not be used. If the worker fails later, every request rejects.
 */
export async function openRemoteSwapStore(): Promise<RemoteSwapStore> {
  const worker = new Worker(new URL("./storage-worker.js", import.meta.url), {
    type: "module",
    name: "storage",
  });
  const { answer, lose } = answerable(worker);
  const remote = wrap<StorageWorker>(worker);
  const close = (): void => lose("the swap store is closed");
  const name = await answer(() => remote.open()).then(
    (database) => database.name,
    (error: unknown) => {
      close();
      throw error;
    },
  );
  return {
    name,
    write: (key, pages, folds) =>
      answer(() => remote.write(key, transfer(pages, [pages.buffer as ArrayBuffer]), folds)),
    read: (key) => answer(() => remote.read(key)),
    remove: (keys) => answer(() => remote.remove(keys)),
    close: () => answer(() => remote.close()).finally(close),
  };
}

interface Answerable {
  /** Makes a request; its answer, or a rejection as soon as it is known that none will come. */
  readonly answer: <T>(request: () => Promise<T>) => Promise<T>;
  /** Ends the worker: what has not been answered rejects with this reason, and so does what is asked later. */
  readonly lose: (reason: string) => void;
}

/** Comlink waits for ever for a worker that has failed. */
function answerable(worker: Worker): Answerable {
  const waiting = new Set<(error: Error) => void>();
  let lost: Error | undefined;
  const lose = (reason: string): void => {
    lost ??= new Error(reason);
    worker.terminate();
    for (const reject of waiting) reject(lost);
    waiting.clear();
  };
  worker.addEventListener("error", (event) => {
    // Otherwise the browser would report it as the kernel worker's own failure, and the page would give the machine up.
    event.preventDefault();
    // A worker that could not be loaded is an event without a message.
    lose(
      event.message
        ? `the storage worker failed: ${event.message}`
        : "storage-worker.js could not be loaded",
    );
  });
  worker.addEventListener("messageerror", () =>
    lose("an answer of the storage worker could not be read"),
  );
  const answer: Answerable["answer"] = (request) =>
    new Promise((resolve, reject) => {
      if (lost !== undefined) {
        reject(lost);
        return;
      }
      waiting.add(reject);
      request()
        .then(resolve, reject)
        .finally(() => waiting.delete(reject));
    });
  return { answer, lose };
}
