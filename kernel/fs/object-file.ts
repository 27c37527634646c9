// An open regular file whose bytes live in a memory object: reads, writes and mappings meet in its frames.

import { EFAULT, EFBIG } from "../abi/errno.ts";
import { S_ISGID, S_ISUID } from "../abi/stat.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import type { MemoryObject } from "../mm/memory-object.ts";
import type { Caller } from "./caller.ts";
import { type Dentry, pathOf } from "./dentry.ts";
import { File, MAX_FILE_SIZE } from "./file.ts";
import { TOUCH_C, TOUCH_M } from "./inode.ts";

export class ObjectFile extends File {
  readonly #object: MemoryObject;

  constructor(dentry: Dentry, flags: number, object: MemoryObject) {
    super(dentry, flags);
    this.#object = object;
  }

  override read(_caller: Caller, sink: ByteSink, position: number): number {
    const object = this.#object;
    const done = object.read(position, sink);
    if (done > 0) this.inode.accessed();
    else if (done === 0 && sink.remaining > 0 && position < object.size) return -EFAULT;
    return done;
  }

  /** A mapping shows the file's path of now, as /proc/PID/maps does. */
  override mapObject(shared: boolean): MemoryObject | number {
    this.#object.name = pathOf(this.dentry);
    return super.mapObject(shared);
  }

  override write(caller: Caller, source: ByteSource, position: number): number {
    if (source.remaining === 0) return 0;
    if (position >= MAX_FILE_SIZE) return -EFBIG;
    const done = this.#object.write(position, source);
    if (done > 0) {
      const { inode } = this;
      inode.touch(TOUCH_M | TOUCH_C);
      if (caller.uid !== 0) inode.mode &= ~(S_ISUID | S_ISGID);
    }
    return done === 0 ? -EFAULT : done;
  }
}
