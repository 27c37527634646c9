// Finds the root image: beside the built command line, or in the source tree when tests run from there.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const GZIP_MAGIC = 0x1f8b;

/** The cpio archive. Throws when there is none. */
export function loadImage(): Uint8Array {
  const built = fileURLToPath(new URL("./image.cpio.gz", import.meta.url));
  const source = fileURLToPath(new URL("../../../userland/image.cpio", import.meta.url));
  const bytes = readFileSync(existsSync(built) ? built : source);
  return bytes.readUInt16BE(0) === GZIP_MAGIC ? gunzipSync(bytes) : bytes;
}
