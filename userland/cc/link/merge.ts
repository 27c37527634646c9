// Mergeable sections: strings and constants that several objects have need to be there once only, and a string that is
// another's end not at all. (System V gABI, "SHF_MERGE" and "SHF_STRINGS".)

import type { LinkSection, MergedChunk, Pieces } from "./input.ts";
import { placeText } from "./input.ts";

interface Piece {
  readonly bytes: Uint8Array;
  /** Its bytes as text, of which Map makes a key. */
  readonly key: string;
  align: number;
  offset: number;
}

/** Merges sections that become one; they agree in flags and entry size. */
export function mergeSections(sections: readonly LinkSection[], errors: string[]): MergedChunk {
  const pieces = new Map<string, Piece>();
  const lists: { readonly section: LinkSection; starts: number[]; parts: Piece[] }[] = [];
  let align = 1;
  let isPlain = true;
  for (const section of sections) {
    const { entrySize, flags } = section.section;
    align = Math.max(align, section.section.align);
    const starts = flags.strings
      ? stringStarts(section.data, entrySize)
      : constantStarts(section.data, entrySize);
    if (starts === undefined) {
      errors.push(`${placeText(section)}: the last string does not end`);
      continue;
    }
    if (!flags.strings || entrySize !== 1) isPlain = false;
    const parts: Piece[] = [];
    for (const [at, start] of starts.entries()) {
      const bytes = section.data.subarray(start, starts[at + 1] ?? section.data.length);
      const key = keyOf(bytes);
      let piece = pieces.get(key);
      if (piece === undefined) {
        piece = { bytes, key, align: 1, offset: -1 };
        pieces.set(key, piece);
      }
      piece.align = Math.max(piece.align, alignmentAt(start, section.section.align));
      parts.push(piece);
    }
    lists.push({ section, starts, parts });
  }
  const data = place([...pieces.values()], isPlain);
  const chunk: MergedChunk = { data, align, output: undefined, offset: 0 };
  for (const { section, starts, parts } of lists) {
    const made: Pieces = { starts, offsets: parts.map(({ offset }) => offset), into: chunk };
    section.pieces = made;
  }
  return chunk;
}

/** What can be taken for granted about an offset in a section of that alignment. */
function alignmentAt(offset: number, align: number): number {
  return offset === 0 ? align : Math.min(align, offset & -offset);
}

function keyOf(bytes: Uint8Array): string {
  let key = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    key += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return key;
}

function stringStarts(data: Uint8Array, unit: number): number[] | undefined {
  const starts: number[] = [];
  let at = 0;
  while (at < data.length) {
    starts.push(at);
    if (unit === 1) {
      const zero = data.indexOf(0, at);
      if (zero < 0) return undefined;
      at = zero + 1;
      continue;
    }
    let isZero = false;
    while (!isZero && at + unit <= data.length) {
      isZero = data.subarray(at, at + unit).every((byte) => byte === 0);
      at += unit;
    }
    if (!isZero) return undefined;
  }
  return starts;
}

function constantStarts(data: Uint8Array, size: number): number[] {
  return Array.from({ length: Math.floor(data.length / size) }, (_, at) => at * size);
}

/** Gives each piece its place. In sections of plain strings one may be the end of another. */
function place(pieces: readonly Piece[], isPlain: boolean): Uint8Array {
  const hosts = new Map<Piece, Piece>();
  if (isPlain) {
    // Sorted from their ends, a string is followed by those whose end it is not, so its host is just before it.
    const reversed = pieces
      .map((piece) => ({ piece, text: [...piece.key].reverse().join("") }))
      .sort((a, b) => (a.text < b.text ? 1 : a.text > b.text ? -1 : 0));
    let host: (typeof reversed)[number] | undefined;
    for (const one of reversed) {
      const { piece, text } = one;
      const inside =
        host !== undefined &&
        host.text.startsWith(text) &&
        piece.align <= alignmentAt(host.text.length - text.length, host.piece.align);
      if (inside && host !== undefined) hosts.set(piece, host.piece);
      else host = one;
    }
  }
  let size = 0;
  for (const piece of pieces) {
    if (hosts.has(piece)) continue;
    size = Math.ceil(size / piece.align) * piece.align;
    piece.offset = size;
    size += piece.bytes.length;
  }
  const data = new Uint8Array(size);
  for (const piece of pieces) {
    const host = hosts.get(piece);
    if (host === undefined) data.set(piece.bytes, piece.offset);
    else piece.offset = host.offset + host.bytes.length - piece.bytes.length;
  }
  return data;
}

/** Where an offset of a mergeable section is in what it was merged into. */
export function mergedOffset({ starts, offsets }: Pieces, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return (offsets[low] ?? 0) + offset - (starts[low] ?? 0);
}
