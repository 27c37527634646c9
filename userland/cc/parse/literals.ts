// Integer, character and string literals (C11 6.4.4, 6.4.5) from their spelling, with GNU's binary integers and \e.

import {
  CHAR,
  INT,
  LONG,
  LONG_LONG,
  UNSIGNED_CHAR,
  UNSIGNED_INT,
  UNSIGNED_LONG,
  UNSIGNED_LONG_LONG,
  UNSIGNED_SHORT,
} from "../types/make.ts";
import { largest } from "../types/conversions.ts";
import type { IntegerType } from "../types/type.ts";
import { loneByte } from "../source/byte-text.ts";
import type { Token } from "../preprocess/token.ts";
import { endOf, refuse } from "./state.ts";
import type { Parser } from "./state.ts";

/** 6.4.4.1: the first type of the suffix's list that has room for the value. */
export function integerLiteral(p: Parser, token: Token): { value: bigint; type: IntegerType } {
  const text = token.text;
  let base = 10;
  let at = 0;
  if (text.startsWith("0x") || text.startsWith("0X")) {
    base = 16;
    at = 2;
  } else if (text.startsWith("0b") || text.startsWith("0B")) {
    base = 2;
    at = 2;
  } else if (text.startsWith("0") && text.length > 1) {
    base = 8;
    at = 1;
  }
  const digitsAt = at;
  while (at < text.length && digitValue(text.charCodeAt(at)) < (base === 16 ? 16 : 10)) at++;
  const digits = text.slice(digitsAt, at);
  const suffix = text.slice(at);
  if (/^[.eEpP]/.test(suffix) && base !== 2) {
    refuse(p, "floating point", token.loc, endOf(token), "floating point is not supported yet");
    return { value: 0n, type: INT };
  }
  const bad = (message: string) => {
    p.diagnostics.error(token.loc, message, { end: endOf(token) });
    return { value: 0n, type: INT };
  };
  if (digits === "" && base !== 8) return bad(`no digits in the number '${text}'`);
  for (let i = 0; i < digits.length; i++) {
    if (digitValue(digits.charCodeAt(i)) >= base) {
      return bad(`invalid digit '${digits[i]}' in ${base === 8 ? "an octal" : "a binary"} number`);
    }
  }
  const match = /^([uU]?)(l|L|ll|LL)?([uU]?)$/.exec(suffix);
  if (match === null || (match[1] !== "" && match[3] !== "")) {
    return bad(`invalid suffix '${suffix}' on an integer`);
  }
  const unsigned = match[1] !== "" || match[3] !== "";
  const longs = match[2]?.length ?? 0;
  if (digits.length > 70) return bad("integer literal is too large for any integer type");
  const prefix = base === 16 ? "0x" : base === 8 ? "0o" : base === 2 ? "0b" : "";
  const value = digits === "" ? 0n : BigInt(prefix + digits);
  for (const type of CANDIDATES[longs] ?? []) {
    if (unsigned ? type.signed : base === 10 && !type.signed) continue;
    if (value <= largest(type)) return { value, type };
  }
  if (value <= largest(UNSIGNED_LONG_LONG)) {
    p.diagnostics.warning(
      "implicitly-unsigned-literal",
      token.loc,
      "integer literal is too large for a signed integer type; it is taken as unsigned",
      { end: endOf(token) },
    );
    return { value, type: UNSIGNED_LONG_LONG };
  }
  return bad("integer literal is too large for any integer type");
}

const CANDIDATES: readonly (readonly IntegerType[])[] = [
  [INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, LONG_LONG, UNSIGNED_LONG_LONG],
  [LONG, UNSIGNED_LONG, LONG_LONG, UNSIGNED_LONG_LONG],
  [LONG_LONG, UNSIGNED_LONG_LONG],
];

function digitValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  if (code >= 65 && code <= 70) return code - 55;
  return 99;
}

/** What the elements of a literal are, from its prefix. */
function elementOf(prefix: string): IntegerType {
  switch (prefix) {
    case "L":
      return INT; // wchar_t
    case "u":
      return UNSIGNED_SHORT;
    case "U":
      return UNSIGNED_INT;
    default:
      return CHAR;
  }
}

/** 6.4.4.4: an int; with a prefix what the prefix says. */
export function characterLiteral(p: Parser, token: Token): { value: bigint; type: IntegerType } {
  const quote = token.text.indexOf("'");
  const prefix = token.text.slice(0, quote);
  const element = elementOf(prefix);
  const units: number[] = [];
  decode(p, token, quote, element.size, units);
  const type = prefix === "" ? INT : prefix === "u8" ? UNSIGNED_CHAR : element;
  if (units.length === 0) {
    p.diagnostics.error(token.loc, "a character literal without a character", {
      end: endOf(token),
    });
    return { value: 0n, type };
  }
  if (prefix !== "") {
    if (units.length > 1) {
      p.diagnostics.error(token.loc, "more than one character in a character literal", {
        end: endOf(token),
      });
    }
    const value = BigInt(units[0] ?? 0);
    return { value: element === INT ? BigInt.asIntN(32, value) : value, type };
  }
  if (units.length > 1) {
    p.diagnostics.warning(
      "multichar",
      token.loc,
      "more than one character in a character literal",
      {
        end: endOf(token),
      },
    );
  }
  let value = 0;
  // As GNU C has it: the first is the most significant.
  for (const unit of units) value = (value << 8) | unit | 0;
  return { value: BigInt(value), type };
}

/** 6.4.5: adjacent literals, joined and with their terminating zero. */
export function stringLiteral(
  p: Parser,
  tokens: readonly Token[],
): { bytes: Uint8Array; element: IntegerType } {
  let prefix = "";
  for (const token of tokens) {
    const own = token.text.slice(0, token.text.indexOf('"'));
    if (own === "" || own === prefix) continue;
    if (prefix !== "") {
      p.diagnostics.error(token.loc, "strings with different prefixes side by side", {
        end: endOf(token),
      });
    }
    prefix = own;
  }
  const element = elementOf(prefix);
  const units: number[] = [];
  for (const token of tokens) decode(p, token, token.text.indexOf('"'), element.size, units);
  units.push(0);
  const bytes = new Uint8Array(units.length * element.size);
  let at = 0;
  for (const unit of units) {
    for (let i = 0; i < element.size; i++) bytes[at++] = (unit >>> (8 * i)) & 255;
  }
  return { bytes, element };
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  E: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  "'": 39,
  '"': 34,
  "?": 63,
};

/** Adds the code units of a literal: UTF-8, UTF-16 or UTF-32, as wide as an element is. */
function decode(p: Parser, token: Token, quoteAt: number, size: number, into: number[]): void {
  const text = token.text;
  const end = text.length - 1;
  let at = quoteAt + 1;
  const largestUnit = size === 1 ? 0xff : size === 2 ? 0xffff : 0xffffffff;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code !== 92) {
      if (code < 128) {
        into.push(code);
        at++;
      } else {
        const point = text.codePointAt(at) ?? code;
        const byte = loneByte(point);
        if (byte === undefined) encode(point, size, into);
        else {
          if (size > 1) {
            const where = token.from === undefined ? token.loc + at : token.loc;
            p.diagnostics.error(where, "this byte is no character in UTF-8, so it has no wide one");
          }
          into.push(byte);
        }
        at += point > 0xffff ? 2 : 1;
      }
      continue;
    }
    const escapeAt = at;
    const letter = text[++at] ?? "";
    const where = token.from === undefined ? token.loc + escapeAt : token.loc;
    const problem = (message: string) => {
      p.diagnostics.error(where, message, {
        end: token.from === undefined ? token.loc + at : where,
      });
    };
    if (letter >= "0" && letter <= "7") {
      let value = 0;
      for (let i = 0; i < 3; i++) {
        const digit = text.charCodeAt(at) - 48;
        if (at >= end || digit < 0 || digit > 7) break;
        value = value * 8 + digit;
        at++;
      }
      if (value > largestUnit) problem("octal escape sequence out of range");
      into.push(value & largestUnit);
    } else if (letter === "x") {
      at++;
      let value = 0;
      const first = at;
      while (at < end && digitValue(text.charCodeAt(at)) < 16) {
        value = Math.min(value * 16 + digitValue(text.charCodeAt(at)), 2 ** 40);
        at++;
      }
      if (at === first) problem("\\x without hexadecimal digits");
      else if (value > largestUnit) problem("hexadecimal escape sequence out of range");
      into.push(value > largestUnit ? largestUnit : value);
    } else if (letter === "u" || letter === "U") {
      const digits = letter === "u" ? 4 : 8;
      at++;
      let value = 0;
      let count = 0;
      while (count < digits && at < end && digitValue(text.charCodeAt(at)) < 16) {
        value = value * 16 + digitValue(text.charCodeAt(at));
        at++;
        count++;
      }
      if (count < digits) problem(`\\${letter} needs ${digits} hexadecimal digits`);
      else if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
        problem("no such Unicode character");
      } else encode(value, size, into);
    } else {
      const known = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
      at++;
      if (known !== undefined) into.push(known);
      else {
        p.diagnostics.warning(
          "unknown-escape-sequence",
          where,
          `unknown escape sequence '\\${letter}'`,
          { end: where + 2 },
        );
        encode(text.codePointAt(at - 1) ?? 0, size, into);
        if ((text.codePointAt(at - 1) ?? 0) > 0xffff) at++;
      }
    }
  }
}

/** Adds a character in as many units of that size as it needs. */
export function encode(point: number, size: number, into: number[]): void {
  if (size === 4 || point < 0x80) into.push(point);
  else if (size === 2) {
    if (point <= 0xffff) into.push(point);
    else into.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
  } else if (point < 0x800) into.push(0xc0 | (point >> 6), 0x80 | (point & 63));
  else if (point < 0x10000) {
    into.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  } else {
    into.push(
      0xf0 | (point >> 18),
      0x80 | ((point >> 12) & 63),
      0x80 | ((point >> 6) & 63),
      0x80 | (point & 63),
    );
  }
}
