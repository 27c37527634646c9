// What all stores of clusters do alike: folding pages of older clusters into a new one, and naming what goes wrong.

import { PAGE_SIZE } from "../../abi/sv39.ts";
import type { Fold } from "./store.ts";

/** IndexedDB's own words (https://webidl.spec.whatwg.org/#idl-DOMException-error-names), whatever the store is. */
export type SwapErrorName =
  | "AbortError"
  | "DataError"
  | "InvalidStateError"
  | "NotFoundError"
  | "NotSupportedError"
  | "QuotaExceededError"
  | "TimeoutError";

/** An error that is known by its name: of a rejection nothing but name and text crosses from one worker to another. */
export function swapError(name: SwapErrorName, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { name });
}

/**
 * A cluster's bytes: `pages`, and behind them the pages of `folds`. Reads one old cluster after the other, so that no
 * more than one of them is in memory; without folds the result is `pages` itself. Rejects when a read does, and with
 * "DataError" when an old cluster lacks a place or the result is not one page or more.
 */
export async function foldCluster(
  pages: Uint8Array,
  folds: readonly Fold[],
  read: (key: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const folded = folds.reduce((sum, { places }) => sum + places.length, 0);
  const length = pages.length + folded * PAGE_SIZE;
  if (length === 0 || length % PAGE_SIZE !== 0)
    throw swapError("DataError", `${length} bytes are no cluster of pages`);
  if (folded === 0) return pages;
  const cluster = new Uint8Array(length);
  cluster.set(pages);
  let at = pages.length;
  for (const { key, places } of folds) {
    const old = await read(key);
    for (const place of places) {
      const page = old.subarray(place * PAGE_SIZE, (place + 1) * PAGE_SIZE);
      if (place < 0 || page.length !== PAGE_SIZE)
        throw swapError("DataError", `swap cluster ${key} has no page ${place}`);
      cluster.set(page, at);
      at += PAGE_SIZE;
    }
  }
  return cluster;
}
