// All processes and threads by number. Numbers go up and begin again after PID_MAX, so that one that has just ended is
// not given to another soon; one that is still a process group's or a session's is not given out either.

import { EAGAIN } from "../abi/errno.ts";
import { panic } from "../lib/panic.ts";
import { MAX_TASKS, PID_MAX } from "./limits.ts";
import type { Process } from "./process.ts";
import type { Thread } from "./thread.ts";

export class ProcessTable {
  readonly #processes = new Map<number, Process>();
  readonly #threads = new Map<number, Thread>();
  #last = 0;
  /** Forks and clones since boot. */
  created = 0;

  /** The number given out last. */
  get last(): number {
    return this.#last;
  }

  /** Live threads and zombies: what MAX_TASKS limits. */
  get tasks(): number {
    let zombies = 0;
    for (const process of this.#processes.values()) if (process.threads.length === 0) zombies++;
    return this.#threads.size + zombies;
  }

  /** A free number for a process or thread, or -EAGAIN at the limit. */
  allocate(): number {
    if (this.tasks >= MAX_TASKS) return -EAGAIN;
    for (let tries = 0; tries < PID_MAX; tries++) {
      this.#last = this.#last >= PID_MAX ? 2 : this.#last + 1;
      if (!this.#taken(this.#last)) return this.#last;
    }
    return -EAGAIN;
  }

  #taken(id: number): boolean {
    if (this.#processes.has(id) || this.#threads.has(id)) return true;
    for (const { pgid, sid } of this.#processes.values())
      if (pgid === id || sid === id) return true;
    return false;
  }

  add(process: Process): void {
    this.#processes.set(process.pid, process);
    this.created++;
  }

  remove(process: Process): void {
    this.#processes.delete(process.pid);
  }

  addThread(thread: Thread): void {
    this.#threads.set(thread.tid, thread);
  }

  removeThread(thread: Thread): void {
    this.#threads.delete(thread.tid);
  }

  process(pid: number): Process | undefined {
    return this.#processes.get(pid);
  }

  thread(tid: number): Thread | undefined {
    return this.#threads.get(tid);
  }

  /** Every process, zombies included, in the order of creation. */
  all(): IterableIterator<Process> {
    return this.#processes.values();
  }

  get threadCount(): number {
    return this.#threads.size;
  }

  /** The processes of a group, in the order of creation. */
  group(pgid: number): Process[] {
    return [...this.#processes.values()].filter((process) => process.pgid === pgid);
  }

  /** pid 1, which every machine has. */
  get init(): Process {
    return this.#processes.get(1) ?? panic("there is no process 1");
  }
}
