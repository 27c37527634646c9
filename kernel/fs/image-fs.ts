// The root file system: a cpio archive that stays where it is, outside RAM. Reading a file brings its pages into the page
// cache, from where they can be dropped again; nothing can be written. Directories that the archive's files imply are
// there even when it does not list them. Specification: cpio(5), inode(7).

import { ENOENT } from "../abi/errno.ts";
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from "../abi/stat.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { InodeObject } from "../mm/inode-object.ts";
import type { MemoryManager } from "../mm/memory-manager.ts";
import type { MemoryObject } from "../mm/memory-object.ts";
import { byteString } from "./byte-string.ts";
import { type CpioEntry, readCpio } from "./cpio.ts";
import type { Dentry } from "./dentry.ts";
import { makeDevice } from "./device-table.ts";
import { direntType, DirectoryInode } from "./directory-inode.ts";
import type { File } from "./file.ts";
import { type FileClock, FileSystem } from "./file-system.ts";
import { type DirectoryVisitor, Inode } from "./inode.ts";
import { ObjectFile } from "./object-file.ts";
import { setObjectInode } from "./object-inodes.ts";

/** Inode numbers of directories that no archive lists; the others are the archives' own. */
const FIRST_IMPLIED_INO = 0x40000000;

export class ImageFs extends FileSystem {
  readonly type = "imagefs";
  readonly magic = 0x28cd3d45;
  override readonly readOnly = true;
  readonly root: Inode;
  readonly #root: ImageDirectory;
  readonly #mm: MemoryManager;
  #blocks = 0;
  #files = 0;
  #implied = FIRST_IMPLIED_INO;

  /** `places` are directories that are made if no archive has them: mount points. Throws a RangeError for a damaged
   * archive. */
  constructor(
    dev: number,
    clock: FileClock,
    mm: MemoryManager,
    archive: Uint8Array,
    places: readonly string[] = [],
  ) {
    super(dev, clock);
    this.#mm = mm;
    this.#root = new ImageDirectory(this, S_IFDIR | 0o755, this.impliedIno());
    this.root = this.#root;
    this.addArchive(archive);
    for (const place of places) descend(this.#root, place.split("/").filter(Boolean));
  }

  impliedIno(): number {
    return this.#implied++;
  }

  /** Adds the files of another archive, which belongs to the same image: inode numbers are unique in all of them, and
   * the names of one inode are all in one. A file that is there already had come without some of its pages, none of which
   * anybody can have read yet; now it has them. The archive is not copied. */
  addArchive(archive: Uint8Array): void {
    const entries = readCpio(archive);
    this.#blocks += Math.ceil(archive.length / PAGE_SIZE);
    // Hard links: the archive repeats the inode number, and only one of the entries has the data.
    const data = new Map<number, Uint8Array>();
    for (const entry of entries) {
      if (entry.nlink > 1 && entry.data.length > 0) data.set(entry.ino, entry.data);
    }
    const linked = new Map<number, Inode>();
    for (const entry of entries) {
      this.#files++;
      if (entry.path === "") {
        stamp(this.#root, entry);
        continue;
      }
      const parts = entry.path.split("/");
      const name = parts.pop() ?? "";
      const directory = descend(this.#root, parts);
      const isDirectory = (entry.mode & S_IFMT) === S_IFDIR;
      const known = !isDirectory && entry.nlink > 1 ? linked.get(entry.ino) : undefined;
      if (known !== undefined) {
        directory.add(name, known);
        known.nlink++;
        continue;
      }
      const inode = directory.make(name, entry, this.#mm, data.get(entry.ino) ?? entry.data);
      if (!isDirectory) linked.set(entry.ino, inode);
    }
  }

  override blocks(): { total: number; free: number } {
    return { total: this.#blocks, free: 0 };
  }

  override files(): { total: number; free: number } {
    return { total: this.#files, free: 0 };
  }
}

/** The directory below `root` at `parts`. */
function descend(root: ImageDirectory, parts: readonly string[]): ImageDirectory {
  let at = root;
  for (const part of parts) at = at.child(part);
  return at;
}

/** Takes over what the archive says of a file. */
function stamp(inode: Inode, entry: CpioEntry): void {
  inode.mode = entry.mode;
  inode.uid = entry.uid;
  inode.gid = entry.gid;
  inode.rdev = makeDevice(entry.rdevMajor, entry.rdevMinor);
  inode.atime = inode.mtime = inode.ctime = entry.mtime;
  inode.atimeNsec = inode.mtimeNsec = inode.ctimeNsec = 0;
}

class ImageFile extends Inode {
  readonly #object: InodeObject;
  #data: Uint8Array;

  constructor(
    fileSystem: FileSystem,
    entry: CpioEntry,
    name: string,
    mm: MemoryManager,
    data: Uint8Array,
  ) {
    super(fileSystem, entry.mode, entry.ino);
    this.#data = data;
    this.#object = new InodeObject(mm, name, data.length, (index, into, offset) => {
      const page = this.#data.subarray(index * PAGE_SIZE, (index + 1) * PAGE_SIZE);
      into.set(page, offset);
      return page.length;
    });
    setObjectInode(this.#object, this);
  }

  /** The whole file, of the same size. */
  complete(data: Uint8Array): void {
    this.#data = data;
  }

  override get object(): MemoryObject {
    return this.#object;
  }

  override get size(): number {
    return this.#object.size;
  }

  override open(dentry: Dentry, flags: number): File {
    return new ObjectFile(dentry, flags, this.#object);
  }
}

class ImageSymlink extends Inode {
  readonly #target: string;

  constructor(fileSystem: FileSystem, ino: number, target: string) {
    super(fileSystem, S_IFLNK | 0o777, ino);
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

/** Device files and fifos. */
class ImageSpecial extends Inode {}

class ImageDirectory extends DirectoryInode {
  readonly #entries = new Map<string, Inode>();

  readonly #image: ImageFs;

  constructor(image: ImageFs, mode: number, ino: number) {
    super(image, mode, ino);
    this.#image = image;
    this.nlink = 2;
  }

  override get size(): number {
    return 4096;
  }

  override lookup(name: string): Inode | number {
    return this.#entries.get(name) ?? -ENOENT;
  }

  override list(from: number, visit: DirectoryVisitor): number {
    let position = 0;
    for (const [name, inode] of this.#entries) {
      if (++position <= from) continue;
      if (!visit(name, inode.ino, direntType(inode.mode), position)) break;
    }
    return 0;
  }

  add(name: string, inode: Inode): void {
    if (inode.isDirectory && !this.#entries.has(name)) this.nlink++;
    this.#entries.set(name, inode);
  }

  /** The directory of that name, made where the archive did not list it. */
  child(name: string): ImageDirectory {
    const known = this.#entries.get(name);
    if (known instanceof ImageDirectory) return known;
    const made = new ImageDirectory(this.#image, S_IFDIR | 0o755, this.#image.impliedIno());
    this.add(name, made);
    return made;
  }

  make(name: string, entry: CpioEntry, mm: MemoryManager, data: Uint8Array): Inode {
    const image = this.#image;
    const known = this.#entries.get(name);
    let inode: Inode;
    switch (entry.mode & S_IFMT) {
      case S_IFDIR:
        // A directory that an earlier entry implied keeps its contents.
        inode =
          known instanceof ImageDirectory
            ? known
            : new ImageDirectory(image, entry.mode, entry.ino);
        break;
      case S_IFLNK:
        inode = new ImageSymlink(image, entry.ino, byteString(data));
        break;
      case S_IFREG:
        if (known instanceof ImageFile && known.ino === entry.ino) {
          known.complete(data);
          return known;
        }
        inode = new ImageFile(image, entry, name, mm, data);
        break;
      default:
        inode = new ImageSpecial(image, entry.mode, entry.ino);
    }
    stamp(inode, entry);
    this.add(name, inode);
    return inode;
  }
}
