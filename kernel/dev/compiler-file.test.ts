import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CC_ARGUMENTS,
  CC_DATA,
  CC_DONE,
  CC_END,
  CC_EXIT,
  CC_HEADER_SIZE,
  CC_MESSAGE_MAX,
  CC_PRINT,
  CC_READ,
  CC_START,
  CC_WRITE,
  type CcMessage,
} from "../abi/cc.ts";
import {
  E2BIG,
  EAGAIN,
  EBUSY,
  EFAULT,
  EFBIG,
  EINVAL,
  EIO,
  EMSGSIZE,
  ENODEV,
  EPIPE,
  EPROTO,
  ESPIPE,
} from "../abi/errno.ts";
import { O_RDWR } from "../abi/fcntl.ts";
import { POLLERR, POLLHUP, POLLIN, POLLOUT } from "../abi/process.ts";
import type { File } from "../fs/file.ts";
import { TestBed } from "../fs/test-bed.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { Completions } from "../sched/completions.ts";
import type { Compiler } from "./compiler.ts";
import { COMPILATION_BYTES_MAX, COMPILATIONS_MAX, registerCompiler } from "./compiler-file.ts";

const NOTHING = new Uint8Array();
const message = (kind: number, argument = 0, bytes: Uint8Array = NOTHING): CcMessage => ({
  kind,
  argument,
  bytes,
});

/** A compiler that gives its turns to the test. */
class FakeCompiler implements Compiler {
  readonly turns: {
    readonly said: readonly CcMessage[];
    readonly answer: (heard: readonly CcMessage[]) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  closed = 0;

  open() {
    return {
      turn: (said: readonly CcMessage[]) =>
        new Promise<readonly CcMessage[]>((answer, fail) =>
          this.turns.push({ said, answer, fail }),
        ),
      close: () => void this.closed++,
    };
  }
}

class Bed {
  readonly bed = new TestBed();
  readonly compiler = new FakeCompiler();
  readonly completions: Completions;
  readonly reports: string[] = [];

  constructor(virtual = false) {
    this.completions = new Completions(virtual);
    registerCompiler(this.bed.vfs.devices, {
      compiler: this.compiler,
      completions: this.completions,
      scheduler: this.bed.sched,
      now: () => this.bed.time,
      report: (text) => this.reports.push(text),
    });
  }

  open(): File {
    const { vfs, process } = this.bed;
    const file = vfs.devices.open(240 << 8, vfs.root, O_RDWR, process);
    assert.ok(typeof file !== "number");
    return file;
  }

  say(file: File, kind: number, argument = 0, bytes: Uint8Array = NOTHING): number {
    const whole = new Uint8Array(CC_HEADER_SIZE + bytes.length);
    const view = new DataView(whole.buffer);
    view.setUint32(0, kind, true);
    view.setUint32(4, argument, true);
    whole.set(bytes, CC_HEADER_SIZE);
    return this.write(file, whole);
  }

  write(file: File, bytes: Uint8Array): number {
    return file.writeNext(this.bed.process, new BufferSource(bytes));
  }

  hear(file: File, room = CC_MESSAGE_MAX): CcMessage | number {
    const bytes = new Uint8Array(room);
    const done = file.readNext(this.bed.process, new BufferSink(bytes));
    if (done <= 0) return done;
    const view = new DataView(bytes.buffer);
    return message(
      view.getUint32(0, true),
      view.getUint32(4, true),
      bytes.slice(CC_HEADER_SIZE, done),
    );
  }

  /** Lets the compiler say this. */
  async answer(...heard: readonly CcMessage[]): Promise<void> {
    this.compiler.turns.at(-1)?.answer(heard);
    await this.arrive();
  }

  async arrive(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    void this.completions.deliver(Infinity);
  }

  /** A compilation that has just been asked for a file. */
  async asked(): Promise<File> {
    const file = this.open();
    this.say(file, CC_START);
    await this.answer(message(CC_READ, 0, Buffer.from("a.c")));
    this.hear(file);
    return file;
  }
}

test("a compilation is a dialogue: arguments, files that are asked for, results, the status", async () => {
  const b = new Bed();
  const file = b.open();
  assert.equal(file.poll() & (POLLIN | POLLOUT), POLLOUT);
  assert.equal(b.say(file, CC_ARGUMENTS, 0, Buffer.from("a.c\0-")), CC_HEADER_SIZE + 5);
  assert.equal(b.say(file, CC_ARGUMENTS, 0, Buffer.from("o\0")), CC_HEADER_SIZE + 2);
  assert.equal(b.say(file, CC_START, 1), CC_HEADER_SIZE);
  assert.deepEqual(
    b.compiler.turns[0]?.said.map(({ kind, argument, bytes }) => [kind, argument, bytes.length]),
    [
      [CC_ARGUMENTS, 0, 5],
      [CC_ARGUMENTS, 0, 2],
      [CC_START, 1, 0],
    ],
  );
  assert.equal(file.poll(), 0);
  assert.equal(b.hear(file), -EAGAIN);
  assert.equal(b.say(file, CC_DATA), -EBUSY);

  await b.answer(message(CC_PRINT, 2, Buffer.from("!")), message(CC_READ, 0, Buffer.from("a.c")));
  assert.equal(file.poll() & (POLLIN | POLLOUT), POLLIN);
  assert.equal(b.say(file, CC_DONE), -EBUSY, "who has not heard everything does not speak");
  assert.deepEqual(b.hear(file), message(CC_PRINT, 2, Uint8Array.from([33])));
  assert.deepEqual(b.hear(file), message(CC_READ, 0, Uint8Array.from(Buffer.from("a.c"))));
  assert.equal(b.hear(file), -EAGAIN);
  assert.equal(file.poll() & (POLLIN | POLLOUT), POLLOUT);
  b.say(file, CC_DATA, 0, Buffer.from("int"));
  b.say(file, CC_DONE);
  assert.equal(b.compiler.turns[1]?.said.length, 2);

  await b.answer(message(CC_WRITE, 0o777, Buffer.from("o")), message(CC_DATA), message(CC_END));
  for (const kind of [CC_WRITE, CC_DATA, CC_END]) {
    const heard = b.hear(file);
    assert.equal(typeof heard === "number" ? heard : heard.kind, kind);
  }
  assert.equal(b.say(file, CC_DATA), -EPROTO, "a result is only acknowledged");
  b.say(file, CC_DONE);
  await b.answer(message(CC_EXIT, 3));
  assert.deepEqual(b.hear(file), message(CC_EXIT, 3));
  assert.equal(b.hear(file), 0);
  assert.equal(b.say(file, CC_START), -EPIPE);
  assert.equal(file.poll() & (POLLIN | POLLHUP), POLLIN | POLLHUP);
  assert.equal(b.compiler.closed, 1);
  file.release();
  assert.equal(b.compiler.closed, 1);
});

test("a long message comes in pieces, none of which is lost to a buffer that is too small", async () => {
  const b = new Bed();
  const file = b.open();
  b.say(file, CC_START);
  const bytes = Uint8Array.from({ length: 40_000 }, (_, index) => index % 251);
  await b.answer(message(CC_PRINT, 1, bytes), message(CC_EXIT));
  const pieces: number[] = [];
  assert.equal(b.hear(file, CC_MESSAGE_MAX - 1), -EINVAL);
  assert.equal(b.hear(file, 0), -EINVAL);
  for (;;) {
    const heard = b.hear(file);
    if (typeof heard === "number" || heard.kind !== CC_PRINT) break;
    pieces.push(...heard.bytes);
  }
  assert.deepEqual(Uint8Array.from(pieces), bytes);
});

test("what is no message, or comes out of turn, is refused and changes nothing", async () => {
  const b = new Bed();
  const file = await b.asked();
  assert.equal(b.write(file, NOTHING), -EINVAL);
  assert.equal(b.write(file, new Uint8Array(CC_HEADER_SIZE - 1)), -EINVAL);
  assert.equal(b.write(file, new Uint8Array(CC_MESSAGE_MAX + 1)), -EMSGSIZE);
  for (const kind of [0, CC_ARGUMENTS, CC_START, CC_READ, CC_WRITE, CC_EXIT, 0xffffffff])
    assert.equal(b.say(file, kind), -EPROTO, `kind ${kind}`);
  assert.equal(file.seek(0, 0), -ESPIPE);
  assert.equal(file.mapObject(true), -ENODEV);
  assert.equal(b.say(file, CC_DONE), CC_HEADER_SIZE);
});

test("a bad address consumes nothing", async () => {
  const b = new Bed();
  const file = b.open();
  const bad = { remaining: 20, take: () => 12, put: () => 3 };
  assert.equal(file.writeNext(b.bed.process, bad), -EFAULT);
  b.say(file, CC_START);
  await b.answer(message(CC_EXIT, 7));
  assert.equal(file.readNext(b.bed.process, bad), -EFAULT);
  assert.deepEqual(b.hear(file), message(CC_EXIT, 7));
});

test("more than so many bytes are not taken, and the file can be given up", async () => {
  const b = new Bed();
  const file = await b.asked();
  const piece = new Uint8Array(CC_MESSAGE_MAX - CC_HEADER_SIZE);
  let result = 0;
  let count = 0;
  while ((result = b.say(file, CC_DATA, 0, piece)) > 0) count++;
  assert.equal(result, -EFBIG);
  assert.ok(Math.abs(count * CC_MESSAGE_MAX - COMPILATION_BYTES_MAX) < 2 * CC_MESSAGE_MAX);
  assert.equal(b.say(file, CC_DONE, EFBIG), CC_HEADER_SIZE);
  const other = b.open();
  while ((result = b.say(other, CC_ARGUMENTS, 0, piece)) > 0);
  assert.equal(result, -E2BIG);
});

test("only so many compile at a time; who is refused may try again", async () => {
  const b = new Bed();
  const files = Array.from({ length: COMPILATIONS_MAX + 1 }, () => b.open());
  const results = files.map((file) => b.say(file, CC_START));
  assert.deepEqual(results.slice(-2), [CC_HEADER_SIZE, -EBUSY]);
  files[0]?.release();
  const last = files.at(-1);
  assert.ok(last !== undefined);
  assert.equal(b.say(last, CC_START), CC_HEADER_SIZE);
});

test("closing in the middle ends the compilation, and nobody waits for it", async () => {
  const b = new Bed(true);
  const file = b.open();
  b.say(file, CC_START);
  const copy = file.retain();
  file.release();
  assert.equal(b.compiler.closed, 0, "somebody still has it open");
  assert.equal(b.completions.pending, 1);
  copy.release();
  assert.equal(b.compiler.closed, 1);
  assert.deepEqual([b.completions.pending, b.completions.nextDue], [0, Infinity]);
  b.compiler.turns[0]?.answer([message(CC_EXIT)]);
  await b.arrive();
  assert.deepEqual(b.reports, []);
});

test("a compiler that has failed, or says nonsense, gives EIO, and its reason to the kernel's log", async () => {
  for (const nonsense of [undefined, [], [message(CC_PRINT, 1)]]) {
    const b = new Bed();
    const file = b.open();
    b.say(file, CC_START);
    if (nonsense === undefined) b.compiler.turns[0]?.fail(new Error("no network"));
    else b.compiler.turns[0]?.answer(nonsense);
    await b.arrive();
    let heard = b.hear(file);
    while (typeof heard !== "number") heard = b.hear(file);
    assert.equal(heard, -EIO);
    assert.equal(b.say(file, CC_DONE), -EIO);
    assert.equal(file.poll() & POLLERR, POLLERR);
    assert.equal(b.reports.length, 1);
    if (nonsense === undefined) assert.match(b.reports[0] ?? "", /no network$/);
    assert.equal(b.compiler.closed, 1);
    file.release();
    const next = b.open();
    assert.equal(b.say(next, CC_START), CC_HEADER_SIZE, "the next use begins anew");
  }
});

test("in virtual time a turn's end has its time from the beginning, by what was said", () => {
  const b = new Bed(true);
  const [small, large] = [b.open(), b.open()];
  b.say(large, CC_ARGUMENTS, 0, new Uint8Array(10_000));
  b.say(large, CC_START);
  const due = b.completions.nextDue;
  b.say(small, CC_START);
  assert.ok(b.completions.nextDue < due && b.completions.nextDue > 0);
});

test("whatever a program says, it gets an errno or its bytes taken", async () => {
  const step = fc.oneof(
    fc.record({ say: fc.uint8Array({ maxLength: 24 }) }),
    fc.record({ kind: fc.nat(10), bytes: fc.uint8Array({ maxLength: 8 }) }),
    fc.record({ room: fc.nat(40) }),
    fc.constant("answer" as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const b = new Bed();
      const file = b.open();
      for (const one of steps) {
        if (one === "answer") await b.answer(message(CC_PRINT, 1), message(CC_READ));
        else if ("room" in one) b.hear(file, one.room);
        else {
          const bytes = "say" in one ? one.say : one.bytes;
          const done = "say" in one ? b.write(file, bytes) : b.say(file, one.kind, 0, bytes);
          const size = "say" in one ? bytes.length : bytes.length + CC_HEADER_SIZE;
          assert.ok(done < 0 || done === size);
        }
        file.poll();
      }
      file.release();
      assert.equal(b.completions.pending, 0);
    }),
    { numRuns: 200 },
  );
});
