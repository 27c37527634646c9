// Finds the root image: beside the built command line in two parts, or in the source tree when tests run from there.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** The archives that make up the image. Throws when there are none. */
export function loadImage(): readonly Uint8Array[] {
  const built = ["./image-core.cpio.gz", "./image-rest.cpio.gz"].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  if (built.every((path) => existsSync(path)))
    return built.map((path) => gunzipSync(readFileSync(path)));
  return [readFileSync(fileURLToPath(new URL("../../../userland/image.cpio", import.meta.url)))];
}
