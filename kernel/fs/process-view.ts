// What /proc shows of processes and of the machine, as data: the upper ranks implement these views, and the procfs-*
// files of this folder turn them into Linux's text. Sizes and addresses are in bytes, times in nanoseconds, frames are
// PFNs, 64-bit signal sets are [low, high] words. Specification: proc(5).

import type { WalkLevel } from "../cpu/types.ts";
import type { Dentry } from "./dentry.ts";
import type { File } from "./file.ts";

/** R running, S sleeping, D waiting for storage, T stopped by job control, t stopped by a tracer, Z zombie. */
export type ProcessStateLetter = "R" | "S" | "D" | "T" | "t" | "Z" | "X";

export type SignalWords = readonly [low: number, high: number];

/** One line of /proc/PID/maps. */
export interface VmaView {
  readonly start: number;
  readonly end: number;
  /** PROT_* bits. */
  readonly prot: number;
  readonly shared: boolean;
  /** Offset in the mapped file in bytes; 0 for anonymous memory. */
  readonly offset: number;
  /** st_dev and st_ino of the mapped file, 0 and 0 for none. */
  readonly dev: number;
  readonly ino: number;
  /** A path, `[heap]`, `[stack]`, `[vdso]`, or empty. */
  readonly name: string;
}

/** What one page-table entry says, for /proc/PID/pagemap. */
export interface PageView {
  readonly present: boolean;
  readonly swapped: boolean;
  /** A page of a file or of shared memory. */
  readonly shared: boolean;
  readonly softDirty: boolean;
  /** Mapped by this process alone. */
  readonly exclusive: boolean;
  /** The frame when present, the swap slot when swapped. */
  readonly pfn: number;
}

/** The address space of a process. */
export interface MemoryView {
  vmas(): Iterable<VmaView>;
  /** The page of `address`; undefined for nothing there. */
  page(address: number): PageView | undefined;
  /** The walk of `address` as far as it goes. */
  walk(address: number): readonly WalkLevel[];
  /** Mapped now, and at most so far. */
  readonly size: number;
  readonly peakSize: number;
  /** Resident by kind, and the largest sum so far. */
  readonly anonymous: number;
  readonly file: number;
  readonly shared: number;
  readonly peakResident: number;
  readonly swapped: number;
  /** Mappings that mlock(2) keeps in RAM. */
  readonly locked: number;
  readonly pageTables: number;
  /** Sizes of the mappings: private writable data, the stack, the program's code, the code of libraries. */
  readonly data: number;
  readonly stack: number;
  readonly code: number;
  readonly library: number;
  /** Borders that execve set. */
  readonly startCode: number;
  readonly endCode: number;
  readonly startData: number;
  readonly endData: number;
  readonly startBreak: number;
  readonly startStack: number;
  readonly argStart: number;
  readonly argEnd: number;
  readonly envStart: number;
  readonly envEnd: number;
  /** Copies from the process's memory into `into`, faulting in what is needed to read; bytes done, or MUST_WAIT. */
  read(address: number, into: Uint8Array): number;
  /** What /proc/PID/frame_limit shows, and what it does with a line that is written (kernel/mm/reclaim/frame-limit.ts). */
  frameLimit(): string;
  limitFrames(line: string): number;
}

/** One thread, for /proc/PID/task. */
export interface ThreadView {
  readonly tid: number;
  readonly comm: string;
  readonly state: ProcessStateLetter;
  /** Nanoseconds in user code and in the kernel. */
  readonly userTime: number;
  readonly systemTime: number;
  readonly startTime: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
  readonly pending: SignalWords;
  readonly blocked: SignalWords;
  /** The name of the function or system call it sleeps in; "0" when it runs. */
  readonly waitingIn: string;
}

export interface ProcessView {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  /** The controlling terminal's device number and foreground group; 0 and -1 for none. */
  readonly terminal: number;
  readonly foreground: number;
  readonly state: ProcessStateLetter;
  /** At most 15 bytes. */
  readonly comm: string;
  /** What the process can be asked of its memory; undefined for zombies. */
  readonly memory: MemoryView | undefined;
  readonly executable: Dentry | undefined;
  readonly cwd: Dentry | undefined;
  readonly root: Dentry | undefined;
  /** The descriptor table, lowest first. */
  files(): Iterable<readonly [fd: number, file: File]>;
  file(fd: number): File | undefined;
  /** How many descriptors the table has room for (FDSize). */
  readonly fileTableSize: number;
  threads(): readonly ThreadView[];
  readonly umask: number;
  /** Real, effective, saved, file-system. */
  readonly uids: readonly [number, number, number, number];
  readonly gids: readonly [number, number, number, number];
  readonly groups: readonly number[];
  /** Nanoseconds, whole process; `children…` of those it has waited for. */
  readonly userTime: number;
  readonly systemTime: number;
  readonly childrenUserTime: number;
  readonly childrenSystemTime: number;
  /** Since boot. */
  readonly startTime: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  readonly childrenMinorFaults: number;
  readonly childrenMajorFaults: number;
  readonly nice: number;
  /** Signals: queued now and at most, pending for the process, ignored, caught. Thread sets are in `threads()`. */
  readonly queuedSignals: number;
  readonly queuedSignalsLimit: number;
  readonly sharedPending: SignalWords;
  readonly ignored: SignalWords;
  readonly caught: SignalWords;
  /** RLIMIT_* pairs by number, Infinity for unlimited. */
  limits(): readonly (readonly [soft: number, hard: number])[];
  /** The adjustment of proc_pid_oom_score_adj(5), and how likely its choice is, 0 to 2000. */
  readonly oomAdjustment: number;
  readonly oomScore: number;
  /** 0 or an errno. */
  setOomAdjustment(value: number): number;
  /** Sent to the parent at the end. */
  readonly exitSignal: number;
  /** As wait4 reports it, for zombies. */
  readonly exitCode: number;
  /** Who traces it, 0 for nobody. */
  readonly tracerPid: number;
}

/** All processes; /proc's directory lists `pids()` in the order given (ascending). */
export interface ProcessProvider {
  pids(): readonly number[];
  process(pid: number): ProcessView | undefined;
}

/** RAM and its users, in bytes. */
export interface MemoryTotalsView {
  readonly total: number;
  readonly free: number;
  readonly pageTables: number;
  readonly anonymous: number;
  /** Page cache that is not shmem. */
  readonly file: number;
  readonly shared: number;
  readonly buffers: number;
  /** File-cache bytes that some process maps. */
  readonly mapped: number;
  readonly swapTotal: number;
  readonly swapFree: number;
  /** Frames whose page has a swap slot too. */
  readonly swapCached: number;
  /** Bytes on their way to the swap store. */
  readonly writeback: number;
  /** Reclaimable memory that the policy keeps for longer, and the rest. */
  readonly active: number;
  readonly inactive: number;
  /** Bytes promised to mappings (Committed_AS). */
  readonly committed: number;
}

export interface FrameView {
  /** Page-table entries that map it: /proc/kpagecount. */
  readonly mappings: number;
  /** FRAME_* of kernel/api/frames.ts. */
  readonly kind: number;
  readonly dirty: boolean;
  readonly accessed: boolean;
}

/** Counters of the whole machine. */
export interface MachineView {
  /** Nanoseconds since boot, and of those the hart idled, ran user code, ran the kernel. */
  readonly uptime: number;
  readonly idle: number;
  readonly user: number;
  readonly system: number;
  /** Seconds since 1970 at boot. */
  readonly bootSeconds: number;
  readonly contextSwitches: number;
  readonly forks: number;
  readonly running: number;
  readonly blocked: number;
  readonly threads: number;
  readonly lastPid: number;
  /** Load averages over 1, 5 and 15 minutes. */
  readonly loads: readonly [number, number, number];
  /** uname(2)'s release and version, and the machine's instruction-set string ("rv64imac_zicsr_zifencei"). */
  readonly release: string;
  readonly version: string;
  readonly isa: string;
  /** The kernel's command line. */
  readonly commandLine: string;
  memory(): MemoryTotalsView;
  readonly frames: number;
  frame(pfn: number): FrameView;
  /** The reclaim policy in force; another one's name switches to it: 0 or −EINVAL. */
  policy(): string;
  setPolicy(name: string): number;
  /** Names and values of /proc/vmstat, Linux's spelling (nr_free_pages, pgfault, …). */
  counters(): Iterable<readonly [name: string, value: number]>;
}
