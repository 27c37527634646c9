// Which file a memory object belongs to: mappings know objects, /proc/PID/maps shows device and inode numbers.

import type { MemoryObject } from "../mm/memory-object.ts";
import type { Inode } from "./inode.ts";

const inodes = new WeakMap<MemoryObject, Inode>();

export function setObjectInode(object: MemoryObject, inode: Inode): void {
  inodes.set(object, inode);
}

/** The file whose bytes `object` holds; undefined for memory that is no file's. */
export function inodeOfObject(object: MemoryObject): Inode | undefined {
  return inodes.get(object);
}
