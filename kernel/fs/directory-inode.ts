// What all directories share: opening one gives a DirectoryFile.

import type { Caller } from "./caller.ts";
import type { Dentry } from "./dentry.ts";
import { DirectoryFile, type File } from "./file.ts";
import { Inode } from "./inode.ts";

export abstract class DirectoryInode extends Inode {
  override open(dentry: Dentry, flags: number, _caller: Caller): File | number {
    return new DirectoryFile(dentry, flags);
  }
}

/** The DT_* number of getdents64(2) for a mode. */
export function direntType(mode: number): number {
  return (mode >>> 12) & 0o17;
}
