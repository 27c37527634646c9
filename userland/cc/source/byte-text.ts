// Files, paths and words are bytes, the compiler's are text. Bytes that are no UTF-8 become lone low surrogates, one for each
// (as PEP 383 has it), and come back as they were: every file can be named, and a literal keeps its bytes.

const FIRST = 0xdc00;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The length of the character that begins at `at`, as its first byte says; 1 for a byte that begins none. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
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
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = lengthAt(bytes, at);
    const character = decodeWhole(bytes.subarray(at, at + length));
    text += character ?? String.fromCharCode(FIRST + (bytes[at] ?? 0));
    at += character === undefined ? 1 : length;
  }
  return text;
}

/** The byte that a code unit stands for that is no character; undefined: it is one. */
export function loneByte(code: number): number | undefined {
  return code >= FIRST + 0x80 && code <= FIRST + 0xff ? code - FIRST : undefined;
}

export function bytesOfText(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const byte = loneByte(code);
    if (byte !== undefined) bytes.push(byte);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}
