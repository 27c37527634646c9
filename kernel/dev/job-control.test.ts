import assert from "node:assert/strict";
import { test } from "node:test";

import { EIO, ENOTTY, ENXIO, EPERM, ESRCH } from "../abi/errno.ts";
import { O_NOCTTY, O_RDWR } from "../abi/fcntl.ts";
import { POLLERR, POLLHUP, POLLIN } from "../abi/process.ts";
import { SIGCONT, SIGHUP, SIGINT, signalName, SIGTSTP, SIGTTIN, SIGTTOU } from "../abi/signal.ts";
import { S_IFCHR } from "../abi/stat.ts";
import {
  ECHO,
  TCGETS,
  TCSETS,
  TIOCGPGRP,
  TIOCGPTN,
  TIOCGSID,
  TIOCGWINSZ,
  TIOCNOTTY,
  TIOCSCTTY,
  TIOCSPGRP,
  TIOCSPTLCK,
  TIOCSWINSZ,
  TOSTOP,
} from "../abi/termios.ts";
import { byteString, bytesOf } from "../fs/byte-string.ts";
import { pathOf } from "../fs/dentry.ts";
import { makeDevice } from "../fs/device-table.ts";
import { ERESTARTSYS, File } from "../fs/file.ts";
import { TestBed, TestProcess } from "../fs/test-bed.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { PtsFileSystem } from "./pts-file-system.ts";
import { Ptys } from "./pty.ts";
import { registerTerminals } from "./register.ts";
import { Terminal } from "./terminal.ts";
import { Termios } from "./termios.ts";

/** A machine with a terminal, and processes whose signals are written down: "SIGINT 10" for group 10. */
class Session {
  readonly bed = new TestBed(64);
  readonly signals: string[] = [];
  readonly processes: TestProcess[] = [];
  readonly orphans = new Set<number>();
  readonly ptys: Ptys;
  readonly terminal: Terminal;
  output = "";

  constructor() {
    this.ptys = new Ptys({
      scheduler: this.bed.sched,
      now: () => this.bed.time,
      hooks: {
        signalGroup: (pgid, signo) => {
          this.signals.push(`${signalName(signo)} group ${pgid}`);
        },
        signalProcess: (pid, signo) => {
          this.signals.push(`${signalName(signo)} process ${pid}`);
        },
        groupExists: (pgid) => this.processes.some((process) => process.pgid === pgid),
        groupInSession: (pgid, sid) =>
          this.processes.some((process) => process.pgid === pgid && process.sid === sid),
        orphaned: (pgid) => this.orphans.has(pgid),
        clearTerminal: (sid) => {
          for (const process of this.processes) {
            if (process.sid === sid) process.terminal = undefined;
          }
        },
      },
    });
    const { vfs, process, clock } = this.bed;
    registerTerminals(vfs.devices, this.ptys, () => 0);
    vfs.mkdir(process, undefined, "/dev", 0o755);
    vfs.mkdir(process, undefined, "/dev/pts", 0o755);
    const pts = vfs.lookup(process, undefined, "/dev/pts", true);
    assert.ok(typeof pts !== "number");
    vfs.mount(pts, new PtsFileSystem(3, clock, this.ptys), "devpts");
    vfs.mknod(process, undefined, "/dev/tty", S_IFCHR | 0o666, makeDevice(5, 0));
    vfs.mknod(process, undefined, "/dev/ptmx", S_IFCHR | 0o666, makeDevice(5, 2));
    this.terminal = new Terminal(this.ptys, 7, 24, 80);
    this.terminal.onOutput((bytes) => {
      this.output += byteString(bytes);
    });
  }

  /** A process; with a leader, one of its session in a group of its own. */
  spawn(pid: number, leader?: TestProcess): TestProcess {
    const process = new TestProcess(this.bed.process.fs, pid, pid, leader?.sid ?? pid);
    process.terminal = leader?.terminal;
    this.processes.push(process);
    return process;
  }

  open(process: TestProcess, path: string, flags = O_RDWR): File {
    const file = this.bed.vfs.open(process, undefined, path, flags, 0);
    assert.ok(file instanceof File, `${path}: ${typeof file}`);
    return file;
  }

  read(process: TestProcess, file: File): string | number {
    const bytes = new Uint8Array(100);
    const done = file.readNext(process, new BufferSink(bytes));
    return done < 0 ? done : byteString(bytes, 0, done);
  }

  write(process: TestProcess, file: File, text: string): number {
    return file.writeNext(process, new BufferSource(bytesOf(text)));
  }

  /** ioctl with an int in memory; the int afterwards, or the errno. */
  int(process: TestProcess, file: File, request: number, value = 0): number {
    const view = new DataView(process.memory.buffer);
    view.setInt32(0, value, true);
    const result = file.ioctl(process, request, 0);
    return result < 0 ? result : view.getInt32(0, true);
  }

  take(): string[] {
    return this.signals.splice(0);
  }
}

function shellOn(session: Session): { shell: TestProcess; tty: File } {
  const shell = session.spawn(10);
  const tty = session.open(shell, session.terminal.path);
  return { shell, tty };
}

test("a session leader that opens a free terminal gets it as its controlling terminal", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  assert.equal(shell.terminal?.session, 10);
  assert.equal(session.int(shell, tty, TIOCGPGRP), 10);
  assert.equal(session.int(shell, tty, TIOCGSID), 10);
  const again = session.open(shell, "/dev/tty");
  assert.equal(session.write(shell, again, "hello\n"), 6);
  assert.equal(session.output, "hello\r\n");
  const other = session.spawn(20);
  const theirs = session.open(other, session.terminal.path);
  assert.equal(other.terminal, undefined);
  assert.equal(session.int(other, theirs, TIOCGPGRP), -ENOTTY);
  assert.equal(theirs.ioctl(other, TIOCSCTTY, 0), -EPERM);
  assert.equal(session.bed.vfs.open(other, undefined, "/dev/tty", O_RDWR, 0), -ENXIO);
});

test("O_NOCTTY leaves the terminal free, TIOCSCTTY takes it, TIOCNOTTY gives it up", () => {
  const session = new Session();
  const shell = session.spawn(10);
  const tty = session.open(shell, session.terminal.path, O_RDWR | O_NOCTTY);
  assert.equal(shell.terminal, undefined);
  assert.equal(tty.ioctl(shell, TIOCSCTTY, 0), 0);
  assert.equal(tty.ioctl(shell, TIOCSCTTY, 0), 0);
  const child = session.spawn(11, shell);
  assert.equal(tty.ioctl(child, TIOCSCTTY, 0), -EPERM);
  assert.equal(tty.ioctl(shell, TIOCNOTTY, 0), 0);
  assert.equal(shell.terminal, undefined);
  assert.equal(child.terminal, undefined);
  assert.deepEqual(session.take(), ["SIGHUP group 10", "SIGCONT group 10"]);
});

test("signal keys reach the foreground group", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  const job = session.spawn(11, shell);
  assert.equal(session.int(shell, tty, TIOCSPGRP, job.pgid), 11);
  session.terminal.input(Uint8Array.of(3, 0x1c, 0x1a));
  assert.deepEqual(session.take(), ["SIGINT group 11", "SIGQUIT group 11", "SIGTSTP group 11"]);
  assert.ok(SIGINT && SIGTSTP);
});

test("a background read stops its group, fails when that would be useless, and never reads", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  const job = session.spawn(11, shell);
  session.terminal.input(bytesOf("for the shell\n"));
  assert.equal(session.read(job, tty), -ERESTARTSYS);
  assert.deepEqual(session.take(), ["SIGTTIN group 11"]);
  job.ignored.add(SIGTTIN);
  assert.equal(session.read(job, tty), -EIO);
  job.ignored.clear();
  session.orphans.add(11);
  assert.equal(session.read(job, tty), -EIO);
  assert.deepEqual(session.take(), []);
  assert.equal(session.read(shell, tty), "for the shell\n");
});

test("a background write is stopped with TOSTOP only, and goes ahead when SIGTTOU is ignored", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  const job = session.spawn(11, shell);
  assert.equal(session.write(job, tty, "a"), 1);
  const settings = new Termios();
  assert.equal(tty.ioctl(shell, TCGETS, 0), 0);
  settings.decode(shell.memory);
  settings.local |= TOSTOP;
  shell.memory.set(settings.encode());
  assert.equal(tty.ioctl(shell, TCSETS, 0), 0);
  assert.equal(session.write(job, tty, "b"), -ERESTARTSYS);
  assert.deepEqual(session.take(), ["SIGTTOU group 11"]);
  job.ignored.add(SIGTTOU);
  assert.equal(session.write(job, tty, "c"), 1);
  assert.equal(session.output, "ac");
});

test("changing the terminal from the background is stopped too", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  const job = session.spawn(11, shell);
  job.memory.set(new Termios().encode());
  assert.equal(tty.ioctl(job, TCSETS, 0), -ERESTARTSYS);
  assert.equal(session.int(job, tty, TIOCSPGRP, 11), -ERESTARTSYS);
  assert.deepEqual(session.take(), ["SIGTTOU group 11", "SIGTTOU group 11"]);
  session.orphans.add(11);
  assert.equal(session.int(job, tty, TIOCSPGRP, 11), -ENOTTY);
  assert.equal(session.int(shell, tty, TIOCSPGRP, 999), -ESRCH);
  session.spawn(20);
  assert.equal(session.int(shell, tty, TIOCSPGRP, 20), -EPERM);
});

test("a new window size is SIGWINCH for the foreground group, the same size nothing", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  session.terminal.resize(30, 100);
  session.terminal.resize(30, 100);
  assert.deepEqual(session.take(), ["SIGWINCH group 10"]);
  assert.equal(tty.ioctl(shell, TIOCGWINSZ, 0), 0);
  assert.deepEqual([...new Uint16Array(shell.memory.buffer, 0, 4)], [30, 100, 0, 0]);
  new Uint16Array(shell.memory.buffer).set([31, 100, 0, 0]);
  assert.equal(tty.ioctl(shell, TIOCSWINSZ, 0), 0);
  assert.deepEqual(session.take(), ["SIGWINCH group 10"]);
});

test("a terminal that is closed hangs its session up", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  const job = session.spawn(11, shell);
  session.int(shell, tty, TIOCSPGRP, 11);
  session.terminal.hangUp();
  assert.deepEqual(session.take(), ["SIGHUP process 10", "SIGCONT process 10"]);
  assert.equal(shell.terminal, undefined);
  assert.equal(job.terminal, undefined);
  assert.equal(session.read(shell, tty), "");
  assert.equal(session.write(shell, tty, "x"), -EIO);
  assert.equal(session.int(shell, tty, TIOCSPGRP, 10), -ENOTTY);
  assert.equal(tty.ioctl(shell, TIOCGWINSZ, 0), -EIO);
  assert.equal(tty.poll() & (POLLHUP | POLLERR | POLLIN), POLLHUP | POLLERR | POLLIN);
  // Once its leader is gone, what was the foreground group hears of it as well.
  session.ptys.leaderExits(10);
  assert.deepEqual(session.take(), ["SIGHUP group 11", "SIGCONT group 11"]);
});

test("the end of a session's leader hangs the foreground group up and frees the terminal", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  const job = session.spawn(11, shell);
  session.int(shell, tty, TIOCSPGRP, 11);
  session.ptys.leaderExits(10);
  assert.deepEqual(session.take(), ["SIGHUP group 11"]);
  assert.equal(job.terminal, undefined);
  const next = session.spawn(30);
  session.open(next, session.terminal.path);
  assert.equal(next.terminal?.session, 30);
  assert.ok(SIGHUP && SIGCONT);
});

test("output that the owner does not acknowledge makes the writer wait", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  const chunk = "x".repeat(4000);
  let done = 0;
  for (;;) {
    const wrote = session.write(shell, tty, chunk);
    if (wrote < 0) break;
    done += wrote;
  }
  assert.ok(done > 65_500 && done <= 65_536, String(done));
  session.terminal.acknowledge(1000);
  assert.ok(session.write(shell, tty, chunk) >= 990);
  // The keyboard still works, and its echo waits.
  session.terminal.input(bytesOf("k\n"));
  assert.equal(session.read(shell, tty), "k\n");
  session.terminal.acknowledge(1000);
  assert.ok(session.output.endsWith("k\r\n"));
});

test("a program can be the master: ptmx, its number, the lock, end of file", () => {
  const session = new Session();
  const { bed } = session;
  const program = session.spawn(50);
  const master = session.open(program, "/dev/ptmx");
  const number = session.int(program, master, TIOCGPTN);
  assert.equal(number, 1);
  assert.equal(bed.vfs.open(program, undefined, "/dev/pts/1", O_RDWR, 0), -EIO);
  session.int(program, master, TIOCSPTLCK, 0);
  const slave = session.open(program, "/dev/pts/1", O_RDWR | O_NOCTTY);
  assert.equal(pathOf(slave.dentry), "/dev/pts/1");
  session.write(program, master, "typed\n");
  assert.equal(session.read(program, slave), "typed\n");
  assert.equal(session.read(program, master), "typed\r\n");
  session.write(program, slave, "last");
  slave.release();
  assert.equal(session.read(program, master), "last");
  assert.equal(session.read(program, master), -EIO);
  assert.notEqual(master.poll() & POLLHUP, 0);
  const again = session.open(program, "/dev/pts/1", O_RDWR | O_NOCTTY);
  assert.equal(master.poll() & POLLHUP, 0);
  again.release();
  master.release();
  assert.ok(Number(bed.vfs.open(program, undefined, "/dev/pts/1", O_RDWR, 0)) < 0);
});

test("VTIME: a read waits a while for the first byte, or between bytes", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  const set = (minimum: number, time: number): void => {
    const settings = new Termios();
    settings.local = 0;
    settings.characters[6] = minimum;
    settings.characters[5] = time;
    shell.memory.set(settings.encode());
    assert.equal(tty.ioctl(shell, TCSETS, 0), 0);
  };
  assert.ok(ECHO);
  set(0, 5);
  assert.ok(Number(session.read(shell, tty)) < 0);
  assert.equal(tty.readDeadline(1000), 1000 + 5e8);
  assert.equal(tty.readExpired(shell, new BufferSink(new Uint8Array(4))), 0);
  set(3, 2);
  assert.equal(tty.readDeadline(0), Infinity);
  session.bed.time = 7e8;
  session.terminal.input(bytesOf("ab"));
  assert.ok(Number(session.read(shell, tty)) < 0);
  assert.equal(tty.readDeadline(0), 9e8);
  session.bed.time = 9e8;
  const bytes = new Uint8Array(4);
  assert.equal(tty.readExpired(shell, new BufferSink(bytes)), 2);
  session.terminal.input(bytesOf("abcd"));
  assert.equal(session.read(shell, tty), "abcd");
});

test("an owner that acknowledges while it is given output gets everything once", () => {
  const session = new Session();
  const { shell, tty } = shellOn(session);
  session.terminal.onOutput((bytes) => {
    session.output += byteString(bytes);
    session.terminal.acknowledge(bytes.length);
  });
  for (let i = 0; i < 40; i++) assert.equal(session.write(shell, tty, "x".repeat(4000)), 4000);
  session.terminal.input(bytesOf("abc\u007f\t\r"));
  assert.equal(session.output, `${"x".repeat(160_000)}abc\b \b\t\r\n`);
});
