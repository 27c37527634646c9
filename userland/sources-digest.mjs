// What a built thing was built from, in one word: whoever has built it can say later whether it is still what would be built.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { compilerPath } from "./toolchain-ours.mjs";
import { compilerVersion } from "./toolchain.mjs";

const userland = dirname(fileURLToPath(import.meta.url));

/** Every program's inputs beside its own sources: the compilers as they are called here, and the libc. */
const common = ["libc", "cc/include", "toolchain.mjs", "toolchain-gcc.mjs", "toolchain-ours.mjs"];

/** Files of a folder, tests and documents aside; or the file itself. */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(ts|md|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .toSorted();
}

/**
 * @param {string[]} paths files, and folders with all that is in them
 * @param {import("./toolchain.mjs").Maker} [by]
 * @returns {string} 16 hexadecimal digits
 */
export function sourcesDigest(paths, by) {
  const digest = createHash("sha256").update(String(compilerVersion(by)));
  if (by !== "gcc") digest.update(readFileSync(compilerPath));
  for (const path of [...common.map((name) => join(userland, name)), ...paths].flatMap(filesOf)) {
    digest.update(path.slice(userland.length)).update("\0").update(readFileSync(path));
  }
  return digest.digest("hex").slice(0, 16);
}
