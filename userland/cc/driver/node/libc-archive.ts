// The project's libc as this compiler makes it: which commands compile it, and the archive, which is kept in the system's folder
// for temporary files for as long as neither the libc nor the compiler changes.

import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { writeArchive } from "../../object/archive.ts";

/** The project's folder: above this file in the source tree and in dist/ as well. */
function findProject(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "userland", "libc", "include"))) return folder;
    if (folder === dirname(folder))
      throw new Error("cc: the libc's folder is not above this program");
  }
}

const project = findProject();
const libc = join(project, "userland", "libc");

/** In the order in which they are searched. */
export const headerFolders = [
  join(project, "userland", "cc", "include"),
  join(libc, "include"),
] as const;

function filesUnder(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !relative(libc, path).startsWith("tests"))
    .toSorted();
}

/**
 * What the linker needs to make code shorter is half of an object's bytes: the guest's libc, which every visitor downloads, does
 * without.
 */
export type LibcVariant = "relax" | "no-relax";

const flags = ["-Os", "-ffunction-sections", "-w"];

const objectName = (source: string): string =>
  `${relative(libc, source).replaceAll(/[/\\]/g, "_")}.o`;

/** The command for each member; its object's path comes last and is in this folder. */
export function libcCommands(variant: LibcVariant, folder: string): string[][] {
  return filesUnder(libc, /\.[cS]$/).map((source) => {
    const object = join(folder, objectName(source));
    return ["-c", ...flags, `-m${variant}`, source, "-o", object];
  });
}

/**
 * For several variants: commands that make assembly of the C files, which is the same for all of them, and those that assemble
 * it for each variant into a folder of its name. The objects are those of `libcCommands`, byte for byte.
 */
export function libcRounds(
  variants: readonly LibcVariant[],
  folder: string,
): readonly [compile: string[][], assemble: string[][]] {
  const compile: string[][] = [];
  const assemble: string[][] = [];
  for (const source of filesUnder(libc, /\.[cS]$/)) {
    const isC = source.endsWith(".c");
    const text = isC ? join(folder, objectName(source).replace(/\.o$/, ".s")) : source;
    if (isC) compile.push(["-S", ...flags, source, "-o", text]);
    for (const variant of variants) {
      const object = join(folder, variant, objectName(source));
      assemble.push(["-c", ...flags, `-m${variant}`, text, "-o", object]);
    }
  }
  return [compile, assemble];
}

/** In the source tree a file's name says nothing about the other files of the compiler: nothing is kept then. */
const isBundle = import.meta.filename.endsWith(".mjs");

function archivePath(variant: LibcVariant): string {
  const digest = createHash("sha256")
    .update(readFileSync(import.meta.filename))
    .update(variant);
  for (const path of [
    ...filesUnder(libc, /\.[chS]$/),
    ...headerFolders.flatMap((folder) => filesUnder(folder, /\.h$/)),
  ]) {
    digest.update(path).update(readFileSync(path));
  }
  const name = `vitrine-cc-libc-${digest.digest("hex").slice(0, 16)}`;
  return join(tmpdir(), name, "libc.a");
}

/** The archive of this libc by this compiler; undefined: it is still to be made. */
export function keptLibc(variant: LibcVariant): Uint8Array | undefined {
  if (!isBundle) return undefined;
  const path = archivePath(variant);
  return existsSync(path) ? readFileSync(path) : undefined;
}

/** Makes the archive, which is kept, of the objects by their paths. */
export function keepLibc(
  variant: LibcVariant,
  objects: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const members = [...objects].map(([path, bytes]) => ({ name: basename(path), bytes }));
  const archive = writeArchive(members);
  if (isBundle) {
    const path = archivePath(variant);
    mkdirSync(dirname(path), { recursive: true });
    // Whole or not at all: others may be reading it.
    writeFileSync(`${path}.${process.pid}`, archive);
    renameSync(`${path}.${process.pid}`, path);
  }
  return archive;
}
