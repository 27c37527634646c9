// Integer and character constants (C11 6.4.4.1, 6.4.4.4) as #if needs them: every integer has 64 bits there, so that only the
// value counts and whether it is unsigned.

import { loneByte } from "../source/byte-text.ts";
import { hexDigit } from "./characters.ts";

export interface IntegerText {
  readonly value: bigint;
  /** It says so with a u. */
  readonly unsigned: boolean;
}

/** Longer digits than this cannot be a number of 64 bits, and BigInt takes its time with them. */
const LONGEST = 200;

/** Undefined: it is neither an integer nor a floating-point constant. */
export function integerValue(text: string): IntegerText | "floating" | undefined {
  const second = text.charCodeAt(1) | 32;
  const isHex = text.startsWith("0") && second === 120;
  const isBinary = text.startsWith("0") && second === 98;
  let at = isHex || isBinary ? 2 : 0;
  const from = at;
  for (; at < text.length; at++) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit < 0 || digit >= (isHex ? 16 : isBinary ? 2 : 10)) break;
  }
  const digits = text.slice(from, at);
  const suffix = text.slice(at);
  if (/^[.eEpP]/.test(suffix)) return "floating";
  if (digits === "" || !/^(?:[uU](?:l|L|ll|LL)?|(?:l|L|ll|LL)[uU]?)?$/.test(suffix))
    return undefined;
  const isOctal = from === 0 && digits.startsWith("0");
  if (isOctal && /[89]/.test(digits)) return undefined;
  const prefix = isHex ? "0x" : isBinary ? "0b" : isOctal ? "0o" : "";
  const value = digits.length > LONGEST ? 1n << 64n : BigInt(prefix + digits);
  return { value, unsigned: /[uU]/.test(suffix) };
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/** The value of a character constant; undefined: it is none. Several characters are GNU's: one byte each. */
export function characterValue(text: string): bigint | undefined {
  const quote = text.indexOf("'");
  const body = text.slice(quote + 1, -1);
  if (body === "") return undefined;
  const isWide = quote > 0;
  let value = 0n;
  let at = 0;
  while (at < body.length) {
    let point = body.codePointAt(at) ?? 0;
    at += point > 0xffff ? 2 : 1;
    let isByte = false;
    if (point === 92) {
      const escape = escapeAt(body, at);
      if (escape === undefined) return undefined;
      point = escape.value;
      at = escape.end;
      isByte = escape.isByte;
    }
    if (isWide) {
      value = BigInt(point);
      continue;
    }
    const bytes = isByte ? [point & 255] : utf8(point);
    for (const byte of bytes) value = ((value << 8n) | BigInt(byte)) & 0xffff_ffffn;
  }
  return isWide ? value : BigInt.asIntN(32, value);
}

function escapeAt(
  body: string,
  at: number,
): { value: number; end: number; isByte: boolean } | undefined {
  const letter = body[at] ?? "";
  if (letter >= "0" && letter <= "7") {
    const octal = /^[0-7]{1,3}/.exec(body.slice(at, at + 3))?.[0] ?? "";
    return { value: parseInt(octal, 8), end: at + octal.length, isByte: true };
  }
  if (letter === "x" || letter === "u" || letter === "U") {
    const most = letter === "x" ? body.length : letter === "u" ? 4 : 8;
    let end = at + 1;
    let value = 0;
    for (; end < body.length && end <= at + most; end++) {
      const digit = hexDigit(body.charCodeAt(end));
      if (digit < 0) break;
      value = ((value << 4) | digit) >>> 0;
    }
    if (end === at + 1 || (letter !== "x" && (end !== at + 1 + most || value > 0x10ffff))) {
      return undefined;
    }
    return { value, end, isByte: letter === "x" };
  }
  const value = ESCAPES[letter] ?? body.codePointAt(at);
  return value === undefined
    ? undefined
    : { value, end: at + (value > 0xffff ? 2 : 1), isByte: false };
}

function utf8(point: number): number[] {
  if (point < 0x80) return [point];
  const byte = loneByte(point);
  if (byte !== undefined) return [byte];
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 63)];
  if (point < 0x10000)
    return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)];
  return [
    0xf0 | (point >> 18),
    0x80 | ((point >> 12) & 63),
    0x80 | ((point >> 6) & 63),
    0x80 | (point & 63),
  ];
}
