// The kernel's own messages, as dmesg(1) shows them: a bounded list of lines with the machine's time. A message about
// something a program may repeat without end (an unknown system call, say) is written once.

export interface LogEntry {
  /** Virtual nanoseconds since boot. */
  readonly time: number;
  readonly text: string;
}

const KEEP = 1000;

export class KernelLog {
  readonly #now: () => number;
  readonly #entries: LogEntry[] = [];
  readonly #said = new Set<string>();
  /** Called with each new entry: the command line prints it, the page shows it. */
  onWrite: ((entry: LogEntry) => void) | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  write(text: string): void {
    const entry = { time: this.#now(), text };
    if (this.#entries.length === KEEP) this.#entries.shift();
    this.#entries.push(entry);
    this.onWrite?.(entry);
  }

  /** Writes `text` unless something with this `key` has been written before. */
  once(key: string, text: string): void {
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.write(text);
  }

  entries(): readonly LogEntry[] {
    return this.#entries;
  }
}
