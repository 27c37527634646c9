// The line discipline: what happens to bytes between the keyboard and a program's read, and between its write and the
// screen. It edits lines (erase, word erase, kill, reprint, literal next), echoes, turns control characters into
// signals, stops and starts output and translates newlines, exactly as Linux's N_TTY does; the table in
// line-discipline-recorded.ts was recorded on a real pty. It knows nothing of files and processes.
// Specification: termios(3), "Canonical and noncanonical mode"; POSIX.1-2017 chapter 11.
//
//   typed   a b c DEL d \n                  read buffer, 4096 bytes, positions never wrap (index & 4095 is the place)
//                                            tail          canonHead        head
//   echo    a b c \b \b d \r\n                |  a b d \n    |  e f          |
//                                             +-- a line ----+-- being edited +

import { EAGAIN, EFAULT } from "../abi/errno.ts";
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
  IUTF8,
  IXANY,
  IXON,
  NOFLSH,
  OCRNL,
  OLCUC,
  ONLCR,
  ONLRET,
  ONOCR,
  OPOST,
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
import type { ByteSink, ByteSource } from "../lib/io.ts";
import {
  ECHO_CONTROL,
  ECHO_ERASE_TAB,
  ECHO_MOVE_BACK,
  ECHO_SET_COLUMN,
  EchoBuffer,
} from "./echo-buffer.ts";
import { Termios } from "./termios.ts";

const SIZE = 4096;
const MASK = SIZE - 1;
/** Stands in the buffer where VEOF was typed; ends a line without being part of it. */
const EOF_MARK = 0;
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

/** What the discipline tells the terminal it belongs to. */
export interface DisciplineEvents {
  /** A signal character was typed. */
  signal(signo: number): void;
  /** There may be something to read. */
  readable(): void;
  /** Output may go on. */
  writable(): void;
}

function isControl(byte: number): boolean {
  return byte < 32 || byte === 127;
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
  readonly #output: TtyOutput;
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

  // Output.
  readonly #echo = new EchoBuffer();
  /** Where the cursor is, and where the line being edited began. */
  #column = 0;
  #canonColumn = 0;
  /** No output until somebody starts it again; `flowStopped`: tcflow(TCOOFF) did it, and only TCOON ends it. */
  #stopped = false;
  #flowStopped = false;
  readonly #pending = new Uint8Array(8192);
  #pendingLength = 0;
  readonly #chunk = new Uint8Array(4096);

  constructor(output: TtyOutput, events: DisciplineEvents) {
    this.#output = output;
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
    if (!this.#input(IXON) && hadFlow) this.#start();
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
      this.#processEchoes();
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
    if (this.#stopped && !this.#flowStopped && this.#input(IXON) && this.#input(IXANY)) {
      this.#start();
    }
  }

  #receivePlain(c: number): void {
    this.#restartOnAny();
    if (this.#local(ECHO)) {
      this.#finishErasing();
      if (this.#canonHead === this.#head) this.#echo.push(ECHO_SET_COLUMN);
      this.#echoByte(c);
    }
    this.#storeMarked(c);
  }

  #receiveSpecial(typed: number): void {
    const { termios } = this;
    let c = typed;
    if (this.#input(IXON)) {
      if (c === termios.character(VSTART)) {
        this.#start();
        return;
      }
      if (c === termios.character(VSTOP)) {
        this.#stopped = true;
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
        this.#echo.push(NL);
      } else {
        if (this.#canonHead === this.#head) this.#echo.push(ECHO_SET_COLUMN);
        this.#echoByte(c);
      }
    }
    this.#storeMarked(c);
  }

  #receiveSignal(signo: number, c: number): void {
    if (!this.#local(NOFLSH)) {
      this.#echo.clear();
      this.#pendingLength = 0;
      this.#output.flush();
      this.flushInput();
    }
    this.#events.signal(signo);
    if (this.#input(IXON)) this.#start();
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
          this.#echo.push(0x5e);
          this.#echo.push(BS);
        }
      }
      return true;
    }
    if (c === termios.character(VREPRINT) && this.#local(ECHO) && extended) {
      this.#finishErasing();
      this.#echoByte(c);
      this.#echo.push(NL);
      for (let at = this.#canonHead; at !== this.#head; at++) this.#echoByte(this.#at(at));
      return true;
    }
    if (c === NL) {
      if (this.#local(ECHO | ECHONL)) this.#echo.push(NL);
      this.#endLine(NL);
      return true;
    }
    if (c === termios.character(VEOF)) {
      this.#endLine(EOF_MARK);
      return true;
    }
    if (c === termios.character(VEOL) || (c === termios.character(VEOL2) && extended)) {
      if (this.#local(ECHO)) {
        if (this.#canonHead === this.#head) this.#echo.push(ECHO_SET_COLUMN);
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

  #isContinuation(c: number): boolean {
    return this.#input(IUTF8) && (c & 0xc0) === 0x80;
  }

  // Erasing.

  #finishErasing(): void {
    if (!this.#erasing) return;
    this.#echo.push(0x2f);
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
        if (this.#local(ECHOK)) this.#echo.push(NL);
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
      } while (this.#isContinuation(c) && start !== this.#canonHead);
      if (this.#isContinuation(c)) break;
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
        this.#echo.push(0x5c);
        this.#erasing = true;
      }
      this.#echoByte(c);
      for (let at = 1; at < bytes; at++) {
        this.#echo.push(this.#at(start + at));
        this.#echo.push(ECHO_MOVE_BACK);
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
    this.#echo.push(BS);
    this.#echo.push(SPACE);
    this.#echo.push(BS);
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
      } else if (!this.#isContinuation(c)) {
        columns++;
      }
    }
    this.#echo.push(ECHO_ERASE_TAB | (columns & 7) | afterTab);
  }

  // Echo.

  #echoByte(c: number): void {
    const caret = this.#local(ECHOCTL) && isControl(c) && c !== TAB;
    this.#echo.push(caret ? ECHO_CONTROL | c : c);
  }

  #room(): number {
    return this.#stopped ? 0 : this.#output.room() - this.#pendingLength;
  }

  #emit(c: number): void {
    if (this.#pendingLength === this.#pending.length) this.#flushPending();
    this.#pending[this.#pendingLength++] = c;
  }

  #flushPending(): void {
    if (this.#pendingLength === 0) return;
    this.#output.put(this.#pending, this.#pendingLength);
    this.#pendingLength = 0;
  }

  #processEchoes(): void {
    const echo = this.#echo;
    while (!echo.empty) {
      const entry = echo.peek();
      const operand = entry & 0xff;
      const room = this.#room();
      switch (entry & ~0xff) {
        case ECHO_CONTROL:
          if (room < 2) return this.#flushPending();
          this.#emit(0x5e);
          this.#emit(operand ^ 0x40);
          this.#column += 2;
          break;
        case ECHO_ERASE_TAB: {
          const columns = (operand & 0x80) !== 0 ? operand : operand + this.#canonColumn;
          const back = 8 - (columns & 7);
          if (room < back) return this.#flushPending();
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
          if ((this.termios.output & OPOST) !== 0) {
            if (!this.#outputByte(operand, room)) return this.#flushPending();
          } else {
            if (room < 1) return this.#flushPending();
            this.#emit(operand);
          }
      }
      echo.shift();
    }
    this.#flushPending();
  }

  // Output.

  /** Puts out one byte with output processing. False when there is no room for it. */
  #outputByte(byte: number, room: number): boolean {
    const flags = this.termios.output;
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
          if (!this.#isContinuation(c)) this.#column++;
        }
    }
    this.#emit(c);
    return true;
  }

  /** A program's write: bytes taken, -EAGAIN when there is no room, -EFAULT when the source gave nothing. */
  write(source: ByteSource): number {
    this.#processEchoes();
    const processed = (this.termios.output & OPOST) !== 0;
    // A byte may become two, a tab eight: only as many are taken as surely fit.
    const growth = !processed ? 1 : (this.termios.output & TABDLY) === XTABS ? 8 : 2;
    let done = 0;
    while (source.remaining > 0) {
      const room = this.#room();
      const wanted = Math.min(source.remaining, Math.floor(room / growth), this.#chunk.length);
      if (wanted <= 0) break;
      const count = source.take(this.#chunk, 0, wanted);
      if (processed) {
        for (let at = 0; at < count; at++) this.#outputByte(this.#chunk[at] ?? 0, growth);
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
  outputDrained(): void {
    this.#processEchoes();
    this.#events.writable();
  }

  #start(): void {
    if (this.#flowStopped) return;
    this.#stopped = false;
    this.#processEchoes();
    this.#events.writable();
  }

  /** tcflow(3): stops and starts output on a program's behalf. What was to be echoed waits for the next byte. */
  setFlowStopped(stopped: boolean): void {
    if (stopped === this.#flowStopped) return;
    this.#flowStopped = stopped;
    this.#stopped = stopped;
    if (!stopped) this.#events.writable();
  }

  /** Throws away output that the other side has not seen. */
  flushOutput(): void {
    this.#echo.clear();
    this.#output.flush();
    this.#events.writable();
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
