// Relocations: addresses go into instructions and data. (RISC-V ELF psABI, "Relocations": S is the symbol's address, A the
// addend, P the place.)

import { placeImmediate } from "../../../kernel/cpu/isa-format.ts";
import type { Format } from "../../../kernel/cpu/isa-format.ts";
import { writeNumber } from "../assemble/number.ts";
import type { Relocation } from "../object/object-file.ts";
import * as R from "../object/relocation-types.ts";
import { targetOf } from "./address.ts";
import { placeText } from "./input.ts";
import type { LinkSection, LinkState } from "./input.ts";
import { undefinedText } from "./undefined.ts";

interface High {
  /** The whole distance, of which the upper part went into auipc; of a thread's own: from tp, and into lui. */
  readonly value: number;
  /** It was to be loaded from a table of addresses, which a static program does not have. */
  readonly isTable: boolean;
}

interface Place {
  readonly state: LinkState;
  readonly section: LinkSection;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Address of the section's beginning. */
  readonly base: number;
  readonly highs: Map<number, High>;
  readonly undefinedNames: Set<string>;
}

/** Relocates one section; `bytes` are its contents in the image. */
export function relocateSection(
  state: LinkState,
  section: LinkSection,
  bytes: Uint8Array,
  undefinedNames: Set<string>,
): void {
  const { relocations, output } = section;
  if (relocations.length === 0 || output === undefined) return;
  const place: Place = {
    state,
    section,
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    base: output.address + section.offset,
    highs: new Map(),
    undefinedNames,
  };
  // Lower parts refer to their auipc, which may come after them.
  for (const one of relocations) if (highs.has(one.type)) applyHigh(place, one);
  for (const one of relocations) if (!highs.has(one.type)) apply(place, one);
}

const highs = new Set([R.R_RISCV_PCREL_HI20, R.R_RISCV_GOT_HI20, R.R_RISCV_TLS_GOT_HI20]);

function complain({ state, section }: Place, { offset }: Relocation, message: string): void {
  if (state.errors.length < 20) {
    state.errors.push(`${placeText(section)}+0x${offset.toString(16)}: ${message}`);
  }
}

/** S + A, or undefined after a complaint. */
function addressOf(place: Place, one: Relocation): number | undefined {
  const { state, section } = place;
  const { symbol } = one;
  const addend = Number(one.addend);
  if (symbol === undefined) return addend;
  const target = targetOf(state, symbol, addend);
  switch (target.kind) {
    case "address":
      if (target.isThreadLocal === ofThreads.has(one.type) || !section.section.flags.alloc)
        return target.address;
      complain(
        place,
        one,
        target.isThreadLocal
          ? `'${symbol.name}' is thread-local, but not where it is used here`
          : `'${symbol.name}' is not thread-local, but it is used as if it were`,
      );
      return undefined;
    case "gone":
      if (!section.section.flags.alloc) {
        // Two zeros would be the end of a list of ranges.
        const { name } = section.section;
        return name === ".debug_ranges" || name === ".debug_loc" ? 1 : 0;
      }
      complain(place, one, `'${symbol.name}' is in a section that is left out`);
      return undefined;
    case "undefined":
      if (place.undefinedNames.has(target.name)) return undefined;
      place.undefinedNames.add(target.name);
      state.errors.push(undefinedText(state, section, target.name));
      return undefined;
  }
}

/** Only these make sense for what each thread has its own of (psABI, "Thread Local Storage"). */
const ofThreads = new Set([
  R.R_RISCV_TLS_DTPREL32,
  R.R_RISCV_TLS_DTPREL64,
  R.R_RISCV_TLS_GOT_HI20,
  R.R_RISCV_TLS_GD_HI20,
  R.R_RISCV_TPREL_HI20,
  R.R_RISCV_TPREL_LO12_I,
  R.R_RISCV_TPREL_LO12_S,
  R.R_RISCV_TPREL_ADD,
  R.R_RISCV_TPREL_I,
  R.R_RISCV_TPREL_S,
]);

function applyHigh(place: Place, one: Relocation): void {
  const address = addressOf(place, one);
  if (address === undefined || !isInside(place, one, 4)) return;
  const isThread = one.type === R.R_RISCV_TLS_GOT_HI20;
  const value = address - (isThread ? place.state.tlsStart : place.base + one.offset);
  place.highs.set(one.offset, { value, isTable: one.type !== R.R_RISCV_PCREL_HI20 });
  // With a distance from tp that is known, auipc becomes lui.
  if (isThread) patch(place, one.offset, 0xffffff80, 0x37);
  patchUpper(place, one, value);
}

function isInside(place: Place, one: Relocation, size: number): boolean {
  if (one.offset + size <= place.bytes.length) return true;
  complain(place, one, "relocation lies behind the end of its section");
  return false;
}

/** The upper 20 bits of an address or a distance, rounded so that the signed lower 12 make up for it. */
function patchUpper(place: Place, one: Relocation, value: number): void {
  if (value < -0x80000800 || value >= 0x7ffff800) {
    complainRange(place, one);
    return;
  }
  patch(place, one.offset, 0x00000fff, placeImmediate("U", (value + 0x800) | 0));
}

function complainRange(place: Place, one: Relocation): void {
  const name = one.symbol?.name === "" ? "a section" : `'${one.symbol?.name ?? ""}'`;
  complain(
    place,
    one,
    `${name} is too far away, or not where this relocation (${one.type}) reaches`,
  );
}

function patch({ view }: Place, offset: number, keep: number, bits: number): void {
  view.setUint32(offset, (view.getUint32(offset, true) & keep) | bits, true);
}

/** An immediate of these formats in an instruction of 32 bits. */
function patchFormat(place: Place, one: Relocation, format: Format, value: number): void {
  const mask = placeImmediate(format, -1);
  patch(place, one.offset, ~mask, placeImmediate(format, value));
}

function low12(value: number): number {
  return (value << 20) >> 20;
}

function apply(place: Place, one: Relocation): void {
  switch (one.type) {
    case R.R_RISCV_NONE:
    case R.R_RISCV_RELAX:
    case R.R_RISCV_ALIGN:
    case R.R_RISCV_TPREL_ADD:
      return;
    case R.R_RISCV_PCREL_LO12_I:
    case R.R_RISCV_PCREL_LO12_S:
      applyLow(place, one);
      return;
  }
  const address = addressOf(place, one);
  if (address === undefined) return;
  const { type, offset } = one;
  const distance = address - (place.base + offset);
  switch (type) {
    case R.R_RISCV_32:
      if (!isInside(place, one, 4)) return;
      if (address < -0x80000000 || address > 0xffffffff) complainRange(place, one);
      else place.view.setUint32(offset, address, true);
      return;
    case R.R_RISCV_64:
      if (isInside(place, one, 8)) writeNumber(place.bytes, offset, 8, BigInt(address));
      return;
    case R.R_RISCV_32_PCREL:
      if (isInside(place, one, 4)) place.view.setInt32(offset, distance, true);
      return;
    case R.R_RISCV_HI20:
      if (isInside(place, one, 4)) patchUpper(place, one, address);
      return;
    case R.R_RISCV_LO12_I:
      if (isInside(place, one, 4)) patchFormat(place, one, "I", low12(address));
      return;
    case R.R_RISCV_LO12_S:
      if (isInside(place, one, 4)) patchFormat(place, one, "store", low12(address));
      return;
    case R.R_RISCV_RVC_LUI:
      if (isInside(place, one, 2)) patchShort(place, offset, 0x107c, upperBits(address));
      return;
    case R.R_RISCV_GPREL_I:
    case R.R_RISCV_GPREL_S: {
      const low = address - (place.state.own.get("__global_pointer$") ?? 0);
      if (!isInside(place, one, 4)) return;
      if (low !== low12(low)) complainRange(place, one);
      patchFormat(place, one, type === R.R_RISCV_GPREL_I ? "I" : "store", low);
      return;
    }
    case R.R_RISCV_TPREL_HI20:
      if (isInside(place, one, 4)) patchUpper(place, one, address - place.state.tlsStart);
      return;
    case R.R_RISCV_TLS_DTPREL32:
    case R.R_RISCV_TLS_DTPREL64: {
      // For debuggers, which know that tables of distances count from 0x800 behind the beginning.
      const size = type === R.R_RISCV_TLS_DTPREL32 ? 4 : 8;
      if (!isInside(place, one, size)) return;
      writeNumber(place.bytes, offset, size, BigInt(address - place.state.tlsStart - 0x800));
      return;
    }
    case R.R_RISCV_TLS_GD_HI20:
      complain(
        place,
        one,
        "code for shared libraries reaches thread-local storage in a way that is not supported (-fno-pic)",
      );
      return;
    case R.R_RISCV_TPREL_I:
    case R.R_RISCV_TPREL_LO12_I:
      if (isInside(place, one, 4)) {
        patchFormat(place, one, "I", low12(address - place.state.tlsStart));
      }
      return;
    case R.R_RISCV_TPREL_S:
    case R.R_RISCV_TPREL_LO12_S:
      if (isInside(place, one, 4)) {
        patchFormat(place, one, "store", low12(address - place.state.tlsStart));
      }
      return;
    case R.R_RISCV_CALL:
    case R.R_RISCV_CALL_PLT:
      if (!isInside(place, one, 8)) return;
      patchUpper(place, one, distance);
      patch(place, offset + 4, 0x000fffff, placeImmediate("jalr", low12(distance)));
      return;
    case R.R_RISCV_BRANCH:
      if (!isInside(place, one, 4) || !isReached(place, one, distance, 12)) return;
      patchFormat(place, one, "B", distance);
      return;
    case R.R_RISCV_JAL:
      if (!isInside(place, one, 4) || !isReached(place, one, distance, 20)) return;
      patchFormat(place, one, "J", distance);
      return;
    case R.R_RISCV_RVC_BRANCH:
      if (!isInside(place, one, 2) || !isReached(place, one, distance, 8)) return;
      patchShort(place, offset, 0x1c7c, branchBits(distance));
      return;
    case R.R_RISCV_RVC_JUMP:
      if (!isInside(place, one, 2) || !isReached(place, one, distance, 11)) return;
      patchShort(place, offset, 0x1ffc, jumpBits(distance));
      return;
    default:
      applySum(place, one, address);
  }
}

/** Whether a jump with so many bits of distance, and one for its sign, reaches. */
function isReached(place: Place, one: Relocation, distance: number, bits: number): boolean {
  const limit = 2 ** bits;
  if (distance >= -limit && distance < limit && distance % 2 === 0) return true;
  complainRange(place, one);
  return false;
}

/** The lower part of the distance that an auipc elsewhere has the upper part of. */
function applyLow(place: Place, one: Relocation): void {
  const { symbol, type, offset } = one;
  if (symbol === undefined || !isInside(place, one, 4)) return;
  const target = targetOf(place.state, symbol, 0);
  const high = target.kind === "address" ? place.highs.get(target.address - place.base) : undefined;
  if (high === undefined) {
    complain(place, one, "the lower part of an address has no upper part (%pcrel_hi)");
    return;
  }
  const low = low12(high.value);
  if (high.isTable) {
    // The load of an address from a table becomes the address itself: ld becomes addi.
    const bits = place.view.getUint32(offset, true);
    if ((bits & 0x707f) !== 0x3003 || type !== R.R_RISCV_PCREL_LO12_I) {
      complain(place, one, "%got_pcrel_hi without a load of the address");
      return;
    }
    patch(place, offset, 0x000f8f80, 0x13);
  }
  patchFormat(place, one, type === R.R_RISCV_PCREL_LO12_I ? "I" : "store", low);
}

function patchShort({ view }: Place, offset: number, mask: number, bits: number): void {
  view.setUint16(offset, (view.getUint16(offset, true) & ~mask) | bits, true);
}

function bit(value: number, from: number, to: number): number {
  return ((value >> from) & 1) << to;
}

/** c.lui: 12: 17; 6…2: 16…12 of the address, rounded as for lui. */
function upperBits(address: number): number {
  const rounded = address + 0x800;
  return bit(rounded, 17, 12) | (((rounded >> 12) & 31) << 2);
}

/** c.beqz: 12: 8; 11 10: 4 3; 6 5: 7 6; 4 3: 2 1; 2: 5 */
function branchBits(d: number): number {
  return (
    bit(d, 8, 12) |
    bit(d, 4, 11) |
    bit(d, 3, 10) |
    bit(d, 7, 6) |
    bit(d, 6, 5) |
    bit(d, 2, 4) |
    bit(d, 1, 3) |
    bit(d, 5, 2)
  );
}

/** c.j: 12: 11; 11: 4; 10 9: 9 8; 8: 10; 7: 6; 6: 7; 5…3: 3 2 1; 2: 5 */
function jumpBits(d: number): number {
  return (
    bit(d, 11, 12) |
    bit(d, 4, 11) |
    bit(d, 9, 10) |
    bit(d, 8, 9) |
    bit(d, 10, 8) |
    bit(d, 6, 7) |
    bit(d, 7, 6) |
    bit(d, 3, 5) |
    bit(d, 2, 4) |
    bit(d, 1, 3) |
    bit(d, 5, 2)
  );
}

const sums = new Map<number, { readonly size: 1 | 2 | 4 | 8; readonly how: "add" | "sub" | "set" }>(
  [
    [R.R_RISCV_ADD8, { size: 1, how: "add" }],
    [R.R_RISCV_ADD16, { size: 2, how: "add" }],
    [R.R_RISCV_ADD32, { size: 4, how: "add" }],
    [R.R_RISCV_ADD64, { size: 8, how: "add" }],
    [R.R_RISCV_SUB8, { size: 1, how: "sub" }],
    [R.R_RISCV_SUB16, { size: 2, how: "sub" }],
    [R.R_RISCV_SUB32, { size: 4, how: "sub" }],
    [R.R_RISCV_SUB64, { size: 8, how: "sub" }],
    [R.R_RISCV_SET8, { size: 1, how: "set" }],
    [R.R_RISCV_SET16, { size: 2, how: "set" }],
    [R.R_RISCV_SET32, { size: 4, how: "set" }],
  ],
);

/** Data that are differences: what is there, plus or minus an address. */
function applySum(place: Place, one: Relocation, address: number): void {
  const { bytes } = place;
  const { offset, type } = one;
  const sum = sums.get(type);
  if (sum !== undefined) {
    if (!isInside(place, one, sum.size)) return;
    let old = 0n;
    for (let at = sum.size - 1; at >= 0; at--) old = (old << 8n) | BigInt(bytes[offset + at] ?? 0);
    const value = BigInt(address);
    const made = sum.how === "set" ? value : sum.how === "add" ? old + value : old - value;
    writeNumber(bytes, offset, sum.size, made);
    return;
  }
  if (type === R.R_RISCV_SET6 || type === R.R_RISCV_SUB6) {
    if (!isInside(place, one, 1)) return;
    const old = bytes[offset] ?? 0;
    const value = type === R.R_RISCV_SET6 ? address : (old & 63) - address;
    bytes[offset] = (old & 0xc0) | (value & 63);
    return;
  }
  if (type === R.R_RISCV_SET_ULEB128 || type === R.R_RISCV_SUB_ULEB128) {
    patchUleb(place, one, address);
    return;
  }
  complain(place, one, `relocation ${type} is not supported`);
}

/** A number of a length that must not change. */
function patchUleb(place: Place, one: Relocation, address: number): void {
  const { bytes } = place;
  let end = one.offset;
  let old = 0n;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    if (end - one.offset > 9) break;
    old |= BigInt(byte & 127) << BigInt((end - one.offset) * 7);
    if (byte < 128) break;
  }
  if (!isInside(place, one, end - one.offset + 1)) return;
  const value = BigInt(address);
  let rest = BigInt.asUintN(64, one.type === R.R_RISCV_SET_ULEB128 ? value : old - value);
  for (let at = one.offset; at <= end; at++) {
    bytes[at] = Number(rest & 127n) | (at < end ? 128 : 0);
    rest >>= 7n;
  }
}
