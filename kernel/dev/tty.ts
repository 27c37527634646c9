// A terminal: the line discipline, the session that it controls, its window size, and who waits for it. Job control
// follows Linux's drivers/tty/tty_jobctrl.c as seen from outside. Specification: ioctl_tty(2), setpgid(2), credentials(7),
// POSIX.1-2017 chapter 11.

import { EFAULT, EINVAL, EIO, ENOTTY, EPERM, ESRCH } from "../abi/errno.ts";
import { SIGCONT, SIGHUP, SIGTTIN, SIGTTOU, SIGWINCH } from "../abi/signal.ts";
import { winsize } from "../abi/structs.ts";
import {
  CREAD,
  CS8,
  CSIZE,
  FIONREAD,
  PARENB,
  TCFLSH,
  TCGETS,
  TCIFLUSH,
  TCIOFLUSH,
  TCOFLUSH,
  TCSBRK,
  TCSETS,
  TCSETSF,
  TCSETSW,
  TCXONC,
  TIOCGPGRP,
  TIOCGSID,
  TIOCGWINSZ,
  TIOCNOTTY,
  TIOCOUTQ,
  TIOCSCTTY,
  TIOCSPGRP,
  TIOCSTI,
  TIOCSWINSZ,
  VSTART,
  VSTOP,
} from "../abi/termios.ts";
import type { Caller, ControllingTerminal } from "../fs/caller.ts";
import { ERESTARTSYS, type File } from "../fs/file.ts";
import type { Scheduler } from "../sched/scheduler.ts";
import { WaitQueue } from "../sched/wait-queue.ts";
import { LineDiscipline } from "./line-discipline.ts";
import type { TtyOutput } from "./output-processor.ts";
import type { SessionHooks } from "./session-hooks.ts";
import { Termios, TERMIOS_SIZE } from "./termios.ts";

export interface TtyServices {
  readonly scheduler: Scheduler;
  readonly hooks: SessionHooks;
  /** Nanoseconds of the machine's time: VTIME counts them. */
  now(): number;
}

/** The other side of a terminal: a pty's master, held by a program or by the machine's owner. */
export interface TtyMaster extends TtyOutput {
  /** The terminal can take input again. */
  inputDrained(): void;
  /** The window has a new size. */
  windowChanged(): void;
  /** An open description of the terminal was closed. */
  slaveClosed(): void;
}

export class Tty implements ControllingTerminal {
  readonly rdev: number;
  readonly discipline: LineDiscipline;
  readonly readQueue = new WaitQueue();
  readonly writeQueue = new WaitQueue();
  readonly services: TtyServices;
  readonly #master: TtyMaster;
  /** ControllingTerminal. Together: a terminal without a session has no foreground group. */
  session = 0;
  foreground = 0;
  /** Open descriptions of this side. */
  openCount = 0;
  /** Counts hang-ups: descriptions opened before the last one are dead. */
  generation = 0;
  /** The master is gone for good. */
  closed = false;
  rows: number;
  columns: number;
  #pixelWidth = 0;
  #pixelHeight = 0;
  /** When input last came, machine time in ns. */
  lastInput = 0;
  /** Opens this side once more; the pty layer, which knows the file's name, sets it. */
  reopen: (flags: number) => File | number = () => -EIO;

  constructor(rdev: number, services: TtyServices, master: TtyMaster, rows = 0, columns = 0) {
    this.rdev = rdev;
    this.services = services;
    this.#master = master;
    this.rows = rows;
    this.columns = columns;
    this.discipline = new LineDiscipline(master, {
      signal: (signo) => {
        if (this.foreground !== 0) services.hooks.signalGroup(this.foreground, signo);
      },
      readable: () => {
        services.scheduler.wake(this.readQueue);
      },
      writable: () => {
        services.scheduler.wake(this.writeQueue);
      },
    });
  }

  /** Bytes from the master. Returns how many were taken. */
  receive(bytes: Uint8Array, from = 0, to = bytes.length): number {
    this.lastInput = this.services.now();
    const taken = this.discipline.receive(bytes, from, to);
    // A read that counts bytes starts its clock anew.
    if (taken > 0) this.services.scheduler.wake(this.readQueue);
    return taken;
  }

  // Job control.

  /** 0 when `caller` may go on; sends SIGTTIN or SIGTTOU to a background group, or refuses. */
  checkForeground(caller: Caller, signo: number): number {
    if (caller.terminal !== this) return 0;
    if (this.foreground === 0 || caller.pgid === this.foreground) return 0;
    if (caller.signalBlockedOrIgnored(signo)) return signo === SIGTTIN ? -EIO : 0;
    const { hooks } = this.services;
    if (hooks.orphaned(caller.pgid)) return -EIO;
    hooks.signalGroup(caller.pgid, signo);
    return -ERESTARTSYS;
  }

  /** Makes this the controlling terminal of a session leader that opened it, if both are free. */
  acquire(caller: Caller): void {
    if (caller.pid !== caller.sid || caller.terminal !== undefined || this.session !== 0) return;
    this.#adopt(caller);
  }

  #adopt(caller: Caller): void {
    this.session = caller.sid;
    this.foreground = caller.pgid;
    caller.terminal = this;
  }

  #setControlling(caller: Caller, steal: number): number {
    if (caller.pid === caller.sid && this.session === caller.sid) return 0;
    if (caller.pid !== caller.sid || caller.terminal !== undefined) return -EPERM;
    if (this.session !== 0) {
      if (steal !== 1 || caller.uid !== 0) return -EPERM;
      this.services.hooks.clearTerminal(this.session);
    }
    this.#adopt(caller);
    return 0;
  }

  /** A session gives its terminal up: on TIOCNOTTY, and when the leader ends (`exiting`). */
  #disassociate(sid: number, exiting: boolean): void {
    const { hooks } = this.services;
    const { foreground } = this;
    this.session = 0;
    this.foreground = 0;
    hooks.clearTerminal(sid);
    if (foreground === 0) return;
    hooks.signalGroup(foreground, SIGHUP);
    if (!exiting) hooks.signalGroup(foreground, SIGCONT);
  }

  /** The leader of session `sid` ends. */
  leaderExits(sid: number): void {
    if (this.session === sid) this.#disassociate(sid, true);
  }

  /** The line is gone: SIGHUP and SIGCONT for the session's leader, end of file for every open description. */
  hangUp(): void {
    const { hooks, scheduler } = this.services;
    const { session } = this;
    this.generation++;
    this.session = 0;
    this.foreground = 0;
    if (session !== 0) {
      hooks.clearTerminal(session);
      hooks.signalProcess(session, SIGHUP);
      hooks.signalProcess(session, SIGCONT);
    }
    scheduler.wake(this.readQueue);
    scheduler.wake(this.writeQueue);
  }

  // Window.

  resize(rows: number, columns: number, pixelWidth = 0, pixelHeight = 0): void {
    if (
      rows === this.rows &&
      columns === this.columns &&
      pixelWidth === this.#pixelWidth &&
      pixelHeight === this.#pixelHeight
    ) {
      return;
    }
    this.rows = rows;
    this.columns = columns;
    this.#pixelWidth = pixelWidth;
    this.#pixelHeight = pixelHeight;
    if (this.foreground !== 0) this.services.hooks.signalGroup(this.foreground, SIGWINCH);
    this.#master.windowChanged();
  }

  // Requests.

  /** ioctl(2) on either side; `fromMaster` for the side that is nobody's controlling terminal. */
  ioctl(caller: Caller, request: number, argument: number, fromMaster: boolean): number {
    const { discipline } = this;
    switch (request) {
      case TCGETS:
        return give(caller, argument, discipline.termios.encode());
      case TCSETS:
      case TCSETSW:
      case TCSETSF:
        return this.#setTermios(caller, argument, request === TCSETSF);
      case TCFLSH:
        return this.#flush(caller, argument);
      case TCXONC:
        return this.#flow(caller, argument);
      // There is nothing to wait for and no line to break.
      case TCSBRK:
        return this.checkForeground(caller, SIGTTOU);
      case TIOCOUTQ:
        return giveInt(caller, argument, 0);
      case FIONREAD:
        return giveInt(caller, argument, discipline.queued);
      case TIOCGWINSZ:
        return this.#getWindow(caller, argument);
      case TIOCSWINSZ:
        return this.#setWindow(caller, argument);
      case TIOCSCTTY:
        return fromMaster ? -ENOTTY : this.#setControlling(caller, argument);
      case TIOCNOTTY:
        if (caller.terminal !== this) return -ENOTTY;
        if (caller.pid === caller.sid) this.#disassociate(caller.sid, false);
        caller.terminal = undefined;
        return 0;
      case TIOCGPGRP:
        if (!fromMaster && caller.terminal !== this) return -ENOTTY;
        return giveInt(caller, argument, this.foreground);
      case TIOCSPGRP:
        return this.#setForeground(caller, argument);
      case TIOCGSID:
        if (!fromMaster && caller.terminal !== this) return -ENOTTY;
        return this.session === 0 ? -ENOTTY : giveInt(caller, argument, this.session);
      case TIOCSTI:
        return this.#fakeInput(caller, argument);
      default:
        return -ENOTTY;
    }
  }

  #setTermios(caller: Caller, argument: number, flush: boolean): number {
    const refused = this.checkForeground(caller, SIGTTOU);
    if (refused !== 0) return refused;
    const bytes = new Uint8Array(TERMIOS_SIZE);
    if (caller.copyIn(argument, bytes, 0, TERMIOS_SIZE) !== TERMIOS_SIZE) return -EFAULT;
    const next = new Termios();
    next.decode(bytes);
    // A pty has no line whose speed and word size could be set.
    next.control = (next.control & ~(CSIZE | PARENB)) | CS8 | CREAD;
    if (flush) this.discipline.flushInput();
    this.discipline.setTermios(next);
    if (flush) this.#master.inputDrained();
    return 0;
  }

  #flush(caller: Caller, which: number): number {
    const refused = this.checkForeground(caller, SIGTTOU);
    if (refused !== 0) return refused;
    if (which !== TCIFLUSH && which !== TCOFLUSH && which !== TCIOFLUSH) return -EINVAL;
    if (which !== TCOFLUSH) {
      this.discipline.flushInput();
      this.#master.inputDrained();
    }
    if (which !== TCIFLUSH) this.discipline.output.flush();
    return 0;
  }

  #flow(caller: Caller, action: number): number {
    const refused = this.checkForeground(caller, SIGTTOU);
    if (refused !== 0) return refused;
    const { discipline } = this;
    switch (action) {
      case 0: // TCOOFF
      case 1: // TCOON
        discipline.output.setFlowStopped(action === 0);
        return 0;
      case 2: // TCIOFF
      case 3: {
        // TCION: the other side gets the character itself
        const character = discipline.termios.character(action === 2 ? VSTOP : VSTART);
        if (character !== 0 && this.#master.room() > 0) {
          this.#master.put(Uint8Array.of(character), 1);
        }
        return 0;
      }
      default:
        return -EINVAL;
    }
  }

  #getWindow(caller: Caller, argument: number): number {
    const bytes = new Uint8Array(winsize.size);
    const words = new Uint16Array(bytes.buffer);
    words.set([this.rows, this.columns, this.#pixelWidth, this.#pixelHeight]);
    return give(caller, argument, bytes);
  }

  #setWindow(caller: Caller, argument: number): number {
    const bytes = new Uint8Array(winsize.size);
    if (caller.copyIn(argument, bytes, 0, bytes.length) !== bytes.length) return -EFAULT;
    const [rows = 0, columns = 0, width = 0, height = 0] = new Uint16Array(bytes.buffer);
    this.resize(rows, columns, width, height);
    return 0;
  }

  #setForeground(caller: Caller, argument: number): number {
    const refused = this.checkForeground(caller, SIGTTOU);
    if (refused === -EIO) return -ENOTTY;
    if (refused !== 0) return refused;
    const bytes = new Uint8Array(4);
    if (caller.copyIn(argument, bytes, 0, 4) !== 4) return -EFAULT;
    const group = new DataView(bytes.buffer).getInt32(0, true);
    if (group < 0) return -EINVAL;
    if (caller.terminal !== this || this.session !== caller.sid) return -ENOTTY;
    const { hooks } = this.services;
    if (!hooks.groupExists(group)) return -ESRCH;
    if (!hooks.groupInSession(group, caller.sid)) return -EPERM;
    this.foreground = group;
    return 0;
  }

  #fakeInput(caller: Caller, argument: number): number {
    if (caller.terminal !== this && caller.uid !== 0) return -EPERM;
    const byte = new Uint8Array(1);
    if (caller.copyIn(argument, byte, 0, 1) !== 1) return -EFAULT;
    this.receive(byte);
    return 0;
  }
}

/** Copies a result out: 0 or -EFAULT. */
export function give(caller: Caller, address: number, bytes: Uint8Array): number {
  return caller.copyOut(address, bytes, 0, bytes.length) === bytes.length ? 0 : -EFAULT;
}

export function giveInt(caller: Caller, address: number, value: number): number {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, true);
  return give(caller, address, bytes);
}
