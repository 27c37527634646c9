// Where a section can become shorter: what its relocations with R_RISCV_RELAX, and its alignments, allow. (RISC-V ELF psABI,
// "Linker Relaxation".)

import type { Relocation } from "../object/object-file.ts";
import * as R from "../object/relocation-types.ts";
import { type Cut, offsetAfter } from "./cuts.ts";
import { type LinkSection, placeText } from "./input.ts";

export interface Site {
  readonly kind: "call" | "jump" | "branch" | "high" | "thread" | "align";
  /** In the section as it was read. */
  readonly offset: number;
  readonly length: number;
  readonly relocation: Relocation;
  /** Bytes that are taken out at its end. */
  removed: number;
}

export interface Relaxable {
  readonly section: LinkSection;
  /** In the order of their places. */
  readonly sites: readonly Site[];
  /** Lower parts of addresses, whose instruction could go without the upper part. */
  readonly lows: readonly Relocation[];
  /** Those of `lows` that do: they count from the global pointer, or from tp. */
  readonly global: Set<Relocation>;
  readonly hasAlignment: boolean;
}

/** What of a section can be taken out; undefined: nothing. */
export function relaxableOf(section: LinkSection, errors: string[]): Relaxable | undefined {
  const { relocations } = section;
  const { data, flags } = section.section;
  if (!flags.execute) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const wordAt = (offset: number): number =>
    offset + 4 <= data.length ? view.getUint32(offset, true) : 0;
  const sites: Site[] = [];
  const lows: Relocation[] = [];
  let hasAlignment = false;
  for (const [index, relocation] of relocations.entries()) {
    const { type, offset } = relocation;
    const put = (kind: Site["kind"], length: number): void => {
      sites.push({ kind, offset, length, relocation, removed: 0 });
    };
    if (type === R.R_RISCV_ALIGN) {
      put("align", Number(relocation.addend));
      hasAlignment = true;
      continue;
    }
    const next = relocations[index + 1];
    if (next?.type !== R.R_RISCV_RELAX || next.offset !== offset) continue;
    switch (type) {
      case R.R_RISCV_CALL:
      case R.R_RISCV_CALL_PLT:
        // auipc and jalr
        if ((wordAt(offset + 4) & 0x707f) === 0x67) put("call", 8);
        break;
      case R.R_RISCV_HI20:
        if ((wordAt(offset) & 0x7f) === 0x37) put("high", 4);
        break;
      case R.R_RISCV_TPREL_HI20:
        if ((wordAt(offset) & 0x7f) === 0x37) put("thread", 4);
        break;
      case R.R_RISCV_TPREL_ADD:
        // add …, tp
        if ((wordAt(offset) & 0xfff0707f) === 0x00400033) put("thread", 4);
        break;
      case R.R_RISCV_LO12_I:
      case R.R_RISCV_LO12_S:
      case R.R_RISCV_TPREL_LO12_I:
      case R.R_RISCV_TPREL_LO12_S:
        lows.push(relocation);
        break;
      case R.R_RISCV_JAL:
        if ((wordAt(offset) & 0xfff) === 0x6f) put("jump", 4);
        break;
      case R.R_RISCV_BRANCH:
        if (isShortBranch(wordAt(offset))) put("branch", 4);
        break;
    }
  }
  if (sites.length === 0 && lows.length === 0) return undefined;
  sites.sort((a, b) => a.offset - b.offset);
  let end = 0;
  for (const { offset, length } of sites) {
    if (!(length >= 0 && offset + length <= data.length && offset >= end)) {
      errors.push(`${placeText(section)}: damaged relocations`);
      return undefined;
    }
    end = offset + length;
  }
  return { section, sites, lows, global: new Set(), hasAlignment };
}

/** beq or bne that compares one of x8 … x15 with zero. */
function isShortBranch(word: number): boolean {
  return (word & 0x1f0607f) === 0x63 && ((word >>> 15) & 24) === 8;
}

/** Takes out what the sites say, and of alignments what is too much then. */
export function applyCuts({ section, sites }: Relaxable, errors: string[]): void {
  const cuts: Cut[] = [];
  let removed = 0;
  for (const site of sites) {
    if (site.kind === "align") site.removed = surplus(site, section, removed, errors);
    if (site.removed === 0) continue;
    removed += site.removed;
    cuts.push({ at: site.offset + site.length, removed, own: site.removed });
  }
  section.cuts = cuts;
  section.size = section.section.size - removed;
}

/**
 * The assembler has left room for the longest padding, because it does not know what is taken out before it.
 */
function surplus(
  { offset, length }: Site,
  section: LinkSection,
  removed: number,
  errors: string[],
): number {
  // The room is the alignment less the size of the smallest instruction.
  let bytes = 1;
  while (bytes <= length) bytes *= 2;
  if (bytes > section.section.align) {
    errors.push(
      `${placeText(section)}: padding for ${bytes} bytes in a section for ${section.section.align}`,
    );
    return 0;
  }
  const needed = -(offset - removed) & (bytes - 1);
  if (needed > length) {
    errors.push(`${placeText(section)}: there is too little room for alignment`);
    return 0;
  }
  return length - needed;
}

/** Where a site's instruction is now. */
export function siteOffset({ section }: Relaxable, { offset }: Site): number {
  return offsetAfter(section.cuts, offset);
}
