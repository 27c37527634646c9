// The lexer: characters to preprocessing tokens (C11 6.4, translation phases 2 and 3; trigraphs are off as in GNU C). It reads
// on demand, by character codes, because what comes next depends on what the preprocessor finds: a directive's line, a header
// name, a group that is skipped.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc, SourceFile } from "../source/sources.ts";
import {
  IN_IDENTIFIER,
  STARTS_IDENTIFIER,
  allowedInIdentifier,
  hexDigit,
  isDigit,
} from "./characters.ts";
import { DIGRAPH, type PpToken, makeToken } from "./pp-token.ts";
import { digraphAt, punctuatorAt } from "./punctuator.ts";
import { joinLines } from "./splices.ts";
import { BROKEN } from "./token.ts";
import type { Token, TokenKind } from "./token.ts";
import { isClosedBelow, meantEnd } from "./unclosed.ts";

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const BACKSLASH = 92;

export interface HeaderName {
  readonly name: string;
  readonly angled: boolean;
  readonly loc: Loc;
  readonly end: Loc;
}

export class Lexer {
  readonly file: SourceFile;
  /** The line's end is answered by an "end" token until this is false again. */
  inDirective = false;
  /** What is wrong in a token is no error: the line is only shown or dropped. */
  quiet = false;
  readonly #text: string;
  readonly #diagnostics: Diagnostics | undefined;
  readonly #assembly: boolean;
  readonly #spliceAt: readonly number[];
  readonly #spliceRemoved: readonly number[];
  #splice = 0;
  /** What is to be added to an offset of the joined text at or behind the last splice passed. */
  #shift: number;
  #at = 0;
  #startsLine = true;
  /** The last string or character constant has no closing quote. */
  #isUnclosed = false;

  /** `assembly`: no digraphs, and quotes may be alone. */
  constructor(file: SourceFile, diagnostics: Diagnostics | undefined, assembly = false) {
    this.file = file;
    this.#diagnostics = diagnostics;
    this.#assembly = assembly;
    const joined = joinLines(file.text, file.base, diagnostics);
    this.#text = joined.text;
    this.#spliceAt = joined.at;
    this.#spliceRemoved = joined.removed;
    this.#shift = file.base;
    // A byte order mark is no part of the program.
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  next(): PpToken {
    const text = this.#text;
    const length = text.length;
    let at = this.#at;
    let spaced = false;
    for (; at < length;) {
      const code = text.charCodeAt(at);
      if (code > SPACE) {
        if (code !== SLASH) break;
        const after = text.charCodeAt(at + 1);
        if (after === SLASH) {
          const start = at;
          at = text.indexOf("\n", at);
          if (at < 0) at = length;
          if (this.#spliceAt.length > 0) this.#continuedComment(start, at);
        } else if (after === 42) {
          at = this.#behindComment(at);
        } else {
          break;
        }
        spaced = true;
      } else if (code === NEWLINE) {
        if (this.inDirective) break;
        at++;
        this.#startsLine = true;
        spaced = false;
      } else {
        if (code < TAB || (code > 13 && code < SPACE)) this.#controlCharacter(at, code);
        at++;
        spaced = true;
      }
    }
    const startsLine = this.#startsLine;
    if (at >= length || text.charCodeAt(at) === NEWLINE) {
      this.#at = at;
      return makeToken("end", "", this.#locOf(at), startsLine, spaced, undefined, 0);
    }
    this.#startsLine = false;
    return this.#token(at, startsLine, spaced);
  }

  #token(at: number, startsLine: boolean, spaced: boolean): PpToken {
    const text = this.#text;
    const loc = this.#locOf(at);
    const code = text.charCodeAt(at);
    let kind: TokenKind = "other";
    let spelled = "";
    let flags = 0;
    if (code < 128 && STARTS_IDENTIFIER[code] === 1) {
      kind = "identifier";
      const end = this.#identifierEnd(at + 1);
      const behind = text.charCodeAt(end);
      if (behind === BACKSLASH && this.#universal(end, false) > 0) {
        spelled = this.#identifierWithNames(at);
      } else if ((behind === QUOTE || behind === APOSTROPHE) && isPrefix(text, at, end, behind)) {
        kind = behind === QUOTE ? "string" : "character";
        spelled = this.#quoted(at, end, behind);
        if (spelled === "") kind = "other";
        else if (this.#isUnclosed) flags = BROKEN;
      } else {
        spelled = text.slice(at, end);
        this.#at = end;
      }
    } else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) {
      kind = "number";
      const end = this.#numberEnd(at + 1);
      spelled = text.slice(at, end);
      this.#at = end;
    } else if (code === QUOTE || code === APOSTROPHE) {
      kind = code === QUOTE ? "string" : "character";
      spelled = this.#quoted(at, at, code);
      if (spelled === "") kind = "other";
      else if (this.#isUnclosed) flags = BROKEN;
    } else {
      const digraph = this.#assembly ? "" : digraphAt(text, at);
      spelled = digraph === "" ? punctuatorAt(text, at) : digraph;
      if (spelled !== "") {
        kind = "punctuator";
        if (digraph !== "") flags = DIGRAPH;
        this.#at = at + (digraph === "" ? spelled.length : spelled.length * 2);
        // "[" and its like are one character for two; "##" two for four.
      } else if (
        (code >= 128 && this.#wide(at, true) > 0) ||
        (code === BACKSLASH && this.#universal(at, true) > 0)
      ) {
        kind = "identifier";
        spelled = this.#identifierWithNames(at);
      }
    }
    if (kind === "other") {
      // A quote alone, or a character that C does not know; a whole code point of it.
      const point = text.codePointAt(at) ?? 0;
      spelled = text.slice(at, at + (point > 0xffff ? 2 : 1));
      this.#at = at + spelled.length;
    }
    return makeToken(kind, spelled, loc, startsLine, spaced, undefined, flags);
  }

  /** The place in the file of an offset in the joined text, which must not lie before that of the last call. */
  #locOf(at: number): Loc {
    while (this.#splice < this.#spliceAt.length && (this.#spliceAt[this.#splice] ?? 0) <= at) {
      this.#shift = this.file.base + (this.#spliceRemoved[this.#splice++] ?? 0);
    }
    return at + this.#shift;
  }

  /** The place of an offset further on, without going there. */
  #locAhead(at: number): Loc {
    let splice = this.#splice;
    let shift = this.#shift;
    while (splice < this.#spliceAt.length && (this.#spliceAt[splice] ?? 0) <= at) {
      shift = this.file.base + (this.#spliceRemoved[splice++] ?? 0);
    }
    return at + shift;
  }

  #behindComment(at: number): number {
    const end = this.#text.indexOf("*/", at + 2);
    if (end >= 0) {
      if (!this.quiet && this.#text.slice(at + 2, end).includes("/*")) this.#commentWithin(at, end);
      return end + 2;
    }
    const loc = this.#locAhead(at);
    this.#diagnostics?.error(loc, "comment is never closed", { end: loc + 2 });
    if (this.#diagnostics !== undefined) this.#diagnostics.isCut = true;
    return this.#text.length;
  }

  /** A comment ends at the first end that there is, whatever began in it. */
  #commentWithin(at: number, end: number): void {
    const loc = this.#locAhead(this.#text.slice(0, end).lastIndexOf("/*"));
    this.#diagnostics?.warning("comment", loc, "'/*' within a comment", {
      end: loc + 2,
      notes: [{ loc: this.#locAhead(at), message: "the comment begins here" }],
    });
  }

  /** A backslash at the end of a line comment takes the next line along. */
  #continuedComment(at: number, end: number): void {
    if (this.quiet || !this.#spliceAt.some((splice) => splice > at && splice < end)) return;
    const loc = this.#locAhead(at);
    this.#diagnostics?.warning(
      "comment",
      loc,
      "this comment goes on in the next line: a backslash ends its line",
      { end: loc + 2 },
    );
  }

  #controlCharacter(at: number, code: number): void {
    if (this.quiet) return;
    const what = code === 0 ? "null character" : `control character U+${hex(code)}`;
    this.#diagnostics?.warning("null-character", this.#locAhead(at), `${what} ignored`);
  }

  #identifierEnd(at: number): number {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code < 128) {
        if (IN_IDENTIFIER[code] !== 1) return at;
        at++;
      } else {
        // Behind the text's end the code is NaN, which is not less than 128 either.
        const wide = code >= 128 ? this.#wide(at, false) : 0;
        if (wide === 0) return at;
        at += wide;
      }
    }
  }

  #numberEnd(at: number): number {
    const text = this.#text;
    for (;;) {
      at = this.#identifierEnd(at);
      const code = text.charCodeAt(at);
      if (code === 46) {
        at++;
        continue;
      }
      const before = text.charCodeAt(at - 1) | 32;
      // The sign of an exponent: e+, p-
      if ((code === 43 || code === 45) && (before === 101 || before === 112)) {
        at++;
        continue;
      }
      const universal = code === BACKSLASH ? this.#universal(at, false) : 0;
      if (universal === 0) return at;
      at += universal;
    }
  }

  /** How many UTF-16 units of a character beyond ASCII may stand here in an identifier; 0: it may not. */
  #wide(at: number, first: boolean): number {
    const point = this.#text.codePointAt(at) ?? 0;
    if (!allowedInIdentifier(point, first)) return 0;
    return point > 0xffff ? 2 : 1;
  }

  /** How long the universal character name is that stands here and may be in an identifier (6.4.3); 0: there is none. */
  #universal(at: number, first: boolean): number {
    const letter = this.#text.charCodeAt(at + 1);
    const digits = letter === 117 ? 4 : letter === 85 ? 8 : 0;
    if (digits === 0) return 0;
    let point = 0;
    for (let i = 0; i < digits; i++) {
      const digit = hexDigit(this.#text.charCodeAt(at + 2 + i));
      if (digit < 0) return 0;
      point = point * 16 + digit;
    }
    return point >= 128 && allowedInIdentifier(point, first) ? digits + 2 : 0;
  }

  /** An identifier with universal character names: as if the characters themselves stood there. */
  #identifierWithNames(at: number): string {
    const pieces: string[] = [];
    for (let first = true; ; first = false) {
      const length = this.#text.charCodeAt(at) === BACKSLASH ? this.#universal(at, first) : 0;
      if (length > 0) {
        pieces.push(String.fromCodePoint(parseInt(this.#text.slice(at + 2, at + length), 16)));
        at += length;
        continue;
      }
      const end = this.#identifierEnd(at);
      if (end === at) break;
      pieces.push(this.#text.slice(at, end));
      at = end;
    }
    this.#at = at;
    return pieces.join("");
  }

  /** A string or character constant with its prefix; empty if it has no end and that is no error here. */
  #quoted(from: number, at: number, quote: number): string {
    const text = this.#text;
    this.#isUnclosed = false;
    const opening = at;
    for (at++; ; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) break;
      if (code === BACKSLASH) {
        at++;
        if (text.charCodeAt(at) !== NEWLINE) continue;
      }
      if (code === NEWLINE || at >= text.length || code === BACKSLASH) {
        return this.#unclosed(from, opening + 1, Math.min(at, text.length), quote);
      }
    }
    this.#at = at + 1;
    return text.slice(from, at + 1);
  }

  #unclosed(from: number, first: number, lineEnd: number, quote: number): string {
    if (this.quiet || this.#assembly) return "";
    const text = this.#text;
    const character = String.fromCharCode(quote);
    const end = meantEnd(text, first, lineEnd, quote);
    const isBelow = isClosedBelow(text, lineEnd, end);
    const loc = this.#locOf(from);
    const fixAt = this.#locAhead(end);
    this.#isUnclosed = true;
    this.#at = isBelow ? end + 1 : end;
    this.#diagnostics?.error(
      loc,
      isBelow
        ? 'missing terminating " character: a string ends on its line; write \\n for a new line and begin another string below'
        : `missing terminating ${character} character`,
      {
        end: this.#locAhead(Math.max(Math.min(end, lineEnd), first)),
        ...(isBelow || end === first ? {} : { fix: { from: fixAt, to: fixAt, text: character } }),
      },
    );
    // As if it had been closed, so that what follows is not a riddle. A backslash would take the quote away.
    let closed = text.slice(from, Math.min(end, lineEnd));
    while (closed.endsWith("\\") || closed.endsWith("\r")) closed = closed.slice(0, -1);
    return closed + character;
  }

  /** Reads the # again that began a line. */
  unreadHash(hash: PpToken): void {
    this.#at = hash.loc - this.#shift;
    this.#startsLine = true;
  }

  /** Whether the next character is "(" : what makes a macro function-like. */
  atParenthesis(): boolean {
    return this.#text.charCodeAt(this.#at) === 40;
  }

  /** <name> or "name" (6.4.7), if one begins here. */
  headerName(): HeaderName | undefined {
    const text = this.#text;
    let at = this.#at;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === TAB) at++;
      else if (code === SLASH && text.charCodeAt(at + 1) === 42) at = this.#behindComment(at);
      else break;
    }
    const angled = text.charCodeAt(at) === 60;
    if (!angled && text.charCodeAt(at) !== QUOTE) return undefined;
    const end = text.indexOf(angled ? ">" : '"', at + 1);
    let line = text.indexOf("\n", at);
    if (line < 0) line = text.length;
    if (end < 0 || end > line) return undefined;
    const loc = this.#locOf(at);
    this.#at = end + 1;
    return { name: text.slice(at + 1, end), angled, loc, end: this.#locAhead(end + 1) };
  }

  /** Goes on to the next line that begins with #, behind the #; undefined: there is none. */
  skipToHash(): Loc | undefined {
    const text = this.#text;
    const length = text.length;
    let at = this.#at;
    let first = this.#startsLine;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) {
        first = true;
        at++;
      } else if (code <= SPACE) {
        at++;
      } else if (code === SLASH && text.charCodeAt(at + 1) === SLASH) {
        at = text.indexOf("\n", at);
        if (at < 0) break;
      } else if (code === SLASH && text.charCodeAt(at + 1) === 42) {
        at = this.#behindComment(at);
      } else if (first && (code === 35 || (code === 37 && text.charCodeAt(at + 1) === 58))) {
        this.#at = at + (code === 35 ? 1 : 2);
        this.#startsLine = false;
        return this.#locOf(at);
      } else {
        first = false;
        at = code === QUOTE || code === APOSTROPHE ? behindQuoted(text, at, code) : at + 1;
      }
    }
    this.#at = length;
    return undefined;
  }

  /** Drops what is left of a line. A comment that begins on it may take more lines along. */
  skipLine(): void {
    const text = this.#text;
    let at = this.#at;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) break;
      if (code === SLASH && text.charCodeAt(at + 1) === 42) at = this.#behindComment(at);
      else if (code === SLASH && text.charCodeAt(at + 1) === SLASH) {
        at = text.indexOf("\n", at);
        if (at < 0) at = text.length;
      } else at = code === QUOTE || code === APOSTROPHE ? behindQuoted(text, at, code) : at + 1;
    }
    this.#at = at;
  }

  /** Whether everything has been read. */
  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }
}

/** Behind a quoted piece in text that nobody reads; it ends with its line in any case. */
function behindQuoted(text: string, at: number, quote: number): number {
  for (at++; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === NEWLINE) return at;
    if (code === BACKSLASH && text.charCodeAt(at + 1) !== NEWLINE) at++;
  }
  return at;
}

/** Whether the text is an encoding prefix of what begins with the quote (6.4.4.4, 6.4.5). */
function isPrefix(text: string, at: number, end: number, quote: number): boolean {
  const code = text.charCodeAt(at);
  if (end === at + 1) return code === 76 || code === 117 || code === 85;
  return quote === QUOTE && end === at + 2 && code === 117 && text.charCodeAt(at + 1) === 56;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}

/** All tokens of a file, the "end" last. */
export function lex(file: SourceFile, diagnostics: Diagnostics): Token[] {
  const lexer = new Lexer(file, diagnostics);
  const tokens: Token[] = [];
  for (;;) {
    const token = lexer.next();
    tokens.push(token);
    if (token.kind === "end") return tokens;
  }
}

function looseFile(text: string): SourceFile {
  return { name: "", text, base: 0, includedAt: 0, isSystem: false, isOwn: true };
}

/** What a text is if it is one token and nothing else. */
export function singleToken(text: string): PpToken | undefined {
  const lexer = new Lexer(looseFile(text), undefined);
  lexer.quiet = true;
  const token = lexer.next();
  return lexer.atEnd && token.kind !== "end" && token.kind !== "other" && !token.spaced
    ? token
    : undefined;
}

/** The tokens of a text that is in no file; all stand at one place. */
export function looseTokens(text: string, loc: Loc): PpToken[] {
  const lexer = new Lexer(looseFile(text), undefined);
  lexer.quiet = true;
  const tokens: PpToken[] = [];
  for (;;) {
    const token = lexer.next();
    if (token.kind === "end") return tokens;
    tokens.push({ ...token, loc });
  }
}
