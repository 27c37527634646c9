// Files of the guest, opened in the editor and saved from it. Everything that can go wrong is an Error with a sentence for the
// person.

import type { EditorState } from "@codemirror/state";
import { signal } from "@preact/signals";
import type { FileIdentity, FileInfo } from "../client/api.ts";
import type { Vitrine } from "../client/vitrine.ts";
import { ask } from "../ui/question.tsx";
import { formatBytes } from "../ui/format.ts";
import { folderOf, HOME, nameOf, resolvePath, shortPath } from "./guest-path.ts";
import {
  currentPath,
  fileAt,
  fullText,
  isUnsaved,
  lineEndOf,
  type OpenFile,
  show,
  update,
} from "./open-files.ts";

export const DEMOS = "/usr/src/demos";

/** The longest text that is opened, in bytes: an editor in a page is for programs, not for data. */
const MOST_BYTES = 2 ** 20;

/** Makes a file's first state: the pane knows how. */
export type StateMaker = (path: string, text: string) => EditorState;

const encoder = new TextEncoder();

/** Throws when so many bytes are too many. */
function mustBeShort(path: string, bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  const [size, most] = [formatBytes(bytes), formatBytes(MOST_BYTES)];
  throw new Error(`${shortPath(path)} has ${size}; the editor opens at most ${most}.`);
}

/** A file's bytes as text. Throws when they are none. */
export function textIn(path: string, bytes: Uint8Array): string {
  mustBeShort(path, bytes.length);
  try {
    if (!bytes.includes(0))
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Said below.
  }
  throw new Error(`${shortPath(path)} is no text (in UTF-8), so it cannot be edited here.`);
}

/** Nothing is read or written while the machine stands still; better said than waited for. */
async function mustRun(vitrine: Vitrine): Promise<void> {
  if ((await vitrine.status()).paused)
    throw new Error("The machine is paused: resume it first, since the files are in it.");
}

async function readText(vitrine: Vitrine, path: string, info: FileInfo): Promise<string> {
  if (info.kind === "folder") throw new Error(`${shortPath(path)} is a folder.`);
  if (info.kind === "other")
    throw new Error(`${shortPath(path)} is a device or the like, no text.`);
  mustBeShort(path, info.size);
  return textIn(path, await vitrine.download(path));
}

const identityOf = ({ device, inode, changed }: FileInfo): FileIdentity => ({
  device,
  inode,
  changed,
});

const isSame = (a: FileIdentity | null, b: FileIdentity): boolean =>
  a !== null && a.device === b.device && a.inode === b.inode && a.changed === b.changed;

/** A file of which the guest has nothing yet. */
export const opened = (path: string, text: string, makeState: StateMaker): OpenFile => ({
  path,
  state: makeState(path, text),
  lineEnd: lineEndOf(text),
  saved: null,
  identity: null,
});

/** Opens the file at a path of the guest. One that cannot be written to becomes a copy in the home directory. */
export async function openFile(
  vitrine: Vitrine,
  path: string,
  makeState: StateMaker,
): Promise<void> {
  if (fileAt(path) !== undefined) {
    currentPath.value = path;
    await refresh(vitrine, path);
    return;
  }
  await mustRun(vitrine);
  const info = await vitrine.stat(path);
  if (info === null) throw new Error(`There is no file ${shortPath(path)} in the machine.`);
  const text = await readText(vitrine, path, info);
  if (info.readOnly) {
    await openCopy(vitrine, path, text, makeState);
    return;
  }
  const file = opened(path, text, makeState);
  show({ ...file, saved: file.state.doc, identity: identityOf(info) });
}

/** A file that was changed in the guest, by its own editor for one, is read again, unless it was changed here too. */
export async function refresh(vitrine: Vitrine, path: string): Promise<void> {
  const file = fileAt(path);
  if (file === undefined || (await vitrine.status()).paused) return;
  const info = await vitrine.stat(path);
  if (info === null || isSame(file.identity, info)) return;
  const text = await readText(vitrine, path, info);
  // What has been typed here, even meanwhile, counts more.
  const now = fileAt(path);
  if (now === undefined) return;
  const there = now.state.toText(text);
  const lineEnd = lineEndOf(text);
  if (there.eq(now.state.doc)) update(path, { lineEnd, saved: there, identity: identityOf(info) });
  else if (!isUnsaved(now)) {
    const state = replaceAll(now.state, text);
    update(path, { state, lineEnd, saved: state.doc, identity: identityOf(info) });
  }
}

/** Another text in the place of all; undo brings back what was there. */
export function replaceAll(state: EditorState, text: string): EditorState {
  const { length } = state.doc;
  return state.update({
    changes: { from: 0, to: length, insert: state.toText(text) },
    selection: { anchor: 0 },
    userEvent: "input",
  }).state;
}

/** Copies a file that cannot be written to into the home directory, with the header of the demos if it asks for that. */
async function openCopy(
  vitrine: Vitrine,
  original: string,
  text: string,
  makeState: StateMaker,
): Promise<void> {
  const path = `${HOME}/${nameOf(original)}`;
  const header = "vitrine.h";
  if (folderOf(original) === DEMOS && text.includes(`"${header}"`)) {
    const copy = `${HOME}/${header}`;
    if ((await vitrine.stat(copy)) === null)
      await vitrine.upload(copy, await vitrine.download(`${DEMOS}/${header}`));
  }
  if (fileAt(path) !== undefined || (await vitrine.stat(path)) !== null) {
    await openFile(vitrine, path, makeState);
    return;
  }
  show(opened(path, text, makeState));
}

/** Names of the demos' sources, once they are known. */
export const demoFiles = signal<readonly string[]>([]);

export async function findDemos(vitrine: Vitrine): Promise<void> {
  const names = (await vitrine.list(DEMOS)) ?? [];
  demoFiles.value = names.filter((name) => name.endsWith(".c"));
}

/** Whether a file has the name and the place of a demo's copy. */
export const isDemoCopy = (path: string): boolean =>
  folderOf(path) === HOME && demoFiles.value.includes(nameOf(path));

/** The text of the demo that a file in the home directory was made from; undefined for other files. */
export async function originalOf(vitrine: Vitrine, path: string): Promise<string | undefined> {
  if (!isDemoCopy(path)) return undefined;
  const original = `${DEMOS}/${nameOf(path)}`;
  return textIn(original, await vitrine.download(original));
}

/**
 * Where a source file is, as its compiler was told it: a relative name began in the folder that the compiler was called in, which
 * is most likely that of the program, that of the shell now or the home directory.
 */
export async function findSource(vitrine: Vitrine, file: string, program: string): Promise<string> {
  const shell = await vitrine.foreground(0);
  const folders = [folderOf(program), shell?.folder ?? HOME, HOME];
  const places = file.startsWith("/") ? [file] : folders.map((folder) => `${folder}/${file}`);
  for (const place of places) {
    const path = resolvePath(place);
    if (fileAt(path) !== undefined || (await vitrine.stat(path))?.kind === "file") return path;
  }
  throw new Error(`${file}, of which ${shortPath(program)} was made, is not there any more.`);
}

/** Opens a new file with a text; one of that name that is there is opened instead. */
export async function createFile(
  vitrine: Vitrine,
  path: string,
  text: string,
  makeState: StateMaker,
): Promise<"new" | "there"> {
  if (fileAt(path) !== undefined || (await vitrine.stat(path)) !== null) {
    await openFile(vitrine, path, makeState);
    return "there";
  }
  show(opened(path, text, makeState));
  return "new";
}

/** Saves what is open. False when the person would rather keep what is there. */
export async function saveFile(vitrine: Vitrine, path: string): Promise<boolean> {
  const file = fileAt(path);
  if (file === undefined) return false;
  await mustRun(vitrine);
  const { doc } = file.state;
  const bytes = encoder.encode(fullText(file));
  const info = await vitrine.stat(path);
  if (info?.kind === "folder") throw new Error(`${shortPath(path)} is a folder in the machine.`);
  if (info !== null && !isSame(file.identity, info)) {
    const there = await vitrine.download(path);
    const known = file.saved?.sliceString(0, file.saved.length, file.lineEnd);
    if (!isEqual(there, bytes) && (known === undefined || !isEqual(there, encoder.encode(known)))) {
      const question = `${shortPath(path)} in the machine is not what was opened here: something has written to it. Replace it by what is in the editor?`;
      if (!(await ask(question, "Replace"))) return false;
    }
  }
  await vitrine.upload(path, bytes);
  const after = await vitrine.stat(path);
  update(path, { saved: doc, identity: after === null ? null : identityOf(after) });
  return true;
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
