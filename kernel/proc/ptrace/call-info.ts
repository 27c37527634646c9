// PTRACE_GET_SYSCALL_INFO: struct ptrace_syscall_info has op, arch, pc and sp; then, at 24, a call's number and six arguments,
// or its result and whether that is an error. The answer is how many bytes of it mean something.

import { copyOut } from "../../mm/user-copy.ts";
import { EFAULT } from "../../abi/errno.ts";
import {
  AUDIT_ARCH_RISCV64,
  PTRACE_SYSCALL_INFO_ENTRY,
  PTRACE_SYSCALL_INFO_EXIT,
  PTRACE_SYSCALL_INFO_NONE,
} from "../../abi/ptrace.ts";
import { HART_PC } from "../../cpu/types.ts";
import { REG_A0, REG_A7, REG_SP } from "../../abi/registers.ts";
import type { TraceRequest } from "./requests.ts";
import { readRegisters } from "./tracee-registers.ts";

const HEADER_BYTES = 24;
const ENTRY_BYTES = 80;
const EXIT_BYTES = 33;
const MAX_ERRNO = 4095;

const info = new DataView(new ArrayBuffer(ENTRY_BYTES));

export function callInfo({ k, space, tracee, address, data }: TraceRequest): number {
  const bytes = readRegisters(k, tracee, false);
  const registers = new DataView(bytes.buffer, bytes.byteOffset);
  const copy = (register: number, to: number): void => {
    info.setInt32(to, registers.getInt32(register * 4, true), true);
    info.setInt32(to + 4, registers.getInt32(register * 4 + 4, true), true);
  };
  for (let at = 0; at < ENTRY_BYTES; at += 4) info.setInt32(at, 0, true);
  info.setUint32(4, AUDIT_ARCH_RISCV64, true);
  copy(HART_PC, 8);
  copy(REG_SP, 16);
  let length = HEADER_BYTES;
  let operation = PTRACE_SYSCALL_INFO_NONE;
  switch (tracee.stop?.kind) {
    case "entry":
      operation = PTRACE_SYSCALL_INFO_ENTRY;
      length = ENTRY_BYTES;
      copy(REG_A7, 24);
      for (let argument = 0; argument < 6; argument++)
        copy(REG_A0 + 2 * argument, 32 + 8 * argument);
      break;
    case "exit": {
      operation = PTRACE_SYSCALL_INFO_EXIT;
      length = EXIT_BYTES;
      copy(REG_A0, 24);
      const lo = info.getInt32(24, true);
      const isError = info.getInt32(28, true) === -1 && lo < 0 && lo >= -MAX_ERRNO;
      info.setUint8(32, isError ? 1 : 0);
      break;
    }
    case "signal":
    case "group":
    case "event":
    case undefined:
      break;
  }
  info.setUint8(0, operation);
  const count = Math.min(length, address);
  const done = copyOut(space, data, new Uint8Array(info.buffer), 0, count);
  return done < count ? -EFAULT : length;
}
