// Symbols that no object defines and every linker provides: where sections begin and end.

import type { LinkState, OutputSection } from "./input.ts";
import { BASE, FIRST_THREAD, type Layout, roundUp, threadPointerOffset } from "./layout.ts";

/** Defines them in `state.own`; a program's own definition of such a name comes before. */
export function defineOwnSymbols(state: LinkState, { memoryEnd, tls }: Layout): void {
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
  const thread = named(FIRST_THREAD);
  // Nobody reaches a thread's storage by the global pointer.
  own.set("__global_pointer$", globalPointer(written, thread?.address ?? memoryEnd));
  if (thread !== undefined) {
    own.set("__main_thread_end", thread.address + threadPointerOffset(state));
    own.set("__tdata_start", tls?.output.address ?? 0);
    own.set("__tdata_end", (tls?.output.address ?? 0) + (tls?.fileSize ?? 0));
    own.set("__tls_size", tls?.memorySize ?? 0);
    own.set("__tls_align", Math.max(thread.align, 1));
  }
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

/** Of data, of which the smallest objects are the last, so much shall be within the global pointer's reach. */
const REACHED_DATA = 0x400;

/** In the middle of what 12 bits of offset reach: of all that is written, or of the small objects in it. */
function globalPointer(written: readonly OutputSection[], end: number): number {
  const start = written[0]?.address ?? end;
  const small = written.find(({ name }) => /^\.s(?:data|bss)$|^\.bss$/.test(name))?.address ?? end;
  const first = Math.max(start, small - REACHED_DATA);
  // A few bytes less than its reach: alignment between sections may still change.
  return Math.min(first, Math.max(start, end - 0x1000)) + 0x7e0;
}
