// The devices without a device: /dev/null, zero, full, random and urandom. Specification: null(4), full(4), random(4).

import { EFAULT, EINVAL, ENODEV, ENOSPC } from "../abi/errno.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import type { Caller } from "./caller.ts";
import type { Dentry } from "./dentry.ts";
import type { DeviceTable } from "./device-table.ts";
import { File } from "./file.ts";

/** Fills `into[from, from + length)` with random bytes. */
export type RandomBytes = (into: Uint8Array, from: number, length: number) => void;

/** Reading and writing move no offset; any seek succeeds and stays at 0 (null_lseek). */
abstract class MemoryDevice extends File {
  override seek(): number {
    this.position = 0;
    return 0;
  }

  override truncate(): number {
    return -EINVAL;
  }

  override mapObject(): number {
    return -ENODEV;
  }
}

const bytes = new Uint8Array(PAGE_SIZE);

/** Swallows all that is written. */
function discard(source: ByteSource): number {
  let done = 0;
  while (source.remaining > 0) {
    const wanted = Math.min(source.remaining, bytes.length);
    const count = source.take(bytes, 0, wanted);
    done += count;
    if (count < wanted) break;
  }
  return done === 0 && source.remaining > 0 ? -EFAULT : done;
}

/** Gives `fill`ed bytes until the sink is full. */
function supply(sink: ByteSink, fill: (length: number) => void): number {
  let done = 0;
  while (sink.remaining > 0) {
    const wanted = Math.min(sink.remaining, bytes.length);
    fill(wanted);
    const count = sink.put(bytes, 0, wanted);
    done += count;
    if (count < wanted) break;
  }
  return done === 0 && sink.remaining > 0 ? -EFAULT : done;
}

class NullFile extends MemoryDevice {
  override read(): number {
    return 0;
  }

  /** The bytes are never looked at, so bad addresses do not matter: all of them are gone. */
  override write(_caller: Caller, source: ByteSource): number {
    return source.remaining;
  }
}

class ZeroFile extends MemoryDevice {
  override read(_caller: Caller, sink: ByteSink): number {
    return supply(sink, (length) => bytes.fill(0, 0, length));
  }

  override write(_caller: Caller, source: ByteSource): number {
    return source.remaining;
  }

  /** Anonymous memory, private or shared as asked. */
  override mapObject(): number {
    return 0;
  }
}

class FullFile extends MemoryDevice {
  override read(_caller: Caller, sink: ByteSink): number {
    return supply(sink, (length) => bytes.fill(0, 0, length));
  }

  override write(): number {
    return -ENOSPC;
  }
}

class RandomFile extends MemoryDevice {
  readonly #random: RandomBytes;

  constructor(dentry: Dentry, flags: number, random: RandomBytes) {
    super(dentry, flags);
    this.#random = random;
  }

  override read(_caller: Caller, sink: ByteSink): number {
    return supply(sink, (length) => this.#random(bytes, 0, length));
  }

  /** What is written would stir the pool; the machine's randomness is handed in, so there is none. */
  override write(_caller: Caller, source: ByteSource): number {
    return discard(source);
  }
}

/** Name, minor number and mode of each, all of major 1. */
export const memoryDevices = [
  ["null", 3],
  ["zero", 5],
  ["full", 7],
  ["random", 8],
  ["urandom", 9],
] as const;

export function registerMemoryDevices(devices: DeviceTable, random: RandomBytes): void {
  devices.register("mem", 1, 3, (dentry, flags) => new NullFile(dentry, flags));
  devices.register("mem", 1, 5, (dentry, flags) => new ZeroFile(dentry, flags));
  devices.register("mem", 1, 7, (dentry, flags) => new FullFile(dentry, flags));
  for (const minor of [8, 9]) {
    devices.register("mem", 1, minor, (dentry, flags) => new RandomFile(dentry, flags, random));
  }
}
