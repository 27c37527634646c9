// `cc` for Node: `node dist/cc.mjs hello.c -o hello`. The disk is its file system, and the headers and the libc are those of
// the project that it lies in. Others who build with it import `cc` (userland/toolchain.mjs).

import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { errnoTable } from "../../../../kernel/abi/errno.ts";
import { readArchive, writeArchive } from "../../object/archive.ts";
import type { ObjectFile } from "../../object/object-file.ts";
import { type CommandResult, type Files, type Installation, runCommand } from "../command.ts";
import { VERSION } from "../installed.ts";

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
const headerFolders = [join(project, "userland", "cc", "include"), join(libc, "include")];

/** Files that have been read: headers are wanted by every unit, and nobody may notice that they are read once. */
const known = new Map<string, { readonly stamp: string; readonly bytes: Uint8Array }>();
const MOST_KNOWN = 1000;

const files: Files = {
  read(path) {
    try {
      if (path === "-") return readFileSync(0);
      // Most folders do not have the header that is looked for, and an exception would cost more than the rest.
      const status = statSync(path, { throwIfNoEntry: false, bigint: true });
      if (status === undefined) return undefined;
      const stamp = `${status.dev} ${status.ino} ${status.size} ${status.mtimeNs} ${status.ctimeNs}`;
      const before = known.get(path);
      if (before?.stamp === stamp) return before.bytes;
      const bytes = readFileSync(path);
      if (known.size >= MOST_KNOWN) known.clear();
      // What is no plain file may say something else each time.
      if (status.isFile()) known.set(path, { stamp, bytes });
      return bytes;
    } catch (error) {
      return unreadable(error);
    }
  },
  write(path, bytes, isProgram) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
      if (isProgram) chmodSync(path, 0o755);
      return undefined;
    } catch (error) {
      return unreadable(error).problem;
    }
  },
};

/** What Linux calls it. */
function unreadable(error: unknown): { readonly problem: string; readonly isMissing: boolean } {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const known = Object.entries(errnoTable).find(([name]) => name === code);
  return {
    problem: known?.[1][1] ?? String(error),
    isMissing: code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR",
  };
}

function filesUnder(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !relative(libc, path).startsWith("tests"))
    .toSorted();
}

/**
 * libc.a by this compiler, from the cache or made now. What the linker needs to make code shorter is half of an object's bytes:
 * the guest's libc, which every visitor downloads, does without.
 * @throws Error when its sources cannot be compiled
 */
export function libcArchive(relax: "relax" | "no-relax" = "relax"): Uint8Array {
  const digest = createHash("sha256")
    .update(readFileSync(import.meta.filename))
    .update(relax);
  for (const path of [
    ...filesUnder(libc, /\.[chS]$/),
    ...filesUnder(headerFolders[0] ?? "", /\.h$/),
  ]) {
    digest.update(path).update(readFileSync(path));
  }
  // In the source tree a file's name says nothing about the other files of the compiler.
  const isBundle = import.meta.filename.endsWith(".mjs");
  const folder = join(tmpdir(), `vitrine-cc-libc-${digest.digest("hex").slice(0, 16)}`);
  const cached = join(folder, "libc.a");
  if (isBundle && existsSync(cached)) return readFileSync(cached);
  const objects = new Map<string, Uint8Array>();
  for (const source of filesUnder(libc, /\.[cS]$/)) {
    const name = `${relative(libc, source).replaceAll(/[/\\]/g, "_")}.o`;
    const { status, messages } = runCommand(
      ["-c", "-Os", "-ffunction-sections", `-m${relax}`, "-w", source, "-o", name],
      { read: (path) => files.read(path), write: (_path, bytes) => void objects.set(name, bytes) },
      installation,
    );
    if (status !== 0) throw new Error(`the libc cannot be compiled:\n${messages}`);
  }
  const archive = writeArchive([...objects].map(([name, bytes]) => ({ name, bytes })));
  if (isBundle) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${cached}.${process.pid}`, archive);
    renameSync(`${cached}.${process.pid}`, cached);
  }
  return archive;
}

let members: readonly ObjectFile[] | undefined;

export const installation: Installation = {
  headerFolders,
  // The libc's start.S is a member like all others: the linker looks for _start.
  libraries: [() => (members ??= readArchive("libc.a", libcArchive()))],
  libraryFolders: [],
  version: VERSION,
  colour: process.stderr.isTTY,
  now: () => performance.now(),
};

/** Runs cc with these words; what it says is returned. */
export function cc(words: readonly string[]): CommandResult {
  return runCommand(words, files, installation);
}

export const version = VERSION;

function isMain(): boolean {
  const [, script] = process.argv;
  try {
    return script !== undefined && realpathSync(script) === realpathSync(import.meta.filename);
  } catch {
    return false;
  }
}

if (isMain()) {
  const { status, output, messages } = cc(process.argv.slice(2));
  process.stdout.write(output);
  process.stderr.write(messages);
  process.exitCode = status;
}
