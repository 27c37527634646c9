import assert from "node:assert/strict";
import { test } from "node:test";

import { EINVAL, ENOENT, ESRCH } from "../abi/errno.ts";
import { O_CREAT, O_DIRECTORY, O_RDONLY, O_RDWR } from "../abi/fcntl.ts";
import { PROT_EXEC, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { FRAME_ANON, FRAME_FREE, FRAME_PAGE_TABLE, FRAME_VDSO } from "../api/frames.ts";
import { BufferSink } from "../lib/io.ts";
import { byteString } from "./byte-string.ts";
import { makeDevice } from "./device-table.ts";
import { File } from "./file.ts";
import type {
  FrameView,
  MachineView,
  MemoryView,
  ProcessView,
  ThreadView,
  VmaView,
} from "./process-view.ts";
import { ProcFs } from "./procfs.ts";
import { TestBed, TestProcess } from "./test-bed.ts";

const vmas: readonly VmaView[] = [
  {
    start: 0x10000,
    end: 0x12000,
    prot: PROT_READ | PROT_EXEC,
    shared: false,
    offset: 0x1000,
    dev: makeDevice(0, 1),
    ino: 42,
    name: "/bin/sh",
  },
  {
    start: 0x20000,
    end: 0x21000,
    prot: PROT_READ | PROT_WRITE,
    shared: true,
    offset: 0,
    dev: 0,
    ino: 0,
    name: "",
  },
  {
    start: 0x3ffffdf000,
    end: 0x4000000000,
    prot: PROT_READ | PROT_WRITE,
    shared: false,
    offset: 0,
    dev: 0,
    ino: 0,
    name: "[stack]",
  },
];

const memory: MemoryView = {
  vmas: () => vmas,
  page: (address) =>
    address === 0x10000
      ? {
          present: true,
          swapped: false,
          shared: true,
          softDirty: false,
          exclusive: false,
          pfn: 0x123,
        }
      : undefined,
  walk: () => [
    { level: 2, tablePfn: 7, index: 0, pteLo: 0x2001, pteHi: 0 },
    { level: 1, tablePfn: 8, index: 0, pteLo: 0, pteHi: 0 },
  ],
  size: 0x24000,
  peakSize: 0x30000,
  anonymous: 8192,
  file: 4096,
  shared: 4096,
  peakResident: 32768,
  swapped: 0,
  locked: 0,
  pageTables: 12288,
  data: 4096,
  stack: 0x21000,
  code: 8192,
  library: 0,
  startCode: 0x10000,
  endCode: 0x11fff,
  startData: 0x20000,
  endData: 0x20fff,
  startBreak: 0x22000,
  startStack: 0x3fffffe000,
  argStart: 100,
  argEnd: 108,
  envStart: 108,
  envEnd: 114,
  read: (address, into) => {
    const text = "sh\0-c\0x\0HOME=/";
    for (let i = 0; i < into.length; i++) into[i] = text.charCodeAt(address - 100 + i);
    return into.length;
  },
  frameLimit: () => "policy none\n",
  limitFrames: (line) => (line === "off" ? 0 : -EINVAL),
};

const thread: ThreadView = {
  tid: 12,
  comm: "sh (x)",
  state: "S",
  userTime: 2.5e8,
  systemTime: 1e7,
  startTime: 3e9,
  voluntarySwitches: 4,
  involuntarySwitches: 5,
  pending: [0, 0],
  blocked: [0x10000, 1],
  waitingIn: "read",
};

let adjustment = 0;
let policy = "two-list";

function processView(bed: TestBed, file: File): ProcessView {
  return {
    pid: 12,
    ppid: 1,
    pgid: 12,
    sid: 1,
    terminal: makeDevice(136, 0),
    foreground: 12,
    state: "S",
    comm: "sh (x)",
    memory,
    executable: file.dentry,
    cwd: bed.vfs.root,
    root: bed.vfs.root,
    files: () => [[0, file]],
    file: (fd) => (fd === 0 ? file : undefined),
    fileTableSize: 64,
    threads: () => [thread],
    umask: 0o022,
    uids: [0, 0, 0, 0],
    gids: [0, 0, 0, 0],
    groups: [0],
    userTime: 2.5e8,
    systemTime: 1e7,
    childrenUserTime: 0,
    childrenSystemTime: 0,
    startTime: 3e9,
    minorFaults: 30,
    majorFaults: 1,
    childrenMinorFaults: 2,
    childrenMajorFaults: 0,
    nice: 0,
    queuedSignals: 0,
    queuedSignalsLimit: 100,
    sharedPending: [0, 0],
    ignored: [0x1000, 0],
    caught: [2, 0],
    limits: () => [
      [Infinity, Infinity],
      [1024, Infinity],
    ],
    oomAdjustment: adjustment,
    oomScore: 667,
    setOomAdjustment: (value) => {
      adjustment = value;
      return 0;
    },
    exitSignal: 17,
    exitCode: 0,
    tracerPid: 0,
  };
}

const frames: readonly FrameView[] = [
  { mappings: 0, kind: FRAME_FREE, dirty: false, accessed: false },
  { mappings: 0, kind: FRAME_PAGE_TABLE, dirty: false, accessed: false },
  { mappings: 2, kind: FRAME_ANON, dirty: true, accessed: true },
  { mappings: 1, kind: FRAME_VDSO, dirty: false, accessed: false },
];

const machine: MachineView = {
  uptime: 12_340_000_000,
  idle: 10e9,
  user: 2e9,
  system: 1e8,
  bootSeconds: 1_000_000,
  contextSwitches: 77,
  forks: 5,
  running: 1,
  blocked: 0,
  threads: 3,
  lastPid: 12,
  loads: [0.5, 0.25, 0.125],
  release: "6.1.0-vitrine",
  version: "#1",
  isa: "rv64imac_zicsr_zifencei",
  commandLine: "",
  memory: () => ({
    total: 16 << 20,
    free: 8 << 20,
    pageTables: 40960,
    anonymous: 1 << 20,
    file: 2 << 20,
    shared: 4096,
    buffers: 0,
    mapped: 8192,
    swapTotal: 32 << 20,
    swapFree: 31 << 20,
    swapCached: 12288,
    writeback: 0,
    active: 1 << 20,
    inactive: 2 << 20,
    committed: 1 << 20,
  }),
  frames: 4,
  frame: (pfn) => frames[pfn] ?? assert.fail(`no frame ${pfn}`),
  policy: () => policy,
  setPolicy: (name) => {
    if (name !== "clock") return -EINVAL;
    policy = name;
    return 0;
  },
  counters: () => [["pgfault", 31]],
};

class Bed {
  readonly bed = new TestBed();
  readonly caller = new TestProcess(this.bed.process.fs, 12);
  #alive = true;

  constructor() {
    const { vfs, process, clock } = this.bed;
    vfs.mkdir(process, undefined, "/proc", 0o555);
    const file = vfs.open(process, undefined, "/sh", O_RDWR | O_CREAT, 0o755);
    const place = vfs.lookup(process, undefined, "/proc", true);
    assert.ok(file instanceof File && typeof place !== "number");
    const view = processView(this.bed, file);
    const proc = new ProcFs(4, clock, {
      processes: {
        pids: () => (this.#alive ? [12] : []),
        process: (pid) => (pid === 12 && this.#alive ? view : undefined),
      },
      machine,
      mounts: () => vfs.mounts(),
      devices: vfs.devices,
    });
    vfs.mount(place, proc, "proc");
    vfs.devices.register("mem", 1, 3, () => -ENOENT);
  }

  end(): void {
    this.#alive = false;
  }

  open(path: string, flags = O_RDONLY): File {
    const file = this.bed.vfs.open(this.caller, undefined, path, flags, 0);
    assert.ok(file instanceof File, path);
    return file;
  }

  bytes(file: File, size = 8192, position?: number): Uint8Array {
    const bytes = new Uint8Array(size);
    const sink = new BufferSink(bytes);
    const done =
      position === undefined
        ? file.readNext(this.caller, sink)
        : file.readAt(this.caller, sink, position);
    assert.ok(done >= 0, String(done));
    return bytes.subarray(0, done);
  }

  text(path: string): string {
    return byteString(this.bytes(this.open(path)));
  }

  names(path: string): string[] {
    const found: string[] = [];
    this.open(path, O_DIRECTORY).readdir(this.caller, (name) => found.push(name) > 0);
    return found;
  }
}

test("maps has Linux's columns", () => {
  const bed = new Bed();
  assert.deepEqual(bed.text("/proc/12/maps").split("\n"), [
    "00010000-00012000 r-xp 00001000 00:01 42                                 /bin/sh",
    "00020000-00021000 rw-s 00000000 00:00 0 ",
    "3ffffdf000-4000000000 rw-p 00000000 00:00 0                              [stack]",
    "",
  ]);
});

test("stat has 52 fields, and the name may hold blanks and parentheses", () => {
  const line = new Bed().text("/proc/self/stat");
  const [, name, rest = ""] = /^12 \((.*)\) (.*)\n$/.exec(line) ?? [];
  assert.equal(name, "sh (x)");
  const fields = rest.split(" ");
  assert.equal(fields.length, 50);
  // From field 3, the state, on: proc_pid_stat(5) counts from 1.
  const field = (number: number): string | undefined => fields[number - 3];
  assert.deepEqual([3, 4, 5, 6, 7, 8].map(field), ["S", "1", "12", "1", "34816", "12"]);
  assert.deepEqual([10, 11, 12, 14, 15].map(field), ["30", "2", "1", "25", "1"]);
  assert.deepEqual([18, 19, 20, 22, 23, 24].map(field), ["20", "0", "1", "300", "147456", "4"]);
  assert.deepEqual([25, 26, 28, 38].map(field), [
    "18446744073709551615",
    "65536",
    "274877898752",
    "17",
  ]);
});

test("status has Linux's keys and units", () => {
  const rows = new Map(
    new Bed()
      .text("/proc/12/status")
      .split("\n")
      .map((row) => row.split(":\t", 2) as [string, string]),
  );
  assert.equal(rows.get("Name"), "sh (x)");
  assert.equal(rows.get("State"), "S (sleeping)");
  assert.equal(rows.get("VmRSS"), "      16 kB");
  assert.equal(rows.get("RssShmem"), "       4 kB");
  assert.equal(rows.get("SigBlk"), "0000000100010000");
  assert.equal(rows.get("Uid"), "0\t0\t0\t0");
  assert.equal(rows.get("Umask"), "0022");
});

test("statm counts pages", () => {
  assert.equal(new Bed().text("/proc/12/statm"), "36 4 2 2 0 34 0\n");
});

test("arguments and environment come from the process's memory", () => {
  const bed = new Bed();
  assert.equal(bed.text("/proc/12/cmdline"), "sh\0-c\0x\0");
  assert.equal(bed.text("/proc/12/environ"), "HOME=/");
  assert.equal(bed.text("/proc/12/comm"), "sh (x)\n");
});

test("links lead to the files themselves", () => {
  const bed = new Bed();
  const { vfs } = bed.bed;
  assert.equal(vfs.readlink(bed.caller, undefined, "/proc/self"), "12");
  assert.equal(vfs.readlink(bed.caller, undefined, "/proc/12/exe"), "/sh");
  assert.equal(vfs.readlink(bed.caller, undefined, "/proc/12/fd/0"), "/sh");
  assert.equal(vfs.readlink(bed.caller, undefined, "/proc/12/cwd"), "/");
  vfs.unlink(bed.caller, undefined, "/sh");
  assert.equal(vfs.readlink(bed.caller, undefined, "/proc/12/exe"), "/sh (deleted)");
  assert.equal(bed.open("/proc/12/exe").inode.size, 0);
  assert.equal(vfs.readlink(bed.caller, undefined, "/proc/12/fd/1"), -ENOENT);
});

test("the directories list what is there", () => {
  const bed = new Bed();
  const top = bed.names("/proc");
  for (const name of ["self", "meminfo", "kpagecount", "sys", "mounts", "12"]) {
    assert.ok(top.includes(name), name);
  }
  assert.deepEqual(bed.names("/proc/12/fd"), [".", "..", "0"]);
  assert.deepEqual(bed.names("/proc/12/task"), [".", "..", "12"]);
  assert.ok(bed.names("/proc/12").includes("pagemap"));
  assert.match(bed.text("/proc/12/task/12/stat"), /^12 \(sh \(x\)\) S /);
  assert.equal(bed.text("/proc/sys/kernel/osrelease"), "6.1.0-vitrine\n");
});

test("pagemap is eight bytes a page, at multiples of eight", () => {
  const bed = new Bed();
  const file = bed.open("/proc/12/pagemap");
  const view = new DataView(bed.bytes(file, 16, 0x10 * 8).buffer);
  assert.equal(view.getBigUint64(0, true), (1n << 63n) | (1n << 61n) | 0x123n);
  assert.equal(view.getBigUint64(8, true), 0n);
  const sink = new BufferSink(new Uint8Array(8));
  assert.equal(file.readAt(bed.caller, sink, 4), -EINVAL);
  assert.equal(file.readAt(bed.caller, new BufferSink(new Uint8Array(7)), 0), -EINVAL);
  assert.equal(bed.bytes(file, 8, (2 ** 38 / 4096) * 8).length, 0);
});

test("kpagecount and kpageflags describe frames with Linux's bits", () => {
  const bed = new Bed();
  const counts = new BigUint64Array(bed.bytes(bed.open("/proc/kpagecount"), 64).slice().buffer);
  assert.deepEqual([...counts], [0n, 0n, 2n, 1n]);
  const flags = new BigUint64Array(bed.bytes(bed.open("/proc/kpageflags"), 64).slice().buffer);
  const bits = (word: bigint | undefined): number[] =>
    Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => ((word ?? 0n) >> BigInt(bit)) & 1n);
  assert.deepEqual(bits(flags[0]), [10]);
  assert.deepEqual(bits(flags[1]), [26]);
  assert.deepEqual(bits(flags[2]), [2, 3, 4, 5, 11, 12, 14]);
  assert.deepEqual(bits(flags[3]), [11, 32]);
});

test("a page walk is one line a level", () => {
  const bed = new Bed();
  assert.equal(
    bed.text("/proc/12/pagewalk/0x10000"),
    "2 7 0 0x0000000000002001\n1 8 0 0x0000000000000000\n",
  );
  const { vfs } = bed.bed;
  assert.equal(vfs.open(bed.caller, undefined, "/proc/12/pagewalk/12", O_RDONLY, 0), -ENOENT);
});

test("the machine's files", () => {
  const bed = new Bed();
  assert.match(bed.text("/proc/meminfo"), /^MemTotal: {10}16384 kB\nMemFree: {12}8192 kB\n/);
  assert.equal(bed.text("/proc/uptime"), "12.34 10.00\n");
  assert.equal(bed.text("/proc/loadavg"), "0.50 0.25 0.13 1/3 12\n");
  assert.equal(bed.text("/proc/vmstat"), "pgfault 31\n");
  assert.match(bed.text("/proc/stat"), /^cpu {2}200 0 10 1000 0 0 0 0 0 0\ncpu0 200 /);
  assert.match(bed.text("/proc/stat"), /\nctxt 77\nbtime 1000000\nprocesses 5\n/);
  assert.equal(
    bed.text("/proc/mounts"),
    "test / tmpfs rw,relatime 0 0\nproc /proc proc rw,relatime 0 0\n",
  );
  assert.match(bed.text("/proc/devices"), /^Character devices:\n {2}1 mem\n/);
});

test("a file that is still open when its process has gone says ESRCH", () => {
  const bed = new Bed();
  const file = bed.open("/proc/12/stat");
  bed.end();
  assert.equal(file.readNext(bed.caller, new BufferSink(new Uint8Array(10))), -ESRCH);
  assert.equal(bed.bed.vfs.open(bed.caller, undefined, "/proc/12/stat", O_RDONLY, 0), -ENOENT);
});
