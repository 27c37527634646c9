// Files, paths and words are bytes, the compiler's are text. Bytes that are no UTF-8 become lone low surrogates, one for each
// (as PEP 383 has it), and come back as they were: every file can be named, and a literal keeps its bytes.

const FIRST = 0xdc00;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * The length of the character that begins at `at`; 0: there is none (Unicode's well-formed byte sequences: nothing longer than
 * need be, no surrogates, nothing beyond U+10FFFF).
 */
function characterAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const second = bytes[at + 1] ?? 0;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let i = 2; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function decodeWhole(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

export function textOfBytes(bytes: Uint8Array): string {
  const whole = decodeWhole(bytes);
  if (whole !== undefined) return whole;
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const from = at;
    for (let length = 1; at < bytes.length && length > 0; at += length)
      length = characterAt(bytes, at);
    if (at > from) pieces.push(strict.decode(bytes.subarray(from, at)));
    if (at < bytes.length) pieces.push(String.fromCharCode(FIRST + (bytes[at++] ?? 0)));
  }
  return pieces.join("");
}

/** The byte that a code unit stands for that is no character; undefined: it is one. */
export function loneByte(code: number): number | undefined {
  return code >= FIRST + 0x80 && code <= FIRST + 0xff ? code - FIRST : undefined;
}

export function bytesOfText(text: string): Uint8Array {
  const [first = "", ...others] = text.split(/([\udc80-\udcff])/u);
  if (others.length === 0) return encoder.encode(first);
  const pieces = [first, ...others].map((piece, index) =>
    index % 2 === 0 ? encoder.encode(piece) : Uint8Array.of(loneByte(piece.charCodeAt(0)) ?? 0),
  );
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
