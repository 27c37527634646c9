// The files that are open in the editor: their texts live here whether the pane is there or not, and drafts of them in the
// browser, so that a reload keeps them.

import { batch, computed, signal } from "@preact/signals";
import type { EditorState, Text } from "@codemirror/state";
import type { FileIdentity } from "../client/api.ts";
import { keepDrafts, readDrafts } from "./drafts.ts";

export type LineEnd = "\n" | "\r\n";

/** What the lines of a text end with: all of them with CR and LF, or it is LF. */
export const lineEndOf = (text: string): LineEnd =>
  text.includes("\r\n") && !/(^|[^\r])\n/.test(text) ? "\r\n" : "\n";

/** The text as it is in the guest, or will be. */
export const fullText = ({ state, lineEnd }: Pick<OpenFile, "state" | "lineEnd">): string =>
  state.doc.sliceString(0, state.doc.length, lineEnd);

export interface OpenFile {
  /** Absolute, in the guest. */
  readonly path: string;
  /** The text with its undo history and selection. */
  readonly state: EditorState;
  /** What its lines end with in the guest. */
  readonly lineEnd: LineEnd;
  /** What the guest's file has, as far as is known; null when there is no such file. */
  readonly saved: Text | null;
  /** Which file that was, and when. */
  readonly identity: FileIdentity | null;
}

export const files = signal<readonly OpenFile[]>([]);
/** Path of the file that is shown; empty when none is open. */
export const currentPath = signal("");
export const currentFile = computed(() =>
  files.value.find(({ path }) => path === currentPath.value),
);

export interface Message {
  readonly text: string;
  readonly isProblem: boolean;
}
/** What the editor last had to say. */
export const message = signal<Message>({ text: "", isProblem: false });

export function say(text: string): void {
  message.value = { text, isProblem: false };
}

export function complain(error: unknown): void {
  message.value = { text: error instanceof Error ? error.message : String(error), isProblem: true };
}

export const isUnsaved = ({ state, saved }: OpenFile): boolean =>
  saved === null || !state.doc.eq(saved);

export const fileAt = (path: string): OpenFile | undefined =>
  files.peek().find((file) => file.path === path);

/** Opens a file, or replaces what is known of one that is open, and shows it. */
export function show(file: OpenFile): void {
  const known = fileAt(file.path) !== undefined;
  batch(() => {
    files.value = known
      ? files.value.map((one) => (one.path === file.path ? file : one))
      : [...files.value, file];
    currentPath.value = file.path;
  });
  keepSoon();
}

export function update(path: string, change: Partial<Omit<OpenFile, "path">>): void {
  const known = fileAt(path);
  if (known === undefined || (known.state === change.state && !("saved" in change))) return;
  files.value = files.value.map((file) => (file.path === path ? { ...file, ...change } : file));
  keepSoon();
}

/** Closes a file; its neighbour is shown. */
export function close(path: string): void {
  const at = files.value.findIndex((file) => file.path === path);
  const rest = files.value.filter((file) => file.path !== path);
  batch(() => {
    files.value = rest;
    if (currentPath.value === path)
      currentPath.value = (rest[at] ?? rest[at - 1] ?? { path: "" }).path;
  });
  keepSoon();
}

const places = [() => sessionStorage, () => localStorage];
const KEEP_AFTER_MS = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

function keepNow(): void {
  clearTimeout(timer);
  timer = undefined;
  const drafts = files.peek().map((file) => ({
    path: file.path,
    text: fullText(file),
    cursor: file.state.selection.main.head,
  }));
  keepDrafts(places, { files: drafts, current: currentPath.peek() });
}

function keepSoon(): void {
  timer ??= setTimeout(keepNow, KEEP_AFTER_MS);
}

// A page that is left may not come back to its timers.
addEventListener("pagehide", () => {
  if (timer !== undefined) keepNow();
});

export const keptDrafts = (): ReturnType<typeof readDrafts> => readDrafts(places);
