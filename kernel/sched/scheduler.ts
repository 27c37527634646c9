// Who runs, who waits and until when. A system call that must wait awaits `sleep`, and that is the only thing kernel
// code may await: the promise is how the code continues, while the wait itself is plain data in the task and its
// queues. So a wait can be dropped at any time and begun again by issuing the system call once more.
//
// A woken task does not run at once: it enters the run queue, and its promise is resolved when its turn comes. Kernel
// code therefore runs in scheduling order only, which is the same on every run.

import { panic } from "../lib/panic.ts";
import { RunQueue } from "./run-queue.ts";
import type { Task, Wake } from "./task.ts";
import { createTimer, type Timer, Timers } from "./timers.ts";
import { leaveQueue, type Waiter, type WaitQueue } from "./wait-queue.ts";

export class Scheduler {
  readonly #now: () => number;
  readonly #timers = new Timers();
  readonly #ready = new RunQueue();
  #sequence = 0;
  /** The task that has the hart, or is in the kernel on its own behalf. */
  current: Task | undefined;
  /** Somebody was woken who should not wait for the end of the current slice. Cleared by whoever ends it. */
  yieldSoon = false;

  /** `now` gives the machine's time in nanoseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  createTask(tid: number): Task {
    const task: Task = {
      tid,
      state: "new",
      due: 0,
      sequence: 0,
      previous: null,
      next: null,
      waiters: [],
      resume: undefined,
      wake: "woken",
      timer: createTimer((due) => this.#end(task, "timeout", due)),
    };
    return task;
  }

  /** How many tasks could run now. */
  get readyCount(): number {
    return this.#ready.length;
  }

  /**
   * Lets a task run that is new, running (its slice is over) or stopped. One that has run for `used` nanoseconds comes
   * after those who are woken in as many from now, so that two who wake each other share the hart with one who computes.
   */
  ready(task: Task, used = 0): void {
    if (task.state === "runnable" || task.state === "sleeping" || task.state === "dead") {
      panic(`task ${task.tid} made ready while ${task.state}`);
    }
    this.#enqueue(task, this.#now() + used);
  }

  /** Takes the next task off the run queue and makes it the current one. */
  next(): Task | undefined {
    const task = this.#ready.shift();
    if (task !== undefined) task.state = "running";
    this.current = task;
    return task;
  }

  /**
   * Puts the running task to sleep in `queues` until one is woken, `deadline` (absolute virtual ns) passes or a signal
   * interrupts. `key` and `mask` narrow which wakes count (see `wake`). The caller must hold nothing across it.
   */
  sleep(
    task: Task,
    queues: readonly WaitQueue[],
    deadline = Infinity,
    key = 0,
    mask = -1,
  ): Promise<Wake> {
    if (task.state !== "running") panic(`task ${task.tid} cannot sleep while ${task.state}`);
    task.state = "sleeping";
    for (const queue of queues) this.#enter(queue, task, key, mask);
    this.#timers.set(task.timer, deadline);
    return new Promise((resolve) => {
      task.resume = resolve;
    });
  }

  /**
   * Puts the running task to sleep in `queue` until it is woken with `key`, without code that continues: when its turn
   * comes the task begins again where its registers say (a page fault that waits for storage).
   */
  block(task: Task, queue: WaitQueue, key: number): void {
    if (task.state !== "running") panic(`task ${task.tid} cannot block while ${task.state}`);
    task.state = "sleeping";
    this.#enter(queue, task, key, -1);
  }

  #enter(queue: WaitQueue, task: Task, key: number, mask: number): void {
    const waiter: Waiter = { task, key, mask, queue };
    queue.waiters.push(waiter);
    task.waiters.push(waiter);
  }

  /** Continues the system call of a task whose sleep has ended; the caller lets its microtasks run. */
  resume(task: Task): void {
    const resume = task.resume;
    if (resume === undefined) panic(`task ${task.tid} has nothing to resume`);
    task.resume = undefined;
    resume(task.wake);
  }

  /**
   * Wakes up to `count` waiters of `queue` in the order they came. With a `key` only those that wait with the same one,
   * with a `mask` only those whose mask shares a bit. Returns how many woke.
   */
  wake(queue: WaitQueue, count = Infinity, key = 0, mask = -1): number {
    const { waiters } = queue;
    if (waiters.length === 0) return 0;
    let woken = 0;
    const due = this.#now();
    for (let at = 0; at < waiters.length && woken < count;) {
      // Below the length.
      const waiter = waiters[at]!;
      if (waiter.key !== key || (waiter.mask & mask) === 0 || waiter.task.state !== "sleeping") {
        at++;
        continue;
      }
      const before = waiters.length;
      this.#end(waiter.task, "woken", due);
      woken++;
      // It has left the queue, so the next one is at this place; or its task was in here twice, and the places of all
      // have changed.
      if (before - waiters.length > 1) at = 0;
    }
    return woken;
  }

  /** Moves up to `count` waiters with `key` to another queue, where they wait on. Returns how many moved. */
  requeue(from: WaitQueue, to: WaitQueue, count: number, key = 0, newKey = 0): number {
    let moved = 0;
    for (const waiter of from.waiters.slice()) {
      if (moved >= count) break;
      if (waiter.key !== key) continue;
      leaveQueue(waiter);
      const place = waiter.task.waiters.indexOf(waiter);
      const replacement: Waiter = { task: waiter.task, key: newKey, mask: waiter.mask, queue: to };
      to.waiters.push(replacement);
      waiter.task.waiters[place] = replacement;
      moved++;
    }
    return moved;
  }

  /** Ends the sleep of `task` because a signal arrived. False when it does not sleep. */
  interrupt(task: Task): boolean {
    if (task.state !== "sleeping") return false;
    this.#end(task, "interrupted", this.#now());
    return true;
  }

  /** Forgets the wait of a task, whether it still sleeps or has been woken: it will issue its system call again. `due`
   * is its place in the run queue; 0 puts it before all others, so that nobody can miss it in between. */
  drop(task: Task, due = this.#now()): void {
    task.resume = undefined;
    if (task.state !== "sleeping") return;
    this.#end(task, "interrupted", due);
  }

  /** Takes a running or runnable task out of circulation until `ready`. */
  stop(task: Task): void {
    if (task.state === "runnable") this.#ready.remove(task);
    task.state = "stopped";
  }

  /** The end of a task, whatever it is doing. */
  exit(task: Task): void {
    if (task.state === "runnable") this.#ready.remove(task);
    this.#leaveQueues(task);
    this.#timers.cancel(task.timer);
    task.resume = undefined;
    task.state = "dead";
  }

  /** When the next sleep ends or timer fires by itself, Infinity when none will. */
  nextDeadline(): number {
    return this.#timers.next;
  }

  /** Fires the timers that are due. */
  expire(now: number): void {
    if (this.#timers.next <= now) this.#timers.expire(now);
  }

  /** Sets a timer made with `createTimer` to an absolute virtual time; Infinity unsets it. */
  setTimer(timer: Timer, due: number): void {
    this.#timers.set(timer, due);
  }

  #end(task: Task, wake: Wake, due: number): void {
    this.#leaveQueues(task);
    this.#timers.cancel(task.timer);
    task.wake = wake;
    this.#enqueue(task, due);
  }

  #leaveQueues(task: Task): void {
    const { waiters } = task;
    if (waiters.length === 0) return;
    for (const waiter of waiters) leaveQueue(waiter);
    waiters.length = 0;
  }

  #enqueue(task: Task, due: number): void {
    task.state = "runnable";
    task.due = due;
    task.sequence = this.#sequence++;
    this.#ready.insert(task);
  }
}
