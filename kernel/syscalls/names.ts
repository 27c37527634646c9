// Names in the file tree: mkdirat(2), unlinkat(2), renameat2(2), linkat(2), symlinkat(2), readlinkat(2), getcwd(2),
// chdir(2), getdents64(2).

import { EACCES, EBADF, EFAULT, EINVAL, ENOENT, ENOTDIR, ERANGE } from "../abi/errno.ts";
import {
  AT_EMPTY_PATH,
  AT_REMOVEDIR,
  AT_SYMLINK_FOLLOW,
  RENAME_EXCHANGE,
  RENAME_NOREPLACE,
  X_OK,
} from "../abi/fcntl.ts";
import type { Dentry } from "../fs/dentry.ts";
import { bytesOf } from "../fs/byte-string.ts";
import { permission } from "../fs/permission.ts";
import { copyOut } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";
import { pathAt, withPath } from "./paths.ts";
import { setWide } from "./user-struct.ts";

/** Both paths of linkat and renameat. */
function withTwoPaths(
  t: Thread,
  oldFd: number,
  oldAt: number,
  newFd: number,
  newAt: number,
  operation: (
    oldBase: Dentry | undefined,
    oldPath: string,
    newBase: Dentry | undefined,
    newPath: string,
  ) => number,
): number {
  return withPath(t, oldFd, oldAt, (oldBase, oldPath) =>
    withPath(t, newFd, newAt, (newBase, newPath) => operation(oldBase, oldPath, newBase, newPath)),
  );
}

function linkat(
  k: Kernel,
  t: Thread,
  oldFd: number,
  oldAt: number,
  newFd: number,
  newAt: number,
  flags: number,
): number {
  if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) !== 0) return -EINVAL;
  return withTwoPaths(t, oldFd, oldAt, newFd, newAt, (oldBase, oldPath, newBase, newPath) => {
    if (oldPath !== "" || (flags & AT_EMPTY_PATH) === 0) {
      return k.vfs.link(
        t.process,
        oldBase,
        oldPath,
        newBase,
        newPath,
        (flags & AT_SYMLINK_FOLLOW) !== 0,
      );
    }
    const file = t.process.files.get(oldFd);
    return file === undefined ? -EBADF : k.vfs.linkDentry(t.process, file.dentry, newBase, newPath);
  });
}

function renameat(
  k: Kernel,
  t: Thread,
  oldFd: number,
  oldAt: number,
  newFd: number,
  newAt: number,
  flags: number,
): number {
  if ((flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE)) !== 0) return -EINVAL;
  return withTwoPaths(t, oldFd, oldAt, newFd, newAt, (oldBase, oldPath, newBase, newPath) =>
    k.vfs.rename(t.process, oldBase, oldPath, newBase, newPath, flags),
  );
}

function readlinkat(
  k: Kernel,
  t: Thread,
  dirfd: number,
  pathname: number,
  buffer: number,
  size: number,
): number {
  if (size <= 0) return -EINVAL;
  return withPath(t, dirfd, pathname, (base, path) => {
    const target = path === "" ? linkOf(t, dirfd) : k.vfs.readlink(t.process, base, path);
    if (typeof target === "number") return target;
    const bytes = bytesOf(target);
    const length = Math.min(bytes.length, size);
    return copyOut(spaceOf(t.process), buffer, bytes, 0, length) === length ? length : -EFAULT;
  });
}

/** readlinkat(fd, "") reads the link that an O_PATH | O_NOFOLLOW descriptor stands for. */
function linkOf(t: Thread, fd: number): string | number {
  const inode = t.process.files.get(fd)?.inode;
  return inode?.isSymlink === true ? inode.readlink(t.process) : -ENOENT;
}

function getcwd(k: Kernel, t: Thread, buffer: number, size: number): number {
  const path = k.vfs.getcwd(t.process);
  if (typeof path === "number") return path;
  const bytes = bytesOf(`${path}\0`);
  if (bytes.length > size) return -ERANGE;
  return copyOut(spaceOf(t.process), buffer, bytes, 0, bytes.length) === bytes.length
    ? bytes.length
    : -EFAULT;
}

function enter(t: Thread, dentry: Dentry): number {
  if (!dentry.inode.isDirectory) return -ENOTDIR;
  const allowed = permission(dentry.inode, t.process, X_OK);
  if (allowed < 0) return -EACCES;
  t.process.fs.cwd = dentry;
  return 0;
}

const DIRENT_HEADER = 19;

function getdents64(t: Thread, fd: number, address: number, count: number): number {
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  const bytes = new Uint8Array(Math.min(count, 65536));
  const view = new DataView(bytes.buffer);
  const start = file.position;
  let used = 0;
  let met = false;
  const result = file.readdir(t.process, (name, ino, type, next) => {
    met = true;
    const length = Math.ceil((DIRENT_HEADER + name.length + 1) / 8) * 8;
    if (used + length > bytes.length) return false;
    setWide(view, used, ino);
    setWide(view, used + 8, next);
    view.setUint16(used + 16, length, true);
    bytes[used + 18] = type;
    for (let i = 0; i < name.length; i++) bytes[used + DIRENT_HEADER + i] = name.charCodeAt(i);
    used += length;
    return true;
  });
  if (result < 0) return result;
  if (used === 0) return met ? -EINVAL : 0;
  if (copyOut(spaceOf(t.process), address, bytes, 0, used) === used) return used;
  file.position = start;
  return -EFAULT;
}

export const nameCalls = {
  mkdirat: {
    args: { dirfd: "fd", pathname: "path", mode: "octal" },
    run: (k, t, dirfd, pathname, mode) =>
      withPath(t, dirfd, pathname, (base, path) =>
        k.vfs.mkdir(t.process, base, path, mode & 0o7777),
      ),
  },
  mknodat: {
    args: { dirfd: "fd", pathname: "path", mode: "octal", dev: "hex" },
    run: (k, t, dirfd, pathname, mode, dev) =>
      withPath(t, dirfd, pathname, (base, path) => k.vfs.mknod(t.process, base, path, mode, dev)),
  },
  unlinkat: {
    args: { dirfd: "fd", pathname: "path", flags: "hex" },
    run: (k, t, dirfd, pathname, flags) => {
      if ((flags & ~AT_REMOVEDIR) !== 0) return -EINVAL;
      return withPath(t, dirfd, pathname, (base, path) =>
        flags === 0 ? k.vfs.unlink(t.process, base, path) : k.vfs.rmdir(t.process, base, path),
      );
    },
  },
  renameat2: {
    args: { olddirfd: "fd", oldpath: "path", newdirfd: "fd", newpath: "path", flags: "hex" },
    run: (k, t, oldFd, oldAt, newFd, newAt, flags) =>
      renameat(k, t, oldFd, oldAt, newFd, newAt, flags),
  },
  linkat: {
    args: { olddirfd: "fd", oldpath: "path", newdirfd: "fd", newpath: "path", flags: "hex" },
    run: (k, t, oldFd, oldAt, newFd, newAt, flags) =>
      linkat(k, t, oldFd, oldAt, newFd, newAt, flags),
  },
  symlinkat: {
    args: { target: "path", newdirfd: "fd", linkpath: "path" },
    run: (k, t, targetAt, dirfd, linkAt) => {
      const target = pathAt(t, targetAt);
      if (typeof target === "number") return target;
      return withPath(t, dirfd, linkAt, (base, path) =>
        k.vfs.symlink(t.process, target, base, path),
      );
    },
  },
  readlinkat: {
    args: { dirfd: "fd", pathname: "path", buf: "address", bufsiz: "i32" },
    run: (k, t, dirfd, pathname, buffer, size) => readlinkat(k, t, dirfd, pathname, buffer, size),
  },
  getcwd: {
    args: { buf: "address", size: "size" },
    run: (k, t, buffer, size) => getcwd(k, t, buffer, size),
  },
  chdir: {
    args: { path: "path" },
    run: (k, t, pathname) => {
      const path = pathAt(t, pathname);
      if (typeof path === "number") return path;
      const dentry = k.vfs.lookup(t.process, undefined, path, true);
      return typeof dentry === "number" ? dentry : enter(t, dentry);
    },
  },
  fchdir: {
    args: { fd: "fd" },
    run: (_k, t, fd) => {
      const file = t.process.files.get(fd);
      return file === undefined ? -EBADF : enter(t, file.dentry);
    },
  },
  chroot: {
    args: { path: "path" },
    run: (k, t, pathname) => {
      const path = pathAt(t, pathname);
      if (typeof path === "number") return path;
      const dentry = k.vfs.lookup(t.process, undefined, path, true);
      if (typeof dentry === "number") return dentry;
      if (!dentry.inode.isDirectory) return -ENOTDIR;
      t.process.fs.root = dentry;
      return 0;
    },
  },
  getdents64: {
    args: { fd: "fd", dirp: "address", count: "u32" },
    run: (_k, t, fd, address, count) => getdents64(t, fd, address, count),
  },
  umask: {
    args: { mask: "octal" },
    run: (_k, t, mask) => {
      const before = t.process.fs.umask;
      t.process.fs.umask = mask & 0o777;
      return before;
    },
  },
} satisfies Family;
