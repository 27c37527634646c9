// System calls as strace(1) shows them, from the table: `openat(AT_FDCWD, "/etc/motd", 0) = 3`.

import { errnoName } from "../abi/errno.ts";
import { AT_FDCWD } from "../abi/fcntl.ts";
import { signalName } from "../abi/signal.ts";
import { copyInString } from "../mm/user-copy.ts";
import type { Trace } from "../proc/kernel.ts";
import { REG_A0 } from "../proc/registers.ts";
import { isRestart, NO_RESULT } from "../proc/restart.ts";
import type { Thread } from "../proc/thread.ts";
import { decodeArgument, decodeKind } from "./decode.ts";
import type { ArgumentType } from "./definition.ts";
import { syscallEntry } from "./table.ts";

const STRING_SHOWN = 60;
/** Calls whose result is an address. */
const ADDRESS_RESULTS = new Set(["brk", "mmap", "mremap"]);

/** Gives a line for each system call to `write`. */
export function createTrace(write: (line: string) => void): Trace {
  const begun = new WeakMap<Thread, string>();
  return {
    begins: (t, number, words) => void begun.set(t, formatCall(t, number, words)),
    ends: (t, number, result) =>
      write(`${t.tid} ${begun.get(t) ?? ""}${formatResult(number, result)}`),
    killed: (pid, signo) => write(`${pid} +++ killed by ${signalName(signo)} +++`),
  };
}

/** Name and arguments, taken while the registers and the memory are still the caller's. */
function formatCall(t: Thread, number: number, words: Int32Array): string {
  const entry = syscallEntry(number);
  if (entry === undefined) return `syscall_${number}()`;
  if (entry.status === "absent") return `${entry.name}(…)`;
  const shown = entry.args.map(([, type], index) =>
    formatArgument(t, type, decodeArgument(decodeKind(type), words, REG_A0 + 2 * index)),
  );
  return `${entry.name}(${shown.join(", ")})`;
}

function formatArgument(t: Thread, type: ArgumentType, value: number): string {
  switch (type) {
    case "fd":
      return value === AT_FDCWD ? "AT_FDCWD" : String(value);
    case "i32":
    case "u32":
    case "pid":
    case "size":
    case "offset":
      return String(value);
    case "octal":
      return value === 0 ? "0" : `0${value.toString(8)}`;
    case "hex":
      return value === 0 ? "0" : `0x${value.toString(16)}`;
    case "address":
      return value === 0 ? "NULL" : `0x${value.toString(16)}`;
    case "signal":
      return value > 0 ? signalName(value) : String(value);
    case "path":
      return formatPath(t, value);
  }
}

function formatPath(t: Thread, address: number): string {
  const { space } = t.process;
  const text = space === undefined || address === 0 ? -1 : copyInString(space, address, 4096);
  if (typeof text === "number") return address === 0 ? "NULL" : `0x${address.toString(16)}`;
  return text.length > STRING_SHOWN ? `${quote(text.slice(0, STRING_SHOWN))}...` : quote(text);
}

/** C's spelling; what is not ASCII as octal escapes. */
function quote(text: string): string {
  const escaped = text.replaceAll(/["\\]|[^ -~]/g, (char) =>
    char === '"' || char === "\\"
      ? `\\${char}`
      : char === "\n"
        ? "\\n"
        : `\\${char.charCodeAt(0).toString(8)}`,
  );
  return `"${escaped}"`;
}

/** ` = 3`, ` = -1 ENOENT`, ` = ?` for calls that do not come back. */
function formatResult(number: number, result: number): string {
  if (result === NO_RESULT)
    return syscallEntry(number)?.name.startsWith("execve") === true ? " = 0" : " = ?";
  if (isRestart(result)) return " = ? ERESTART (interrupted by a signal)";
  if (result < 0) return ` = -1 ${errnoName(result)}`;
  return ADDRESS_RESULTS.has(syscallEntry(number)?.name ?? "")
    ? ` = 0x${result.toString(16)}`
    : ` = ${result}`;
}
