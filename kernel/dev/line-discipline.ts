// The line discipline: what happens to bytes between the keyboard and a program's read, and between its write and the
// screen. It edits lines (erase, word erase, kill, reprint, literal next), echoes, turns control characters into
// signals, stops and starts output and translates newlines, exactly as Linux's N_TTY does; the table in
// line-discipline-recorded.json was recorded on a real pty. It knows nothing of files and processes.
// One file, although long: every part reads and moves the same three positions of one buffer.
// Specification: termios(3), "Canonical and noncanonical mode"; POSIX.1-2017 chapter 11.
//
//   typed   a b c DEL d \n                  read buffer, 4096 bytes, positions never wrap (index & 4095 is the place)
//                                            tail          canonHead        head
//   echo    a b c \b \b d \r\n                |  a b d \n    |  e f          |
//                                             +-- a line ----+-- being edited +

import { EFAULT } from "../abi/errno.ts";
import { SIGINT, SIGQUIT, SIGTSTP } from "../abi/signal.ts";
import {
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ECHONL,
  ECHOPRT,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  INLCR,
  ISIG,
  ISTRIP,
  IUCLC,
  IXANY,
  IXON,
  NOFLSH,
  PARMRK,
  VEOF,
  VEOL,
  VEOL2,
  VERASE,
  VINTR,
  VKILL,
  VLNEXT,
  VMIN,
  VQUIT,
  VREPRINT,
  VSTART,
  VSTOP,
  VSUSP,
  VTIME,
  VWERASE,
} from "../abi/termios.ts";
import type { ByteSink } from "../lib/io.ts";
import { ECHO_CONTROL, ECHO_ERASE_TAB, ECHO_MOVE_BACK, ECHO_SET_COLUMN } from "./echo-buffer.ts";
import { isContinuation, isControl, OutputProcessor, type TtyOutput } from "./output-processor.ts";
import { Termios } from "./termios.ts";

const SIZE = 4096;
const MASK = SIZE - 1;
/** Stands in the buffer where VEOF was typed; ends a line without being part of it. */
const EOF_MARK = 0;
const BS = 8;
const TAB = 9;
const NL = 10;
const CR = 13;
const SPACE = 32;

/** What the discipline tells the terminal it belongs to. */
export interface DisciplineEvents {
  /** A signal character was typed. */
  signal(signo: number): void;
  /** There may be something to read. */
  readable(): void;
  /** Output may go on. */
  writable(): void;
}

/** Letters and digits of Latin-1, as the kernel's ctype table has them. */
function isAlphanumeric(byte: number): boolean {
  return (
    (byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 97 && byte <= 122) ||
    (byte >= 192 && byte !== 215 && byte !== 247)
  );
}

export class LineDiscipline {
  /** Changed through `setTermios` only. */
  readonly termios = new Termios();
  readonly #events: DisciplineEvents;

  // Input. tail <= canonHead <= head, head - tail <= 4096; in raw mode everything up to head can be read.
  readonly #buffer = new Uint8Array(SIZE);
  /** 1 at places that end a line. */
  readonly #lineEnds = new Uint8Array(SIZE);
  #head = 0;
  #tail = 0;
  #canonHead = 0;
  /** The next byte is taken literally (VLNEXT). */
  #literal = false;
  /** Between the \ and the / of ECHOPRT. */
  #erasing = false;
  /** Bytes that mean something, recomputed when the settings change. */
  readonly #special = new Uint8Array(256);
  #raw = false;

  /** The way out, of what programs print and of what is echoed. */
  readonly output: OutputProcessor;

  constructor(output: TtyOutput, events: DisciplineEvents) {
    this.output = new OutputProcessor(this.termios, output, () => events.writable());
    this.#events = events;
    this.#computeSpecial();
  }

  #input(flag: number): boolean {
    return (this.termios.input & flag) !== 0;
  }

  #local(flag: number): boolean {
    return (this.termios.local & flag) !== 0;
  }

  get canonical(): boolean {
    return this.#local(ICANON);
  }

  // Settings.

  setTermios(next: Termios): void {
    const { termios } = this;
    const changed = termios.local ^ next.local;
    const hadFlow = this.#input(IXON);
    termios.assign(next);
    if ((changed & ICANON) !== 0) {
      this.#lineEnds.fill(0);
      if (!this.canonical || this.#head === this.#tail) {
        this.#canonHead = this.#tail;
      } else {
        // What came in before the switch is a line of its own.
        this.#lineEnds[(this.#head - 1) & MASK] = 1;
        this.#canonHead = this.#head;
      }
      this.#erasing = false;
      this.#literal = false;
    }
    this.#computeSpecial();
    if (!this.#input(IXON) && hadFlow) this.output.start();
    this.#events.writable();
    this.#events.readable();
  }

  #computeSpecial(): void {
    const { termios } = this;
    const special = this.#special;
    special.fill(0);
    const mark = (index: number): void => {
      special[termios.character(index)] = 1;
    };
    if (this.#input(IGNCR | ICRNL)) special[CR] = 1;
    if (this.#input(INLCR)) special[NL] = 1;
    if (this.canonical) {
      for (const index of [VERASE, VKILL, VEOF, VEOL]) mark(index);
      special[NL] = 1;
      if (this.#local(IEXTEN)) {
        for (const index of [VWERASE, VLNEXT, VEOL2]) mark(index);
        if (this.#local(ECHO)) mark(VREPRINT);
      }
    }
    if (this.#input(IXON)) {
      mark(VSTART);
      mark(VSTOP);
    }
    if (this.#local(ISIG)) for (const index of [VINTR, VQUIT, VSUSP]) mark(index);
    special[0] = 0;
    this.#raw =
      !this.#input(ISTRIP | IUCLC | IGNCR | ICRNL | INLCR | IXON | PARMRK) &&
      !this.#local(ICANON | ISIG | ECHO);
  }

  // Input from the other side.

  /** Takes typed bytes and returns how many; fewer when the buffer is full of unread input. */
  receive(bytes: Uint8Array, from = 0, to = bytes.length): number {
    let at = from;
    while (at < to) {
      let room = SIZE - (this.#head - this.#tail);
      if (this.#input(PARMRK)) room = Math.ceil(room / 3);
      room--;
      if (room <= 0) {
        // A line longer than the buffer: its last byte is overwritten, so that erase and newline still get through.
        const overflow = this.canonical && this.#canonHead === this.#tail;
        if (!overflow) break;
        if (room < 0) this.#head--;
        room = 1;
      }
      const count = Math.min(room, to - at);
      this.#receiveSome(bytes, at, at + count);
      at += count;
    }
    return at - from;
  }

  #receiveSome(bytes: Uint8Array, from: number, to: number): void {
    if (this.#raw) {
      for (let at = from; at < to; at++) this.#store(bytes[at] ?? 0);
    } else {
      for (let at = from; at < to; at++) this.#receiveByte(bytes[at] ?? 0);
      this.output.processEchoes();
    }
    if (!this.canonical && this.#head !== this.#tail) this.#events.readable();
  }

  #receiveByte(byte: number): void {
    let c = byte;
    if (this.#input(ISTRIP)) c &= 0x7f;
    if (this.#input(IUCLC) && this.#local(IEXTEN) && c >= 65 && c <= 90) c += 32;
    if (this.#literal) {
      this.#literal = false;
      this.#receivePlain(c);
    } else if (this.#special[c] === 1) {
      this.#receiveSpecial(c);
    } else {
      this.#receivePlain(c);
    }
  }

  #store(c: number): void {
    this.#buffer[this.#head & MASK] = c;
    this.#head++;
  }

  /** Stores a data byte; PARMRK marks 0xff by doubling it. */
  #storeMarked(c: number): void {
    if (c === 0xff && this.#input(PARMRK)) this.#store(c);
    this.#store(c);
  }

  #restartOnAny(): void {
    if (this.output.stoppedByKey && this.#input(IXON) && this.#input(IXANY)) {
      this.output.start();
    }
  }

  #receivePlain(c: number): void {
    this.#restartOnAny();
    if (this.#local(ECHO)) {
      this.#finishErasing();
      if (this.#canonHead === this.#head) this.output.echo(ECHO_SET_COLUMN);
      this.#echoByte(c);
    }
    this.#storeMarked(c);
  }

  #receiveSpecial(typed: number): void {
    const { termios } = this;
    let c = typed;
    if (this.#input(IXON)) {
      if (c === termios.character(VSTART)) {
        this.output.start();
        return;
      }
      if (c === termios.character(VSTOP)) {
        this.output.stop();
        return;
      }
    }
    if (this.#local(ISIG)) {
      const signo =
        c === termios.character(VINTR)
          ? SIGINT
          : c === termios.character(VQUIT)
            ? SIGQUIT
            : c === termios.character(VSUSP)
              ? SIGTSTP
              : 0;
      if (signo !== 0) {
        this.#receiveSignal(signo, c);
        return;
      }
    }
    this.#restartOnAny();
    if (c === CR) {
      if (this.#input(IGNCR)) return;
      if (this.#input(ICRNL)) c = NL;
    } else if (c === NL && this.#input(INLCR)) {
      c = CR;
    }
    if (this.canonical && this.#receiveEditing(c)) return;
    if (this.#local(ECHO)) {
      this.#finishErasing();
      if (c === NL) {
        this.output.echo(NL);
      } else {
        if (this.#canonHead === this.#head) this.output.echo(ECHO_SET_COLUMN);
        this.#echoByte(c);
      }
    }
    this.#storeMarked(c);
  }

  #receiveSignal(signo: number, c: number): void {
    if (!this.#local(NOFLSH)) {
      this.output.discard();
      this.flushInput();
    }
    this.#events.signal(signo);
    if (this.#input(IXON)) this.output.start();
    if (this.#local(ECHO)) this.#echoByte(c);
  }

  /** The characters that edit or end a line. False when `c` is data after all. */
  #receiveEditing(c: number): boolean {
    const { termios } = this;
    const extended = this.#local(IEXTEN);
    if (
      c === termios.character(VERASE) ||
      c === termios.character(VKILL) ||
      (c === termios.character(VWERASE) && extended)
    ) {
      this.#erase(c);
      return true;
    }
    if (c === termios.character(VLNEXT) && extended) {
      this.#literal = true;
      if (this.#local(ECHO)) {
        this.#finishErasing();
        if (this.#local(ECHOCTL)) {
          this.output.echo(0x5e);
          this.output.echo(BS);
        }
      }
      return true;
    }
    if (c === termios.character(VREPRINT) && this.#local(ECHO) && extended) {
      this.#finishErasing();
      this.#echoByte(c);
      this.output.echo(NL);
      for (let at = this.#canonHead; at !== this.#head; at++) this.#echoByte(this.#at(at));
      return true;
    }
    if (c === NL) {
      if (this.#local(ECHO | ECHONL)) this.output.echo(NL);
      this.#endLine(NL);
      return true;
    }
    if (c === termios.character(VEOF)) {
      this.#endLine(EOF_MARK);
      return true;
    }
    if (c === termios.character(VEOL) || (c === termios.character(VEOL2) && extended)) {
      if (this.#local(ECHO)) {
        if (this.#canonHead === this.#head) this.output.echo(ECHO_SET_COLUMN);
        this.#echoByte(c);
      }
      if (c === 0xff && this.#input(PARMRK)) this.#store(c);
      this.#endLine(c);
      return true;
    }
    return false;
  }

  #endLine(last: number): void {
    this.#lineEnds[this.#head & MASK] = 1;
    this.#store(last);
    this.#canonHead = this.#head;
    this.#events.readable();
  }

  #at(position: number): number {
    return this.#buffer[position & MASK] ?? 0;
  }

  // Erasing.

  #finishErasing(): void {
    if (!this.#erasing) return;
    this.output.echo(0x2f);
    this.#erasing = false;
  }

  #erase(typed: number): void {
    if (this.#head === this.#canonHead) return;
    const { termios } = this;
    const kind =
      typed === termios.character(VERASE)
        ? "erase"
        : typed === termios.character(VWERASE)
          ? "word"
          : "kill";
    if (kind === "kill") {
      if (!this.#local(ECHO)) {
        this.#head = this.#canonHead;
        return;
      }
      if (!this.#local(ECHOK) || !this.#local(ECHOKE) || !this.#local(ECHOE)) {
        this.#head = this.#canonHead;
        this.#finishErasing();
        this.#echoByte(termios.character(VKILL));
        if (this.#local(ECHOK)) this.output.echo(NL);
        return;
      }
    }
    let inWord = false;
    while (this.#head !== this.#canonHead) {
      // One character, of several bytes when the terminal speaks UTF-8.
      let start = this.#head;
      let c: number;
      do {
        start--;
        c = this.#at(start);
      } while (isContinuation(this.termios, c) && start !== this.#canonHead);
      if (isContinuation(this.termios, c)) break;
      if (kind === "word") {
        if (isAlphanumeric(c) || c === 0x5f) inWord = true;
        else if (inWord) break;
      }
      const bytes = this.#head - start;
      this.#head = start;
      if (this.#local(ECHO)) this.#echoErased(c, start, bytes, kind === "erase");
      if (kind === "erase") break;
    }
    if (this.#head === this.#canonHead && this.#local(ECHO)) this.#finishErasing();
  }

  #echoErased(c: number, start: number, bytes: number, single: boolean): void {
    if (this.#local(ECHOPRT)) {
      if (!this.#erasing) {
        this.output.echo(0x5c);
        this.#erasing = true;
      }
      this.#echoByte(c);
      for (let at = 1; at < bytes; at++) {
        this.output.echo(this.#at(start + at));
        this.output.echo(ECHO_MOVE_BACK);
      }
    } else if (single && !this.#local(ECHOE)) {
      this.#echoByte(this.termios.character(VERASE));
    } else if (c === TAB) {
      this.#echoErasedTab();
    } else {
      const control = isControl(c);
      if (control && this.#local(ECHOCTL)) this.#echoRubOut();
      if (!control || this.#local(ECHOCTL)) this.#echoRubOut();
    }
  }

  #echoRubOut(): void {
    this.output.echo(BS);
    this.output.echo(SPACE);
    this.output.echo(BS);
  }

  /** A tab is as wide as what stands before it allows: count that back to the last tab or the line's start. */
  #echoErasedTab(): void {
    let columns = 0;
    let afterTab = 0;
    for (let at = this.#head; at !== this.#canonHead;) {
      at--;
      const c = this.#at(at);
      if (c === TAB) {
        afterTab = 0x80;
        break;
      }
      if (isControl(c)) {
        if (this.#local(ECHOCTL)) columns += 2;
      } else if (!isContinuation(this.termios, c)) {
        columns++;
      }
    }
    this.output.echo(ECHO_ERASE_TAB | (columns & 7) | afterTab);
  }

  // Echo.

  #echoByte(c: number): void {
    const caret = this.#local(ECHOCTL) && isControl(c) && c !== TAB;
    this.output.echo(caret ? ECHO_CONTROL | c : c);
  }

  // Reading.

  /** Bytes that a read could get, counting up to one line when lines are edited. */
  get available(): number {
    return (this.canonical ? this.#canonHead : this.#head) - this.#tail;
  }

  /** FIONREAD: marks of VEOF are not bytes. */
  get queued(): number {
    let count = this.available;
    if (!this.canonical) return count;
    for (let at = this.#tail; at !== this.#canonHead; at++) {
      if (this.#lineEnds[at & MASK] === 1 && this.#at(at) === EOF_MARK) count--;
    }
    return count;
  }

  /** poll(2): with VMIN and no VTIME, input counts once a read would not wait for more. */
  get pollable(): boolean {
    const { termios } = this;
    if (this.canonical) return this.available > 0;
    const enough = termios.character(VTIME) === 0 ? Math.max(1, termios.character(VMIN)) : 1;
    return this.available >= enough;
  }

  /** How many bytes a blocking read of `wanted` bytes waits for. */
  minimum(wanted: number): number {
    if (this.canonical) return 1;
    return Math.min(wanted, Math.max(1, this.termios.character(VMIN)));
  }

  /** Nanoseconds that a read without a single byte waits: VTIME when VMIN is 0, else for ever. */
  get firstByteTimeout(): number {
    if (this.canonical || this.termios.character(VMIN) > 0) return Infinity;
    return this.termios.character(VTIME) * 1e8;
  }

  /** Nanoseconds between bytes after which a read takes what it has: VTIME when VMIN is not 0. */
  get betweenBytesTimeout(): number {
    const time = this.termios.character(VTIME);
    if (this.canonical || time === 0 || this.termios.character(VMIN) === 0) return Infinity;
    return time * 1e8;
  }

  /** Takes what there is: a line or less when lines are edited. 0 is end of file if there was something to read. */
  read(sink: ByteSink): number {
    return this.canonical ? this.#readLine(sink) : this.#readRaw(sink);
  }

  #readRaw(sink: ByteSink): number {
    let done = 0;
    while (this.#tail !== this.#head && sink.remaining > 0) {
      const place = this.#tail & MASK;
      const run = Math.min(this.#head - this.#tail, SIZE - place, sink.remaining);
      const count = sink.put(this.#buffer, place, run);
      this.#tail += count;
      done += count;
      if (count < run) return done > 0 ? done : -EFAULT;
    }
    return done;
  }

  #readLine(sink: ByteSink): number {
    let end = this.#tail;
    const limit = Math.min(this.#canonHead, this.#tail + sink.remaining);
    while (end !== limit && this.#lineEnds[end & MASK] !== 1) end++;
    // `end` is at a line's end, or where the reader's room or the input stops.
    const found = end !== limit;
    const mark = found && this.#at(end) === EOF_MARK;
    const stop = found && !mark ? end + 1 : end;
    let done = 0;
    while (this.#tail !== stop) {
      const place = this.#tail & MASK;
      const run = Math.min(stop - this.#tail, SIZE - place);
      const count = sink.put(this.#buffer, place, run);
      this.#lineEnds.fill(0, place, place + count);
      this.#tail += count;
      done += count;
      if (count < run) return done > 0 ? done : -EFAULT;
    }
    // The mark is consumed with its line, even if the reader's room ended just before it.
    if (this.#tail !== this.#canonHead && this.#lineEnds[this.#tail & MASK] === 1) {
      if (this.#at(this.#tail) === EOF_MARK && (mark || sink.remaining === 0)) {
        this.#lineEnds[this.#tail & MASK] = 0;
        this.#tail++;
      }
    }
    return done;
  }

  flushInput(): void {
    this.#head = this.#tail = this.#canonHead = 0;
    this.#erasing = false;
    this.#lineEnds.fill(0);
  }
}
