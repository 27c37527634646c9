// Runs the line programs of .debug_line. (DWARF 5, 6.2; versions 2 to 4 have other headers.)

import { CompilationStopped } from "../source/diagnostics.ts";
import { ByteReader } from "./byte-reader.ts";
import type { LineRow } from "./read-lines.ts";

/** More rows than this are malice: a program of a few bytes can make any number. */
const MOST_ROWS = 1 << 21;

interface Cursor {
  readonly reader: ByteReader;
  at: number;
}

function u8(c: Cursor): number {
  return c.reader.u8(c.at++);
}

function u16(c: Cursor): number {
  c.at += 2;
  return c.reader.u16(c.at - 2);
}

function u32(c: Cursor): number {
  c.at += 4;
  return c.reader.u32(c.at - 4);
}

function uleb(c: Cursor): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = u8(c);
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
    if (scale > 2 ** 56) c.reader.stop("a number is too long");
  }
}

function sleb(c: Cursor): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = u8(c);
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte < 128) return (byte & 64) === 0 ? value : value - scale;
    if (scale > 2 ** 56) c.reader.stop("a number is too long");
  }
}

function text(c: Cursor): string {
  const { bytes } = c.reader;
  const found = c.reader.string(c.at, bytes.length);
  c.at = bytes.indexOf(0, c.at) + 1;
  return found;
}

interface Header {
  readonly version: number;
  readonly smallest: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  readonly operands: readonly number[];
  /** By number; DWARF 5 counts from 0, others from 1. */
  readonly files: string[];
}

/** Appends the rows of all units. */
export function readLineProgram(
  bytes: Uint8Array,
  strings: Uint8Array,
  lineStrings: Uint8Array,
  rows: LineRow[],
): void {
  const c: Cursor = { reader: new ByteReader(".debug_line", bytes), at: 0 };
  const tables = {
    strings: new ByteReader(".debug_str", strings),
    lineStrings: new ByteReader(".debug_line_str", lineStrings),
  };
  while (c.at + 4 < bytes.length) {
    const length = u32(c);
    const end = c.at + length;
    // 0xffffffff would be the 64-bit format.
    if (length >= 0xfffffff0 || end > bytes.length) c.reader.stop("damaged line table");
    const version = u16(c);
    if (version >= 2 && version <= 5) {
      try {
        runUnit(c, readHeader(c, version, tables), end, rows);
      } catch (error) {
        // The next unit begins where this one's length says.
        if (!(error instanceof CompilationStopped) || rows.length >= MOST_ROWS) throw error;
      }
    }
    c.at = end;
  }
}

interface Tables {
  readonly strings: ByteReader;
  readonly lineStrings: ByteReader;
}

function readHeader(c: Cursor, version: number, tables: Tables): Header {
  if (version >= 5) c.at += 2;
  const length = u32(c);
  const end = c.at + length;
  const smallest = u8(c);
  if (version >= 4) c.at++;
  c.at++;
  const lineBase = (u8(c) << 24) >> 24;
  const lineRange = u8(c);
  const opcodeBase = u8(c);
  if (lineRange === 0 || opcodeBase === 0) c.reader.stop("damaged line table");
  const operands = [0];
  for (let opcode = 1; opcode < opcodeBase; opcode++) operands.push(u8(c));
  const files = version >= 5 ? readFiles5(c, tables) : readFiles(c);
  c.at = end;
  return { version, smallest, lineBase, lineRange, opcodeBase, operands, files };
}

function joined(folder: string | undefined, name: string): string {
  return folder === undefined || folder === "" || name.startsWith("/") ? name : `${folder}/${name}`;
}

function readFiles(c: Cursor): string[] {
  const folders: (string | undefined)[] = [undefined];
  for (let name = text(c); name !== ""; name = text(c)) folders.push(name);
  const files = [""];
  for (let name = text(c); name !== ""; name = text(c)) {
    files.push(joined(folders[uleb(c)], name));
    uleb(c);
    uleb(c);
  }
  return files;
}

const DW_LNCT_path = 1;
const DW_LNCT_directory_index = 2;

interface Entry {
  readonly path: string;
  readonly folder: number;
}

function readFiles5(c: Cursor, tables: Tables): string[] {
  const folders = readEntries(c, tables);
  // Names are relative to the unit's own folder, as in older versions, where it has no number.
  return readEntries(c, tables).map(({ path, folder }) =>
    joined(folder === 0 ? undefined : folders[folder]?.path, path),
  );
}

function readEntries(c: Cursor, tables: Tables): Entry[] {
  const formats: { readonly content: number; readonly form: number }[] = [];
  for (let count = u8(c); count > 0; count--) formats.push({ content: uleb(c), form: uleb(c) });
  const entries: Entry[] = [];
  const count = uleb(c);
  if (count > c.reader.length || formats.length === 0) return entries;
  for (let index = 0; index < count; index++) {
    let path = "";
    let folder = 0;
    for (const { content, form } of formats) {
      const value = readForm(c, form, tables);
      if (content === DW_LNCT_path && typeof value === "string") path = value;
      if (content === DW_LNCT_directory_index && typeof value === "number") folder = value;
    }
    entries.push({ path, folder });
  }
  return entries;
}

/** A value in the forms that these tables have. (DWARF 5, 7.5.6) */
function readForm(c: Cursor, form: number, { strings, lineStrings }: Tables): string | number {
  switch (form) {
    case 0x08: // string
      return text(c);
    case 0x0e: // strp
      return strings.string(u32(c), strings.length);
    case 0x1f: // line_strp
      return lineStrings.string(u32(c), lineStrings.length);
    case 0x0b: // data1
      return u8(c);
    case 0x05: // data2
      return u16(c);
    case 0x06: // data4
      return u32(c);
    case 0x07: // data8
      c.at += 8;
      return 0;
    case 0x1e: // data16
      c.at += 16;
      return 0;
    case 0x0f: // udata
      return uleb(c);
    case 0x09: // block
      c.at += uleb(c);
      return 0;
  }
  return c.reader.stop("a form in the line table is not known");
}

function runUnit(c: Cursor, header: Header, end: number, rows: LineRow[]): void {
  let address = 0;
  let file = 1;
  let line = 1;
  let column = 0;
  /** Of a sequence whose code is not in the program, which linkers put to address 0. */
  let isGone = true;
  const row = (isEnd: boolean): void => {
    if (isGone) return;
    if (rows.length >= MOST_ROWS) c.reader.stop("there are too many rows");
    rows.push({ address, file: header.files[file] ?? "", line, column, isEnd });
  };
  while (c.at < end) {
    const opcode = u8(c);
    if (opcode >= header.opcodeBase) {
      const special = opcode - header.opcodeBase;
      address += Math.floor(special / header.lineRange) * header.smallest;
      line += header.lineBase + (special % header.lineRange);
      row(false);
      continue;
    }
    switch (opcode) {
      case 0: {
        const length = uleb(c);
        const next = c.at + length;
        const extended = length === 0 ? 0 : u8(c);
        if (extended === 1) {
          row(true);
          address = 0;
          file = 1;
          line = 1;
          column = 0;
          isGone = true;
        } else if (extended === 2) {
          address = c.reader.size(c.at);
          isGone = address === 0;
        }
        c.at = next;
        break;
      }
      case 1:
        row(false);
        break;
      case 2:
        address += uleb(c) * header.smallest;
        break;
      case 3:
        line += sleb(c);
        break;
      case 4:
        file = uleb(c);
        break;
      case 5:
        column = uleb(c);
        break;
      case 8:
        address += Math.floor((255 - header.opcodeBase) / header.lineRange) * header.smallest;
        break;
      case 9:
        address += u16(c);
        break;
      default:
        // Statements, blocks, prologues and what is not known: their operands are skipped.
        for (let count = header.operands[opcode] ?? 0; count > 0; count--) uleb(c);
    }
  }
}
