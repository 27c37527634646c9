// What files say of themselves, and changing it: fstat(2), statx(2), statfs(2), faccessat(2), fchmodat(2), fchownat(2),
// utimensat(2), truncate(2).

import { EBADF, EFAULT, EINVAL } from "../abi/errno.ts";
import {
  AT_EACCESS,
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_NO_AUTOMOUNT,
  AT_SYMLINK_NOFOLLOW,
} from "../abi/fcntl.ts";
import { UTIME_NOW } from "../abi/stat.ts";
import { stat, statfs, timespec } from "../abi/structs.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import type { Dentry } from "../fs/dentry.ts";
import { permission } from "../fs/permission.ts";
import { copyIn, copyOut } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";
import { lookupAt, pathAt, withPath } from "./paths.ts";
import { getSigned, setWide, UserStruct } from "./user-struct.ts";

const STAT_FLAGS = AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT;
const statBuffer = new UserStruct(stat);
const statfsBuffer = new UserStruct(statfs);

function writeStat(t: Thread, dentry: Dentry, address: number): number {
  const { inode } = dentry;
  statBuffer.clear();
  statBuffer.set64("st_dev", inode.fileSystem.dev).set64("st_ino", inode.ino);
  statBuffer.setI32("st_mode", inode.mode).setI32("st_nlink", inode.nlink);
  statBuffer.setI32("st_uid", inode.uid).setI32("st_gid", inode.gid).set64("st_rdev", inode.rdev);
  statBuffer
    .set64("st_size", inode.size)
    .setI32("st_blksize", inode.blockSize)
    .set64("st_blocks", inode.blocks);
  statBuffer.set64("st_atime", inode.atime).set64("st_atime_nsec", inode.atimeNsec);
  statBuffer.set64("st_mtime", inode.mtime).set64("st_mtime_nsec", inode.mtimeNsec);
  statBuffer.set64("st_ctime", inode.ctime).set64("st_ctime_nsec", inode.ctimeNsec);
  return statBuffer.toUser(t, address);
}

/** struct statx (include/uapi/linux/stat.h): 256 bytes. */
const STATX_BYTES = 256;
const STATX_BASIC_STATS = 0x7ff;
const STATX_RESERVED = 0x80000000;

function writeStatx(t: Thread, dentry: Dentry, address: number): number {
  const { inode } = dentry;
  const bytes = new Uint8Array(STATX_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, STATX_BASIC_STATS, true);
  view.setUint32(4, inode.blockSize, true);
  view.setUint32(16, inode.nlink, true);
  view.setUint32(20, inode.uid, true);
  view.setUint32(24, inode.gid, true);
  view.setUint16(28, inode.mode, true);
  setWide(view, 32, inode.ino);
  setWide(view, 40, inode.size);
  setWide(view, 48, inode.blocks);
  const stamps = [
    [64, inode.atime, inode.atimeNsec],
    [96, inode.ctime, inode.ctimeNsec],
    [112, inode.mtime, inode.mtimeNsec],
  ] as const;
  for (const [at, seconds, nanoseconds] of stamps) {
    setWide(view, at, seconds);
    view.setUint32(at + 8, nanoseconds, true);
  }
  writeDevice(view, 128, inode.rdev);
  writeDevice(view, 136, inode.fileSystem.dev);
  return copyOut(spaceOf(t.process), address, bytes, 0, STATX_BYTES) === STATX_BYTES ? 0 : -EFAULT;
}

/** statx has major and minor apart. */
function writeDevice(view: DataView, at: number, device: number): void {
  view.setUint32(at, (device >>> 8) & 0xfff, true);
  view.setUint32(at + 4, (device & 0xff) | ((device >>> 12) & 0xfff00), true);
}

function writeStatfs(t: Thread, dentry: Dentry, address: number): number {
  const { fileSystem } = dentry.inode;
  const { total, free } = fileSystem.blocks();
  statfsBuffer.clear();
  statfsBuffer
    .set64("f_type", fileSystem.magic)
    .set64("f_bsize", PAGE_SIZE)
    .set64("f_frsize", PAGE_SIZE);
  statfsBuffer
    .set64("f_blocks", total)
    .set64("f_bfree", free)
    .set64("f_bavail", free)
    .set64("f_namelen", 255);
  return statfsBuffer.toUser(t, address);
}

function statAt(
  k: Kernel,
  t: Thread,
  dirfd: number,
  path: number,
  flags: number,
  write: (dentry: Dentry) => number,
): number {
  if ((flags & ~(STAT_FLAGS | 0x6000)) !== 0) return -EINVAL;
  const dentry = lookupAt(k, t, dirfd, path, flags);
  return typeof dentry === "number" ? dentry : write(dentry);
}

function accessAt(
  k: Kernel,
  t: Thread,
  dirfd: number,
  path: number,
  mode: number,
  flags: number,
): number {
  if ((mode & ~7) !== 0 || (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0)
    return -EINVAL;
  const dentry = lookupAt(k, t, dirfd, path, flags);
  if (typeof dentry === "number") return dentry;
  return mode === 0 ? 0 : permission(dentry.inode, t.process, mode);
}

/** The dentry behind a descriptor that is not O_PATH, for fchmod and fchown. */
function opened(t: Thread, fd: number, operation: (dentry: Dentry) => number): number {
  const file = t.process.files.get(fd);
  return file === undefined || (!file.readable && !file.writable) ? -EBADF : operation(file.dentry);
}

/** -1 leaves an id as it is; all other ids are unsigned. */
function ownerId(id: number): number {
  return id === -1 ? -1 : id >>> 0;
}

function utimensat(
  k: Kernel,
  t: Thread,
  dirfd: number,
  pathname: number,
  times: number,
  flags: number,
): number {
  if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) return -EINVAL;
  const stamps = [0, UTIME_NOW, 0, UTIME_NOW];
  if (times !== 0) {
    const bytes = new Uint8Array(2 * timespec.size);
    if (copyIn(spaceOf(t.process), times, bytes, 0, bytes.length) < bytes.length) return -EFAULT;
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < 4; index++) stamps[index] = getSigned(view, 8 * index);
  }
  const dentry =
    pathname === 0 ? descriptorDentry(t, dirfd) : lookupAt(k, t, dirfd, pathname, flags);
  if (typeof dentry === "number") return dentry;
  const [atime = 0, atimeNsec = 0, mtime = 0, mtimeNsec = 0] = stamps;
  return k.vfs.setTimes(t.process, dentry, atime, atimeNsec, mtime, mtimeNsec);
}

function descriptorDentry(t: Thread, fd: number): Dentry | number {
  if (fd === AT_FDCWD) return -EFAULT;
  return t.process.files.get(fd)?.dentry ?? -EBADF;
}

export const attributeCalls = {
  fstat: {
    args: { fd: "fd", statbuf: "address" },
    run: (_k, t, fd, address) => {
      const file = t.process.files.get(fd);
      return file === undefined ? -EBADF : writeStat(t, file.dentry, address);
    },
  },
  newfstatat: {
    args: { dirfd: "fd", pathname: "path", statbuf: "address", flags: "hex" },
    run: (k, t, dirfd, path, address, flags) =>
      statAt(k, t, dirfd, path, flags, (dentry) => writeStat(t, dentry, address)),
  },
  statx: {
    args: { dirfd: "fd", pathname: "path", flags: "hex", mask: "hex", statxbuf: "address" },
    partial: "the basic fields whatever the mask; no birth time, mount id or attributes",
    run: (k, t, dirfd, path, flags, mask, address) => {
      if ((mask & STATX_RESERVED) !== 0) return -EINVAL;
      return statAt(k, t, dirfd, path, flags, (dentry) => writeStatx(t, dentry, address));
    },
  },
  statfs: {
    args: { path: "path", buf: "address" },
    run: (k, t, path, address) => {
      const dentry = lookupAt(k, t, AT_FDCWD, path, 0);
      return typeof dentry === "number" ? dentry : writeStatfs(t, dentry, address);
    },
  },
  fstatfs: {
    args: { fd: "fd", buf: "address" },
    run: (_k, t, fd, address) => {
      const file = t.process.files.get(fd);
      return file === undefined ? -EBADF : writeStatfs(t, file.dentry, address);
    },
  },
  faccessat: {
    args: { dirfd: "fd", pathname: "path", mode: "octal" },
    run: (k, t, dirfd, path, mode) => accessAt(k, t, dirfd, path, mode, 0),
  },
  faccessat2: {
    args: { dirfd: "fd", pathname: "path", mode: "octal", flags: "hex" },
    run: (k, t, dirfd, path, mode, flags) => accessAt(k, t, dirfd, path, mode, flags),
  },
  fchmod: {
    args: { fd: "fd", mode: "octal" },
    run: (k, t, fd, mode) =>
      opened(t, fd, (dentry) => k.vfs.chmod(t.process, dentry, mode & 0o7777)),
  },
  fchmodat: {
    args: { dirfd: "fd", pathname: "path", mode: "octal" },
    run: (k, t, dirfd, path, mode) => {
      const dentry = lookupAt(k, t, dirfd, path, 0);
      return typeof dentry === "number" ? dentry : k.vfs.chmod(t.process, dentry, mode & 0o7777);
    },
  },
  fchown: {
    args: { fd: "fd", owner: "i32", group: "i32" },
    run: (k, t, fd, uid, gid) =>
      opened(t, fd, (dentry) => k.vfs.chown(t.process, dentry, ownerId(uid), ownerId(gid))),
  },
  fchownat: {
    args: { dirfd: "fd", pathname: "path", owner: "i32", group: "i32", flags: "hex" },
    run: (k, t, dirfd, path, uid, gid, flags) => {
      if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) return -EINVAL;
      const dentry = lookupAt(k, t, dirfd, path, flags);
      return typeof dentry === "number"
        ? dentry
        : k.vfs.chown(t.process, dentry, ownerId(uid), ownerId(gid));
    },
  },
  utimensat: {
    args: { dirfd: "fd", pathname: "path", times: "address", flags: "hex" },
    run: (k, t, dirfd, path, times, flags) => utimensat(k, t, dirfd, path, times, flags),
  },
  truncate: {
    args: { path: "path", length: "offset" },
    run: (k, t, pathname, length) => {
      const path = pathAt(t, pathname);
      if (typeof path === "number") return path;
      return length < 0
        ? -EINVAL
        : withPath(t, AT_FDCWD, pathname, (base, name) =>
            k.vfs.truncate(t.process, base, name, length),
          );
    },
  },
} satisfies Family;
