// `cc` for Node: `node dist/cc.mjs hello.c -o hello`. The disk is its file system, and the headers and the libc are those of
// the project that it lies in. Others who build with it import `cc` (userland/toolchain.mjs).

import { chmodSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errnoTable } from "../../../../kernel/abi/errno.ts";
import { readArchive } from "../../object/archive.ts";
import type { ObjectFile } from "../../object/object-file.ts";
import { type CommandResult, type Files, runCommand } from "../command.ts";
import type { Installation } from "../session.ts";
import { VERSION } from "../installed.ts";
import {
  headerFolders,
  keepLibc,
  keptLibc,
  libcCommands,
  libcRounds,
  type LibcVariant,
} from "./libc-archive.ts";

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

/** libc.a by this compiler, from the cache or made now. @throws Error when its sources cannot be compiled */
export function libcArchive(variant: LibcVariant = "relax"): Uint8Array {
  const kept = keptLibc(variant);
  if (kept !== undefined) return kept;
  const objects = new Map<string, Uint8Array>();
  for (const words of libcCommands(variant, "")) {
    const write: Files["write"] = (path, bytes) => void objects.set(path, bytes);
    const { status, messages } = runCommand(words, { read: files.read, write }, installation);
    if (status !== 0) throw new Error(`the libc cannot be compiled:\n${messages}`);
  }
  return keepLibc(variant, objects);
}

/** A libc that is made side by side: two rounds of commands for `cc`, the second of which wants the first to be done. */
export interface LibcToMake {
  readonly rounds: ReturnType<typeof libcRounds>;
  /** Makes the archives of the objects that the commands have put into the folder. */
  readonly archive: () => void;
}

/** What is to be done for these variants of libc.a, with a folder for what comes between; nothing where they are kept. */
export function libcToMake(variants: readonly LibcVariant[], folder: string): LibcToMake {
  const wanted = variants.filter((variant) => keptLibc(variant) === undefined);
  const archive = (): void => {
    for (const variant of wanted) {
      const paths = libcCommands(variant, join(folder, variant)).map((words) => words.at(-1) ?? "");
      keepLibc(variant, new Map(paths.map((path) => [path, readFileSync(path)])));
    }
  };
  return { rounds: wanted.length === 0 ? [[], []] : libcRounds(wanted, folder), archive };
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
