// Characters of assembly text: white space and comments, names, numbers, strings. (GNU as manual, "Syntax"; its RISC-V
// part says which characters begin a comment.)

import { bytesOfText } from "../source/byte-text.ts";
import type { Loc } from "../source/sources.ts";

/** What ends the reading of one statement; the parser's loop reports it and goes on with the next. */
export class StatementRefused extends Error {
  readonly loc: Loc;

  constructor(loc: Loc, message: string) {
    super(message);
    this.loc = loc;
  }
}

const NEWLINE = 10;
const QUOTE = 34;
const HASH = 35;
const STAR = 42;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letters, `_`, `.`, `$` and all that is not ASCII. */
function startsName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 46 ||
    code === 36 ||
    code >= 128
  );
}

function digitValue(code: number): number {
  if (isDigit(code)) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : 99;
}

const simpleEscapes = new Map([
  ["b", 8],
  ["t", 9],
  ["n", 10],
  ["f", 12],
  ["r", 13],
]);

export class Scanner {
  readonly text: string;
  at = 0;
  readonly #base: Loc;
  /** Of text that a macro made: all of it is where the macro was called. */
  readonly #everywhere: Loc | undefined;

  constructor(text: string, base: Loc, everywhere?: Loc) {
    this.text = text;
    this.#base = base;
    this.#everywhere = everywhere;
  }

  loc(at = this.at): Loc {
    return this.#everywhere ?? (this.#base === 0 ? 0 : this.#base + at);
  }

  refuse(message: string, at = this.at): never {
    throw new StatementRefused(this.loc(at), message);
  }

  /** The present character's code, NaN at the end. */
  peek(): number {
    return this.text.charCodeAt(this.at);
  }

  /** Over blanks and comments, but not over the end of a line that no comment contains. */
  skipBlanks(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 32 || code === 9 || code === 13 || code === 12) this.at++;
      else if (code === SLASH && text.charCodeAt(this.at + 1) === STAR) {
        const end = text.indexOf("*/", this.at + 2);
        if (end < 0) {
          const from = this.at;
          this.at = text.length;
          this.refuse("comment does not end", from);
        }
        this.at = end + 2;
      } else if (code === HASH || (code === SLASH && text.charCodeAt(this.at + 1) === SLASH)) {
        const end = text.indexOf("\n", this.at);
        this.at = end < 0 ? text.length : end;
      } else return;
    }
  }

  /** Whether a statement ends here, after blanks. */
  atEnd(): boolean {
    this.skipBlanks();
    const code = this.peek();
    return code === NEWLINE || code === SEMICOLON || Number.isNaN(code);
  }

  /** To behind the end of this statement, whatever is left of it. Strings may contain what otherwise ends it. */
  skipStatement(): void {
    const { text } = this;
    for (;;) {
      this.skipBlanks();
      const code = text.charCodeAt(this.at);
      if (Number.isNaN(code)) return;
      this.at++;
      if (code === NEWLINE || code === SEMICOLON) return;
      if (code === QUOTE) {
        for (let c = this.peek(); !Number.isNaN(c) && c !== QUOTE && c !== NEWLINE; c = this.peek())
          this.at += c === BACKSLASH ? 2 : 1;
        if (this.peek() === QUOTE) this.at++;
      }
    }
  }

  /** Takes this character, after blanks, if it comes next. */
  take(character: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  expect(character: string): void {
    if (!this.take(character)) this.refuse(`expected '${character}'`);
  }

  /** A name, or "" when none begins here. */
  name(): string {
    const from = this.at;
    if (!startsName(this.peek())) return "";
    this.at++;
    for (let code = this.peek(); startsName(code) || isDigit(code); code = this.peek()) this.at++;
    return this.text.slice(from, this.at);
  }

  /** A name, or a string that is one. */
  symbol(what = "a symbol"): string {
    this.skipBlanks();
    if (this.peek() === QUOTE) return new TextDecoder().decode(this.string());
    const name = this.name();
    if (name === "") this.refuse(`expected ${what}`);
    return name;
  }

  atDigit(): boolean {
    return isDigit(this.peek());
  }

  /** A number, or the text of a reference to a local label: `1f`. The present character is a digit. */
  number(): bigint | string {
    const { text } = this;
    const from = this.at;
    let radix = 10;
    const second = (text.charCodeAt(from + 1) || 0) | 32;
    if (text[from] === "0" && second === 120) radix = 16;
    else if (text[from] === "0" && second === 98 && digitValue(text.charCodeAt(from + 2)) < 2) {
      radix = 2;
    }
    if (radix !== 10) this.at += 2;
    const digits = this.at;
    while (digitValue(this.peek()) < radix) this.at++;
    const length = this.at - digits;
    if (length === 0) this.refuse("a number needs digits", from);
    if (radix === 10) {
      const suffix = text[this.at];
      const after = text.charCodeAt(this.at + 1);
      if ((suffix === "f" || suffix === "b") && !startsName(after) && !isDigit(after)) {
        this.at++;
        return text.slice(from, this.at);
      }
      if (text[from] === "0" && length > 1) radix = 8;
    }
    if (startsName(this.peek())) {
      this.refuse(
        text[this.at] === "." ? "floating-point constants are not supported yet" : "invalid number",
        from,
      );
    }
    // Longer ones cannot be below 2^64 but for leading zeros; the bound keeps the conversion short.
    if (length > 80) this.refuse("number does not fit into 64 bits", from);
    const shown = text.slice(digits, this.at);
    if (radix === 8 && /[89]/.test(shown)) this.refuse("invalid digit in an octal number", from);
    const prefix = radix === 16 ? "0x" : radix === 2 ? "0b" : radix === 8 ? "0o" : "";
    const value = BigInt(prefix + shown);
    if (value >= 1n << 64n) this.refuse("number does not fit into 64 bits", from);
    return value;
  }

  /** The bytes of a string in quotes. */
  string(): Uint8Array {
    this.skipBlanks();
    const from = this.at;
    if (this.peek() !== QUOTE) this.refuse("expected a string");
    this.at++;
    const bytes: number[] = [];
    for (;;) {
      const code = this.text.codePointAt(this.at) ?? NEWLINE;
      if (code === NEWLINE) this.refuse("string does not end on its line", from);
      if (code === QUOTE) break;
      if (code === BACKSLASH) bytes.push(this.#escape());
      else if (code < 128) {
        bytes.push(code);
        this.at++;
      } else {
        const character = String.fromCodePoint(code);
        for (const byte of bytesOfText(character)) bytes.push(byte);
        this.at += character.length;
      }
    }
    this.at++;
    return Uint8Array.from(bytes);
  }

  /** A character constant: 'a' or, as older assemblers had it, 'a. */
  character(): bigint {
    this.at++;
    let code = this.peek();
    if (code === BACKSLASH) code = this.#escape();
    else if (Number.isNaN(code) || code === NEWLINE) this.refuse("expected a character");
    else this.at++;
    if (this.text[this.at] === "'") this.at++;
    return BigInt(code);
  }

  /** The byte that a backslash and what follows it mean. */
  #escape(): number {
    this.at++;
    const character = this.text[this.at] ?? "\n";
    if (character === "\n") this.refuse("expected a character after '\\'");
    const simple = simpleEscapes.get(character);
    if (simple !== undefined) {
      this.at++;
      return simple;
    }
    if (character === "x" || character === "X") {
      this.at++;
      let value = 0;
      for (let d = digitValue(this.peek()); d < 16; d = digitValue(this.peek())) {
        value = (value * 16 + d) & 255;
        this.at++;
      }
      return value;
    }
    let value = 0;
    let digits = 0;
    for (let d = digitValue(this.peek()); d < 8 && digits < 3; d = digitValue(this.peek())) {
      value = value * 8 + d;
      digits++;
      this.at++;
    }
    if (digits > 0) return value & 255;
    this.at++;
    return character.charCodeAt(0) & 255;
  }
}
