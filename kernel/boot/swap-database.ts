// A machine's own IndexedDB database for swapped pages, which must not outlive it.
//
// While the machine lives, its storage worker holds a Web Lock (https://w3c.github.io/web-locks/) with the database's
// name, and the browser lets go of it when the tab dies, however it dies. So a database whose lock can be had is the
// leftover of a dead machine, and the next machine that starts deletes it. Where there are no locks (a page that came
// over plain http) nobody can tell the dead from the living, and nothing of others is deleted.

import { createStore, type UseStore } from "idb-keyval";
import { swapError } from "../mm/swap/cluster.ts";

const PREFIX = "vitrine-swap-";
const OBJECT_STORE = "clusters";

/** A database that another process is still closing cannot be deleted at once: nobody waits longer than this for it. */
const DELETION_MS = 1000;

/** A browser that has not made the database by then never will. */
const OPENING_MS = 10_000;

const NO_REASON = { name: "AbortError", message: "" };

export interface SwapDatabase {
  readonly name: string;
  /** For idb-keyval's functions. Rejects with an Error that has the name of the failure, always. */
  readonly store: UseStore;
  /** Deletes the database; the store is not used afterwards. */
  delete(): Promise<void>;
}

/**
 * Makes the database, after deleting those of dead machines. Rejects with a sentence that says why it cannot be had; the
 * lock then ends with the worker.
 */
export async function createSwapDatabase(): Promise<SwapDatabase> {
  try {
    const database = await atMost(OPENING_MS, create());
    if (database !== undefined) return database;
    throw swapError("TimeoutError", `it did not answer for ${OPENING_MS / 1000} seconds`);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const sentence = `IndexedDB, where pages are swapped to, cannot be used: ${name}: ${message}`;
    throw Object.assign(new Error(sentence), { name });
  }
}

async function create(): Promise<SwapDatabase> {
  if (!("indexedDB" in globalThis) || !globalThis.indexedDB)
    throw swapError("NotSupportedError", "this browser has none");
  const name = PREFIX + uniqueName();
  const locks = lockManager();
  // The lock comes before the database: one whose lock is free may be deleted by any other tab.
  const release = await holdLock(locks, name);
  if (locks !== undefined && release !== undefined)
    await atMost(DELETION_MS, deleteLeftovers(locks)).catch(() => undefined);
  const store = withReasons(createStore(name, OBJECT_STORE));
  // idb-keyval opens a database when it is first used.
  await store("readonly", () => undefined);
  return { name, store, delete: () => deleteOwn(name, store, release) };
}

/** Insecure contexts have no randomUUID. */
function uniqueName(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function lockManager(): LockManager | undefined {
  return navigator.locks;
}

/** Takes a lock and keeps it; resolves to what lets it go, or to undefined where there are no locks to be had. */
async function holdLock(
  locks: LockManager | undefined,
  name: string,
): Promise<(() => void) | undefined> {
  if (locks === undefined) return undefined;
  return new Promise((resolve) => {
    const hold = (): Promise<void> => new Promise((release) => resolve(release));
    locks.request(name, hold).catch(() => resolve(undefined));
  });
}

/**
 * Deletes what can be deleted; what cannot is left to the next machine. Each is deleted while its lock is held, so that
 * two tabs that start together do not meet.
 */
async function deleteLeftovers(locks: LockManager): Promise<void> {
  // Firefox before 126 cannot list databases.
  if (!("databases" in indexedDB)) return;
  const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
  const deletions = names
    .filter((name) => name.startsWith(PREFIX))
    .map((name) =>
      locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock !== null) await deleteDatabase(name);
      }),
    );
  await Promise.allSettled(deletions);
}

/** Settles when the database is gone, or cannot be deleted; a blocked deletion goes on when the last connection closes. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((settled) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener("success", () => settled());
    request.addEventListener("error", () => settled());
  });
}

async function deleteOwn(
  name: string,
  store: UseStore,
  release: (() => void) | undefined,
): Promise<void> {
  // An open connection would block the deletion. Closing waits for transactions under way.
  const database = await store("readonly", ({ transaction }) => transaction.db);
  database.close();
  await atMost(DELETION_MS, deleteDatabase(name).finally(release));
}

/** What the promise settles to, or undefined when that takes longer than so many milliseconds. */
async function atMost<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * idb-keyval rejects with its transaction's error, and that may be null: an aborted transaction need not say why, and one
 * with a request that failed does so only after idb-keyval has looked. The request's own error is the reason then.
 * Chromium's QuotaExceededError has a name and no text.
 */
function withReasons(store: UseStore): UseStore {
  return (mode, callback) =>
    store(mode, async (objects) => {
      let reason: DOMException | null = null;
      objects.transaction.addEventListener("error", ({ target }) => {
        if (target instanceof IDBRequest) reason ??= target.error;
      });
      try {
        return await callback(objects);
      } catch (error) {
        const { name, message } = error instanceof Error ? error : (reason ?? NO_REASON);
        throw Object.assign(new Error(message || "IndexedDB did not say why"), { name });
      }
    });
}
