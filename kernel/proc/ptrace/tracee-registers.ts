// A stopped tracee's registers as Linux shows them (struct user_regs_struct: pc, x1 … x31; then f0 … f31 and fcsr). They lie
// in the same order in a hart's context. One thing differs: on Linux pc is behind the ecall as soon as the call has been
// entered, here it stays there until the call is over.

import { HART_F0, HART_PC, HART_WORDS } from "../../cpu/types.ts";
import type { Kernel } from "../kernel.ts";
import { REG_A0 } from "../../abi/registers.ts";
import { ERESTARTSYS, ERESTART_RESTARTBLOCK } from "../restart.ts";
import type { TracedThread } from "./tracee.ts";

const ECALL_BYTES = 4;
const view = new DataView(new ArrayBuffer(HART_WORDS * 4));

/** The registers of a thread that does not run: in the hart still, if nobody has taken it since. */
export function registersOf(k: Kernel, { thread }: TracedThread): Int32Array {
  return k.current === thread ? k.cpu.hart : thread.saved;
}

/** A result that no program sees: ERESTARTSYS and its kin, but not the mark of a call that has replaced the registers. */
export function isBegunAgain(result: number): boolean {
  return result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK;
}

function isInsideCall({ stop }: TracedThread): boolean {
  return stop?.kind === "entry" || (stop?.kind === "exit" && isBegunAgain(stop.result));
}

function movePc(words: Int32Array, bytes: number): void {
  const lo = ((words[HART_PC] ?? 0) >>> 0) + bytes;
  const carry = Math.floor(lo / 2 ** 32);
  words[HART_PC] = lo | 0;
  words[HART_PC + 1] = (words[HART_PC + 1] ?? 0) + carry;
}

/** The general (or the floating-point) registers as bytes; valid until the next call. */
export function readRegisters(k: Kernel, tracee: TracedThread, floating: boolean): Uint8Array {
  const words = registersOf(k, tracee).slice();
  if (isInsideCall(tracee)) {
    movePc(words, ECALL_BYTES);
    if (tracee.stop?.kind === "exit") [words[REG_A0], words[REG_A0 + 1]] = [tracee.stop.result, -1];
  }
  const [from, to] = floating ? [HART_F0, HART_WORDS] : [0, HART_F0];
  for (let word = from; word < to; word++) view.setInt32((word - from) * 4, words[word] ?? 0, true);
  return new Uint8Array(view.buffer, 0, (to - from) * 4);
}

/** Sets as many registers, from the first, as there are bytes. */
export function writeRegisters(
  k: Kernel,
  tracee: TracedThread,
  floating: boolean,
  bytes: Uint8Array,
): void {
  const shown = readRegisters(k, tracee, floating).slice();
  shown.set(bytes);
  const words = registersOf(k, tracee);
  const from = floating ? HART_F0 : 0;
  const { stop } = tracee;
  const before = [words[REG_A0] ?? 0, words[REG_A0 + 1] ?? 0] as const;
  const source = new DataView(shown.buffer);
  for (let at = 0; at < shown.length; at += 4) words[from + at / 4] = source.getInt32(at, true);
  if (floating) return;
  words[HART_PC] = (words[HART_PC] ?? 0) & ~1;
  if (!isInsideCall(tracee)) return;
  movePc(words, -ECALL_BYTES);
  // A call that will be begun again has its argument there, unless somebody wants another result.
  if (stop?.kind === "exit" && words[REG_A0] === stop.result)
    [words[REG_A0], words[REG_A0 + 1]] = before;
}
