// What a terminal is about to echo. Echo waits here while output is stopped or has no room, and the width of what was
// typed is settled only when it is printed (a tab's depends on the column), so entries are bytes mixed with small
// operations:
//
//   byte                 print it (with output processing)
//   CONTROL, byte        print it as ^X
//   ERASE_TAB, n         go back over a tab that has n columns of input before it; bit 7: counted from the last tab
//   SET_COLUMN           the line being edited begins at this column
//   MOVE_BACK            one column less than was counted

export const ECHO_CONTROL = 0x100;
export const ECHO_ERASE_TAB = 0x200;
export const ECHO_SET_COLUMN = 0x300;
export const ECHO_MOVE_BACK = 0x400;

/** The oldest echo is thrown away beyond this many entries, as on Linux. */
const LIMIT = 4096;

export class EchoBuffer {
  #entries: number[] = [];
  #first = 0;

  get empty(): boolean {
    return this.#first === this.#entries.length;
  }

  /** An operation and its operand in one number. */
  push(entry: number): void {
    this.#entries.push(entry);
    if (this.#entries.length - this.#first > LIMIT) this.#first++;
  }

  peek(): number {
    return this.#entries[this.#first] ?? 0;
  }

  shift(): void {
    this.#first++;
    if (this.#first === this.#entries.length) this.clear();
    else if (this.#first >= LIMIT) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  clear(): void {
    this.#entries = [];
    this.#first = 0;
  }
}
