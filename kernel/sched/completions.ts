// Work that somebody outside the machine does for it (storage, the compiler), and when its end is noticed.
//
// In virtual time every piece of work has its due time from the moment it is asked for: programs run up to it, then the
// machine waits for the host, however fast or slow that is, and an idle machine jumps to it. So what happens never
// depends on the host's speed. In real time an end is noticed as soon as it has arrived.

interface Work {
  /** Virtual nanoseconds; real time: 0. */
  due: number;
  /** Until it has been finished or forgotten. */
  isPending: boolean;
  /** What is to be done with the host's answer; undefined until it is there. */
  finish: (() => void) | undefined;
  /** Resolves when it is; never rejects. */
  arrival: Promise<void>;
  /** In virtual time the machine may go on past its due time when its owner has woken somebody (`postpone`). */
  readonly canBeLate: boolean;
}

export class Completions {
  readonly #virtual: boolean;
  /** Virtual time: all work in the order of its due times. Real time: what has arrived, in that order. */
  readonly #queue: Work[] = [];
  #pending = 0;
  /** The due time of the queue's first, Infinity without one: looked at after every trap. */
  #nextDue = Infinity;
  /** Told of each arrival, so that an idle machine wakes. */
  onArrival: (() => void) | undefined;

  constructor(virtual: boolean) {
    this.#virtual = virtual;
  }

  /** Pieces of work that are not finished. */
  get pending(): number {
    return this.#pending;
  }

  /** When the next end is to be noticed; Infinity when there is nothing to notice yet. */
  get nextDue(): number {
    return this.#nextDue;
  }

  /** Behind all that are due no later. */
  #enqueue(item: Work): void {
    const queue = this.#queue;
    let at = queue.length;
    while (at > 0 && (queue[at - 1]?.due ?? 0) > item.due) at--;
    queue.splice(at, 0, item);
    this.#nextDue = queue[0]?.due ?? Infinity;
  }

  #remove(item: Work): void {
    const at = this.#queue.indexOf(item);
    if (at >= 0) this.#queue.splice(at, 1);
    this.#nextDue = this.#queue[0]?.due ?? Infinity;
  }

  /**
   * Waits for `work`, which has been begun, and calls one of the two functions between two slices, at `due` in virtual
   * time. Calling the result makes the machine forget it, so that nobody waits and nothing is called any more.
   */
  start<Result>(
    due: number,
    work: Promise<Result>,
    done: (result: Result) => void,
    failed: (error: Error) => void,
    canBeLate = false,
  ): () => void {
    const item: Work = {
      due: this.#virtual ? due : 0,
      isPending: true,
      finish: undefined,
      arrival: Promise.resolve(),
      canBeLate,
    };
    item.arrival = this.#settle(item, work, done, failed);
    this.#pending++;
    if (this.#virtual) this.#enqueue(item);
    return () => this.#end(item);
  }

  #end(item: Work): void {
    if (!item.isPending) return;
    item.isPending = false;
    this.#pending--;
    this.#remove(item);
  }

  async #settle<Result>(
    item: Work,
    work: Promise<Result>,
    done: (result: Result) => void,
    failed: (error: Error) => void,
  ): Promise<void> {
    try {
      const result = await work;
      item.finish = () => done(result);
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      item.finish = () => failed(reason);
    }
    if (!item.isPending) return;
    if (!this.#virtual) this.#enqueue(item);
    this.onArrival?.();
  }

  /** Finishes what is due at `now`; a promise when the host is not done with it yet. */
  deliver(now: number): Promise<void> | undefined {
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      if (first.due > now) return undefined;
      const { finish } = first;
      if (finish === undefined) return first.arrival;
      this.#end(first);
      finish();
    }
    return undefined;
  }

  /** Work that is due and not done becomes due at `until`, if it can be late. */
  postpone(until: number): void {
    const first = this.#queue[0];
    if (first === undefined || first.finish !== undefined || !first.canBeLate) return;
    this.#remove(first);
    first.due = until;
    this.#enqueue(first);
  }
}
