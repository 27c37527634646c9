// The tree: mounts, lookup, open, attributes, and the way back from a dentry to a path. System calls and boot come in
// here; what a path means is path-walk.ts, changes of names are name-operations.ts. `base` is the directory that a
// relative path starts at (dirfd), undefined for the caller's working directory.
// Specification: open(2), access(2), chmod(2), chown(2), utimensat(2), truncate(2), mount(2), getcwd(3).

import {
  EACCES,
  EAGAIN,
  EBUSY,
  EEXIST,
  EFBIG,
  EINVAL,
  EISDIR,
  ELOOP,
  ENOENT,
  ENOTDIR,
  ENXIO,
  EOPNOTSUPP,
  EPERM,
  EROFS,
  ETXTBSY,
} from "../abi/errno.ts";
import {
  O_ACCMODE,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOCTTY,
  O_NOFOLLOW,
  O_PATH,
  O_RDONLY,
  O_RDWR,
  O_TMPFILE,
  O_TRUNC,
  O_WRONLY,
  R_OK,
  W_OK,
  X_OK,
} from "../abi/fcntl.ts";
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFMT, S_IFREG } from "../abi/stat.ts";
import { S_ISGID, S_ISUID, UTIME_NOW, UTIME_OMIT } from "../abi/stat.ts";
import type { WaitQueue } from "../sched/wait-queue.ts";
import type { Caller } from "./caller.ts";
import { Dentry, type Mount, pathOf } from "./dentry.ts";
import { DeviceTable } from "./device-table.ts";
import { type File, MAX_FILE_SIZE, PathFile } from "./file.ts";
import type { FileSystem } from "./file-system.ts";
import { TOUCH_A, TOUCH_C, TOUCH_M } from "./inode.ts";
import { NameOperations } from "./name-operations.ts";
import {
  addDentry,
  crossMounts,
  linkTarget,
  lookupLast,
  resolve,
  Walk,
  walkToParent,
} from "./path-walk.ts";
import { inGroup, mayOwn, permission } from "./permission.ts";

/** Opens a fifo; kernel/ipc hands it in. It answers with queues when the other side has to come first. */
export type FifoOpen = (
  dentry: Dentry,
  flags: number,
  caller: Caller,
) => File | number | readonly WaitQueue[];

/** Makes the mount of a file system that has no place in the tree (pipes). */
export function detachedMount(fileSystem: FileSystem, source = "none"): Mount {
  return makeMount(fileSystem, source, undefined);
}

function makeMount(fileSystem: FileSystem, source: string, covers: Dentry | undefined): Mount {
  const mount: { -readonly [Key in keyof Mount]?: Mount[Key] } = { fileSystem, covers, source };
  // The cast's promise is kept by the next statement: `root` is all that was missing.
  const made = mount as Mount;
  mount.root = new Dentry(made, fileSystem.root, "/", undefined);
  return made;
}

export class Vfs extends NameOperations {
  /** The root of the whole tree; what a process's own root is unless it calls chroot. */
  readonly root: Dentry;
  readonly devices = new DeviceTable();
  openFifo: FifoOpen | undefined;
  /** What to sleep on when `open` has just answered -EAGAIN (a fifo without its other side), before trying again. */
  openQueues: readonly WaitQueue[] = [];
  readonly #mounts: Mount[] = [];

  constructor(rootFileSystem: FileSystem, source: string) {
    super();
    const mount = makeMount(rootFileSystem, source, undefined);
    this.#mounts.push(mount);
    this.root = mount.root;
  }

  /** All mounts in the order they were made. */
  mounts(): readonly Mount[] {
    return this.#mounts;
  }

  /** Covers a directory with a file system. */
  mount(place: Dentry, fileSystem: FileSystem, source: string): number {
    if (!place.inode.isDirectory) return -ENOTDIR;
    if (place.unlinked) return -ENOENT;
    const covers = crossMounts(place);
    covers.mounted = makeMount(fileSystem, source, covers);
    this.#mounts.push(covers.mounted);
    return 0;
  }

  /** Takes away the mount whose root is `place`. -EBUSY when something is mounted below. */
  unmount(place: Dentry): number {
    const { mount } = place;
    if (mount.root !== place || mount.covers === undefined) return -EINVAL;
    if (this.#mounts.some((other) => other.covers?.mount === mount)) return -EBUSY;
    mount.covers.mounted = undefined;
    this.#mounts.splice(this.#mounts.indexOf(mount), 1);
    return 0;
  }

  /** The file at a path; with `follow` a symbolic link at its end is followed. */
  lookup(caller: Caller, base: Dentry | undefined, path: string, follow: boolean): Dentry | number {
    const start = base ?? caller.fs.cwd;
    return resolve(new Walk(start), start, path, follow, caller);
  }

  /** open(2) and openat(2). `mode` is the new file's permission bits before the umask. */
  open(
    caller: Caller,
    base: Dentry | undefined,
    path: string,
    flags: number,
    mode: number,
  ): File | number {
    if ((flags & O_PATH) !== 0) return this.#openPath(caller, base, path, flags);
    if ((flags & O_TMPFILE & ~O_DIRECTORY) !== 0) return -EOPNOTSUPP;
    if ((flags & O_CREAT) === 0) {
      const follow = (flags & O_NOFOLLOW) === 0;
      const found = this.lookup(caller, base, path, follow);
      if (typeof found === "number") return found;
      return this.openFile(caller, found, flags);
    }
    if ((flags & O_DIRECTORY) !== 0) return -EINVAL;
    return this.#openCreating(caller, base, path, flags, mode);
  }

  #openPath(caller: Caller, base: Dentry | undefined, path: string, flags: number): File | number {
    const found = this.lookup(caller, base, path, (flags & O_NOFOLLOW) === 0);
    if (typeof found === "number") return found;
    if ((flags & O_DIRECTORY) !== 0 && !found.inode.isDirectory) return -ENOTDIR;
    return new PathFile(found, flags & (O_PATH | O_DIRECTORY | O_NOFOLLOW));
  }

  #openCreating(
    caller: Caller,
    base: Dentry | undefined,
    path: string,
    flags: number,
    mode: number,
  ): File | number {
    const start = base ?? caller.fs.cwd;
    const walk = new Walk(start);
    let failed = walkToParent(walk, start, path, caller);
    for (;;) {
      if (failed !== 0) return failed;
      if (walk.lastType !== "name") return (flags & O_EXCL) !== 0 ? -EEXIST : -EISDIR;
      if (walk.trailing) return -EISDIR;
      const found = lookupLast(walk, caller);
      if (typeof found === "number") return found;
      if (found === undefined) return this.#create(caller, walk, flags, mode);
      if ((flags & O_EXCL) !== 0) return -EEXIST;
      if (!found.inode.isSymlink || (flags & O_NOFOLLOW) !== 0) {
        if (found.inode.isDirectory) return -EISDIR;
        return this.openFile(caller, found, flags);
      }
      const target = linkTarget(walk, found, caller);
      if (typeof target === "number") return target;
      if (target instanceof Dentry) {
        return target.inode.isDirectory ? -EISDIR : this.openFile(caller, target, flags);
      }
      failed = walkToParent(walk, walk.parent, target, caller);
    }
  }

  #create(caller: Caller, walk: Walk, flags: number, mode: number): File | number {
    const directory = walk.parent.inode;
    if (directory.fileSystem.readOnly) return -EROFS;
    if (directory.nlink === 0 || directory.fileSystem.fixedNames) return -ENOENT;
    const denied = permission(directory, caller, W_OK | X_OK);
    if (denied !== 0) return denied;
    const bits = S_IFREG | (mode & 0o7777 & ~caller.fs.umask);
    const inode = directory.create(walk.last, bits, 0, caller);
    if (typeof inode === "number") return inode;
    const dentry = addDentry(walk.parent, walk.last, inode);
    // Whoever creates a file may open it as asked, whatever its mode says.
    return inode.open(dentry, fileFlags(flags), caller);
  }

  /** Opens a file that has been found: checks types and permissions, truncates, makes the description. */
  openFile(caller: Caller, dentry: Dentry, flags: number): File | number {
    const { inode } = dentry;
    const access = flags & O_ACCMODE;
    const wanted =
      (access === O_RDONLY || access === O_RDWR ? R_OK : 0) |
      (access === O_WRONLY || access === O_RDWR || (flags & O_TRUNC) !== 0 ? W_OK : 0);
    if (inode.isSymlink) return (flags & O_DIRECTORY) !== 0 ? -ENOTDIR : -ELOOP;
    if ((flags & O_DIRECTORY) !== 0 && !inode.isDirectory) return -ENOTDIR;
    if (inode.isDirectory && (wanted & W_OK) !== 0) return -EISDIR;
    const denied = permission(inode, caller, wanted);
    if (denied !== 0) return denied;
    if (inode.isRegular && (wanted & W_OK) !== 0 && inode.executing > 0) return -ETXTBSY;
    if ((flags & O_TRUNC) !== 0 && inode.isRegular) {
      const failed = inode.truncate(0);
      if (failed !== 0) return failed;
    }
    switch (inode.mode & S_IFMT) {
      case S_IFDIR:
        return inode.open(dentry, fileFlags(flags), caller);
      case S_IFCHR:
        return this.devices.open(inode.rdev, dentry, fileFlags(flags) | (flags & O_NOCTTY), caller);
      case S_IFIFO:
        return this.#openFifo(dentry, fileFlags(flags), caller);
      case S_IFBLK:
        return -ENXIO;
      default:
        return inode.open(dentry, fileFlags(flags), caller);
    }
  }

  #openFifo(dentry: Dentry, flags: number, caller: Caller): File | number {
    const opened = this.openFifo?.(dentry, flags, caller) ?? -ENXIO;
    if (typeof opened === "number" || !isQueues(opened)) return opened;
    this.openQueues = opened;
    return -EAGAIN;
  }

  /** access(2): R_OK, W_OK, X_OK together, or F_OK. */
  access(
    caller: Caller,
    base: Dentry | undefined,
    path: string,
    wanted: number,
    follow = true,
  ): number {
    const found = this.lookup(caller, base, path, follow);
    if (typeof found === "number") return found;
    return wanted === 0 ? 0 : permission(found.inode, caller, wanted);
  }

  /** truncate(2). */
  truncate(caller: Caller, base: Dentry | undefined, path: string, size: number): number {
    if (size < 0) return -EINVAL;
    const found = this.lookup(caller, base, path, true);
    if (typeof found === "number") return found;
    const { inode } = found;
    if (inode.isDirectory) return -EISDIR;
    if (!inode.isRegular) return -EINVAL;
    const denied = permission(inode, caller, W_OK);
    if (denied !== 0) return denied;
    if (inode.executing > 0) return -ETXTBSY;
    return size > MAX_FILE_SIZE ? -EFBIG : inode.truncate(size);
  }

  chmod(caller: Caller, dentry: Dentry, mode: number): number {
    const { inode } = dentry;
    if (inode.fileSystem.readOnly) return -EROFS;
    if (inode.isSymlink) return -EOPNOTSUPP;
    const denied = mayOwn(inode, caller);
    if (denied !== 0) return denied;
    let bits = mode & 0o7777;
    if (caller.uid !== 0 && !inGroup(caller, inode.gid)) bits &= ~S_ISGID;
    inode.mode = (inode.mode & S_IFMT) | bits;
    inode.touch(TOUCH_C);
    return 0;
  }

  /** -1 leaves an id as it is. */
  chown(caller: Caller, dentry: Dentry, uid: number, gid: number): number {
    const { inode } = dentry;
    if (inode.fileSystem.readOnly) return -EROFS;
    if (caller.uid !== 0) {
      const keepsUser = uid === -1 || (uid === inode.uid && caller.uid === inode.uid);
      const ownGroup = gid === -1 || (caller.uid === inode.uid && inGroup(caller, gid));
      if (!keepsUser || !ownGroup) return -EPERM;
    }
    if (uid !== -1) inode.uid = uid;
    if (gid !== -1) inode.gid = gid;
    if (!inode.isDirectory && (uid !== -1 || gid !== -1)) {
      const setGid = (inode.mode & 0o010) !== 0 ? S_ISGID : 0;
      inode.mode &= ~(S_ISUID | setGid);
    }
    inode.touch(TOUCH_C);
    return 0;
  }

  /** utimensat(2): nanoseconds may be UTIME_NOW or UTIME_OMIT. */
  setTimes(
    caller: Caller,
    dentry: Dentry,
    atime: number,
    atimeNsec: number,
    mtime: number,
    mtimeNsec: number,
  ): number {
    const { inode } = dentry;
    if (atimeNsec === UTIME_OMIT && mtimeNsec === UTIME_OMIT) return 0;
    if (!isTime(atimeNsec) || !isTime(mtimeNsec)) return -EINVAL;
    if (inode.fileSystem.readOnly) return -EROFS;
    if (mayOwn(inode, caller) !== 0) {
      if (atimeNsec !== UTIME_NOW || mtimeNsec !== UTIME_NOW) return -EPERM;
      if (permission(inode, caller, W_OK) !== 0) return -EACCES;
    }
    if (atimeNsec === UTIME_NOW) inode.touch(TOUCH_A);
    else if (atimeNsec !== UTIME_OMIT) {
      inode.atime = atime;
      inode.atimeNsec = atimeNsec;
    }
    if (mtimeNsec === UTIME_NOW) inode.touch(TOUCH_M);
    else if (mtimeNsec !== UTIME_OMIT) {
      inode.mtime = mtime;
      inode.mtimeNsec = mtimeNsec;
    }
    inode.touch(TOUCH_C);
    return 0;
  }

  /** The path of a dentry as a process whose root is `root` sees it. */
  pathOf(dentry: Dentry, root: Dentry = this.root): string {
    return pathOf(dentry, root);
  }

  /** getcwd(2). */
  getcwd(caller: Caller): string | number {
    const { cwd, root } = caller.fs;
    if (cwd.unlinked) return -ENOENT;
    return pathOf(cwd, root);
  }
}

function isQueues(opened: File | readonly WaitQueue[]): opened is readonly WaitQueue[] {
  return Array.isArray(opened);
}

/** The flags that a description keeps: creation flags have done their work. */
function fileFlags(flags: number): number {
  return flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC);
}

function isTime(nanoseconds: number): boolean {
  return (
    nanoseconds === UTIME_NOW ||
    nanoseconds === UTIME_OMIT ||
    (nanoseconds >= 0 && nanoseconds < 1e9)
  );
}
