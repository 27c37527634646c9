// An open terminal: what a program reads, writes and polls. Specification: tty(4), read(2), poll(2); where Linux would
// sleep it answers -EAGAIN and says with `readDeadline` how long VTIME lets the reader sleep.

import { EAGAIN, EIO, ENOTTY } from "../abi/errno.ts";
import { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDNORM, POLLWRNORM } from "../abi/process.ts";
import { SIGTTIN, SIGTTOU } from "../abi/signal.ts";
import { TIOCSPGRP, TOSTOP } from "../abi/termios.ts";
import type { Caller } from "../fs/caller.ts";
import type { Dentry } from "../fs/dentry.ts";
import { File } from "../fs/file.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import type { WaitQueue } from "../sched/wait-queue.ts";
import type { Tty, TtyMaster } from "./tty.ts";

export class TtyFile extends File {
  readonly tty: Tty;
  readonly #master: TtyMaster;
  readonly #generation: number;
  readonly #queues: readonly WaitQueue[];

  constructor(dentry: Dentry, flags: number, tty: Tty, master: TtyMaster) {
    super(dentry, flags);
    this.tty = tty;
    this.#master = master;
    this.#generation = tty.generation;
    this.#queues = [tty.readQueue, tty.writeQueue];
    tty.openCount++;
  }

  override get seekable(): boolean {
    return false;
  }

  override get writesAll(): boolean {
    return true;
  }

  get #hungUp(): boolean {
    return this.#generation !== this.tty.generation;
  }

  override read(caller: Caller, sink: ByteSink): number {
    if (this.#hungUp) return 0;
    const { tty } = this;
    const refused = tty.checkForeground(caller, SIGTTIN);
    if (refused !== 0) return refused;
    if (sink.remaining === 0) return 0;
    const { discipline } = tty;
    const { available } = discipline;
    if (available === 0) {
      if (tty.closed) return -EIO;
      return discipline.firstByteTimeout === 0 ? 0 : -EAGAIN;
    }
    const enough = available >= discipline.minimum(sink.remaining);
    if (!enough && !this.nonBlocking && this.#betweenBytesEnds > tty.services.now()) return -EAGAIN;
    return this.#take(sink);
  }

  /** When VTIME after the last byte is over. */
  get #betweenBytesEnds(): number {
    return this.tty.lastInput + this.tty.discipline.betweenBytesTimeout;
  }

  #take(sink: ByteSink): number {
    const done = this.tty.discipline.read(sink);
    this.#master.inputDrained();
    return done;
  }

  override readDeadline(started: number): number {
    const { discipline } = this.tty;
    return discipline.available > 0
      ? this.#betweenBytesEnds
      : started + discipline.firstByteTimeout;
  }

  override readExpired(_caller: Caller, sink: ByteSink): number {
    return this.#hungUp || this.tty.discipline.available === 0 ? 0 : this.#take(sink);
  }

  override write(caller: Caller, source: ByteSource): number {
    if (this.#hungUp) return -EIO;
    const { tty } = this;
    if ((tty.discipline.termios.local & TOSTOP) !== 0) {
      const refused = tty.checkForeground(caller, SIGTTOU);
      if (refused !== 0) return refused;
    }
    if (tty.closed) return -EIO;
    return tty.discipline.output.write(source);
  }

  override ioctl(caller: Caller, request: number, argument: number): number {
    if (this.#hungUp) return request === TIOCSPGRP ? -ENOTTY : -EIO;
    return this.tty.ioctl(caller, request, argument, false);
  }

  override poll(): number {
    if (this.#hungUp) {
      return POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDNORM | POLLWRNORM;
    }
    const { discipline, closed } = this.tty;
    return (
      (discipline.pollable ? POLLIN | POLLRDNORM : 0) |
      (closed ? POLLHUP : 0) |
      (discipline.output.writable ? POLLOUT | POLLWRNORM : 0)
    );
  }

  override waitQueues(): readonly WaitQueue[] {
    return this.#queues;
  }

  protected override close(): void {
    this.tty.openCount--;
    this.#master.slaveClosed();
  }
}
