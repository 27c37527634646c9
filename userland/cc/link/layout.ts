// Where everything lies, as userland/libc/program.ld draws it: code at 0x10000, constants and data behind it, each in pages of
// its own with its own permissions. In the file they follow each other without padding, so a page at a border is mapped
// twice.

import { CompilationStopped } from "../source/diagnostics.ts";
import { ELF_HEADER_SIZE, PROGRAM_HEADER_SIZE } from "../object/elf.ts";
import type { Section } from "../object/object-file.ts";
import type { Chunk, CommonSymbol, LinkSection, LinkState, OutputSection } from "./input.ts";
import { mergeSections } from "./merge.ts";

export const BASE = 0x10000;
export const PAGE = 4096;
/** More than this is no program for us. */
const LARGEST_IMAGE = 0x7fff0000;
const LARGEST_FILE = 1 << 28;

/** Sections of these names, with or without `.something` behind, go into the one that is named; in this order. */
const stems: readonly (readonly [string, string])[] = [
  [".text", ".text"],
  [".rodata", ".rodata"],
  [".srodata", ".rodata"],
  [".tdata", ".tdata"],
  [".tbss", ".tbss"],
  [".preinit_array", ".preinit_array"],
  [".init_array", ".init_array"],
  [".fini_array", ".fini_array"],
  [".data", ".data"],
  [".sdata", ".sdata"],
  [".sbss", ".sbss"],
  [".bss", ".bss"],
];

/** What objects have for compilers and debuggers that unwind, which nobody here does. */
function isDiscarded({ name, type }: Section): boolean {
  return (
    type === "note" ||
    name === ".comment" ||
    name.startsWith(".note") ||
    name === ".eh_frame" ||
    name.startsWith(".eh_frame.") ||
    name.startsWith(".gnu.lto")
  );
}

function outputName({ name, flags }: Section): string {
  if (!flags.alloc) return name;
  const stem = stems.find(([one]) => name === one || name.startsWith(`${one}.`));
  return stem?.[1] ?? name;
}

/** Order of output sections: code, constants, data, zeros, and what does not go into memory. */
function rank(output: OutputSection): number {
  const { name } = output;
  if (!output.isAlloc) return 100;
  if (output.isExecuted) return name === ".text" ? 0 : output.isWritten ? 1.5 : 1;
  if (!output.isWritten) return name === ".rodata" ? 2 : 3;
  const known = stems.findIndex(([, one]) => one === name);
  if (output.isTls) return output.isNobits ? 11 : 10;
  if (known >= 0) return 10 + known;
  // Before .sdata, or with the zeros.
  return output.isNobits ? 10 + stems.length - 1.5 : 10 + stems.length - 3.5;
}

/** `.init_array.100` comes before `.init_array.200` and before `.init_array`. */
function priority(name: string): number {
  const digits = /\.(\d+)$/.exec(name)?.[1];
  return digits === undefined ? 65536 : Number(digits);
}

export function formOutputs(state: LinkState, isStripped: boolean): void {
  const outputs = new Map<string, OutputSection>();
  const outputFor = (section: Section): OutputSection => {
    const name = outputName(section);
    const { alloc, write, execute, tls } = section.flags;
    // Sections of one name with other permissions are another output section.
    const key = `${name}\0${alloc ? 1 : 0}${write ? 1 : 0}${execute ? 1 : 0}${tls ? 1 : 0}`;
    let output = outputs.get(key);
    if (output === undefined) {
      output = createOutput(name, section);
      outputs.set(key, output);
    }
    if (section.type !== "nobits") output.isNobits = false;
    return output;
  };
  const mergeable = new Map<string, { output: OutputSection; sections: LinkSection[] }>();
  for (const object of state.loaded.objects) {
    for (const one of object.sections) {
      const section = state.sections.get(one);
      if (section === undefined || !section.isLive || isDiscarded(one)) continue;
      if (!one.flags.alloc && isStripped) continue;
      const output = outputFor(one);
      section.output = output;
      const { merge, strings, write } = one.flags;
      // Relocations would be of each piece's own.
      if (merge && !write && section.relocations.length === 0 && section.size > 0) {
        const key = `${output.name}\0${strings ? 1 : 0}\0${one.entrySize}`;
        const others = mergeable.get(key);
        if (others === undefined) mergeable.set(key, { output, sections: [section] });
        else others.sections.push(section);
      } else output.chunks.push({ kind: "section", from: section });
    }
  }
  for (const { output, sections } of mergeable.values()) {
    const merged = mergeSections(sections, state.errors);
    merged.output = output;
    output.chunks.push({ kind: "merged", from: merged });
  }
  const commons: CommonSymbol[] = [];
  for (const { common, definition } of state.loaded.globals.values()) {
    if (common !== undefined && definition === undefined) commons.push(common);
  }
  if (commons.length > 0) {
    const bss = outputFor(plainBss);
    for (const common of commons) {
      common.output = bss;
      bss.chunks.push({ kind: "common", from: common });
    }
  }
  for (const output of outputs.values()) sortChunks(output);
  state.outputs.push(...[...outputs.values()].sort((a, b) => rank(a) - rank(b)));
  reserveFirstThread(state);
  // Zeros with contents behind them have to be in the file.
  let hasContents = false;
  for (const output of state.outputs.toReversed()) {
    if (!output.isAlloc || output.isTls) continue;
    if (hasContents || !output.isWritten || output.isExecuted) output.isNobits = false;
    if (output.isWritten && !output.isExecuted && !output.isNobits) hasContents = true;
  }
}

const plainBss: Section = {
  name: ".bss",
  type: "nobits",
  flags: {
    alloc: true,
    write: true,
    execute: false,
    merge: false,
    strings: false,
    tls: false,
    retain: false,
  },
  align: 1,
  entrySize: 0,
  data: new Uint8Array(0),
  size: 0,
  relocations: [],
};

function createOutput(name: string, section: Section): OutputSection {
  return {
    name,
    chunks: [],
    isNobits: true,
    type: section.type,
    isAlloc: section.flags.alloc,
    isWritten: section.flags.write,
    isExecuted: section.flags.execute,
    isTls: section.flags.tls,
    align: 1,
    size: 0,
    address: 0,
    fileOffset: 0,
  };
}

function sortChunks(output: OutputSection): void {
  const name = (chunk: Chunk): string =>
    chunk.kind === "section" ? chunk.from.section.name : output.name;
  if (output.name === ".text") {
    // The entry's first.
    const isStart = (chunk: Chunk): boolean => name(chunk) === ".text.start";
    output.chunks.sort((a, b) => Number(isStart(b)) - Number(isStart(a)));
  } else if (output.name.endsWith("_array")) {
    output.chunks.sort((a, b) => priority(name(a)) - priority(name(b)));
  } else if (output.isWritten && output.name === ".bss") {
    // Large objects come last, so that the global pointer reaches as many as it can.
    output.chunks.sort((a, b) => sizeOf(a) - sizeOf(b));
  } else if (output.isWritten && output.name === ".data") {
    output.chunks.sort((a, b) => sizeOf(b) - sizeOf(a));
  }
}

function sizeOf({ kind, from }: Chunk): number {
  return kind === "merged" ? from.data.length : from.size;
}

/** The name of the section that has room for the first thread's storage, and for what lies in front of it. */
export const FIRST_THREAD = ".main_thread";

/** The libc says with this symbol how many bytes it wants in front of tp. */
const THREAD_SIZE = "__thread_size";

const STACK_ALIGN = 16;

/** Where the first thread's tp is to be, in bytes behind the beginning of its room. */
export function threadPointerOffset(state: LinkState): number {
  const size = state.loaded.globals.get(THREAD_SIZE)?.definition?.symbol;
  const align = state.outputs.find(({ name }) => name === FIRST_THREAD)?.align ?? 1;
  return size?.section === "absolute" ? roundUp(Number(size.value), align) : 0;
}

function reserveFirstThread(state: LinkState): void {
  if (state.loaded.globals.get(THREAD_SIZE)?.definition?.symbol.section !== "absolute") return;
  let size = 0;
  let align = STACK_ALIGN;
  for (const output of state.outputs) {
    if (!output.isTls) continue;
    layOutChunks(output);
    size = roundUp(size, output.align) + output.size;
    align = Math.max(align, output.align);
  }
  const output = createOutput(FIRST_THREAD, plainBss);
  output.align = align;
  state.outputs.push(output);
  const room = { name: "", size: threadPointerOffset(state) + size, align, output, offset: 0 };
  output.chunks.push({ kind: "common", from: room });
}

/** Offsets of chunks in their sections. */
function layOutChunks(output: OutputSection): void {
  let at = 0;
  for (const { kind, from } of output.chunks) {
    const align = kind === "section" ? from.section.align : from.align;
    const size = kind === "merged" ? from.data.length : from.size;
    at = roundUp(at, align);
    from.offset = at;
    at += size;
    output.align = Math.max(output.align, align);
  }
  output.size = at;
}

export function roundUp(at: number, align: number): number {
  return Math.ceil(at / align) * align;
}

export interface Segment {
  readonly flags: number;
  readonly fileOffset: number;
  readonly address: number;
  fileSize: number;
  memorySize: number;
}

export interface Layout {
  readonly segments: readonly Segment[];
  readonly tls: ThreadStorage | undefined;
  readonly programHeaders: number;
  /** Behind what goes into memory. */
  readonly fileEnd: number;
  readonly memoryEnd: number;
}

/** What each thread has a copy of (ELF gABI, PT_TLS). */
export interface ThreadStorage {
  readonly output: OutputSection;
  fileSize: number;
  memorySize: number;
  align: number;
}

function permissions(output: OutputSection): number {
  return 4 | (output.isWritten ? 2 : 0) | (output.isExecuted ? 1 : 0);
}

/** Gives every output section its address and its place in the file. */
export function layOut(state: LinkState): Layout {
  const outputs = state.outputs.filter((output) => output.isAlloc);
  for (const output of state.outputs) layOutChunks(output);
  const kinds = new Set(outputs.map(permissions));
  kinds.add(5);
  const hasTls = outputs.some((output) => output.isTls);
  const programHeaders = kinds.size + 1 + (hasTls ? 1 : 0);
  let at = ELF_HEADER_SIZE + programHeaders * PROGRAM_HEADER_SIZE;
  let address = BASE + at;
  let current: Segment = { flags: 5, fileOffset: 0, address: BASE, fileSize: at, memorySize: at };
  const segments = [current];
  let tls: Layout["tls"];
  // Distances from its beginning keep each object's alignment when that has the largest of all.
  const first = outputs.find((output) => output.isTls);
  if (first !== undefined)
    for (const { isTls, align } of outputs) if (isTls) first.align = Math.max(first.align, align);
  for (const output of outputs) {
    const flags = permissions(output);
    if (flags !== current.flags) {
      // The same place in another page.
      address = roundUp(address, PAGE) + (address % PAGE);
      current = { flags, fileOffset: at, address, fileSize: 0, memorySize: 0 };
      // The first section's alignment may leave a gap, which belongs to the segment.
      segments.push(current);
    }
    const aligned = roundUp(address, output.align);
    if (!output.isNobits) at += aligned - address;
    output.address = aligned;
    output.fileOffset = at;
    if (output.isTls) {
      tls ??= { output, fileSize: 0, memorySize: 0, align: 1 };
      if (!output.isNobits) tls.fileSize = aligned + output.size - tls.output.address;
      tls.memorySize = aligned + output.size - tls.output.address;
      tls.align = Math.max(tls.align, output.align);
    }
    // Zeros of thread-local storage are only there in each thread's copy.
    if (output.isTls && output.isNobits) continue;
    address = aligned + output.size;
    if (!output.isNobits) {
      at += output.size;
      current.fileSize = at - current.fileOffset;
    }
    current.memorySize = address - current.address;
    if (address > LARGEST_IMAGE || at > LARGEST_FILE) {
      throw new CompilationStopped("the program is too large");
    }
  }
  state.tlsStart = tls?.output.address ?? 0;
  return { segments, tls, programHeaders, fileEnd: at, memoryEnd: address };
}
