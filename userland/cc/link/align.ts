// R_RISCV_ALIGN: the assembler has left room for the longest padding, because it does not know what relaxation takes out
// before it. The linker has to take out what is too much. (RISC-V ELF psABI, "Alignment".) Nothing else is relaxed, so
// what is left depends on offsets within the section alone.

import type { Relocation } from "../object/object-file.ts";
import { R_RISCV_ALIGN, R_RISCV_RELAX } from "../object/relocation-types.ts";
import { type Cut, type LinkSection, movedOffset, placeText } from "./input.ts";

export function cutPadding(section: LinkSection, errors: string[]): void {
  const { relocations, data, align } = section.section;
  if (!relocations.some(({ type }) => type === R_RISCV_ALIGN)) return;
  const cuts: Cut[] = [];
  let removed = 0;
  let end = 0;
  for (const { type, offset, addend } of relocations) {
    if (type !== R_RISCV_ALIGN) continue;
    const room = Number(addend);
    if (!(room >= 0 && offset + room <= data.length && offset >= end)) {
      errors.push(`${placeText(section)}: damaged padding`);
      return;
    }
    // The room is the alignment less the size of the smallest instruction.
    let bytes = 1;
    while (bytes <= room) bytes *= 2;
    if (bytes > align) {
      errors.push(`${placeText(section)}: padding for ${bytes} bytes in a section for ${align}`);
      return;
    }
    const needed = -(offset - removed) & (bytes - 1);
    if (needed > room) {
      errors.push(`${placeText(section)}: there is too little room for alignment`);
      return;
    }
    end = offset + room;
    if (needed === room) continue;
    removed += room - needed;
    cuts.push({ at: end, removed });
  }
  if (cuts.length === 0) return;
  const kept = new Uint8Array(data.length - removed);
  let from = 0;
  let before = 0;
  for (const { at, removed: sum } of cuts) {
    const until = at - (sum - before);
    kept.set(data.subarray(from, until), from - before);
    from = at;
    before = sum;
  }
  kept.set(data.subarray(from), from - before);
  section.cuts = cuts;
  for (const { type, offset, addend } of relocations) {
    if (type === R_RISCV_ALIGN) {
      const at = movedOffset(section, offset);
      writeNops(kept, at, movedOffset(section, offset + Number(addend)));
    }
  }
  section.data = kept;
  section.size = kept.length;
  section.relocations = relocations
    .filter(({ type }) => type !== R_RISCV_ALIGN && type !== R_RISCV_RELAX)
    .map((one): Relocation => ({ ...one, offset: movedOffset(section, one.offset) }));
}

/** What is left may begin in the middle of an instruction, so the padding is written anew. */
function writeNops(data: Uint8Array, from: number, to: number): void {
  let at = from;
  if (((to - at) & 2) !== 0) {
    data[at] = 1;
    data[at + 1] = 0;
    at += 2;
  }
  for (; at + 4 <= to; at += 4) {
    data[at] = 0x13;
    data.fill(0, at + 1, at + 4);
  }
}
