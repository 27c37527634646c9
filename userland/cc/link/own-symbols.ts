// Symbols that no object defines and every linker provides: where sections begin and end.

import type { LinkState, OutputSection } from "./input.ts";
import { BASE, type Layout, roundUp } from "./layout.ts";

/** Defines them in `state.own`; a program's own definition of such a name comes before. */
export function defineOwnSymbols(state: LinkState, { memoryEnd }: Layout): void {
  const { own, outputs } = state;
  const named = (name: string): OutputSection | undefined =>
    outputs.find((output) => output.isAlloc && output.name === name);
  const endOf = (output: OutputSection | undefined): number | undefined =>
    output === undefined ? undefined : output.address + output.size;
  const text = endOf(named(".text")) ?? BASE;
  const written = outputs.filter((output) => output.isAlloc && output.isWritten && !output.isTls);
  const full = written.filter((output) => !output.isNobits);
  const zeros = written.filter((output) => output.isNobits);
  const dataEnd = endOf(full.at(-1)) ?? zeros[0]?.address ?? memoryEnd;
  const bssStart = zeros[0]?.address ?? dataEnd;
  const end = roundUp(memoryEnd, 8);
  const smallData = named(".sdata")?.address ?? endOf(named(".data")) ?? dataEnd;
  own.set("__global_pointer$", smallData + 0x800);
  for (const name of ["_end", "end"]) own.set(name, end);
  for (const name of ["_edata", "edata"]) own.set(name, dataEnd);
  for (const name of ["_etext", "etext", "__etext"]) own.set(name, text);
  own.set("__bss_start", bssStart);
  own.set("__bss_end", endOf(zeros.at(-1)) ?? bssStart);
  own.set("__executable_start", BASE);
  own.set("__ehdr_start", BASE);
  own.set("__data_start", full[0]?.address ?? dataEnd);
  for (const stem of ["preinit_array", "init_array", "fini_array"]) {
    const output = named(`.${stem}`);
    own.set(`__${stem}_start`, output?.address ?? 0);
    own.set(`__${stem}_end`, endOf(output) ?? 0);
  }
  for (const output of outputs) {
    if (!output.isAlloc || !/^[A-Za-z_]\w*$/.test(output.name)) continue;
    const first = `__start_${output.name}`;
    if (!own.has(first)) own.set(first, output.address);
    own.set(`__stop_${output.name}`, output.address + output.size);
  }
}
