// Things that happen at a moment of the machine's time: the end of a sleep, an alarm. A binary heap ordered by
// (due, sequence), so that timers due at the same nanosecond fire in the order they were set, on every run.

export interface Timer {
  /** Virtual nanoseconds since boot. */
  due: number;
  sequence: number;
  /** Place in the heap, -1 when not set. Owned by `Timers`. */
  place: number;
  /** Called once when the time has come. */
  readonly fire: (due: number) => void;
}

/** A timer that is not set yet. */
export function createTimer(fire: (due: number) => void): Timer {
  return { due: Infinity, sequence: 0, place: -1, fire };
}

export class Timers {
  readonly #heap: Timer[] = [];
  #sequence = 0;

  /** When the next timer is due, Infinity without any. */
  get next(): number {
    return this.#heap[0]?.due ?? Infinity;
  }

  /** Sets `timer` to `due`, moving it if it was set already. Infinity unsets it. */
  set(timer: Timer, due: number): void {
    this.cancel(timer);
    if (due === Infinity) return;
    timer.due = due;
    timer.sequence = this.#sequence++;
    this.#heap.push(timer);
    this.#up(timer, this.#heap.length - 1);
  }

  cancel(timer: Timer): void {
    const place = timer.place;
    if (place < 0) return;
    timer.place = -1;
    timer.due = Infinity;
    const last = this.#heap.pop();
    if (last === undefined || last === timer) return;
    this.#down(last, place);
    this.#up(last, last.place);
  }

  /** Fires every timer that is due at `now`, in order. */
  expire(now: number): void {
    for (
      let first = this.#heap[0];
      first !== undefined && first.due <= now;
      first = this.#heap[0]
    ) {
      const due = first.due;
      this.cancel(first);
      first.fire(due);
    }
  }

  #up(timer: Timer, from: number): void {
    let place = from;
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = this.#heap[parentPlace];
      if (parent === undefined || before(parent, timer)) break;
      this.#put(parent, place);
      place = parentPlace;
    }
    this.#put(timer, place);
  }

  #down(timer: Timer, from: number): void {
    let place = from;
    for (;;) {
      let childPlace = 2 * place + 1;
      let child = this.#heap[childPlace];
      if (child === undefined) break;
      const right = this.#heap[childPlace + 1];
      if (right !== undefined && before(right, child)) {
        child = right;
        childPlace++;
      }
      if (before(timer, child)) break;
      this.#put(child, place);
      place = childPlace;
    }
    this.#put(timer, place);
  }

  #put(timer: Timer, place: number): void {
    this.#heap[place] = timer;
    timer.place = place;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.due < b.due || (a.due === b.due && a.sequence < b.sequence);
}
