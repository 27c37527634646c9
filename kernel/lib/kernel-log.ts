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
  /** How many of the entries are from before the last `clear`. */
  cleared = 0;
  /** Called with each new entry: the command line prints it, the page shows it. */
  onWrite: ((entry: LogEntry) => void) | undefined;
  /** Called with each message for the terminals. */
  onAlert: ((text: string) => void) | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  write(text: string): void {
    const entry = { time: this.#now(), text };
    if (this.#entries.length === KEEP) {
      this.#entries.shift();
      this.cleared = Math.max(0, this.cleared - 1);
    }
    this.#entries.push(entry);
    this.onWrite?.(entry);
  }

  /** The same for what the person at the terminal must see too. */
  alert(text: string): void {
    this.write(text);
    this.onAlert?.(text);
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

  /** What has been said so far is not shown to readers of the kernel's messages any more (dmesg -C). */
  clear(): void {
    this.cleared = this.#entries.length;
  }
}
