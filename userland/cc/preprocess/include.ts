// #include (C11 6.10.2): which file is meant, and whether it need be read again. A file whose whole text is inside one #ifndef is
// not, as long as that macro is defined; nor is one with #pragma once.

import type { Loc } from "../source/sources.ts";
import { Lexer } from "./lexer.ts";
import { MOST_INCLUDED, MOST_TEXT } from "./limits.ts";
import type { Frame, State } from "./state.ts";

export interface Found {
  /** Folder and name, as messages and __FILE__ say it. */
  readonly name: string;
  readonly path: string;
  readonly nextFolder: number;
  readonly isSystem?: boolean;
  /** It is in no file. */
  readonly isOwn?: boolean;
}

/** Without "." and detours through "..". */
export function plainPath(path: string): string {
  if (!path.includes("./") && !path.includes("//")) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    const last = parts.at(-1);
    if (part === "." || (part === "" && parts.length > 0)) continue;
    if (part === ".." && last !== undefined && last !== ".." && last !== "") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash + 1);
}

export function joinPath(folder: string, name: string): string {
  if (folder === "" || folder.endsWith("/")) return folder + name;
  return `${folder}/${name}`;
}

export function readFile(state: State, path: string): string | undefined {
  if (state.files.has(path)) return state.files.get(path);
  const text = state.host.read(path);
  state.files.set(path, text);
  return text;
}

function tryFolder(
  state: State,
  folder: string,
  name: string,
  next: number,
  isSystem: boolean,
): Found | undefined {
  const full = joinPath(folder, name);
  const path = plainPath(full);
  if (readFile(state, path) === undefined) {
    state.unreadable = state.host.problem?.(path);
    return undefined;
  }
  return { name: full, path, nextFolder: next, isSystem };
}

/**
 * "name" is looked for beside the file that includes it, then in quoteFolders, then in systemFolders; <name> in systemFolders.
 * #include_next goes on behind the folder in which the file that has it was found.
 */
export function resolveInclude(
  state: State,
  name: string,
  angled: boolean,
  isNext: boolean,
): Found | undefined {
  state.unreadable = undefined;
  if (name === "" || name.includes("\0")) return undefined;
  if (name.startsWith("/")) return tryFolder(state, "", name, 0, false);
  // Those behind -iquote's serve both forms; of them -I's come first.
  const firstSystem = state.quoteFolders.length;
  let from = angled ? firstSystem : 0;
  // In a file that nobody included there is no next one: it is an #include there.
  if (isNext && state.frames.length > 1) {
    from = Math.max(from, state.frame.nextFolder);
  } else if (!angled) {
    const beside = tryFolder(state, state.frame.folder, name, 0, state.frame.file.isSystem);
    if (beside !== undefined || state.unreadable !== undefined) return beside;
  }
  for (let i = from; i < state.folders.length; i++) {
    const isSystem = i >= firstSystem + state.ownFolders;
    const found = tryFolder(state, state.folders[i] ?? "", name, i + 1, isSystem);
    if (found !== undefined || state.unreadable !== undefined) return found;
  }
  return undefined;
}

/** Of the state what reading a file takes: there is none yet for the first one. */
type Reading = Pick<State, "sources" | "diagnostics" | "isAssembly" | "included" | "textLeft">;

/** A file to be read, or undefined if it has nothing to say any more. */
export function openFound(state: State, found: Found, loc: Loc): Frame | undefined {
  if (state.once.has(found.path)) return undefined;
  const guard = state.guards.get(found.path);
  if (guard !== undefined && state.macros.has(guard)) return undefined;
  return openFile(state, found, readFile(state, found.path) ?? "", loc);
}

export function openFile(state: Reading, found: Found, text: string, loc: Loc): Frame {
  if (++state.included > MOST_INCLUDED) {
    state.diagnostics.fatal(loc, `more than ${MOST_INCLUDED} files are included`);
  }
  state.textLeft -= text.length;
  if (state.textLeft < 0) {
    state.diagnostics.fatal(loc, `more than ${MOST_TEXT >> 20} million characters are read`);
  }
  const { isSystem = false, isOwn = false } = found;
  const file = state.sources.add(found.name, text, loc, { isSystem, isOwn });
  if (isSystem) state.diagnostics.regions.addForeign(file.base, file.base + text.length);
  return {
    file,
    lexer: new Lexer(file, state.diagnostics, state.isAssembly),
    path: found.path,
    folder: folderOf(found.name),
    nextFolder: found.nextFolder,
    conditionals: [],
    guard: "before",
    guardName: "",
    presumedName: found.name,
    lineShift: 0,
  };
}
