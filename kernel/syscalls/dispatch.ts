// From an ecall to its handler and back: decodes the registers by the table, calls, and puts the result into a0. A call
// that need not wait passes through here without an allocation.

import { ENOSYS } from "../abi/errno.ts";
import { EV_SYSCALL } from "../api/events.ts";
import type { Kernel } from "../proc/kernel.ts";
import { REG_A0, REG_A7, setRegister, skipEcall } from "../proc/registers.ts";
import { isRestart, NO_RESULT } from "../proc/restart.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { writableOrWait } from "../proc/stall.ts";
import type { Thread } from "../proc/thread.ts";
import { decodeArgument } from "./decode.ts";
import {
  argumentCounts,
  argumentKinds,
  ARGUMENTS_MAX,
  handlers,
  hasOutputs,
  outputBytes,
  syscallEntry,
  SYSCALL_LIMIT,
} from "./table.ts";

function argument(words: Int32Array, number: number, index: number): number {
  return decodeArgument(
    argumentKinds[number * ARGUMENTS_MAX + index] ?? 0,
    words,
    REG_A0 + 2 * index,
  );
}

/** Issues the system call in the hart's registers on behalf of `t`, which has the hart. */
export function invoke(k: Kernel, t: Thread): number | Promise<number> {
  const words = k.cpu.hart;
  const number = words[REG_A7 + 1] === 0 ? (words[REG_A7] ?? 0) : -1;
  t.call = number;
  k.mm.stall = null;
  k.trace?.begins(t, number, words);
  const handler = number >= 0 && number < SYSCALL_LIMIT ? handlers[number] : undefined;
  if (handler === undefined) return absent(k, t, number);
  const count = argumentCounts[number] ?? 0;
  // Only with pages in swap can memory that exists be unwritable now.
  if (hasOutputs[number] !== 0 && k.mm.swap.area.used > 0 && !outputsReady(k, t, number)) {
    return MUST_WAIT;
  }
  return handler(
    k,
    t,
    count > 0 ? argument(words, number, 0) : 0,
    count > 1 ? argument(words, number, 1) : 0,
    count > 2 ? argument(words, number, 2) : 0,
    count > 3 ? argument(words, number, 3) : 0,
    count > 4 ? argument(words, number, 4) : 0,
    count > 5 ? argument(words, number, 5) : 0,
  );
}

/** Whether all memory that the call will write after its effects can be written now, or never. */
function outputsReady(k: Kernel, t: Thread, number: number): boolean {
  const count = argumentCounts[number] ?? 0;
  for (let index = 0; index < count; index++) {
    const bytes = outputBytes[number * ARGUMENTS_MAX + index] ?? 0;
    if (bytes === 0) continue;
    const address = argument(k.cpu.hart, number, index);
    if (writableOrWait(k, spaceOf(t.process), address, bytes) !== 0) return false;
  }
  return true;
}

function absent(k: Kernel, t: Thread, number: number): number {
  const name = syscallEntry(number)?.name ?? `number ${number}`;
  k.log.once(
    `syscall ${name}`,
    `system call ${name} is not implemented (ENOSYS), asked for by ${t.process.comm}`,
  );
  return -ENOSYS;
}

/** The call of `t` has come to `result`: records it, and unless it will be begun again completes it. */
export function complete(k: Kernel, t: Thread, result: number): void {
  const words = k.cpu.hart;
  const number = t.call;
  k.trace?.ends(t, number, result);
  if (k.events.on && !isRestart(result)) {
    const count = argumentCounts[number] ?? 0;
    const replaced = result === NO_RESULT;
    k.events.emit(
      EV_SYSCALL,
      t.process.pid,
      number,
      replaced ? 0 : result,
      !replaced && count > 0 ? argument(words, number, 0) : 0,
      !replaced && count > 1 ? argument(words, number, 1) : 0,
      !replaced && count > 2 ? argument(words, number, 2) : 0,
      !replaced && count > 3 ? argument(words, number, 3) : 0,
    );
  }
  t.call = -1;
  if (isRestart(result)) return;
  t.restart.active = false;
  if (result === NO_RESULT) return;
  setRegister(words, REG_A0, result);
  skipEcall(words);
}
