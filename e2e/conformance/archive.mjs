// The conformance programs, compiled, in one file: a gzipped cpio (newc, as cpio(5) draws it) whose bytes depend on its
// entries only.

import { gunzipSync, gzipSync } from "node:zlib";

const HEADER_BYTES = 110;
const TRAILER = "TRAILER!!!";

const padded = (length) => (length + 3) & ~3;

/**
 * @param {string} name
 * @param {Uint8Array} data
 * @param {number} mode
 */
function entry(name, data, mode) {
  // magic; inode, mode, uid, gid, nlink, mtime, file size, four device numbers, name size, check: 8 hexadecimal digits each
  const fields = [0, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length + 1, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`;
  const start = padded(HEADER_BYTES + name.length + 1);
  const bytes = Buffer.alloc(start + padded(data.length));
  bytes.write(header + name, "latin1");
  bytes.set(data, start);
  return bytes;
}

/**
 * @param {Map<string, Uint8Array>} files contents by name
 * @returns {Buffer}
 */
export function pack(files) {
  const names = [...files.keys()].toSorted();
  const entries = names.map((name) => entry(name, files.get(name) ?? new Uint8Array(), 0o100755));
  const bytes = gzipSync(Buffer.concat([...entries, entry(TRAILER, new Uint8Array(), 0)]), {
    level: 9,
  });
  bytes[9] = 255; // the operating system that packed it is no news
  return bytes;
}

/**
 * @param {Uint8Array} archive what `pack` made
 * @returns {Map<string, Uint8Array>} contents by name
 */
export function unpack(archive) {
  const bytes = gunzipSync(archive);
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (let at = 0; ;) {
    const field = (index) =>
      Number.parseInt(bytes.toString("latin1", at + 6 + 8 * index, at + 14 + 8 * index), 16);
    const length = field(6);
    const nameEnd = at + HEADER_BYTES + field(11);
    const name = bytes.toString("latin1", at + HEADER_BYTES, nameEnd - 1);
    if (name === TRAILER) return files;
    const start = padded(nameEnd);
    files.set(name, bytes.subarray(start, start + length));
    at = padded(start + length);
  }
}
