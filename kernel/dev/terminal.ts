// A terminal of the machine itself: its other side is the page's xterm or the host's terminal instead of a program. The
// owner gets output as it is printed and acknowledges it when shown; at 64 KiB unacknowledged the writer waits, so output
// never piles up in memory (the flow control of the page's terminal, end to end).

import type { PtyPair, Ptys } from "./pty.ts";
import { IUTF8 } from "../abi/termios.ts";
import { ByteQueue } from "./byte-queue.ts";
import { Termios } from "./termios.ts";
import type { TtyMaster } from "./tty.ts";

/** Bytes of output that the owner may not have acknowledged. */
export const UNACKNOWLEDGED_LIMIT = 65_536;
/** Bytes of input that may wait for a program to read (a paste); more is dropped, with a bell. */
const TYPED_LIMIT = 262_144;

const BELL = Uint8Array.of(7);
const LINE_FEED = 10;

export class Terminal implements TtyMaster {
  /** The owner's number for it; boot holds it. */
  readonly id: number;
  readonly #ptys: Ptys;
  readonly #pair: PtyPair;
  #output: ((bytes: Uint8Array) => void) | undefined;
  /** Output from before anybody listened. */
  readonly #early: Uint8Array[] = [];
  #unacknowledged = 0;
  /** The last byte printed ended a line. */
  #isAtLineStart = true;
  readonly #typed = new ByteQueue(TYPED_LIMIT);
  readonly #chunk = new Uint8Array(4096);
  #hungUp = false;

  constructor(ptys: Ptys, id: number, rows: number, columns: number) {
    this.id = id;
    this.#ptys = ptys;
    const pair = ptys.create(this, undefined, rows, columns);
    if (typeof pair === "number") throw new RangeError("no pseudoterminal is free");
    this.#pair = pair;
    // The page's and the host's terminals speak UTF-8: erase takes whole characters.
    const settings = new Termios();
    settings.input |= IUTF8;
    pair.tty.discipline.setTermios(settings);
  }

  /** N of /dev/pts/N. */
  get index(): number {
    return this.#pair.index;
  }

  get path(): string {
    return `/dev/pts/${this.#pair.index}`;
  }

  get pair(): PtyPair {
    return this.#pair;
  }

  // The owner's side.

  /** Keys, as the line discipline gets them. */
  input(bytes: Uint8Array): void {
    if (this.#hungUp) return;
    const taken = this.#typed.push(bytes, 0, bytes.length);
    this.#feed();
    const rest = bytes.length - taken;
    if (rest === 0) return;
    const more = this.#typed.push(bytes, taken, rest);
    this.#feed();
    if (more < rest && this.room() > 0) this.put(BELL, 1);
  }

  /** Hears all output from now on, and first what was printed before. The array belongs to the listener. */
  onOutput(listener: (bytes: Uint8Array) => void): void {
    this.#output = listener;
    for (const bytes of this.#early.splice(0)) listener(bytes);
  }

  /** The owner has shown `count` more bytes. */
  acknowledge(count: number): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - count);
    this.#pair.tty.discipline.output.drained();
  }

  /** Prints what a program did not say, on a line of its own. */
  notice(text: string): void {
    const bytes = new TextEncoder().encode(`${this.#isAtLineStart ? "" : "\r\n"}${text}\r\n`);
    this.put(bytes, bytes.length);
  }

  resize(rows: number, columns: number): void {
    this.#pair.tty.resize(rows, columns);
  }

  /** Closes the line: SIGHUP for the session, end of file for its programs. */
  hangUp(): void {
    if (this.#hungUp) return;
    this.#hungUp = true;
    this.#ptys.remove(this.#pair);
  }

  // TtyMaster: the terminal's side.

  room(): number {
    return UNACKNOWLEDGED_LIMIT - this.#unacknowledged;
  }

  put(bytes: Uint8Array, length: number): void {
    if (length === 0) return;
    this.#unacknowledged += length;
    this.#isAtLineStart = bytes[length - 1] === LINE_FEED;
    const copy = bytes.slice(0, length);
    if (this.#output === undefined) this.#early.push(copy);
    else this.#output(copy);
  }

  /** What was printed has already left for the owner. */
  flush(): void {}

  inputDrained(): void {
    this.#feed();
  }

  windowChanged(): void {}

  slaveClosed(): void {}

  #feed(): void {
    while (this.#typed.length > 0) {
      const count = this.#typed.peek(this.#chunk);
      const taken = this.#pair.tty.receive(this.#chunk, 0, count);
      this.#typed.drop(taken);
      if (taken < count) return;
    }
  }
}
