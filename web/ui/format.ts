// Numbers as people read them here.

/** Bytes in the largest unit that leaves a whole or short number: `64 MiB`, `12 KiB`. */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of [
    ["GiB", 2 ** 30],
    ["MiB", 2 ** 20],
    ["KiB", 2 ** 10],
  ] as const) {
    if (bytes >= size) return `${Number((bytes / size).toFixed(1))} ${unit}`;
  }
  return `${bytes} B`;
}

/** An address as C prints it with %#lx. */
export function formatAddress(address: number): string {
  return `0x${address.toString(16)}`;
}

/** Nanoseconds in seconds, to the microsecond: `12.345678`. */
export function formatSeconds(nanoseconds: number): string {
  return (nanoseconds / 1e9).toFixed(6);
}

/** 1234567 as `1,234,567`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}

/** Large counts in thousands, millions or milliards of instructions: `412 k`, `3.1 M`. */
export function formatLarge(count: number): string {
  for (const [unit, size] of [
    ["G", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    if (count >= size) return `${(count / size).toPrecision(3)} ${unit}`;
  }
  return String(Math.round(count));
}

/** The low bits of a page-table entry by letter, highest first, a dot where one is clear: `DA·U·WRV`. */
export function formatPteBits(bits: number): string {
  return [..."DAGUXWRV"]
    .map((letter, index) => ((bits >> (7 - index)) & 1 ? letter : "·"))
    .join("");
}

/** One line of a hex dump: offset, sixteen bytes, and the printable ones as text. */
export function formatHexLine(bytes: Uint8Array, offset: number): string {
  const row = [...bytes.subarray(offset, offset + 16)];
  const hex = row.map((byte) => byte.toString(16).padStart(2, "0"));
  const text = row
    .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·"))
    .join("");
  const halves = `${hex.slice(0, 8).join(" ")}  ${hex.slice(8).join(" ")}`;
  return `${offset.toString(16).padStart(4, "0")}  ${halves.padEnd(48)}  ${text}`;
}
