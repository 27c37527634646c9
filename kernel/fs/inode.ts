// Files without their names. An inode holds what stat(2) shows and the operations of its type; a file system subclasses
// it. Every operation is synchronous and answers a value or a negative errno. The VFS has checked permissions, name
// lengths and the read-only state of the mount before it calls one. Names are byte strings: one character a byte.
// Specification: inode(7), and the man page of the system call that each operation is named after.

import { EINVAL, ENODEV, ENOTDIR, ENXIO, EPERM } from "../abi/errno.ts";
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from "../abi/stat.ts";
import type { MemoryObject } from "../mm/memory-object.ts";
import type { Caller } from "./caller.ts";
import type { Dentry } from "./dentry.ts";
import type { File } from "./file.ts";
import type { FileSystem } from "./file-system.ts";

/** Which times `touch` sets. */
export const TOUCH_A = 1;
export const TOUCH_M = 2;
export const TOUCH_C = 4;

/** Gets directory entries: `type` is a DT_* number, `next` the position after this entry. False ends the listing, and
 * the entry that met it comes again next time. */
export type DirectoryVisitor = (name: string, ino: number, type: number, next: number) => boolean;

export abstract class Inode {
  readonly fileSystem: FileSystem;
  readonly ino: number;
  /** Type and permission bits. */
  mode: number;
  uid = 0;
  gid = 0;
  /** Names that lead here; a directory counts itself and its subdirectories' "..". */
  nlink = 1;
  /** The device that a device file stands for. */
  rdev = 0;
  /** Seconds since 1970 and nanoseconds of access, data and inode change. */
  atime = 0;
  atimeNsec = 0;
  mtime = 0;
  mtimeNsec = 0;
  ctime = 0;
  ctimeNsec = 0;
  /** Open file descriptions; with nlink, what keeps a file's data alive. */
  openCount = 0;
  /** Processes that run this file (kernel/proc counts): it cannot be opened for writing. */
  executing = 0;

  constructor(fileSystem: FileSystem, mode: number, ino = fileSystem.nextIno()) {
    this.fileSystem = fileSystem;
    this.mode = mode;
    this.ino = ino;
    this.touch(TOUCH_A | TOUCH_M | TOUCH_C);
  }

  /** st_size in bytes. */
  get size(): number {
    return 0;
  }

  get blockSize(): number {
    return 4096;
  }

  /** st_blocks: units of 512 bytes that hold data. */
  get blocks(): number {
    return Math.ceil(this.size / 4096) * 8;
  }

  get isDirectory(): boolean {
    return (this.mode & S_IFMT) === S_IFDIR;
  }

  get isRegular(): boolean {
    return (this.mode & S_IFMT) === S_IFREG;
  }

  get isSymlink(): boolean {
    return (this.mode & S_IFMT) === S_IFLNK;
  }

  /** The memory object behind mmap(2), where the file has one. */
  get object(): MemoryObject | undefined {
    return undefined;
  }

  /** Sets times to now: TOUCH_* bits. */
  touch(which: number): void {
    const { clock } = this.fileSystem;
    const now = clock.now();
    const seconds = Math.floor(now / 1e9);
    const nanoseconds = now - seconds * 1e9;
    const time = clock.bootSeconds + seconds;
    if (which & TOUCH_A) {
      this.atime = time;
      this.atimeNsec = nanoseconds;
    }
    if (which & TOUCH_M) {
      this.mtime = time;
      this.mtimeNsec = nanoseconds;
    }
    if (which & TOUCH_C) {
      this.ctime = time;
      this.ctimeNsec = nanoseconds;
    }
  }

  /** When it was changed last, as one number: with device and inode it tells whether a file is still the same. */
  get changed(): number {
    return this.ctime * 1e9 + this.ctimeNsec;
  }

  /** Marks a read the way Linux's default (relatime) does: only when the access time would otherwise mislead. */
  accessed(): void {
    if (this.fileSystem.readOnly) return;
    const { clock } = this.fileSystem;
    const stale =
      this.atime < this.mtime ||
      this.atime < this.ctime ||
      (this.atime === this.mtime && this.atimeNsec <= this.mtimeNsec) ||
      (this.atime === this.ctime && this.atimeNsec <= this.ctimeNsec) ||
      clock.bootSeconds + Math.floor(clock.now() / 1e9) - this.atime >= 86_400;
    if (stale) this.touch(TOUCH_A);
  }

  /** Makes the open file description. O_CREAT, O_EXCL and O_TRUNC are done. */
  open(_dentry: Dentry, _flags: number, _caller: Caller): File | number {
    return -ENXIO;
  }

  /** Called when the last description is closed or the last name is gone: whoever is left without both frees its data. */
  release(): void {}

  // Directories. -ENOTDIR from anything else.

  lookup(_name: string, _caller: Caller | undefined): Inode | number {
    return -ENOTDIR;
  }

  /** Makes a file of the type in `mode` (regular, device, fifo, socket) under a name known to be free. */
  create(_name: string, _mode: number, _rdev: number, _caller: Caller): Inode | number {
    return -EPERM;
  }

  mkdir(_name: string, _mode: number, _caller: Caller): Inode | number {
    return -EPERM;
  }

  symlink(_name: string, _target: string, _caller: Caller): Inode | number {
    return -EPERM;
  }

  link(_name: string, _inode: Inode): number {
    return -EPERM;
  }

  unlink(_name: string, _inode: Inode): number {
    return -EPERM;
  }

  /** -ENOTEMPTY unless it is empty. */
  rmdir(_name: string, _inode: Inode): number {
    return -EPERM;
  }

  /** Moves `inode` from this directory to `to`, in place of `replaced`; or swaps the two. */
  rename(
    _name: string,
    _inode: Inode,
    _to: Inode,
    _toName: string,
    _replaced: Inode | undefined,
    _exchange: boolean,
  ): number {
    return -EPERM;
  }

  /** Lists from a position (0 is the start), without "." and "..". */
  list(_from: number, _visit: DirectoryVisitor): number {
    return -ENOTDIR;
  }

  // Symbolic links.

  /** The target as text. */
  readlink(_caller: Caller | undefined): string | number {
    return -EINVAL;
  }

  /** A link that leads to a file, not to a path (/proc/PID/fd): undefined for ordinary links. */
  followLink(_caller: Caller): Dentry | number | undefined {
    return undefined;
  }

  // Data.

  truncate(_size: number): number {
    return -EINVAL;
  }

  /** What mmap(2) maps. 0 stands for anonymous memory. */
  mapObject(_shared: boolean): MemoryObject | number {
    return this.object ?? -ENODEV;
  }
}
