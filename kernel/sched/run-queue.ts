// The tasks that could run, ordered by (due, sequence): who became ready first runs first, and of two that became ready
// at the same nanosecond the one whose wake was recorded first. Tasks nearly always arrive in order, so insertion looks
// from the tail.

import type { Task } from "./task.ts";

export class RunQueue {
  #head: Task | null = null;
  #tail: Task | null = null;
  length = 0;

  insert(task: Task): void {
    let after = this.#tail;
    while (
      after !== null &&
      (after.due > task.due || (after.due === task.due && after.sequence > task.sequence))
    ) {
      after = after.previous;
    }
    const next = after === null ? this.#head : after.next;
    task.previous = after;
    task.next = next;
    if (after === null) this.#head = task;
    else after.next = task;
    if (next === null) this.#tail = task;
    else next.previous = task;
    this.length++;
  }

  remove(task: Task): void {
    if (task.previous === null) this.#head = task.next;
    else task.previous.next = task.next;
    if (task.next === null) this.#tail = task.previous;
    else task.next.previous = task.previous;
    task.previous = null;
    task.next = null;
    this.length--;
  }

  /** Takes the first task, undefined when nobody can run. */
  shift(): Task | undefined {
    const task = this.#head;
    if (task === null) return undefined;
    this.remove(task);
    return task;
  }
}
