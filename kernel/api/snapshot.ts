// What one can see of the machine at an instant. Snapshots are built by kernel/probe from the live state and are plain
// data, so that they cross to the page by structured clone and into a test's JSON alike. Addresses, sizes and offsets
// are in bytes, times in nanoseconds of the machine's time, frames are PFNs.

import type { FrameKind } from "./frames.ts";

/** Every frame of RAM as parallel arrays, index = PFN; what the Frames panel draws. */
export interface FrameGrid {
  /** FRAME_* numbers of kernel/api/frames.ts. */
  readonly kind: Uint8Array;
  /** How many page-table entries map the frame (saturating at 65,535). */
  readonly mappings: Uint16Array;
  /** The pid of one process that maps the frame, 0 for none: what "colour by owner" needs. */
  readonly owner: Uint16Array;
  /** Bit 0: dirty in some PTE; bit 1: accessed in some PTE. */
  readonly flags: Uint8Array;
}

/** One page-table entry that maps a frame. */
export interface FrameMapping {
  readonly pid: number;
  readonly address: number;
  /** The entry's low ten bits: RSW D A G U X W R V. */
  readonly bits: number;
}

export interface FrameInfo {
  readonly pfn: number;
  readonly kind: FrameKind;
  /** References of all sorts: mappings, a page cache, a pipe. */
  readonly references: number;
  readonly mappings: readonly FrameMapping[];
  /** What the frame belongs to, in words: a file's path, "shared memory 3", "page table of pid 4". */
  readonly owner: string;
  /** The page's offset in that owner in bytes; for private memory the virtual address. */
  readonly offset: number;
}

export interface FrameDetail extends FrameInfo {
  readonly bytes: Uint8Array;
}

export interface VmaInfo {
  readonly start: number;
  readonly end: number;
  /** As in /proc/PID/maps: `rw-s`. */
  readonly permissions: string;
  readonly offset: number;
  /** A path, `[heap]`, `[stack]`, `[vdso]`, or empty for anonymous memory. */
  readonly name: string;
}

/** A page that has a frame. */
export interface PageInfo {
  readonly address: number;
  readonly pfn: number;
  readonly kind: FrameKind;
  /** The PTE's low ten bits. */
  readonly bits: number;
  /** How many PTEs in the whole machine map this frame. */
  readonly mappings: number;
}

/** A private page that is swapped out. */
export interface SwappedPage {
  readonly address: number;
  readonly slot: number;
}

export interface SpaceInfo {
  readonly pid: number;
  readonly vmas: readonly VmaInfo[];
  readonly pages: readonly PageInfo[];
  readonly swapped: readonly SwappedPage[];
}

/** `blocked` waits for storage or for a free frame. */
export type ProcessState = "running" | "sleeping" | "blocked" | "stopped" | "zombie";

export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly name: string;
  readonly command: readonly string[];
  readonly state: ProcessState;
  /** Bytes of address space mapped. */
  readonly virtual: number;
  /** Pages that have a frame, and of those the private anonymous, file and shared ones; and page-table frames. */
  readonly resident: number;
  readonly anonymous: number;
  readonly file: number;
  readonly shared: number;
  readonly pageTables: number;
  /** Private pages that are swapped out. */
  readonly swapped: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  /** What it waits in, a system call's name, when it sleeps. */
  readonly waitingIn: string;
}

/** A file at a moment. `device`, `inode` and `changed` together tell whether it is still the same, unchanged. */
export interface FileIdentity {
  readonly device: number;
  readonly inode: number;
  /** When its contents or what stat(2) says of it were last changed: nanoseconds since 1970, as exact as a number can be. */
  readonly changed: number;
}

export interface FileInfo extends FileIdentity {
  readonly kind: "file" | "folder" | "other";
  /** Bytes; files of /proc say 0. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** True on a file system that cannot be written to, as the image that the machine booted from. */
  readonly readOnly: boolean;
}

/** A process's program: the file that it was started from. */
export interface ProgramInfo extends FileIdentity {
  readonly pid: number;
  /** The file's path; " (deleted)" follows when the name is gone. */
  readonly file: string;
}

/** Who has the keyboard of a terminal. */
export interface ForegroundInfo {
  /** The process that leads the foreground group, or another of it when the leader is gone. */
  readonly pid: number;
  /** Its name. */
  readonly name: string;
  /** Its current directory. */
  readonly folder: string;
}

/** Frames by kind; together they are RAM. */
export interface MemoryTotals {
  readonly frames: number;
  readonly free: number;
  readonly pageTables: number;
  readonly anonymous: number;
  readonly file: number;
  readonly shared: number;
  readonly buffers: number;
  readonly vdso: number;
  /** Pages with a swap slot that no process maps. */
  readonly swapCache: number;
}

/** The swap area in pages. */
export interface SwapStatus {
  /** 0 when the machine has no swap, or it is switched off. */
  readonly total: number;
  /** Slots that hold a page, of memory that some process or file owns. */
  readonly used: number;
  /** Clusters in the store. */
  readonly clusters: number;
  /** Pages on their way to the store and from it. */
  readonly writing: number;
  readonly reading: number;
  /** Pages that went out and came back since boot. */
  readonly out: number;
  readonly in: number;
  /** The reclaim policy in force, as /proc/sys/vm/policy names it. */
  readonly policy: string;
  /** What is wrong with the store, in a sentence; null while all is well. */
  readonly trouble: string | null;
}

/** Nothing is there. */
export const SLOT_FREE = 0;
/** The bytes are in the store. */
export const SLOT_STORED = 1;
/** A page of zeros, for which nothing is stored. */
export const SLOT_ZERO = 2;
/** The bytes are in a frame and on their way to the store. */
export const SLOT_WRITING = 3;
/** The store lost it: whoever touches the page gets SIGBUS. */
export const SLOT_BAD = 4;
/** The bytes are in the store and also in a frame (the swap cache). */
export const SLOT_CACHED = 5;

/** Every slot of the swap area as parallel arrays; what the swap grid draws. */
export interface SwapGrid {
  /** SLOT_*. */
  readonly state: Uint8Array;
  /** Page-table entries and memory objects that refer to the slot (saturating at 255). */
  readonly references: Uint8Array;
  /** The pid of one process that refers to it, 0 for none (shared memory, a file of a tmpfs). */
  readonly owner: Uint16Array;
}

/** One slot, when somebody asks. */
export interface SlotDetail {
  readonly slot: number;
  /** SLOT_*. */
  readonly state: number;
  readonly references: number;
  /** The cluster in the store and the page's place in it; -1 and -1 when nothing is stored. */
  readonly cluster: number;
  readonly place: number;
  /** The frame that holds the same bytes, -1 for none. */
  readonly frame: number;
  /** Page-table entries that refer to it. */
  readonly holders: readonly { readonly pid: number; readonly address: number }[];
  /** The memory object that refers to it, in words; empty for private memory. */
  readonly owner: string;
}

export interface MachineStatus {
  readonly time: number;
  /** Guest instructions retired since boot. */
  readonly instructions: number;
  readonly paused: boolean;
  /** Set after a kernel panic: what happened. */
  readonly panic: string | null;
  readonly memory: MemoryTotals;
  readonly swap: SwapStatus;
  readonly processes: readonly ProcessInfo[];
  /** The process that has the hart, 0 when the machine idles. */
  readonly running: number;
}

/** Everything, for tests and lessons: status, every used frame, every address space. */
export interface Snapshot extends MachineStatus {
  readonly frames: readonly FrameInfo[];
  readonly spaces: readonly SpaceInfo[];
}

/** One level of a page walk. */
export interface WalkLevel {
  /** 2, 1 or 0. */
  readonly level: number;
  /** The frame that holds the table. */
  readonly table: number;
  /** Nine bits of the address: the entry's place in the table. */
  readonly index: number;
  /** The whole entry as 16 hexadecimal digits. */
  readonly entry: string;
}

export interface PageWalk {
  readonly address: number;
  readonly levels: readonly WalkLevel[];
  /** The frame the address lies in, -1 when the walk ends early. */
  readonly pfn: number;
}
