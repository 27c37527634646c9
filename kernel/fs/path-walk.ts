// From a path to a dentry: one component at a time, through symbolic links and mounts. Specification:
// path_resolution(7), symlink(7); the corner cases follow Linux's fs/namei.c as observed from outside.
//
//   "/usr/../tmp/./x/"   start at the root; usr; back to its parent; tmp, which a mount covers: its root; x, which must
//                        be a directory because of the trailing slash

import { ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR } from "../abi/errno.ts";
import { NAME_MAX, PATH_MAX, X_OK } from "../abi/fcntl.ts";
import type { Caller } from "./caller.ts";
import { Dentry } from "./dentry.ts";
import type { Inode } from "./inode.ts";
import { permission } from "./permission.ts";

/** Symbolic links that one walk follows at most. */
const MAX_LINKS = 40;

/** What the last component of a path is. */
export type LastType = "name" | "dot" | "dot-dot" | "root";

/** How far a walk has come: everything but the last component is resolved. */
export class Walk {
  parent: Dentry;
  last = "";
  lastType: LastType = "root";
  /** Slashes follow the last component. */
  trailing = false;
  /** Links followed so far. */
  links = 0;

  constructor(start: Dentry) {
    this.parent = start;
  }
}

/** The topmost mount's root where mounts cover `dentry`. */
export function crossMounts(dentry: Dentry): Dentry {
  let at = dentry;
  while (at.mounted !== undefined) at = at.mounted.root;
  return at;
}

/** The directory that ".." means in `dentry`, for a process whose root is `root`. */
export function parentOf(dentry: Dentry, root: Dentry): Dentry {
  let at = dentry;
  while (at !== root) {
    if (at.parent !== undefined) return crossMounts(at.parent);
    if (at.mount.covers === undefined) return at;
    at = at.mount.covers;
  }
  return crossMounts(at);
}

/** Finds a name in a directory, not crossing mounts: the dentry, undefined for a free name, or an errno. */
export function lookupName(
  directory: Dentry,
  name: string,
  caller: Caller,
): Dentry | undefined | number {
  if (!directory.inode.isDirectory) return -ENOTDIR;
  const denied = permission(directory.inode, caller, X_OK);
  if (denied !== 0) return denied;
  if (name.length > NAME_MAX) return -ENAMETOOLONG;
  const known = directory.children.get(name);
  if (known !== undefined) return known;
  const inode = directory.inode.lookup(name, caller);
  if (typeof inode === "number") return inode === -ENOENT ? undefined : inode;
  return addDentry(directory, name, inode);
}

/** Makes the dentry of a name that leads to `inode`. */
export function addDentry(directory: Dentry, name: string, inode: Inode): Dentry {
  const dentry = new Dentry(directory.mount, inode, name, directory);
  if (directory.mount.fileSystem.stableNames) directory.children.set(name, dentry);
  return dentry;
}

/** Resolves all but the last component of `path`, from `start` or the caller's root. 0 or an errno. */
export function walkToParent(walk: Walk, start: Dentry, path: string, caller: Caller): number {
  if (path === "") return -ENOENT;
  if (path.length >= PATH_MAX) return -ENAMETOOLONG;
  walk.parent = crossMounts(path.startsWith("/") ? caller.fs.root : start);
  walk.lastType = "root";
  walk.last = "";
  walk.trailing = false;
  let at = 0;
  while (at < path.length) {
    if (path.charCodeAt(at) === SLASH) {
      at++;
      continue;
    }
    let end = path.indexOf("/", at);
    if (end < 0) end = path.length;
    // What was the last component so far turns out not to be: step into it.
    if (walk.lastType !== "root") {
      const next = followLast(walk, caller);
      if (typeof next === "number") return next;
      if (!next.inode.isDirectory) return -ENOTDIR;
      walk.parent = next;
    } else if (!walk.parent.inode.isDirectory) {
      return -ENOTDIR;
    }
    walk.last = path.slice(at, end);
    walk.lastType = walk.last === "." ? "dot" : walk.last === ".." ? "dot-dot" : "name";
    at = end;
  }
  walk.trailing = walk.lastType !== "root" && path.endsWith("/");
  return 0;
}

const SLASH = 47;

/** The dentry of the walk's last component, its mounts crossed, links not followed; undefined for a free name. */
export function lookupLast(walk: Walk, caller: Caller): Dentry | undefined | number {
  switch (walk.lastType) {
    case "root":
      return walk.parent;
    case "dot":
    case "dot-dot": {
      const denied = permission(walk.parent.inode, caller, X_OK);
      if (denied !== 0) return denied;
      return walk.lastType === "dot" ? walk.parent : parentOf(walk.parent, caller.fs.root);
    }
    case "name": {
      const found = lookupName(walk.parent, walk.last, caller);
      return found instanceof Dentry ? crossMounts(found) : found;
    }
  }
}

/** Takes the last component as a directory to go on from or as the end of a path: follows links. */
function followLast(walk: Walk, caller: Caller): Dentry | number {
  const found = lookupLast(walk, caller);
  if (found === undefined) return -ENOENT;
  if (typeof found === "number" || !found.inode.isSymlink) return found;
  const target = linkTarget(walk, found, caller);
  if (typeof target !== "string") return target;
  return resolve(walk, walk.parent, target, true, caller);
}

/** Where a symbolic link leads: a path to walk on with, a file itself, or an errno. Counts the link. */
export function linkTarget(walk: Walk, link: Dentry, caller: Caller): string | Dentry | number {
  if (++walk.links > MAX_LINKS) return -ELOOP;
  const direct = link.inode.followLink(caller);
  if (direct !== undefined) return direct;
  return link.inode.readlink(caller);
}

/** Walks a whole path. `walk` counts links across nested walks and afterwards holds the last component's place. */
export function resolve(
  walk: Walk,
  start: Dentry,
  path: string,
  follow: boolean,
  caller: Caller,
): Dentry | number {
  const failed = walkToParent(walk, start, path, caller);
  if (failed !== 0) return failed;
  const mustBeDirectory = walk.trailing;
  let found: Dentry | number;
  if (follow || mustBeDirectory) {
    found = followLast(walk, caller);
  } else {
    found = lookupLast(walk, caller) ?? -ENOENT;
  }
  if (mustBeDirectory && typeof found !== "number" && !found.inode.isDirectory) return -ENOTDIR;
  return found;
}
