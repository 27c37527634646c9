// Who may do what to an inode: the mode bits, with root's exceptions. Specification: path_resolution(7), capabilities(7)
// (CAP_DAC_OVERRIDE, CAP_FOWNER), chmod(2) for the sticky bit.

import { EACCES, EPERM, EROFS } from "../abi/errno.ts";
import { W_OK, X_OK } from "../abi/fcntl.ts";
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, S_ISVTX } from "../abi/stat.ts";
import type { Caller } from "./caller.ts";
import type { Inode } from "./inode.ts";

/** 0 if `caller` may do all of `wanted` (R_OK, W_OK, X_OK), else an errno. */
export function permission(inode: Inode, caller: Caller, wanted: number): number {
  const type = inode.mode & S_IFMT;
  if ((wanted & W_OK) !== 0 && inode.fileSystem.readOnly) {
    if (type === S_IFREG || type === S_IFDIR || type === S_IFLNK) return -EROFS;
  }
  if (caller.uid === 0) {
    // Root reads and writes anything and searches any directory, but runs only what somebody may run.
    if ((wanted & X_OK) === 0 || type === S_IFDIR || (inode.mode & 0o111) !== 0) return 0;
    return -EACCES;
  }
  const shift = caller.uid === inode.uid ? 6 : inGroup(caller, inode.gid) ? 3 : 0;
  return ((inode.mode >> shift) & 7 & wanted) === wanted ? 0 : -EACCES;
}

export function inGroup(caller: Caller, gid: number): boolean {
  return caller.gid === gid || caller.groups.includes(gid);
}

/** 0 if `caller` may remove or rename `inode` in `directory`, which it can write: the sticky bit's rule. */
export function mayRemove(directory: Inode, inode: Inode, caller: Caller): number {
  if ((directory.mode & S_ISVTX) === 0 || caller.uid === 0) return 0;
  return caller.uid === inode.uid || caller.uid === directory.uid ? 0 : -EPERM;
}

/** 0 if `caller` may change the mode and times of `inode` at will. */
export function mayOwn(inode: Inode, caller: Caller): number {
  return caller.uid === 0 || caller.uid === inode.uid ? 0 : -EPERM;
}
