// What tests of files, terminals and pipes stand on: memory without a CPU, a scheduler, a tree with a tmpfs as root, and
// processes that are nothing but their identity. Only tests import it.

import { EventStream } from "../lib/event-stream.ts";
import { KernelLog } from "../lib/kernel-log.ts";
import type { MemoryCpu } from "../mm/memory-cpu.ts";
import { MemoryManager } from "../mm/memory-manager.ts";
import { Scheduler } from "../sched/scheduler.ts";
import { type Caller, type ControllingTerminal, FsContext } from "./caller.ts";
import { Tmpfs } from "./tmpfs.ts";
import { Vfs } from "./vfs.ts";

/** RAM and nothing that runs in it. */
function ramOnly(frames: number): MemoryCpu {
  const buffer = new ArrayBuffer(frames * 4096);
  return {
    ram: { frames, u8: new Uint8Array(buffer), u32: new Uint32Array(buffer) },
    hart: new Int32Array(2),
    banks: 4,
    codeFrames: new Uint8Array(frames),
    useBank() {},
    flushPage() {},
    flushBank() {},
    dropCode() {},
  };
}

/** A process as files see it. Its memory is `memory`, addresses are indices in it. */
export class TestProcess implements Caller {
  pid: number;
  pgid: number;
  sid: number;
  uid = 0;
  gid = 0;
  groups: readonly number[] = [];
  fs: FsContext;
  terminal: ControllingTerminal | undefined;
  readonly memory = new Uint8Array(8192);
  readonly ignored = new Set<number>();

  constructor(fs: FsContext, pid: number, pgid = pid, sid = pid) {
    this.fs = fs;
    this.pid = pid;
    this.pgid = pgid;
    this.sid = sid;
  }

  signalBlockedOrIgnored(signo: number): boolean {
    return this.ignored.has(signo);
  }

  copyIn(address: number, into: Uint8Array, offset: number, length: number): number {
    const count = Math.max(0, Math.min(length, this.memory.length - address));
    into.set(this.memory.subarray(address, address + count), offset);
    return count;
  }

  copyOut(address: number, from: Uint8Array, offset: number, length: number): number {
    const count = Math.max(0, Math.min(length, this.memory.length - address));
    this.memory.set(from.subarray(offset, offset + count), address);
    return count;
  }
}

export class TestBed {
  /** Virtual nanoseconds, moved by the test. */
  time = 0;
  readonly clock: { now(): number; readonly bootSeconds: number };
  readonly mm: MemoryManager;
  readonly sched: Scheduler;
  readonly vfs: Vfs;
  readonly process: TestProcess;

  constructor(frames = 512) {
    const now = (): number => this.time;
    this.clock = { now, bootSeconds: 1_000_000 };
    this.mm = new MemoryManager({
      cpu: ramOnly(frames),
      events: new EventStream(now),
      log: new KernelLog(now),
    });
    this.sched = new Scheduler(now);
    this.vfs = new Vfs(new Tmpfs(1, this.clock, this.mm), "test");
    this.process = new TestProcess(new FsContext(this.vfs.root, this.vfs.root), 1);
  }
}
