// Names inside the kernel are byte strings: JavaScript strings with one character (0 … 255) for each byte. Linux gives
// names no encoding, so neither does this kernel; whoever shows one to a person decodes it as UTF-8.

/** Bytes as a byte string. */
export function byteString(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = "";
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** A byte string as a person reads it: UTF-8, with U+FFFD where it is none. */
export function readable(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(text));
}

/** A byte string as bytes. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
