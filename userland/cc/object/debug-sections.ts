// Debugging information for what has been assembled: a compile unit with its functions, and the table from addresses to
// lines. Addresses are relocations against the sections' symbols, so that the linker fills them in. (DWARF 4; the line
// program is line-table.ts.)

import { ByteWriter } from "./byte-writer.ts";
import { type DebugInput, type Draft, writeAddress, writeDistance } from "./debug-draft.ts";
import { writeLineProgram } from "./line-table.ts";
import type { ObjectFile, ObjectSymbol, Section } from "./object-file.ts";
import { R_RISCV_32 } from "./relocation-types.ts";
import { StringTable } from "./string-table.ts";

/** An offset in another section of debugging information. */
function writeOffset(draft: Draft, section: Section, offset: number): void {
  const symbol = draft.sectionSymbol(section);
  const { length } = draft.writer;
  draft.relocations.push({ offset: length, type: R_RISCV_32, symbol, addend: BigInt(offset) });
  draft.writer.u32(0);
}

const DW_TAG_compile_unit = 0x11;
const DW_TAG_subprogram = 0x2e;
const DW_AT_name = 0x03;
const DW_AT_stmt_list = 0x10;
const DW_AT_low_pc = 0x11;
const DW_AT_high_pc = 0x12;
const DW_AT_language = 0x13;
const DW_AT_comp_dir = 0x1b;
const DW_AT_producer = 0x25;
const DW_AT_decl_file = 0x3a;
const DW_AT_decl_line = 0x3b;
const DW_AT_external = 0x3f;
const DW_AT_ranges = 0x55;
const DW_FORM_addr = 0x01;
const DW_FORM_data8 = 0x07;
const DW_FORM_data1 = 0x0b;
const DW_FORM_flag = 0x0c;
const DW_FORM_strp = 0x0e;
const DW_FORM_udata = 0x0f;
const DW_FORM_sec_offset = 0x17;
const DW_LANG_C99 = 0x0c;

const UNIT = 1;
const FUNCTION = 2;

const abbreviations = [
  [
    UNIT,
    DW_TAG_compile_unit,
    1,
    [DW_AT_producer, DW_FORM_strp],
    [DW_AT_language, DW_FORM_data1],
    [DW_AT_name, DW_FORM_strp],
    [DW_AT_comp_dir, DW_FORM_strp],
    [DW_AT_low_pc, DW_FORM_addr],
    [DW_AT_ranges, DW_FORM_sec_offset],
    [DW_AT_stmt_list, DW_FORM_sec_offset],
  ],
  [
    FUNCTION,
    DW_TAG_subprogram,
    0,
    [DW_AT_name, DW_FORM_strp],
    [DW_AT_external, DW_FORM_flag],
    [DW_AT_decl_file, DW_FORM_udata],
    [DW_AT_decl_line, DW_FORM_udata],
    [DW_AT_low_pc, DW_FORM_addr],
    [DW_AT_high_pc, DW_FORM_data8],
  ],
] as const;

const PRODUCER = "Vitrine cc";

/** Makes .debug_* sections; the symbols of sections that they need are added to the object. */
export function makeDebugSections(input: DebugInput, object: ObjectFile): Section[] {
  if (input.sections.length === 0) return [];
  const symbols = new Map<Section, ObjectSymbol>();
  const sectionSymbol = (section: Section): ObjectSymbol => {
    const known = symbols.get(section);
    if (known !== undefined) return known;
    const symbol: ObjectSymbol = {
      name: "",
      binding: "local",
      type: "section",
      hidden: false,
      section,
      value: 0n,
      size: 0,
    };
    symbols.set(section, symbol);
    object.symbols.push(symbol);
    return symbol;
  };
  const moving = new Set(input.sections.filter(({ moves }) => moves).map((one) => one.section));
  const places = new Map<Section, Map<number, ObjectSymbol>>();
  const placeSymbol = (section: Section, offset: number): ObjectSymbol | undefined => {
    if (!moving.has(section)) return undefined;
    let known = places.get(section);
    if (known === undefined) places.set(section, (known = new Map()));
    let symbol = known.get(offset);
    if (symbol === undefined) {
      symbol = {
        name: ".Lplace",
        binding: "local",
        type: "none",
        hidden: false,
        section,
        value: BigInt(offset),
        size: 0,
      };
      known.set(offset, symbol);
      object.symbols.push(symbol);
    }
    return symbol;
  };
  const draft = (): Draft => ({
    writer: new ByteWriter(),
    relocations: [],
    sectionSymbol,
    placeSymbol,
  });
  const strings = new StringTable();
  const stringSection = debugSection(".debug_str", true);
  const abbrevSection = debugSection(".debug_abbrev");
  const lineSection = debugSection(".debug_line");
  const rangeSection = debugSection(".debug_ranges");
  const infoSection = debugSection(".debug_info");
  const arangeSection = debugSection(".debug_aranges");

  abbrevSection.data = abbreviationBytes();
  const lines = draft();
  const fileNumbers = writeLineProgram(lines, input);
  const ranges = draft();
  for (const { section } of input.sections) {
    writeAddress(ranges, section, 0);
    writeAddress(ranges, section, section.size);
  }
  ranges.writer.u64(0n);
  ranges.writer.u64(0n);

  const info = draft();
  const { writer } = info;
  const string = (text: string): void => writeOffset(info, stringSection, strings.offsetOf(text));
  writer.u32(0); // length
  writer.u16(4);
  writeOffset(info, abbrevSection, 0);
  writer.u8(8);
  writer.uleb(UNIT);
  string(PRODUCER);
  writer.u8(DW_LANG_C99);
  string(input.unit);
  string(input.folder);
  writer.u64(0n);
  writeOffset(info, rangeSection, 0);
  writeOffset(info, lineSection, 0);
  for (const { symbol, section, file, line } of input.functions) {
    writer.uleb(FUNCTION);
    string(symbol.name);
    writer.u8(symbol.binding === "local" ? 0 : 1);
    writer.uleb(fileNumbers.get(file) ?? 1);
    writer.uleb(line);
    writeAddress(info, section, Number(symbol.value));
    const start = Number(symbol.value);
    writeDistance(info, 8, section, start, start + symbol.size);
  }
  writer.uleb(0);
  writer.patch32(0, writer.length - 4);

  const aranges = draft();
  writeAddressRanges(aranges, infoSection, input);
  stringSection.data = strings.done();
  finish(lineSection, lines);
  finish(rangeSection, ranges);
  finish(infoSection, info);
  finish(arangeSection, aranges);
  const made = [
    infoSection,
    abbrevSection,
    arangeSection,
    rangeSection,
    lineSection,
    stringSection,
  ];
  for (const section of made) section.size = section.data.length;
  return made;
}

function debugSection(name: string, isStrings = false): Section {
  return {
    name,
    type: "progbits",
    flags: {
      alloc: false,
      write: false,
      execute: false,
      merge: isStrings,
      strings: isStrings,
      tls: false,
      retain: false,
    },
    align: 1,
    entrySize: isStrings ? 1 : 0,
    data: new Uint8Array(0),
    size: 0,
    relocations: [],
  };
}

function finish(section: Section, draft: Draft): void {
  section.data = draft.writer.done();
  section.relocations.push(...draft.relocations);
}

function abbreviationBytes(): Uint8Array {
  const writer = new ByteWriter();
  for (const [code, tag, hasChildren, ...attributes] of abbreviations) {
    writer.uleb(code);
    writer.uleb(tag);
    writer.u8(hasChildren);
    for (const [attribute, form] of attributes) {
      writer.uleb(attribute);
      writer.uleb(form);
    }
    writer.u16(0);
  }
  writer.u8(0);
  return writer.done();
}

/** Which addresses the unit is about. (DWARF 4, 6.1.2) */
function writeAddressRanges(draft: Draft, info: Section, input: DebugInput): void {
  const { writer } = draft;
  writer.u32(0);
  writer.u16(2);
  writeOffset(draft, info, 0);
  writer.u8(8);
  writer.u8(0);
  writer.align(16);
  for (const { section } of input.sections) {
    writeAddress(draft, section, 0);
    writeDistance(draft, 8, section, 0, section.size);
  }
  writer.u64(0n);
  writer.u64(0n);
  writer.patch32(0, writer.length - 4);
}
