// Structures on their way to and from user memory, at the offsets of kernel/abi/structs.ts.

import { EFAULT } from "../abi/errno.ts";
import type { StructLayout } from "../abi/structs.ts";
import { panic } from "../lib/panic.ts";
import { copyIn, copyOut } from "../mm/user-copy.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Thread } from "../proc/thread.ts";

export class UserStruct {
  readonly layout: StructLayout;
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(layout: StructLayout) {
    this.layout = layout;
    this.bytes = new Uint8Array(layout.size);
    this.view = new DataView(this.bytes.buffer);
  }

  offset(field: string): number {
    return this.layout.offsets[field] ?? panic(`struct ${this.layout.name} has no field ${field}`);
  }

  clear(): this {
    this.bytes.fill(0);
    return this;
  }

  setI32(field: string, value: number): this {
    this.view.setInt32(this.offset(field), value, true);
    return this;
  }

  setU16(field: string, value: number): this {
    this.view.setUint16(this.offset(field), value, true);
    return this;
  }

  /** A 64-bit field; Infinity is all ones (RLIM_INFINITY). */
  set64(field: string, value: number): this {
    setWide(this.view, this.offset(field), value);
    return this;
  }

  /** A NUL-terminated text in an array of bytes. */
  setText(field: string, text: string): this {
    const at = this.offset(field);
    for (let i = 0; i < text.length; i++) this.bytes[at + i] = text.charCodeAt(i);
    return this;
  }

  i32(field: string): number {
    return this.view.getInt32(this.offset(field), true);
  }

  u32(field: string): number {
    return this.view.getUint32(this.offset(field), true);
  }

  /** A signed 64-bit field, exact to 2^53. */
  i64(field: string): number {
    return getSigned(this.view, this.offset(field));
  }

  /** An unsigned 64-bit field, exact to 2^53. */
  u64(field: string): number {
    const at = this.offset(field);
    return this.view.getUint32(at + 4, true) * 2 ** 32 + this.view.getUint32(at, true);
  }

  /** 0, or -EFAULT. */
  toUser(t: Thread, address: number): number {
    const { size } = this.layout;
    return copyOut(spaceOf(t.process), address, this.bytes, 0, size) === size ? 0 : -EFAULT;
  }

  /** 0, or -EFAULT. */
  fromUser(t: Thread, address: number): number {
    const { size } = this.layout;
    return copyIn(spaceOf(t.process), address, this.bytes, 0, size) === size ? 0 : -EFAULT;
  }
}

/** Writes 64 bits; Infinity is all ones. */
export function setWide(view: DataView, at: number, value: number): void {
  if (value === Infinity) {
    view.setInt32(at, -1, true);
    view.setInt32(at + 4, -1, true);
    return;
  }
  view.setInt32(at, value | 0, true);
  view.setInt32(at + 4, Math.floor(value / 2 ** 32) | 0, true);
}

export function getSigned(view: DataView, at: number): number {
  return view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}
