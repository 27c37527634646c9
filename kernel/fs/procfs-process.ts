// /proc/PID: one directory for each process, made when it is looked up and empty of state: every read asks the process's
// view again, so a file that is still open when its process has gone answers ESRCH. Specification: proc_pid(5).

import { EFAULT, EINVAL, ESRCH } from "../abi/errno.ts";
import { S_IFDIR, S_IFLNK, S_IFREG } from "../abi/stat.ts";
import { USER_END } from "../abi/sv39.ts";
import { type Dentry, pathOf } from "./dentry.ts";
import type { FileSystem } from "./file-system.ts";
import type { Inode } from "./inode.ts";
import type { MachineView, MemoryView, ProcessProvider, ProcessView } from "./process-view.ts";
import {
  FileLink,
  type Listed,
  ListDirectory,
  PositionedInode,
  TextInode,
} from "./procfs-files.ts";
import { readPagemap } from "./procfs-frames.ts";
import {
  limitsText,
  mapsText,
  pageWalkText,
  smapsText,
  statmText,
  statText,
  statusText,
} from "./procfs-process-text.ts";

/** Inode numbers of a process's files: this many for each pid, descriptors in the upper part. */
const INOS_PER_PROCESS = 65_536;
const FD_INOS = 1024;
const FDINFO_INOS = 16_384;
const TASK_INOS = 32_768;

export interface ProcessFiles {
  readonly fileSystem: FileSystem;
  readonly processes: ProcessProvider;
  readonly machine: MachineView;
  readonly mountsText: () => string;
}

export function processIno(pid: number): number {
  return (pid + 1) * INOS_PER_PROCESS;
}

type ProcessText = (process: ProcessView) => string | Uint8Array | number;

function memoryText(text: (memory: MemoryView) => string | Uint8Array | number): ProcessText {
  return ({ memory }) => (memory === undefined ? "" : text(memory));
}

function range(memory: MemoryView, start: number, end: number): Uint8Array | number {
  const bytes = new Uint8Array(Math.max(0, Math.min(end - start, 1 << 20)));
  const done = memory.read(start, bytes);
  return done < 0 ? done : bytes.subarray(0, done);
}

/** Files of text: name, permissions, content. */
function textFiles(files: ProcessFiles): readonly (readonly [string, number, ProcessText])[] {
  return [
    ["stat", 0o444, (process) => statText(process)],
    ["status", 0o444, (process) => statusText(process)],
    ["statm", 0o444, (process) => statmText(process.memory)],
    ["comm", 0o444, (process) => `${process.comm}\n`],
    ["cmdline", 0o444, memoryText((memory) => range(memory, memory.argStart, memory.argEnd))],
    ["environ", 0o400, memoryText((memory) => range(memory, memory.envStart, memory.envEnd))],
    ["maps", 0o444, memoryText(mapsText)],
    ["smaps", 0o444, memoryText((memory) => smapsText(memory, (pfn) => files.machine.frame(pfn)))],
    ["limits", 0o444, limitsText],
    ["oom_score", 0o444, ({ oomScore }) => `${oomScore}\n`],
    ["oom_score_adj", 0o644, ({ oomAdjustment }) => `${oomAdjustment}\n`],
    ["frame_limit", 0o644, memoryText((memory) => memory.frameLimit())],
    ["wchan", 0o444, (process) => process.threads()[0]?.waitingIn ?? "0"],
    ["mounts", 0o444, files.mountsText],
  ];
}

/** What may be written: name, and what becomes of the text. */
const writers: Readonly<Record<string, (process: ProcessView, text: string) => number>> = {
  oom_score_adj(process, text) {
    const value = /^-?\d{1,5}$/.test(text.trim()) ? Number(text) : NaN;
    return Math.abs(value) <= 1000 ? process.setOomAdjustment(value) : -EINVAL;
  },
  frame_limit({ memory }, text) {
    if (memory === undefined) return -ESRCH;
    for (const line of text.split("\n")) {
      const result = line.trim() === "" ? 0 : memory.limitFrames(line);
      if (result < 0) return result;
    }
    return 0;
  },
};

const links: readonly (readonly [string, (process: ProcessView) => Dentry | undefined])[] = [
  ["exe", (process) => process.executable],
  ["cwd", (process) => process.cwd],
  ["root", (process) => process.root],
];

const directories = ["fd", "fdinfo", "task", "pagewalk"] as const;

/** The directory of a process, or of one of its threads. */
export function processDirectory(files: ProcessFiles, pid: number): Inode {
  const { fileSystem, processes } = files;
  const base = processIno(pid);
  const process = (): ProcessView | undefined => processes.process(pid);
  const texts = textFiles(files);
  const owned = <Made extends Inode>(inode: Made): Made => {
    const view = process();
    inode.uid = view?.uids[1] ?? 0;
    inode.gid = view?.gids[1] ?? 0;
    return inode;
  };

  const find = (name: string): Inode | undefined => {
    if (process() === undefined) return undefined;
    const textAt = texts.findIndex(([known]) => known === name);
    const text = texts[textAt];
    if (text !== undefined) {
      const [, permissions, content] = text;
      const read = (): string | Uint8Array | number => {
        const view = process();
        return view === undefined ? -ESRCH : content(view);
      };
      const writer = writers[name];
      const write = (written: string): number => {
        const view = process();
        return view === undefined || writer === undefined ? -ESRCH : writer(view, written);
      };
      const ino = base + 10 + textAt;
      return owned(
        new TextInode(fileSystem, ino, permissions, read, writer === undefined ? undefined : write),
      );
    }
    const linkAt = links.findIndex(([known]) => known === name);
    const link = links[linkAt];
    if (link !== undefined) {
      const target = (): Dentry | undefined => {
        const view = process();
        return view === undefined ? undefined : link[1](view);
      };
      return owned(new FileLink(fileSystem, base + 40 + linkAt, 0o777, target, (d) => pathOf(d)));
    }
    switch (name) {
      case "pagemap":
        return owned(
          new PositionedInode(fileSystem, base + 9, 0o400, (sink, position) => {
            const memory = process()?.memory;
            return memory === undefined ? 0 : readPagemap(memory, sink, position);
          }),
        );
      case "fd":
        return owned(descriptorDirectory(fileSystem, base, process));
      case "fdinfo":
        return owned(descriptorInfoDirectory(fileSystem, base, process));
      case "task":
        return owned(taskDirectory(fileSystem, base, process));
      case "pagewalk":
        return owned(pageWalkDirectory(fileSystem, base, process));
      default:
        return undefined;
    }
  };

  const names = function* (): Iterable<Listed> {
    let ino = base + 10;
    for (const [name] of texts) yield { name, ino: ino++, mode: S_IFREG };
    yield { name: "pagemap", ino: base + 9, mode: S_IFREG };
    ino = base + 40;
    for (const [name] of links) yield { name, ino: ino++, mode: S_IFLNK };
    ino = base + 1;
    for (const name of directories) yield { name, ino: ino++, mode: S_IFDIR };
  };
  return owned(new ListDirectory(fileSystem, base, 0o555, find, names));
}

type FindProcess = () => ProcessView | undefined;

/** A decimal number without leading zeros, as names of descriptors and processes are; -1 for anything else. */
export function decimal(name: string): number {
  return /^(0|[1-9]\d{0,9})$/.test(name) ? Number(name) : -1;
}

function descriptorDirectory(fileSystem: FileSystem, base: number, process: FindProcess): Inode {
  return new ListDirectory(
    fileSystem,
    base + 1,
    0o500,
    (name) => {
      const fd = decimal(name);
      const file = process()?.file(fd);
      if (file === undefined) return undefined;
      const rights = 0o100 | (file.readable ? 0o400 : 0) | (file.writable ? 0o200 : 0);
      const target = (): Dentry | undefined => process()?.file(fd)?.dentry;
      return new FileLink(fileSystem, base + FD_INOS + fd, rights, target, (d) => pathOf(d));
    },
    function* () {
      for (const [fd] of process()?.files() ?? []) {
        yield { name: String(fd), ino: base + FD_INOS + fd, mode: S_IFLNK, place: fd + 1 };
      }
    },
  );
}

function descriptorInfoDirectory(
  fileSystem: FileSystem,
  base: number,
  process: FindProcess,
): Inode {
  return new ListDirectory(
    fileSystem,
    base + 2,
    0o555,
    (name) => {
      const fd = decimal(name);
      if (process()?.file(fd) === undefined) return undefined;
      return new TextInode(fileSystem, base + FDINFO_INOS + fd, 0o444, () => {
        const file = process()?.file(fd);
        if (file === undefined) return -ESRCH;
        const flags = file.flags.toString(8).padStart(2, "0");
        return `pos:\t${file.position}\nflags:\t0${flags}\nmnt_id:\t${file.inode.fileSystem.dev}\nino:\t${file.inode.ino}\n`;
      });
    },
    function* () {
      for (const [fd] of process()?.files() ?? []) {
        yield { name: String(fd), ino: base + FDINFO_INOS + fd, mode: S_IFREG, place: fd + 1 };
      }
    },
  );
}

const taskFiles = ["stat", "status", "comm"] as const;

function taskDirectory(fileSystem: FileSystem, base: number, process: FindProcess): Inode {
  const threadDirectory = (tid: number): Inode => {
    const inos = base + TASK_INOS + (tid % 4096) * 4;
    const text = (name: (typeof taskFiles)[number]): string | number => {
      const view = process();
      const thread = view?.threads().find((one) => one.tid === tid);
      if (view === undefined || thread === undefined) return -ESRCH;
      if (name === "comm") return `${thread.comm}\n`;
      return name === "stat" ? statText(view, thread) : statusText(view, thread);
    };
    return new ListDirectory(
      fileSystem,
      inos,
      0o555,
      (name) => {
        const at = taskFiles.findIndex((known) => known === name);
        const known = taskFiles[at];
        if (known === undefined) return undefined;
        return new TextInode(fileSystem, inos + 1 + at, 0o444, () => text(known));
      },
      () => taskFiles.map((name, at) => ({ name, ino: inos + 1 + at, mode: S_IFREG })),
    );
  };
  return new ListDirectory(
    fileSystem,
    base + 3,
    0o555,
    (name) => {
      const tid = decimal(name);
      const known =
        process()
          ?.threads()
          .some((thread) => thread.tid === tid) === true;
      return known ? threadDirectory(tid) : undefined;
    },
    function* () {
      for (const { tid } of process()?.threads() ?? []) {
        const ino = base + TASK_INOS + (tid % 4096) * 4;
        yield { name: String(tid), ino, mode: S_IFDIR, place: tid };
      }
    },
  );
}

/** pagewalk/0xADDRESS: a file for every address, listed nowhere. */
function pageWalkDirectory(fileSystem: FileSystem, base: number, process: FindProcess): Inode {
  return new ListDirectory(
    fileSystem,
    base + 4,
    0o555,
    (name) => {
      if (!/^0x[0-9a-f]{1,16}$/i.test(name)) return undefined;
      const address = Number(name);
      if (address >= USER_END) return -EFAULT;
      return new TextInode(fileSystem, base + 5, 0o444, () => {
        const memory = process()?.memory;
        return memory === undefined ? -ESRCH : pageWalkText(memory, address);
      });
    },
    () => [],
  );
}
