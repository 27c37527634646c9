// The guest's /usr/include: the libc's headers and the compiler's own, for the image and for the compiler's worker.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const userland = dirname(fileURLToPath(import.meta.url));
const folders = [join(userland, "libc", "include"), join(userland, "cc", "include")];

/**
 * Path in the guest → text, sorted by path.
 * @returns {Record<string, string>}
 */
export function guestHeaders() {
  const headers = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".h"))
      .map((entry) => {
        const path = join(entry.parentPath ?? entry.path, entry.name);
        const name = relative(folder, path).split(sep).join("/");
        return /** @type {const} */ ([`/usr/include/${name}`, readFileSync(path, "utf8")]);
      }),
  );
  return Object.fromEntries(headers.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
