// Archives: many objects in one file, as ar makes them. (GNU's variant: long names in a member `//`, an index of symbols in
// a member `/`.)

import { CompilationStopped } from "../source/diagnostics.ts";
import { ByteReader } from "./byte-reader.ts";
import { readElf } from "./elf-read.ts";
import type { ObjectFile } from "./object-file.ts";

const MAGIC = "!<arch>\n";
const HEADER = 60;

export interface ArchiveMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function isArchive(bytes: Uint8Array): boolean {
  return decoder.decode(bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/** The files in an archive, as they are. @throws CompilationStopped when it is damaged */
export function readMembers(name: string, bytes: Uint8Array): ArchiveMember[] {
  const reader = new ByteReader(name, bytes);
  if (!isArchive(bytes)) reader.stop("not an archive");
  const members: ArchiveMember[] = [];
  let longNames: Uint8Array | undefined;
  let at = MAGIC.length;
  while (at < bytes.length) {
    const header = decoder.decode(reader.slice(at, HEADER));
    const written = header.slice(0, 16).trimEnd();
    const digits = header.slice(48, 58).trimEnd();
    if (!/^\d{1,10}$/.test(digits) || header.slice(58) !== "`\n") {
      reader.stop("the archive is damaged: a member has no header");
    }
    const size = Number(digits);
    const content = reader.slice(at + HEADER, size);
    at += HEADER + size + (size & 1);
    if (written === "//") longNames = content;
    else if (written !== "/" && written !== "/SYM64/") {
      members.push({ name: memberName(reader, written, longNames), bytes: content });
    }
  }
  return members;
}

function memberName(
  reader: ByteReader,
  written: string,
  longNames: Uint8Array | undefined,
): string {
  const long = /^\/(\d+)$/.exec(written)?.[1];
  if (long === undefined) return written.endsWith("/") ? written.slice(0, -1) : written;
  const from = Number(long);
  const end = longNames?.indexOf(10, from) ?? -1;
  if (longNames === undefined || end < 0) reader.stop("the archive is damaged: a name is missing");
  return decoder.decode(longNames.subarray(from, end)).replace(/\/$/, "");
}

/** The objects in an archive, called `libc.a(printf.o)`. @throws CompilationStopped when something is damaged */
export function readArchive(path: string, bytes: Uint8Array): ObjectFile[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return readMembers(name, bytes).map((member) => readElf(`${name}(${member.name})`, member.bytes));
}

/** An archive with an index of the symbols that its objects define. Without times and owners, so that it is reproducible. */
export function writeArchive(members: readonly ArchiveMember[]): Uint8Array {
  let longNames = "";
  const names = members.map(({ name }) => {
    if (name.includes("\n")) throw new CompilationStopped(`a member's name cannot have a new line`);
    if (encoder.encode(name).length <= 15 && !name.includes("/")) return `${name}/`;
    const from = encoder.encode(longNames).length;
    longNames += `${name}/\n`;
    return `/${from}`;
  });
  const index: { readonly symbol: Uint8Array; readonly member: number }[] = [];
  for (const [member, { name, bytes }] of members.entries()) {
    // What is no object has no symbols.
    if (bytes.length < 4 || bytes[0] !== 0x7f) continue;
    for (const symbol of readElf(name, bytes).symbols) {
      if (symbol.binding === "local" || symbol.section === undefined) continue;
      index.push({ symbol: encoder.encode(`${symbol.name}\0`), member });
    }
  }
  const indexSize = index.reduce((sum, { symbol }) => sum + 4 + symbol.length, 4);
  const long = encoder.encode(longNames);
  const even = (size: number): number => size + (size & 1);
  let at = MAGIC.length + HEADER + even(indexSize);
  if (long.length > 0) at += HEADER + even(long.length);
  const offsets = members.map(({ bytes }) => {
    const from = at;
    at += HEADER + even(bytes.length);
    return from;
  });
  const out = new Uint8Array(at);
  const view = new DataView(out.buffer);
  let position = 0;
  const put = (bytes: Uint8Array): void => {
    out.set(bytes, position);
    position += bytes.length;
  };
  const header = (name: string, size: number, mode: string): void => {
    const fields = [
      name.padEnd(16),
      "0".padEnd(12),
      "0".padEnd(6),
      "0".padEnd(6),
      mode.padEnd(8),
      String(size).padEnd(10),
    ];
    put(encoder.encode(`${fields.join("")}\`\n`));
  };
  const pad = (): void => {
    if ((position & 1) !== 0) out[position++] = 10;
  };
  put(encoder.encode(MAGIC));
  header("/", indexSize, "0");
  // Of all of this only the index is big-endian.
  view.setUint32(position, index.length);
  position += 4;
  for (const { member } of index) {
    view.setUint32(position, offsets[member] ?? 0);
    position += 4;
  }
  for (const { symbol } of index) put(symbol);
  pad();
  if (long.length > 0) {
    header("//", long.length, "");
    put(long);
    pad();
  }
  for (const [member, { bytes }] of members.entries()) {
    header(names[member] ?? "", bytes.length, "644");
    put(bytes);
    pad();
  }
  return out;
}
