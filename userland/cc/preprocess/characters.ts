// What a character may be part of (C11 6.4.2.1, 6.4.3 and Annex D). Lookups are by UTF-16 code for ASCII, by code point above.

/** 1 where an ASCII character may begin an identifier. `$` is GNU's. */
export const STARTS_IDENTIFIER = new Uint8Array(128);
/** 1 where an ASCII character may go on in an identifier or a pp-number. */
export const IN_IDENTIFIER = new Uint8Array(128);

for (let code = 0; code < 128; code++) {
  const letter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (letter || code === 95 || code === 36) STARTS_IDENTIFIER[code] = 1;
  if (STARTS_IDENTIFIER[code] === 1 || isDigit(code)) IN_IDENTIFIER[code] = 1;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The value of a hexadecimal digit; −1: it is none. */
export function hexDigit(code: number): number {
  if (isDigit(code)) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

// Annex D.1: first and last code points of the ranges that identifiers may be made of. The planes 1 to 14 come by rule below.
const ALLOWED = Uint32Array.from([
  0x00a8, 0x00a8, 0x00aa, 0x00aa, 0x00ad, 0x00ad, 0x00af, 0x00af, 0x00b2, 0x00b5, 0x00b7, 0x00ba,
  0x00bc, 0x00be, 0x00c0, 0x00d6, 0x00d8, 0x00f6, 0x00f8, 0x167f, 0x1681, 0x180d, 0x180f, 0x1fff,
  0x200b, 0x200d, 0x202a, 0x202e, 0x203f, 0x2040, 0x2054, 0x2054, 0x2060, 0x218f, 0x2460, 0x24ff,
  0x2776, 0x2793, 0x2c00, 0x2dff, 0x2e80, 0x2fff, 0x3004, 0x3007, 0x3021, 0x302f, 0x3031, 0xd7ff,
  0xf900, 0xfd3d, 0xfd40, 0xfdcf, 0xfdf0, 0xfe44, 0xfe47, 0xfffd,
]);

// Annex D.2: combining characters, with which none may begin.
const NOT_FIRST = Uint32Array.from([
  0x0300, 0x036f, 0x1dc0, 0x1dff, 0x20d0, 0x20ff, 0xfe20, 0xfe2f,
]);

function inRanges(ranges: Uint32Array, point: number): boolean {
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    if (point >= (ranges[i] ?? 0) && point <= (ranges[i + 1] ?? 0)) return true;
  }
  return false;
}

/** Whether a code point beyond ASCII may stand in an identifier. */
export function allowedInIdentifier(point: number, first: boolean): boolean {
  const allowed =
    point >= 0x10000 ? point <= 0xefffd && (point & 0xffff) <= 0xfffd : inRanges(ALLOWED, point);
  return allowed && !(first && inRanges(NOT_FIRST, point));
}
