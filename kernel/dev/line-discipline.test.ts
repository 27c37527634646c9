import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { EAGAIN, errnoName } from "../abi/errno.ts";
import { O_NOCTTY, O_NONBLOCK, O_RDWR } from "../abi/fcntl.ts";
import { POLLIN, POLLOUT, POLLPRI, POLLHUP, POLLERR } from "../abi/process.ts";
import * as bits from "../abi/termios.ts";
import { byteString, bytesOf } from "../fs/byte-string.ts";
import type { File } from "../fs/file.ts";
import { TestBed } from "../fs/test-bed.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { Ptys, PtyMasterFile } from "./pty.ts";
import { Termios } from "./termios.ts";

type Step = [kind: string, ...args: (string | number)[]];
interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

const cases = fixture("./line-discipline-cases.json") as readonly Case[];
/** What Linux did, from record-line-discipline.py. */
const recorded = fixture("./line-discipline-recorded.json") as {
  readonly results: Readonly<Record<string, unknown>>;
};

const inputFlags =
  "IGNBRK BRKINT IGNPAR PARMRK INPCK ISTRIP INLCR IGNCR ICRNL IUCLC IXON IXANY IUTF8";
const outputFlags = "OLCUC OPOST ONLCR OCRNL ONOCR ONLRET TAB3";
const bit = (name: string): number =>
  name === "TAB3" ? 0o14000 : ((bits as unknown as Record<string, number>)[name] ?? Number.NaN);

function change(settings: Termios, words: readonly string[]): void {
  for (const word of words) {
    const [name = "", value] = word.split("=");
    if (value !== undefined) {
      settings.characters[bit(name)] = Number(value);
      continue;
    }
    const flag = name.slice(1);
    const field = inputFlags.split(" ").includes(flag)
      ? "input"
      : outputFlags.split(" ").includes(flag)
        ? "output"
        : "local";
    if (name.startsWith("+")) settings[field] |= bit(flag);
    else settings[field] &= ~bit(flag);
  }
}

class Pair {
  readonly bed = new TestBed(64);
  readonly master: PtyMasterFile;
  readonly slave: File;

  constructor() {
    const ptys = new Ptys({
      scheduler: this.bed.sched,
      now: () => this.bed.time,
      hooks: {
        signalGroup() {},
        signalProcess() {},
        groupExists: () => false,
        groupInSession: () => false,
        orphaned: () => false,
        clearTerminal() {},
      },
    });
    const { process, vfs } = this.bed;
    const master = PtyMasterFile.open(vfs.root, O_RDWR | O_NONBLOCK, ptys, process);
    assert.ok(master instanceof PtyMasterFile);
    this.master = master;
    const pair = ptys.pair(0);
    assert.ok(pair);
    pair.locked = false;
    const slave = ptys.open(pair, vfs.root, O_RDWR | O_NONBLOCK | O_NOCTTY, process);
    assert.ok(typeof slave !== "number");
    this.slave = slave;
  }

  read(file: File, size: number): unknown {
    const bytes = new Uint8Array(size);
    const done = file.readNext(this.bed.process, new BufferSink(bytes));
    return done < 0 ? { errno: errnoName(done) } : byteString(bytes, 0, done);
  }

  write(file: File, text: string): number {
    return file.writeNext(this.bed.process, new BufferSource(bytesOf(text)));
  }

  ioctl(request: number, argument: number): number {
    return this.slave.ioctl(this.bed.process, request, argument);
  }

  play([kind, first = "", second = 0, ...rest]: Step): unknown[] {
    const { process } = this.bed;
    switch (kind) {
      case "type":
        this.write(this.master, String(first));
        return [];
      case "fill":
        assert.equal(this.write(this.master, String(first).repeat(Number(second))), second);
        return [];
      case "set": {
        const settings = new Termios();
        assert.equal(this.ioctl(bits.TCGETS, 0), 0);
        settings.decode(process.memory);
        change(
          settings,
          [first, second, ...rest].filter((word) => typeof word === "string"),
        );
        process.memory.set(settings.encode());
        assert.equal(this.ioctl(bits.TCSETS, 0), 0);
        return [];
      }
      case "flush":
        this.ioctl(bits.TCFLSH, first === "in" ? bits.TCIFLUSH : bits.TCOFLUSH);
        return [];
      case "flow":
        this.ioctl(bits.TCXONC, Number(first));
        return [];
      case "write": {
        const done = this.write(this.slave, String(first));
        return [done < 0 ? { errno: errnoName(done) } : done];
      }
      case "echo":
        return [this.read(this.master, 65536)];
      case "read":
        return [this.read(this.slave, Number(first))];
      case "readlength": {
        const got = this.read(this.slave, Number(first));
        return [typeof got === "string" ? got.length : got];
      }
      case "queued":
        assert.equal(this.ioctl(bits.FIONREAD, 0), 0);
        return [new DataView(process.memory.buffer).getInt32(0, true)];
      case "poll":
        return [this.slave.poll() & (POLLIN | POLLOUT | POLLPRI | POLLHUP | POLLERR)];
      default:
        return assert.fail(`no such step: ${kind}`);
    }
  }
}

for (const { name, steps } of cases) {
  test(`as on Linux: ${name}`, () => {
    const pair = new Pair();
    assert.deepEqual(
      steps.flatMap((step) => pair.play(step)),
      recorded.results[name],
    );
  });
}

test("a program that prints too much waits until the other side has read", () => {
  const pair = new Pair();
  const text = "x".repeat(10_000);
  const first = pair.write(pair.slave, text);
  assert.ok(first > 8184 && first <= 8192);
  assert.equal(pair.write(pair.slave, "y"), -EAGAIN);
  assert.equal(pair.slave.poll() & POLLOUT, 0);
  assert.equal(pair.read(pair.master, 100), "x".repeat(100));
  assert.notEqual(pair.slave.poll() & POLLOUT, 0);
  assert.equal(pair.write(pair.slave, "y"), 1);
});

test("input that no program reads is kept up to a limit and then refused", () => {
  const pair = new Pair();
  pair.play(["set", "-ICANON", "-ECHO"]);
  const text = "x".repeat(20_000);
  const taken = pair.write(pair.master, text);
  assert.equal(taken, 4095 + 8192);
  assert.equal(pair.write(pair.master, "y"), -EAGAIN);
  let got = 0;
  for (;;) {
    const part = pair.read(pair.slave, 1000);
    if (typeof part !== "string") break;
    got += part.length;
  }
  assert.equal(got, taken);
});
