// read(2), write(2) and their vectored and positioned kin, sendfile(2). Files never wait; here is where a call sleeps
// until its file is ready and tries again, looking everything up anew. A call that stopped because a page was not there
// remembers in `restart.done` what it has moved, and goes on from there when it is issued again (proc/stall.ts).

import { EAGAIN, EBADF, EFAULT, EINVAL, EPIPE, ESPIPE } from "../abi/errno.ts";
import { IOV_MAX } from "../abi/fcntl.ts";
import { POLLIN, POLLOUT, POLLRDNORM, POLLWRNORM } from "../abi/process.ts";
import { SIGPIPE, SI_USER } from "../abi/signal.ts";
import { iovec } from "../abi/structs.ts";
import type { File } from "../fs/file.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { copyIn, load64, store64, UserSink, UserSource } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { isStalled, writableOrWait } from "../proc/stall.ts";
import { beginRestart, ERESTARTSYS } from "../proc/restart.ts";
import { sendToThread, userSignal } from "../proc/signal-send.ts";
import type { Thread } from "../proc/thread.ts";
import { beyondUser } from "./decode.ts";
import type { Family } from "./definition.ts";
import { waitOn } from "./waiting.ts";

/** Linux moves at most this many bytes in one call (MAX_RW_COUNT). */
const MAX_RW_COUNT = 0x7ffff000;
/** Writes of so many bytes to a pipe are atomic (pipe(7)). */
const PIPE_BUF = 4096;
const READABLE = POLLIN | POLLRDNORM;
const WRITABLE = POLLOUT | POLLWRNORM;

/** One range, or an iovec array of `count`. */
function sinkFor(
  t: Thread,
  address: number,
  count: number,
  vectored: boolean,
  skip: number,
): UserSink | number {
  const space = spaceOf(t.process);
  if (!vectored) {
    const length = Math.min(count, MAX_RW_COUNT);
    if (beyondUser(address, length)) return -EFAULT;
    return new UserSink(space, address + skip, length - skip);
  }
  const ranges = readIovec(t, address, count);
  if (typeof ranges === "number") return ranges;
  const sink = new UserSink(space, 0, 0);
  addRanges(sink, ranges, skip);
  return sink;
}

/** Adds the ranges of an iovec but for the first `skip` bytes. */
function addRanges(to: UserSink | UserSource, ranges: readonly number[], skip: number): void {
  let left = skip;
  for (let at = 0; at < ranges.length; at += 2) {
    const length = ranges[at + 1] ?? 0;
    const passed = Math.min(left, length);
    left -= passed;
    if (length > passed) to.add((ranges[at] ?? 0) + passed, length - passed);
  }
}

function sourceFor(
  t: Thread,
  address: number,
  count: number,
  vectored: boolean,
  skip: number,
): UserSource | number {
  const space = spaceOf(t.process);
  if (!vectored) {
    const length = Math.min(count, MAX_RW_COUNT);
    if (beyondUser(address, length)) return -EFAULT;
    return new UserSource(space, address + skip, length - skip);
  }
  const ranges = readIovec(t, address, count);
  if (typeof ranges === "number") return ranges;
  const source = new UserSource(space, 0, 0);
  addRanges(source, ranges, skip);
  return source;
}

/** Pairs of address and length, the sum limited as Linux limits it; or an errno. */
function readIovec(t: Thread, address: number, count: number): number[] | number {
  if (count < 0 || count > IOV_MAX) return -EINVAL;
  const bytes = new Uint8Array(count * iovec.size);
  if (copyIn(spaceOf(t.process), address, bytes, 0, bytes.length) < bytes.length) return -EFAULT;
  const view = new DataView(bytes.buffer);
  const ranges: number[] = [];
  let total = 0;
  for (let at = 0; at < bytes.length; at += iovec.size) {
    if (view.getInt32(at + 12, true) < 0) return -EINVAL;
    const base = view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
    const length = view.getUint32(at + 12, true) * 2 ** 32 + view.getUint32(at + 8, true);
    const taken = Math.min(length, MAX_RW_COUNT - total);
    if (beyondUser(base, taken)) return -EFAULT;
    ranges.push(base, taken);
    total += taken;
  }
  return ranges;
}

/** Bytes that this call has moved before it stopped for a page. */
function doneBefore(t: Thread): number {
  return t.restart.active ? t.restart.done : 0;
}

/**
 * What the call returns after one try that moved `done` bytes, or failed with it: MUST_WAIT when it stopped for a page
 * and shall go on from where it is.
 */
function afterTry(k: Kernel, t: Thread, done: number, isShort: boolean): number {
  const before = doneBefore(t);
  if (done >= 0 ? isShort && k.mm.stall !== null : isStalled(k, done)) {
    beginRestart(t.restart);
    t.restart.done = before + Math.max(done, 0);
    return MUST_WAIT;
  }
  return total(before, done);
}

/** An error after some bytes have gone is told by the next call. */
function total(before: number, done: number): number {
  return done < 0 && before > 0 ? before : before + done;
}

/** `position` undefined: read(2), which uses and moves the file's own. */
function readOnce(
  k: Kernel,
  t: Thread,
  fd: number,
  address: number,
  count: number,
  vectored: boolean,
  position?: number,
): number {
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  const before = doneBefore(t);
  const sink = sinkFor(t, address, count, vectored, before);
  if (typeof sink === "number") return file.readable ? sink : -EBADF;
  k.mm.stall = null;
  const done =
    position === undefined
      ? file.readNext(t.process, sink)
      : file.readAt(t.process, sink, position + before);
  return afterTry(k, t, done, sink.remaining > 0);
}

function read(
  k: Kernel,
  t: Thread,
  fd: number,
  address: number,
  count: number,
  vectored: boolean,
): number | Promise<number> {
  const done = readOnce(k, t, fd, address, count, vectored);
  if (done !== -EAGAIN) return done;
  const file = t.process.files.get(fd);
  if (file === undefined || file.nonBlocking) return done;
  if (beginRestart(t.restart) || t.restart.started === 0) t.restart.started = k.clock.now();
  return readWhenReady(k, t, fd, address, count, vectored);
}

async function readWhenReady(
  k: Kernel,
  t: Thread,
  fd: number,
  address: number,
  count: number,
  vectored: boolean,
): Promise<number> {
  for (;;) {
    const file = t.process.files.get(fd);
    if (file === undefined) return -EBADF;
    const deadline = file.readDeadline(t.restart.started);
    const wake = await waitOn(k, t, file.waitQueues(READABLE), deadline);
    if (wake === "interrupted") return -ERESTARTSYS;
    if (wake === "timeout") return readExpired(t, fd, address, count, vectored);
    const done = readOnce(k, t, fd, address, count, vectored);
    if (done !== -EAGAIN) return done;
  }
}

/** A terminal's VTIME is over: what the read returns then. */
function readExpired(
  t: Thread,
  fd: number,
  address: number,
  count: number,
  vectored: boolean,
): number {
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  const sink = sinkFor(t, address, count, vectored, 0);
  return typeof sink === "number" ? sink : file.readExpired(t.process, sink);
}

/** A write of up to PIPE_BUF bytes is not divided: all of it is there before it begins. */
function isWhole(k: Kernel, file: File, source: UserSource): boolean {
  const { remaining } = source;
  if (!file.writesAll || remaining > PIPE_BUF || k.mm.swap.area.used === 0) return true;
  return source.prefault() || k.mm.stall === null;
}

/** Writes what `source` has; SIGPIPE where it is due. */
function writeOnce(k: Kernel, t: Thread, file: File, source: UserSource): number {
  k.mm.stall = null;
  if (!isWhole(k, file, source)) return MUST_WAIT;
  const done = file.writeNext(t.process, source);
  if (done === -EPIPE) sendToThread(k, t, userSignal(t, SIGPIPE, SI_USER));
  return done;
}

function write(
  k: Kernel,
  t: Thread,
  fd: number,
  address: number,
  count: number,
  vectored: boolean,
): number | Promise<number> {
  const file = t.process.files.get(fd);
  if (file === undefined || !file.writable) return -EBADF;
  const before = doneBefore(t);
  const source = sourceFor(t, address, count, vectored, before);
  if (typeof source === "number") return source;
  const wanted = source.remaining;
  const done = writeOnce(k, t, file, source);
  if (done !== wanted && k.mm.stall !== null && done !== -EAGAIN) return afterTry(k, t, done, true);
  const mayWait = !file.nonBlocking && file.writesAll;
  if (done === -EAGAIN ? !mayWait : done < 0 || done === wanted || !mayWait)
    return total(before, done);
  // A short write that a bad address caused ends here; one for want of room waits.
  if (done !== -EAGAIN && (file.poll() & WRITABLE) !== 0) return total(before, done);
  beginRestart(t.restart);
  t.restart.done = total(before, Math.max(done, 0));
  return writeWhenReady(k, t, fd, address, count, vectored);
}

async function writeWhenReady(
  k: Kernel,
  t: Thread,
  fd: number,
  address: number,
  count: number,
  vectored: boolean,
): Promise<number> {
  const { restart } = t;
  for (;;) {
    const file = t.process.files.get(fd);
    if (file === undefined) return restart.done > 0 ? restart.done : -EBADF;
    const wake = await waitOn(k, t, file.waitQueues(WRITABLE));
    if (wake === "interrupted") return restart.done > 0 ? restart.done : -ERESTARTSYS;
    const again = t.process.files.get(fd);
    if (again === undefined) continue;
    const source = sourceFor(t, address, count, vectored, restart.done);
    if (typeof source === "number") return afterTry(k, t, source, true);
    const wanted = source.remaining;
    const done = writeOnce(k, t, again, source);
    if (done === -EAGAIN) continue;
    if (done !== wanted && k.mm.stall !== null) return afterTry(k, t, done, true);
    if (done < 0) return total(restart.done, done);
    restart.done += done;
    if (done === wanted) return restart.done;
    if (done > 0 && (again.poll() & WRITABLE) !== 0) return restart.done;
  }
}

function writeAt(
  k: Kernel,
  t: Thread,
  fd: number,
  address: number,
  count: number,
  vectored: boolean,
  position: number,
): number {
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  if (position < 0) return -EINVAL;
  if (!file.seekable) return -ESPIPE;
  if (!file.writable) return -EBADF;
  const before = doneBefore(t);
  const source = sourceFor(t, address, count, vectored, before);
  if (typeof source === "number") return source;
  k.mm.stall = null;
  const done = file.writeAt(t.process, source, position + before);
  return afterTry(k, t, done, source.remaining > 0);
}

const CHUNK = 65536;

/** sendfile(2): through a kernel buffer, one chunk a call; programs loop, because short results are allowed. */
function sendfile(
  k: Kernel,
  t: Thread,
  outFd: number,
  inFd: number,
  offsetAt: number,
  count: number,
): number | Promise<number> {
  const input = t.process.files.get(inFd);
  const output = t.process.files.get(outFd);
  if (input === undefined || output === undefined || !input.readable || !output.writable)
    return -EBADF;
  if (!input.seekable || input.inode.isDirectory) return -EINVAL;
  const space = spaceOf(t.process);
  const wait = writableOrWait(k, space, offsetAt, 8);
  if (wait !== 0) return wait;
  const position = offsetAt === 0 ? input.position : load64(space, offsetAt);
  if (position < 0) return position === -EFAULT ? position : -EINVAL;
  const bytes = new Uint8Array(Math.min(count, CHUNK));
  const sink = new BufferSink(bytes);
  const got = input.readAt(t.process, sink, position);
  if (got <= 0) return got;
  const sent = output.writeNext(t.process, new BufferSource(bytes.subarray(0, got)));
  if (sent === -EPIPE) sendToThread(k, t, userSignal(t, SIGPIPE, SI_USER));
  if (sent === -EAGAIN && !output.nonBlocking)
    return sendfileWhenReady(k, t, outFd, inFd, offsetAt, count);
  if (sent <= 0) return sent;
  if (offsetAt === 0) input.position = position + sent;
  else if (
    store64(space, offsetAt, (position + sent) | 0, Math.floor((position + sent) / 2 ** 32)) < 0
  )
    return -EFAULT;
  return sent;
}

async function sendfileWhenReady(
  k: Kernel,
  t: Thread,
  outFd: number,
  inFd: number,
  offsetAt: number,
  count: number,
): Promise<number> {
  const output = t.process.files.get(outFd);
  if (output === undefined) return -EBADF;
  const wake = await waitOn(k, t, output.waitQueues(WRITABLE));
  if (wake === "interrupted") return -ERESTARTSYS;
  return sendfile(k, t, outFd, inFd, offsetAt, count);
}

export const readWriteCalls = {
  read: {
    args: { fd: "fd", buf: "address", count: "size" },
    run: (k, t, fd, buf, count) => read(k, t, fd, buf, count, false),
  },
  write: {
    args: { fd: "fd", buf: "address", count: "size" },
    run: (k, t, fd, buf, count) => write(k, t, fd, buf, count, false),
  },
  readv: {
    args: { fd: "fd", iov: "address", iovcnt: "i32" },
    run: (k, t, fd, iov, count) => read(k, t, fd, iov, count, true),
  },
  writev: {
    args: { fd: "fd", iov: "address", iovcnt: "i32" },
    run: (k, t, fd, iov, count) => write(k, t, fd, iov, count, true),
  },
  pread64: {
    args: { fd: "fd", buf: "address", count: "size", offset: "offset" },
    run: (k, t, fd, buf, count, offset) =>
      positioned(t, fd, offset, () => readOnce(k, t, fd, buf, count, false, offset)),
  },
  pwrite64: {
    args: { fd: "fd", buf: "address", count: "size", offset: "offset" },
    run: (k, t, fd, buf, count, offset) => writeAt(k, t, fd, buf, count, false, offset),
  },
  preadv: {
    args: { fd: "fd", iov: "address", iovcnt: "i32", offset: "offset" },
    run: (k, t, fd, iov, count, offset) =>
      positioned(t, fd, offset, () => readOnce(k, t, fd, iov, count, true, offset)),
  },
  pwritev: {
    args: { fd: "fd", iov: "address", iovcnt: "i32", offset: "offset" },
    run: (k, t, fd, iov, count, offset) => writeAt(k, t, fd, iov, count, true, offset),
  },
  sendfile: {
    args: { out_fd: "fd", in_fd: "fd", offset: "address", count: "size" },
    run: (k, t, out, input, offset, count) => sendfile(k, t, out, input, offset, count),
  },
} satisfies Family;

/** The checks that come before the buffer is looked at. */
function positioned(t: Thread, fd: number, offset: number, operation: () => number): number {
  const file = t.process.files.get(fd);
  if (file === undefined) return -EBADF;
  if (offset < 0) return -EINVAL;
  return file.seekable ? operation() : -ESPIPE;
}
