// A file system in memory: names and inodes are kernel objects, the bytes of files live in frames of shared memory, so
// that read, write and mmap meet there and the frame table sees them. It also is what /dev is made of (devtmpfs).
// Specification: tmpfs(5).

import { EFBIG, EINVAL, EMLINK, ENOENT, ENOSPC, ENOTEMPTY } from "../abi/errno.ts";
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, S_ISGID } from "../abi/stat.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import type { ByteSource } from "../lib/io.ts";
import type { MemoryManager } from "../mm/memory-manager.ts";
import type { MemoryObject } from "../mm/memory-object.ts";
import { ShmemObject } from "../mm/shmem-object.ts";
import type { Caller } from "./caller.ts";
import type { Dentry } from "./dentry.ts";
import { direntType, DirectoryInode } from "./directory-inode.ts";
import { type File, MAX_FILE_SIZE } from "./file.ts";
import { type FileClock, FileSystem } from "./file-system.ts";
import { type DirectoryVisitor, Inode, TOUCH_C, TOUCH_M } from "./inode.ts";
import { ObjectFile } from "./object-file.ts";
import { setObjectInode } from "./object-inodes.ts";

/** What Linux's tmpfs says a directory entry weighs in st_size. */
const ENTRY_SIZE = 20;
const LINK_MAX = 65_000;

export class Tmpfs extends FileSystem {
  readonly type: string;
  readonly magic = 0x01021994;
  readonly mm: MemoryManager;
  readonly root: TmpfsDirectory;
  /** Kernel objects are not frames: their number has its own limit. */
  readonly maxInodes: number;
  inodes = 0;
  /** Pages that its files may have together, in RAM and in swap, half of RAM as on Linux. */
  readonly maxPages: number;
  /** Pages that its files had when each was last looked at. */
  pages = 0;

  constructor(dev: number, clock: FileClock, mm: MemoryManager, type = "tmpfs", mode = 0o755) {
    super(dev, clock);
    this.type = type;
    this.mm = mm;
    this.maxInodes = Math.max(1024, mm.frames.count);
    this.maxPages = Math.floor(mm.frames.count / 2);
    this.root = new TmpfsDirectory(this, S_IFDIR | mode);
  }

  override blocks(): { total: number; free: number } {
    return { total: this.maxPages, free: Math.max(0, this.maxPages - this.pages) };
  }

  override files(): { total: number; free: number } {
    return { total: this.maxInodes, free: this.maxInodes - this.inodes };
  }
}

/** A new inode belongs to its maker; a set-group-ID directory hands its group down. */
function inherit(inode: Inode, directory: Inode, caller: Caller): void {
  inode.uid = caller.uid;
  inode.gid = caller.gid;
  if ((directory.mode & S_ISGID) === 0) return;
  inode.gid = directory.gid;
  if (inode.isDirectory) inode.mode |= S_ISGID;
}

class TmpfsFile extends Inode {
  readonly #object: ShmemObject;
  readonly #tmpfs: Tmpfs;
  /** What this file adds to its file system's `pages`. */
  #counted = 0;
  #freed = false;

  constructor(fileSystem: Tmpfs, mode: number, name: string) {
    super(fileSystem, mode);
    fileSystem.inodes++;
    this.#tmpfs = fileSystem;
    this.#object = new ShmemObject(fileSystem.mm, name, 0);
    setObjectInode(this.#object, this);
  }

  override get object(): MemoryObject {
    return this.#object;
  }

  override get size(): number {
    return this.#object.size;
  }

  override get blocks(): number {
    return this.#object.pageCount * (PAGE_SIZE / 512);
  }

  override open(dentry: Dentry, flags: number): File {
    return new TmpfsOpenFile(dentry, flags, this.#object, this);
  }

  /** Tells the file system how many pages the file has now; mappings may have changed it meanwhile. */
  count(): void {
    const now = this.#freed ? 0 : this.#object.pageCount;
    this.#tmpfs.pages += now - this.#counted;
    this.#counted = now;
  }

  /** How many of `length` bytes at `position` may be written: the limit counts new pages only. */
  allowance(position: number, length: number): number {
    this.count();
    let free = this.#tmpfs.maxPages - this.#tmpfs.pages;
    const last = Math.floor((position + length - 1) / PAGE_SIZE);
    let page = Math.floor(position / PAGE_SIZE);
    if (last - page < free) return length;
    for (; page <= last; page++) {
      if (!this.#object.hasPage(page) && --free < 0) break;
    }
    return Math.max(0, Math.min(length, page * PAGE_SIZE - position));
  }

  override truncate(size: number): number {
    if (size < 0) return -EINVAL;
    if (size > MAX_FILE_SIZE) return -EFBIG;
    const failed = this.#object.truncate(size);
    this.count();
    if (failed === 0) this.touch(TOUCH_M | TOUCH_C);
    return failed;
  }

  /** The last name and the last description are gone; mappings may still hold the object. */
  override release(): void {
    if (this.nlink > 0 || this.openCount > 0 || this.#freed) return;
    this.#freed = true;
    this.count();
    this.#tmpfs.inodes--;
    this.#object.release();
  }
}

/** The first `limit` bytes of a source. */
class LimitedSource implements ByteSource {
  readonly #source: ByteSource;
  #left: number;

  constructor(source: ByteSource, limit: number) {
    this.#source = source;
    this.#left = limit;
  }

  get remaining(): number {
    return Math.min(this.#left, this.#source.remaining);
  }

  take(into: Uint8Array, offset: number, length: number): number {
    const count = this.#source.take(into, offset, Math.min(length, this.#left));
    this.#left -= count;
    return count;
  }
}

class TmpfsOpenFile extends ObjectFile {
  readonly #file: TmpfsFile;

  constructor(dentry: Dentry, flags: number, object: MemoryObject, file: TmpfsFile) {
    super(dentry, flags, object);
    this.#file = file;
  }

  override write(caller: Caller, source: ByteSource, position: number): number {
    const { remaining } = source;
    const allowed = this.#file.allowance(position, remaining);
    if (allowed === 0 && remaining > 0) return -ENOSPC;
    const limited = allowed < remaining ? new LimitedSource(source, allowed) : source;
    const done = super.write(caller, limited, position);
    this.#file.count();
    return done;
  }
}

/** Device files, fifos and sockets: a mode and a number. */
class TmpfsSpecial extends Inode {
  override get blocks(): number {
    return 0;
  }
}

class TmpfsSymlink extends Inode {
  readonly #target: string;

  constructor(fileSystem: Tmpfs, target: string) {
    super(fileSystem, S_IFLNK | 0o777);
    this.#target = target;
  }

  override get size(): number {
    return this.#target.length;
  }

  override get blocks(): number {
    return 0;
  }

  override readlink(): string {
    return this.#target;
  }
}

interface Entry {
  readonly inode: Inode;
  /** Where a listing goes on after this entry; grows with every entry made, so listings survive changes. */
  readonly cookie: number;
}

export class TmpfsDirectory extends DirectoryInode {
  readonly #tmpfs: Tmpfs;
  readonly #entries = new Map<string, Entry>();
  #lastCookie = 0;

  constructor(fileSystem: Tmpfs, mode: number) {
    super(fileSystem, mode);
    this.#tmpfs = fileSystem;
    this.nlink = 2;
  }

  override get size(): number {
    return (this.#entries.size + 2) * ENTRY_SIZE;
  }

  override get blocks(): number {
    return 0;
  }

  override lookup(name: string): Inode | number {
    return this.#entries.get(name)?.inode ?? -ENOENT;
  }

  #enter(name: string, inode: Inode): void {
    // Deleting first puts a replaced name at the end, where its cookie belongs.
    this.#entries.delete(name);
    this.#entries.set(name, { inode, cookie: ++this.#lastCookie });
    this.touch(TOUCH_M | TOUCH_C);
  }

  #remove(name: string): void {
    this.#entries.delete(name);
    this.touch(TOUCH_M | TOUCH_C);
  }

  override create(name: string, mode: number, rdev: number, caller: Caller): Inode | number {
    if (this.#tmpfs.inodes >= this.#tmpfs.maxInodes) return -ENOSPC;
    const inode =
      (mode & S_IFMT) === S_IFREG
        ? new TmpfsFile(this.#tmpfs, mode, name)
        : new TmpfsSpecial(this.#tmpfs, mode);
    inode.rdev = rdev;
    inherit(inode, this, caller);
    this.#enter(name, inode);
    return inode;
  }

  override mkdir(name: string, mode: number, caller: Caller): Inode | number {
    if (this.#tmpfs.inodes >= this.#tmpfs.maxInodes) return -ENOSPC;
    if (this.nlink >= LINK_MAX) return -EMLINK;
    const inode = new TmpfsDirectory(this.#tmpfs, S_IFDIR | mode);
    inherit(inode, this, caller);
    this.nlink++;
    this.#enter(name, inode);
    return inode;
  }

  override symlink(name: string, target: string, caller: Caller): Inode | number {
    if (this.#tmpfs.inodes >= this.#tmpfs.maxInodes) return -ENOSPC;
    const inode = new TmpfsSymlink(this.#tmpfs, target);
    inherit(inode, this, caller);
    this.#enter(name, inode);
    return inode;
  }

  override link(name: string, inode: Inode): number {
    if (inode.nlink >= LINK_MAX) return -EMLINK;
    inode.nlink++;
    inode.touch(TOUCH_C);
    this.#enter(name, inode);
    return 0;
  }

  override unlink(name: string, inode: Inode): number {
    inode.nlink--;
    inode.touch(TOUCH_C);
    this.#remove(name);
    return 0;
  }

  override rmdir(name: string, inode: Inode): number {
    if (!(inode instanceof TmpfsDirectory) || inode.#entries.size > 0) return -ENOTEMPTY;
    inode.nlink = 0;
    inode.touch(TOUCH_C);
    this.nlink--;
    this.#remove(name);
    return 0;
  }

  override rename(
    name: string,
    inode: Inode,
    to: Inode,
    toName: string,
    replaced: Inode | undefined,
    exchange: boolean,
  ): number {
    // Both directories are of one mount, and a tmpfs has no other kind.
    const target = to as TmpfsDirectory;
    if (exchange && replaced !== undefined) {
      if (inode.isDirectory !== replaced.isDirectory) {
        const moved = inode.isDirectory ? 1 : -1;
        this.nlink -= moved;
        target.nlink += moved;
      }
      this.#enter(name, replaced);
      target.#enter(toName, inode);
      replaced.touch(TOUCH_C);
    } else {
      if (replaced instanceof TmpfsDirectory) {
        const failed = target.rmdir(toName, replaced);
        if (failed !== 0) return failed;
      } else if (replaced !== undefined) {
        target.unlink(toName, replaced);
      }
      this.#remove(name);
      target.#enter(toName, inode);
      if (inode.isDirectory) {
        this.nlink--;
        target.nlink++;
      }
    }
    inode.touch(TOUCH_C);
    return 0;
  }

  override list(from: number, visit: DirectoryVisitor): number {
    for (const [name, { inode, cookie }] of this.#entries) {
      if (cookie <= from) continue;
      if (!visit(name, inode.ino, direntType(inode.mode), cookie)) break;
    }
    return 0;
  }
}
