// A store that may still be on its way: the prompt does not wait for storage, and neither does the first page that goes
// out, since nobody waits for that one either.

import type { SwapStore } from "../mm/swap/store.ts";

/** Passes every request on once the store is open; they are rejected with the reason if it cannot be opened. */
export function storeWhenOpen(opening: Promise<SwapStore>): SwapStore {
  // Whoever makes a request hears of a failure.
  opening.catch(() => {});
  return {
    write: async (key, pages, folds) => (await opening).write(key, pages, folds),
    read: async (key) => (await opening).read(key),
    remove: async (keys) => (await opening).remove(keys),
    close: async () => {
      const store = await opening.catch(() => undefined);
      await store?.close();
    },
  };
}
