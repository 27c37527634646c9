// /proc: a window on processes and on the machine, made of texts. It owns no data: processes and the machine are views
// that upper ranks implement (process-view.ts), and more files can be added by name. Specification: proc(5).

import { ENOENT } from "../abi/errno.ts";
import { S_IFDIR } from "../abi/stat.ts";
import type { Mount } from "./dentry.ts";
import type { DeviceTable } from "./device-table.ts";
import { type FileClock, FileSystem } from "./file-system.ts";
import type { Inode } from "./inode.ts";
import type { MachineView, ProcessProvider } from "./process-view.ts";
import {
  type Content,
  type Listed,
  ListDirectory,
  PositionedInode,
  type PositionedRead,
  TextInode,
  TextLink,
} from "./procfs-files.ts";
import { readPageCounts, readPageFlags } from "./procfs-frames.ts";
import {
  cpuinfoText,
  devicesText,
  filesystemsText,
  loadavgText,
  meminfoText,
  mountsText,
  statMachineText,
  swapsText,
  uptimeText,
  versionText,
  vmstatText,
} from "./procfs-machine-text.ts";
import { decimal, processDirectory, type ProcessFiles, processIno } from "./procfs-process.ts";

export interface ProcParts {
  readonly processes: ProcessProvider;
  readonly machine: MachineView;
  readonly mounts: () => Iterable<Mount>;
  readonly devices: DeviceTable;
}

/** A directory of names that are always there. */
class StaticDirectory {
  readonly inode: Inode;
  readonly entries = new Map<string, Inode>();

  constructor(fileSystem: FileSystem) {
    this.inode = new ListDirectory(
      fileSystem,
      fileSystem.nextIno(),
      0o555,
      (name) => this.entries.get(name),
      () => listed(this.entries),
    );
  }
}

function* listed(entries: ReadonlyMap<string, Inode>): Iterable<Listed> {
  for (const [name, { ino, mode }] of entries) yield { name, ino, mode };
}

const ROOT_INO = 1;
/** Places of processes in the listing begin behind those of the files with names. */
const FIRST_PID_PLACE = 256;

export class ProcFs extends FileSystem {
  readonly type = "proc";
  readonly magic = 0x9fa0;
  override readonly stableNames = false;
  override readonly fixedNames = true;
  readonly root: Inode;
  readonly #entries = new Map<string, Inode>();
  readonly #directories = new Map<string, StaticDirectory>();

  constructor(dev: number, clock: FileClock, parts: ProcParts) {
    super(dev, clock);
    const files: ProcessFiles = {
      fileSystem: this,
      processes: parts.processes,
      machine: parts.machine,
      mountsText: () => mountsText(parts.mounts()),
    };
    const isProcess = (name: string): boolean =>
      parts.processes.process(decimal(name)) !== undefined;
    const entries = this.#entries;
    this.nextIno();
    this.root = new ListDirectory(
      this,
      ROOT_INO,
      0o555,
      (name) => (isProcess(name) ? processDirectory(files, decimal(name)) : entries.get(name)),
      function* () {
        yield* listed(entries);
        for (const pid of parts.processes.pids()) {
          const place = FIRST_PID_PLACE + pid;
          yield { name: String(pid), ino: processIno(pid), mode: S_IFDIR, place };
        }
      },
    );
    this.#addStandard(parts);
  }

  #addStandard({ machine, devices, mounts }: ProcParts): void {
    this.#entries.set(
      "self",
      new TextLink(this, this.nextIno(), (caller) =>
        caller === undefined ? -ENOENT : String(caller.pid),
      ),
    );
    this.#entries.set("mounts", new TextLink(this, this.nextIno(), () => "self/mounts"));
    const types = (): Set<string> =>
      new Set([...mounts()].map(({ fileSystem }) => fileSystem.type));
    const texts: readonly (readonly [string, Content])[] = [
      ["cmdline", () => `${machine.commandLine}\n`],
      ["cpuinfo", () => cpuinfoText(machine)],
      ["devices", () => devicesText(devices)],
      ["filesystems", () => filesystemsText(types())],
      ["loadavg", () => loadavgText(machine)],
      ["meminfo", () => meminfoText(machine)],
      ["stat", () => statMachineText(machine)],
      ["uptime", () => uptimeText(machine)],
      ["swaps", () => swapsText(machine)],
      ["version", () => versionText(machine)],
      ["vmstat", () => vmstatText(machine)],
      ["sys/kernel/ostype", () => "Linux\n"],
      ["sys/kernel/osrelease", () => `${machine.release}\n`],
      ["sys/kernel/version", () => `${machine.version}\n`],
      ["sys/kernel/pty/max", () => "4096\n"],
      ["sys/fs/pipe-max-size", () => "1048576\n"],
      ["sys/vm/overcommit_memory", () => "1\n"],
    ];
    for (const [name, content] of texts) this.addText(name, content);
    const policy = (): string => `${machine.policy()}\n`;
    const setPolicy = (text: string): number => machine.setPolicy(text.trim());
    this.#add("sys/vm/policy", new TextInode(this, this.nextIno(), 0o644, policy, setPolicy));
    this.addBinary("kpagecount", (sink, position) => readPageCounts(machine, sink, position));
    this.addBinary("kpageflags", (sink, position) => readPageFlags(machine, sink, position));
  }

  /** Adds a text file; the name may lie in directories ("sys/kernel/hostname"). */
  addText(path: string, content: Content, permissions = 0o444): void {
    this.#add(path, new TextInode(this, this.nextIno(), permissions, content));
  }

  /** Adds a file that is read at any position. */
  addBinary(path: string, read: PositionedRead, permissions = 0o400): void {
    this.#add(path, new PositionedInode(this, this.nextIno(), permissions, read));
  }

  #add(path: string, inode: Inode): void {
    const parts = path.split("/");
    const name = parts.pop() ?? path;
    let entries = this.#entries;
    let prefix = "";
    for (const part of parts) {
      prefix += `${part}/`;
      let directory = this.#directories.get(prefix);
      if (directory === undefined) {
        directory = new StaticDirectory(this);
        this.#directories.set(prefix, directory);
        entries.set(part, directory.inode);
      }
      entries = directory.entries;
    }
    entries.set(name, inode);
  }
}
