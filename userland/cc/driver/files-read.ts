// The files that a command has read, for all its units. Who has to wait for files is asked for one after the other, so the
// preprocessor cannot stop in the midst and wait: it begins anew when a file has come. That what a text includes is read
// ahead makes it rare.

import { folderOf, joinPath, plainPath } from "../preprocess/include.ts";
import { textOfBytes } from "../source/byte-text.ts";

/** Why there is no file to read. Of a header that is missing the next folder may have one, of others not. */
interface Unreadable {
  readonly problem: string;
  readonly isMissing: boolean;
}

/** A file; undefined: there is no such file. */
export type ReadAnswer = Uint8Array | Unreadable | undefined;

export interface FilesRead {
  readonly files: Map<string, ReadAnswer>;
  readonly texts: Map<string, string | undefined>;
  /** Undefined for who has to wait. */
  readonly readNow: ((path: string) => ReadAnswer) | undefined;
}

/** A step towards what is being read; the answer to a request is what was read, or a text about something else. */
type Reading<Result> = Generator<
  { readonly kind: "read"; readonly path: string },
  Result,
  ReadAnswer | string
>;

/** Thrown out of a stage at a file that has not been read yet. */
export class Unread extends Error {
  readonly path: string;

  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

/** Of bytes that come again for the next unit or the next command. */
const decoded = new WeakMap<Uint8Array, string>();

export function* readFile({ files }: FilesRead, path: string): Reading<ReadAnswer> {
  if (files.has(path)) return files.get(path);
  const answer = yield { kind: "read", path };
  const file = typeof answer === "string" ? undefined : answer;
  files.set(path, file);
  return file;
}

export function cannotRead(path: string, answer: ReadAnswer): string {
  const why = answer instanceof Uint8Array ? undefined : answer?.problem;
  return `cannot read '${path}': ${why ?? "No such file or directory"}`;
}

/** Why a file that is there has no text. */
export function problemOf({ files }: FilesRead, path: string): string | undefined {
  const answer = files.get(path);
  if (answer === undefined || answer instanceof Uint8Array || answer.isMissing) return undefined;
  return answer.problem;
}

/** The text of a file. @throws Unread */
export function textOf({ files, texts, readNow }: FilesRead, path: string): string | undefined {
  if (texts.has(path)) return texts.get(path);
  if (!files.has(path)) {
    if (readNow === undefined) throw new Unread(path);
    files.set(path, readNow(path));
  }
  const bytes = files.get(path);
  if (!(bytes instanceof Uint8Array)) {
    texts.set(path, undefined);
    return undefined;
  }
  const text = decoded.get(bytes) ?? textOfBytes(bytes).replace(/^\ufeff/, "");
  decoded.set(bytes, text);
  texts.set(path, text);
  return text;
}

/** Lines that look like #include; whether they count nobody knows before it is read in earnest. */
const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*(?:<([^>\n]+)>|"([^"\n]+)")/gm;

/** Text beyond this is not looked at: whoever writes that much can wait. */
const MOST_AHEAD = 1 << 20;

/** Reads what a file includes, and what that includes; in the folders in which the preprocessor will look for it. */
export function* readAhead(
  read: FilesRead,
  path: string,
  systemFolders: readonly string[],
): Reading<void> {
  const work = [path];
  let left = MOST_AHEAD;
  // Grows while it is gone through.
  for (const next of work) {
    const text = textOf(read, next) ?? "";
    left -= text.length;
    if (left < 0) return;
    for (const [, angled, quoted] of text.matchAll(INCLUDE)) {
      const name = angled ?? quoted ?? "";
      if (name.startsWith("/") || name.includes("\0")) continue;
      const folders = angled === undefined ? [folderOf(next), ...systemFolders] : systemFolders;
      const found = yield* search(read, name, folders);
      if (found !== undefined) work.push(found);
    }
  }
}

/** The path of the first folder's file, if it has not been read before; the search ends at what cannot be read. */
function* search(
  read: FilesRead,
  name: string,
  folders: readonly string[],
): Reading<string | undefined> {
  for (const folder of folders) {
    const path = plainPath(joinPath(folder, name));
    const isNew = !read.files.has(path);
    const answer = yield* readFile(read, path);
    if (answer instanceof Uint8Array) return isNew ? path : undefined;
    if (answer !== undefined && !answer.isMissing) return undefined;
  }
  return undefined;
}
