// How long branches and alignments are. A branch begins as short as it can be and only grows, so this comes to an end: two
// bytes, four, or the opposite branch over a jump. (RISC-V Unprivileged ISA, "Conditional Branches": ±4 KiB; jal: ±1 MiB.)

import { placeImmediate } from "../../../kernel/cpu/isa-format.ts";
import { compress } from "./compress.ts";
import { offsetOf } from "./section-builder.ts";
import type {
  AlignFragment,
  AsmSymbol,
  BranchFragment,
  Fragment,
  Position,
  SectionBuilder,
} from "./section-builder.ts";
import { put16, put32 } from "./section-builder.ts";

const FUNCT3_OPPOSITE = 0x1000;
const JAL_X0 = 0x6f;
const C_NOP = 1;
const NOP = 0x13;

/** Most chains of branches that push each other out of reach settle in a few rounds; after these the rest goes the long way. */
const MOST_ROUNDS = 30;

/** Where a symbol is, `.set` followed; undefined when it is not a place in this object. */
export type Locate = (symbol: AsmSymbol) => { position: Position; addend: number } | undefined;

/** The place a branch goes to when it is this section's and cannot be another at link time. */
function nearTarget(
  section: SectionBuilder,
  branch: BranchFragment,
  locate: Locate,
): { position: Position; addend: number } | undefined {
  if (branch.target.binding === "weak") return undefined;
  const found = locate(branch.target);
  return found?.position.section === section ? found : undefined;
}

function longest(branch: BranchFragment): number {
  return branch.isJump ? 4 : branch.hasShort ? 6 : 8;
}

function neededSize(branch: BranchFragment, distance: number): number {
  if (branch.isJump) return branch.hasShort && distance >= -2048 && distance <= 2046 ? 2 : 4;
  if (branch.hasShort && distance >= -256 && distance <= 254) return 2;
  return distance >= -4096 && distance <= 4094 ? 4 : longest(branch);
}

/** The psABI's R_RISCV_ALIGN: room for the alignment less the smallest instruction. */
function paddingAt({ bytes, isOpen, rvc }: AlignFragment, offset: number): number {
  if (!isOpen) return -offset & (bytes - 1);
  // Behind an odd number of bytes of data.
  if ((offset & 1) !== 0) return bytes - 1;
  return rvc ? bytes - 2 : Math.max(0, bytes - 4);
}

/** Finds all fragments' sizes, and with them `before`. */
export function layOut(section: SectionBuilder, locate: Locate): void {
  const { fragments } = section;
  const count = fragments.length;
  const targets: ({ position: Position; addend: number } | undefined)[] = [];
  for (const fragment of fragments) {
    let target: (typeof targets)[number];
    if (fragment.kind === "branch") {
      target = nearTarget(section, fragment, locate);
      if (target === undefined) fragment.size = longest(fragment);
    }
    targets.push(target);
  }
  section.before = new Uint32Array(count + 1);
  const { before } = section;
  for (let round = 0; ; round++) {
    let sum = 0;
    for (const [index, fragment] of fragments.entries()) {
      before[index] = sum;
      if (fragment.kind === "align") fragment.size = paddingAt(fragment, fragment.raw + sum);
      sum += fragment.size;
    }
    before[count] = sum;
    let hasGrown = false;
    for (const [index, fragment] of fragments.entries()) {
      const target = targets[index];
      if (target === undefined || fragment.kind !== "branch") continue;
      const { position, addend } = target;
      const to = offsetOf(section, position.raw, position.index) + addend + fragment.addend;
      const needed = neededSize(fragment, to - offsetOf(section, fragment.raw, index));
      if (needed <= fragment.size) continue;
      fragment.size = round < MOST_ROUNDS ? needed : longest(fragment);
      hasGrown = true;
    }
    if (!hasGrown) return;
  }
}

/** What the linker has to see to: a fragment, and where its last instruction is. */
export interface Open<F extends Fragment = Fragment> {
  readonly offset: number;
  readonly fragment: F;
}

/**
 * Puts the section's bytes together, fragments included. `open` hears of branches to elsewhere and of what the linker may
 * move, `complain` of branches whose target no jump reaches, and of odd ones.
 */
export function writeSection(
  section: SectionBuilder,
  locate: Locate,
  open: (one: Open) => void,
  complain: (branch: BranchFragment, message: string) => void,
): Uint8Array {
  const { fragments, before, length } = section;
  if (fragments.length === 0) return section.bytes.subarray(0, length);
  const total = length + (before[fragments.length] ?? 0);
  const out: SectionBuilder = {
    ...section,
    bytes: new Uint8Array(total),
    length: 0,
    fragments: [],
  };
  let from = 0;
  for (const [index, fragment] of fragments.entries()) {
    copy(section, out, from, fragment.raw);
    from = fragment.raw;
    if (fragment.kind === "align") {
      if (fragment.isOpen) open({ offset: out.length, fragment });
      writePadding(out, fragment.size, section.flags.execute, fragment.rvc);
      continue;
    }
    const at = out.length;
    const target = nearTarget(section, fragment, locate);
    if (target === undefined) {
      if (!fragment.isJump) writeOpposite(out, fragment);
      open({ offset: out.length, fragment });
      put32(out, JAL_X0);
      continue;
    }
    const { position, addend } = target;
    const to = offsetOf(section, position.raw, position.index) + addend + fragment.addend;
    const distance = to - offsetOf(section, fragment.raw, index);
    writeBranch(out, fragment, distance, complain);
    if (fragment.isOpen) {
      open({ offset: out.length - Math.min(4, fragment.size), fragment });
    }
    if (out.length - at !== fragment.size)
      complain(fragment, "branch has not the size it should have");
  }
  copy(section, out, from, length);
  return out.bytes;
}

function copy(section: SectionBuilder, out: SectionBuilder, from: number, to: number): void {
  out.bytes.set(section.bytes.subarray(from, to), out.length);
  out.length += to - from;
}

function writePadding(out: SectionBuilder, size: number, isCode: boolean, rvc: boolean): void {
  const end = out.length + size;
  if (!isCode) {
    out.length = end;
    return;
  }
  // An odd byte can only be padding behind data.
  if ((size & 1) !== 0) out.length++;
  if (((end - out.length) & 2) !== 0) {
    if (rvc) put16(out, C_NOP);
    else out.length += 2;
  }
  while (out.length < end) put32(out, NOP);
}

/** The opposite branch, over the four bytes of a jump. */
function writeOpposite(out: SectionBuilder, branch: BranchFragment): void {
  const opposite = branch.word ^ FUNCT3_OPPOSITE;
  if (branch.hasShort) put16(out, compress(opposite | placeImmediate("B", 6)));
  else put32(out, opposite | placeImmediate("B", 8));
}

function writeBranch(
  out: SectionBuilder,
  branch: BranchFragment,
  distance: number,
  complain: (branch: BranchFragment, message: string) => void,
): void {
  if ((distance & 1) !== 0) complain(branch, "branch to an odd address");
  const { size, isJump, word } = branch;
  if (size === 2) {
    put16(out, compress(word | placeImmediate(isJump ? "J" : "B", distance)));
    return;
  }
  if (!isJump && size === 4) {
    put32(out, word | placeImmediate("B", distance));
    return;
  }
  let rest = distance;
  if (!isJump) {
    writeOpposite(out, branch);
    rest -= size - 4;
  }
  if (rest < -(2 ** 20) || rest >= 2 ** 20)
    complain(branch, "target is too far away: more than 1 MiB");
  put32(out, JAL_X0 | placeImmediate("J", rest));
}
