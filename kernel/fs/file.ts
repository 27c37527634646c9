// The open file description: what open(2) makes and dup(2) and fork(2) share. Operations are synchronous and never wait;
// where Linux would sleep they answer -EAGAIN, and the system-call layer, which owns waiting, sleeps on `waitQueues` and
// tries again. Specification: open(2), read(2), write(2), lseek(2), poll(2), "Open file descriptions".

import { EACCES, EBADF, EINVAL, EISDIR, ENOTDIR, ENOTTY, ENXIO, ESPIPE } from "../abi/errno.ts";
import {
  O_ACCMODE,
  O_APPEND,
  O_NONBLOCK,
  O_PATH,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  SEEK_CUR,
  SEEK_DATA,
  SEEK_END,
  SEEK_HOLE,
  SEEK_SET,
} from "../abi/fcntl.ts";
import { POLLIN, POLLOUT, POLLRDNORM, POLLWRNORM } from "../abi/process.ts";
import { S_IFDIR, S_IFMT } from "../abi/stat.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import type { MemoryObject } from "../mm/memory-object.ts";
import type { WaitQueue } from "../sched/wait-queue.ts";
import type { Caller } from "./caller.ts";
import { type Dentry, pathOf } from "./dentry.ts";
import type { DirectoryVisitor, Inode } from "./inode.ts";

/** Ready for both, as regular files always are. */
export const POLL_ALWAYS = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;

/** A job-control signal is on its way to the caller, which shall handle it and then issue the call again: the
 * system-call layer treats this as a wait that the signal interrupted. Never seen by programs. */
export const ERESTARTSYS = 512;

const NO_QUEUES: readonly WaitQueue[] = [];

/** No file is larger (MAX_LFS_FILESIZE, as far as doubles are exact). */
export const MAX_FILE_SIZE = Number.MAX_SAFE_INTEGER;

export abstract class File {
  readonly dentry: Dentry;
  /** Access mode and status flags, as F_GETFL shows them; F_SETFL changes O_APPEND, O_NONBLOCK and kin. */
  flags: number;
  /** The file offset in bytes; for directories a cookie. */
  position = 0;
  /** Descriptors, mappings under way and calls that hold this description. */
  #references = 1;

  constructor(dentry: Dentry, flags: number) {
    this.dentry = dentry;
    this.flags = flags;
    dentry.inode.openCount++;
  }

  get inode(): Inode {
    return this.dentry.inode;
  }

  get readable(): boolean {
    const access = this.flags & O_ACCMODE;
    return (access === O_RDONLY || access === O_RDWR) && (this.flags & O_PATH) === 0;
  }

  get writable(): boolean {
    const access = this.flags & O_ACCMODE;
    return (access === O_WRONLY || access === O_RDWR) && (this.flags & O_PATH) === 0;
  }

  get nonBlocking(): boolean {
    return (this.flags & O_NONBLOCK) !== 0;
  }

  /** Whether pread(2) and lseek(2) make sense. */
  get seekable(): boolean {
    return true;
  }

  // Counting.

  retain(): this {
    this.#references++;
    return this;
  }

  /** Gives one reference back; the last one closes the description. */
  release(): void {
    if (--this.#references > 0) return;
    this.close();
    const { inode } = this;
    if (--inode.openCount === 0) inode.release();
  }

  get references(): number {
    return this.#references;
  }

  /** The description is gone. */
  protected close(): void {}

  // Reading and writing. The two operations that subclasses define get the position; the four after them are what
  // system calls use: they check the access mode and keep `position`.

  /** Reads at `position`: bytes, 0 at the end, -EAGAIN when there is nothing yet, -EFAULT when the sink took nothing. */
  read(_caller: Caller, _sink: ByteSink, _position: number): number {
    return -EINVAL;
  }

  /** Writes at `position`: bytes, -EAGAIN when there is no room yet. */
  write(_caller: Caller, _source: ByteSource, _position: number): number {
    return -EINVAL;
  }

  /** True where a blocking write goes on until everything is written (pipes, terminals): after a short write the
   * system-call layer waits and writes the rest. */
  get writesAll(): boolean {
    return false;
  }

  /** How long a read that got -EAGAIN may sleep: absolute virtual ns. `started` is when the system call began. Then
   * `readExpired` has the answer. Asked again after every wake. (VTIME of terminals.) */
  readDeadline(_started: number): number {
    return Infinity;
  }

  /** What a read returns when its deadline has passed. */
  readExpired(_caller: Caller, _sink: ByteSink): number {
    return 0;
  }

  /** read(2). */
  readNext(caller: Caller, sink: ByteSink): number {
    if (!this.readable) return -EBADF;
    const done = this.read(caller, sink, this.position);
    if (done > 0 && this.seekable) this.position += done;
    return done;
  }

  /** write(2). */
  writeNext(caller: Caller, source: ByteSource): number {
    if (!this.writable) return -EBADF;
    if (!this.seekable) return this.write(caller, source, 0);
    const start = (this.flags & O_APPEND) !== 0 ? this.inode.size : this.position;
    const done = this.write(caller, source, start);
    if (done > 0) this.position = start + done;
    return done;
  }

  /** pread64(2). */
  readAt(caller: Caller, sink: ByteSink, position: number): number {
    if (position < 0) return -EINVAL;
    if (!this.seekable) return -ESPIPE;
    if (!this.readable) return -EBADF;
    return this.read(caller, sink, position);
  }

  /** pwrite64(2); O_APPEND wins over the position, as on Linux. */
  writeAt(caller: Caller, source: ByteSource, position: number): number {
    if (position < 0) return -EINVAL;
    if (!this.seekable) return -ESPIPE;
    if (!this.writable) return -EBADF;
    return this.write(caller, source, (this.flags & O_APPEND) !== 0 ? this.inode.size : position);
  }

  /** lseek(2): the new position or an errno. */
  seek(offset: number, whence: number): number {
    if (!this.seekable) return -ESPIPE;
    let target: number;
    switch (whence) {
      case SEEK_SET:
        target = offset;
        break;
      case SEEK_CUR:
        target = this.position + offset;
        break;
      case SEEK_END:
        target = this.inode.size + offset;
        break;
      // A file without a notion of holes is all data, with the one hole that every file has: behind its end.
      case SEEK_DATA:
        if (offset < 0 || offset >= this.inode.size) return -ENXIO;
        target = offset;
        break;
      case SEEK_HOLE:
        if (offset < 0 || offset >= this.inode.size) return -ENXIO;
        target = this.inode.size;
        break;
      default:
        return -EINVAL;
    }
    if (target < 0 || target > MAX_FILE_SIZE) return -EINVAL;
    this.position = target;
    return target;
  }

  truncate(size: number): number {
    if (!this.writable) return -EINVAL;
    return this.inode.truncate(size);
  }

  /** getdents64(2): visits from `position` on, and moves it. 0 or an errno. */
  readdir(_caller: Caller, _visit: DirectoryVisitor): number {
    return -ENOTDIR;
  }

  ioctl(_caller: Caller, _request: number, _argument: number): number {
    return -ENOTTY;
  }

  /** POLL* bits that hold now. */
  poll(): number {
    return POLL_ALWAYS;
  }

  /** The queues on which a change of any of these POLL* bits wakes; empty when they never change. Hang-up and error
   * wake on all of them. */
  waitQueues(_mask: number): readonly WaitQueue[] {
    return NO_QUEUES;
  }

  /** What a mapping of this file is called, empty where the object's own name tells it: of several hard links the object
   * can name only one. */
  get mappingName(): string {
    return this.inode.nlink > 1 && this.inode.isRegular ? pathOf(this.dentry) : "";
  }

  /** mmap(2): the object to map, 0 for anonymous memory, or an errno. What a mapping may write is its maxProt's. */
  mapObject(shared: boolean): MemoryObject | number {
    if (!this.readable) return -EACCES;
    return this.inode.mapObject(shared);
  }
}

/** What O_PATH opens: a place in the tree and nothing else. */
export class PathFile extends File {
  override readNext(): number {
    return -EBADF;
  }

  override writeNext(): number {
    return -EBADF;
  }

  override readAt(): number {
    return -EBADF;
  }

  override writeAt(): number {
    return -EBADF;
  }

  override seek(): number {
    return -EBADF;
  }

  override truncate(): number {
    return -EBADF;
  }

  override ioctl(): number {
    return -EBADF;
  }

  override readdir(): number {
    return -EBADF;
  }

  override mapObject(): number {
    return -EBADF;
  }
}

/** An open directory. "." and ".." are positions 0 and 1; the file system's own cookies follow. */
export class DirectoryFile extends File {
  override read(): number {
    return -EISDIR;
  }

  override write(): number {
    return -EISDIR;
  }

  override readdir(_caller: Caller, visit: DirectoryVisitor): number {
    const { inode, dentry } = this;
    if ((inode.mode & S_IFMT) !== S_IFDIR) return -ENOTDIR;
    if (this.position === 0) {
      if (!visit(".", inode.ino, 4, 1)) return 0;
      this.position = 1;
    }
    if (this.position === 1) {
      const up = dentry.parent ?? dentry.mount.covers?.parent ?? dentry;
      if (!visit("..", up.inode.ino, 4, 2)) return 0;
      this.position = 2;
    }
    return inode.list(this.position - 2, (name, ino, type, next) => {
      if (!visit(name, ino, type, next + 2)) return false;
      this.position = next + 2;
      return true;
    });
  }
}
