// The line program: rows of (address, file, line, column) in the byte code of .debug_line. (DWARF 4, 6.2.)

import type { Section } from "./object-file.ts";
import { type DebugInput, type Draft, writeAddress, writeDistance } from "./debug-draft.ts";

const DW_LNS_copy = 1;
const DW_LNS_advance_pc = 2;
const DW_LNS_advance_line = 3;
const DW_LNS_set_file = 4;
const DW_LNS_set_column = 5;
const DW_LNS_fixed_advance_pc = 9;
const DW_LNE_end_sequence = 1;
const DW_LNE_set_address = 2;

const LINE_BASE = -5;
const LINE_RANGE = 14;
const OPCODE_BASE = 13;
/** Arguments of the standard opcodes 1 to 12. */
const OPERANDS = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
/** As far as 16 bits go. */
const LARGEST_DISTANCE = 0xffff;
/** Instructions are multiples of two bytes. */
const SMALLEST = 2;

/** Writes the program; returns the numbers it has given to the files. */
export function writeLineProgram(draft: Draft, input: DebugInput): Map<string, number> {
  const { writer } = draft;
  const files = new Map<string, number>([[input.unit, 1]]);
  for (const { rows } of input.sections) {
    for (const { file } of rows) if (!files.has(file)) files.set(file, files.size + 1);
  }
  writer.u32(0); // length
  writer.u16(4);
  writer.u32(0); // length of the header
  const header = writer.length;
  writer.u8(SMALLEST);
  writer.u8(1); // operations in an instruction
  writer.u8(1); // rows are statements
  writer.u8(LINE_BASE & 255);
  writer.u8(LINE_RANGE);
  writer.u8(OPCODE_BASE);
  for (const count of OPERANDS) writer.u8(count);
  writer.u8(0); // no folders but the unit's own
  for (const name of files.keys()) {
    writer.string(name);
    writer.uleb(0);
    writer.uleb(0);
    writer.uleb(0);
  }
  writer.u8(0);
  writer.patch32(header - 4, writer.length - header);
  for (const { section, rows, endMoves } of input.sections) {
    let at = rows[0]?.offset ?? 0;
    writeStart(draft, section, at);
    /** What the linker may change is no part of an opcode. */
    const moveOn = (to: number): void => {
      if (to - at > LARGEST_DISTANCE) writeStart(draft, section, to);
      else {
        writer.u8(DW_LNS_fixed_advance_pc);
        writeDistance(draft, 2, section, at, to);
      }
      at = to;
    };
    let file = 1;
    let line = 1;
    let column = 0;
    for (const row of rows) {
      const number = files.get(row.file) ?? 1;
      if (number !== file) {
        writer.u8(DW_LNS_set_file);
        writer.uleb(number);
        file = number;
      }
      if (row.column !== column) {
        writer.u8(DW_LNS_set_column);
        writer.uleb(row.column);
        column = row.column;
      }
      if (row.moves && row.offset !== at) moveOn(row.offset);
      writeRow(draft, (row.offset - at) / SMALLEST, row.line - line);
      at = row.offset;
      line = row.line;
    }
    if (endMoves) moveOn(section.size);
    writer.u8(DW_LNS_advance_pc);
    writer.uleb((section.size - at) / SMALLEST);
    writer.u8(0);
    writer.uleb(1);
    writer.u8(DW_LNE_end_sequence);
  }
  writer.patch32(0, writer.length - 4);
  return files;
}

function writeStart(draft: Draft, section: Section, offset: number): void {
  const { writer } = draft;
  writer.u8(0);
  writer.uleb(9);
  writer.u8(DW_LNE_set_address);
  writeAddress(draft, section, offset);
}

/** A row so many instructions and lines after the one before: one byte, if that is near. */
function writeRow({ writer }: Draft, advance: number, lines: number): void {
  let line = lines;
  let pc = advance;
  if (line < LINE_BASE || line >= LINE_BASE + LINE_RANGE) {
    writer.u8(DW_LNS_advance_line);
    writer.sleb(line);
    line = 0;
  }
  const most = Math.floor((255 - OPCODE_BASE - (line - LINE_BASE)) / LINE_RANGE);
  if (pc > most) {
    writer.u8(DW_LNS_advance_pc);
    writer.uleb(pc);
    pc = 0;
  }
  if (pc === 0 && line === 0) writer.u8(DW_LNS_copy);
  else writer.u8(OPCODE_BASE + (line - LINE_BASE) + LINE_RANGE * pc);
}
