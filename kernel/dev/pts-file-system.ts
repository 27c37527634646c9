// /dev/pts: one device file for each pseudoterminal, there as long as the pair is. Specification: pts(4).

import { ENOENT } from "../abi/errno.ts";
import { DT_CHR, S_IFCHR, S_IFDIR } from "../abi/stat.ts";
import { makeDevice } from "../fs/device-table.ts";
import { DirectoryInode } from "../fs/directory-inode.ts";
import { type FileClock, FileSystem } from "../fs/file-system.ts";
import { type DirectoryVisitor, Inode } from "../fs/inode.ts";
import { PTS_MAJOR, type Ptys } from "./pty.ts";

/** Inode numbers as Linux's devpts gives them: the root is 1, ptmx 2, /dev/pts/N is N + 3. */
const FIRST_INO = 3;

class PtsInode extends Inode {
  override get blocks(): number {
    return 0;
  }
}

class PtsDirectory extends DirectoryInode {
  readonly #ptys: Ptys;
  readonly #inodes = new Map<number, Inode>();

  constructor(fileSystem: FileSystem, ptys: Ptys) {
    super(fileSystem, S_IFDIR | 0o755, 1);
    this.nlink = 2;
    this.#ptys = ptys;
  }

  override lookup(name: string): Inode | number {
    if (!/^(0|[1-9]\d{0,8})$/.test(name)) return -ENOENT;
    const index = Number(name);
    const pair = this.#ptys.pair(index);
    if (pair === undefined) {
      this.#inodes.delete(index);
      return -ENOENT;
    }
    let inode = this.#inodes.get(index);
    if (inode === undefined) {
      inode = new PtsInode(this.fileSystem, S_IFCHR | 0o620, FIRST_INO + index);
      inode.rdev = makeDevice(PTS_MAJOR, index);
      inode.uid = pair.uid;
      inode.gid = 5;
      this.#inodes.set(index, inode);
    }
    return inode;
  }

  override list(from: number, visit: DirectoryVisitor): number {
    for (const index of this.#ptys.indices()) {
      if (index + 1 <= from) continue;
      if (!visit(String(index), FIRST_INO + index, DT_CHR, index + 1)) break;
    }
    return 0;
  }
}

export class PtsFileSystem extends FileSystem {
  readonly type = "devpts";
  readonly magic = 0x1cd1;
  override readonly stableNames = false;
  readonly root: Inode;

  constructor(dev: number, clock: FileClock, ptys: Ptys) {
    super(dev, clock);
    this.root = new PtsDirectory(this, ptys);
  }
}
