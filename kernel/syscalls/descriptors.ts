// Opening, closing and arranging descriptors: openat(2), close(2), dup3(2), fcntl(2), pipe2(2), lseek(2), ioctl(2).

import { EAGAIN, EBADF, EBUSY, EFAULT, EINVAL, EMFILE, ENOMEM, EPERM } from "../abi/errno.ts";
import {
  FD_CLOEXEC,
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_GETFD,
  F_GETFL,
  F_GETPIPE_SZ,
  F_SETFD,
  F_SETFL,
  F_SETPIPE_SZ,
  O_APPEND,
  O_ASYNC,
  O_CLOEXEC,
  O_DIRECT,
  O_LARGEFILE,
  O_NOATIME,
  O_NONBLOCK,
} from "../abi/fcntl.ts";
import { FIOCLEX, FIONBIO, FIONCLEX } from "../abi/termios.ts";
import type { File } from "../fs/file.ts";
import { PipeFile } from "../ipc/pipe.ts";
import { load32, store32 } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { ERESTARTSYS } from "../proc/restart.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";
import { withPath } from "./paths.ts";
import { waitOn } from "./waiting.ts";

const SETTABLE = O_APPEND | O_ASYNC | O_DIRECT | O_NOATIME | O_NONBLOCK;

/** Gives `file`, with its one reference, a descriptor; closes it again when there is none. */
export function installFile(t: Thread, file: File, closeOnExec: boolean, from = 0): number {
  const fd = t.process.files.install(file, closeOnExec, t.process.limits.descriptors, from);
  if (fd < 0) file.release();
  return fd;
}

function openat(
  k: Kernel,
  t: Thread,
  dirfd: number,
  pathname: number,
  flags: number,
  mode: number,
): number {
  return withPath(t, dirfd, pathname, (base, path) => {
    const file = k.vfs.open(t.process, base, path, flags, mode & 0o7777);
    return typeof file === "number" ? file : installFile(t, file, (flags & O_CLOEXEC) !== 0);
  });
}

/** openat, and the wait of open(2) on a FIFO until the other end is there. */
function open(
  k: Kernel,
  t: Thread,
  dirfd: number,
  path: number,
  flags: number,
  mode: number,
): number | Promise<number> {
  const fd = openat(k, t, dirfd, path, flags, mode);
  if (fd !== -EAGAIN || (flags & O_NONBLOCK) !== 0) return fd;
  return openWhenReady(k, t, dirfd, path, flags, mode);
}

async function openWhenReady(
  k: Kernel,
  t: Thread,
  dirfd: number,
  path: number,
  flags: number,
  mode: number,
): Promise<number> {
  for (;;) {
    // The Vfs says whom the open that has just answered -EAGAIN waits for.
    const wake = await waitOn(k, t, k.vfs.openQueues);
    if (wake === "interrupted") return -ERESTARTSYS;
    const fd = openat(k, t, dirfd, path, flags, mode);
    if (fd !== -EAGAIN) return fd;
  }
}

function dup(t: Thread, fd: number, from: number, closeOnExec: boolean): number {
  const file = t.process.files.get(fd);
  return file === undefined ? -EBADF : installFile(t, file.retain(), closeOnExec, from);
}

function dup3(t: Thread, oldFd: number, newFd: number, flags: number): number {
  if ((flags & ~O_CLOEXEC) !== 0 || oldFd === newFd) return -EINVAL;
  const { files, limits } = t.process;
  const file = files.get(oldFd);
  if (newFd < 0 || newFd >= limits.descriptors) return -EBADF;
  if (file === undefined) return -EBADF;
  files.replace(newFd, file.retain(), (flags & O_CLOEXEC) !== 0);
  return newFd;
}

function fcntl(t: Thread, fd: number, command: number, argument: number): number {
  const { files, limits } = t.process;
  const file = files.get(fd);
  if (file === undefined) return -EBADF;
  switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
      if (argument >= limits.descriptors) return -EINVAL;
      return dup(t, fd, argument, command === F_DUPFD_CLOEXEC);
    case F_GETFD:
      return files.closeOnExec(fd) ? FD_CLOEXEC : 0;
    case F_SETFD:
      files.setCloseOnExec(fd, (argument & FD_CLOEXEC) !== 0);
      return 0;
    case F_GETFL:
      return file.flags | O_LARGEFILE;
    case F_SETFL:
      file.flags = (file.flags & ~SETTABLE) | (argument & SETTABLE);
      return 0;
    case F_GETPIPE_SZ:
      return file instanceof PipeFile ? file.capacity : -EBADF;
    case F_SETPIPE_SZ:
      return file instanceof PipeFile ? pipeResult(file.setCapacity(argument)) : -EBADF;
    default:
      return -EINVAL;
  }
}

/** F_SETPIPE_SZ's own errnos pass; what a shortage of frames means here is ENOMEM. */
function pipeResult(result: number): number {
  return result === -EPERM || result === -EBUSY || result >= 0
    ? result
    : result === -EINVAL
      ? result
      : -ENOMEM;
}

function pipe2(k: Kernel, t: Thread, address: number, flags: number): number {
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT)) !== 0) return -EINVAL;
  const pipe = k.createPipe(flags & ~O_CLOEXEC);
  if (typeof pipe === "number") return pipe;
  const closeOnExec = (flags & O_CLOEXEC) !== 0;
  const readFd = installFile(t, pipe.read, closeOnExec);
  const writeFd = readFd < 0 ? -EMFILE : installFile(t, pipe.write, closeOnExec);
  if (readFd < 0) pipe.write.release();
  if (readFd >= 0 && writeFd < 0) t.process.files.close(readFd);
  if (readFd < 0 || writeFd < 0) return -EMFILE;
  const space = spaceOf(t.process);
  if (store32(space, address, readFd) < 0 || store32(space, address + 4, writeFd) < 0) {
    t.process.files.close(readFd);
    t.process.files.close(writeFd);
    return -EFAULT;
  }
  return 0;
}

/** The requests that mean the same for every file; the rest is the file's own. */
function ioctl(t: Thread, fd: number, request: number, argument: number): number {
  const { files } = t.process;
  const file = files.get(fd);
  if (file === undefined) return -EBADF;
  switch (request) {
    case FIOCLEX:
      files.setCloseOnExec(fd, true);
      return 0;
    case FIONCLEX:
      files.setCloseOnExec(fd, false);
      return 0;
    case FIONBIO: {
      const on = load32(spaceOf(t.process), argument);
      if (on < 0) return -EFAULT;
      file.flags = on !== 0 ? file.flags | O_NONBLOCK : file.flags & ~O_NONBLOCK;
      return 0;
    }
    default: {
      const result = file.ioctl(t.process, request, argument);
      // Requests that install a descriptor (TIOCGPTPEER) are the tty's; it answers the file by number there.
      return result;
    }
  }
}

/** TCSETSW and kin wait for output to drain; the tty answers -EAGAIN until it has. */
function ioctlOrWait(
  k: Kernel,
  t: Thread,
  fd: number,
  request: number,
  argument: number,
): number | Promise<number> {
  const result = ioctl(t, fd, request, argument);
  return result === -EAGAIN ? ioctlWhenReady(k, t, fd, request, argument) : result;
}

async function ioctlWhenReady(
  k: Kernel,
  t: Thread,
  fd: number,
  request: number,
  argument: number,
): Promise<number> {
  for (;;) {
    const file = t.process.files.get(fd);
    if (file === undefined) return -EBADF;
    const wake = await waitOn(k, t, file.waitQueues(0x004));
    if (wake === "interrupted") return -ERESTARTSYS;
    const result = ioctl(t, fd, request, argument);
    if (result !== -EAGAIN) return result;
  }
}

function closeRange(t: Thread, first: number, last: number, flags: number): number {
  const CLOSE_RANGE_CLOEXEC = 4;
  const CLOSE_RANGE_UNSHARE = 2;
  if ((flags & ~(CLOSE_RANGE_CLOEXEC | CLOSE_RANGE_UNSHARE)) !== 0 || first > last) return -EINVAL;
  const { process } = t;
  if ((flags & CLOSE_RANGE_UNSHARE) !== 0 && process.files.users > 1) {
    process.files.users--;
    process.files = process.files.clone();
  }
  for (const fd of process.files.numbers()) {
    if (fd < first || fd > last) continue;
    if ((flags & CLOSE_RANGE_CLOEXEC) !== 0) process.files.setCloseOnExec(fd, true);
    else process.files.close(fd);
  }
  return 0;
}

export const descriptorCalls = {
  openat: {
    args: { dirfd: "fd", pathname: "path", flags: "octal", mode: "octal" },
    run: (k, t, dirfd, path, flags, mode) => open(k, t, dirfd, path, flags, mode),
  },
  close: { args: { fd: "fd" }, run: (_k, t, fd) => t.process.files.close(fd) },
  close_range: {
    args: { first: "u32", last: "u32", flags: "hex" },
    run: (_k, t, first, last, flags) => closeRange(t, first, last, flags),
  },
  dup: { args: { fd: "fd" }, run: (_k, t, fd) => dup(t, fd, 0, false) },
  dup3: {
    args: { oldfd: "fd", newfd: "fd", flags: "octal" },
    run: (_k, t, oldFd, newFd, flags) => dup3(t, oldFd, newFd, flags),
  },
  fcntl: {
    args: { fd: "fd", cmd: "i32", arg: "u32" },
    partial: "no file locks, leases, owners or seals (EINVAL)",
    run: (_k, t, fd, command, argument) => fcntl(t, fd, command, argument),
  },
  pipe2: {
    args: { pipefd: "address", flags: "octal" },
    outputs: { pipefd: 8 },
    partial: "O_DIRECT (packet mode) is accepted and has no effect",
    run: (k, t, address, flags) => pipe2(k, t, address, flags),
  },
  lseek: {
    args: { fd: "fd", offset: "offset", whence: "u32" },
    run: (_k, t, fd, offset, whence) => t.process.files.get(fd)?.seek(offset, whence) ?? -EBADF,
  },
  ioctl: {
    args: { fd: "fd", request: "hex", arg: "address" },
    partial: "terminals, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX",
    run: (k, t, fd, request, argument) => ioctlOrWait(k, t, fd, request, argument),
  },
  ftruncate: {
    args: { fd: "fd", length: "offset" },
    run: (_k, t, fd, length) => {
      const file = t.process.files.get(fd);
      if (file === undefined) return -EBADF;
      return length < 0 || !file.inode.isRegular ? -EINVAL : file.truncate(length);
    },
  },
  fsync: { args: { fd: "fd" }, run: (_k, t, fd) => sync(t, fd) },
  fdatasync: { args: { fd: "fd" }, run: (_k, t, fd) => sync(t, fd) },
  sync: { args: {}, run: () => 0 },
  syncfs: {
    args: { fd: "fd" },
    run: (_k, t, fd) => (t.process.files.get(fd) === undefined ? -EBADF : 0),
  },
} satisfies Family;

/** Files live in memory, so there is nothing to write back; pipes and terminals cannot be synced. */
function sync(t: Thread, fd: number): number {
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  return file.inode.isRegular || file.inode.isDirectory ? 0 : -EINVAL;
}
