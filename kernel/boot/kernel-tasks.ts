// The kernel's own tasks: async functions that sleep on wait queues like system calls do, without a program around them.
// They carry bytes between pipes and the host.

import { EAGAIN } from "../abi/errno.ts";
import { POLLIN, POLLOUT } from "../abi/process.ts";
import type { File } from "../fs/file.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import type { Kernel } from "../proc/kernel.ts";
import type { Task } from "../sched/task.ts";
import { WaitQueue } from "../sched/wait-queue.ts";

/** Numbers of kernel tasks are negative: no thread has one. */
let lastTask = 0;

/** Starts `body` as a task; it runs when its turn comes and must not await anything but the scheduler. */
export function startKernelTask(
  k: Kernel,
  body: (task: Task) => Promise<void>,
  onFailure: (error: unknown) => void,
): void {
  const task = k.sched.createTask(--lastTask);
  task.resume = () => {
    body(task).then(() => k.sched.exit(task), onFailure);
  };
  k.sched.ready(task);
}

/** Sleeps until what the task's last operation stopped short for has come (kernel/mm/stall.ts). */
export async function sleepUntilThere(k: Kernel, task: Task): Promise<void> {
  const { stall } = k.mm;
  if (stall === null) throw new Error("unreachable: the operation said MUST_WAIT");
  k.mm.stall = null;
  await k.sched.sleep(task, [stall.queue], Infinity, stall.key);
}

const CHUNK = 65536;
/** What a pipe holds at most (F_SETPIPE_SZ). */
const PIPE_BYTES_MAX = 1024 * 1024;

/** Bytes on their way out: the host is given them, and says when it has passed them on. */
export class HostOutput {
  readonly #k: Kernel;
  readonly #give: (bytes: Uint8Array) => void;
  /** Given and not acknowledged. */
  #pending = 0;
  readonly #limit: number;
  /** Bytes that may still be carried. */
  #left: number;
  readonly #room = new WaitQueue();
  #finishing = false;
  readonly #finish = new WaitQueue();

  /**
   * At most `limit` bytes are unacknowledged, Infinity for a host that takes everything; after `total` bytes nobody reads
   * any more, and who goes on writing gets SIGPIPE.
   */
  constructor(k: Kernel, give: (bytes: Uint8Array) => void, limit = Infinity, total = Infinity) {
    this.#left = total;
    this.#k = k;
    this.#give = give;
    this.#limit = limit;
  }

  /** Called between slices (MachineLoop.post). */
  acknowledge(count: number): void {
    this.#pending -= count;
    this.#k.sched.wake(this.#room);
  }

  /** The program has ended: what is in the pipe is still carried, what others may write later is not waited for. */
  finish(): void {
    this.#finishing = true;
    // Others may fill the pipe as fast as it is emptied.
    this.#left = Math.min(this.#left, PIPE_BYTES_MAX);
    this.#k.sched.wake(this.#finish);
  }

  /** Carries everything from the read end of a pipe until its writers are gone. Takes over the file. */
  async drain(task: Task, file: File): Promise<void> {
    const k = this.#k;
    const { init } = k.processes;
    for (;;) {
      if (this.#pending >= this.#limit) {
        await k.sched.sleep(task, [this.#room]);
        continue;
      }
      if (this.#left <= 0) break;
      const bytes = new Uint8Array(Math.min(CHUNK, this.#left));
      const count = file.readNext(init, new BufferSink(bytes));
      if (count === -EAGAIN) {
        if (this.#finishing) break;
        await k.sched.sleep(task, [...file.waitQueues(POLLIN), this.#finish]);
        continue;
      }
      if (count <= 0) break;
      this.#left -= count;
      if (this.#limit !== Infinity) this.#pending += count;
      this.#give(bytes.slice(0, count));
    }
    file.release();
  }
}

/** Bytes on their way in: what the host has, written to a pipe as it takes them. */
export class HostInput {
  readonly #k: Kernel;
  readonly #chunks: Uint8Array[] = [];
  #ended = false;
  readonly #arrived = new WaitQueue();
  /** Called when a chunk has gone into the pipe: the host may read on. */
  onTaken: (() => void) | undefined;

  constructor(k: Kernel) {
    this.#k = k;
  }

  /** Called between slices (MachineLoop.post). */
  push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#k.sched.wake(this.#arrived);
  }

  /** Called between slices: the reader sees the end of the file after what has been pushed. */
  end(): void {
    this.#ended = true;
    this.#k.sched.wake(this.#arrived);
  }

  /** Carries the bytes into the write end of a pipe. Takes over the file. */
  async feed(task: Task, file: File): Promise<void> {
    const k = this.#k;
    const { init } = k.processes;
    for (;;) {
      const chunk = this.#chunks[0];
      if (chunk === undefined) {
        if (this.#ended) break;
        await k.sched.sleep(task, [this.#arrived]);
        continue;
      }
      const done = chunk.length === 0 ? 0 : file.writeNext(init, new BufferSource(chunk));
      if (done === -EAGAIN) {
        await k.sched.sleep(task, file.waitQueues(POLLOUT));
        continue;
      }
      if (done === MUST_WAIT) {
        await sleepUntilThere(k, task);
        continue;
      }
      // Nobody reads any more: what is left has nowhere to go.
      if (done < 0) break;
      if (done === chunk.length) {
        this.#chunks.shift();
        this.onTaken?.();
      } else {
        this.#chunks[0] = chunk.subarray(done);
      }
    }
    file.release();
  }
}
