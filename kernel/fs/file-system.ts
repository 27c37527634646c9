// A file system's identity: what statfs(2) and /proc/mounts say of it, and the source of its inode numbers.

import type { Inode } from "./inode.ts";

/** Machine time for files. */
export interface FileClock {
  /** Nanoseconds since boot, virtual. */
  now(): number;
  /** Seconds since 1970 at boot, an integer. */
  readonly bootSeconds: number;
}

export abstract class FileSystem {
  /** The type's name in /proc/mounts and /proc/filesystems. */
  abstract readonly type: string;
  /** statfs's f_type. */
  abstract readonly magic: number;
  /** st_dev of its files. */
  readonly dev: number;
  readonly clock: FileClock;
  readonly readOnly: boolean = false;
  /** Whether names change only through the VFS, so that looked-up names can be kept. */
  readonly stableNames: boolean = true;
  /** Whether a name that is not there cannot be made, whatever else may be wrong with the attempt: ENOENT (proc). */
  readonly fixedNames: boolean = false;
  /** Whether its files have no place in the tree (pipes). */
  readonly detached: boolean = false;
  #lastIno = 0;

  constructor(dev: number, clock: FileClock) {
    this.dev = dev;
    this.clock = clock;
  }

  abstract readonly root: Inode;

  nextIno(): number {
    return ++this.#lastIno;
  }

  /** f_bsize blocks in all, and free; 0 and 0 where the notion makes no sense. */
  blocks(): { total: number; free: number } {
    return { total: 0, free: 0 };
  }

  /** Inodes in all, and free. */
  files(): { total: number; free: number } {
    return { total: 0, free: 0 };
  }
}
