// Pipes and fifos. Bytes in flight lie in frames of kind buffer, at most `slots` of them in a ring; small writes share the
// last frame. Specification: pipe(7), pipe2(2), fifo(7), fcntl(2) F_SETPIPE_SZ; what fits and what merges is Linux's.
//
//    first                         first + used
//    +------+------+------+------+------+
//    |##### |######|######|##    | free |        each slot: a frame, the offset and length of what is unread
//    +------+------+------+------+------+

import { EAGAIN, EBUSY, EFAULT, EINVAL, ENOTTY, ENXIO, EPERM, EPIPE } from "../abi/errno.ts";
import { O_ACCMODE, O_DIRECT, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } from "../abi/fcntl.ts";
import { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDNORM, POLLWRNORM } from "../abi/process.ts";
import { S_IFIFO } from "../abi/stat.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { FIONREAD } from "../abi/termios.ts";
import type { Caller } from "../fs/caller.ts";
import { Dentry, type Mount } from "../fs/dentry.ts";
import { File } from "../fs/file.ts";
import { type FileClock, FileSystem } from "../fs/file-system.ts";
import { Inode, TOUCH_C, TOUCH_M } from "../fs/inode.ts";
import { detachedMount, type FifoOpen } from "../fs/vfs.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import type { MemoryManager } from "../mm/memory-manager.ts";
import type { Scheduler } from "../sched/scheduler.ts";
import { WaitQueue } from "../sched/wait-queue.ts";

const DEFAULT_SLOTS = 16;
/** fs.pipe-max-size. On Linux the privileged may ask for more; here it bounds the kernel's own memory. */
const MAX_SIZE = 1 << 20;

const READABLE = POLLIN | POLLRDNORM;
const WRITABLE = POLLOUT | POLLWRNORM;

/** The bytes between writers and readers. */
class Pipe {
  readonly #mm: MemoryManager;
  readonly #sched: Scheduler;
  /** Parallel rings. A slot in use has a frame with `length` unread bytes at `offset`; a packet is read as a whole. */
  #frame = new Int32Array(DEFAULT_SLOTS);
  #offset = new Uint16Array(DEFAULT_SLOTS);
  #length = new Uint16Array(DEFAULT_SLOTS);
  #packet = new Uint8Array(DEFAULT_SLOTS);
  #slots = DEFAULT_SLOTS;
  #first = 0;
  #used = 0;
  /** Open descriptions that can read, and write. */
  readers = 0;
  writers = 0;
  readonly readQueue = new WaitQueue();
  readonly writeQueue = new WaitQueue();
  readonly bothQueues = [this.readQueue, this.writeQueue] as const;
  /** Who opens a fifo for one side waits here for the other. */
  readonly openReaders = new WaitQueue();
  readonly openWriters = new WaitQueue();

  constructor(mm: MemoryManager, sched: Scheduler) {
    this.#mm = mm;
    this.#sched = sched;
  }

  get empty(): boolean {
    return this.#used === 0;
  }

  get full(): boolean {
    return this.#used === this.#slots;
  }

  get capacity(): number {
    return this.#slots * PAGE_SIZE;
  }

  /** Unread bytes. */
  get queued(): number {
    let sum = 0;
    for (let i = 0; i < this.#used; i++) sum += this.#length[this.#slot(i)] ?? 0;
    return sum;
  }

  #slot(index: number): number {
    return (this.#first + index) % this.#slots;
  }

  read(sink: ByteSink): number {
    const ram = this.#mm.cpu.ram.u8;
    const wasFull = this.full;
    let done = 0;
    while (sink.remaining > 0 && this.#used > 0) {
      const slot = this.#first;
      const frame = this.#frame[slot] ?? 0;
      const offset = this.#offset[slot] ?? 0;
      const length = this.#length[slot] ?? 0;
      const count = Math.min(length, sink.remaining);
      const took = sink.put(ram, frame * PAGE_SIZE + offset, count);
      if (took < count) {
        if (done === 0) done = -EFAULT;
        break;
      }
      done += count;
      const packet = this.#packet[slot] === 1;
      if (packet || count === length) {
        this.#used--;
        this.#first = (slot + 1) % this.#slots;
        this.#mm.freeBuffer(frame);
      } else {
        this.#offset[slot] = offset + count;
        this.#length[slot] = length - count;
      }
      if (packet) break;
    }
    if (wasFull && !this.full) this.#sched.wake(this.writeQueue);
    return done;
  }

  write(source: ByteSource, packet: boolean): number {
    // Writing nothing succeeds even where nobody reads.
    if (source.remaining === 0) return 0;
    if (this.readers === 0) return -EPIPE;
    const wasEmpty = this.#used === 0;
    const total = source.remaining;
    let done = packet ? 0 : this.#merge(source);
    while (done >= 0 && source.remaining > 0 && this.#used < this.#slots) {
      const added = this.#add(source, packet);
      if (added < 0) {
        if (done === 0) done = added;
        break;
      }
      done += added;
    }
    if (done > 0 && wasEmpty) this.#sched.wake(this.readQueue);
    return done === 0 && total > 0 ? -EAGAIN : done;
  }

  /** What goes beyond whole pages joins the last frame, if it fits there. */
  #merge(source: ByteSource): number {
    const ram = this.#mm.cpu.ram.u8;
    const count = source.remaining % PAGE_SIZE;
    if (count === 0 || this.#used === 0) return 0;
    const slot = this.#slot(this.#used - 1);
    const end = (this.#offset[slot] ?? 0) + (this.#length[slot] ?? 0);
    if (this.#packet[slot] === 1 || end + count > PAGE_SIZE) return 0;
    const took = source.take(ram, (this.#frame[slot] ?? 0) * PAGE_SIZE + end, count);
    if (took < count) return -EFAULT;
    this.#length[slot] = (this.#length[slot] ?? 0) + count;
    return count;
  }

  /** Fills one more slot. */
  #add(source: ByteSource, packet: boolean): number {
    const frame = this.#mm.allocBuffer();
    if (frame < 0) return frame;
    const count = Math.min(source.remaining, PAGE_SIZE);
    const took = source.take(this.#mm.cpu.ram.u8, frame * PAGE_SIZE, count);
    if (took < count) {
      this.#mm.freeBuffer(frame);
      // The bytes are still the writer's: after a page that was not there has come they are taken again.
      return -EFAULT;
    }
    const slot = this.#slot(this.#used++);
    this.#frame[slot] = frame;
    this.#offset[slot] = 0;
    this.#length[slot] = count;
    this.#packet[slot] = packet ? 1 : 0;
    return count;
  }

  /** Changes the number of slots to at least `bytes`; the new capacity. */
  resize(bytes: number): number {
    if (bytes < 0 || bytes > 2 ** 31) return -EINVAL;
    if (bytes > MAX_SIZE) return -EPERM;
    let slots = 1;
    while (slots * PAGE_SIZE < bytes) slots *= 2;
    if (this.#used > slots) return -EBUSY;
    const frame = new Int32Array(slots);
    const offset = new Uint16Array(slots);
    const length = new Uint16Array(slots);
    const packet = new Uint8Array(slots);
    for (let i = 0; i < this.#used; i++) {
      const from = this.#slot(i);
      frame[i] = this.#frame[from] ?? 0;
      offset[i] = this.#offset[from] ?? 0;
      length[i] = this.#length[from] ?? 0;
      packet[i] = this.#packet[from] ?? 0;
    }
    this.#frame = frame;
    this.#offset = offset;
    this.#length = length;
    this.#packet = packet;
    this.#first = 0;
    this.#slots = slots;
    this.#sched.wake(this.writeQueue);
    return slots * PAGE_SIZE;
  }

  opened(file: PipeFile): void {
    if (file.readable) this.readers++;
    if (file.writable) this.writers++;
    if (this.writers > 0) this.#sched.wake(this.openReaders);
    if (this.readers > 0) this.#sched.wake(this.openWriters);
  }

  /** One side loses a description: the other learns of the end when it was the last. */
  closed(file: PipeFile): void {
    if (file.readable) this.readers--;
    if (file.writable) this.writers--;
    if (this.writers === 0) this.#sched.wake(this.readQueue);
    if (this.readers === 0) this.#sched.wake(this.writeQueue);
    if (this.readers > 0 || this.writers > 0) return;
    for (let i = 0; i < this.#used; i++) this.#mm.freeBuffer(this.#frame[this.#slot(i)] ?? 0);
    this.#used = 0;
  }
}

/** One end of a pipe, or both (a fifo opened for reading and writing). */
export class PipeFile extends File {
  readonly #pipe: Pipe;
  readonly #readQueues: readonly WaitQueue[];
  readonly #writeQueues: readonly WaitQueue[];

  constructor(dentry: Dentry, flags: number, pipe: Pipe) {
    super(dentry, flags);
    this.#pipe = pipe;
    this.#readQueues = [pipe.readQueue];
    this.#writeQueues = [pipe.writeQueue];
    pipe.opened(this);
  }

  override get seekable(): boolean {
    return false;
  }

  override get writesAll(): boolean {
    return true;
  }

  override read(_caller: Caller, sink: ByteSink): number {
    const pipe = this.#pipe;
    if (sink.remaining === 0) return 0;
    if (pipe.empty) return pipe.writers === 0 ? 0 : -EAGAIN;
    const done = pipe.read(sink);
    if (done > 0) this.inode.accessed();
    return done;
  }

  override write(_caller: Caller, source: ByteSource): number {
    const done = this.#pipe.write(source, (this.flags & O_DIRECT) !== 0);
    if (done > 0) this.inode.touch(TOUCH_M | TOUCH_C);
    return done;
  }

  override ioctl(caller: Caller, request: number, argument: number): number {
    if (request !== FIONREAD) return -ENOTTY;
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setInt32(0, this.#pipe.queued, true);
    return caller.copyOut(argument, bytes, 0, 4) === 4 ? 0 : -EFAULT;
  }

  override poll(): number {
    const pipe = this.#pipe;
    let mask = 0;
    if (this.readable) {
      if (!pipe.empty) mask |= READABLE;
      if (pipe.writers === 0) mask |= POLLHUP;
    }
    if (this.writable) {
      if (!pipe.full) mask |= WRITABLE;
      if (pipe.readers === 0) mask |= POLLERR;
    }
    return mask;
  }

  override waitQueues(mask: number): readonly WaitQueue[] {
    const reads = this.readable && (mask & READABLE) !== 0;
    const writes = this.writable && (mask & WRITABLE) !== 0;
    if (reads && writes) return this.#pipe.bothQueues;
    if (reads) return this.#readQueues;
    if (writes) return this.#writeQueues;
    // Only the other end's going away can matter.
    return this.readable ? this.#readQueues : this.#writeQueues;
  }

  /** F_GETPIPE_SZ: bytes. */
  get capacity(): number {
    return this.#pipe.capacity;
  }

  /** F_SETPIPE_SZ: the new capacity, at least `bytes`, or an errno. */
  setCapacity(bytes: number): number {
    return this.#pipe.resize(bytes);
  }

  protected override close(): void {
    this.#pipe.closed(this);
  }
}

class PipeInode extends Inode {
  readonly pipe: Pipe;

  constructor(fileSystem: FileSystem, pipe: Pipe) {
    super(fileSystem, S_IFIFO | 0o600);
    this.pipe = pipe;
  }

  override get blocks(): number {
    return 0;
  }
}

class PipeRoot extends Inode {}

class PipeFileSystem extends FileSystem {
  readonly type = "pipefs";
  readonly magic = 0x50495045;
  override readonly detached = true;
  readonly root: Inode = new PipeRoot(this, 0);
}

/** All pipes of a machine. */
export class Pipes {
  readonly #mm: MemoryManager;
  readonly #sched: Scheduler;
  readonly #mount: Mount;
  /** The pipes behind named fifos that somebody has open. */
  readonly #fifos = new WeakMap<Inode, Pipe>();

  constructor(dev: number, clock: FileClock, mm: MemoryManager, sched: Scheduler) {
    this.#mm = mm;
    this.#sched = sched;
    this.#mount = detachedMount(new PipeFileSystem(dev, clock));
  }

  /** pipe2(2): flags may be O_NONBLOCK and O_DIRECT (packets); O_CLOEXEC is the descriptors'. */
  create(flags: number): { readonly read: PipeFile; readonly write: PipeFile } | number {
    if ((flags & ~(O_NONBLOCK | O_DIRECT)) !== 0) return -EINVAL;
    const pipe = new Pipe(this.#mm, this.#sched);
    const inode = new PipeInode(this.#mount.fileSystem, pipe);
    const dentry = new Dentry(this.#mount, inode, `pipe:[${inode.ino}]`, undefined);
    return {
      read: new PipeFile(dentry, O_RDONLY | (flags & O_NONBLOCK), pipe),
      write: new PipeFile(dentry, O_WRONLY | flags, pipe),
    };
  }

  /** Opens a fifo by name, or a pipe once more through /proc/PID/fd; the Vfs calls it. Opening one side waits for the
   * other: then it answers with the queue to wait on. */
  readonly open: FifoOpen = (dentry, flags) => {
    const { inode } = dentry;
    const pipe = this.#pipeOf(inode);
    const access = flags & O_ACCMODE;
    const patient = (flags & O_NONBLOCK) === 0;
    if (access === O_RDONLY) {
      const alone = pipe.writers === 0 && pipe.openWriters.length === 0;
      if (alone && patient && !(inode instanceof PipeInode)) return [pipe.openReaders];
    } else if (access === O_WRONLY) {
      const alone = pipe.readers === 0 && pipe.openReaders.length === 0;
      if (alone) return patient ? [pipe.openWriters] : -ENXIO;
    } else if (access !== O_RDWR) {
      return -EINVAL;
    }
    return new PipeFile(dentry, flags, pipe);
  };

  #pipeOf(inode: Inode): Pipe {
    if (inode instanceof PipeInode) return inode.pipe;
    let pipe = this.#fifos.get(inode);
    if (pipe === undefined) {
      pipe = new Pipe(this.#mm, this.#sched);
      this.#fifos.set(inode, pipe);
    }
    return pipe;
  }
}
