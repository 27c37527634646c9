// Reads an ELF64 executable's header and program headers and decides whether the kernel can run it. Specification:
// System V gABI chapters 4 and 5, RISC-V ELF psABI. A file that is not accepted is ENOEXEC, and the sentence returned
// instead of an image says why, for the kernel log.

import {
  EHDR_SIZE,
  ELFCLASS64,
  ELFDATA2LSB,
  ELF_MAGIC,
  EM_RISCV,
  ET_DYN,
  ET_EXEC,
  PF_X,
  PHDR_SIZE,
  PT_GNU_STACK,
  PT_INTERP,
  PT_LOAD,
  PT_PHDR,
} from "../abi/elf.ts";
import { PAGE_MASK, USER_END } from "../abi/sv39.ts";

export interface ElfSegment {
  /** Byte offset in the file; congruent with `vaddr` modulo the page size. */
  readonly offset: number;
  readonly vaddr: number;
  readonly filesz: number;
  readonly memsz: number;
  /** PF_R | PF_W | PF_X. */
  readonly flags: number;
}

export interface ElfImage {
  /** ET_EXEC, or ET_DYN for a static position-independent executable (all its addresses are offsets then). */
  readonly type: number;
  readonly entry: number;
  /** In ascending order of address, without overlap. */
  readonly segments: readonly ElfSegment[];
  /** Where the program headers lie in memory, 0 when no segment holds them. */
  readonly phdrAddress: number;
  readonly phnum: number;
  readonly executableStack: boolean;
}

/** Gives `length` bytes of the file from `offset`, fewer when the file ends. */
export type ReadAt = (offset: number, length: number) => Uint8Array;

/** Linux refuses program headers that fill more than this. */
const MAX_PHDR_BYTES = 65536;

/** A 64-bit field as a number; what does not fit becomes Infinity and fails every range check. */
function u64(view: DataView, at: number): number {
  const hi = view.getUint32(at + 4, true);
  return hi < 2 ** 21 ? hi * 2 ** 32 + view.getUint32(at, true) : Infinity;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The image, or the sentence that says what is wrong with it. `fileSize` is in bytes. */
export function parseElf(readAt: ReadAt, fileSize: number): ElfImage | string {
  const head = readAt(0, EHDR_SIZE);
  if (head.length < EHDR_SIZE)
    return `the file has ${head.length} bytes, an ELF header has ${EHDR_SIZE}`;
  const header = viewOf(head);
  if (header.getUint32(0, true) !== ELF_MAGIC) return "it does not begin with ELF's magic number";
  if (head[4] !== ELFCLASS64) return "it is not a 64-bit ELF file";
  if (head[5] !== ELFDATA2LSB) return "it is not little-endian";
  if (head[6] !== 1 || header.getUint32(20, true) !== 1) return "its ELF version is not 1";
  const machine = header.getUint16(18, true);
  if (machine !== EM_RISCV) return `it is for machine ${machine}, not RISC-V (${EM_RISCV})`;
  const type = header.getUint16(16, true);
  if (type !== ET_EXEC && type !== ET_DYN) return `its type ${type} is not an executable's`;
  const phoff = u64(header, 32);
  const phentsize = header.getUint16(54, true);
  const phnum = header.getUint16(56, true);
  if (phentsize !== PHDR_SIZE)
    return `its program headers have ${phentsize} bytes each, not ${PHDR_SIZE}`;
  if (phnum === 0) return "it has no program headers";
  const tableBytes = phnum * PHDR_SIZE;
  if (tableBytes > MAX_PHDR_BYTES) return `it has too many program headers (${phnum})`;
  if (phoff + tableBytes > fileSize) return "its program headers lie beyond the end of the file";
  const table = readAt(phoff, tableBytes);
  if (table.length < tableBytes) return "its program headers could not be read";
  return readSegments(viewOf(table), { type, entry: u64(header, 24), phoff, phnum, fileSize });
}

interface Header {
  readonly type: number;
  readonly entry: number;
  readonly phoff: number;
  readonly phnum: number;
  readonly fileSize: number;
}

function readSegments(table: DataView, header: Header): ElfImage | string {
  const segments: ElfSegment[] = [];
  let phdrAddress = 0;
  let executableStack = false;
  for (let index = 0; index < header.phnum; index++) {
    const at = index * PHDR_SIZE;
    const kind = table.getUint32(at, true);
    const flags = table.getUint32(at + 4, true);
    if (kind === PT_INTERP) return "it needs a dynamic loader; only static executables run here";
    if (kind === PT_GNU_STACK) executableStack = (flags & PF_X) !== 0;
    if (kind === PT_PHDR) phdrAddress = u64(table, at + 16);
    if (kind !== PT_LOAD) continue;
    const segment = {
      offset: u64(table, at + 8),
      vaddr: u64(table, at + 16),
      filesz: u64(table, at + 32),
      memsz: u64(table, at + 40),
      flags,
    };
    const why = segmentError(segment, segments.at(-1), header.fileSize);
    if (why !== null) return `segment ${index} ${why}`;
    if (segment.memsz > 0) segments.push(segment);
  }
  if (segments.length === 0) return "it has nothing to load";
  const atEntry = segments.find(
    ({ vaddr, memsz }) => header.entry >= vaddr && header.entry < vaddr + memsz,
  );
  if (atEntry === undefined || (atEntry.flags & PF_X) === 0)
    return "its entry point is not in executable memory";
  if (header.entry % 2 !== 0) return "its entry point is odd";
  if (phdrAddress === 0) {
    const holder = segments.find(
      ({ offset, filesz }) =>
        header.phoff >= offset && header.phoff + header.phnum * PHDR_SIZE <= offset + filesz,
    );
    if (holder !== undefined) phdrAddress = header.phoff - holder.offset + holder.vaddr;
  }
  const { type, entry, phnum } = header;
  return { type, entry, segments, phdrAddress, phnum, executableStack };
}

function segmentError(
  segment: ElfSegment,
  before: ElfSegment | undefined,
  fileSize: number,
): string | null {
  const { offset, vaddr, filesz, memsz } = segment;
  if (filesz > memsz) return "has more bytes in the file than in memory";
  if (memsz === 0) return null;
  if (vaddr + memsz > USER_END) return "lies outside user memory";
  if (offset + filesz > fileSize) return "lies beyond the end of the file (truncated?)";
  if ((offset & PAGE_MASK) !== (vaddr & PAGE_MASK) && filesz > 0)
    return "has an offset that does not fit its address";
  if (before !== undefined && vaddr < before.vaddr + before.memsz)
    return "overlaps the one before it or is out of order";
  return null;
}
