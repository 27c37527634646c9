// The way out: bytes that programs print and bytes that are echoed, translated as c_oflag says and counted in columns,
// stopped and started by flow control. Specification: termios(3), "c_oflag"; what a column is follows Linux's N_TTY.

import { EAGAIN, EFAULT } from "../abi/errno.ts";
import { IUTF8, OCRNL, OLCUC, ONLCR, ONLRET, ONOCR, OPOST } from "../abi/termios.ts";
import type { ByteSource } from "../lib/io.ts";
import {
  ECHO_CONTROL,
  ECHO_ERASE_TAB,
  ECHO_MOVE_BACK,
  ECHO_SET_COLUMN,
  EchoBuffer,
} from "./echo-buffer.ts";
import type { Termios } from "./termios.ts";

/** TAB3 of c_oflag: tabs are printed as spaces. */
const TABDLY = 0o014000;
const XTABS = 0o014000;

const BS = 8;
const TAB = 9;
const NL = 10;
const CR = 13;
const SPACE = 32;

/** Where output goes: the other side of a pty. */
export interface TtyOutput {
  /** How many bytes can be put now. */
  room(): number;
  /** Takes bytes; never more than there is room for. */
  put(bytes: Uint8Array, length: number): void;
  /** Throws away what the other side has not seen yet. */
  flush(): void;
}

export function isControl(byte: number): boolean {
  return byte < 32 || byte === 127;
}

/** Whether `byte` goes on a character of several bytes, on a terminal that speaks UTF-8. */
export function isContinuation(termios: Termios, byte: number): boolean {
  return (byte & 0xc0) === 0x80 && (termios.input & IUTF8) !== 0;
}

export class OutputProcessor {
  readonly #termios: Termios;
  readonly #output: TtyOutput;
  /** Tells the terminal that output may go on. */
  readonly #writable: () => void;
  /** What is to be echoed; the line discipline adds to it. */
  readonly #echo = new EchoBuffer();
  #echoing = false;
  /** Where the cursor is, and where the line being edited began. */
  #column = 0;
  #canonColumn = 0;
  /** No output until somebody starts it again; `flowStopped`: tcflow(TCOOFF) did it, and only TCOON ends it. */
  #stopped = false;
  #flowStopped = false;
  /** Bytes on their way to the other side, within one operation. */
  readonly #pending = new Uint8Array(8192);
  #pendingLength = 0;
  readonly #chunk = new Uint8Array(4096);

  constructor(termios: Termios, output: TtyOutput, writable: () => void) {
    this.#termios = termios;
    this.#output = output;
    this.#writable = writable;
  }

  /** Adds an entry of echo-buffer.ts. */
  echo(entry: number): void {
    this.#echo.push(entry);
  }

  /** VSTOP. */
  stop(): void {
    this.#stopped = true;
  }

  /** Whether any character may start it again (IXANY). */
  get stoppedByKey(): boolean {
    return this.#stopped && !this.#flowStopped;
  }

  /** Forgets echo and output that the other side has not seen: a signal character was typed. */
  discard(): void {
    this.#echo.clear();
    this.#pendingLength = 0;
    this.#output.flush();
  }

  #room(): number {
    return this.#stopped ? 0 : this.#output.room() - this.#pendingLength;
  }

  #emit(c: number): void {
    if (this.#pendingLength === this.#pending.length) this.#flushPending();
    this.#pending[this.#pendingLength++] = c;
  }

  #flushPending(): void {
    const length = this.#pendingLength;
    if (length === 0) return;
    // The other side may make room at once and come back in here: nothing is pending then.
    this.#pendingLength = 0;
    this.#output.put(this.#pending, length);
  }

  /** Prints what waits to be echoed. */
  processEchoes(): void {
    // Called again from within, when the other side makes room while it is given bytes: this loop goes on by itself.
    if (this.#echoing) return;
    this.#echoing = true;
    this.#printEchoes();
    this.#echoing = false;
    this.#flushPending();
  }

  /** Prints echo as far as there is room. */
  #printEchoes(): void {
    const echo = this.#echo;
    while (!echo.empty) {
      const entry = echo.peek();
      const operand = entry & 0xff;
      const room = this.#room();
      switch (entry & ~0xff) {
        case ECHO_CONTROL:
          if (room < 2) return;
          this.#emit(0x5e);
          this.#emit(operand ^ 0x40);
          this.#column += 2;
          break;
        case ECHO_ERASE_TAB: {
          const columns = (operand & 0x80) !== 0 ? operand : operand + this.#canonColumn;
          const back = 8 - (columns & 7);
          if (room < back) return;
          for (let i = 0; i < back; i++) this.#emit(BS);
          this.#column = Math.max(0, this.#column - back);
          break;
        }
        case ECHO_SET_COLUMN:
          this.#canonColumn = this.#column;
          break;
        case ECHO_MOVE_BACK:
          this.#column = Math.max(0, this.#column - 1);
          break;
        default:
          if ((this.#termios.output & OPOST) !== 0) {
            if (!this.#outputByte(operand, room)) return;
          } else {
            if (room < 1) return;
            this.#emit(operand);
          }
      }
      echo.shift();
    }
  }

  /** Puts out one byte with output processing. False when there is no room for it. */
  #outputByte(byte: number, room: number): boolean {
    const flags = this.#termios.output;
    let c = byte;
    if (room < 1) return false;
    switch (c) {
      case NL:
        if ((flags & ONLRET) !== 0) this.#column = 0;
        if ((flags & ONLCR) !== 0) {
          if (room < 2) return false;
          this.#canonColumn = this.#column = 0;
          this.#emit(CR);
        } else {
          this.#canonColumn = this.#column;
        }
        break;
      case CR:
        if ((flags & ONOCR) !== 0 && this.#column === 0) return true;
        if ((flags & OCRNL) !== 0) {
          c = NL;
          if ((flags & ONLRET) !== 0) this.#canonColumn = this.#column = 0;
        } else {
          this.#canonColumn = this.#column = 0;
        }
        break;
      case TAB: {
        const spaces = 8 - (this.#column & 7);
        if ((flags & TABDLY) === XTABS) {
          if (room < spaces) return false;
          this.#column += spaces;
          for (let i = 0; i < spaces; i++) this.#emit(SPACE);
          return true;
        }
        this.#column += spaces;
        break;
      }
      case BS:
        if (this.#column > 0) this.#column--;
        break;
      default:
        if (!isControl(c)) {
          if ((flags & OLCUC) !== 0 && c >= 97 && c <= 122) c -= 32;
          if (!isContinuation(this.#termios, c)) this.#column++;
        }
    }
    this.#emit(c);
    return true;
  }

  /** Puts out the first `count` bytes of the chunk; there is room for `growth` times as many. */
  #outputChunk(count: number, growth: number): void {
    const chunk = this.#chunk;
    const uppercase = (this.#termios.output & OLCUC) !== 0;
    let at = 0;
    while (at < count) {
      // Most of what programs print is plain text, which goes as it is.
      let end = at;
      let columns = 0;
      while (end < count) {
        const c = chunk[end] ?? 0;
        if (uppercase || isControl(c)) break;
        if (!isContinuation(this.#termios, c)) columns++;
        end++;
      }
      if (end > at) {
        this.#emitRun(at, end);
        this.#column += columns;
        at = end;
      } else {
        this.#outputByte(chunk[at++] ?? 0, growth);
      }
    }
  }

  #emitRun(from: number, to: number): void {
    if (this.#pendingLength + to - from > this.#pending.length) this.#flushPending();
    this.#pending.set(this.#chunk.subarray(from, to), this.#pendingLength);
    this.#pendingLength += to - from;
  }

  /** A program's write: bytes taken, -EAGAIN when there is no room, -EFAULT when the source gave nothing. */
  write(source: ByteSource): number {
    this.processEchoes();
    const processed = (this.#termios.output & OPOST) !== 0;
    // A byte may become two, a tab eight: only as many are taken as surely fit.
    const growth = !processed ? 1 : (this.#termios.output & TABDLY) === XTABS ? 8 : 2;
    let done = 0;
    while (source.remaining > 0) {
      const room = this.#room();
      const wanted = Math.min(source.remaining, Math.floor(room / growth), this.#chunk.length);
      if (wanted <= 0) break;
      const count = source.take(this.#chunk, 0, wanted);
      if (processed) {
        this.#outputChunk(count, growth);
        this.#flushPending();
      } else if (count > 0) {
        this.#output.put(this.#chunk, count);
      }
      done += count;
      if (count < wanted) return done > 0 ? done : -EFAULT;
    }
    return done > 0 || source.remaining === 0 ? done : -EAGAIN;
  }

  /** Whether a write would take anything now. */
  get writable(): boolean {
    return this.#room() >= 8;
  }

  /** The other side made room. */
  drained(): void {
    this.processEchoes();
    this.#writable();
  }

  /** Goes on after a stop, unless tcflow(3) made it. */
  start(): void {
    if (this.#flowStopped) return;
    this.#stopped = false;
    this.processEchoes();
    this.#writable();
  }

  /** tcflow(3): stops and starts output on a program's behalf. What was to be echoed waits for the next byte. */
  setFlowStopped(stopped: boolean): void {
    if (stopped === this.#flowStopped) return;
    this.#flowStopped = stopped;
    this.#stopped = stopped;
    if (!stopped) this.#writable();
  }

  /** Throws away output that the other side has not seen. */
  flush(): void {
    this.#echo.clear();
    this.#output.flush();
    this.#writable();
  }
}
