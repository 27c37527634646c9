// Where Node keeps swapped pages: one file without a name, so that nothing of it is left however the process ends.

import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PAGE_SIZE } from "../../abi/sv39.ts";
import { foldCluster, swapError } from "../../mm/swap/cluster.ts";
import type { SwapStore } from "../../mm/swap/store.ts";
import { FileExtents } from "./file-extents.ts";

/** Host errors that mean: no more room. EFBIG is a limit of the process's own (`ulimit -f`). */
const NO_ROOM = new Set<unknown>(["ENOSPC", "EDQUOT", "EFBIG"]);

/** The part of a FileHandle that is used here; may do less than it is asked to, as the host's own calls. */
export interface SwapHandle {
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  write(
    from: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  close(): Promise<void>;
}

interface Cluster {
  /** In pages, as its place in the file. */
  readonly start: number;
  readonly length: number;
  /** One for being stored, one for each read under way: the place is free when nobody is left. */
  users: number;
}

/**
 * Opens a swap file in a directory of the host. Rejects with a sentence when there can be none.
 * @param remove deletes a file by its path; tests bring one that refuses
 */
export async function openSwapFile(
  directory: string = tmpdir(),
  remove: (path: string) => Promise<void> = unlink,
): Promise<SwapStore> {
  const path = join(directory, `vitrine-swap-${randomUUID()}`);
  let handle: FileHandle;
  try {
    handle = await open(path, "wx+", 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(`no swap file can be made: ${reason}`, { cause: error }), {
      name: named(error).name,
    });
  }
  // Some hosts refuse this while the file is open; there it is deleted at the end.
  const isNameless = await remove(path).then(
    () => true,
    () => false,
  );
  const store = storeClusters(handle);
  if (isNameless) return store;
  return {
    ...store,
    async close() {
      await store.close();
      await remove(path);
    },
  };
}

/** Keeps clusters in an open file. The file grows to what was stored at once, and does not shrink. */
export function storeClusters(handle: SwapHandle): SwapStore {
  const extents = new FileExtents();
  const clusters = new Map<number, Cluster>();

  const find = (key: number): Cluster => {
    const cluster = clusters.get(key);
    if (cluster === undefined) throw swapError("NotFoundError", `there is no swap cluster ${key}`);
    return cluster;
  };

  const release = (cluster: Cluster): void => {
    cluster.users -= 1;
    if (cluster.users === 0) extents.give(cluster.start, cluster.length);
  };

  const read = async (key: number): Promise<Uint8Array> => {
    const cluster = find(key);
    cluster.users += 1;
    try {
      return await readAll(handle, cluster.start * PAGE_SIZE, cluster.length * PAGE_SIZE);
    } finally {
      release(cluster);
    }
  };

  return {
    async write(key, pages, folds) {
      const bytes = await foldCluster(pages, folds, read);
      const length = bytes.length / PAGE_SIZE;
      const cluster = { start: extents.take(length), length, users: 1 };
      try {
        await writeAll(handle, bytes, cluster.start * PAGE_SIZE);
      } catch (error) {
        release(cluster);
        throw named(error);
      }
      clusters.set(key, cluster);
    },
    read,
    async remove(keys) {
      for (const key of keys) {
        const cluster = clusters.get(key);
        clusters.delete(key);
        if (cluster !== undefined) release(cluster);
      }
    },
    close: () => handle.close(),
  };
}

/** The host may write less than it is asked to, as when the disk has just become full. */
async function writeAll(handle: SwapHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at);
    at += bytesWritten;
  }
}

async function readAll(handle: SwapHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw swapError("DataError", "the swap file has become shorter");
    at += bytesRead;
  }
  return bytes;
}

function named(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if ("code" in error && NO_ROOM.has(error.code))
    return swapError("QuotaExceededError", `no room for swapped pages: ${error.message}`, error);
  return error;
}
