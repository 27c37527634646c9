// Path arguments of the *at(2) family: the text from user memory, and the directory it begins at.

import { EBADF } from "../abi/errno.ts";
import { AT_EMPTY_PATH, AT_FDCWD, AT_SYMLINK_NOFOLLOW, PATH_MAX } from "../abi/fcntl.ts";
import type { Dentry } from "../fs/dentry.ts";
import { copyInString } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Thread } from "../proc/thread.ts";

/** The path at `address`, or -EFAULT, -ENAMETOOLONG. */
export function pathAt(t: Thread, address: number): string | number {
  return copyInString(spaceOf(t.process), address, PATH_MAX);
}

/** Where `path` begins: undefined for the current directory (and for absolute paths, which need no base). */
export function baseOf(t: Thread, dirfd: number, path: string): Dentry | undefined | number {
  if (dirfd === AT_FDCWD || path.startsWith("/")) return undefined;
  return t.process.files.get(dirfd)?.dentry ?? -EBADF;
}

/** Runs `operation` with the path at `address` and its base, or answers the errno that stopped it. */
export function withPath(
  t: Thread,
  dirfd: number,
  address: number,
  operation: (base: Dentry | undefined, path: string) => number,
): number {
  const path = pathAt(t, address);
  if (typeof path === "number") return path;
  const base = baseOf(t, dirfd, path);
  return typeof base === "number" ? base : operation(base, path);
}

/** What (dirfd, path, flags) names, with AT_EMPTY_PATH and AT_SYMLINK_NOFOLLOW. */
export function lookupAt(
  k: Kernel,
  t: Thread,
  dirfd: number,
  address: number,
  flags: number,
): Dentry | number {
  const path = pathAt(t, address);
  if (typeof path === "number") return path;
  if (path === "" && (flags & AT_EMPTY_PATH) !== 0) {
    if (dirfd === AT_FDCWD) return t.process.fs.cwd;
    return t.process.files.get(dirfd)?.dentry ?? -EBADF;
  }
  const base = baseOf(t, dirfd, path);
  if (typeof base === "number") return base;
  return k.vfs.lookup(t.process, base, path, (flags & AT_SYMLINK_NOFOLLOW) === 0);
}
