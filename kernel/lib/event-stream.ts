// The recorder behind the one event stream (its vocabulary is kernel/api/events.ts). An event is a row of numbers in a
// preallocated block; full or at the machine's next pause for breath, the block is handed to the listeners. With no
// listener `on` is false, and a recording site costs one test of it:
//
//   if (events.on) events.emit(EV_FAULT, pid, address, …);

/** Numbers in a row: sequence, time (ns), kind, pid, then up to seven fields. */
export const EVENT_ROW = 11;
const ROWS = 8192;

/** Gets `count` rows that begin at index 0; they are valid during the call only. */
export type EventListener = (rows: Float64Array, count: number, texts: readonly string[]) => void;

export class EventStream {
  /** True while somebody listens. Read by every recording site. */
  on = false;
  readonly #now: () => number;
  readonly #listeners = new Set<EventListener>();
  readonly #texts: string[] = [];
  readonly #textIds = new Map<string, number>();
  #rows = new Float64Array(0);
  #count = 0;
  #sequence = 0;

  /** `now` gives the machine's time in nanoseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Records one event; field meanings are the kind's in kernel/api/events.ts. */
  emit(kind: number, pid: number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0): void {
    if (!this.on) return;
    const rows = this.#rows;
    const at = this.#count * EVENT_ROW;
    rows[at] = this.#sequence++;
    rows[at + 1] = this.#now();
    rows[at + 2] = kind;
    rows[at + 3] = pid;
    rows[at + 4] = a;
    rows[at + 5] = b;
    rows[at + 6] = c;
    rows[at + 7] = d;
    rows[at + 8] = e;
    rows[at + 9] = f;
    rows[at + 10] = g;
    if (++this.#count === ROWS) this.flush();
  }

  /** The number that stands for `text` in a row. */
  text(text: string): number {
    const known = this.#textIds.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.length;
    this.#texts.push(text);
    this.#textIds.set(text, id);
    return id;
  }

  /** Hands what has been recorded to the listeners. The machine calls it whenever it yields to its host. */
  flush(): void {
    const count = this.#count;
    if (count === 0) return;
    this.#count = 0;
    for (const listener of this.#listeners) listener(this.#rows, count, this.#texts);
  }

  /** Starts listening; returns the function that stops it. */
  listen(listener: EventListener): () => void {
    this.flush();
    if (this.#rows.length === 0) this.#rows = new Float64Array(ROWS * EVENT_ROW);
    this.#listeners.add(listener);
    this.on = true;
    return () => {
      this.flush();
      this.#listeners.delete(listener);
      this.on = this.#listeners.size > 0;
    };
  }
}
