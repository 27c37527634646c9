// The end of a run of `cc`: objects, archives and libraries become a program.

import { link } from "../link/link.ts";
import type { LinkInput } from "../link/resolve.ts";
import { isArchive, readArchive } from "../object/archive.ts";
import { readElf } from "../object/elf-read.ts";
import { cannotRead, readFile } from "./files-read.ts";
import type { Input } from "./option.ts";
import { addTimes, complain, complainOf, type Session, type Steps, write } from "./session.ts";

/** Libraries of Unix whose functions, as far as there are any, are in libc: POSIX lets -l name them (c99(1)). */
const WITHIN_LIBC = new Set(["c", "m", "pthread", "rt", "util"]);

export function* addLinkInput(session: Session, input: Input, inputs: LinkInput[]): Steps<void> {
  const path = input.isLibrary ? yield* findLibrary(session, input.path) : input.path;
  if (path === undefined) {
    if (WITHIN_LIBC.has(input.path)) return;
    yield complain(session, `there is no library '${input.path}'`);
    return;
  }
  const bytes = yield* readFile(session, path);
  if (!(bytes instanceof Uint8Array)) {
    yield complain(session, cannotRead(path, bytes));
    return;
  }
  const isOurs = session.installation.libraries.includes(path);
  try {
    inputs.push(
      isArchive(bytes)
        ? { kind: "archive", members: readArchive(path, bytes), yields: isOurs }
        : { kind: "object", object: readElf(path, bytes) },
    );
  } catch (error) {
    yield complainOf(session, error);
  }
}

function* findLibrary(session: Session, name: string): Steps<string | undefined> {
  const { command, installation } = session;
  for (const folder of [...command.libraryFolders, ...installation.libraryFolders]) {
    // -l:NAME names a file.
    const path = `${folder}/${name.startsWith(":") ? name.slice(1) : `lib${name}.a`}`;
    if ((yield* readFile(session, path)) instanceof Uint8Array) return path;
  }
  return undefined;
}

export function* linkAll(session: Session, inputs: LinkInput[]): Steps<void> {
  const { command, installation } = session;
  const began = installation.now?.() ?? 0;
  const all = [...inputs];
  for (const library of command.standardLibraries ? installation.libraries : []) {
    if (typeof library === "string") {
      const input = { path: library, language: undefined, isLibrary: false };
      yield* addLinkInput(session, input, all);
    } else {
      all.push({ kind: "archive", members: library(), yields: true });
    }
  }
  if (session.hasFailed) return;
  try {
    const { bytes } = link({
      inputs: all,
      gcSections: command.gcSections,
      relax: command.relax,
      strip: command.strip,
      ...(command.entry === undefined ? {} : { entry: command.entry }),
    });
    yield* write(session, command.output ?? "a.out", bytes, true);
  } catch (error) {
    yield complainOf(session, error);
  }
  addTimes(session, [{ stage: "link", milliseconds: (installation.now?.() ?? 0) - began }]);
}
