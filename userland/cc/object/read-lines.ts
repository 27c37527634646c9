// From an address in a program to the file, line and function it belongs to, for whoever shows a fault. Reads what our linker
// writes and what gcc and clang do: .debug_line of DWARF 2 to 5 (DWARF 5, 6.2), functions from the symbol table. A
// program that has none, or a damaged one, has no places; nothing is thrown.

import { CompilationStopped } from "../source/diagnostics.ts";
import { ByteReader } from "./byte-reader.ts";
import { EM_RISCV, SECTION_HEADER_SIZE, SHT_NOBITS, SYMBOL_SIZE } from "./elf.ts";
import { readLineProgram } from "./line-program.ts";

export interface CodePlace {
  readonly file: string | undefined;
  /** From 1; 0 when it is not known. */
  readonly line: number;
  readonly column: number;
  readonly function: string | undefined;
  /** Bytes from the function's beginning. */
  readonly offset: number;
}

export interface LineRow {
  readonly address: number;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Behind the last instruction of a sequence. */
  readonly isEnd: boolean;
}

interface FunctionRange {
  readonly address: number;
  readonly size: number;
  readonly name: string;
}

export interface CodePlaces {
  /** Undefined: nothing is known about this address. */
  locate(address: number): CodePlace | undefined;
}

/** Reads all of it once; asking is then a search. */
export function readCodePlaces(bytes: Uint8Array): CodePlaces {
  const rows: LineRow[] = [];
  let functions: FunctionRange[] = [];
  try {
    const reader = new ByteReader("program", bytes);
    const sections = readSections(reader);
    functions = readFunctions(reader, sections);
    const line = sections.get(".debug_line");
    const part = (name: string): Uint8Array => {
      const found = sections.get(name);
      return found === undefined ? new Uint8Array(0) : reader.slice(found.offset, found.size);
    };
    if (line !== undefined) {
      readLineProgram(part(".debug_line"), part(".debug_str"), part(".debug_line_str"), rows);
    }
  } catch (error) {
    // What was read before the damage is still right.
    if (!(error instanceof CompilationStopped)) throw error;
  }
  // At one address the end of a sequence comes before the next one's beginning.
  rows.sort((a, b) => a.address - b.address || Number(b.isEnd) - Number(a.isEnd));
  functions.sort((a, b) => a.address - b.address);
  return {
    locate(address) {
      const row = lastBefore(rows, address);
      const inside = lastBefore(functions, address);
      const isIn = inside !== undefined && address < inside.address + Math.max(1, inside.size);
      const isKnown = row !== undefined && !row.isEnd && row.line > 0;
      if (!isIn && !isKnown) return undefined;
      return {
        file: isKnown ? row.file : undefined,
        line: isKnown ? row.line : 0,
        column: isKnown ? row.column : 0,
        function: isIn ? inside.name : undefined,
        offset: isIn ? address - inside.address : 0,
      };
    },
  };
}

/** The last one of a sorted list that does not begin behind the address. */
function lastBefore<T extends { readonly address: number }>(
  list: readonly T[],
  address: number,
): T | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.address ?? Infinity) <= address) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

interface Range {
  readonly offset: number;
  readonly size: number;
}

function readSections(reader: ByteReader): Map<string, Range> {
  const sections = new Map<string, Range>();
  if (reader.length < 64 || reader.u32(0) !== 0x464c457f || reader.u16(18) !== EM_RISCV) {
    return sections;
  }
  const at = reader.size(40);
  const count = reader.u16(60);
  const namesAt = at + reader.u16(62) * SECTION_HEADER_SIZE;
  if (at === 0 || count === 0) return sections;
  const names = reader.size(namesAt + 24);
  const namesEnd = names + reader.size(namesAt + 32);
  for (let index = 1; index < count; index++) {
    const from = at + index * SECTION_HEADER_SIZE;
    if (reader.u32(from + 4) === SHT_NOBITS) continue;
    const name = reader.string(names + reader.u32(from), namesEnd);
    sections.set(name, { offset: reader.size(from + 24), size: reader.size(from + 32) });
  }
  return sections;
}

function readFunctions(reader: ByteReader, sections: ReadonlyMap<string, Range>): FunctionRange[] {
  const functions: FunctionRange[] = [];
  const table = sections.get(".symtab");
  const strings = sections.get(".strtab");
  if (table === undefined || strings === undefined) return functions;
  for (let at = 0; at + SYMBOL_SIZE <= table.size; at += SYMBOL_SIZE) {
    const from = table.offset + at;
    if ((reader.u8(from + 4) & 15) !== 2) continue;
    const end = strings.offset + strings.size;
    functions.push({
      address: reader.size(from + 8),
      size: reader.size(from + 16),
      name: reader.string(strings.offset + reader.u32(from), end),
    });
  }
  return functions;
}
