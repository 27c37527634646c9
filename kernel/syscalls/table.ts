// The system-call table: every number Linux riscv64 has, what it takes, how much of it there is, and who does it. The
// dispatcher, strace and docs/system-calls.md come from here. Families of calls are added to it: those that a shell needs to
// show its prompt at once (first-calls.ts), the others when their code has been loaded (later-calls.ts).

import { type SyscallName, syscallNumbers } from "../abi/syscall-numbers.ts";
import { decodeKind } from "./decode.ts";
import type { ArgumentType, Family, Handler, Syscall } from "./definition.ts";

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

const names = new Map<number, SyscallName>();
for (const name of Object.keys(syscallNumbers) as SyscallName[])
  names.set(syscallNumbers[name], name);

/** One more than the largest number. */
export const SYSCALL_LIMIT = Math.max(...names.keys()) + 1;
export const ARGUMENTS_MAX = 6;

const calls: (Syscall | undefined)[] = new Array(SYSCALL_LIMIT);

// The same again as arrays indexed by number, for the dispatcher.

export const handlers: (Handler | undefined)[] = new Array(SYSCALL_LIMIT);
export const argumentCounts = new Uint8Array(SYSCALL_LIMIT);
/** DECODE_* of argument n of call c at c × ARGUMENTS_MAX + n. */
export const argumentKinds = new Uint8Array(SYSCALL_LIMIT * ARGUMENTS_MAX);
/** In the same order, bytes that the call writes where the argument points, as far as the table says so. */
export const outputBytes = new Uint16Array(SYSCALL_LIMIT * ARGUMENTS_MAX);
/** 1 for calls with such arguments. */
export const hasOutputs = new Uint8Array(SYSCALL_LIMIT);

/** Puts a family's calls into the table. */
export function addCalls(family: Family): void {
  for (const [name, call] of Object.entries(family)) {
    const number = syscallNumbers[name as SyscallName];
    const args = Object.entries(call.args);
    calls[number] = call;
    handlers[number] = call.run;
    argumentCounts[number] = args.length;
    args.forEach(([argument, type], index) => {
      const bytes = call.outputs?.[argument];
      argumentKinds[number * ARGUMENTS_MAX + index] = decodeKind(type);
      outputBytes[number * ARGUMENTS_MAX + index] = bytes ?? 0;
      if (bytes !== undefined) hasOutputs[number] = 1;
    });
  }
}

/** Whether a call that is not in the table may come yet. */
let isComplete = false;

export function tableIsComplete(): boolean {
  return isComplete;
}

/** Adds the last family: from now on a call that is not there is absent. */
export function addLastCalls(family: Family): void {
  addCalls(family);
  isComplete = true;
}

export function syscallEntry(number: number): TableEntry | undefined {
  const name = names.get(number);
  if (name === undefined) return undefined;
  const call = calls[number];
  if (call === undefined) return { number, name, status: "absent", note: "", args: [] };
  const status = call.partial === undefined ? "full" : "partial";
  return { number, name, status, note: call.partial ?? "", args: Object.entries(call.args) };
}

/** All calls by ascending number. */
export function syscallTable(): TableEntry[] {
  return [...names.keys()].flatMap((number) => syscallEntry(number) ?? []);
}
