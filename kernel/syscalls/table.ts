// The system-call table: every number Linux riscv64 has, what it takes, how much of it there is, and who does it. The
// dispatcher, strace and docs/system-calls.md come from here.

import { type SyscallName, syscallNumbers } from "../abi/syscall-numbers.ts";
import { attributeCalls } from "./attributes.ts";
import type { ArgumentType, Family, Handler } from "./definition.ts";
import { decodeKind } from "./decode.ts";
import { descriptorCalls } from "./descriptors.ts";
import { futexCalls } from "./futex.ts";
import { identityCalls } from "./identity.ts";
import { kernelLogCalls } from "./kernel-log.ts";
import { machineCalls } from "./machine.ts";
import { memoryCalls } from "./memory.ts";
import { nameCalls } from "./names.ts";
import { pollCalls } from "./poll.ts";
import { processCalls } from "./processes.ts";
import { traceCalls } from "./ptrace.ts";
import { readWriteCalls } from "./read-write.ts";
import { signalCalls } from "./signals.ts";
import { timeCalls } from "./time.ts";

const families = {
  ...readWriteCalls,
  ...descriptorCalls,
  ...nameCalls,
  ...attributeCalls,
  ...pollCalls,
  ...memoryCalls,
  ...processCalls,
  ...identityCalls,
  ...signalCalls,
  ...timeCalls,
  ...futexCalls,
  ...machineCalls,
  ...kernelLogCalls,
  ...traceCalls,
} satisfies Family & Partial<Record<SyscallName, unknown>>;

/** "full", "partial" with what is missing, or "absent": ENOSYS, said once in the kernel log. */
export type SyscallStatus = "full" | "partial" | "absent";

export interface TableEntry {
  readonly number: number;
  readonly name: SyscallName;
  readonly status: SyscallStatus;
  /** Why it is partial, else empty. */
  readonly note: string;
  /** Names and types of the arguments, in the order of the registers; empty for absent calls. */
  readonly args: readonly (readonly [name: string, type: ArgumentType])[];
}

/** All calls by ascending number. */
export const syscallTable: readonly TableEntry[] = (
  Object.entries(syscallNumbers) as [SyscallName, number][]
).map(([name, number]) => {
  const call = (families as Family)[name];
  if (call === undefined) return { number, name, status: "absent", note: "", args: [] };
  const args = Object.entries(call.args);
  return {
    number,
    name,
    status: call.partial === undefined ? "full" : "partial",
    note: call.partial ?? "",
    args,
  };
});

/** One more than the largest number. */
export const SYSCALL_LIMIT = syscallTable.reduce(
  (limit, { number }) => Math.max(limit, number + 1),
  0,
);
export const ARGUMENTS_MAX = 6;

const byNumber = new Map(syscallTable.map((entry) => [entry.number, entry]));

export function syscallEntry(number: number): TableEntry | undefined {
  return byNumber.get(number);
}

// The same again as arrays indexed by number, for the dispatcher.

export const handlers: (Handler | undefined)[] = new Array(SYSCALL_LIMIT);
export const argumentCounts = new Uint8Array(SYSCALL_LIMIT);
/** DECODE_* of argument n of call c at c × ARGUMENTS_MAX + n. */
export const argumentKinds = new Uint8Array(SYSCALL_LIMIT * ARGUMENTS_MAX);
/** In the same order, bytes that the call writes where the argument points, as far as the table says so. */
export const outputBytes = new Uint16Array(SYSCALL_LIMIT * ARGUMENTS_MAX);
/** 1 for calls with such arguments. */
export const hasOutputs = new Uint8Array(SYSCALL_LIMIT);

for (const { number, name, args } of syscallTable) {
  handlers[number] = (families as Family)[name]?.run;
  argumentCounts[number] = args.length;
  const outputs = (families as Family)[name]?.outputs ?? {};
  args.forEach(([argument, type], index) => {
    argumentKinds[number * ARGUMENTS_MAX + index] = decodeKind(type);
    outputBytes[number * ARGUMENTS_MAX + index] = outputs[argument] ?? 0;
    if (argument in outputs) hasOutputs[number] = 1;
  });
}
