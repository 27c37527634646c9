// Reads a cpio archive of the "newc" format, in which the root image is kept: headers of hexadecimal digits, names,
// data, each padded to 4 bytes. The data is not copied: an entry points into the archive.
// Specification: cpio(5), "New ASCII Format"; Linux's Documentation/driver-api/early-userspace/buffer-format.rst.
//
//   "070701" ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check   name\0 pad data pad
//    6 bytes, then thirteen numbers of eight hexadecimal digits

import { byteString } from "./byte-string.ts";

export interface CpioEntry {
  /** A relative path as a byte string, without leading "./" or "/"; empty for the root. */
  readonly path: string;
  readonly ino: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly rdevMajor: number;
  readonly rdevMinor: number;
  /** A view of the archive. */
  readonly data: Uint8Array;
}

const HEADER = 110;
const FIELDS = 13;
const TRAILER = "TRAILER!!!";

/** All entries in archive order. Throws a RangeError that says where, if the archive is damaged. */
export function readCpio(archive: Uint8Array): CpioEntry[] {
  const entries: CpioEntry[] = [];
  let at = 0;
  while (at + HEADER <= archive.length) {
    const magic = byteString(archive, at, at + 6);
    if (magic !== "070701" && magic !== "070702") {
      throw new RangeError(`the cpio archive has no header at byte ${at}`);
    }
    const fields: number[] = [];
    for (let field = 0; field < FIELDS; field++) {
      const digits = byteString(archive, at + 6 + field * 8, at + 14 + field * 8);
      const value = /^[0-9a-fA-F]{8}$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
      if (Number.isNaN(value)) throw new RangeError(`the cpio header at byte ${at} is damaged`);
      fields.push(value);
    }
    const [ino = 0, mode = 0, uid = 0, gid = 0, nlink = 0, mtime = 0, size = 0] = fields;
    const [rdevMajor = 0, rdevMinor = 0, nameSize = 0] = fields.slice(9);
    const nameAt = at + HEADER;
    const dataAt = align(nameAt + nameSize);
    if (nameSize === 0 || dataAt + size > archive.length) {
      throw new RangeError(`the cpio entry at byte ${at} is cut short`);
    }
    const name = byteString(archive, nameAt, nameAt + nameSize - 1);
    if (name === TRAILER) return entries;
    const path = name.replace(/^(\.?\/)+/, "").replace(/\/+$/, "");
    entries.push({
      path: path === "." ? "" : path,
      ino,
      mode,
      uid,
      gid,
      nlink,
      mtime,
      rdevMajor,
      rdevMinor,
      data: archive.subarray(dataAt, dataAt + size),
    });
    at = align(dataAt + size);
  }
  throw new RangeError("the cpio archive has no end");
}

function align(at: number): number {
  return (at + 3) & ~3;
}
