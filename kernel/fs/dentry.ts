// Names. A dentry is a name in a directory that has been looked up: it ties a path component to an inode and knows its
// parent, so that getcwd(2) and the links in /proc/PID/fd can say where a file is, after renames too. In one mount there
// is at most one dentry for a name, except where the file system says that names come and go by themselves (procfs).
// Specification: path_resolution(7), Linux's Documentation/filesystems/vfs.rst.

import type { Inode } from "./inode.ts";
import type { FileSystem } from "./file-system.ts";

/** A file system at its place in the tree. */
export interface Mount {
  readonly fileSystem: FileSystem;
  readonly root: Dentry;
  /** The directory that it covers; undefined for the root of the whole tree and for file systems without a place. */
  readonly covers: Dentry | undefined;
  /** The device column of /proc/mounts. */
  readonly source: string;
}

export class Dentry {
  readonly mount: Mount;
  readonly inode: Inode;
  /** The name in `parent`, one character a byte. Rename changes it. */
  name: string;
  /** Undefined for a mount's root and for files that never had a name (pipes). Rename changes it. */
  parent: Dentry | undefined;
  /** The name was removed while something still refers to the file. */
  unlinked = false;
  /** The mount that covers this directory. */
  mounted: Mount | undefined;
  /** Names already looked up in this directory; the VFS alone changes it. */
  readonly children = new Map<string, Dentry>();

  constructor(mount: Mount, inode: Inode, name: string, parent: Dentry | undefined) {
    this.mount = mount;
    this.inode = inode;
    this.name = name;
    this.parent = parent;
  }
}

/** The path of a dentry as a process whose root is `root` sees it; " (deleted)" follows when the name is gone. */
export function pathOf(dentry: Dentry, root?: Dentry): string {
  let path = "";
  let at: Dentry | undefined = dentry;
  while (at !== undefined && at !== root) {
    if (at.parent !== undefined) {
      path = `/${at.name}${path}`;
      at = at.parent;
      continue;
    }
    if (at.mount.covers === undefined) {
      // Without a place in the tree (pipes) the name says it all.
      if (at.mount.fileSystem.detached) return at.name;
      break;
    }
    at = at.mount.covers;
  }
  if (path === "") path = "/";
  return dentry.unlinked ? `${path} (deleted)` : path;
}
