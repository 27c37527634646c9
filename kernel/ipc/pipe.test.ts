import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { EAGAIN, EFAULT, EINVAL, ENXIO, EPIPE, errnoName } from "../abi/errno.ts";
import { O_DIRECT, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } from "../abi/fcntl.ts";
import { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDNORM, POLLWRNORM } from "../abi/process.ts";
import { S_IFIFO } from "../abi/stat.ts";
import { FIONREAD } from "../abi/termios.ts";
import { File } from "../fs/file.ts";
import { pathOf } from "../fs/dentry.ts";
import { TestBed } from "../fs/test-bed.ts";
import { BufferSink, BufferSource, type ByteSink, type ByteSource } from "../lib/io.ts";
import { checkAccounting } from "../mm/accounting.ts";
import { type PipeFile, Pipes } from "./pipe.ts";

interface Sequence {
  readonly packets: boolean;
  readonly steps: readonly (readonly [string, number, unknown])[];
}

/** What Linux answered, from record-pipe.py. */
const recorded = JSON.parse(
  readFileSync(new URL("./pipe-recorded.json", import.meta.url), "utf8"),
) as { readonly sequences: readonly Sequence[] };

class Bed {
  readonly bed = new TestBed(512);
  readonly pipes = new Pipes(5, this.bed.clock, this.bed.mm, this.bed.sched);
  readonly read: PipeFile;
  readonly write: PipeFile;
  #written = 0;

  constructor(flags = 0) {
    const pipe = this.pipes.create(flags);
    assert.ok(typeof pipe !== "number");
    this.read = pipe.read;
    this.write = pipe.write;
    this.bed.vfs.openFifo = this.pipes.open;
  }

  put(size: number): number {
    const bytes = Uint8Array.from({ length: size }, (_, index) => (this.#written + index) % 251);
    const done = this.write.writeNext(this.bed.process, new BufferSource(bytes));
    if (done > 0) this.#written += done;
    return done;
  }

  get(size: number): Uint8Array | number {
    const bytes = new Uint8Array(size);
    const done = this.read.readNext(this.bed.process, new BufferSink(bytes));
    return done < 0 ? done : bytes.subarray(0, done);
  }

  perform(operation: string, size: number): unknown {
    const { process } = this.bed;
    switch (operation) {
      case "write":
        return this.put(size);
      case "read": {
        const bytes = this.get(size);
        if (typeof bytes === "number") return bytes;
        return [bytes.length, bytes.reduce((sum, byte) => sum + byte, 0) % 65536];
      }
      case "queued":
        assert.equal(this.read.ioctl(process, FIONREAD, 0), 0);
        return new DataView(process.memory.buffer).getInt32(0, true);
      case "poll": {
        const both = POLLIN | POLLOUT | POLLHUP | POLLERR;
        return [this.read.poll() & both, this.write.poll() & both];
      }
      case "resize":
        return this.write.setCapacity(size);
      case "size":
        return this.read.capacity;
      default:
        return assert.fail(`no such operation: ${operation}`);
    }
  }
}

recorded.sequences.forEach(({ packets, steps }, index) => {
  test(`reads and writes answer as Linux did, ${packets ? "packet " : ""}pipe ${index}`, () => {
    const bed = new Bed(O_NONBLOCK | (packets ? O_DIRECT : 0));
    steps.forEach(([operation, size, expected], at) => {
      const answer = bed.perform(operation, size);
      const shown = typeof answer === "number" && answer < 0 ? errnoName(answer) : answer;
      assert.deepEqual(shown, expected, `step ${at}: ${operation} ${size}`);
    });
    bed.read.release();
    bed.write.release();
    checkAccounting(bed.bed.mm);
  });
});

test("bytes in flight are frames of kind buffer, and none are left behind", () => {
  const bed = new Bed();
  assert.equal(bed.put(10_000), 10_000);
  assert.equal(bed.bed.mm.totals().buffers, 3);
  bed.get(10_000);
  assert.equal(bed.bed.mm.totals().buffers, 0);
  bed.put(5000);
  bed.write.release();
  bed.read.release();
  assert.equal(bed.bed.mm.totals().buffers, 0);
  checkAccounting(bed.bed.mm);
});

test("a write of at most 4096 bytes goes whole or not at all", () => {
  const bed = new Bed();
  assert.equal(bed.put(65_536 - 100), 65_436);
  assert.equal(bed.put(200), -EAGAIN);
  assert.equal(bed.put(100), 100);
});

test("without writers a reader gets what is left and then the end of file", () => {
  const bed = new Bed();
  assert.equal(bed.get(10), -EAGAIN);
  bed.put(3);
  bed.write.release();
  assert.equal(bed.read.poll(), POLLIN | POLLRDNORM | POLLHUP);
  assert.equal((bed.get(10) as Uint8Array).length, 3);
  assert.equal(bed.read.poll(), POLLHUP);
  assert.equal((bed.get(10) as Uint8Array).length, 0);
});

test("without readers a writer gets EPIPE, and poll says so", () => {
  const bed = new Bed();
  bed.read.release();
  assert.equal(bed.put(1), -EPIPE);
  assert.equal(bed.write.poll(), POLLOUT | POLLWRNORM | POLLERR);
});

test("a bad address on either side loses nothing", () => {
  const bed = new Bed();
  const { process } = bed.bed;
  const badSource: ByteSource = { remaining: 10, take: () => 0 };
  const badSink: ByteSink = { remaining: 10, put: () => 4 };
  assert.equal(bed.write.writeNext(process, badSource), -EFAULT);
  assert.equal(bed.get(10), -EAGAIN);
  bed.put(10);
  assert.equal(bed.read.readNext(process, badSink), -EFAULT);
  assert.equal((bed.get(10) as Uint8Array).length, 10);
  checkAccounting(bed.bed.mm);
});

test("the next reader or writer wakes who waits", () => {
  const bed = new Bed();
  const { sched } = bed.bed;
  const reader = sched.createTask(1);
  sched.ready(reader);
  assert.equal(sched.next(), reader);
  void sched.sleep(reader, bed.read.waitQueues(POLLIN));
  bed.put(1);
  assert.equal(reader.state, "runnable");
  bed.put(65_535);
  const writer = sched.createTask(2);
  sched.ready(writer);
  sched.next();
  assert.equal(sched.next(), writer);
  void sched.sleep(writer, bed.write.waitQueues(POLLOUT));
  bed.get(100);
  assert.equal(writer.state, "sleeping");
  bed.get(4000);
  assert.equal(writer.state, "runnable");
});

test("unknown flags are refused and ends know their names", () => {
  const bed = new Bed();
  assert.equal(bed.pipes.create(0o100), -EINVAL);
  assert.match(pathOf(bed.read.dentry), /^pipe:\[\d+\]$/);
  assert.equal(bed.read.readAt(bed.bed.process, new BufferSink(new Uint8Array(1)), 0), -29);
});

test("opening a fifo waits for the other side", () => {
  const bed = new Bed();
  const { vfs, process } = bed.bed;
  assert.equal(vfs.mknod(process, undefined, "/fifo", S_IFIFO | 0o644, 0), 0);
  assert.equal(vfs.open(process, undefined, "/fifo", O_WRONLY | O_NONBLOCK, 0), -ENXIO);
  assert.equal(vfs.open(process, undefined, "/fifo", O_RDONLY, 0), -EAGAIN);
  const { sched } = bed.bed;
  const task = sched.createTask(1);
  sched.ready(task);
  sched.next();
  void sched.sleep(task, vfs.openQueues);
  const write = vfs.open(process, undefined, "/fifo", O_WRONLY, 0);
  assert.ok(write instanceof File);
  assert.equal(task.state, "runnable");
  const read = vfs.open(process, undefined, "/fifo", O_RDONLY, 0);
  assert.ok(read instanceof File);
  assert.equal(write.writeNext(process, new BufferSource(new Uint8Array(5))), 5);
  assert.equal(read.readNext(process, new BufferSink(new Uint8Array(10))), 5);
  write.release();
  read.release();
  const both = vfs.open(process, undefined, "/fifo", O_RDWR, 0);
  assert.ok(both instanceof File);
  both.release();
  checkAccounting(bed.bed.mm);
});
