// The operations that change names: mkdir, mknod, symlink, link, unlink, rmdir, rename. Each walks to the directory,
// checks what Linux checks in Linux's order (programs rely on which errno comes first), lets the inode do the work and
// keeps the dentries true. Specification: the man pages of the system calls; order as in Linux's fs/namei.c.

import {
  EBUSY,
  EEXIST,
  EINVAL,
  EISDIR,
  ENOENT,
  ENOTDIR,
  ENOTEMPTY,
  EPERM,
  EROFS,
  EXDEV,
} from "../abi/errno.ts";
import { RENAME_EXCHANGE, RENAME_NOREPLACE, W_OK, X_OK } from "../abi/fcntl.ts";
import { S_IFMT, S_IFREG } from "../abi/stat.ts";
import type { Caller } from "./caller.ts";
import type { Dentry } from "./dentry.ts";
import type { Inode } from "./inode.ts";
import { addDentry, lookupLast, lookupName, resolve, Walk, walkToParent } from "./path-walk.ts";
import { mayRemove, permission } from "./permission.ts";

/** Forgets a name that is gone. */
function dropDentry(dentry: Dentry): void {
  dentry.unlinked = true;
  dentry.parent?.children.delete(dentry.name);
  const { inode } = dentry;
  if (inode.nlink === 0 && inode.openCount === 0) inode.release();
}

function moveDentry(dentry: Dentry, to: Dentry, name: string): void {
  dentry.parent?.children.delete(dentry.name);
  dentry.parent = to;
  dentry.name = name;
  to.children.set(name, dentry);
}

/** Whether `dentry` is `ancestor` or lies below it. */
function isWithin(dentry: Dentry, ancestor: Dentry): boolean {
  for (let at: Dentry | undefined = dentry; at !== undefined; at = at.parent) {
    if (at === ancestor) return true;
  }
  return false;
}

export class NameOperations {
  /** Walks to a name that must be free. The walk, or an errno. */
  #toFreeName(
    caller: Caller,
    base: Dentry | undefined,
    path: string,
    forDirectory: boolean,
  ): Walk | number {
    const walk = new Walk(base ?? caller.fs.cwd);
    const failed = walkToParent(walk, base ?? caller.fs.cwd, path, caller);
    if (failed !== 0) return failed;
    if (walk.lastType !== "name") return -EEXIST;
    const found = lookupName(walk.parent, walk.last, caller);
    if (typeof found === "number") return found;
    if (found !== undefined) return -EEXIST;
    if (walk.trailing && !forDirectory) return -ENOENT;
    if (walk.parent.inode.fileSystem.fixedNames) return -ENOENT;
    return walk;
  }

  /** Whether `caller` may add names to the directory. */
  #mayAdd(directory: Dentry, caller: Caller): number {
    if (directory.inode.fileSystem.readOnly) return -EROFS;
    if (directory.inode.nlink === 0) return -ENOENT;
    return permission(directory.inode, caller, W_OK | X_OK);
  }

  #made(walk: Walk, inode: Inode | number): number {
    if (typeof inode === "number") return inode;
    addDentry(walk.parent, walk.last, inode);
    return 0;
  }

  mkdir(caller: Caller, base: Dentry | undefined, path: string, mode: number): number {
    const walk = this.#toFreeName(caller, base, path, true);
    if (typeof walk === "number") return walk;
    const denied = this.#mayAdd(walk.parent, caller);
    if (denied !== 0) return denied;
    const bits = mode & 0o1777 & ~caller.fs.umask;
    return this.#made(walk, walk.parent.inode.mkdir(walk.last, bits, caller));
  }

  /** `mode` holds the type; none means a regular file. */
  mknod(
    caller: Caller,
    base: Dentry | undefined,
    path: string,
    mode: number,
    rdev: number,
  ): number {
    const type = (mode & S_IFMT) === 0 ? S_IFREG : mode & S_IFMT;
    const walk = this.#toFreeName(caller, base, path, false);
    if (typeof walk === "number") return walk;
    const denied = this.#mayAdd(walk.parent, caller);
    if (denied !== 0) return denied;
    const bits = type | (mode & 0o7777 & ~caller.fs.umask);
    return this.#made(walk, walk.parent.inode.create(walk.last, bits, rdev, caller));
  }

  symlink(caller: Caller, target: string, base: Dentry | undefined, path: string): number {
    if (target === "") return -ENOENT;
    const walk = this.#toFreeName(caller, base, path, false);
    if (typeof walk === "number") return walk;
    const denied = this.#mayAdd(walk.parent, caller);
    if (denied !== 0) return denied;
    return this.#made(walk, walk.parent.inode.symlink(walk.last, target, caller));
  }

  link(
    caller: Caller,
    oldBase: Dentry | undefined,
    oldPath: string,
    newBase: Dentry | undefined,
    newPath: string,
    follow: boolean,
  ): number {
    const start = oldBase ?? caller.fs.cwd;
    const old = resolve(new Walk(start), start, oldPath, follow, caller);
    if (typeof old === "number") return old;
    return this.linkDentry(caller, old, newBase, newPath);
  }

  /** link(2) on a file already found (AT_EMPTY_PATH). */
  linkDentry(caller: Caller, old: Dentry, newBase: Dentry | undefined, newPath: string): number {
    const walk = this.#toFreeName(caller, newBase, newPath, false);
    if (typeof walk === "number") return walk;
    if (walk.parent.mount !== old.mount) return -EXDEV;
    const denied = this.#mayAdd(walk.parent, caller);
    if (denied !== 0) return denied;
    if (old.inode.isDirectory) return -EPERM;
    if (old.inode.nlink === 0) return -ENOENT;
    const failed = walk.parent.inode.link(walk.last, old.inode);
    if (failed !== 0) return failed;
    addDentry(walk.parent, walk.last, old.inode);
    return 0;
  }

  unlink(caller: Caller, base: Dentry | undefined, path: string): number {
    const walk = new Walk(base ?? caller.fs.cwd);
    const failed = walkToParent(walk, base ?? caller.fs.cwd, path, caller);
    if (failed !== 0) return failed;
    if (walk.lastType !== "name") return -EISDIR;
    if (walk.parent.inode.fileSystem.readOnly) return -EROFS;
    const victim = lookupName(walk.parent, walk.last, caller);
    if (typeof victim === "number") return victim;
    if (victim === undefined) return -ENOENT;
    if (walk.trailing) return victim.inode.isDirectory ? -EISDIR : -ENOTDIR;
    const denied = this.#mayDelete(walk.parent, victim, caller);
    if (denied !== 0) return denied;
    if (victim.inode.isDirectory) return -EISDIR;
    if (victim.mounted !== undefined) return -EBUSY;
    const result = walk.parent.inode.unlink(walk.last, victim.inode);
    if (result === 0) dropDentry(victim);
    return result;
  }

  rmdir(caller: Caller, base: Dentry | undefined, path: string): number {
    const walk = new Walk(base ?? caller.fs.cwd);
    const failed = walkToParent(walk, base ?? caller.fs.cwd, path, caller);
    if (failed !== 0) return failed;
    if (walk.lastType === "dot-dot") return -ENOTEMPTY;
    if (walk.lastType === "dot") return -EINVAL;
    if (walk.lastType === "root") return -EBUSY;
    if (walk.parent.inode.fileSystem.readOnly) return -EROFS;
    const victim = lookupName(walk.parent, walk.last, caller);
    if (typeof victim === "number") return victim;
    if (victim === undefined) return -ENOENT;
    const denied = this.#mayDelete(walk.parent, victim, caller);
    if (denied !== 0) return denied;
    if (!victim.inode.isDirectory) return -ENOTDIR;
    if (victim.mounted !== undefined) return -EBUSY;
    const result = walk.parent.inode.rmdir(walk.last, victim.inode);
    if (result === 0) dropDentry(victim);
    return result;
  }

  #mayDelete(directory: Dentry, victim: Dentry, caller: Caller): number {
    const denied = permission(directory.inode, caller, W_OK | X_OK);
    return denied !== 0 ? denied : mayRemove(directory.inode, victim.inode, caller);
  }

  rename(
    caller: Caller,
    oldBase: Dentry | undefined,
    oldPath: string,
    newBase: Dentry | undefined,
    newPath: string,
    flags: number,
  ): number {
    if ((flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE)) !== 0) return -EINVAL;
    if (flags === (RENAME_NOREPLACE | RENAME_EXCHANGE)) return -EINVAL;
    const exchange = flags === RENAME_EXCHANGE;
    const from = new Walk(oldBase ?? caller.fs.cwd);
    let failed = walkToParent(from, oldBase ?? caller.fs.cwd, oldPath, caller);
    if (failed !== 0) return failed;
    const to = new Walk(newBase ?? caller.fs.cwd);
    failed = walkToParent(to, newBase ?? caller.fs.cwd, newPath, caller);
    if (failed !== 0) return failed;
    if (from.parent.mount !== to.parent.mount) return -EXDEV;
    if (from.lastType !== "name") return -EBUSY;
    if (to.lastType !== "name") return flags === RENAME_NOREPLACE ? -EEXIST : -EBUSY;
    if (from.parent.inode.fileSystem.readOnly) return -EROFS;

    const source = lookupName(from.parent, from.last, caller);
    if (typeof source === "number") return source;
    if (source === undefined) return -ENOENT;
    const target = lookupName(to.parent, to.last, caller);
    if (typeof target === "number") return target;
    if (flags === RENAME_NOREPLACE && target !== undefined) return -EEXIST;
    if (target === undefined && to.parent.inode.fileSystem.fixedNames) return -ENOENT;
    if (exchange) {
      if (target === undefined) return -ENOENT;
      if (to.trailing && !target.inode.isDirectory) return -ENOTDIR;
    }
    if (!source.inode.isDirectory) {
      if (from.trailing) return -ENOTDIR;
      if (!exchange && to.trailing) return -ENOTDIR;
    }
    if (isWithin(to.parent, source)) return -EINVAL;
    if (target !== undefined && isWithin(from.parent, target)) {
      return exchange ? -EINVAL : -ENOTEMPTY;
    }
    if (target?.inode === source.inode) return 0;

    let denied = this.#mayDelete(from.parent, source, caller);
    if (denied !== 0) return denied;
    if (target === undefined) {
      denied = this.#mayAdd(to.parent, caller);
    } else {
      denied = this.#mayDelete(to.parent, target, caller);
      if (denied === 0 && !exchange && source.inode.isDirectory && !target.inode.isDirectory) {
        denied = -ENOTDIR;
      }
      if (denied === 0 && !exchange && !source.inode.isDirectory && target.inode.isDirectory) {
        denied = -EISDIR;
      }
    }
    if (denied !== 0) return denied;
    if (source.mounted !== undefined || target?.mounted !== undefined) return -EBUSY;
    return this.#move(from, source, to, target, exchange);
  }

  #move(
    from: Walk,
    source: Dentry,
    to: Walk,
    target: Dentry | undefined,
    exchange: boolean,
  ): number {
    const failed = from.parent.inode.rename(
      from.last,
      source.inode,
      to.parent.inode,
      to.last,
      target?.inode,
      exchange,
    );
    if (failed !== 0) return failed;
    if (target !== undefined && exchange) {
      moveDentry(source, to.parent, to.last);
      // The target's old name now is the source's: only enter it under its new one.
      target.parent = from.parent;
      target.name = from.last;
      from.parent.children.set(from.last, target);
      return 0;
    }
    if (target !== undefined) dropDentry(target);
    moveDentry(source, to.parent, to.last);
    return 0;
  }

  /** readlink(2). An empty path means `base` itself, which O_PATH | O_NOFOLLOW opened. */
  readlink(caller: Caller, base: Dentry | undefined, path: string): string | number {
    let link: Dentry | undefined | number = base;
    if (path !== "" || base === undefined) {
      const start = base ?? caller.fs.cwd;
      const walk = new Walk(start);
      const failed = walkToParent(walk, start, path, caller);
      if (failed !== 0) return failed;
      link = walk.trailing
        ? resolve(new Walk(start), start, path, true, caller)
        : lookupLast(walk, caller);
    }
    if (typeof link === "number") return link;
    if (link === undefined) return -ENOENT;
    if (!link.inode.isSymlink) return path === "" ? -ENOENT : -EINVAL;
    return link.inode.readlink(caller);
  }
}
