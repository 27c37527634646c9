// Which driver a device number leads to. A device file is only a type and a number; opening it looks the driver up
// here, wherever in the tree the file is. Specification: mknod(2), makedev(3), Linux's Documentation/admin-guide/devices.txt.

import { ENXIO } from "../abi/errno.ts";
import type { Caller } from "./caller.ts";
import type { Dentry } from "./dentry.ts";
import type { File } from "./file.ts";

/** Opens a device: makes the description or says why not. */
export type DeviceOpen = (
  dentry: Dentry,
  flags: number,
  caller: Caller,
  minor: number,
) => File | number;

/** The kernel's device number of a pair (new_encode_dev: minor bits 0–7 and 20–31, major between). */
export function makeDevice(major: number, minor: number): number {
  return ((minor & 0xff) | (major << 8) | ((minor & 0xfff00) << 12)) >>> 0;
}

export function majorOf(device: number): number {
  return (device >>> 8) & 0xfff;
}

export function minorOf(device: number): number {
  return (device & 0xff) | ((device >>> 12) & 0xfff00);
}

export class DeviceTable {
  readonly #characters = new Map<number, DeviceOpen>();
  readonly #names = new Map<number, string>();

  /** Takes minors `minor … minor + count - 1` of a major for one driver. */
  register(name: string, major: number, minor: number, open: DeviceOpen, count = 1): void {
    for (let i = 0; i < count; i++) this.#characters.set(makeDevice(major, minor + i), open);
    if (!this.#names.has(major)) this.#names.set(major, name);
  }

  open(device: number, dentry: Dentry, flags: number, caller: Caller): File | number {
    return this.#characters.get(device)?.(dentry, flags, caller, minorOf(device)) ?? -ENXIO;
  }

  /** Majors with their names, for /proc/devices. */
  *majors(): Iterable<readonly [number, string]> {
    yield* [...this.#names].toSorted(([a], [b]) => a - b);
  }
}
