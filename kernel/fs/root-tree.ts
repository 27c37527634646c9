// The tree that programs find: the image as root, memory file systems where it must be writable, /dev and /proc. Mount
// points that the image lacks are made as empty directories.
// Specification: hier(7), the Filesystem Hierarchy Standard.

import { CC_MAJOR } from "../abi/cc.ts";
import { S_IFBLK, S_IFCHR } from "../abi/stat.ts";
import type { MemoryManager } from "../mm/memory-manager.ts";
import { FsContext, type Caller } from "./caller.ts";
import { makeDevice } from "./device-table.ts";
import type { FileClock, FileSystem } from "./file-system.ts";
import { ImageFs } from "./image-fs.ts";
import { memoryDevices, type RandomBytes, registerMemoryDevices } from "./memory-devices.ts";
import { ProcFs } from "./procfs.ts";
import type { MachineView, ProcessProvider } from "./process-view.ts";
import { Tmpfs } from "./tmpfs.ts";
import { Vfs } from "./vfs.ts";

/** st_dev of the standard file systems, by their order; all of major 0, as Linux numbers those without a disk. */
export const DEV_ROOT = 1;
export const DEV_DEV = 2;
export const DEV_PTS = 3;
export const DEV_PROC = 4;
export const DEV_PIPE = 5;
const FIRST_TMPFS = 16;

/** Memory file systems: where, and the permissions of their root. */
const tmpfsPlaces = [
  ["/tmp", 0o1777],
  ["/dev/shm", 0o1777],
  ["/home", 0o755],
  ["/root", 0o700],
  ["/run", 0o755],
] as const;

const mountPoints = ["/dev", "/proc", "/tmp", "/home", "/root", "/run"];

/** Device files whose driver is registered by kernel/dev. */
const otherDevices = [
  ["tty", 5, 0, 0o666],
  ["console", 5, 1, 0o600],
  ["ptmx", 5, 2, 0o666],
  ["cc", CC_MAJOR, 0, 0o666],
] as const;

const deviceLinks = [
  ["fd", "/proc/self/fd"],
  ["stdin", "/proc/self/fd/0"],
  ["stdout", "/proc/self/fd/1"],
  ["stderr", "/proc/self/fd/2"],
] as const;

/** The swap area, for swapon(2) and swapoff(2): it can be named but not opened (a local block major). */
export const SWAP_DEVICE = makeDevice(240, 0);

export interface RootTreeParts {
  /** The root image, a cpio archive; it is not copied. */
  readonly archive: Uint8Array;
  readonly clock: FileClock;
  readonly mm: MemoryManager;
  readonly random: RandomBytes;
  readonly processes: ProcessProvider;
  readonly machine: MachineView;
  /** Makes what /dev/pts shows, once the Vfs is there. */
  readonly pts: (vfs: Vfs) => FileSystem;
}

export interface RootTree {
  readonly vfs: Vfs;
  /** Takes further archives of the image. */
  readonly image: ImageFs;
  readonly proc: ProcFs;
  /** Who boot acts as: root, in "/". */
  readonly caller: Caller;
}

/** The kernel itself as a caller: uid 0, no memory, no terminal. */
export function kernelCaller(vfs: Vfs): Caller {
  return {
    pid: 0,
    pgid: 0,
    sid: 0,
    uid: 0,
    gid: 0,
    groups: [],
    fs: new FsContext(vfs.root, vfs.root, 0),
    terminal: undefined,
    signalBlockedOrIgnored: () => true,
    copyIn: () => 0,
    copyOut: () => 0,
  };
}

/** Puts the tree together. Throws a RangeError when the archive is damaged. */
export function makeRootTree(parts: RootTreeParts): RootTree {
  const { clock, mm } = parts;
  const image = new ImageFs(DEV_ROOT, clock, mm, parts.archive, mountPoints);
  const vfs = new Vfs(image, "image");
  const caller = kernelCaller(vfs);
  const mountAt = (place: string, fileSystem: FileSystem, source: string): void => {
    const dentry = vfs.lookup(caller, undefined, place, true);
    const failed = typeof dentry === "number" ? dentry : vfs.mount(dentry, fileSystem, source);
    if (failed !== 0) throw new RangeError(`nothing can be mounted on ${place} of the image`);
  };

  registerMemoryDevices(vfs.devices, parts.random);
  mountAt("/dev", new Tmpfs(DEV_DEV, clock, mm, "devtmpfs"), "dev");
  for (const [name, minor] of memoryDevices) {
    vfs.mknod(caller, undefined, `/dev/${name}`, S_IFCHR | 0o666, makeDevice(1, minor));
  }
  for (const [name, major, minor, mode] of otherDevices) {
    vfs.mknod(caller, undefined, `/dev/${name}`, S_IFCHR | mode, makeDevice(major, minor));
  }
  vfs.mknod(caller, undefined, "/dev/swap", S_IFBLK | 0o660, SWAP_DEVICE);
  for (const [name, target] of deviceLinks) vfs.symlink(caller, target, undefined, `/dev/${name}`);
  vfs.mkdir(caller, undefined, "/dev/pts", 0o755);
  vfs.mkdir(caller, undefined, "/dev/shm", 0o1777);
  mountAt("/dev/pts", parts.pts(vfs), "devpts");

  const { processes, machine } = parts;
  const mounts = () => vfs.mounts();
  const proc = new ProcFs(DEV_PROC, clock, { processes, machine, mounts, devices: vfs.devices });
  mountAt("/proc", proc, "proc");
  tmpfsPlaces.forEach(([place, mode], index) => {
    mountAt(place, new Tmpfs(FIRST_TMPFS + index, clock, mm, "tmpfs", mode), "tmpfs");
  });
  return { vfs, image, proc, caller };
}
