// Pseudoterminals: a terminal whose other side is a file (a program opened /dev/ptmx) or the machine's owner (a Terminal,
// terminal.ts). Numbers are the N of /dev/pts/N. Specification: pty(7), pts(4), ptmx(4).

import { EAGAIN, EFAULT, EIO, ENOSPC } from "../abi/errno.ts";
import { O_NOCTTY } from "../abi/fcntl.ts";
import { POLLHUP, POLLIN, POLLOUT, POLLRDNORM, POLLWRNORM } from "../abi/process.ts";
import { SIGCONT, SIGHUP } from "../abi/signal.ts";
import { FIONREAD, TIOCGPTN, TIOCSPTLCK } from "../abi/termios.ts";
import type { Caller } from "../fs/caller.ts";
import type { Dentry } from "../fs/dentry.ts";
import { makeDevice } from "../fs/device-table.ts";
import { File } from "../fs/file.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import { WaitQueue } from "../sched/wait-queue.ts";
import { ByteQueue } from "./byte-queue.ts";
import { giveInt, Tty, type TtyMaster, type TtyServices } from "./tty.ts";
import { TtyFile } from "./tty-file.ts";

/** Unread bytes a pty holds in each direction beyond the line discipline's own buffer, as on Linux. */
const PTY_BUFFER = 8192;
const MASTER_READ_BUFFER = 4096;
/** Pairs at most (Linux: kernel.pty.max). */
const MAX_PTYS = 4096;

export const PTS_MAJOR = 136;

/** One pair, seen from its number: what /dev/pts shows. */
export interface PtyPair {
  readonly index: number;
  readonly tty: Tty;
  readonly master: TtyMaster;
  /** The slave cannot be opened until unlockpt(3). */
  locked: boolean;
  readonly uid: number;
  readonly gid: number;
}

/** All pairs of the machine. */
export class Ptys {
  readonly services: TtyServices;
  readonly #pairs = new Map<number, PtyPair>();
  /** By session: the foreground group it had when its terminal hung up. Its leader's end is that group's too. */
  readonly #hungUp = new Map<number, number>();

  constructor(services: TtyServices) {
    this.services = services;
  }

  pair(index: number): PtyPair | undefined {
    return this.#pairs.get(index);
  }

  /** Numbers in use, ascending. */
  indices(): readonly number[] {
    return [...this.#pairs.keys()].toSorted((a, b) => a - b);
  }

  /** Takes the lowest free number for a new pair; -ENOSPC when there are too many. */
  create(master: TtyMaster, caller?: Caller, rows = 0, columns = 0): PtyPair | number {
    let index = 0;
    while (this.#pairs.has(index)) index++;
    if (index >= MAX_PTYS) return -ENOSPC;
    const tty = new Tty(makeDevice(PTS_MAJOR, index), this.services, master, rows, columns);
    const pair: PtyPair = {
      index,
      tty,
      master,
      locked: caller !== undefined,
      uid: caller?.uid ?? 0,
      gid: caller?.gid ?? 0,
    };
    this.#pairs.set(index, pair);
    return pair;
  }

  /** The master is gone: the terminal hangs up and its name goes away. */
  remove(pair: PtyPair): void {
    this.#pairs.delete(pair.index);
    const { tty } = pair;
    if (tty.session !== 0 && tty.foreground !== 0) this.#hungUp.set(tty.session, tty.foreground);
    tty.closed = true;
    tty.hangUp();
  }

  /** Opens the slave side. */
  open(pair: PtyPair, dentry: Dentry, flags: number, caller: Caller | undefined): File | number {
    const { tty } = pair;
    if (tty.closed || pair.locked) return -EIO;
    const file = new TtyFile(dentry, flags & ~O_NOCTTY, tty, pair.master);
    tty.reopen = (again) => this.open(pair, dentry, again | O_NOCTTY, undefined);
    if (caller !== undefined && (flags & O_NOCTTY) === 0 && file.readable) tty.acquire(caller);
    return file;
  }

  /** proc reports the end of a session's leader: its terminal is released, its jobs hang up. */
  leaderExits(sid: number): void {
    for (const { tty } of this.#pairs.values()) tty.leaderExits(sid);
    const group = this.#hungUp.get(sid);
    if (group === undefined) return;
    this.#hungUp.delete(sid);
    this.services.hooks.signalGroup(group, SIGHUP);
    this.services.hooks.signalGroup(group, SIGCONT);
  }
}

/** The master side as an open file. */
export class PtyMasterFile extends File implements TtyMaster {
  readonly #ptys: Ptys;
  readonly #pair: PtyPair;
  readonly #readQueue = new WaitQueue();
  readonly #writeQueue = new WaitQueue();
  readonly #queues = [this.#readQueue, this.#writeQueue] as const;
  /** What the terminal printed and nobody read yet. */
  readonly #printed = new ByteQueue(PTY_BUFFER);
  /** What was written and the line discipline had no room for yet. */
  readonly #typed = new ByteQueue(PTY_BUFFER);
  readonly #chunk = new Uint8Array(4096);
  /** The slave has been open, and is no more. */
  #slaveGone = false;

  private constructor(dentry: Dentry, flags: number, ptys: Ptys, caller: Caller) {
    super(dentry, flags);
    this.#ptys = ptys;
    const pair = ptys.create(this, caller);
    // `open` below has checked that there is a number left, and nothing came between.
    this.#pair = pair as PtyPair;
  }

  /** Opens /dev/ptmx. */
  static open(dentry: Dentry, flags: number, ptys: Ptys, caller: Caller): File | number {
    if (ptys.indices().length >= MAX_PTYS) return -ENOSPC;
    return new PtyMasterFile(dentry, flags, ptys, caller);
  }

  get index(): number {
    return this.#pair.index;
  }

  override get seekable(): boolean {
    return false;
  }

  override get writesAll(): boolean {
    return true;
  }

  // TtyMaster: what the terminal does to this side.

  room(): number {
    return this.#printed.room;
  }

  put(bytes: Uint8Array, length: number): void {
    this.#printed.push(bytes, 0, length);
    this.#ptys.services.scheduler.wake(this.#readQueue);
  }

  /** As on Linux, what has reached the master's own read buffer stays. */
  flush(): void {
    this.#printed.truncate(MASTER_READ_BUFFER);
  }

  inputDrained(): void {
    if (this.#typed.length === 0) return;
    const had = this.#typed.length;
    this.#feed();
    if (this.#typed.length < had) this.#ptys.services.scheduler.wake(this.#writeQueue);
  }

  windowChanged(): void {}

  slaveClosed(): void {
    if (this.#pair.tty.openCount > 0) return;
    this.#slaveGone = true;
    this.#ptys.services.scheduler.wake(this.#readQueue);
    this.#ptys.services.scheduler.wake(this.#writeQueue);
  }

  /** Gives waiting input to the line discipline as far as it has room. */
  #feed(): void {
    while (this.#typed.length > 0) {
      const count = this.#typed.peek(this.#chunk);
      const taken = this.#pair.tty.receive(this.#chunk, 0, count);
      this.#typed.drop(taken);
      if (taken < count) return;
    }
  }

  get #hungUp(): boolean {
    return this.#slaveGone && this.#pair.tty.openCount === 0;
  }

  // File.

  override read(_caller: Caller, sink: ByteSink): number {
    if (sink.remaining === 0) return 0;
    let done = 0;
    while (sink.remaining > 0 && this.#printed.length > 0) {
      const count = this.#printed.peek(this.#chunk);
      const took = sink.put(this.#chunk, 0, Math.min(count, sink.remaining));
      this.#printed.drop(took);
      done += took;
      if (took === 0) return done > 0 ? done : -EFAULT;
    }
    if (done > 0) {
      this.#pair.tty.discipline.output.drained();
      return done;
    }
    return this.#hungUp ? -EIO : -EAGAIN;
  }

  override write(_caller: Caller, source: ByteSource): number {
    let done = 0;
    while (source.remaining > 0) {
      const wanted = Math.min(source.remaining, this.#typed.room, this.#chunk.length);
      if (wanted === 0) break;
      const count = source.take(this.#chunk, 0, wanted);
      this.#typed.push(this.#chunk, 0, count);
      this.#feed();
      done += count;
      if (count < wanted) return done > 0 ? done : -EFAULT;
    }
    return done > 0 || source.remaining === 0 ? done : -EAGAIN;
  }

  override ioctl(caller: Caller, request: number, argument: number): number {
    switch (request) {
      case TIOCGPTN:
        return giveInt(caller, argument, this.#pair.index);
      case TIOCSPTLCK: {
        const bytes = new Uint8Array(4);
        if (caller.copyIn(argument, bytes, 0, 4) !== 4) return -EFAULT;
        this.#pair.locked = bytes.some((byte) => byte !== 0);
        return 0;
      }
      case FIONREAD:
        return giveInt(caller, argument, this.#printed.length);
      default:
        return this.#pair.tty.ioctl(caller, request, argument, true);
    }
  }

  override poll(): number {
    return (
      (this.#printed.length > 0 ? POLLIN | POLLRDNORM : 0) |
      (this.#hungUp ? POLLHUP : 0) |
      (this.#typed.room > 0 ? POLLOUT | POLLWRNORM : 0)
    );
  }

  override waitQueues(): readonly WaitQueue[] {
    return this.#queues;
  }

  protected override close(): void {
    this.#ptys.remove(this.#pair);
  }
}
