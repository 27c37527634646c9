// The texts of /proc/PID, character by character as ps, pmap and top parse them. Specification: proc_pid_stat(5),
// proc_pid_status(5), proc_pid_maps(5), proc_pid_smaps(5), proc_pid_statm(5), proc_pid_limits(5).

import { PROT_EXEC, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { majorOf, minorOf } from "./device-table.ts";
import type {
  FrameView,
  MemoryView,
  ProcessStateLetter,
  ProcessView,
  SignalWords,
  ThreadView,
  VmaView,
} from "./process-view.ts";

/** Clock ticks a second in /proc (USER_HZ). */
const TICK = 1e7;
const UNLIMITED = "18446744073709551615";

export function ticks(nanoseconds: number): number {
  return Math.floor(nanoseconds / TICK);
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}

const stateNames: Readonly<Record<ProcessStateLetter, string>> = {
  R: "R (running)",
  S: "S (sleeping)",
  D: "D (disk sleep)",
  T: "T (stopped)",
  t: "t (tracing stop)",
  Z: "Z (zombie)",
  X: "X (dead)",
};

/** One line of maps without its newline. Names begin in column 73. */
function mapsLine(vma: VmaView): string {
  const { prot, dev } = vma;
  const rights =
    ((prot & PROT_READ) !== 0 ? "r" : "-") +
    ((prot & PROT_WRITE) !== 0 ? "w" : "-") +
    ((prot & PROT_EXEC) !== 0 ? "x" : "-") +
    (vma.shared ? "s" : "p");
  const device = `${hex(majorOf(dev), 2)}:${hex(minorOf(dev), 2)}`;
  const fields = `${hex(vma.start, 8)}-${hex(vma.end, 8)} ${rights} ${hex(vma.offset, 8)} ${device} ${vma.ino} `;
  if (vma.name === "") return fields;
  return fields.padEnd(73) + vma.name.replaceAll("\n", "\\012");
}

export function mapsText(memory: MemoryView): string {
  let text = "";
  for (const vma of memory.vmas()) text += `${mapsLine(vma)}\n`;
  return text;
}

/** maps with what each mapping holds in RAM, page by page. */
export function smapsText(memory: MemoryView, frame: (pfn: number) => FrameView): string {
  let text = "";
  for (const vma of memory.vmas()) {
    const sums = {
      rss: 0,
      pss: 0,
      sharedClean: 0,
      sharedDirty: 0,
      privateClean: 0,
      privateDirty: 0,
    };
    let referenced = 0;
    let anonymous = 0;
    let swap = 0;
    for (let address = vma.start; address < vma.end; address += PAGE_SIZE) {
      const page = memory.page(address);
      if (page === undefined) continue;
      if (page.swapped) swap += PAGE_SIZE;
      if (!page.present) continue;
      const { mappings, dirty, accessed } = frame(page.pfn);
      sums.rss += PAGE_SIZE;
      sums.pss += PAGE_SIZE / Math.max(1, mappings);
      if (mappings > 1) sums[dirty ? "sharedDirty" : "sharedClean"] += PAGE_SIZE;
      else sums[dirty ? "privateDirty" : "privateClean"] += PAGE_SIZE;
      if (accessed) referenced += PAGE_SIZE;
      if (!page.shared) anonymous += PAGE_SIZE;
    }
    const rows: readonly (readonly [string, number])[] = [
      ["Size", vma.end - vma.start],
      ["KernelPageSize", PAGE_SIZE],
      ["MMUPageSize", PAGE_SIZE],
      ["Rss", sums.rss],
      ["Pss", sums.pss],
      ["Shared_Clean", sums.sharedClean],
      ["Shared_Dirty", sums.sharedDirty],
      ["Private_Clean", sums.privateClean],
      ["Private_Dirty", sums.privateDirty],
      ["Referenced", referenced],
      ["Anonymous", anonymous],
      ["Swap", swap],
    ];
    text += `${mapsLine(vma)}\n`;
    for (const [name, bytes] of rows) {
      text += `${`${name}:`.padEnd(16)}${String(Math.floor(bytes / 1024)).padStart(8)} kB\n`;
    }
  }
  return text;
}

/** Pages: size, resident, shared, text, lib (0), data + stack, dirty (0). */
export function statmText(memory: MemoryView | undefined): string {
  if (memory === undefined) return "0 0 0 0 0 0 0\n";
  const pages = (bytes: number): number => Math.floor(bytes / PAGE_SIZE);
  const resident = memory.anonymous + memory.file + memory.shared;
  const shared = memory.file + memory.shared;
  const data = memory.data + memory.stack;
  return `${pages(memory.size)} ${pages(resident)} ${pages(shared)} ${pages(memory.code)} 0 ${pages(data)} 0\n`;
}

const NO_SIGNALS: SignalWords = [0, 0];

/** The low 31 signals as a number, as the old fields of stat have them. */
function oldSignals([low]: SignalWords): number {
  return low & 0x7fffffff;
}

function signalsHex([low, high]: SignalWords): string {
  return hex(high >>> 0, 8) + hex(low >>> 0, 8);
}

/** The 52 fields of stat; with `thread` those of /proc/PID/task/TID/stat. */
export function statText(process: ProcessView, thread?: ThreadView): string {
  const { memory } = process;
  const threads = process.threads();
  const main = thread ?? threads[0];
  const [, resident = Infinity] = process.limits()[5] ?? [];
  const sleeping = main !== undefined && main.state !== "R";
  const rss = memory === undefined ? 0 : memory.anonymous + memory.file + memory.shared;
  const fields: (number | string)[] = [
    thread?.tid ?? process.pid,
    `(${thread?.comm ?? process.comm})`,
    thread?.state ?? process.state,
    process.ppid,
    process.pgid,
    process.sid,
    process.terminal,
    process.terminal === 0 ? -1 : process.foreground,
    0, // flags
    process.minorFaults,
    process.childrenMinorFaults,
    process.majorFaults,
    process.childrenMajorFaults,
    ticks(thread?.userTime ?? process.userTime),
    ticks(thread?.systemTime ?? process.systemTime),
    ticks(process.childrenUserTime),
    ticks(process.childrenSystemTime),
    20 + process.nice,
    process.nice,
    threads.length,
    0, // itrealvalue
    ticks(thread?.startTime ?? process.startTime),
    memory?.size ?? 0,
    Math.floor(rss / PAGE_SIZE),
    resident === Infinity ? UNLIMITED : resident,
    memory?.startCode ?? 0,
    memory?.endCode ?? 0,
    memory?.startStack ?? 0,
    0, // kstkesp
    0, // kstkeip
    oldSignals(main?.pending ?? NO_SIGNALS),
    oldSignals(main?.blocked ?? NO_SIGNALS),
    oldSignals(process.ignored),
    oldSignals(process.caught),
    sleeping ? 1 : 0, // wchan
    0, // nswap
    0, // cnswap
    process.exitSignal,
    0, // processor
    0, // rt_priority
    0, // policy
    0, // delayacct_blkio_ticks
    0, // guest_time
    0, // cguest_time
    memory?.startData ?? 0,
    memory?.endData ?? 0,
    memory?.startBreak ?? 0,
    memory?.argStart ?? 0,
    memory?.argEnd ?? 0,
    memory?.envStart ?? 0,
    memory?.envEnd ?? 0,
    process.exitCode,
  ];
  return `${fields.join(" ")}\n`;
}

export function statusText(process: ProcessView, thread?: ThreadView): string {
  const threads = process.threads();
  const main = thread ?? threads[0];
  const rows: string[] = [
    `Name:\t${(thread?.comm ?? process.comm).replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
    `Umask:\t${process.umask.toString(8).padStart(4, "0")}`,
    `State:\t${stateNames[thread?.state ?? process.state]}`,
    `Tgid:\t${process.pid}`,
    "Ngid:\t0",
    `Pid:\t${thread?.tid ?? process.pid}`,
    `PPid:\t${process.ppid}`,
    `TracerPid:\t${process.tracerPid}`,
    `Uid:\t${process.uids.join("\t")}`,
    `Gid:\t${process.gids.join("\t")}`,
    `FDSize:\t${process.fileTableSize}`,
    `Groups:\t${process.groups.map((group) => `${group} `).join("")}`,
    `NStgid:\t${process.pid}`,
    `NSpid:\t${thread?.tid ?? process.pid}`,
    `NSpgid:\t${process.pgid}`,
    `NSsid:\t${process.sid}`,
  ];
  if (process.memory !== undefined) rows.push(...memoryRows(process.memory));
  rows.push(
    `Threads:\t${threads.length}`,
    `SigQ:\t${process.queuedSignals}/${process.queuedSignalsLimit}`,
    `SigPnd:\t${signalsHex(main?.pending ?? NO_SIGNALS)}`,
    `ShdPnd:\t${signalsHex(process.sharedPending)}`,
    `SigBlk:\t${signalsHex(main?.blocked ?? NO_SIGNALS)}`,
    `SigIgn:\t${signalsHex(process.ignored)}`,
    `SigCgt:\t${signalsHex(process.caught)}`,
    "Cpus_allowed:\t1",
    "Cpus_allowed_list:\t0",
    `voluntary_ctxt_switches:\t${main?.voluntarySwitches ?? 0}`,
    `nonvoluntary_ctxt_switches:\t${main?.involuntarySwitches ?? 0}`,
  );
  return `${rows.join("\n")}\n`;
}

function memoryRows(memory: MemoryView): string[] {
  const rows: readonly (readonly [string, number])[] = [
    ["VmPeak", memory.peakSize],
    ["VmSize", memory.size],
    ["VmLck", memory.locked],
    ["VmPin", 0],
    ["VmHWM", memory.peakResident],
    ["VmRSS", memory.anonymous + memory.file + memory.shared],
    ["RssAnon", memory.anonymous],
    ["RssFile", memory.file],
    ["RssShmem", memory.shared],
    ["VmData", memory.data],
    ["VmStk", memory.stack],
    ["VmExe", memory.code],
    ["VmLib", memory.library],
    ["VmPTE", memory.pageTables],
    ["VmSwap", memory.swapped],
  ];
  return rows.map(
    ([name, bytes]) => `${name}:\t${String(Math.floor(bytes / 1024)).padStart(8)} kB`,
  );
}

/** Names and units of RLIMIT_* by number. */
const limitRows: readonly (readonly [name: string, unit: string])[] = [
  ["Max cpu time", "seconds"],
  ["Max file size", "bytes"],
  ["Max data size", "bytes"],
  ["Max stack size", "bytes"],
  ["Max core file size", "bytes"],
  ["Max resident set", "bytes"],
  ["Max processes", "processes"],
  ["Max open files", "files"],
  ["Max locked memory", "bytes"],
  ["Max address space", "bytes"],
  ["Max file locks", "locks"],
  ["Max pending signals", "signals"],
  ["Max msgqueue size", "bytes"],
  ["Max nice priority", ""],
  ["Max realtime priority", ""],
  ["Max realtime timeout", "us"],
];

export function limitsText(process: ProcessView): string {
  const limits = process.limits();
  const shown = (value: number | undefined): string =>
    value === undefined || value === Infinity ? "unlimited" : String(value);
  let text = `${"Limit".padEnd(26)}${"Soft Limit".padEnd(21)}${"Hard Limit".padEnd(21)}${"Units".padEnd(10)}\n`;
  limitRows.forEach(([name, unit], index) => {
    const [soft, hard] = limits[index] ?? [];
    text += `${name.padEnd(26)}${shown(soft).padEnd(21)}${shown(hard).padEnd(21)}${unit.padEnd(10)}\n`;
  });
  return text;
}

/** The walk of an address, one line a level: level, PFN of the table, index in it, the entry. */
export function pageWalkText(memory: MemoryView, address: number): string {
  return memory
    .walk(address)
    .map(
      ({ level, tablePfn, index, pteLo, pteHi }) =>
        `${level} ${tablePfn} ${index} 0x${hex(pteHi >>> 0, 8)}${hex(pteLo >>> 0, 8)}\n`,
    )
    .join("");
}
