// The inodes that /proc is made of: files whose text is made when they are read, files read at any position, links, and
// directories that are lists of names.

import { EFAULT, EINVAL, ENOENT, ENXIO } from "../abi/errno.ts";
import { S_IFDIR, S_IFLNK, S_IFREG } from "../abi/stat.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import { byteString, bytesOf } from "./byte-string.ts";
import type { Caller } from "./caller.ts";
import type { Dentry } from "./dentry.ts";
import { direntType, DirectoryInode } from "./directory-inode.ts";
import { File } from "./file.ts";
import type { FileSystem } from "./file-system.ts";
import { type DirectoryVisitor, Inode } from "./inode.ts";

/** A text, bytes, or an errno; MUST_WAIT where memory that it shows is not there yet. */
export type Content = () => string | Uint8Array | number;

/** Takes what was written: 0 or an errno. */
export type TextWrite = (text: string) => number;

/** One write of more is refused (EINVAL), as by Linux's sysctl files of a page. */
const MOST_WRITTEN = 4096;

/** Makes the text when a reader begins at its start, and keeps it for the rest of that reader's way. */
class TextFile extends File {
  readonly #content: Content;
  #bytes: Uint8Array | undefined;

  readonly #write: TextWrite | undefined;

  constructor(dentry: Dentry, flags: number, content: Content, write: TextWrite | undefined) {
    super(dentry, flags);
    this.#content = content;
    this.#write = write;
  }

  override read(_caller: Caller, sink: ByteSink, position: number): number {
    if (position === 0 || this.#bytes === undefined) {
      const content = this.#content();
      if (typeof content === "number") return content;
      this.#bytes = typeof content === "string" ? bytesOf(content) : content;
    }
    const count = Math.min(sink.remaining, this.#bytes.length - position);
    return count <= 0 ? 0 : sink.put(this.#bytes, position, count);
  }

  override write(_caller: Caller, source: ByteSource): number {
    const length = source.remaining;
    if (this.#write === undefined || length > MOST_WRITTEN) return -EINVAL;
    const bytes = new Uint8Array(length);
    if (source.take(bytes, 0, length) < length) return -EFAULT;
    const result = this.#write(byteString(bytes));
    return result < 0 ? result : length;
  }
}

export class TextInode extends Inode {
  readonly #content: Content;
  readonly #write: TextWrite | undefined;

  constructor(
    fileSystem: FileSystem,
    ino: number,
    permissions: number,
    content: Content,
    write?: TextWrite,
  ) {
    super(fileSystem, S_IFREG | permissions, ino);
    this.#content = content;
    this.#write = write;
  }

  override open(dentry: Dentry, flags: number): File {
    return new TextFile(dentry, flags, this.#content, this.#write);
  }

  override truncate(): number {
    return 0;
  }
}

/** Reads bytes from a position on; an errno. */
export type PositionedRead = (sink: ByteSink, position: number) => number;

class PositionedFile extends File {
  readonly #read: PositionedRead;

  constructor(dentry: Dentry, flags: number, read: PositionedRead) {
    super(dentry, flags);
    this.#read = read;
  }

  override read(_caller: Caller, sink: ByteSink, position: number): number {
    return this.#read(sink, position);
  }
}

export class PositionedInode extends Inode {
  readonly #read: PositionedRead;

  constructor(fileSystem: FileSystem, ino: number, permissions: number, read: PositionedRead) {
    super(fileSystem, S_IFREG | permissions, ino);
    this.#read = read;
  }

  override open(dentry: Dentry, flags: number): File {
    return new PositionedFile(dentry, flags, this.#read);
  }
}

/** A link with a text made for the reader. */
export class TextLink extends Inode {
  readonly #target: (caller: Caller | undefined) => string | number;

  constructor(
    fileSystem: FileSystem,
    ino: number,
    target: (caller: Caller | undefined) => string | number,
  ) {
    super(fileSystem, S_IFLNK | 0o777, ino);
    this.#target = target;
  }

  override readlink(caller: Caller | undefined): string | number {
    return this.#target(caller);
  }
}

/** A link to a file itself: it shows a path, but following it needs none. */
export class FileLink extends Inode {
  readonly #file: () => Dentry | undefined;
  readonly #show: (dentry: Dentry) => string;

  constructor(
    fileSystem: FileSystem,
    ino: number,
    permissions: number,
    file: () => Dentry | undefined,
    show: (dentry: Dentry) => string,
  ) {
    super(fileSystem, S_IFLNK | permissions, ino);
    this.#file = file;
    this.#show = show;
  }

  override get size(): number {
    return 64;
  }

  override readlink(): string | number {
    const dentry = this.#file();
    return dentry === undefined ? -ENOENT : this.#show(dentry);
  }

  override followLink(): Dentry | number {
    const dentry = this.#file();
    if (dentry === undefined) return -ENOENT;
    return dentry.mount.fileSystem.type === "sockfs" ? -ENXIO : dentry;
  }
}

export interface Listed {
  readonly name: string;
  readonly ino: number;
  /** The file's type, as in st_mode. */
  readonly mode: number;
  /** Its place in listings, above 0 and growing: one that goes away moves no other. Absent: one after the last. */
  readonly place?: number;
}

/** A directory whose names come and go by themselves. */
export class ListDirectory extends DirectoryInode {
  readonly #find: (name: string, caller: Caller | undefined) => Inode | number | undefined;
  readonly #names: () => Iterable<Listed>;

  constructor(
    fileSystem: FileSystem,
    ino: number,
    permissions: number,
    find: (name: string, caller: Caller | undefined) => Inode | number | undefined,
    names: () => Iterable<Listed>,
  ) {
    super(fileSystem, S_IFDIR | permissions, ino);
    this.nlink = 2;
    this.#find = find;
    this.#names = names;
  }

  override lookup(name: string, caller: Caller | undefined): Inode | number {
    return this.#find(name, caller) ?? -ENOENT;
  }

  override list(from: number, visit: DirectoryVisitor): number {
    let position = 0;
    for (const { name, ino, mode, place } of this.#names()) {
      position = place ?? position + 1;
      if (position <= from) continue;
      if (!visit(name, ino, direntType(mode), position)) break;
    }
    return 0;
  }
}
