// Arrays and structures begin at a word, as gcc has it for this machine: memcpy and its like, and programs that do the same by
// hand, then copy them by words. Objects in sections of the program's own lie as the program says: it may go through them as
// through an array.

import type { IrModule } from "../ir/ir.ts";

const WORD = 8;

export function alignWords(module: IrModule): void {
  for (const data of module.data) {
    const isOwn = data.section === "data" || data.section === "bss" || data.section === "rodata";
    if (isOwn && data.size >= WORD) data.align = Math.max(data.align, WORD);
  }
  for (const f of module.functions)
    for (const slot of f.slots) if (slot.size >= WORD) slot.align = Math.max(slot.align, WORD);
}
