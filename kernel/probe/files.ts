// Files and programs as whoever stands outside sees them: what an editor asks before it reads or writes, and what tells
// whether a program's file is still the one that runs. Looking reads no page of a file.

import type { FileInfo, ForegroundInfo, ProgramInfo } from "../api/snapshot.ts";
import { readable } from "../fs/byte-string.ts";
import { pathOf } from "../fs/dentry.ts";
import type { Inode } from "../fs/inode.ts";
import type { Kernel } from "../proc/kernel.ts";

/** The file at a path, symbolic links followed; null when there is none. */
export function fileInfo(k: Kernel, path: string): FileInfo | null {
  const found = k.vfs.lookup(k.processes.init, undefined, path, true);
  if (typeof found === "number") return null;
  const { inode } = found;
  return {
    ...identityOf(inode),
    kind: inode.isRegular ? "file" : inode.isDirectory ? "folder" : "other",
    size: inode.size,
    mode: inode.mode & 0o7777,
    readOnly: inode.fileSystem.readOnly,
  };
}

function identityOf(inode: Inode): { device: number; inode: number; changed: number } {
  return { device: inode.fileSystem.dev, inode: inode.ino, changed: inode.changed };
}

/** The names in a folder, sorted; null when there is no such folder. */
export function namesIn(k: Kernel, path: string): readonly string[] | null {
  const found = k.vfs.lookup(k.processes.init, undefined, path, true);
  if (typeof found === "number" || !found.inode.isDirectory) return null;
  const names: string[] = [];
  found.inode.list(0, (name) => {
    names.push(readable(name));
    return true;
  });
  return names.toSorted();
}

export function runningPrograms(k: Kernel): readonly ProgramInfo[] {
  const programs: ProgramInfo[] = [];
  for (const { pid, executable, space } of k.processes.all()) {
    // A zombie runs nothing any more.
    if (executable === undefined || space === undefined) continue;
    const { inode } = executable;
    programs.push({ pid, file: readable(pathOf(executable)), ...identityOf(inode) });
  }
  return programs;
}

/** The leader of process group `group`, or the first of its other processes; null when it has none. */
export function foregroundOf(k: Kernel, group: number): ForegroundInfo | null {
  const members = [...k.processes.all()].filter(
    ({ pgid, space }) => pgid === group && space !== undefined,
  );
  const process = members.find(({ pid }) => pid === group) ?? members[0];
  if (process === undefined) return null;
  const { pid, comm, fs } = process;
  return { pid, name: readable(comm), folder: readable(pathOf(fs.cwd, fs.root)) };
}
