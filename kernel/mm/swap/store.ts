// Where swapped pages go: a store of clusters, each one value. In a browser it is IndexedDB in a worker of its own
// (kernel/boot/storage-worker.ts), in Node a file (kernel/boot/node/swap-file.ts). Nothing of it outlives its machine.

/** Pages of an older cluster that go into a new one; the old one is not removed before that has been written. */
export interface Fold {
  readonly key: number;
  /** Places in the old cluster, in pages. */
  readonly places: readonly number[];
}

/**
 * Requests of one machine come one after another and may overlap; a read of a cluster is never asked for before its
 * write has succeeded, nor after its removal. A rejection's `name` is "QuotaExceededError" when there is no more room,
 * and anything else for another failure; what was stored before stays as it was.
 */
export interface SwapStore {
  /**
   * Stores a cluster: `pages`, whose buffer the store takes over, and behind them the pages that are folded in, in the
   * order of `folds`. Keys are small integers that are used once.
   */
  write(key: number, pages: Uint8Array, folds: readonly Fold[]): Promise<void>;
  /** A cluster as it was written; rejects when it is not there. */
  read(key: number): Promise<Uint8Array>;
  remove(keys: readonly number[]): Promise<void>;
  /** Deletes everything. The store is not used afterwards. */
  close(): Promise<void>;
}
